"""The events of a YAML text from PyYAML, and our own words for what is wrong with its form.

libyaml is used where PyYAML has it, else PyYAML's own parser, which is seven times slower. The
two describe the same fault differently, in English only and often at the end of the file, so the
commonest faults get one sentence here and the place where the author has to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import yaml

from imfsurvey.i18n.catalogue import N_, Marked
from imfsurvey.source.places import Place

_TAB = N_("a tab cannot indent; use spaces")
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
    _Fault(
        ("escape",), N_("this '\\' stands for no character; write '\\\\', or use single quotes")
    ),
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
    loader = getattr(yaml, "CLoader", yaml.Loader)(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    except yaml.MarkedYAMLError as error:
        raise _fault(error, text) from error
    except (OverflowError, ValueError) as error:
        # PyYAML's own parser, on an escape beyond Unicode or a version number without end.
        raise SyntaxFaultError(place_of(loader.get_mark()), _ELSE) from error
    finally:
        loader.dispose()


def place_of(mark: yaml.Mark | None) -> Place:
    """The place of a mark."""
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)


def _fault(error: yaml.MarkedYAMLError, text: str) -> SyntaxFaultError:
    mark = error.problem_mark or error.context_mark
    said = f"{error.context}: {error.problem}"
    if mark is not None and text[mark.index : mark.index + 1] == "\t":
        return SyntaxFaultError(place_of(mark), _TAB)
    for fault in _FAULTS:
        if any(part in said for part in fault.said):
            found = error.context_mark if fault.at_context else mark
            return SyntaxFaultError(place_of(found), fault.words)
    return SyntaxFaultError(place_of(mark), _ELSE)
