"""What the view model says, for every mix of waves, figures and gaps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from measured import MADE_ON, assessment, maturity, perception, wave
from reported import english, section_ids, sentences, tables

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.report import summary
from imfsurvey.study.results import WaveResults


def test_a_wave_with_everything_has_every_section_in_order(
    zero: WaveResults, now: WaveResults
) -> None:
    """The sections come in the order of the method: levels, topics, ..., method."""
    assert section_ids(english(zero, now)) == [
        *("levels", "topics", "leadership", "balance"),
        *("perception-1", "change", "series", "steps", "method"),
    ]


def test_a_single_wave_is_compared_with_nothing(zero: WaveResults) -> None:
    """Without an earlier wave there is neither a section nor a column nor a word of change."""
    report = english(zero)
    assert "change" not in section_ids(report)
    assert tables(report, "levels")[0].columns[-1] == "Core index"
    assert all(tile.change == "" for tile in report.tiles)


def test_perception_only(now: WaveResults) -> None:
    """A wave without a self-assessment reports its survey and nothing of levels."""
    report = english(wave("2027", "annual", None, (perception(),)))
    assert section_ids(report) == ["perception-1", "method"]
    assert report.tiles == ()
    assert len(report.headlines) == 3
    assert "61 of 90 people answered (68%)." in report.headlines[0]


def test_self_assessment_only(zero: WaveResults) -> None:
    """A wave without a survey says nothing of perception, nor of its protection."""
    report = english(zero)
    assert not [ident for ident in section_ids(report) if ident.startswith("perception")]
    assert not any("k = " in said for said in sentences(report, "method"))


def test_a_report_needs_a_wave() -> None:
    """No wave, no report."""
    with pytest.raises(ValueError, match="at least one wave"):
        english()


def test_zero_and_previous_are_compared_apart(zero: WaveResults, now: WaveResults) -> None:
    """With three waves, the first zero one and the one before the last each have a column."""
    middle = wave("2026-b", "annual", maturity({"overall": 5}, 60.0))
    columns = tables(english(zero, middle, now), "levels")[0].columns
    assert columns[-2:] == ("Level, zero measurement", "Level, previous measurement")
    overall = tables(english(zero, middle, now), "levels")[0].rows[0]
    assert overall[-2:] == ("0", "5")


def test_a_difference_is_rounded_last(zero: WaveResults, now: WaveResults) -> None:
    """75.436 and 74.636 are printed 75 and 75, their difference +1 (rounding at the last step)."""
    overall = tables(english(zero, now), "change")[0].rows[0]
    assert overall[:4] == ("Overall", "75", "75", "+1")
    assert any("from 75 to 75 (+1)" in said for said in english(zero, now).headlines)


def test_moved_topics(zero: WaveResults, now: WaveResults) -> None:
    """Topics with another level are counted and listed, those that fell are named."""
    said = sentences(english(zero, now), "change")
    assert "Topics with a higher level than then: 1; with a lower one: 2." in said
    after = said.index("Lower than then:") + 1
    assert said[after : after + 2] == ["Cycle FR (en)", "Training FR (en)"]
    moved = {row[0]: row[1:] for row in tables(english(zero, now), "change")[1].rows}
    assert moved["Roles FR (en)"] == ("1", "3", "+2")
    assert moved["Cycle FR (en)"] == ("4", "2", "-2")


def test_bounds_are_printed_in_words(now: WaveResults) -> None:
    """A level whose upper bound is another one carries it."""
    report = english(now)
    assert tables(report, "levels")[0].rows[0][1] == "1 (at most 3)"
    assert report.tiles[0].at_most == "at most 3"
    assert "Open answers leave room up to level 3." in report.headlines[0]


def test_binding_topics_are_marked_and_named(now: WaveResults) -> None:
    """What holds a level down is named in a sentence and marked in the table of topics."""
    report = english(now)
    assert "Processus (en): held at level 1 by “Cycle FR (en)” and “Review FR (en)”." in sentences(
        report, "topics"
    )
    rows = {row[0]: row[-1] for table in tables(report, "topics") for row in table.rows}
    assert rows["Cycle FR (en)"] == "holds the level down"
    assert rows["Roles FR (en)"] == ""


def test_every_topic_without_a_level_says_why(now: WaveResults) -> None:
    """Not applicable, don't know and blank stand in words, not applicable with its reason."""
    report = english(now)
    *matrices, last = tables(report, "topics")
    rows = {row[0]: row for table in matrices for row in table.rows}
    assert rows["Code FR (en)"][3:] == ("–", "–", "not applicable")
    assert rows["Example FR (en)"][-1] == "don't know"
    assert rows["Openness FR (en)"][-1] == "not answered"
    assert last.rows == (("Code FR (en)", "Sans arme de service"),)


