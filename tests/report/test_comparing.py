"""What a report lays side by side, and what it says of questions that are other ones since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from measured import assessment, maturity, perception, survey, wave
from reported import english, sentences, tables

from imfsurvey.analysis.figures import PerceptionFigures, ThemeFigures
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.report import Summary
from imfsurvey.report.document import Table
from imfsurvey.report.render import render
from imfsurvey.study.results import WaveResults

OTHER_WORDS = {"fr": "Autrement ?", "nl": "Anders?", "en": "Otherwise?"}


def changed(questionnaire: Questionnaire, change: Callable[[list[dict[str, Any]]], object]) -> Any:
    """The next version of a questionnaire, its items changed."""
    value = questionnaire.model_dump(mode="json", exclude_defaults=True)
    change(value["sections"][0]["items"])
    return Questionnaire.model_validate(value)


def asking(found: WaveResults, *questionnaires: Questionnaire) -> WaveResults:
    """The wave with other questionnaires."""
    return replace(found, questionnaires={one.id: one for one in questionnaires})


def measured(name: str, kind: str, levels: dict[str, int], *items: Any) -> WaveResults:
    """A wave with a self-assessment at 1 everywhere, unless told otherwise."""
    surveys = (perception(),)
    found = wave(name, kind, maturity(levels, 50.0), surveys)
    return asking(found, *items) if items else found


ZERO = measured("2026-zero", "zero", {})


def parts(report: Summary, ident: str) -> tuple[list[Table], list[str]]:
    """Tables and sentences of one section."""
    return tables(report, ident), sentences(report, ident)


def reworded(items: list[dict[str, Any]]) -> None:
    """The first item in other words."""
    items[0]["text"] = OTHER_WORDS


def replaced(items: list[dict[str, Any]]) -> None:
    """Another item instead of the first one."""
    items[0]["id"] = "quite_another"


NOW_REWORDED = measured("2027", "annual", {"code": 3}, changed(assessment(), reworded), survey())
NOW_REPLACED = measured("2027", "annual", {"code": 3}, changed(assessment(), replaced), survey())


def test_the_same_questions_need_no_note() -> None:
    """No mark anywhere."""
    report = english(ZERO, measured("2027", "annual", {"code": 3}))
    whole = render(report, "md")
    assert "\\*" not in whole
    assert "asked in" not in whole
    assert [row[0] for row in parts(report, "change")[0][1].rows] == ["Code FR (en)"]


def test_a_reworded_topic_moves_with_a_mark_and_a_footnote() -> None:
    """The level is compared, marked, and the item is named by its present stem."""
    tables, said = parts(english(ZERO, NOW_REWORDED), "change")
    assert list(tables[1].rows) == [("Code FR (en) *", "1", "3", "+2")]
    note = said.index("* Asked in other words or under other conditions since:")
    assert said[note + 1] == "Otherwise?"
    assert not any("not compared" in one for one in said)


def test_a_replaced_topic_is_left_out_and_counted() -> None:
    """No level moves; how many are not compared, and which."""
    tables, said = parts(english(ZERO, NOW_REPLACED), "change")
    assert len(tables) == 1
    assert "None of the topics that are compared has another level than then." in said
    counted = said.index("1 topic is asked in another way since and is not compared:")
    assert said[counted + 1] == "Code FR (en)"


def test_indices_are_compared_with_a_note() -> None:
    """The whole, the pillar and the function of the item are marked, in every table, and why."""
    for now in (NOW_REWORDED, NOW_REPLACED):
        report = english(ZERO, now)
        for ident in ("levels", "change"):
            tables, said = parts(report, ident)
            marked = {row[0] for table in tables[:1] for row in table.rows if "*" in "".join(row)}
            assert {"Overall", "Instruments (en)"} <= marked
            assert "Processus (en)" not in marked
            assert sum(one.startswith("* The topics behind this figure") for one in said) == 1
        assert report.tiles[0].change == "Zero measurement: level 1 *"
        assert report.tiles[2].change == "Zero measurement: level 1"
        since = next(one for one in report.headlines if one.startswith("Since the zero"))
        assert since.endswith("The questions were not all the same, or not in the same words.")


def test_the_zero_measurement_is_followed_through_the_wave_between() -> None:
    """Renamed in the wave between: the same item for both comparisons."""

    def renamed(items: list[dict[str, Any]]) -> None:
        items[0]["id"] = "sa_ethics"

    value = changed(assessment(), renamed).model_dump(mode="json", exclude_defaults=True)
    value["questionnaire"]["replaces"] = {"version": "2", "renamed": {"sa_code": "sa_ethics"}}
    second = Questionnaire.model_validate(value)
    del value["questionnaire"]["replaces"]
    third = Questionnaire.model_validate(value)
    waves = (
        ZERO,
        measured("2027", "annual", {}, second, survey()),
        measured("2028", "annual", {"code": 3}, third, survey()),
    )
    tables, said = parts(english(*waves), "change")
    assert [table.rows for table in tables[1::2]] == [(("Code FR (en)", "1", "3", "+2"),)] * 2
    assert not any("asked" in one for one in said)


# --- perception -----------------------------------------------------------------------------


def themed(clarity: float | None, speaking: float | None) -> PerceptionFigures:
    """The survey with these shares of two and one statements."""
    themes = (ThemeFigures("clarity", clarity, 2), ThemeFigures("speaking", speaking, 1))
    return replace(perception(), themes=themes)


def surveyed(name: str, kind: Any, figures: PerceptionFigures, asked: Any = None) -> WaveResults:
    """A wave with a survey and nothing else."""
    return asking(wave(name, kind, None, (figures,)), asked or survey())


THEN = surveyed("2026-zero", "zero", themed(0.504, 0.65))


def trend(*waves: WaveResults) -> tuple[list[Table], list[str]]:
    """The tables that compare, and the sentences of the survey's section."""
    tables, said = parts(english(*waves), "perception-1")
    return [table for table in tables if "and now" in table.caption], said


