"""YAML 1.2 core values with the place of every key and value.

The events of PyYAML's C parser are turned into plain values by our own resolver, since YAML 1.1
turns `no` into False, `010` into 8 and `12:30` into a number. Only `true`, `false`, `null`,
decimal integers and decimal fractions are special; keys are always text. Aliases, tags, merge
keys, duplicate keys and a second document are refused, each with its place, so that a file is
as small in memory as it is on disk and runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from imfsurvey.source.problems import Problem, ProblemsFoundError

MAX_BYTES: Final = 1024 * 1024
MAX_NODES: Final = 200_000
MAX_DEPTH: Final = 40

KeyPath = tuple[str | int, ...]
Value = Any  # None, bool, int, float, str, list or dict of the same

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FRACTION = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}(?:[eE][-+]?[0-9]{1,2})?")
_WORDS: Final[dict[str, Value]] = {"true": True, "false": False, "null": None, "~": None, "": None}
# Control characters, and the marks that make a text read in another order than it is written.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_LOADER = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(frozen=True)
class Place:
    """Where something stands; both count from 1."""

    line: int
    column: int


@dataclass
class Document:
    """A file as values, with the place of each key and each value by its path."""

    name: str
    text: str
    value: Value = None
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    values: dict[KeyPath, Place] = field(default_factory=dict)

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """The place of a value (or of its key); of the nearest parent when it is not there."""
        if key and path in self.keys:
            return self.keys[path]
        while path not in self.values:
            if not path:
                return Place(1, 1)
            path = path[:-1]
        return self.values[path]

    def excerpt(self, line: int) -> str:
        """The text of a line, without its end."""
        lines = self.text.splitlines()
        return lines[line - 1] if 0 < line <= len(lines) else ""

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
        place = self.place(path, key=key)
        return self._problem_at(place, code, template, **params)

    def _problem_at(self, place: Place, code: str, template: str, /, **params: object) -> Problem:
        return Problem(
            code,
            template,
            params,
            self.name,
            place.line,
            place.column,
            excerpt=self.excerpt(place.line),
        )


def read(path: Path, name: str | None = None) -> Document:
    """The document in a file. Raises `ProblemsFoundError` with everything that is wrong."""
    shown = name or str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ProblemsFoundError(
            [Problem("IMF-E002", "cannot be read: {reason}", {"reason": error.strerror}, shown)]
        ) from error
    if len(data) > MAX_BYTES:
        raise ProblemsFoundError(
            [Problem("IMF-E003", "is larger than {limit} bytes", {"limit": MAX_BYTES}, shown)]
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise ProblemsFoundError(
            [Problem("IMF-E004", "is not UTF-8 here; save it as UTF-8", {}, shown, line, column)]
        ) from error
    return parse(text, shown)


def parse(text: str, name: str = "<text>") -> Document:
    """The document in a text. Raises `ProblemsFoundError` with everything that is wrong."""
    document = Document(name, text.removeprefix("\ufeff"))
    problems = list(_forbidden_characters(document))
    if not problems:
        builder = _Builder(document)
        builder.build()
        problems = builder.problems
    if problems:
        raise ProblemsFoundError(problems)
    return document


def _forbidden_characters(document: Document) -> Iterator[Problem]:
    for number, line in enumerate(document.text.split("\n"), start=1):
        for match in _FORBIDDEN.finditer(line):
            yield document._problem_at(
                Place(number, match.start() + 1),
                "IMF-E005",
                "character U+{point} is not allowed (it is invisible or changes the reading order)",
                point=f"{ord(match.group()):04X}",
            )


class _Builder:
    """Turns the parser's events into values, on a stack of open containers."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self._nodes = 0

    def build(self) -> None:
        try:
            events = yaml.parse(self.document.text, Loader=_LOADER)
            self._documents(events)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
            self._add(place, "IMF-E006", "not valid YAML: {reason}", reason=_reason(error))
        except _TooMuchError:
            pass  # its problem has been added where it was found

    def _documents(self, events: Iterator[yaml.Event]) -> None:
        started = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    self._add(_place(event), "IMF-E007", "one document a file: remove this '---'")
                    raise _TooMuchError
                started = True
                self.document.value = self._node(next(events), events, ())

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> Value:
        place = _place(event)
        self.document.values[path] = place
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._add(place, "IMF-E008", "more than {limit} values", limit=MAX_NODES)
            raise _TooMuchError
        if len(path) > MAX_DEPTH:
            self._add(place, "IMF-E009", "nested deeper than {limit} levels", limit=MAX_DEPTH)
            raise _TooMuchError
        if isinstance(event, yaml.AliasEvent):
            self._add(place, "IMF-E010", "aliases (*{name}) are not allowed", name=event.anchor)
            return None
        self._refuse_decoration(event, place)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _refuse_decoration(self, event: yaml.Event, place: Place) -> None:
        anchor = getattr(event, "anchor", None)
        if anchor:
            self._add(place, "IMF-E011", "anchors (&{name}) are not allowed", name=anchor)
        tag = getattr(event, "tag", None)
        if tag:
            self._add(place, "IMF-E012", "tags ({tag}) are not allowed", tag=tag)

    def _sequence(self, events: Iterator[yaml.Event], path: KeyPath) -> list[Value]:
        result: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self._node(event, events, (*path, len(result))))
        return result

    def _mapping(self, events: Iterator[yaml.Event], path: KeyPath) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            place = _place(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._add(place, "IMF-E013", "a key must be a plain word")
                self._node(event, events, (*path, "?"))
                self._node(next(events), events, (*path, "?"))
                continue
            self._refuse_decoration(event, place)
            key = event.value
            here = (*path, key)
            if key == "<<" and not event.style:
                self._add(place, "IMF-E014", "merge keys (<<) are not allowed")
            elif key in result:
                first = self.document.keys[here]
                self._add(
                    place,
                    "IMF-E015",
                    "key '{key}' stands here a second time (first on line {line})",
                    key=key,
                    line=first.line,
                )
            self.document.keys.setdefault(here, place)
            value = self._node(next(events), events, here)
            result.setdefault(key, value)
        return result

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Value:
        text: str = event.value
        if event.style:  # plain is None in the Python parser, "" in the C one
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FRACTION.fullmatch(text):
            return float(text)
        return text

    def _add(self, place: Place, code: str, template: str, /, **params: object) -> None:
        self.problems.append(self.document._problem_at(place, code, template, **params))


class _TooMuchError(Exception):
    """Reading on would be harmful; the problem is already noted."""


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)


def _reason(error: yaml.MarkedYAMLError) -> str:
    if "\\t" in (error.problem or ""):
        return "a tab cannot indent; use spaces"
    parts = [part for part in (error.context, error.problem) if part]
    return "; ".join(parts)
