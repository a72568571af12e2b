"""What is claimed of a topic beside what the staff see of it, by the rules of docs/maturity.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from e2e import three_years_story as story

from independent.printing import Value, between, number, signed
from independent.stafftables import Table, named
from independent.zone import Measurement

CLAIM, NOTABLE, LARGE = 3, 10, 25


def points(mean: Value) -> Fraction:
    """A mean of the answers 1 to 5, from 0 to 100."""
    return 25 * (Fraction(mean) - 1)


def mean(values: list[Fraction]) -> Fraction:
    """Each weighs the same."""
    return sum(values, Fraction()) / len(values)


@dataclass(frozen=True)
class Claim:
    """A topic that has a level and statements."""

    topic: str
    level: int
    seen: Fraction
    low: Fraction
    high: Fraction
    favourable: Fraction

    @property
    def gap(self) -> Fraction:
        """Claimed minus seen."""
        return 20 * self.level - self.seen

    @property
    def confirmed(self) -> bool | None:
        """None where nothing is claimed."""
        return self.favourable > Fraction(1, 2) if self.level >= CLAIM else None

    @property
    def reading(self) -> str:
        """In words."""
        size = "large " if abs(self.gap) >= LARGE else ""
        if abs(self.gap) < NOTABLE:
            said = "close"
        elif self.low <= 20 * self.level <= self.high:
            said = "may be chance"
        elif self.gap > 0:
            said = f"{size}blind spot"
        elif self.favourable > Fraction(1, 2):
            said = f"{size}hidden strength"
        else:
            said = "seen higher than claimed"
        return f"not confirmed; {said}" if self.confirmed is False else said


def claims(now: Measurement) -> list[Claim]:
    """Those that are not confirmed first, then by the size of the gap."""
    found = []
    for theme, topic in story.ABOUT.items():
        level = now.ratings[topic]
        if not isinstance(level, int):
            continue
        items = [now.items[item] for item, named_ in story.STATEMENTS.items() if named_ == theme]
        found.append(
            Claim(
                topic,
                level,
                mean([points(one.mean) for one in items]),
                mean([points(one.mean_interval[0]) for one in items]),
                mean([points(one.mean_interval[1]) for one in items]),
                mean([one.share(0) for one in items]),
            )
        )
    doubted = sorted((one for one in found if one.confirmed is False), key=lambda c: c.favourable)
    others = sorted((one for one in found if one.confirmed is not False), key=lambda c: -abs(c.gap))
    return doubted + others


def table(now: Measurement) -> Table:
    """Topics measured both ways."""
    return [
        [
            named(one.topic),
            str(one.level),
            str(20 * one.level),
            number(one.seen),
            between(one.low, one.high),
            signed(one.gap),
            f"{number(100 * one.favourable, 1)}%",
            one.reading,
        ]
        for one in claims(now)
    ]


def sentences(now: Measurement) -> Iterator[str]:
    """With a number, in the part on claims."""
    found = claims(now)
    direction = mean([one.gap for one in found])
    size = mean([abs(one.gap) for one in found])
    yield (
        f"Mean gap, claimed minus seen: {signed(direction)} points of 100; without the signs "
        f"{number(size)}."
    )
    claimed = [one for one in found if one.confirmed is not None]
    doubted = [one for one in claimed if not one.confirmed]
    if not claimed:
        yield f"No topic is both claimed at level {CLAIM} and measured."
    elif doubted:
        yield (
            f"Not confirmed by the staff: {len(doubted)} of {len(claimed)} topics claimed and "
            "measured."
        )
        for one in doubted:
            share = f"{number(100 * one.favourable, 1)}%"
            yield f"{named(one.topic)} (level {one.level} claimed, {share} favourable)"
    else:
        yield (
            f"The staff confirm the {len(claimed)} topics that are claimed and that they were "
            "asked about."
        )