def test_warnings(flagged: WaveResults) -> None:
    """Open, incomplete, reduced scope, unfinished, several raters: each is said before reading."""
    warnings = "\n".join(english(flagged).warnings)
    for said in (
        "these figures are provisional",
        "Incomplete: 67% of the core topics are rated, at least 80% are needed.",
        "Too few core topics are rated in: “Leadership (en)”.",
        "declared not applicable: “Guider (en)”.",
        "(by: integrity officer) is not finished: 3 items are open",
        "Counted is the one by: mandate holder.",
    ):
        assert said in warnings


def test_a_closed_and_complete_wave_warns_of_nothing(zero: WaveResults) -> None:
    """Without anything to warn of there is no warning."""
    assert english(zero).warnings == ()


def test_a_pillar_that_is_hardly_rated_is_not_called_the_weakest(now: WaveResults) -> None:
    """Which pillar is strongest and which weakest is said of pillars that were rated."""
    scored = now.figures.maturity
    assert scored is not None
    assert any(said.startswith("Strongest pillar: ") for said in english(now).headlines)
    nodes = {**scored.nodes, "instruments": replace(scored.nodes["instruments"], incomplete=True)}
    hardly = replace(now.figures, maturity=replace(scored, nodes=nodes))
    report = english(replace(now, figures=hardly))
    assert not any("weakest" in said for said in report.headlines)


def test_the_gate_that_lowers_the_level_is_said(flagged: WaveResults) -> None:
    """Without an approved policy, at the gate's level and nothing binding, the gate is named."""
    report = english(flagged)
    assert "Without an approved written policy the overall level stays at 1." in report.headlines
    assert any("it stays at 1 (Nom1 (en))" in said for said in sentences(report, "leadership"))


def test_the_gate_that_makes_no_difference_is_not_blamed(flagged: WaveResults) -> None:
    """Below the gate's level the missing policy is no reason for the level."""
    scored = flagged.figures.maturity
    assert scored is not None
    low = replace(scored, overall=replace(scored.overall, demonstrated=0, at_most=0))
    report = english(replace(flagged, figures=replace(flagged.figures, maturity=low)))
    assert any("makes no difference here" in said for said in sentences(report, "leadership"))
    assert any("cannot pass 1" in said for said in report.headlines)


def test_the_gate_is_not_blamed_for_what_a_pillar_holds_down(flagged: WaveResults) -> None:
    """At the gate's level, but a pillar would keep it there with a policy as well."""
    scored = flagged.figures.maturity
    assert scored is not None
    held = replace(scored, overall=replace(scored.overall, binding=("instruments",)))
    report = english(replace(flagged, figures=replace(flagged.figures, maturity=held)))
    assert not any("stays at 1" in said for said in report.headlines)
    assert any("makes no difference here" in said for said in sentences(report, "leadership"))


def test_a_framework_that_asks_for_no_policy(zero: WaveResults) -> None:
    """Without a gate and without an approval, nothing is said of a policy."""
    figures = replace(zero.figures, policy_approved_on=None)
    free = zero.framework.model_copy(update={"gate": None})
    report = english(replace(zero, figures=figures, framework=free))
    assert "Written policy" not in dict(report.facts)
    (part,) = [one for one in report.sections if one.id == "leadership"]
    assert part.title == "Leadership (en)"
    assert not any("policy" in said for said in sentences(report, "leadership"))


def test_an_approved_policy_is_dated(now: WaveResults) -> None:
    """The day of approval is printed."""
    said = sentences(english(now), "leadership")
    assert "A written integrity policy was approved on 5 November 2026." in said


@pytest.mark.parametrize(
    ("balance", "outside", "verdict"),
    [
        (-0.4, True, "outside the declared band, on the controlling side"),
        (0.5, True, "outside the declared band, on the stimulating side"),
        (0.1, False, "within the declared band"),
        (0.3, False, "leans to the stimulating side, too little"),
        (-0.3, False, "leans to the controlling side, too little"),
        (None, False, "no figures to compare"),
    ],
)
def test_balance(zero: WaveResults, balance: float | None, outside: bool, verdict: str) -> None:
    """The balance is said in one sentence, called out only when the figures say so."""
    scored = zero.figures.maturity
    assert scored is not None
    changed = replace(scored, balance=replace(scored.balance, balance=balance, outside=outside))
    report = english(replace(zero, figures=replace(zero.figures, maturity=changed)))
    assert verdict in sentences(report, "balance")[0]


def test_balance_figures(zero: WaveResults) -> None:
    """C 60.4, S 25.6: the difference is -34.8, so -35; the balance has two decimals."""
    gauge, whole = tables(english(zero), "balance")
    assert [row[1] for row in gauge.rows] == ["-0.40", "-0.20 to +0.20"]
    figures = [row[1] for row in whole.rows]
    assert figures == ["60", "26", "-35", "-0.40", "-0.20 to +0.20", "26"]


