"""Plain values as a YAML file in the style of the shipped ones: blocks, quoted texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from imfsurvey.i18n.catalogue import LANGUAGES

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_SPECIAL: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_PLAIN_KEYS: Final = frozenset(
    {
        *("id", "type", "kind", "framework", "default_language", "mode", "scale", "theme", "topic"),
        *("order", "pin", "precision", "choices_ref", "choices_from", "label", "status", "code"),
        *("severity", "approach", "comments", "min", "max", "dimension"),
    }
)
"""Keys whose values are ids and codes; every other text is quoted."""

_WIDTH: Final = 100
_SMALL: Final = frozenset({"code", "text", "id", "label", "exclusive", "pin"})


def yaml_of(values: Mapping[str, Any]) -> str:
    """The text of the file."""
    lines: list[str] = []
    for key, value in values.items():
        if key != "imfsurvey":
            lines.append("")
        lines += _pair(key, value, 0)
    return "\n".join(lines) + "\n"


def _pair(key: str, value: Any, indent: int) -> Iterator[str]:
    """A key with its value, on one line where that is usual and there is room."""
    head = f"{' ' * indent}{_key(key)}:"
    flow = _flow(value, key)
    if flow is not None and len(head) + 1 + len(flow) <= _WIDTH:
        yield f"{head} {flow}"
    elif isinstance(value, Mapping):
        yield head
        for name in value:
            yield from _pair(name, value[name], indent + 2)
    elif isinstance(value, list):
        yield head
        for number, one in enumerate(value):
            if key == "sections" and number:
                yield ""
            yield from _entry(one, indent + 2)
    else:
        yield f"{head} {_scalar(value, key)}"


def _entry(value: Any, indent: int) -> Iterator[str]:
    """One entry of a list in a block."""
    flow = _flow(value, "") if not isinstance(value, Mapping) or set(value) <= _SMALL else None
    if flow is not None and indent + 2 + len(flow) <= _WIDTH:
        yield f"{' ' * indent}- {flow}"
    elif isinstance(value, Mapping) and value:
        lines = [line for key in value for line in _pair(key, value[key], indent + 2)]
        yield f"{' ' * indent}- {lines[0].lstrip()}"
        yield from lines[1:]
    else:
        yield f"{' ' * indent}- {_scalar(value, '')}"


def _flow(value: Any, key: str) -> str | None:
    """The value in one line; None for what is written in a block however short it is."""
    if isinstance(value, Mapping):
        if not value:
            return "{}"
        if not (set(value) <= {*LANGUAGES} or set(value) <= _SMALL or key in ("privacy", "other")):
            return None
        inner = [(name, _flow(value[name], name)) for name in value]
        if any(text is None for _, text in inner):
            return None
        return "{" + ", ".join(f"{_key(name)}: {text}" for name, text in inner) + "}"
    if isinstance(value, list):
        if any(isinstance(one, Mapping | list) for one in value):
            return None
        return "[" + ", ".join(_scalar(one, "id") for one in value) + "]"
    return _scalar(value, key)


def _key(key: str) -> str:
    return key if _WORD.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _scalar(value: Any, key: str) -> str:
    """A value; texts in quotes unless they are ids and codes that no reader takes for a number."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _fraction(value)
    text = str(value)
    if key in _PLAIN_KEYS and _WORD.fullmatch(text) and text.lower() not in _SPECIAL:
        return text
    return json.dumps(text, ensure_ascii=False)


def _fraction(value: float) -> str:
    """Digits with a point, as our reader wants them."""
    text = f"{value:.9f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text