def test_themes_side_by_side() -> None:
    """Then, now, and the difference in points of the unrounded shares: 61.6 - 50.4 is +11."""
    tables, said = trend(THEN, surveyed("2027", "annual", themed(0.616, 0.4)))
    assert tables[0].columns[:4] == ("Theme", "Zero measurement", "Now", "Change in points")
    assert list(tables[0].rows) == [
        ("Clarté (en)", "50%", "62%", "+11", "not tested"),
        ("Parole (en)", "65%", "40%", "-25", "not tested"),
    ]
    assert any("chance hardly explains it" in one for one in said)


def test_statements_side_by_side_say_which_are_turned_round() -> None:
    """By statement as well: a share of those who disagree must not look like one of agreeing."""
    tables, _ = trend(THEN, surveyed("2027", "annual", themed(0.616, 0.4)))
    assert [row[0] for row in tables[1].rows] == [
        *("Règles claires FR (en)", "Je sais FR (en)"),
        *("On se tait FR (en) (inverse)", "Seule FR (en)"),
    ]


def test_a_survey_of_one_wave_has_no_trend() -> None:
    """Nothing to lay beside it: no table, no sentence."""
    for waves in ([THEN], [wave("2026-zero", "zero", maturity({}, 50.0)), THEN]):
        tables, said = trend(*waves)
        assert tables == []
        assert not any("chance hardly explains it" in one for one in said)


def test_no_difference_with_a_hidden_figure() -> None:
    """Hidden then or now: the theme is not in the table, its figure of the other wave neither."""
    for hidden, shown in (
        (themed(None, 0.65), themed(0.5, 0.4)),
        (themed(0.5, 0.65), themed(None, 0.4)),
    ):
        tables, said = trend(
            surveyed("2026-zero", "zero", hidden), surveyed("2027", "annual", shown)
        )
        assert [row[0] for row in tables[0].rows] == ["Parole (en)"]
        assert "1 theme is not shown in one of the two measurements and is not compared." in said


def test_a_theme_of_reworded_statements_has_a_note() -> None:
    """Compared, marked, and the statement is named."""
    now = surveyed("2027", "annual", themed(0.616, 0.65), changed(survey(), reworded))
    tables, said = trend(THEN, now)
    assert [row[-1] for row in tables[0].rows] == ["asked otherwise *", ""]
    assert said[said.index("* Asked in other words or under other conditions since:") + 1] == (
        "Otherwise?"
    )


def test_a_theme_of_other_statements_is_not_compared() -> None:
    """It is counted in a sentence; what is left is a table of the statements that are the same."""

    def turned(items: list[dict[str, Any]]) -> None:
        items[0]["reverse"] = True
        del items[2]["reverse"]

    now = surveyed("2027", "annual", themed(0.616, 0.65), changed(survey(), turned))
    tables, said = trend(THEN, now)
    assert [[row[0] for row in table.rows] for table in tables] == [
        ["Je sais FR (en)", "Seule FR (en)"]
    ]
    assert "2 themes do not have the same statements since and are not compared." in said


def test_two_trends_of_three_waves() -> None:
    """Since the zero measurement and since the previous one, each in its table."""
    middle = surveyed("2026-b", "annual", themed(0.7, 0.65))
    tables, said = trend(THEN, middle, surveyed("2027", "annual", themed(0.6, 0.65)))
    assert [table.rows[0][1:4] for table in tables[::2]] == [
        ("50%", "60%", "+10"),
        ("70%", "60%", "-10"),
    ]
    assert sum("chance hardly explains it" in one for one in said) == 1
