"""A file as values, with the place of each: what every later finding points back to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from imfsurvey.source.characters import lines_of, visible
from imfsurvey.source.problems import Problem

KeyPath = tuple[str | int, ...]
"""From the whole file down to a value: keys of blocks, positions in lists (from 0)."""

Value = Any  # None, bool, int, float, str, list or dict of the same

_PLAIN_WORD = re.compile(r"[^\s,\[\]{}#]*")


class Place(NamedTuple):
    """Where something stands; both count from 1, in characters."""

    line: int
    column: int


@dataclass
class Places:
    """Where everything in a file stands, by path: keys of blocks, and values."""

    keys: dict[KeyPath, Place] = field(default_factory=dict)
    values: dict[KeyPath, Place] = field(default_factory=dict)


@dataclass
class Document:
    """A file as values, and the place of each key and each value.

    The places are looked for when one is asked for: a file that nothing is wrong with is read
    without them.
    """

    name: str
    text: str
    look_for_places: Callable[[Document], Places]
    value: Value = None

    @property
    def keys(self) -> dict[KeyPath, Place]:
        """The place of each key by its path."""
        return self._places.keys

    @property
    def values(self) -> dict[KeyPath, Place]:
        """The place of each value by its path."""
        return self._places.values

    @cached_property
    def _places(self) -> Places:
        return self.look_for_places(self)

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """The place of a value (or of its key); of the nearest parent when it is not there."""
        if key and path in self.keys:
            return self.keys[path]
        while path not in self.values:
            if not path:
                return Place(1, 1)
            path = path[:-1]
        return self.values[path]

    def inside(self, path: KeyPath, offset: int) -> Place:
        """The place of a character of a text, counted from 0.

        That of the text as a whole where it is not written out on one line, as in a block.
        """
        place, text = self.place(path), self._at(path)
        if path not in self.values or not isinstance(text, str):
            return place
        line, start = self.excerpt(place.line), place.column - 1
        quote = line[start : start + 1]
        if quote not in ("'", '"'):
            written, end = text, ""
        elif quote == "'":  # in which a quote is written twice
            start, written, end = start + 1, text.replace("'", "''"), quote
            offset += text[:offset].count("'")
        else:
            start, written, end = start + 1, text, quote
        if not line.startswith(written + end, start):
            return place
        return Place(place.line, start + 1 + offset)

    def _at(self, path: KeyPath) -> Value:
        """The value at a path; None when there is none."""
        value = self.value
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def written(self, path: KeyPath) -> str:
        """A number, true, false or null as the author wrote it: `1.10` where the value is 1.1."""
        place = self.place(path)
        word = _PLAIN_WORD.match(self.excerpt(place.line), place.column - 1)
        return word.group() if word else ""

    def excerpt(self, line: int) -> str:
        """The text of a line, without its end and without characters that cannot be seen."""
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""

    def problem(
        self,
        code: str,
        template: str,
        path: KeyPath = (),
        /,
        *,
        key: bool = False,
        **params: object,
    ) -> Problem:
        """A problem at the place of `path`."""
        return self.problem_at(code, template, self.place(path, key=key), **params)

    def problem_at(self, code: str, template: str, place: Place, /, **params: object) -> Problem:
        """A problem at a place."""
        return Problem(
            code,
            template,
            params,
            self.name,
            place.line,
            place.column,
            excerpt=self.excerpt(place.line),
        )

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(visible(self.text))
