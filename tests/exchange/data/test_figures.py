"""The released figures of a wave as tables, row by row, with values that are set by hand."""

from __future__ import annotations

from dataclasses import replace

from collected import subject_of
from measured import certain_item, hidden_item, maturity
from measured import wave as measured_wave
from zone import CLOSED, SAMPLES

from imfsurvey.analysis.figures import PerceptionFigures, Rating, ResponseFigures, ThemeFigures
from imfsurvey.exchange.data.codebook import Cell, Table
from imfsurvey.exchange.data.figures import maturity_table, perception_table
from imfsurvey.questionnaire import questionnaire_from
from imfsurvey.source.document import parse
from imfsurvey.study.folder import Study
from imfsurvey.study.life import results
from imfsurvey.study.wave import Wave

Collected = tuple[Study, Wave]


def by_id(table: Table) -> dict[str, dict[str, Cell]]:
    """The rows of figures by what they are about; empty places left out."""
    names = [one.name for one in table.codebook.variables]
    rows = [dict(zip(names, row, strict=True)) for row in table.each_row()]
    return {
        str(row["id"]): {name: cell for name, cell in row.items() if cell is not None}
        for row in rows
    }


def test_figures_of_a_survey_row_by_row(collected: Collected) -> None:
    """By hand: one statement with all it may say, two hidden for different reasons, a theme with
    its index, and a response rate that is told as a band."""
    shown = certain_item("example_given")
    few, alike = (
        hidden_item("looks_away", "too_few"),
        hidden_item("safe", "large_majority", "neutral"),
    )
    speaking = ThemeFigures("speaking", 0.5, 2, 62.4, 20.0, (57.6, 67.2), 58)
    themes = (ThemeFigures("leading", None, 1), speaking)
    responses = ResponseFigures(52, None, None, (0.2, 0.4))
    figures = PerceptionFigures("sample.survey", 5, responses, (shown, few, alike), themes, 2)
    table = perception_table(subject_of(collected[1], "anonymous"), figures)
    found = by_id(table)
    assert found["sample.survey"] == {
        **{"kind": 1, "id": "sample.survey", "text": "Integriteit in mijn dienst"},
        **{"hidden": 0, "headcount": 52, "rate_low": 0.2, "rate_high": 0.4},
    }
    assert found["example_given"] == {
        **{"kind": 3, "id": "example_given", "text": "Mijn chef geeft het goede voorbeeld."},
        **{"hidden": 0, "n": 60, "sd": 1.1, "mean": 223 / 60},
        **{"favourable": 40 / 60, "neutral": 10 / 60, "unfavourable": 10 / 60},
        **{"favourable_low": 0.54, "favourable_high": 0.77, "mean_low": 3.46, "mean_high": 4.04},
        **{"dont_know": 0.0625, "not_applicable": 0.0, "blank": 0.0},
        **{"count_1": 2, "count_2": 8, "count_3": 10, "count_4": 25, "count_5": 15},
    }
    assert {key: found["looks_away"].get(key) for key in ("hidden", "leaning")} == {
        **{"hidden": 1, "leaning": None},
    }
    assert {key: found["safe"].get(key) for key in ("hidden", "leaning")} == {
        **{"hidden": 2, "leaning": 2},
    }
    for row in (found["looks_away"], found["safe"]):
        assert row.keys() <= {"kind", "id", "text", "hidden", "leaning"}
    assert found["leading"] == {"kind": 2, "id": "leading", "text": "Leiding", "hidden": 1}
    assert found["speaking"] == {
        **{"kind": 2, "id": "speaking", "text": "Open spreken", "hidden": 0, "favourable": 0.5},
        **{"index": 62.4, "sd": 20.0, "index_low": 57.6, "index_high": 67.2, "scored": 58},
    }
    labels = {
        one.name: {each.value: each.code for each in one.categories}
        for one in table.codebook.variables
    }
    assert labels["leaning"] == {1: 1, 2: 2, 3: 3} and labels["hidden"] == {0: 0, 1: 1, 2: 2}
    words = next(one for one in table.codebook.variables if one.name == "leaning").categories
    assert [one.label for one in words] == ["gunstig", "neutraal", "ongunstig"]


def test_a_survey_of_which_nothing_may_be_said_says_nothing(collected: Collected) -> None:
    """Fewer than five people responded: neither their number nor a rate."""
    responses = ResponseFigures(52, None, None, None)
    figures = PerceptionFigures("sample.survey", 5, responses, (), (), 0)
    row = by_id(perception_table(subject_of(collected[1], "anonymous"), figures))["sample.survey"]
    assert (row["hidden"], row["headcount"]) == (1, 52)
    assert row.keys() == {"kind", "id", "text", "hidden", "headcount"}


def test_levels_row_by_row(collected: Collected) -> None:
    """Of the measured framework: a part with both bounds, and every status of a topic."""
    scored = maturity({"cycle": 4}, 50.0)
    ratings = {
        **scored.ratings,
        **{"code": Rating("na", reason="x"), "checks": Rating("dk"), "roles": Rating("blank")},
    }
    nodes = {**scored.nodes, "guide": replace(scored.nodes["guide"], at_most=3, coverage=0.5)}
    now = measured_wave("2027", "annual", replace(scored, ratings=ratings, nodes=nodes))
    table = maturity_table(subject_of(collected[1], "kinds"), now)
    assert table is not None
    found = by_id(table)
    levels = {key: found["guide"][key] for key in ("demonstrated", "at_most", "index", "coverage")}
    assert levels == {"demonstrated": 1, "at_most": 3, "index": 52.0, "coverage": 0.5}
    assert found["guide"]["label"] == "Begeleiden"
    rated = {name: (found[name]["rated"], found[name].get("demonstrated")) for name in RATED}
    assert rated == {"cycle": (1, 4), "code": (2, None), "checks": (3, None), "roles": (4, None)}
    (words,) = (one for one in table.codebook.variables if one.name == "rated")
    assert [one.label for one in words.categories] == [
        *("Beoordeeld", "Niet van toepassing", "Weet het niet", "Geen antwoord")
    ]


RATED = ("cycle", "code", "checks", "roles")
"""Topics of the measured framework, one of each status."""


def test_scales_below_nought(collected: Collected) -> None:
    """The counts of codes such as -2 stand under names that statistics programs take."""
    text = (SAMPLES / "anonymous.yaml").read_text("utf-8")
    for code in (1, 2, 3, 4, 5):
        text = text.replace(f"{{code: {code},", f"{{code: {code - 3},")
    text = text.replace("[4, 5]", "[1, 2]", 1).replace(
        "unfavourable: [1, 2]", "unfavourable: [-2, -1]"
    )
    study, wave = collected
    form = questionnaire_from(parse(text, "anonymous.yaml"), wave.framework)
    subject = replace(subject_of(wave, "anonymous"), questionnaire=form)
    table = perception_table(subject, results(study, wave, CLOSED).figures.perception[0])
    names = [one.name for one in table.codebook.variables]
    assert names[-5:] == ["count__2", "count__1", "count_0", "count_1", "count_2"]
