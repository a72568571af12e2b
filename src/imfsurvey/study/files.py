"""Writing the text files of a study: YAML for people, replaced in one step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from imfsurvey.store.disk import explained, replace_file


class _Dumper(yaml.SafeDumper):
    """Writes what our reader gives back unchanged: no aliases, and texts that it would take for
    numbers in quotes ("08" is one to it, though not to PyYAML)."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def text(self, text: str) -> yaml.ScalarNode:
        style = "'" if text[:1] in tuple("+-0123456789") else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _Dumper.text)


def yaml_text(content: Mapping[str, Any]) -> str:
    """Plain data as YAML for people: keys in the order given, no wrapping, texts as they are."""
    text: str = yaml.dump(
        dict(content),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
        default_flow_style=False,
    )
    return text


def write_text(path: Path, text: str) -> None:
    """Replace a text file in one step. Raises `StorageError`."""
    with explained(path):
        replace_file(path, text.encode("utf-8"), mode=0o644)
