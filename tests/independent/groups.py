"""What may stand in a cell of the results by group, as exactly as its number of answers allows."""

from __future__ import annotations

from fractions import Fraction

from e2e import three_years_story as story

from independent.printing import number, percent
from independent.zone import SURVEY, Measurement

EXACT, ROUNDED = 30, 15
TOO_FEW, PROTECTED = "hidden (a)", "hidden (b)"


def fifths(share: Fraction) -> set[str]:
    """The fifth in which a share lies; on a border either."""
    return {
        f"{20 * low}% to {20 * low + 20}%"
        for low in range(5)
        if Fraction(low, 5) <= share <= Fraction(low + 1, 5)
    }


def about(share: Fraction) -> str:
    """To 5 points."""
    return f"about {5 * int(number(share * 20))}%"


def cell(n: int, share: Fraction, coarse: int | None = None) -> frozenset[str]:
    """What may be printed of a share on n answers. Exact figures may be rounded as well, and any
    group may be hidden for the sake of another; `coarse`: the answers that say how exact."""
    few = n if coarse is None else coarse
    if few < story.K:
        return frozenset({TOO_FEW})
    if few < ROUNDED:
        return frozenset({PROTECTED, *fifths(share)})
    if few < EXACT:
        return frozenset({PROTECTED, about(share)})
    return frozenset({PROTECTED, about(share), percent(share)})


def counted(found: Measurement, group: str, item: str) -> tuple[int, int]:
    """Valid and favourable answers of a group."""
    sides = SURVEY.sides(item, [one for one in found.people if one["unit"] == group])
    return sum(sides), sides[0]


def of_statement(found: Measurement, group: str, item: str) -> frozenset[str]:
    """The cell of a statement."""
    n, favourable = counted(found, group, item)
    return cell(n, Fraction(favourable, n))


def of_theme(found: Measurement, group: str, theme: str) -> frozenset[str]:
    """The cell of a theme: the mean of its statements, as coarse as the coarsest."""
    items = SURVEY.of(theme)
    counts = [counted(found, group, item) for item in items]
    weights = [SURVEY.weight(item) for item in items]
    share = sum((w * Fraction(f, n) for w, (n, f) in zip(weights, counts, strict=True)), Fraction())
    return cell(0, share / sum(weights), min(n for n, _ in counts))


def responses(found: Measurement, group: str) -> frozenset[str]:
    """How many of a group answered. The rate of a large group may be coarse as well, for the sake
    of a small one."""
    people, headcount = found.year.people[group], story.GROUPS[group]
    if people < story.K:
        return frozenset({f"Fewer than {story.K} people responded."})
    rate = Fraction(people, headcount)
    bands = {f"Between {low.replace(' to ', ' and ')}" for low in fifths(rate)}
    said = {f"{band} of {headcount} people answered." for band in bands}
    if people >= EXACT:
        said.add(f"{people} of {headcount} people answered ({percent(rate)}).")
    return frozenset({f"{story.K} people or more responded.", *said})
