"""The functions of expressions: how many arguments each takes, and of what shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from imfsurvey.i18n.catalogue import N_

Shape = Literal["value", "name", "repeat", "column", "names", "pattern", "digits"]
"""What may stand as an argument: any expression; an id or field; the id of a repeat; a field of
all entries of a repeat; ids or one such field; a pattern in quotes; a digit."""

SHAPES: Final[Mapping[Shape, str]] = {
    "name": N_("the id of an item"),
    "repeat": N_("the id of a repeat"),
    "column": N_("a field of a repeat, such as actors.hours"),
    "names": N_("ids of items, or a field of a repeat"),
    "pattern": N_("a pattern in quotes"),
    "digits": N_("a whole number from 0 to 6"),
}

MAX_DECIMALS: Final = 6


@dataclass(frozen=True)
class Function:
    """What a function takes."""

    shapes: tuple[Shape, ...]
    least: int
    most: int | None
    """None: any number, all of the last shape."""

    def shape(self, index: int) -> Shape:
        """What stands at a place among the arguments, from 0."""
        return self.shapes[min(index, len(self.shapes) - 1)]


def _takes(*shapes: Shape, least: int | None = None) -> Function:
    return Function(shapes, len(shapes) if least is None else least, len(shapes))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "answered": _takes("name"),
    "is_na": _takes("name"),
    "is_dk": _takes("name"),
    "is_refused": _takes("name"),
    "shown": _takes("name"),
    "count": _takes("repeat"),
    "sum": _takes("column"),
    "mean": _takes("column"),
    "min": _takes("column"),
    "max": _takes("column"),
    "count_answered": Function(("names",), 1, None),
    "len": _takes("value"),
    "matches": _takes("value", "pattern"),
    "years_since": _takes("value"),
    "round": _takes("value", "digits", least=1),
    "abs": _takes("value"),
    "if_else": _takes("value", "value", "value"),
    "score": _takes("name"),
    "level": _takes("name"),
}

NON_ANSWER_OF: Final[Mapping[str, Literal["na", "dk", "refused"]]] = {
    "is_na": "na",
    "is_dk": "dk",
    "is_refused": "refused",
}
"""Function -> the status that it asks for."""
