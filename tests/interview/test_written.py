"""Texts, dates and repeats in a walk: what is taken, what is still needed, what is forgotten."""

from __future__ import annotations

import pytest
from marked import POLICY, with_change
from records import encode
from small import IMF, objections, refused

from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Entry, EntryInterview, Interview, Progress
from imfsurvey.interview.answers import Value
from imfsurvey.interview.dates import is_date, shown_date, typed_date
from imfsurvey.interview.entries import entry_name
from imfsurvey.interview.within import add_entry, move_entry, remove_entry
from imfsurvey.questionnaire import RepeatItem, questionnaire_from
from imfsurvey.questionnaire.written import Precision
from imfsurvey.source.document import parse


def walk(*changes: tuple[str, str], answers: dict[str, Answer] | None = None) -> Interview:
    """A walk through the sample policy."""
    questionnaire = questionnaire_from(parse(with_change(POLICY, *changes)), IMF)
    return Interview(questionnaire, IMF, "fr", answers=answers)


def repeat(interview: Interview, item_id: str) -> RepeatItem:
    """A repeat of the walk."""
    item = interview.questionnaire.items[item_id]
    assert isinstance(item, RepeatItem)
    return item


def with_goals(*goals: str) -> Interview:
    """A walk in which strategic objectives are written: their ids are g1, g2 …"""
    interview = walk()
    for number, goal in enumerate(goals, start=1):
        add_entry(interview, repeat(interview, "goals"), f"g{number}")
        if goal:
            within(interview, "goals", f"g{number}").record("goal", "answered", goal)
    return interview


def within(interview: Interview, item_id: str, entry_id: str) -> EntryInterview:
    """The walk through one entry."""
    return EntryInterview(interview, repeat(interview, item_id), entry_id)


def ids(interview: Interview, item_id: str) -> list[str]:
    """The entries of a repeat, in order."""
    return [entry.id for entry in interview.answer_to(item_id).entries]


# --- texts and dates -----------------------------------------------------------------------


def test_a_text_is_kept_without_the_blanks_around_it() -> None:
    """Several lines where the item takes them, else they become one."""
    interview = walk()
    assert interview.record("vision", "answered", "  a  \n\n b \n").value == "a\n\n b"
    assert interview.record("motto", "answered", " a \n\n b ").value == "a b"


@pytest.mark.parametrize(
    ("item", "value", "code"),
    [
        ("vision", "x" * 201, "I103"),
        ("motto", "x" * 21, "I103"),
        ("vision", "   ", "I101"),
        ("vision", 3, "I101"),
        ("vision", None, "I101"),
        ("since", "2026", "I101"),
        ("since", "2026-3", "I101"),
        ("since", "2026-13", "I101"),
        ("since", "2026-03-01", "I101"),
        ("since", 2026, "I101"),
        ("goals", (), "I101"),
        ("goals", "x", "I101"),
        ("goals", (Entry("a"), Entry("a")), "I101"),
        ("goals", (Entry("A b"),), "I101"),
        ("goals", (Entry("a", {"gone": Answer("answered", "x")}),), "I101"),
        ("goals", (Entry("a", {"goal": Answer("answered", "x" * 601)}),), "I103"),
        ("goals", (Entry("a", {"goal": Answer("answered", "x", comment="y")}),), "I102"),
        ("goals", tuple(Entry(f"e{n}") for n in range(4)), "I105"),
        ("steps", (Entry("a", {"goal_of": Answer("answered", "g1")}),), "I101"),
        ("first_goal", "g1", "I101"),
    ],
)
def test_what_an_item_does_not_take_is_refused(item: str, value: Value, code: str) -> None:
    """Given or stored; nothing is kept of it."""
    interview = walk()
    assert refused(interview.record, item, "answered", value) == code
    assert interview.answers == {}
    assert refused(lambda: walk(answers={item: Answer("answered", value)})) == code


def test_nobody_is_offered_a_non_answer_to_a_text() -> None:
    """It may stay blank, unless it is required."""
    interview = walk()
    assert refused(interview.record, "vision", "dk") == "I101"
    assert objections(interview, "vision") == ["I110"]
    assert objections(interview, "motto") == []
    assert interview.state(interview.questionnaire.items["motto"]) == "skipped"


