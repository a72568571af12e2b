"""The figures of a theme: index, reliability, agreement, and when they would tell too much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from records import microdata
from scipy import stats

from imfsurvey.analysis.agreement import r_wg_j
from imfsurvey.analysis.figures import PerceptionFigures, ThemeFigures
from imfsurvey.analysis.perception import perceive
from imfsurvey.analysis.reliability import alpha, omega
from imfsurvey.analysis.scales import scores
from imfsurvey.questionnaire import LikertItem, Questionnaire

Survey = Callable[..., Questionnaire]


def perceived(
    questionnaire: Questionnaire, rows: Sequence[Sequence[Any]], headcount: int = 1000
) -> PerceptionFigures:
    """The figures of rows of answers, a column a statement."""
    names = list(questionnaire.items)
    named = [dict(zip(names, row, strict=True)) for row in rows]
    return perceive(questionnaire, microdata(questionnaire, named), headcount)


def theme_of(
    questionnaire: Questionnaire, rows: Sequence[Sequence[Any]], headcount: int = 1000
) -> ThemeFigures:
    """The figures of the first theme."""
    return perceived(questionnaire, rows, headcount).themes[0]


def three(survey: Survey, **more: Any) -> Questionnaire:
    """A theme of three statements."""
    statements = [{"id": name, "theme": "t", **more} for name in "abc"]
    return survey(*statements, themes=["t"])


def drawn(n: int, seed: int = 4) -> list[list[Any]]:
    """n people whose three answers hang together."""
    draw = np.random.default_rng(seed)
    rows = draw.standard_normal((n, 1)) + 0.8 * draw.standard_normal((n, 3))
    return [[int(x) for x in row] for row in np.clip(np.round(3.2 + rows), 1, 5)]


def test_a_theme_against_numpy_and_scipy(survey: Survey) -> None:
    """Index and SD of the scores; t interval with √(1 - 80/200); alpha, omega of the rows."""
    rows = drawn(80)
    found = theme_of(three(survey), rows, 200)
    points = 25 * (np.array(rows).mean(axis=1) - 1)
    assert (found.index, found.index_sd) == pytest.approx((points.mean(), points.std(ddof=1)))
    half = stats.t.ppf(0.975, 79) * stats.sem(points) * np.sqrt(1 - 80 / 200)
    assert found.index_interval == pytest.approx((points.mean() - half, points.mean() + half))
    assert (found.scored, found.census) == (80, False)
    matrix = np.cov(25.0 * np.array(rows), rowvar=False)
    assert found.reliability is not None
    assert found.reliability.n == 80
    assert found.reliability.alpha == pytest.approx(alpha(matrix))
    assert found.reliability.omega == pytest.approx(omega(matrix), abs=1e-6)
    counts = [np.bincount(column, minlength=6)[1:].tolist() for column in np.array(rows).T]
    assert found.agreement == pytest.approx(r_wg_j(counts))
    assert found.agreement_skewed == pytest.approx(r_wg_j(counts, "skewed"))


def test_thirds_add_up_to_a_half(survey: Survey) -> None:
    """Three scores of 25 · 4/3 and three of 25 · 5/3: the mean is 37.5, printed 38. As floats
    they add up to less."""
    rows = [[1, 2, 4], [2, 4, 1], [4, 1, 2], [5, 1, 2], [1, 2, 5], [2, 5, 1]]
    assert theme_of(three(survey), rows).index == 37.5


def test_a_census(survey: Survey) -> None:
    """80 of 80: no intervals, and it says so, for the statements too."""
    found = perceived(three(survey), drawn(80), 80)
    assert [(one.mean_interval, one.favourable_interval) for one in found.items] == [
        (None, None)
    ] * 3
    assert all(one.census for one in found.items)
    assert found.themes[0].census
    assert found.themes[0].index_interval is None
    assert not found.has_intervals


def test_a_census_of_who_knows(survey: Survey) -> None:
    """40 of 40 answered, ten by not knowing: the mean of the 30 others is left to chance as little
    as the share. Of 41 people, both are."""
    questionnaire = survey({"id": "a", "knowledge": True})
    rows = [["~dk"]] * 10 + [[1 + n % 5] for n in range(30)]
    for people, intervals in ((40, False), (41, True)):
        (found,) = perceived(questionnaire, rows, people).items
        assert (found.n, found.mean, found.census) == (40, 3.0, not intervals)
        assert (found.favourable_interval is not None) is intervals
        assert (found.mean_interval is not None) is intervals


def test_reliability_needs_thirty(survey: Survey) -> None:
    """29 complete answers have an index and no alpha, however many scores; 30 have one."""
    assert theme_of(three(survey), drawn(29)).index is not None
    assert theme_of(three(survey), drawn(29)).reliability is None
    assert theme_of(three(survey), drawn(30)).reliability is not None
    some = theme_of(three(survey), with_gaps(drawn(40), 11))
    assert (some.scored, some.reliability) == (40, None)


def test_two_statements_have_spearman_brown(survey: Survey) -> None:
    """2 r / (1 + r), by SciPy, and neither alpha nor omega."""
    questionnaire = survey({"id": "a", "theme": "t"}, {"id": "b", "theme": "t"}, themes=["t"])
    rows = [row[:2] for row in drawn(60)]
    found = theme_of(questionnaire, rows).reliability
    r = stats.pearsonr(*np.array(rows).T).statistic
    assert found is not None
    assert found.spearman_brown == pytest.approx(2 * r / (1 + r))
    assert (found.alpha, found.omega, found.no_omega) == (None, None, None)


def test_omega_says_why_there_is_none(survey: Survey) -> None:
    """Two statements that everybody answers alike leave no unique variance."""
    rows = [[a, a, c] for a, _, c in drawn(60)]
    found = theme_of(three(survey), rows).reliability
    assert found is not None
    assert (found.omega, found.no_omega) == (None, "heywood")
    assert found.alpha is not None


def test_one_statement_is_no_scale(survey: Survey) -> None:
    """It has its share, and its mean among the statements."""
    questionnaire = survey({"id": "a", "theme": "t"}, themes=["t"])
    found = theme_of(questionnaire, [row[:1] for row in drawn(60)])
    assert found.favourable is not None
    assert (found.index, found.agreement, found.reliability) == (None, None, None)


def with_gaps(rows: list[list[Any]], gaps: int) -> list[list[Any]]:
    """The first people left the first statement out."""
    return [["~dk", *row[1:]] if n < gaps else row for n, row in enumerate(rows)]


@pytest.mark.parametrize(("gaps", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_few_who_left_a_statement_out_hide_the_scores(
    survey: Survey, gaps: int, shown: bool
) -> None:
    """Under k = 5 of them the index would tell their answers; the agreement needs no score."""
    found = theme_of(three(survey), with_gaps(drawn(200), gaps))
    assert (found.index is not None) is shown
    assert (found.reliability is not None) is shown
    assert found.agreement is not None
    assert found.favourable is not None


def test_what_the_index_would_tell(survey: Survey) -> None:
    """39 answered three statements, one answered two: why the rule is needed, by subtraction.

    Three times the sum of the scores less the sums of the statements is, of those who answered
    all, nothing, and of the one who did not, 3 (4 + 2) / 2 - (4 + 2) = 3: the mean of the two.
    """
    questionnaire, rows = three(survey), [*drawn(39), [4, 2, "~dk"]]
    found = perceived(questionnaire, rows)
    sums = sum((one.mean or 0) * (one.n or 0) for one in found.items)
    items = [questionnaire.items[name] for name in "abc"]
    statements = [one for one in items if isinstance(one, LikertItem)]
    data = microdata(questionnaire, [dict(zip("abc", row, strict=True)) for row in rows])
    index = scores(statements, [questionnaire.scales["agree"]] * 3, data).persons.mean()
    assert 3 * 40 * (1 + index / 25) - sums == pytest.approx((4 + 2) / 2)
    assert found.themes[0].index is None


def test_few_scores_hide_the_index(survey: Survey) -> None:
    """Four people answered enough for a score, twelve one statement only."""
    nobody: list[Any] = ["~dk"] * 3
    apart = [[5, "~dk", "~dk"], ["~dk", 4, "~dk"], ["~dk", "~dk", 3]] * 4
    few = theme_of(three(survey), [*drawn(4), *apart, nobody])
    assert few.favourable is not None
    assert few.index is None
    assert theme_of(three(survey), [*drawn(5), *apart, nobody]).scored == 5


def test_the_spread_of_few_scores_is_withheld(survey: Survey) -> None:
    """Of 29 the index alone, of 30 its SD and interval as well.

    Two pairs of surveys with the same counts show why: who disagrees with the one statement
    disagrees with the other, or somebody else does. Only the spread of the scores differs.
    """
    few, enough = theme_of(three(survey), drawn(29)), theme_of(three(survey), drawn(30))
    assert (few.scored, few.index_sd, few.index_interval) == (29, None, None)
    assert few.index is not None
    assert enough.index_sd is not None and enough.index_interval is not None
    apart = [[1, 4, 3], [4, 1, 3], *[[4, 4, 3], [5, 5, 2]] * 5]
    together = [[1, 1, 3], [4, 4, 3], *[[4, 4, 3], [5, 5, 2]] * 5]
    assert theme_of(three(survey), apart) == theme_of(three(survey), together)


def test_a_hidden_statement_hides_all_of_its_theme(survey: Survey) -> None:
    """Only three answered the first one."""
    found = theme_of(three(survey), with_gaps(drawn(60), 57))
    assert found == ThemeFigures(theme="t", favourable=None, items=2)


def test_a_mean_that_is_not_shown_hides_the_scores(survey: Survey) -> None:
    """Forty do not know, which is an answer; of the four on the scale there is no mean."""
    questionnaire = three(survey, knowledge=True)
    rows = with_gaps(drawn(44), 40)
    found = perceived(questionnaire, rows)
    assert (found.items[0].n, found.items[0].mean, found.items[0].sd) == (44, None, None)
    assert found.items[0].favourable_interval is not None
    assert (found.themes[0].index, found.themes[0].agreement) == (None, None)


def test_a_statement_for_some_knows_no_population(survey: Survey) -> None:
    """On a condition nobody knows how many could have answered: n = 40 of 40 is no census."""
    first = [{"id": "z", "type": "yes_no", "topic": "t1", "text": {"en": "z"}}]
    questionnaire = survey(
        {"id": "a", "theme": "t", "show_if": "z == 'yes'"},
        {"id": "b", "theme": "t"},
        first=first,
        themes=["t"],
    )
    rows = [["yes", *row[:2]] for row in drawn(40)]
    some, everybody = perceived(questionnaire, rows, 40).items
    assert (some.census, everybody.census) == (False, True)
    assert some.favourable is not None
    half = stats.t.ppf(0.975, 39) * (some.sd or 0) / np.sqrt(40)
    assert some.mean_interval == pytest.approx(((some.mean or 0) - half, (some.mean or 0) + half))
    assert everybody.mean_interval is None
    assert not perceived(questionnaire, rows, 40).themes[0].census


@pytest.mark.parametrize(("gaps", "shown"), [(7, False), (10, True)])
def test_scores_over_a_statement_for_some_need_the_k_of_groups(
    survey: Survey, gaps: int, shown: bool
) -> None:
    """Seven left the other statement out: enough for a figure of the whole, not of a part."""
    questionnaire = survey(
        {"id": "a", "theme": "t", "show_if": "z == 'yes'"},
        {"id": "b", "theme": "t"},
        {"id": "c", "theme": "t"},
        first=[{"id": "z", "type": "yes_no", "topic": "t1", "text": {"en": "z"}}],
        themes=["t"],
    )
    rows = [
        ["yes", one, two, "~dk" if n < gaps else three_]
        for n, (one, two, three_) in enumerate(drawn(60))
    ]
    found = theme_of(questionnaire, rows)
    assert found.favourable is not None
    assert (found.index is not None) is shown


def test_reversing_all_mirrors_the_index(survey: Survey) -> None:
    """Reversed statements: 100 - index; reliability and agreement stay."""
    rows = drawn(70)
    plain, turned = theme_of(three(survey), rows), theme_of(three(survey, reverse=True), rows)
    assert turned.index == pytest.approx(100 - (plain.index or 0))
    assert turned.agreement == pytest.approx(plain.agreement)
    assert turned.reliability is not None and plain.reliability is not None
    assert turned.reliability.alpha == pytest.approx(plain.reliability.alpha)
    assert turned.reliability.omega == pytest.approx(plain.reliability.omega, abs=1e-6)


def test_a_theme_without_sides_has_no_index(survey: Survey) -> None:
    """Where nothing is favourable, 100 would mean nothing."""
    plain = survey(
        {"id": "a", "theme": "t"},
        {"id": "b", "theme": "t"},
        themes=["t"],
        scale={"favourable": [], "unfavourable": []},
    )
    assert perceived(plain, [row[:2] for row in drawn(60)]).themes == ()
