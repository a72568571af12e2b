"""Values of a YAML file as they are once read: lists, blocks of keys and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Path = tuple[Any, ...]
"""Keys of blocks and positions in lists, from the whole down to a value."""


def at(value: Any, path: Iterable[Any]) -> Any:
    """What lies at a path."""
    for key in path:
        value = value[key]
    return value


def every_path(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every value inside a value, those around it first."""
    below = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in below:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from every_path(inner, (*path, key))


def turned_round(value: Any) -> Any:
    """The same value with the keys of every block in the opposite order."""
    if isinstance(value, dict):
        return {key: turned_round(value[key]) for key in reversed(value)}
    return [turned_round(one) for one in value] if isinstance(value, list) else value
