"""The figures of the staff's answers, by the rules of docs/perception.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np
from scipy import stats
from statsmodels.multivariate.factor import Factor
from statsmodels.stats.proportion import proportion_confint

Person = Mapping[str, int | str | None]
Pair = tuple[float, float]
SMALL = 30


@dataclass(frozen=True)
class Survey:
    """What is asked: statements by theme, and how they are read."""

    themes: Mapping[str, str]
    """Theme by statement."""
    reverse: tuple[str, ...]
    knowledge: tuple[str, ...]
    weights: Mapping[str, int]
    k_total: int
    k: int

    def of(self, theme: str) -> list[str]:
        """The statements of a theme."""
        return [item for item, named in self.themes.items() if named == theme]

    def weight(self, item: str) -> int:
        """1 unless said otherwise."""
        return self.weights.get(item, 1)

    def scored(self, item: str, person: Person) -> int | None:
        """The code of an answer on the scale, turned round where it is to be."""
        said = person[item]
        if not isinstance(said, int):
            return None
        return 6 - said if item in self.reverse else said

    def sides(self, item: str, people: Sequence[Person]) -> tuple[int, int, int]:
        """Favourable, neutral and unfavourable valid answers."""
        codes = [self.scored(item, person) for person in people]
        unknowing = sum(person[item] == "dk" for person in people) if item in self.knowledge else 0
        return (
            sum(code is not None and code >= 4 for code in codes),
            codes.count(3),
            sum(code is not None and code <= 2 for code in codes) + unknowing,
        )

    def answered(self, person: Person) -> bool:
        """Whether somebody gave a valid answer to any statement."""
        return any(
            isinstance(person[item], int) or (item in self.knowledge and person[item] == "dk")
            for item in self.themes
        )


def mean_interval(values: Sequence[float], people: int) -> Pair:
    """Student's t with the finite-population correction."""
    n = len(values)
    error = stats.sem(values) * sqrt(1 - n / people)
    low, high = stats.t.interval(0.95, n - 1, loc=np.mean(values), scale=error)
    return float(low), float(high)


def share_interval(count: int, n: int, people: int) -> Pair:
    """Wilson's, on n* = n (N - 1) / (N - n)."""
    many = n * (people - 1) / (people - n)
    low, high = proportion_confint(count / n * many, many, method="wilson")
    return float(low), float(high)


@dataclass(frozen=True)
class Item:
    """The figures of a statement."""

    n: int
    sides: tuple[int, int, int]
    counts: tuple[int, ...]
    """By code, as answered."""
    values: tuple[int, ...]
    """On the scale, turned round."""
    dont_know: Fraction
    favourable_interval: Pair
    mean_interval: Pair

    def share(self, side: int) -> Fraction:
        """0 favourable, 1 neutral, 2 unfavourable."""
        return Fraction(self.sides[side], self.n)

    @property
    def mean(self) -> Fraction:
        """Of the codes."""
        return Fraction(sum(self.values), len(self.values))

    @property
    def sd(self) -> float:
        """With n - 1."""
        return float(np.std(self.values, ddof=1))

    @property
    def points(self) -> list[float]:
        """The answers from 0 to 100."""
        return [25.0 * (value - 1) for value in self.values]


def item_figures(survey: Survey, item: str, people: Sequence[Person], invited: int) -> Item:
    """Of at least 30 answers: nothing is hidden then."""
    sides = survey.sides(item, people)
    n = sum(sides)
    assert n >= SMALL
    codes = [survey.scored(item, person) for person in people]
    values = tuple(code for code in codes if code is not None)
    given = [person[item] for person in people]
    return Item(
        n,
        sides,
        tuple(given.count(code) for code in range(1, 6)),
        values,
        Fraction(given.count("dk"), len(people)),
        share_interval(sides[0], n, invited),
        mean_interval(values, invited),
    )


@dataclass(frozen=True)
class Reliability:
    """Of the people who answered all statements of a theme."""

    n: int
    items: int
    alpha: float | None = None
    omega: float | None = None
    both: float | None = None
    """Spearman-Brown, of two statements."""
    interval: Pair | None = None


@dataclass(frozen=True)
class Theme:
    """The figures of a theme."""

    favourable: Fraction
    items: int
    scores: tuple[float, ...] | None
    """None where the few who left a statement out would be told."""
    index_interval: Pair | None
    reliability: Reliability | None
    agreement: float
    lenient: float

    @property
    def index(self) -> float | None:
        """The mean score."""
        return None if self.scores is None else float(np.mean(self.scores))


def theme_figures(survey: Survey, theme: str, people: Sequence[Person], invited: int) -> Theme:
    """Of statements that are all shown."""
    items = survey.of(theme)
    figures = {item: item_figures(survey, item, people, invited) for item in items}
    weights = sum(survey.weight(item) for item in items)
    favourable = sum((survey.weight(item) * figures[item].share(0) for item in items), Fraction())
    rows = [[survey.scored(item, person) for item in items] for person in people]
    partial = sum(0 < sum(one is not None for one in row) < len(items) for row in rows)
    told = not 0 < partial < survey.k_total
    scores = tuple(_scores(survey, items, rows)) if told else None
    variances = [np.var(figures[item].values, ddof=1) for item in items]
    return Theme(
        favourable / weights,
        len(items),
        scores,
        mean_interval(scores, invited) if scores else None,
        _reliability(rows) if told else None,
        _agreement(variances, (5**2 - 1) / 12),
        _agreement(variances, 1.34),
    )


def _scores(
    survey: Survey, items: Sequence[str], rows: Sequence[Sequence[int | None]]
) -> list[float]:
    found = []
    for row in rows:
        given = [
            (survey.weight(i), 25.0 * (one - 1)) for i, one in zip(items, row, strict=True) if one
        ]
        if len(given) >= 2 and 2 * len(given) >= len(items):
            found.append(sum(w * one for w, one in given) / sum(w for w, _ in given))
    return found


def _agreement(variances: Sequence[float], chance: float) -> float:
    q, items = float(np.mean(variances)) / chance, len(variances)
    return max(items * (1 - q) / (items * (1 - q) + q), 0.0)


def _reliability(rows: Sequence[Sequence[int | None]]) -> Reliability | None:
    whole = np.array([row for row in rows if None not in row], dtype=float)
    n, items = whole.shape
    if n < SMALL:
        return None
    if items == 2:
        r = float(np.corrcoef(whole, rowvar=False)[0, 1])
        ends = np.tanh(np.arctanh(r) + np.array([-1, 1]) * stats.norm.ppf(0.975) / sqrt(n - 3))
        low, high = (float(2 * end / (1 + end)) for end in ends)
        return Reliability(n, items, both=2 * r / (1 + r), interval=(low, high))
    total = whole.sum(axis=1).var(ddof=1)
    alpha = items / (items - 1) * (1 - whole.var(axis=0, ddof=1).sum() / total)
    f = stats.f(n - 1, (n - 1) * (items - 1))
    interval = 1 - (1 - alpha) * f.ppf(0.975), 1 - (1 - alpha) * f.ppf(0.025)
    return Reliability(n, items, float(alpha), _omega(whole), interval=interval)


def _omega(whole: np.ndarray) -> float:
    """One factor by maximum likelihood on the correlations, in the units of the answers."""
    fitted = Factor(corr=np.corrcoef(whole, rowvar=False), n_factor=1, method="ml").fit()
    sd = whole.std(axis=0, ddof=1)
    common = float((fitted.loadings[:, 0] * sd).sum()) ** 2
    return common / (common + float((fitted.uniqueness * sd**2).sum()))