def test_hidden_statements_say_what_may_be_said(now: WaveResults) -> None:
    """Hidden figures are replaced by the reason, and no number of theirs is printed."""
    rows = {row[0]: row[2:] for row in tables(english(now), "perception-1")[1].rows}
    known, silent = rows["Je sais FR (en)"], rows["On se tait FR (en) (inverse)"]
    assert known == (*("–",) * 7, "fewer than 5 answers: not shown")
    assert silent == (*("–",) * 7, "large majority unfavourable")
    assert tables(english(now), "perception-1")[0].rows[0] == ("Clarté (en)", "not shown", "2")


def test_everything_hidden() -> None:
    """A survey of which nothing may be shown says so and prints no figure of it."""
    report = english(wave("2027", "annual", None, (perception("everything"),)))
    assert report.headlines == ("Enquête (en): Fewer than 5 people responded.",)
    table = tables(report, "perception-1")[1]
    assert table.columns == ("Statement", "Theme", "Remark")
    assert {row[2] for row in table.rows} == {"fewer than 5 answers: not shown"}


def test_figures_of_shown_statements(now: WaveResults) -> None:
    """2, 8, 10, 25, 15 answers: 67% favourable, 17% neutral and unfavourable, mean 3.7."""
    rows = {row[0]: row[2:] for row in tables(english(now), "perception-1")[1].rows}
    shown = ("67%", "17%", "17%", "3.7", "60", "6%", "2 / 8 / 10 / 25 / 15", "")
    assert rows["Règles claires FR (en)"] == shown


def test_statements_without_a_theme_are_not_lost(now: WaveResults) -> None:
    """A statement that belongs to no theme stands under a heading of its own."""
    rows = {row[0]: row[1] for row in tables(english(now), "perception-1")[1].rows}
    assert rows["Seule FR (en)"] == "Other statements"


def test_steps_aim_at_the_first_level_with_something_written(now: WaveResults) -> None:
    """Topics under level 2 aim at level 2, binding ones at the next; the unknown are listed."""
    said = sentences(english(now), "steps")
    towards_2, towards_3 = said.index("Déf2 (en)"), said.index("Déf3 (en)")
    assert said[towards_2 + 2] == "Review FR (en) (level 1)"
    assert "Checks FR (en) (level 1)" in said[towards_2:towards_3]
    assert "Training FR (en) (level 0)" in said[towards_2:towards_3]
    assert said[towards_3 + 2] == "Cycle FR (en) (level 2)"
    assert said[-2:] == ["Example FR (en)", "Openness FR (en)"]


def test_the_words_of_a_rubric_are_the_next_step(zero: WaveResults) -> None:
    """Where a questionnaire describes the level of a topic, that is what is shown."""
    described = assessment({"2": {"en": "A code is written."}})
    forms = {**zero.questionnaires, described.id: described}
    report = english(replace(zero, questionnaires=forms))
    assert tables(report, "steps")[0].rows == (("Code FR (en) (level 1)", "A code is written."),)


def test_the_method_reads_its_parameters_from_the_framework(now: WaveResults) -> None:
    """Percentages, cap, weights, thresholds, k and hashes are those of the frozen files."""
    said = " ".join(sentences(english(now), "method"))
    for part in ("more than 50%", "more than 85%", "more than 1 above", "weighs 2"):
        assert part in said
    for part in ("Above 20%", "fewer than 80%", "cannot pass 1", "k = 5", "k = 10", "2 of 4"):
        assert part in said
    assert "would be 73; it is 75" in said
    assert "Une proposition. (en)" in said
    rows = tables(english(now), "method")[0].rows
    assert ("Cadre (en)", "test.frame", "7.1", "f" * 64) in rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_to_six_headlines(zero: WaveResults, now: WaveResults, language: str) -> None:
    """A reader in a hurry gets three to six sentences, where to begin being the last."""
    for waves in ([zero], [zero, now], [now]):
        assert 2 < len(summary(waves, language, MADE_ON).headlines) <= 6


def test_nothing_in_scope(zero: WaveResults) -> None:
    """A node with nothing in scope has no level, which is neither zero nor an error."""
    scored = zero.figures.maturity
    assert scored is not None
    empty = {"demonstrated": None, "at_most": None, "index": None, "core_index": None}
    nothing = replace(scored.overall, **empty, coverage=None, in_scope=0)
    changed = replace(scored, overall=nothing, overall_equal_weights=None)
    report = english(replace(zero, figures=replace(zero.figures, maturity=changed)))
    assert report.headlines[0] == "No topic is in scope, so there is no overall level."
    assert report.tiles[0].level == "–"
