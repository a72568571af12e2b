"""What an answer still lacks: criteria of a level, bounds of a date, what tells of a person."""

from __future__ import annotations

import datetime

import pytest
from small import IMF, form, item, objections, refused, say, walk

from imfsurvey.interview import Answer, EntryInterview, Interview
from imfsurvey.interview.identifying import suspicions
from imfsurvey.interview.within import add_entry
from imfsurvey.questionnaire import RepeatItem

CRITERIA = [
    {"id": "reviewed", "level": 4, "text": {"fr": "revu"}},
    {"id": "written", "level": 1, "text": {"fr": "écrit"}},
    {"id": "approved", "level": 2, "text": {"fr": "approuvé"}},
]


def rated() -> Interview:
    """A walk through one rating with criteria."""
    return walk(item("code", "maturity", topic="code", criteria=CRITERIA))


def test_a_level_asks_for_its_criteria_and_those_below() -> None:
    """The lowest that is missing is named."""
    interview = rated()
    say(interview, code=2)
    (found,) = interview.objections(interview.questionnaire.items["code"])
    assert (found.code, found.severity) == ("IMF-I118", "error")
    assert found.params == {"level": 1, "criterion": "écrit"}
    interview.meet("code", "written")
    (found,) = interview.objections(interview.questionnaire.items["code"])
    assert found.params == {"level": 2, "criterion": "approuvé"}
    assert interview.meet("code", "approved").criteria == ("written", "approved")
    assert objections(interview, "code") == []
    assert interview.meet("code", "approved").criteria == ("written",)
    assert objections(interview, "code") == ["I118"]


def test_criteria_may_be_ticked_before_a_level_is_chosen() -> None:
    """Without one nothing is missing but the level; those above the level do not count."""
    interview = rated()
    interview.meet("code", "reviewed")
    assert objections(interview, "code") == ["I110"]
    say(interview, code=0)
    assert objections(interview, "code") == []
    say(interview, code="~dk")
    assert objections(interview, "code") == []


def test_a_criterion_has_to_be_there() -> None:
    """On this item, and on a rating only; in a stored answer too."""
    interview = walk(
        item("code", "maturity", topic="code", criteria=CRITERIA), item("seen", "yes_no")
    )
    assert refused(interview.meet, "code", "unknown") == "I101"
    assert refused(interview.meet, "seen", "written") == "I101"
    stored = {"seen": Answer("answered", "yes", criteria=("written",))}
    assert refused(lambda: Interview(interview.questionnaire, IMF, "fr", answers=stored)) == "I101"


def test_criteria_and_evidence_are_asked_for_together() -> None:
    """Each has an objection of its own; level 3 needs evidence in the sample."""
    interview = rated()
    say(interview, code=3)
    assert objections(interview, "code") == ["I118", "I112"]


def test_evidence_of_a_statement_is_never_required() -> None:
    """There is room for it, though."""
    interview = walk(
        item("s", "likert", scale="agree", evidence={"max_length": 5}), item("t", "yes_no")
    )
    say(interview, s=5)
    assert objections(interview, "s") == []
    interview.note("s", "evidence", "Note")
    assert refused(interview.note, "s", "evidence", "Notes!") == "I103"
    assert refused(interview.note, "s", "reason", "x") == "I102"
    assert refused(interview.note, "t", "evidence", "x") == "I102"
    assert refused(interview.note, "t", "comment", "x") == "I102"


@pytest.mark.parametrize(
    ("keys", "said", "words"),
    [
        ({"min": "2020-05-01"}, "2020-04-30", {"day": "01/05/2020"}),
        ({"min": "2020-05-01"}, "2020-05-01", None),
        ({"max": "2020-05-01"}, "2020-05-02", {"day": "01/05/2020"}),
        ({"max": "today"}, "2026-03-31", None),
        ({"max": "today"}, "2026-04-01", {"day": "31/03/2026"}),
        ({"min": "today"}, "2026-03-30", {"day": "31/03/2026"}),
        ({"min": "2020-05-20", "precision": "month"}, "2020-05", None),
        ({"min": "2020-05-20", "precision": "month"}, "2020-04", {"day": "05/2020"}),
        ({"max": "today", "precision": "year"}, "2026", None),
        ({"max": "today", "precision": "year"}, "2027", {"day": "2026"}),
    ],
)
def test_a_date_stays_within_its_bounds(
    keys: dict[str, str], said: str, words: dict[str, str] | None
) -> None:
    """Compared as far as it is asked for; the walk is on 31 March 2026."""
    interview = walk(item("d", "date", **keys))
    say(interview, d=said)
    found = interview.objections(interview.questionnaire.items["d"])
    assert [(one.code, one.params) for one in found] == (
        [] if words is None else [("IMF-I126", words)]
    )


def test_today_is_the_day_of_the_walk() -> None:
    """What was in the future is not any more."""
    questionnaire = form(item("d", "date", max="today"))
    answers = {"d": Answer("answered", "2026-06-01")}
    for day, expected in ((31, ["IMF-I126"]), (1, [])):
        today = datetime.date(2026, 5 if day == 31 else 6, day)
        interview = Interview(questionnaire, IMF, "fr", answers=answers, today=today)
        found = interview.objections(questionnaire.items["d"])
        assert [one.code for one in found] == expected


def test_what_tells_of_a_person_is_a_warning() -> None:
    """Only what the author looks for; the answer is done all the same."""
    looked_for = item("t", "text", warn_if=["email", "plates"])
    interview = walk(looked_for, item("free", "text"))
    say(interview, t="1-ABC-234 et a@b.be", free="1-ABC-234")
    item_t = interview.questionnaire.items["t"]
    found = interview.objections(item_t)
    assert [(one.code, one.severity) for one in found] == [("IMF-I124", "warn")] * 2
    assert interview.state(item_t) == "done"
    assert objections(interview, "free") == []


def test_a_warning_leaves_an_entry_complete() -> None:
    """It is said where the field is answered, and keeps nobody from finishing."""
    fields = [item("role", "text", required=True, warn_if=["email"])]
    interview = walk(item("actors", "repeat", label="role", items=fields, min=1))
    actors = interview.questionnaire.items["actors"]
    assert isinstance(actors, RepeatItem)
    add_entry(interview, actors, "a1")
    assert objections(interview, "actors") == ["I115"]
    entry = EntryInterview(interview, actors, "a1")
    say(entry, role="a@b.be")
    assert objections(entry, "role") == ["I124"]
    assert objections(interview, "actors") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Voir Mme Dupont.", ["names"]),
        ("Gesproken met inspecteur Jan Peeters daarover.", ["names"]),
        ("dhr. Peeters", []),
        ("Dhr. Peeters", ["names"]),
        ("La Zone de police dit non.", []),
        ("Véhicule 2-XYZ-987", ["plates"]),
        ("Plaque ABC-123, puis 123-ABC", ["plates"]),
        ("La circulaire GPI 101 et la PLP 058", []),
        ("Écrire à jean.dupont@police.belgium.eu", ["email"]),
        ("à 12@ midi", []),
        ("", []),
    ],
)
def test_what_seems_to_tell_of_a_person(text: str, kinds: list[str]) -> None:
    """The usual ways of writing in Belgium; circulars are not number plates."""
    assert [kind for kind in ("names", "plates", "email") if suspicions(text, [kind])] == kinds
