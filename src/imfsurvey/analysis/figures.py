"""The figures that screens and reports know. What disclosure control hides never gets here.

Levels are whole numbers of the framework's scale, indices run from 0 to 100, shares from 0 to 1.
None always means "there is no such figure", never zero. Nothing is rounded: rounding is the last
step, in the words of a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from imfsurvey.analysis.chosen import ChoiceFigures

RatingStatus = Literal["answered", "na", "dk", "blank"]


@dataclass(frozen=True)
class Rating:
    """How one topic was rated: a level, or why there is none."""

    status: RatingStatus
    level: int | None = None
    reason: str = ""
    """Why it is not applicable."""
    evidence: str = ""
    comment: str = ""


@dataclass(frozen=True)
class NodeFigures:
    """Level and index of a function, a pillar, a view, or the whole (`node` is then "overall")."""

    node: str
    demonstrated: int | None
    """Level when "don't know" and blank count as the lowest; None when nothing is in scope."""
    at_most: int | None
    """Level when they count as the highest."""
    index: float | None
    """0-100 over core and complementary topics, demonstrated."""
    index_at_most: float | None
    core_index: float | None
    """0-100 over core topics alone: the figure that waves are compared on."""
    coverage: float | None
    """Rated core topics / core topics in scope, 0-1."""
    in_scope: int
    """Core topics not marked not applicable."""
    not_applicable: int
    """Core topics marked not applicable."""
    reduced_scope: bool
    incomplete: bool
    binding: tuple[str, ...]
    """Ids of the children (topics or nodes) that keep the demonstrated level from rising; none at
    the top of the scale, and none overall while the gate holds the level below the pillars'."""


@dataclass(frozen=True)
class BalanceFigures:
    """Controlling against stimulating approach; no figures where the framework has no balance."""

    controlling: float | None
    """Index 0-100 over topics tagged controlling (`both` counts half)."""
    stimulating: float | None
    balance: float | None
    """(S - C) / (S + C), from -1 (all controlling) to +1; None when both are 0 or missing."""
    weaker: float | None
    """min(C, S): what the weaker leg carries."""
    low: float
    high: float
    """The declared band."""
    outside: bool
    """Outside the band, by more than the framework's flag thresholds."""


@dataclass(frozen=True)
class MaturityFigures:
    """A self-assessment, scored."""

    ratings: Mapping[str, Rating]
    """By topic id; every rated topic of the framework that was asked."""
    nodes: Mapping[str, NodeFigures]
    """By node id: pillars, functions and views."""
    overall: NodeFigures
    overall_equal_weights: float | None
    """Overall index with every topic weighing the same: a check of how much the weights matter."""
    gate_holds: bool
    """No approved policy: the overall level stays at the gate's or below, whatever the pillars."""
    balance: BalanceFigures


Hidden = Literal["too_few", "large_majority"]


@dataclass(frozen=True)
class ItemFigures:
    """One perception item. With `hidden` set, only what may be said is there."""

    item: str
    hidden: Hidden | None
    leaning: Literal["favourable", "neutral", "unfavourable"] | None
    """Where the large majority lies, when that is all that may be said."""
    n: int | None
    """Valid answers: on the scale (and don't know, on a knowledge item)."""
    counts: tuple[int, ...] | None
    """Answers by code of the scale, lowest code first, as given (not reversed)."""
    favourable: float | None
    neutral: float | None
    unfavourable: float | None
    """Shares of n, 0-1, after reversing; None on a scale that declares no favourable codes."""
    mean: float | None
    """Mean code, after reversing, of the answers on the scale; None on fewer than k of them."""
    dont_know: float | None
    """Share of "don't know" among all who saw the item. This one and the next two are None
    together where they would show a rare answer of a small group."""
    not_applicable: float | None
    blank: float | None
    sd: float | None = None
    """Standard deviation (with n - 1) of the answers that the mean is of, in codes. This and what
    follows is None where there is no mean, and in the figures of before version 0.1."""
    mean_interval: tuple[float, float] | None = None
    """95 % for chance; None as well when everybody answered."""
    favourable_interval: tuple[float, float] | None = None
    census: bool = False
    """Everybody invited gave a valid answer: there is no interval, nothing is left to chance."""

    @property
    def exact_favourable(self) -> Fraction | None:
        """The favourable share in whole answers, so that half is half and means of shares are
        rounded once."""
        if self.favourable is None or not self.n:
            return None
        return Fraction(round(self.favourable * self.n), self.n)


NoOmega = Literal["heywood", "no_convergence", "constant"]
"""Why the one-factor model has no proper solution."""


@dataclass(frozen=True)
class Reliability:
    """Whether the statements of a theme measure one thing.

    Only on `SMALL` persons or more. Three statements and more have alpha and omega, two have
    Spearman-Brown.
    """

    n: int
    """Persons who answered all statements: the ones really used."""
    items: int
    alpha: float | None = None
    alpha_interval: tuple[float, float] | None = None
    omega: float | None = None
    no_omega: NoOmega | None = None
    """Why omega is None though alpha is not."""
    spearman_brown: float | None = None
    spearman_brown_interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class ThemeFigures:
    """Items reported together: the mean of the items' favourable shares.

    A theme whose scales say nothing of what is favourable has no figures. What follows `items` is
    about persons: their scores over the statements whose scale says what is favourable.
    """

    theme: str
    favourable: float | None
    """None when one of its items is hidden."""
    items: int
    """How many of its items had a figure."""
    index: float | None = None
    """Mean score of the persons, 0-100. None when one of its items is hidden, on few scores, and
    where it would tell of a few."""
    index_sd: float | None = None
    """Of the scores, with n - 1. This and the interval are None on fewer than `SMALL` scores: they
    tell how the answers of one person hang together."""
    index_interval: tuple[float, float] | None = None
    """95 % for chance; None as well when everybody has a score."""
    scored: int | None = None
    """Persons who have a score; None without an index."""
    census: bool = False
    """Everybody invited has a score."""
    reliability: Reliability | None = None
    agreement: float | None = None
    """r_wg(j) against a uniform null distribution, 0-1."""
    agreement_skewed: float | None = None
    """The same against a slightly skewed one; None where there is none for the scale."""


@dataclass(frozen=True)
class ResponseFigures:
    """Response accounting of a survey."""

    headcount: int
    returned: int | None
    """None when the number itself may not be shown."""
    rate: float | None
    """returned / headcount; None when only a band may be said."""
    band: tuple[float, float] | None
    """Lower and upper share, when the headcount or the number returned is under 30. With fewer
    returned than k, nothing is said: number, rate and band are all None."""


@dataclass(frozen=True)
class PerceptionFigures:
    """A perception survey, after disclosure control."""

    questionnaire: str
    k: int
    responses: ResponseFigures
    items: tuple[ItemFigures, ...]
    themes: tuple[ThemeFigures, ...]
    hidden: int
    """How many item figures were hidden or coarsened."""
    choices: tuple[ChoiceFigures, ...] | None = None
    """Items that offer choices; None in the figures of before they were counted."""

    @property
    def has_intervals(self) -> bool:
        """Whether anything is said of what chance may do."""
        return any(one.favourable_interval or one.mean_interval for one in self.items)