@pytest.mark.parametrize(
    ("typed", "precision", "stored"),
    [
        ("31/3/2026", "day", "2026-03-31"),
        (" 31.03.2026 ", "day", "2026-03-31"),
        ("31 3 2026", "day", "2026-03-31"),
        ("2026-03-31", "day", "2026-03-31"),
        ("29-2-2028", "day", "2028-02-29"),
        ("3/2026", "month", "2026-03"),
        ("2026-12", "month", "2026-12"),
        ("2026", "year", "2026"),
    ],
)
def test_a_date_is_typed_as_people_write_it(typed: str, precision: Precision, stored: str) -> None:
    """Day first, or year first; what is stored can be typed again as it is shown."""
    assert typed_date(typed, precision) == stored
    assert is_date(stored, precision)
    assert typed_date(shown_date(stored), precision) == stored


@pytest.mark.parametrize(
    ("typed", "precision"),
    [
        *[(text, "day") for text in ("", "31/3/26", "31/2/2026", "29/2/2026", "3/31/2026")],
        *[(text, "day") for text in ("31/3", "2026", "31/3/2026/1", "1/1/1899", "x/y/zzzz")],
        ("1/1/2200", "day"),
        *[("³¹/3/2026", "day"), ("31/3/2026", "month"), ("0/2026", "month"), ("26", "year")],
    ],
)
def test_what_is_no_date_is_refused(typed: str, precision: Precision) -> None:
    """A year has four digits, a month exists, and the precision is the one asked for."""
    assert refused(typed_date, typed, precision) == "I104"


# --- entries -------------------------------------------------------------------------------


def test_an_entry_is_answered_like_a_small_questionnaire() -> None:
    """What is said goes into its repeat at once, the other entries stay."""
    interview = with_goals("Peace", "Trust")
    entry = within(interview, "goals", "g2")
    assert [page.item.id for page in entry.pages] == ["goal"]
    entry.record("goal", "answered", "Confidence")
    assert interview.answer_to("goals").value == (
        Entry("g1", {"goal": Answer("answered", "Peace")}),
        Entry("g2", {"goal": Answer("answered", "Confidence")}),
    )
    entry.clear("goal")
    assert interview.answer_to("goals").entries[1] == Entry("g2")


def test_opening_an_entry_changes_nothing() -> None:
    """Its answers are read, not written."""
    interview = with_goals("Peace")
    add_entry(interview, repeat(interview, "steps"), "s1")
    entry = within(interview, "steps", "s1")
    entry.record("step", "answered", "A")
    entry.record("due", "answered", "2027-01-31")
    before = interview.answers
    assert within(interview, "steps", "s1").answers == entry.answers
    assert interview.answers == before


def test_entries_move_one_place_and_no_further() -> None:
    """Their ids go with them."""
    interview = with_goals("A", "B", "C")
    goals = repeat(interview, "goals")
    assert move_entry(interview, goals, "g3", -1)
    assert ids(interview, "goals") == ["g1", "g3", "g2"]
    assert move_entry(interview, goals, "g1", 1)
    assert ids(interview, "goals") == ["g3", "g1", "g2"]
    assert not move_entry(interview, goals, "g3", -1)
    assert not move_entry(interview, goals, "g2", 1)
    assert ids(interview, "goals") == ["g3", "g1", "g2"]


def test_there_is_no_room_beyond_the_most() -> None:
    """Three objectives are allowed."""
    interview = with_goals("A", "B", "C")
    assert refused(add_entry, interview, repeat(interview, "goals"), "g4") == "I105"
    assert ids(interview, "goals") == ["g1", "g2", "g3"]


def test_the_last_entry_taken_out_leaves_a_blank() -> None:
    """As if there had never been one."""
    interview = with_goals("A")
    remove_entry(interview, repeat(interview, "goals"), "g1")
    assert interview.answers == {}


def test_an_entry_that_is_gone_can_neither_be_opened_nor_moved() -> None:
    """Somebody may have it open in another window of the same walk."""
    interview = with_goals("A", "B")
    goals, entry = repeat(interview, "goals"), within(interview, "goals", "g2")
    remove_entry(interview, goals, "g2")
    assert refused(EntryInterview, interview, goals, "g2") == "I106"
    assert refused(remove_entry, interview, goals, "g2") == "I106"
    assert refused(move_entry, interview, goals, "g2", 1) == "I106"
    assert refused(entry.record, "goal", "answered", "X") == "I106"
    assert ids(interview, "goals") == ["g1"]


