"""From the events of a YAML text to plain values, refusing what a file of ours may not hold.

Our own resolver, since YAML 1.1 turns `no` into False, `010` into 8 and `12:30` into a number.
Only `true`, `false`, `null`, decimal integers and decimal fractions are special; keys are always
text. Aliases, tags, merge keys, duplicate keys and a second document are refused, each with its
place, so that a file is as small in memory as it is on disk and runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import yaml

from imfsurvey.source.characters import HIDDEN, hidden_in_value
from imfsurvey.source.parser import SyntaxFaultError, events_of, place_of
from imfsurvey.source.places import Document, KeyPath, Place, Places, Value
from imfsurvey.source.problems import MAX_PROBLEMS, Problem

MAX_NODES: Final = 200_000
MAX_DEPTH: Final = 40

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")  # what fits in 64 bits; a longer one stays a text
_FRACTION = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}(?:[eE][-+]?[0-9]{1,2})?")
_BEFORE_NUMBERS: Final = frozenset("-+0123456789")
_COLON = re.compile(r"[ \t]*:")
_WORDS: Final[dict[str, Value]] = {"true": True, "false": False, "null": None, "~": None, "": None}


def build(document: Document) -> list[Problem]:
    """Fill a document with the values of its text; everything that is wrong with it."""
    builder = _Builder(document)
    document.value = builder.build()
    return builder.problems


def places(document: Document) -> Places:
    """Where everything in the text of a document stands, as far as it can be read."""
    surveyor = _Surveyor(document)
    surveyor.build()
    return surveyor.places


class _EnoughError(Exception):
    """Reading on would be harmful or useless; the problem is already noted."""


class _Builder:
    """One walk over the events; open lists and blocks are on Python's own stack."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self._nodes = 0

    def build(self) -> Value:
        """The value of the text, as far as it can be read."""
        try:
            return self._documents(events_of(self.document.text))
        except SyntaxFaultError as fault:
            self._note("IMF-E006", "not valid YAML: {reason}", fault.place, reason=fault.reason)
        except _EnoughError:
            pass  # its problem has been noted where it was found
        return None

    def _documents(self, events: Iterator[yaml.Event]) -> Value:
        value, started = None, False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    place = place_of(event.start_mark)
                    self._note("IMF-E007", "a file holds one document; remove this '---'", place)
                    raise _EnoughError
                started = True
                value = self._node(next(events), events, ())
        return value

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> Value:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            place = place_of(event.start_mark)
            self._note("IMF-E008", "more than {limit} values", place, limit=MAX_NODES)
            raise _EnoughError
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_decoration(event)
            return self._scalar(event)
        if isinstance(event, yaml.CollectionStartEvent):
            self._refuse_decoration(event)
            return self._collection(event, events, path)
        place = place_of(event.start_mark)
        name = getattr(event, "anchor", None)
        self._add("IMF-E010", "aliases (*{name}) are not allowed", place, name=name)
        return None

    def _collection(
        self, event: yaml.CollectionStartEvent, events: Iterator[yaml.Event], path: KeyPath
    ) -> Value:
        if len(path) >= MAX_DEPTH:
            place = place_of(event.start_mark)
            self._note("IMF-E009", "nested deeper than {limit} levels", place, limit=MAX_DEPTH)
            raise _EnoughError
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _refuse_decoration(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            place = place_of(event.start_mark)
            self._add("IMF-E011", "anchors (&{name}) are not allowed", place, name=event.anchor)
        if event.tag:
            place = place_of(event.start_mark)
            self._add("IMF-E012", "tags ({tag}) are not allowed", place, tag=event.tag)

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
            key = self._key(event, events, path)
            if key is None:
                self._node(next(events), events, (*path, "?"))
                continue
            here = (*path, key)
            if key in result:
                self._add(
                    "IMF-E015",
                    "key '{key}' stands here a second time (first on line {line})",
                    place_of(event.start_mark),
                    key=key,
                    line=self._first(here).line,
                )
            result[key] = self._below(event, next(events), events, here)
        return result

    def _first(self, key: KeyPath) -> Place:
        """Where a key stands that stands in a block twice."""
        return self.document.keys[key]

    def _below(
        self, key: yaml.Event, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath
    ) -> Value:
        """The value of a key."""
        return self._node(event, events, path)

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> str | None:
        """The text of a key; None when it cannot be one, which is then noted."""
        if not isinstance(event, yaml.ScalarEvent):
            self._add("IMF-E013", "a key must be a plain word", place_of(event.start_mark))
            self._node(event, events, (*path, "?"))
            return None
        self._refuse_decoration(event)
        key: str = event.value
        self._refuse_hidden(event)
        if key == "<<" and not event.style:
            place = place_of(event.start_mark)
            self._add("IMF-E014", "merge keys (<<) are not allowed", place)
            return None
        return key

    def _scalar(self, event: yaml.ScalarEvent) -> Value:
        text: str = event.value
        if event.style:  # quoted or a block; plain is None in the Python parser, "" in the C one
            self._refuse_hidden(event)
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] in _BEFORE_NUMBERS:
            if _INTEGER.fullmatch(text):
                return int(text)
            if _FRACTION.fullmatch(text):
                return float(text)
        return text

    def _refuse_hidden(self, event: yaml.ScalarEvent) -> None:
        """The file itself holds none, but an escape such as "\\e" makes one."""
        hidden = hidden_in_value(event.value)
        if hidden is not None:
            self._add("IMF-E005", HIDDEN, place_of(event.start_mark), character=hidden)

    def _add(self, code: str, template: str, place: Place, /, **params: object) -> None:
        self._note(code, template, place, **params)
        if len(self.problems) >= MAX_PROBLEMS:
            raise _EnoughError

    def _note(self, code: str, template: str, place: Place, /, **params: object) -> None:
        self.problems.append(self.document.problem_at(code, template, place, **params))


class _Surveyor(_Builder):
    """The same walk once more, to note where everything stands; of a repeated key, the first."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.places = Places()

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> Value:
        self.places.values.setdefault(path, place_of(event.start_mark))
        return super()._node(event, events, path)

    def _first(self, key: KeyPath) -> Place:
        return self.places.keys[key]

    def _below(
        self, key: yaml.Event, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath
    ) -> Value:
        self.places.keys.setdefault(path, place_of(key.start_mark))
        if isinstance(event, yaml.ScalarEvent) and not (event.value or event.style):
            self.places.values.setdefault(path, self._behind(key))
        return super()._below(key, event, events, path)

    def _behind(self, key: yaml.Event) -> Place:
        """Where the value of a key would stand that has none; libyaml says, at the next thing."""
        end = place_of(key.end_mark)
        colon = _COLON.match(self.document.excerpt(end.line), end.column - 1)
        return Place(end.line, colon.end() + 1) if colon else end
