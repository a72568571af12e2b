"""Statistics of perception in the words of one language: intervals, reliability, change.

The screens, the sheet of the terminal and the report all say them with these words. Rounding
happens here: a coefficient has two decimals, a p three.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from imfsurvey.analysis.agreement import strength
from imfsurvey.analysis.figures import ItemFigures, NoOmega, Reliability, ThemeFigures
from imfsurvey.analysis.intervals import Interval
from imfsurvey.analysis.perception import fewest
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.report.words import NO_FIGURE
from imfsurvey.study.trends import IndexChange, ThemeTrend

SUFFICIENT: Final = 0.7
GOOD: Final = 0.8
"""Conventions for reading a coefficient of reliability (Nunnally & Bernstein 1994)."""

_SMALLEST_P: Final = 0.0005
"""What is smaller would be printed as zero, which no p is."""


def chance_only(t: Translator) -> str:
    """What every interval must be read with."""
    return t("The interval covers chance only, not who chose not to answer.")


def share_bounds(interval: Interval, t: Translator) -> str:
    """The interval of a share."""
    low, high = (formats.percent(one, t.language) for one in interval)
    return t("{low} to {high}", low=low, high=high)


def bounds(interval: Interval, t: Translator, decimals: int = 0) -> str:
    """The interval of a mean or of an index."""
    low, high = (formats.number(one, t.language, decimals) for one in interval)
    return t("{low} to {high}", low=low, high=high)


def signed_bounds(interval: Interval, t: Translator) -> str:
    """The interval of a change in points."""
    low, high = (formats.signed(one, t.language) for one in interval)
    return t("{low} to {high}", low=low, high=high)


def census(t: Translator) -> str:
    """Instead of an interval, when everybody answered."""
    return t("census")


def with_share_interval(said: str, figures: ItemFigures, t: Translator) -> str:
    """Words on a favourable share and what chance leaves open: "58% favourable (42% to 73%)"."""
    if figures.census:
        return t("{figure} ({bounds})", figure=said, bounds=census(t))
    if figures.favourable_interval is None:
        return said
    inside = share_bounds(figures.favourable_interval, t)
    return t("{figure} ({bounds})", figure=said, bounds=inside)


def mean_with_interval(figures: ItemFigures, t: Translator) -> str:
    """The mean with its interval and SD: "3.5 (3.1 to 3.9; SD 1.2)"; needs a mean."""
    assert figures.mean is not None
    mean = formats.number(figures.mean, t.language, 1)
    said = []
    if figures.mean_interval is not None:
        said.append(bounds(figures.mean_interval, t, 1))
    if figures.sd is not None:
        said.append(t("SD {sd}", sd=formats.number(figures.sd, t.language, 1)))
    return t("{figure} ({bounds})", figure=mean, bounds=t("; ").join(said)) if said else mean


def index_with_interval(figures: ThemeFigures, t: Translator) -> str:
    """ "index 62 (58 to 66; 60 people)"; empty without an index."""
    if figures.index is None or figures.scored is None:
        return ""
    said = [t.plural("{n} person", "{n} people", figures.scored)]
    if figures.census:
        said.insert(0, census(t))
    elif figures.index_interval is not None:
        said.insert(0, bounds(figures.index_interval, t))
    index = t("index {index}", index=formats.number(figures.index, t.language))
    return t("{figure} ({bounds})", figure=index, bounds=t("; ").join(said))


def coefficient(value: float | None, t: Translator) -> str:
    """Alpha, omega, r_wg and the like: two decimals."""
    return NO_FIGURE if value is None else formats.number(value, t.language, 2)


def no_omega(reason: NoOmega, t: Translator) -> str:
    """Why there is no omega."""
    reasons: dict[NoOmega, str] = {
        "heywood": t("no omega: one factor explains a statement wholly"),
        "no_convergence": t("no omega: one factor could not be fitted"),
        "constant": t("no omega: everybody answered a statement alike"),
    }
    return reasons[reason]


def reliability_remarks(figures: Reliability, t: Translator) -> Iterator[str]:
    """What must be known beside the coefficients."""
    lowest = figures.alpha if figures.alpha is not None else figures.spearman_brown
    if lowest is not None:
        if lowest < 0:
            yield t("negative: check reversed items")
        elif lowest < SUFFICIENT:
            border = formats.number(SUFFICIENT, t.language, 2)
            yield t("low (under {border}): read the statements one by one", border=border)
        elif lowest >= GOOD:
            yield t("good")
        else:
            yield t("sufficient")
    if figures.no_omega is not None:
        yield no_omega(figures.no_omega, t)


def reliability_line(figures: Reliability, t: Translator) -> str:
    """All of it in one line for a terminal."""
    said = []
    if figures.alpha is not None:
        alpha = coefficient(figures.alpha, t)
        if figures.alpha_interval is not None:
            inside = bounds(figures.alpha_interval, t, 2)
            alpha = t("{figure} ({bounds})", figure=alpha, bounds=inside)
        said.append(t("alpha {value}", value=alpha))
    if figures.omega is not None:
        said.append(t("omega {value}", value=coefficient(figures.omega, t)))
    if figures.spearman_brown is not None:
        both = coefficient(figures.spearman_brown, t)
        if figures.spearman_brown_interval is not None:
            inside = bounds(figures.spearman_brown_interval, t, 2)
            both = t("{figure} ({bounds})", figure=both, bounds=inside)
        said.append(t("Spearman-Brown {value}", value=both))
    said.append(t("n = {n}", n=formats.number(figures.n, t.language)))
    return t("; ").join([*said, *reliability_remarks(figures, t)])


def agreement_line(figures: ThemeFigures, t: Translator) -> str:
    """r_wg(j) with its word, and the stricter one; empty without one."""
    if figures.agreement is None:
        return ""
    said = t(
        "agreement {value} ({word})",
        value=coefficient(figures.agreement, t),
        word=agreement_word(figures.agreement, t),
    )
    if figures.agreement_skewed is None:
        return said
    skewed = coefficient(figures.agreement_skewed, t)
    return said + t("; ") + t("{value} if people are lenient", value=skewed)


def agreement_word(value: float, t: Translator) -> str:
    """How strong an agreement is."""
    return {
        "none": t("lacking"),
        "weak": t("weak"),
        "moderate": t("moderate"),
        "strong": t("strong"),
        "very_strong": t("very strong"),
    }[strength(value)]


def p_value(value: float, t: Translator) -> str:
    """A p with three decimals, and never as zero."""
    if value < _SMALLEST_P:
        return t("< {border}", border=formats.number(0.001, t.language, 3))
    return formats.number(value, t.language, 3)


def verdict_word(tested: IndexChange | None, t: Translator) -> str:
    """Change or chance."""
    if tested is None:
        return t("not tested")
    return {
        "higher": t("higher"),
        "lower": t("lower"),
        "none": t("no change shown"),
    }[tested.verdict]


def since_line(trend: ThemeTrend, t: Translator) -> str:
    """A theme beside the wave before: "+10 points favourable; index +6 ...: higher"."""
    then, now = trend.favourable
    points = formats.signed(100 * now - 100 * then, t.language)
    said = t("since the wave before: {points} points favourable", points=points)
    tested = t("not tested") if trend.tested is None else change_line(trend.tested, t)
    return t("; ").join((said, tested))


def change_line(tested: IndexChange, t: Translator) -> str:
    """ "index +6 (+2 to +10), p 0.012: higher"."""
    points = formats.signed(tested.difference.points, t.language)
    return t(
        "index {points} ({bounds}), p {p}: {verdict}",
        points=points,
        bounds=signed_bounds(tested.difference.interval, t),
        p=p_value(tested.adjusted, t),
        verdict=verdict_word(tested, t),
    )


def too_few(questionnaire: Questionnaire, item_id: str, t: Translator) -> str:
    """Why a statement has no figures: too few answered or, on a condition, were not asked."""
    k = fewest(questionnaire, item_id)
    if questionnaire.conditions[item_id]:
        return t("not shown: fewer than {k} answers, or fewer than {k} not asked", k=k)
    return t("not shown: fewer than {k} answers", k=k)