def test_an_entry_is_called_by_its_label() -> None:
    """By its number before anything is written, and never by more than two lines."""
    interview = with_goals("Peace\nand trust", "", "x" * 200)
    goals = repeat(interview, "goals")
    entries = interview.answer_to("goals").entries
    names = [entry_name(goals, one, n, translator("en")) for n, one in enumerate(entries, 1)]
    assert names == ["Peace and trust", "Entry 2", "x" * 119 + "…"]


# --- choices from entries ------------------------------------------------------------------


def test_entries_are_the_choices_of_another_item() -> None:
    """Inside a repeat and outside, by their label, with their ids as codes."""
    interview = with_goals("Peace", "Trust")
    add_entry(interview, repeat(interview, "steps"), "s1")
    entry = within(interview, "steps", "s1")
    for one, item in ((interview, "first_goal"), (entry, "goal_of")):
        options = one.options(one.questionnaire.items[item])
        assert [(o.value, o.label, o.key) for o in options] == [
            ("g1", "Peace", "1"),
            ("g2", "Trust", "2"),
        ]
        one.record(item, "answered", "g2")
    within(interview, "goals", "g2").record("goal", "answered", "Confidence")
    move_entry(interview, repeat(interview, "goals"), "g2", -1)
    assert interview.answer_to("first_goal").value == "g2"
    assert entry.answer_to("goal_of").value == "g2"


def test_what_chose_an_entry_that_is_gone_is_open_again() -> None:
    """Other answers, and choices of other entries, stay."""
    interview = with_goals("Peace", "Trust")
    steps = repeat(interview, "steps")
    for number, goal in ((1, "g1"), (2, "g2")):
        add_entry(interview, steps, f"s{number}")
        entry = within(interview, "steps", f"s{number}")
        entry.record("step", "answered", f"Step {number}")
        entry.record("goal_of", "answered", goal)
    interview.record("first_goal", "answered", "g2")
    assert objections(interview, "steps") == []
    remove_entry(interview, repeat(interview, "goals"), "g2")
    assert interview.answer_to("steps").value == (
        Entry("s1", {"step": Answer("answered", "Step 1"), "goal_of": Answer("answered", "g1")}),
        Entry("s2", {"step": Answer("answered", "Step 2")}),
    )
    assert not interview.answer_to("first_goal").given
    assert objections(interview, "steps") == ["I115"]


def test_stored_answers_may_stand_in_any_order() -> None:
    """What chooses is read after what it chooses from."""
    chosen = Answer("answered", "g1")
    goals = Answer("answered", (Entry("g1", {"goal": Answer("answered", "Peace")}),))
    interview = walk(answers={"first_goal": chosen, "goals": goals})
    assert interview.answers == {"first_goal": chosen, "goals": goals}


# --- what is still open --------------------------------------------------------------------


def test_a_repeat_is_done_when_its_entries_are() -> None:
    """At least as many as are needed, each with all that is required."""
    interview = walk()
    goals = interview.questionnaire.items["goals"]
    assert (objections(interview, "goals"), interview.state(goals)) == (["I114"], "open")
    add_entry(interview, repeat(interview, "goals"), "g1")
    assert (objections(interview, "goals"), interview.state(goals)) == (["I115"], "attention")
    assert interview.objections(goals)[0].params == {"number": 1}
    within(interview, "goals", "g1").record("goal", "answered", "Peace")
    assert (objections(interview, "goals"), interview.state(goals)) == ([], "done")
    assert interview.progress == Progress(1, 6)
    steps = interview.questionnaire.items["steps"]
    assert (objections(interview, "steps"), interview.state(steps)) == ([], "skipped")


def test_a_choice_without_choices_says_so() -> None:
    """The list that it refers to is still empty."""
    interview = walk(("        min: 1\n", ""))
    add_entry(interview, repeat(interview, "steps"), "s1")
    entry = within(interview, "steps", "s1")
    assert objections(entry, "goal_of") == ["I113"]
    assert objections(entry, "step") == ["I110"]


def test_a_named_text_has_no_place_in_an_anonymous_record() -> None:
    """Neither blank nor written."""
    interview = walk()
    with pytest.raises(InputError, match="no code"):
        encode(interview.questionnaire, interview.answers)
