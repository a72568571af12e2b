"""What conditions show, hide and ask for, and what counts of an answer that is hidden."""

from __future__ import annotations

from typing import Any

import pytest
from marked import SAMPLES
from records import said_in
from small import (
    GROUPS,
    IMF,
    TODAY,
    choices,
    form,
    item,
    objections,
    refused,
    say,
    section,
    shown,
    walk,
)

from imfsurvey.interview import Answer, Entry, EntryInterview, Interview
from imfsurvey.interview.within import add_entry
from imfsurvey.questionnaire import RepeatItem, questionnaire_from
from imfsurvey.source.document import parse

SEEN = item("seen", "yes_no", non_answers=["dk"])


def entry(interview: Interview, repeat: str, entry_id: str) -> EntryInterview:
    """The walk through one entry."""
    whole = interview.questionnaire.items[repeat]
    assert isinstance(whole, RepeatItem)
    return EntryInterview(interview, whole, entry_id)


def with_entry(interview: Interview, repeat: str, entry_id: str) -> EntryInterview:
    """A new entry, open."""
    whole = interview.questionnaire.items[repeat]
    assert isinstance(whole, RepeatItem)
    add_entry(interview, whole, entry_id)
    return entry(interview, repeat, entry_id)


# --- where a condition may stand -----------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "visible"),
    [(None, False), ("~dk", False), ("no", False), ("yes", True)],
)
def test_an_item_is_shown_when_its_condition_is_true(said: str | None, visible: bool) -> None:
    """Unknown is not true: silence and "don't know" hide it."""
    interview = walk(SEEN, item("more", "info", show_if="seen == 'yes'"))
    if said is not None:
        say(interview, seen=said)
    assert ("more" in shown(interview)) is visible


def test_a_denial_of_what_is_unknown_is_not_true_either() -> None:
    """Where silence is meant, it has to be asked for by name."""
    interview = walk(
        SEEN,
        item("not_no", "info", show_if="seen != 'no'"),
        item("not_said", "info", show_if="not answered(seen)"),
        item("unsure", "info", show_if="is_dk(seen)"),
    )
    assert shown(interview) == ["seen", "not_said"]
    say(interview, seen="~dk")
    assert shown(interview) == ["seen", "not_said", "unsure"]
    say(interview, seen="yes")
    assert shown(interview) == ["seen", "not_no"]


def test_a_section_hides_what_is_in_it() -> None:
    """Whatever the conditions of its items say; both have to hold."""
    interview = walk(
        section("first", SEEN, item("years", "number", min=0)),
        section(
            "second",
            item("always", "text"),
            item("old", "text", show_if="years >= 10"),
            show_if="seen == 'yes'",
        ),
    )
    say(interview, years=20)
    assert shown(interview) == ["seen", "years"]
    say(interview, seen="yes")
    assert shown(interview) == ["seen", "years", "always", "old"]
    say(interview, years=9)
    assert shown(interview) == ["seen", "years", "always"]


def test_a_field_of_an_entry_sees_its_own_entry() -> None:
    """What one entry says hides nothing in another; a field that is hidden hides what needs it."""
    fields = [
        item("role", "text", required=True),
        item("trained", "yes_no"),
        item("again", "yes_no", show_if="actors.trained == 'yes'"),
        item("when", "date", required=True, show_if="actors.again == 'yes'"),
    ]
    interview = walk(item("actors", "repeat", label="role", items=fields))
    first = with_entry(interview, "actors", "a1")
    say(first, role="officer", trained="yes", again="yes", when="2025-05-01")
    second = with_entry(interview, "actors", "a2")
    say(second, role="chief")
    assert shown(first) == ["role", "trained", "again", "when"]
    assert shown(second) == ["role", "trained"]
    assert objections(interview, "actors") == []
    say(first, trained="no")
    assert shown(first) == ["role", "trained"]
    assert objections(interview, "actors") == []
    (one, _) = interview.response()["actors"].entries
    assert set(one.answers) == {"role", "trained"}
    say(first, trained="yes")
    assert first.answer_to("when").value == "2025-05-01"


def test_a_choice_inside_an_entry_follows_its_condition() -> None:
    """Also for who looks at the repeat from outside: what counts, what is complete."""
    fields = [
        item("role", "text", required=True),
        item("tasks", "multi", choices=choices("advise", "inquire")),
        item(
            "mandate",
            "single",
            required=True,
            choices=choices("oral", "expert", expert={"show_if": "actors.tasks has 'inquire'"}),
        ),
    ]
    interview = walk(item("actors", "repeat", label="role", items=fields))
    one = with_entry(interview, "actors", "a1")
    say(one, role="officer", tasks=("inquire",), mandate="expert")
    assert interview.response()["actors"].entries[0].answers["mandate"].value == "expert"
    assert objections(interview, "actors") == []
    say(one, tasks=("advise",))
    assert not one.answer_to("mandate").given
    assert "mandate" not in interview.response()["actors"].entries[0].answers
    assert objections(interview, "actors") == ["I115"]


