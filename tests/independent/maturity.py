"""Levels, indices, balance and targets from ratings, by the rules of docs/maturity.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Rating = int | str
"""A level, "dk" or "na"."""
Ratings = Mapping[str, Rating]
WEIGHT = {"core": 2, "complementary": 1}
TOP = 5


@dataclass(frozen=True)
class Model:
    """Topics (part, layer, approach), and pillars with what is below them."""

    topics: Mapping[str, tuple[str, str, str]]
    pillars: Mapping[str, tuple[str, ...]]
    views: tuple[str, ...]

    def parts(self) -> list[str]:
        """The whole, then each pillar before what is below it."""
        return [
            "overall",
            *(one for pillar, kids in self.pillars.items() for one in (pillar, *kids)),
        ]

    def under(self, part: str) -> list[str]:
        """The topics of a part."""
        if part == "overall":
            return list(self.topics)
        inside = (part, *self.pillars.get(part, ()))
        return [topic for topic, (where, _, _) in self.topics.items() if where in inside]

    def core(self, part: str) -> list[str]:
        """Its core topics."""
        return [topic for topic in self.under(part) if self.topics[topic][1] == "core"]

    def functions(self, part: str) -> tuple[str, ...]:
        """The parts that make its level and index; none when its topics do."""
        if part == "overall":
            return tuple(self.pillars)
        return tuple(one for one in self.pillars.get(part, ()) if one not in self.views)


def capped(levels: list[int]) -> int:
    """Most of them at the level, nearly all past each step below, one above the lowest at most."""

    def share(step: int) -> Fraction:
        return Fraction(sum(level >= step for level in levels), len(levels))

    good = [
        step
        for step in range(1, TOP + 1)
        if share(step) > Fraction(1, 2)
        and all(share(below) > Fraction(85, 100) for below in range(1, step))
    ]
    return min(max(good, default=0), min(levels) + 1)


def level(model: Model, ratings: Ratings, part: str, unknown: int, approved: bool) -> int | None:
    """Of a part, with what is not known at one end of the scale."""
    functions = model.functions(part)
    if functions:
        found = [level(model, ratings, one, unknown, approved) for one in functions]
        levels = [one for one in found if one is not None]
    else:
        said = [ratings.get(topic, "dk") for topic in model.core(part)]
        levels = [one if isinstance(one, int) else unknown for one in said if one != "na"]
    if not levels:
        return None
    made = capped(levels)
    return min(made, 1) if part == "overall" and not approved else made


def _mean(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    listed = list(pairs)
    total = sum((weight for _, weight in listed), Fraction())
    return sum((value * weight for value, weight in listed), Fraction()) / total if total else None


def _worth(rating: Rating) -> Fraction:
    return Fraction(20 * rating) if isinstance(rating, int) else Fraction()


def index(model: Model, ratings: Ratings, part: str, layers: tuple[str, ...]) -> Fraction | None:
    """20 times the weighted mean level; the parts of a part weigh the same."""
    functions = model.functions(part)
    if functions:
        found = [index(model, ratings, one, layers) for one in functions]
        return _mean((one, Fraction(1)) for one in found if one is not None)
    return _mean(
        (_worth(ratings[topic]), Fraction(WEIGHT[model.topics[topic][1]]))
        for topic in model.under(part)
        if model.topics[topic][1] in layers and ratings[topic] != "na"
    )


@dataclass(frozen=True)
class Part:
    """The figures of a part."""

    level: int | None
    most: int | None
    index: Fraction | None
    core: Fraction | None
    coverage: Fraction
    in_scope: int


def measured(model: Model, ratings: Ratings, approved: bool) -> dict[str, Part]:
    """The figures of every part."""
    found = {}
    for part in model.parts():
        scope = [topic for topic in model.core(part) if ratings[topic] != "na"]
        rated = sum(isinstance(ratings[topic], int) for topic in scope)
        found[part] = Part(
            level(model, ratings, part, 0, approved),
            level(model, ratings, part, TOP, approved),
            index(model, ratings, part, ("core", "complementary")),
            index(model, ratings, part, ("core",)),
            Fraction(rated, len(scope)),
            len(scope),
        )
    return found


def equal_weights(ratings: Ratings) -> Fraction:
    """The index in which every topic weighs the same."""
    counted = [_worth(one) for one in ratings.values() if one != "na"]
    return sum(counted, Fraction()) / len(counted)


@dataclass(frozen=True)
class Balance:
    """Controlling and stimulating indices, and where the balance lies."""

    controlling: Fraction
    stimulating: Fraction

    @property
    def balance(self) -> Fraction:
        """From -1 to +1."""
        return (self.stimulating - self.controlling) / (self.stimulating + self.controlling)


def balance(model: Model, ratings: Ratings) -> Balance:
    """A topic of both approaches counts half in each."""

    def side(name: str) -> Fraction:
        found = _mean(
            (_worth(ratings[topic]), Fraction(WEIGHT[layer], 1 if approach == name else 2))
            for topic, (_, layer, approach) in model.topics.items()
            if approach in (name, "both") and ratings[topic] != "na"
        )
        assert found is not None
        return found

    return Balance(side("controlling"), side("stimulating"))


def _now(rating: Rating) -> int:
    return rating if isinstance(rating, int) else 0


def missing(ratings: Ratings, targets: Mapping[str, int], topics: Iterable[str]) -> int:
    """The levels that are missing to the targets."""
    asked = [topic for topic in topics if ratings[topic] != "na"]
    return sum(max(targets[topic] - _now(ratings[topic]), 0) for topic in asked)


def to_target(ratings: Ratings, targets: Mapping[str, int], topics: Iterable[str]) -> Fraction:
    """1 minus the gaps over the targets."""
    asked = [topic for topic in topics if ratings[topic] != "na"]
    return 1 - Fraction(missing(ratings, targets, asked), sum(targets[topic] for topic in asked))


def progress(
    zero: Ratings, now: Ratings, targets: Mapping[str, int], topics: Iterable[str]
) -> Fraction | None:
    """The share of the gaps of the zero measurement that is closed; none without a gap then."""
    both = [topic for topic in topics if "na" not in (zero[topic], now[topic])]
    then = missing(zero, targets, both)
    return 1 - Fraction(missing(now, targets, both), then) if then else None


def target_levels(model: Model, ratings: Ratings, targets: Mapping[str, int]) -> dict[str, int]:
    """The level of each part once every target is reached."""
    wanted = {topic: "na" if said == "na" else targets[topic] for topic, said in ratings.items()}
    levels = {part: level(model, wanted, part, 0, True) for part in model.parts()}
    return {part: one for part, one in levels.items() if one is not None}
