"""What only our language knows, in columns that other programs pass over."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from imfsurvey.exchange.xlsform.form import OURS, Row

SEAL: Final = f"{OURS}seal"
"""A short hash of the logic beside it: as long as it fits, our own wording of that logic counts."""

SEALED: Final = ("relevant", "required", "constraint", "choice_filter", "calculation")
MIRRORS: Final = ("show_if", "required_if", "constraint", "expr", "choices_show_if")
"""Keys whose meaning stands in a standard column as well, which somebody may have changed."""

_NO_TEXT: Final = re.compile(r"[\[{\"0-9-]|true$|false$|null$")


def encoded(value: Any) -> str:
    """A value as the text of a cell: words as they are, everything else as JSON."""
    if isinstance(value, str) and value and not _NO_TEXT.match(value) and value == value.strip():
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=False)


def decoded(text: str) -> Any:
    """The value of such a cell; what is no JSON is a word."""
    if not _NO_TEXT.match(text):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def seal_of(row: Row) -> str:
    """The hash of the standard columns of a row that carry logic."""
    told = json.dumps([row.get(column) for column in SEALED])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def extras_of(row: Row) -> dict[str, Any]:
    """The keys of a row's own columns, without those that mirror logic which has changed."""
    found: Mapping[str, str] = {
        name.removeprefix(OURS): text
        for name, text in row.cells.items()
        if name.startswith(OURS) and name != SEAL
    }
    whole = row.get(SEAL) == seal_of(row)
    return {name: decoded(text) for name, text in found.items() if whole or name not in MIRRORS}