def test_conditions_count_and_add_entries() -> None:
    """Without an entry there is no sum, and what is not filled in is left out of it."""
    fields = [item("role", "text", required=True), item("hours", "number", min=0)]
    interview = walk(
        item("actors", "repeat", label="role", items=fields),
        item("any", "info", show_if="count(actors) >= 1"),
        item("much", "info", show_if="sum(actors.hours) > 10"),
        item("told", "info", show_if="count_answered(actors.hours) == 2"),
        item("even", "info", show_if="mean(actors.hours) == 6"),
    )
    assert shown(interview) == ["actors"]
    say(with_entry(interview, "actors", "a1"), hours=8)
    with_entry(interview, "actors", "a2")
    assert shown(interview) == ["actors", "any"]
    say(entry(interview, "actors", "a2"), hours=4)
    assert shown(interview) == ["actors", "any", "much", "told", "even"]


def test_computed_values_follow_the_answers() -> None:
    """They build on each other, and are unknown while one of their parts is."""
    interview = walk(
        item("a", "number", min=0),
        item("b", "number", min=0),
        item("large", "info", show_if="double > 10"),
        item("known", "info", show_if="answered(total)"),
        computed=[{"id": "total", "expr": "a + b"}, {"id": "double", "expr": "2 * total"}],
    )
    say(interview, a=3)
    assert shown(interview) == ["a", "b"]
    say(interview, b=2)
    assert shown(interview) == ["a", "b", "known"]
    say(interview, b=3)
    assert shown(interview) == ["a", "b", "large", "known"]


def test_scores_and_levels_are_compared() -> None:
    """A statement turned round counts the other way; a rating by its level."""
    interview = walk(
        item("away", "likert", scale="agree", reverse=True),
        item("rated", "maturity", topic="code"),
        item("good", "info", show_if="score(away) >= 75"),
        item("high", "info", show_if="level(rated) >= 3"),
    )
    say(interview, away=2, rated=3)
    assert shown(interview) == ["away", "rated", "good", "high"]
    say(interview, away=3, rated=2)
    assert shown(interview) == ["away", "rated"]


def test_a_day_is_compared_with_today() -> None:
    """The walk's own day, 31 March 2026; a month with a month."""
    interview = walk(
        item("since", "date", precision="month"),
        item("old", "info", show_if="years_since(since) >= 2"),
        item("future", "info", show_if="since > today"),
    )
    for said, expected in [
        ("2024-03", ["since", "old"]),
        ("2024-04", ["since"]),
        ("2026-03", ["since"]),
        ("2026-04", ["since", "future"]),
    ]:
        say(interview, since=said)
        assert shown(interview) == expected, said


# --- required and constrained ---------------------------------------------------------------


def test_what_is_required_under_a_condition() -> None:
    """Unknown does not require; a non-answer is an answer."""
    interview = walk(
        SEEN, item("why", "text", required_if="seen == 'yes'", non_answers=["refused"])
    )
    assert objections(interview, "why") == []
    say(interview, seen="~dk")
    assert objections(interview, "why") == []
    say(interview, seen="yes")
    assert objections(interview, "why") == ["I110"]
    say(interview, why="~refused")
    assert objections(interview, "why") == []


def test_a_constraint_speaks_of_the_answer_and_of_others() -> None:
    """Errors before warnings; unknown passes; the words are the author's."""
    rules = [
        {"check": "this <= 100", "message": {"fr": "Plus de cent ?"}, "severity": "warn"},
        {"check": "this <= staff", "message": {"fr": "Plus que les {staff} présents."}},
    ]
    interview = walk(item("staff", "number"), item("trained", "number", constraint=rules))
    say(interview, trained=300)
    found = interview.objections(interview.questionnaire.items["trained"])
    assert [(one.code, one.severity, one.params) for one in found] == [
        ("IMF-I119", "warn", {"message": "Plus de cent ?"})
    ]
    assert interview.state(interview.questionnaire.items["trained"]) == "done"
    say(interview, staff=200)
    found = interview.objections(interview.questionnaire.items["trained"])
    assert [(one.severity, one.params["message"]) for one in found] == [
        ("error", "Plus que les 200 présents."),
        ("warn", "Plus de cent ?"),
    ]
    assert interview.state(interview.questionnaire.items["trained"]) == "attention"


def test_a_constraint_is_not_about_who_does_not_know() -> None:
    """Also where it speaks of other answers only."""
    rule = {"check": "staff >= 10", "message": {"fr": "Trop peu."}}
    interview = walk(
        item("staff", "number"), item("trained", "number", non_answers=["dk"], constraint=[rule])
    )
    say(interview, staff=5, trained="~dk")
    assert objections(interview, "trained") == []
    say(interview, trained=3)
    assert objections(interview, "trained") == ["I119"]


def test_what_is_hidden_is_neither_open_nor_counted_as_asked() -> None:
    """Progress, numbers and the list of what is unfinished are about what is shown."""
    interview = walk(
        SEEN,
        item("why", "text", required=True, show_if="seen == 'yes'"),
        item("end", "text"),
    )
    assert [one.id for one in interview.unfinished()] == []
    assert interview.progress.total == 2
    say(interview, seen="yes")
    assert [one.id for one in interview.unfinished()] == ["why"]
    assert interview.progress.total == 3
    assert [page.number for page in interview.pages] == [1, 2, 3]


