"""Content hashes: the same meaning gives the same hash, whatever the layout of the file."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any


def content_hash(value: Any) -> str:
    """SHA-256 (64 hex digits) of plain data in canonical JSON: keys sorted, texts NFC, no blanks.

    Comments, quoting, line breaks and the order of keys of a YAML file do not change it, nor does
    writing 15 as 15.0; any change of a value does. Raises ValueError for a number that is none.
    """
    canonical = json.dumps(
        _normal(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_normal(str(key)): _normal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
