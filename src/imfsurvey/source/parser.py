"""The events of a YAML text from PyYAML, and our own words for what is wrong with its form.

libyaml is used where PyYAML has it, else PyYAML's own parser, which is seven times slower. The
two describe the same fault differently, in English only and often at the end of the file, so the
commonest faults get one sentence here and the place where the author has to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Protocol

import yaml

from imfsurvey.i18n.catalogue import N_, Marked
from imfsurvey.source.places import Place

_TAB = N_("a tab cannot indent; use spaces")
_ESCAPE = N_("this '\\' stands for no character; write '\\\\', or use single quotes")
_END = N_("the file ends before a bracket or a quote is closed")
_ELSE = N_("the structure breaks here; check indentation, brackets, quotes and colons")


@dataclass(frozen=True)
class _Fault:
    """What the parsers say (a part of it), what we say, and whether it began at the context."""

    said: tuple[str, ...]
    words: Marked
    at_context: bool = False


_FAULTS: Final = (
    _Fault(("found a tab character",), _TAB),
    _Fault(
        ("mapping values are not allowed",),
        N_("a ':' is not expected here; check the indentation, or put the text in quotes"),
    ),
    _Fault(("unexpected end of stream",), N_("this quote is not closed"), at_context=True),
    _Fault(("could not find expected ':'",), N_("a ':' is missing after this"), at_context=True),
    _Fault(
        ("expected ',' or ']'", "expected ',' or '}'"),
        N_("a ',' or the closing bracket is expected here"),
    ),
    _Fault(("node content",), N_("a value is expected here, or quotes around a text")),
    _Fault(("escape", "hexdecimal"), _ESCAPE),
    _Fault(
        ("cannot start any token",),
        N_("a text cannot begin with this character; put it in quotes"),
    ),
    _Fault(
        ("did not find expected key", "expected '-' indicator", "expected <block end>"),
        N_("this line does not fit those above it; check its indentation"),
    ),
)


class SyntaxFaultError(Exception):
    """The text is no YAML: our words, and the place."""

    def __init__(self, place: Place, reason: Marked) -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason


def events_of(text: str) -> Iterator[yaml.Event]:
    """The events of a text, one by one. Raises `SyntaxFaultError` when it comes to a fault.

    The text holds no character that `characters` calls hidden: the parsers refuse most of them in
    a way that has no line.
    """
    given = 0
    try:
        for event in _events(text, getattr(yaml, "CLoader", yaml.Loader)):
            yield event
            given += 1
    except _TooDeepError:
        # libyaml looks ahead and stops at a depth of its own before it gives the level that is
        # one too many for us; PyYAML's parser gives one level after the other.
        yield from islice(_events(text, yaml.Loader), given, None)


class _TooDeepError(Exception):
    """libyaml came to its own limit of nesting."""


def _events(text: str, kind: Any) -> Iterator[yaml.Event]:
    loader = kind(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in str(error.problem):
            raise _TooDeepError from error
        raise _fault(error, text) from error
    except (OverflowError, ValueError) as error:
        # PyYAML's own parser stumbles over an escape beyond Unicode, such as "\UFFFFFFFF".
        raise SyntaxFaultError(place_of(loader.get_mark()), _ESCAPE) from error
    finally:
        loader.dispose()


class _Mark(Protocol):
    """Where an event begins, counted from 0; PyYAML has a class of its own for each parser."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The character in the line."""


def place_of(mark: _Mark | None) -> Place:
    """The place of a mark."""
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)


def _fault(error: yaml.MarkedYAMLError, text: str) -> SyntaxFaultError:
    mark = error.problem_mark or error.context_mark
    said = f"{error.context}: {error.problem}"
    rest = text[mark.index :] if mark is not None else text
    fault = next((one for one in _FAULTS if any(part in said for part in one.said)), None)
    if fault is not None and fault.at_context:
        return SyntaxFaultError(place_of(error.context_mark), fault.words)
    if not rest.strip():
        words = _END
    elif rest.startswith("\t"):
        words = _TAB
    else:
        words = fault.words if fault is not None else _ELSE
    return SyntaxFaultError(place_of(mark), words)
