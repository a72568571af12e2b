"""Words on figures that are set by hand: warnings, gaps, changes, questions with choices."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from measured import framework, maturity, perception, wave
from reported import english, table
from small import choices, form, item

from imfsurvey.analysis.change import Difference
from imfsurvey.analysis.chosen import ChoiceFigures, ChoiceShare
from imfsurvey.analysis.figures import Reliability, ResponseFigures, ThemeFigures
from imfsurvey.analysis.gap import TopicGap
from imfsurvey.i18n.catalogue import translator
from imfsurvey.report.answerwords import AnswerWords
from imfsurvey.report.choicewords import ChoiceWords, choices_missing
from imfsurvey.report.parts.gap import averages, ordered, reading
from imfsurvey.report.statistics import (
    agreement_line,
    change_line,
    reliability_remarks,
    since_line,
)
from imfsurvey.report.words import Words, clean, responses_said, unfinished_words
from imfsurvey.study.results import Collected
from imfsurvey.study.trends import IndexChange, ThemeTrend

EN = translator("en")
WORDS = Words("en", framework())

# --- what a reader is warned of -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("collected", "said"),
    [
        ((Collected("test.survey", 60, 60, as_closed=True),), []),
        (
            (Collected("test.survey", 60, 59, as_closed=True),),
            ["1 record was left out of the perception figures: it could not be unsealed."],
        ),
        (
            (
                Collected("test.survey", 60, 57, as_closed=True),
                Collected("test.other", 9, 9, as_closed=False),
            ),
            [
                "The boxes were not what the closing record says when they were unsealed: the "
                "perception figures may not be complete.",
                "3 records were left out of the perception figures: they could not be unsealed.",
            ],
        ),
    ],
)
def test_what_became_of_the_answers_is_a_warning(
    collected: tuple[Collected, ...], said: list[str]
) -> None:
    """A box that was changed, and records that are in no figure; nothing where all is well."""
    found = wave("2027", "annual", None, (perception(),), collected=collected)
    assert list(english(found).warnings) == said


def test_answers_that_nobody_has_unsealed_are_a_warning() -> None:
    """Before the figures are there."""
    found = wave("2027", "annual", maturity({}, 50.0), sealed=("test.survey",))
    said = "The answers of the staff are still sealed: a key holder unseals them."
    assert english(found).warnings == (said,)


def test_few_who_never_sent_are_not_counted() -> None:
    """Under five by a word, from five on by their number."""
    assert unfinished_words(None, EN).endswith("never sent: of fewer than 5 people.")
    assert unfinished_words(7, EN).endswith("never sent: of 7 people.")


@pytest.mark.parametrize(
    ("responses", "said"),
    [
        (ResponseFigures(90, 61, 61 / 90, None), "61 of 90 people answered (68%)."),
        (ResponseFigures(20, None, None, (0.6, 0.8)), "Between 60% and 80% of 20 people answered."),
        (ResponseFigures(90, None, None, None), "Fewer than 5 people responded."),
    ],
)
def test_how_many_answered(responses: ResponseFigures, said: str) -> None:
    """Exactly, as a range, or only that they are few."""
    assert responses_said(responses, 5, EN) == said


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u202c", "\x07", "\x9b", "\ud800", "\ufffe"])
def test_what_could_turn_or_break_a_line_is_made_visible(sign: str) -> None:
    """A name could make the figure behind it read backwards."""
    assert clean(f" a{sign} \n b") == "a\ufffd b"


def test_what_staff_see_best_and_least() -> None:
    """Themes 65 % and (66.7 + 60) / 2 = 63 %; of the statements 24 of 60 are the fewest."""
    report = english(wave("2027", "annual", None, (perception(),)))
    assert report.headlines[1:] == (
        "Staff answers are most favourable on “Parole (en)” (65%), least on “Clarté (en)” (63%).",
        "The statement with the fewest favourable answers: “Seule FR (en)” (40%).",
    )


def test_statements_of_a_theme_stand_by_what_is_seen_of_them() -> None:
    """The most favourable one first, whatever the order of the questionnaire; hidden ones last."""
    clear, known, *rest = perception().items
    orders = {
        (0.5, 0.7): ["Je sais FR (en)", "Règles claires FR (en)"],
        (0.7, 0.5): ["Règles claires FR (en)", "Je sais FR (en)"],
        (None, 0.1): ["Je sais FR (en)", "Règles claires FR (en)"],
    }
    for (first, second), names in orders.items():
        items = (replace(clear, favourable=first), replace(known, favourable=second), *rest)
        report = english(wave("2027", "annual", None, (replace(perception(), items=items),)))
        rows = table(report, "perception-1", "Answers to the statements").rows
        assert [row[0] for row in rows[:2]] == names


# --- claimed and seen -----------------------------------------------------------------------------


def gap(level: int, seen: float | None, favourable: str | None, **more: Any) -> TopicGap:
    """A topic claimed at a level (20 points each), with an interval of 5 points on each side."""
    interval = None if seen is None else (seen - 5, seen + 5)
    share = None if favourable is None else Fraction(favourable)
    plain = TopicGap("code", level, 20.0 * level, 1, seen, interval, favourable=share)
    return replace(plain, **more)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (gap(4, 70.1, "0.6"), "close"),  # 9.9 points: from 10 on a gap has a name
        (gap(4, 70.0, "0.6"), "blind spot"),
        (gap(4, 55.1, "0.6"), "blind spot"),
        (gap(4, 55.0, "0.6"), "large blind spot"),  # 25 points
        (gap(4, 55.0, "0.5"), "not confirmed; large blind spot"),
        (gap(2, 20.0, "0.1"), "blind spot"),  # level 2 claims nothing that could be confirmed
        (gap(4, 70.0, "0.6", interval=(60.0, 80.0)), "may be chance"),
        (gap(4, 70.0, "0.6", interval=None), "may be chance"),
        (gap(4, 70.0, "0.6", interval=None, census=True), "blind spot"),
        (gap(1, 44.9, "0.6"), "hidden strength"),
        (gap(1, 45.0, "0.6"), "large hidden strength"),
        (gap(1, 45.0, "0.5"), "seen higher than claimed"),
        (gap(4, None, None), "not shown"),
    ],
)
def test_what_a_gap_is_called(one: TopicGap, said: str) -> None:
    """By its size, its direction, chance, and whether more than half confirm it."""
    assert reading(one, EN) == said


def test_what_is_doubted_most_comes_first() -> None:
    """Not confirmed, the least seen before; then the largest gaps whatever their sign; hidden
    ones last."""
    found = (
        gap(4, None, None, topic="hidden"),
        gap(1, 30.0, "0.6", topic="ten above"),
        gap(4, 70.0, "0.4", topic="doubted"),
        gap(4, 65.0, "0.6", topic="fifteen below"),
        gap(4, 78.0, "0.3", topic="doubted more"),
        gap(1, 50.0, "0.6", topic="thirty above"),
    )
    assert [one.topic for one in ordered(found)] == [
        *("doubted more", "doubted", "thirty above", "fifteen below", "ten above", "hidden")
    ]


def test_direction_and_size_of_the_gaps() -> None:
    """+20 and -10: on the average +5, without the signs 15; nothing without a gap."""
    found = (gap(4, 60.0, "0.6"), gap(1, 30.0, "0.6"), gap(4, None, None))
    assert averages(found, WORDS) == (
        "Mean gap, claimed minus seen: +5 points of 100; without the signs 15."
    )
    assert averages(found[2:], WORDS) == ""


# --- statistics -----------------------------------------------------------------------------------


def test_a_change_is_told_with_the_corrected_p() -> None:
    """What Holm made of it, not the p of the single test; the interval from low to high."""
    tested = IndexChange(Difference(6.2, (1.6, 10.8), 0.004), 0.012, "higher")
    assert change_line(tested, EN) == "index +6 (+2 to +11), p 0.012: higher"
    fallen = replace(tested, verdict="lower")
    trend = ThemeTrend("clarity", (0.504, 0.616), fallen)
    assert since_line(trend, EN) == (
        "since the wave before: +11 points favourable; index +6 (+2 to +11), p 0.012: lower"
    )
    untested = replace(trend, tested=None)
    assert since_line(untested, EN).endswith("favourable; not tested")


@pytest.mark.parametrize(
    ("value", "word"),
    [(0.3, "lacking"), (0.31, "weak"), (0.51, "moderate"), (0.71, "strong"), (0.91, "very strong")],
)
def test_words_for_agreement(value: float, word: str) -> None:
    """They begin above the borders that the method page names; the stricter figure is behind."""
    theme = ThemeFigures("clarity", 0.5, 2, agreement=value, agreement_skewed=0.25)
    said = f"agreement {value:.2f} ({word}); 0.25 if people are lenient"
    assert agreement_line(theme, EN) == said
    assert agreement_line(replace(theme, agreement_skewed=None), EN) == said.partition(";")[0]
    assert agreement_line(ThemeFigures("clarity", 0.5, 2), EN) == ""


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (Reliability(48, 3, alpha=0.7), "sufficient"),
        (Reliability(48, 3, alpha=0.0), "low (under 0.70): read the statements one by one"),
        (
            Reliability(48, 2, spearman_brown=0.69),
            "low (under 0.70): read the statements one by one",
        ),
        (Reliability(48, 2, spearman_brown=0.7), "sufficient"),
    ],
)
def test_the_borders_of_reliability(figures: Reliability, said: str) -> None:
    """0.70 is sufficient, and 0 is low but not negative; for two statements as well."""
    assert list(reliability_remarks(figures, EN)) == [said]


# --- choices --------------------------------------------------------------------------------------

OFFERED = form(
    item("one", "single", choices=choices("x", "y", "z"), other={}),
    item("order", "ranking", choices=choices("x", "y", "z")),
    item("years", "number", max=50, store_as={"bands": [0, 5, 15]}),
    item("seen", "yes_no"),
)


def chosen(item_id: str = "one", kind: Any = "one", **more: Any) -> ChoiceWords:
    """The words of an item that offers choices, with a border of five."""
    figures = ChoiceFigures(item_id, kind, 5, **{"hidden": None, "n": 40, **more})
    return ChoiceWords(figures, AnswerWords(OFFERED, (), WORDS))


def test_rare_choices_have_words_in_place_of_a_figure() -> None:
    """Few, all but few, and a dash where a figure would tell of the few."""
    shares = (
        ChoiceShare("x", "few"),
        ChoiceShare("y", "nearly_all"),
        ChoiceShare("z", "beside"),
        ChoiceShare("other", None, 10, 0.25),
    )
    found = chosen(choices=shares)
    assert [(name.partition("] ")[2] or name, cells) for name, cells, _ in found.rows()] == [
        ("le x", ("fewer than 5",)),
        ("le y", ("all but fewer than 5",)),
        ("le z", ("–",)),
        ("Other", ("25%",)),
    ]
    assert [share for _, _, share in found.rows()] == [None, None, None, 0.25]
    (note,) = found.notes()
    assert note.startswith("Where – stands there is no figure")
    assert not list(chosen(choices=shares[3:]).notes())


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (chosen(hidden="too_few"), "not shown: fewer than 5 answers, or fewer than 5 not asked"),
        (
            chosen(hidden="protected"),
            "not shown: a figure would tell what fewer than 5 people said",
        ),
        (
            chosen("seen", hidden="large_majority", leading="no"),
            "a large majority answers “No”; no figure",
        ),
        (
            chosen("seen", hidden="large_majority", leading="yes"),
            "a large majority answers “Yes”; no figure",
        ),
        (
            chosen("order", "ranking", hidden="large_majority", leading="x"),
            "a large majority puts “[FR] le x” first; no figure",
        ),
        (chosen(), ""),
    ],
)
def test_why_a_question_with_choices_has_no_figures(found: ChoiceWords, said: str) -> None:
    """Each reason in words; what nearly all said only by its name."""
    assert found.hidden == said


def test_who_gave_no_valid_answer() -> None:
    """Each kind under its own name; together only where they are not told apart."""
    apart = chosen(dont_know=0.1, not_applicable=0.2, refused=0.3, blank=0.05, unanswered=0.65)
    assert apart.answered == (
        "n = 40; don't know 10%; not applicable 20%; rather not say 30%; left blank 5%"
    )
    assert chosen(unanswered=0.2).answered == "n = 40; no valid answer 20%"
    assert chosen(unanswered=0.0, blank=0.0, dont_know=0.0).answered == "n = 40"


def test_a_ranking_says_first_places_and_mean_ranks() -> None:
    """Without a mean rank it says why there is none."""
    ranked = chosen("order", "ranking", choices=(ChoiceShare("x", None, 10, 0.25, 2.4),))
    assert ranked.columns == ("First place", "Mean rank")
    assert [cells for _, cells, _ in ranked.rows()] == [("25%", "2.4")]
    assert next(ranked.notes()).startswith("Mean rank: 1 is the first place.")
    without = chosen("order", "ranking", choices=(ChoiceShare("x", None, 10, 0.25),))
    assert next(without.notes()) == "There is no mean rank: it could tell how a few people ranked."


def test_bands_say_where_the_median_lies() -> None:
    """By the name of the band; several choices say that shares add up to more than all."""
    assert list(chosen("years", "bands", median=5).notes()) == [
        "The median lies in the band “5 to 14”."
    ]
    (several,) = chosen(kind="several").notes()
    assert several.endswith("the shares can add up to more than 100%.")


def test_choices_that_were_not_counted_are_told_with_the_wave() -> None:
    """Figures of before they were counted; nothing where the survey offers none."""
    figures = perception()
    found = wave("2027", "annual", None, (figures,))
    assert choices_missing(found, figures, EN) == ""
    offering = replace(found, questionnaires={"test.survey": OFFERED})
    assert "'imfsurvey wave unseal 2027'" in choices_missing(offering, figures, EN)
    assert choices_missing(offering, replace(figures, choices=()), EN) == ""


# --- a gap in the report --------------------------------------------------------------------------


def test_a_census_stands_where_chance_has_no_part() -> None:
    """Everybody answered: there is no interval, and the gap is named all the same."""
    items = tuple(
        replace(one, mean=3.6, mean_interval=None, census=True) for one in perception().items
    )
    found = wave(
        "2027", "annual", maturity({"code": 4}, 40.0), (replace(perception(), items=items),)
    )
    (row,) = table(english(found), "gap", "Topics measured").rows
    assert row == ("Code FR (en)", "4", "80", "65", "census", "+15", "57.9%", "blind spot")
