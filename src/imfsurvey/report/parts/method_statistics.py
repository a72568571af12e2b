"""The method page on statistics: every formula and every convention behind a printed figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imfsurvey.analysis.change import SIGNIFICANT, WORTH
from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.analysis.themes import SMALL
from imfsurvey.i18n import formats
from imfsurvey.report.statistics import GOOD, SUFFICIENT, chance_only
from imfsurvey.report.view import View


def statistics_in_words(view: View, surveys: Sequence[PerceptionFigures]) -> Iterator[str]:
    """What is said of the statistics that this report prints, in the order of its tables."""
    themes = [theme for survey in surveys for theme in survey.themes]
    if any(survey.has_intervals for survey in surveys):
        yield from _intervals(view)
    if any(theme.index is not None for theme in themes):
        yield from _scores(view)
    if any(theme.reliability is not None for theme in themes):
        yield from _reliability(view)
    if any(theme.agreement is not None for theme in themes):
        yield from _agreement(view)
    ids = {survey.questionnaire for survey in surveys}
    if any(
        then.questionnaire in ids
        for past in view.earlier
        for then in past.results.figures.perception
    ):
        yield from _change(view)


def _intervals(view: View) -> Iterator[str]:
    t = view.t
    yield t(
        "The 95% interval of a mean is m ± t · s / √n · √(1 - n / N), with t from Student's "
        "distribution with n - 1 degrees of freedom; that of a share is the score interval "
        "(Wilson) with n (N - 1) / (N - n) in place of n. N is the number of people invited."
    )
    yield t(
        "“Census” stands in place of an interval when everybody answered. Where a condition shows "
        "a statement to some only, N is not known and left out."
    )
    yield chance_only(t)


def _scores(view: View) -> Iterator[str]:
    t = view.t
    yield t(
        "The index of an answer x is 100 (x - lowest) / (highest - lowest) on its scale. The score "
        "of a person is the mean over the statements of a theme that they answered on the scale, "
        "if these are at least half and at least two. The index of the theme is the mean of the "
        "scores. “Don't know” is in no score."
    )
    yield t(
        "There is no index where fewer than k people answered some of the statements of a theme "
        "and not all: beside the figures of the statements it would tell what these few answered."
    )
    yield t(
        "On fewer than {n} scores an index has no interval and is not tested: the spread of the "
        "scores of few would tell how the answers of one person hang together.",
        n=SMALL,
    )


def _reliability(view: View) -> Iterator[str]:
    t, language = view.t, view.words.language
    yield t(
        "Reliability is given on {n} people or more who answered all statements of a theme: "
        "Cronbach's alpha with Feldt's interval, and McDonald's omega, for three statements or "
        "more; Spearman-Brown, 2 r / (1 + r), for two.",
        n=SMALL,
    )
    yield t(
        "Omega is (sum of loadings)² / ((sum of loadings)² + sum of unique variances) of one "
        "factor, fitted by maximum likelihood: the total variance is the one that the model "
        "implies, not the observed one. There is none where a unique variance reaches its border "
        "or the fit does not end."
    )
    yield t(
        "By convention a coefficient under {sufficient} is called low, from {good} on good.",
        sufficient=formats.number(SUFFICIENT, language, 2),
        good=formats.number(GOOD, language, 2),
    )


def _agreement(view: View) -> Iterator[str]:
    t, language = view.t, view.words.language
    yield t(
        "Agreement is r_wg(j) = J (1 - q) / (J (1 - q) + q) for J statements, with q the mean of "
        "s² / ((A² - 1) / 12) on A codes; for people who are lenient, s² / {skewed} on five codes "
        "(James, Demaree and Wolf). What is below 0 is set to 0. Its words begin above {weak} "
        "(weak), {moderate}, {strong} and {very_strong}.",
        skewed=formats.number(1.34, language, 2),
        weak=formats.number(0.3, language, 2),
        moderate=formats.number(0.5, language, 2),
        strong=formats.number(0.7, language, 2),
        very_strong=formats.number(0.9, language, 2),
    )


def _change(view: View) -> Iterator[str]:
    t, language = view.t, view.words.language
    yield t(
        "A change of an index is tested by Welch's t test on what both measurements released; p is "
        "adjusted by Holm's procedure over the themes of a survey, and apart from them over its "
        "statements; the intervals are not adjusted. Shares of statements have Newcombe's hybrid "
        "score interval, ranks the test of Mann and Whitney as a check."
    )
    yield t(
        "Higher or lower is said only when p is under {p} and the index moved by {points} points "
        "or more, a convention of this project. The people of two measurements are taken for "
        "different ones, and N plays no part: two moments are no draw from one list.",
        p=formats.number(SIGNIFICANT, language, 2),
        points=formats.number(WORTH, language),
    )
