"""Statistics in a report: intervals, reliability, agreement, change, and the page on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from measured import certain_item, perception, survey, wave
from reported import english, sentences, table

from imfsurvey.analysis.change import Difference
from imfsurvey.analysis.figures import PerceptionFigures, Reliability, ThemeFigures
from imfsurvey.i18n.catalogue import translator
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.report.statistics import (
    change_line,
    index_with_interval,
    mean_with_interval,
    p_value,
    reliability_line,
    too_few,
    with_share_interval,
)
from imfsurvey.study.results import WaveResults
from imfsurvey.study.trends import IndexChange

EN = translator("en")
SURVEY = "perception-1"
RELIABLE = Reliability(n=48, items=3, alpha=0.7449, alpha_interval=(0.604, 0.842), omega=0.7551)
CLARITY = ThemeFigures(
    theme="clarity",
    favourable=0.55,
    items=2,
    index=62.4,
    index_sd=20.0,
    index_interval=(57.6, 67.2),
    scored=58,
    reliability=RELIABLE,
    agreement=0.7149,
    agreement_skewed=0.584,
)
SPEAKING = ThemeFigures(theme="speaking", favourable=0.65, items=1)


def figures(clarity: ThemeFigures = CLARITY) -> PerceptionFigures:
    """The survey with statistics of a statement and a theme."""
    clear = certain_item("clear")
    plain = perception()
    return replace(plain, items=(clear, *plain.items[1:]), themes=(clarity, SPEAKING))


def surveyed(name: str, kind: Any, found: PerceptionFigures) -> WaveResults:
    """A wave with a survey alone."""
    return wave(name, kind, None, (found,))


NOW = english(surveyed("2027", "annual", figures()))


def test_a_theme_with_its_index() -> None:
    """Share, statements, index, interval, people; a dash where there is no index."""
    found = table(NOW, SURVEY, "Share of favourable answers, by theme")
    assert found.rows[0] == ("Clarté (en)", "55%", "2", "62", "58 to 67", "58")
    assert found.rows[1] == ("Parole (en)", "65%", "1", "–", "–", "–")


def test_reliability_and_agreement() -> None:
    """Two decimals, the reading by .70 and .80, no column that nobody fills."""
    reliable = table(NOW, SURVEY, "Do the statements of a theme measure one thing?")
    assert reliable.columns == (
        *("Theme", "Statements", "People", "Alpha", "95% interval", "Omega", "Reading"),
    )
    assert reliable.rows == (
        ("Clarté (en)", "3", "48", "0.74", "0.60 to 0.84", "0.76", "sufficient"),
    )
    agreed = table(NOW, SURVEY, "How far do the answers lie together?")
    assert agreed.rows == (("Clarté (en)", "0.71", "strong", "0.58"),)


@pytest.mark.parametrize(
    ("figure", "reading"),
    [
        (replace(RELIABLE, alpha=0.699), "low (under 0.70): read the statements one by one"),
        (replace(RELIABLE, alpha=0.8), "good"),
        (replace(RELIABLE, alpha=-0.157), "negative: check reversed items"),
        (
            replace(RELIABLE, omega=None, no_omega="heywood"),
            "sufficient; no omega: one factor explains a statement wholly",
        ),
        (
            replace(RELIABLE, omega=None, no_omega="no_convergence"),
            "sufficient; no omega: one factor could not be fitted",
        ),
        (
            replace(RELIABLE, omega=None, no_omega="constant"),
            "sufficient; no omega: everybody answered a statement alike",
        ),
        (Reliability(n=30, items=2, spearman_brown=0.81), "good"),
    ],
)
def test_what_to_read_in_a_coefficient(figure: Reliability, reading: str) -> None:
    """By convention, and why there is no omega."""
    report = english(surveyed("2027", "annual", figures(replace(CLARITY, reliability=figure))))
    found = table(report, SURVEY, "Do the statements of a theme measure one thing?")
    assert found.rows[0][-1] == reading


def test_statements_with_their_intervals() -> None:
    """Only those that have one; the words on chance stand above."""
    found = table(NOW, SURVEY, "Statements: what chance leaves open")
    assert found.rows == (
        ("Règles claires FR (en)", "67%", "54% to 77%", "3.7", "3.5 to 4.0", "1.1", "60"),
    )
    assert "The interval covers chance only, not who chose not to answer." in sentences(
        NOW, "perception-1"
    )


def test_a_census_in_place_of_an_interval() -> None:
    """For a statement and for a theme."""
    found = figures(replace(CLARITY, index_interval=None, census=True))
    clear = replace(found.items[0], favourable_interval=None, mean_interval=None, census=True)
    report = english(surveyed("2027", "annual", replace(found, items=(clear, *found.items[1:]))))
    assert table(report, SURVEY, "Share of favourable answers, by theme").rows[0][4] == "census"
    assert table(report, SURVEY, "Statements: what chance leaves open").rows[0][2] == "census"


def test_change_of_a_theme_and_of_statements() -> None:
    """50.4 -> 62.4 on 70 and 58 people, SD 20: +12, t(122) = 3.38; shares in points as before.

    Half-width 1.98 · √(400/70 + 400/58) = 7.0.
    """
    then = figures(replace(CLARITY, favourable=0.45, index=50.4, scored=70))
    report = english(surveyed("2026", "zero", then), surveyed("2027", "annual", figures()))
    found = table(report, SURVEY, "Favourable answers by theme: zero measurement and now")
    assert found.rows[0] == (
        *("Clarté (en)", "45%", "55%", "+10", "+12", "+5 to +19", "0.001", "higher"),
    )
    assert found.rows[1][4:8] == ("–", "–", "–", "not tested")
    statements = table(report, SURVEY, "Favourable answers by statement: zero measurement and now")
    assert len(statements.rows) == 4
    assert statements.rows[0][3] == "0"
    assert statements.rows[0][-2:] == ("no change shown", "1.000")


def test_the_method_page_says_what_is_printed() -> None:
    """Each formula where its figure is; nothing of what this report does not have."""
    page = " ".join(sentences(NOW, "method"))
    for word in ("√(1 - n / N)", "Wilson", "Feldt", "maximum likelihood", "r_wg(j)", "1.34"):
        assert word in page
    assert "Holm" not in page
    bare = " ".join(sentences(english(surveyed("2027", "annual", perception())), "method"))
    assert not any(word in bare for word in ("Wilson", "Feldt", "r_wg", "Holm"))
    both = english(surveyed("2026", "zero", figures()), surveyed("2027", "annual", figures()))
    page = " ".join(sentences(both, "method"))
    assert "Holm" in page and "0.05" in page and "5 points" in page


def test_a_p_is_never_zero() -> None:
    """Three decimals, and a border where they would all be 0."""
    found = [p_value(p, EN) for p in (0.0004, 0.0005, 0.0123, 1.0)]
    assert found == ["< 0.001", "0.001", "0.012", "1.000"]


def test_lines_of_the_terminal() -> None:
    """The same figures in a line each."""
    assert index_with_interval(CLARITY, EN) == "index 62 (58 to 67; 58 people)"
    everybody = replace(CLARITY, census=True, index_interval=None)
    assert index_with_interval(everybody, EN) == "index 62 (census; 58 people)"
    assert index_with_interval(SPEAKING, EN) == ""
    clear = figures().items[0]
    assert with_share_interval("67%", clear, EN) == "67% (54% to 77%)"
    assert with_share_interval("67%", replace(clear, census=True), EN) == "67% (census)"
    assert mean_with_interval(clear, EN) == "3.7 (3.5 to 4.0; SD 1.1)"
    assert mean_with_interval(perception().items[0], EN) == "3.7"
    assert reliability_line(RELIABLE, EN) == (
        "alpha 0.74 (0.60 to 0.84); omega 0.76; n = 48; sufficient"
    )
    two = Reliability(n=40, items=2, spearman_brown=0.82, spearman_brown_interval=(0.66, 0.9))
    assert reliability_line(two, EN) == "Spearman-Brown 0.82 (0.66 to 0.90); n = 40; good"


def test_rounding_is_the_last_step() -> None:
    """75.436 and 74.636 are printed 75 and 75, their difference +1."""
    tested = IndexChange(Difference(75.436 - 74.636, (-3.6, 5.2), 0.7), 0.7, "none")
    assert change_line(tested, EN) == "index +1 (-4 to +5), p 0.700: no change shown"


def test_why_a_statement_is_not_shown() -> None:
    """On a condition the k of breakdowns holds, and it may be those who were not asked."""
    value = survey().model_dump(mode="json", exclude_defaults=True)
    first, second = value["sections"][0]["items"][:2]
    second["show_if"] = f"{first['id']} >= 4"
    form = Questionnaire.model_validate(value)
    assert too_few(form, first["id"], EN) == "not shown: fewer than 5 answers"
    assert too_few(form, second["id"], EN) == (
        "not shown: fewer than 10 answers, or fewer than 10 not asked"
    )
