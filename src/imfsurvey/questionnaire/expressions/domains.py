"""The answers that have to be tried so that no other one could make a difference.

A number, a date or a text is cut into pieces by the values that it is compared with; one answer
of each piece stands for all. That is exact as long as it is compared with such values only. Where
it is worked with, or compared with another answer, there is no such cut, and nothing is tried.
Choices are tried code by code, of several choices only those that are asked for. Bounds that the
program does not know in advance (`today`) are left out, so rather too much is tried than too
little: what is found then holds for fewer answers as well.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, combinations
from math import floor
from typing import Final

from imfsurvey.questionnaire.expressions.dates import is_date
from imfsurvey.questionnaire.expressions.evaluate import Known
from imfsurvey.questionnaire.expressions.functions import NON_ANSWER_OF
from imfsurvey.questionnaire.expressions.tree import (
    Call,
    Choices,
    Comparison,
    Field,
    Node,
    Number,
    Quoted,
    Ref,
    This,
    below,
)

MAX_TICKS: Final = 12
"""So many choices of several are tried together at most."""


@dataclass
class Uses:
    """What is asked of the values of one name, in all conditions that are looked at together."""

    literals: set[int | Fraction | str] = field(default_factory=set)
    length: bool = False
    """Whether it is asked how many or how long."""
    free: bool = False
    """Whether it is used in a way that cannot be cut."""


def key_of(node: Node) -> str | None:
    """The name that a node stands for, if it is one."""
    match node:
        case Ref(name=name):
            return name
        case Field(repeat=repeat, name=name):
            return f"{repeat}.{name}"
        case This():
            return "this"
        case Call(name="level", args=(Ref(name=name),)):
            return name
    return None


def uses_in(trees: Iterable[Node]) -> dict[str, Uses]:
    """What is asked of each name."""
    found: dict[str, Uses] = {}
    for tree in trees:
        _collect(tree, found)
    return found


_STATUS: Final = frozenset({"answered", "shown", "count_answered", *NON_ANSWER_OF})


def _collect(node: Node, found: dict[str, Uses]) -> None:
    match node:
        case Ref() | Field() | This():
            found.setdefault(key_of(node) or "", Uses()).free = True
        case Call(name=name, args=args) if name in _STATUS:
            for one in args:
                found.setdefault(key_of(one) or "", Uses())
        case Call(name="len", args=(Ref() | Field() | This() as one,)):
            found.setdefault(key_of(one) or "", Uses()).length = True
        case Call(name="count", args=(one,)):
            found.setdefault(key_of(one) or "", Uses()).length = True
        case Comparison(left=left, right=right):
            if not (_cut(left, right, found) or _cut(right, left, found)):
                _collect(left, found)
                _collect(right, found)
        case _:
            for one in below(node):
                _collect(one, found)


def _cut(node: Node, other: Node, found: dict[str, Uses]) -> bool:
    """Whether it is a name beside values that are written out, which are then noted."""
    key = key_of(node)
    if key is None or not isinstance(other, Number | Quoted | Choices):
        return False
    values = other.items if isinstance(other, Choices) else (other,)
    found.setdefault(key, Uses()).literals.update(one.value for one in values)
    return True


# --- what is tried ----------------------------------------------------------------------------


def number_pieces(
    uses: Uses, low: float | None, high: float | None, decimals: int
) -> Sequence[Known] | None:
    """One number of each piece between the values that a number is compared with."""
    if uses.free or uses.length:
        return None
    step = Fraction(1, 10**decimals)
    ends = [Fraction(str(one)) for one in (low, high) if one is not None]
    cuts = {one for one in uses.literals if not isinstance(one, str)} | set(ends)
    tried: set[Fraction] = {Fraction(0)} if not cuts else set()
    for cut in cuts:
        under = floor(Fraction(cut) / step) * step
        tried |= {under - step, under, under + step}
    lowest, highest = (None if one is None else Fraction(str(one)) for one in (low, high))
    return [
        _plain(one)
        for one in sorted(tried)
        if (lowest is None or one >= lowest) and (highest is None or one <= highest)
    ]


def _plain(number: Fraction) -> Known:
    return number.numerator if number.denominator == 1 else float(number)


def date_pieces(
    uses: Uses, low: str | None, high: str | None, precision: int
) -> Sequence[Known] | None:
    """One date of each piece; `precision` is the length of the text of a date: 4, 7 or 10."""
    if uses.free or uses.length:
        return None
    bounds = [one for one in (low, high) if one is not None]
    cuts = [one for one in uses.literals if isinstance(one, str) and is_date(one)] + bounds
    tried = {"2000-01-01"[:precision]} if not cuts else set()
    for cut in cuts:
        tried |= {one[:precision] for one in _around(cut[:precision])}
    return [
        one
        for one in sorted(tried)
        if all(one >= end[:precision] for end in [low] if end)
        and all(one <= end[:precision] for end in [high] if end)
    ]


def _around(date: str) -> Iterator[str]:
    """The first and the last day of a date, the day before and the day behind."""
    day = datetime.date.fromisoformat(date + "-01-01"[len(date) - 4 :])
    one = datetime.timedelta(days=1)
    if len(date) == 10:
        behind = day
    elif len(date) == 7:
        behind = (day + datetime.timedelta(days=31)).replace(day=1) - one
    else:
        behind = day.replace(month=12, day=31)
    yield from (day.isoformat(), behind.isoformat())
    if day > datetime.date.min:
        yield (day - one).isoformat()
    if behind < datetime.date.max:
        yield (behind + one).isoformat()


def text_pieces(uses: Uses) -> Sequence[Known] | None:
    """The texts that a text is compared with, and one that is none of them."""
    if uses.free or uses.length:
        return None
    texts = [str(one) for one in uses.literals]
    return [*texts, "".join(texts) + "…"]


def ticked(
    uses: Uses, codes: Sequence[int | str], least: int, most: int | None
) -> Sequence[Known] | None:
    """Which of several choices can be ticked together, in the order of the file."""
    if uses.free:
        return None
    if uses.length:
        return _subsets(codes, least, most) if len(codes) <= MAX_TICKS else None
    asked = [code for code in codes if code in uses.literals]
    if len(asked) > MAX_TICKS:
        return None
    other = tuple(code for code in codes if code not in uses.literals)[:1]
    return [some or other for some in _subsets(asked, 0, most) if some or other]


def chosen(uses: Uses, codes: Sequence[int | str]) -> Sequence[Known] | None:
    """The codes of a choice; of those that no condition can tell apart, the first."""
    if uses.free or uses.length:
        return codes
    numbers = sorted(one for one in uses.literals if not isinstance(one, str))
    pieces: dict[object, int | str] = {}
    for code in codes:
        named = code if code in uses.literals else None
        above = None if isinstance(code, str) else sum(code > one for one in numbers)
        pieces.setdefault((isinstance(code, str), named, above), code)
    return list(pieces.values())


def _subsets(
    codes: Sequence[int | str], least: int, most: int | None
) -> list[tuple[int | str, ...]]:
    sizes = range(least, (len(codes) if most is None else min(most, len(codes))) + 1)
    return list(chain.from_iterable(combinations(codes, size) for size in sizes))


Pieces = Callable[[Uses], Sequence[Known] | None]
"""From what is asked of a name to the answers that have to be tried; None when that is too many."""
