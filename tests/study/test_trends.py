"""Two waves of a survey: what is tested, against SciPy and statsmodels, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from measured import hidden_item, item_figures, perception, survey, wave
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from imfsurvey.analysis.figures import ItemFigures, PerceptionFigures, ThemeFigures
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.comparison import compare
from imfsurvey.study.results import FIGURES, WaveResults
from imfsurvey.study.trends import StatementTrend, statement_trends, theme_trends, themes_since

THEN_CLEAR, NOW_CLEAR = (10, 20, 15, 10, 5), (4, 8, 10, 25, 13)
THEN_ALONE, NOW_ALONE = (12, 12, 12, 12, 12), (11, 13, 12, 12, 12)


def items(value: Questionnaire, change: Callable[[dict[str, Any]], object]) -> Questionnaire:
    """The survey with its plain values changed."""
    plain = value.model_dump(mode="json", exclude_defaults=True)
    change(plain)
    return Questionnaire.model_validate(plain)


def asked(figures: PerceptionFigures, form: Questionnaire | None = None) -> WaveResults:
    """A wave of one survey."""
    form = form or survey()
    return replace(wave("w", "annual", None, (figures,)), questionnaires={form.id: form})


def with_items(*figures: ItemFigures) -> PerceptionFigures:
    """The survey with these statements."""
    return replace(perception(), items=figures)


def themed(clarity: tuple[float, float, int] | None, speaking: tuple[float, float, int]) -> Any:
    """The survey whose themes have index, SD and people."""
    themes = [
        ThemeFigures(name, 0.5, 2, *((one[0], one[1], None, one[2]) if one else ()))
        for name, one in (("clarity", clarity), ("speaking", speaking))
    ]
    return replace(perception(), themes=tuple(themes))


SAME = compare(asked(perception()), asked(perception()))


def test_themes_against_scipy_and_statsmodels() -> None:
    """Welch by `ttest_ind_from_stats`, Holm over the two themes, the verdicts by both rules."""
    then = themed((50.0, 20.0, 60), (60.0, 25.0, 80))
    now = themed((62.0, 18.0, 70), (64.0, 25.0, 70))
    found = theme_trends(then, now, SAME)
    ps = [
        stats.ttest_ind_from_stats(62, 18, 70, 50, 20, 60, equal_var=False).pvalue,
        stats.ttest_ind_from_stats(64, 25, 70, 60, 25, 80, equal_var=False).pvalue,
    ]
    adjusted = multipletests(ps, method="holm")[1]
    tested = [one.tested for one in found]
    assert [one and one.difference.p for one in tested] == pytest.approx(ps)
    assert [one and one.adjusted for one in tested] == pytest.approx(list(adjusted))
    assert [one and one.difference.points for one in tested] == [12.0, 4.0]
    assert [one and one.verdict for one in tested] == ["higher", "none"]


def test_a_theme_without_index_is_not_tested() -> None:
    """Then or now; the other theme alone makes the family, so its p stays as it is."""
    bare, full = themed(None, (60.0, 25.0, 80)), themed((50.0, 20.0, 60), (70.0, 25.0, 80))
    for then, now in ((bare, full), (full, bare)):
        clarity, speaking = theme_trends(then, now, SAME)
        assert clarity.tested is None
        assert clarity.favourable == (0.5, 0.5)
        assert speaking.tested is not None
        assert speaking.tested.adjusted == speaking.tested.difference.p


def trends(then: PerceptionFigures, now: PerceptionFigures) -> tuple[StatementTrend, ...]:
    """The statements of the same survey."""
    return statement_trends(then, now, SAME, survey())


def test_statements_against_scipy_and_statsmodels() -> None:
    """From counts alone: Welch on the index, Newcombe of the shares, ranks; Holm over the two."""
    then = with_items(item_figures("clear", THEN_CLEAR), item_figures("alone", THEN_ALONE))
    now = with_items(item_figures("clear", NOW_CLEAR), item_figures("alone", NOW_ALONE))
    clear, alone = trends(then, now)
    samples = [np.repeat(np.arange(1, 6), counts) for counts in (NOW_CLEAR, THEN_CLEAR)]
    others = [np.repeat(np.arange(1, 6), counts) for counts in (NOW_ALONE, THEN_ALONE)]
    ps = [stats.ttest_ind(*one, equal_var=False).pvalue for one in (samples, others)]
    assert clear.tested is not None and alone.tested is not None
    assert clear.tested.difference.p == pytest.approx(ps[0])
    assert clear.tested.adjusted == pytest.approx(multipletests(ps, method="holm")[1][0])
    assert clear.tested.difference.points == pytest.approx(
        25 * (samples[0].mean() - samples[1].mean())
    )
    assert clear.favourable == (15 / 60, 38 / 60)
    expected = confint_proportions_2indep(38, 60, 15, 60, method="newcomb", compare="diff")
    assert clear.share_interval == pytest.approx(expected)
    ranks = stats.mannwhitneyu(*samples, method="asymptotic").pvalue
    assert clear.ranks == pytest.approx(ranks)
    assert (clear.tested.verdict, alone.tested.verdict) == ("higher", "none")


def test_what_is_hidden_is_not_compared() -> None:
    """Then or now: not even a share of the other wave."""
    shown = with_items(item_figures("clear", NOW_CLEAR))
    hidden = with_items(hidden_item("clear", "too_few"))
    assert trends(shown, hidden) == trends(hidden, shown) == ()
    whole, nothing = perception(), perception("everything")
    assert theme_trends(whole, nothing, SAME) == theme_trends(nothing, whole, SAME) == ()


def test_a_mean_that_is_not_shown_is_not_tested() -> None:
    """On a knowledge statement few may stand behind it: shares only."""
    bare = with_items(item_figures("known", NOW_CLEAR, mean=None))
    full = with_items(item_figures("known", THEN_CLEAR))
    for then, now in ((bare, full), (full, bare)):
        (one,) = trends(then, now)
        assert (one.tested, one.ranks) == (None, None)


def test_other_statements_are_not_compared() -> None:
    """Turned round since, or not asked then."""
    turned = items(survey(), lambda v: v["sections"][0]["items"][0].update(reverse=True))
    found = compare(asked(perception()), asked(perception(), turned))
    clear = with_items(item_figures("clear", NOW_CLEAR))
    assert statement_trends(clear, clear, found, turned) == ()
    assert [one.theme for one in theme_trends(perception(), perception(), found)] == ["speaking"]
    assert trends(with_items(), clear) == ()


def test_a_renamed_statement_is_found_by_its_old_id() -> None:
    """Renamed twice, in the wave between and now."""

    def called(before: Questionnaire, was: str, now: str) -> Questionnaire:
        def change(plain: dict[str, Any]) -> None:
            plain["sections"][0]["items"][0]["id"] = now
            plain["questionnaire"]["replaces"] = {"version": "2", "renamed": {was: now}}

        return items(before, change)

    middle = called(survey(), "clear", "plain")
    last = called(middle, "plain", "lucid")
    then = with_items(item_figures("clear", THEN_CLEAR))
    now = with_items(item_figures("lucid", NOW_CLEAR))
    found = compare(asked(then), asked(now, last), [asked(perception(), middle)])
    (trend,) = statement_trends(then, now, found, last)
    assert (trend.item, trend.favourable) == ("lucid", (15 / 60, 38 / 60))


def test_beside_the_wave_before() -> None:
    """By theme; nothing without a wave before, or when that one did not ask."""
    now = asked(themed((62.0, 18.0, 70), (64.0, 25.0, 70)))
    figures = now.figures.perception[0]
    assert set(themes_since(now, now, figures)) == {"clarity", "speaking"}
    assert themes_since(None, now, figures) == {}
    assert themes_since(wave("w", "zero", None), now, figures) == {}


def test_figures_released_before_there_were_statistics() -> None:
    """Without the new keys they are read as before, and what counts and means allow is tested."""
    plain = FIGURES.dump_python(asked(perception()).figures, mode="json")
    old = {"sd", "mean_interval", "favourable_interval", "census"}
    for one in plain["perception"][0]["items"]:
        for key in old:
            del one[key]
    for theme in plain["perception"][0]["themes"]:
        for key in set(theme) - {"theme", "favourable", "items"}:
            del theme[key]
    read = FIGURES.validate_python(plain).perception[0]
    assert read == perception()
    statements = {one.item: one.tested is not None for one in trends(read, perception())}
    assert statements == dict.fromkeys(("clear", "known", "silent", "alone"), True)
    themes = {one.theme: one.tested for one in theme_trends(read, perception(), SAME)}
    assert themes == {"clarity": None, "speaking": None}


def test_only_statements_have_a_counterpart() -> None:
    """Statements only: the items of the self-assessment, which both asked too, are none."""
    found = compare(wave("w", "zero", None), wave("v", "annual", None))
    assert len(found.topics) == 8
    items = ("clear", "known", "silent", "alone")
    assert set(found.statements) == {("test.survey", item) for item in items}