# --- what counts ----------------------------------------------------------------------------


def test_a_hidden_answer_does_not_count_and_comes_back() -> None:
    """It is kept in the draft, and unknown to all conditions while it is hidden."""
    interview = walk(
        SEEN,
        item(
            "what",
            "single",
            choices=choices("gift", "data"),
            show_if="seen == 'yes'",
            comment={},
            evidence={},
        ),
        item("data", "text", show_if="what == 'data'"),
    )
    say(interview, seen="yes", what="data", data="Registre")
    interview.note("what", "comment", "En mars")
    interview.note("what", "evidence", "PV 12")
    say(interview, seen="no")
    assert shown(interview) == ["seen"]
    response = interview.response()
    assert [response[one].status for one in ("seen", "what", "data")] == [
        "answered",
        "not_shown",
        "not_shown",
    ]
    assert response["what"] == response["data"] == Answer("not_shown")
    assert interview.answers["data"] == Answer("answered", "Registre")
    again = Interview(interview.questionnaire, interview.framework, "fr", answers=interview.answers)
    say(again, seen="yes")
    assert again.response()["data"] == Answer("answered", "Registre")
    assert again.response()["what"] == Answer("answered", "data", "PV 12", "En mars")


def test_the_record_says_not_shown() -> None:
    """Whatever was said before it was hidden."""
    interview = walk(
        SEEN,
        item("what", "multi", choices=choices("gift", "data"), show_if="seen == 'yes'"),
        item("more", "likert", scale="agree", topic="code"),
        named=False,
    )
    say(interview, seen="yes", what=("gift", "data"), more=2)
    stored = said_in(interview)
    assert stored == ["yes", ("gift", "data"), 2]
    say(interview, seen="no")
    stored = said_in(interview)
    assert stored == ["no", "~not_shown", 2]


def test_six_statuses() -> None:
    """Each is told apart in a response."""
    interview = walk(
        *(item(one, "yes_no", non_answers=["na", "dk", "refused"]) for one in "abcde"),
        item("f", "yes_no", show_if="a == 'no'"),
    )
    say(interview, a="yes", b="~na", c="~dk", d="~refused")
    assert [answer.status for answer in interview.response().values()] == [
        *("answered", "na", "dk", "refused", "blank", "not_shown")
    ]


# --- where one is ---------------------------------------------------------------------------


def test_a_page_that_gets_hidden_leaves_one_at_the_page_before() -> None:
    """Not at the beginning; when it is shown again, one is there again."""
    interview = walk(SEEN, item("b", "text"), item("c", "text", show_if="seen == 'yes'"))
    say(interview, seen="yes")
    interview.go_to("c")
    say(interview, seen="no")
    assert interview.page.item.id == "b"
    say(interview, seen="yes")
    assert interview.page.item.id == "c"
    say(interview, seen="no")
    assert refused(interview.go_to, "c") == "I100"


def test_a_questionnaire_that_shows_nothing_says_so() -> None:
    """There is no page to be on."""
    empty = form(item("a", "text"), item("b", "text", show_if="answered(a)"))
    section_of_a = empty.sections[0].model_copy(update={"items": empty.sections[0].items[1:]})
    cut = empty.model_copy(update={"sections": (section_of_a,)})
    for cached in ("items", "conditions"):
        cut.__dict__.pop(cached, None)
    assert refused(Interview, cut, walk(item("a", "text")).framework, "fr") == "I127"


def test_the_sample_walks_from_one_end_to_the_other() -> None:
    """All that the language has, in one questionnaire, answered as its conditions ask."""
    text = (SAMPLES / "constructs.yaml").read_text("utf-8")
    interview = sample(text)
    say(interview, service="intervention", staff=52, seen="yes", what=("gifts", "respect"))
    assert {"gravest", "first_case", "team_help"} <= set(shown(interview))
    say(interview, service="management", what=("gifts", "respect"))
    assert "reports" not in [one.value for one in interview.options(at(interview, "what"))]
    say(interview, staff=1)
    assert not {"example_given", "team_help"} & set(shown(interview))
    say(interview, seen="no")
    assert not {"what", "gravest", "account"} & set(shown(interview))


def sample(text: str) -> Interview:
    """A walk through a whole sample."""
    questionnaire = questionnaire_from(parse(text), IMF)
    return Interview(questionnaire, IMF, "fr", groups=GROUPS, today=TODAY)


def at(interview: Interview, item_id: str) -> Any:
    """An item of the walk."""
    return interview.questionnaire.items[item_id]


def test_an_entry_without_answers_is_one_as_well() -> None:
    """What is written nowhere is not shown in what counts."""
    fields = [item("role", "text", required=True), item("note", "text", show_if="a.role == 'x'")]
    interview = walk(item("a", "repeat", label="role", items=fields))
    with_entry(interview, "a", "one")
    assert interview.response()["a"].value == (Entry("one"),)
