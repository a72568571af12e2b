"""A questionnaire taken apart: each thing that can differ, under a key that stays when it moves.

Entries of a list are told apart by their id or code, not by their position; items by their id
alone, whatever section they stand in. So two versions of a file can be laid side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from imfsurvey.questionnaire.items import ItemBase
from imfsurvey.questionnaire.model import Questionnaire, Section
from imfsurvey.source.model import SourceModel, Text
from imfsurvey.source.places import KeyPath

Key = tuple[str | int, ...]
"""From the whole down to a part: ("items", "clear", "reverse")."""

ITEMS: Final = "items"
"""What the keys of items begin with."""

ROWS: Final = "rows"
"""Below a matrix: what the keys of its rows go on with."""

ITEM: Final = "item"
"""What the kinds of part of an item begin with, in a repeat as well."""

_BESIDE: Final = frozenset({"help", "evidence_kinds", "next_steps", "constraint"})
"""Texts of an item that nobody has to read to answer it."""


@dataclass(frozen=True)
class There:
    """The value of a part that is a block or an entry of a list: nothing but that it is there."""


@dataclass(frozen=True)
class Order:
    """The keys of the entries of a list, in order."""

    keys: tuple[str | int, ...]


@dataclass(frozen=True)
class Part:
    """One thing of a questionnaire.

    `kind` is its key with `*` for every id, code and position: `item.choices.*.text`.
    """

    key: Key
    kind: str
    value: object
    path: KeyPath


def parts_of(questionnaire: Questionnaire) -> dict[Key, Part]:
    """Every part by key; blocks before what is in them."""
    parts = [part for part in _parts(questionnaire, (), "", ()) if part.key]
    return {part.key: part for part in parts}


def texts_in(model: SourceModel, kind: str) -> dict[Key, Text]:
    """The texts of a block by their keys within it, without what only stands beside an answer."""
    return {
        part.key: part.value
        for part in _parts(model, (), kind, ())
        if isinstance(part.value, Text) and not _BESIDE.intersection(part.kind.split("."))
    }


def _parts(value: object, key: Key, kind: str, path: KeyPath) -> Iterator[Part]:
    if value is None:
        return
    if isinstance(value, SourceModel):
        yield Part(key, kind, There(), path)
        yield from _fields(value, key, kind, path)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _parts(inner, (*key, name), f"{kind}.*", (*path, name))
    elif isinstance(value, tuple):
        yield from _entries(value, key, kind, path)
    else:
        yield Part(key, kind, value, path)


def _fields(model: SourceModel, key: Key, kind: str, path: KeyPath) -> Iterator[Part]:
    for name in type(model).model_fields:
        below, where = getattr(model, name), (*path, name)
        if isinstance(model, Section) and name == "items":
            yield from _items(model, key, where)
        else:
            yield from _parts(below, (*key, name), f"{kind}.{name}".lstrip("."), where)


def _items(section: Section, key: Key, path: KeyPath) -> Iterator[Part]:
    """The items of a section, under keys of their own."""
    ids = tuple(item.id for item in section.items)
    yield Part((*key, "items"), "sections.*.items", Order(ids), path)
    for index, item in enumerate(section.items):
        here = (*path, index)
        yield from _parts(item, (ITEMS, item.id), ITEM, here)
        yield Part((ITEMS, item.id, "section"), f"{ITEM}.section", section.id, here)


def _entries(entries: tuple[object, ...], key: Key, kind: str, path: KeyPath) -> Iterator[Part]:
    names = tuple(_name(entry, index) for index, entry in enumerate(entries))
    yield Part(key, kind, Order(names), path)
    for index, (name, entry) in enumerate(zip(names, entries, strict=True)):
        below = ITEM if isinstance(entry, ItemBase) else f"{kind}.*"
        if isinstance(entry, SourceModel | Text):
            yield from _parts(entry, (*key, name), below, (*path, index))
        else:
            yield Part((*key, name), below, There(), (*path, index))


def _name(entry: object, index: int) -> str | int:
    """What an entry is known by: its id or code, else itself; all others by their position."""
    for name in ("id", "code"):
        known = getattr(entry, name, None)
        if isinstance(known, str | int):
            return known
    if isinstance(entry, float):  # a bound of a band: 0.5, told apart from another one
        return int(entry) if entry.is_integer() else repr(entry)
    return entry if isinstance(entry, str | int) else index
