"""Answers put into texts: in the words of the respondent's language, or as a gap."""

from __future__ import annotations

from typing import Any

import pytest
from small import choices, item, say, walk

from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview import EntryInterview, Interview
from imfsurvey.interview.within import add_entry
from imfsurvey.questionnaire import RepeatItem

GAP = "…"


def told(interview: Interview, item_id: str = "end") -> str:
    """The text of an item as it is shown."""
    return interview.say(interview.questionnaire.items[item_id].text)


def end(text: str) -> dict[str, Any]:
    """A page that names answers."""
    return {"id": "end", "type": "info", "text": {"fr": text}}


@pytest.mark.parametrize(
    ("asked", "said", "words"),
    [
        (item("x", "single", choices=choices("a", "b")), "b", "le b"),
        (item("x", "multi", choices=choices("a", "b", "c")), ("a", "c"), "le a, le c"),
        (item("x", "ranking", choices=choices("a", "b")), ("b", "a"), "1 le b, 2 le a"),
        (item("x", "likert", scale="agree"), 4, "degré 4"),
        (item("x", "number", unit={"fr": "agents"}), 1200, "1\u202f200\u00a0agents"),
        (item("x", "number", decimals=1), 2.5, "2,5"),
        (item("x", "date", precision="month"), "2026-03", "03/2026"),
        (item("x", "text"), "Zone {y}", "Zone {y}"),
        (item("x", "maturity", topic="code"), 2, "Défini"),
    ],
)
def test_an_answer_in_words(asked: dict[str, Any], said: Any, words: str) -> None:
    """A gap before it is given; what a respondent wrote is never taken for a name."""
    interview = walk(asked, end("Vous dites « {x} »."))
    assert told(interview) == f"Vous dites « {GAP} »."
    say(interview, x=said)
    assert told(interview) == f"Vous dites « {words} »."


def test_yes_no_and_non_answers_are_said_by_the_interface() -> None:
    """As their options are."""
    interview = walk(item("x", "yes_no", non_answers=["dk"]), end("{x}"))
    words = translator("fr").messages.gettext
    say(interview, x="yes")
    assert told(interview) == words("Yes")
    say(interview, x="~dk")
    assert told(interview) == words("Don't know")


def test_words_of_ones_own_stand_for_other() -> None:
    """As soon as they are written."""
    interview = walk(item("x", "multi", choices=choices("a"), other={}), end("{x}"))
    say(interview, x=("a", "other"))
    interview.note("x", "other", "un drone")
    assert told(interview) == "le a, un drone"


def test_what_is_hidden_is_a_gap() -> None:
    """Its answer comes back with it."""
    interview = walk(
        item("seen", "yes_no"), item("x", "number", show_if="seen == 'yes'"), end("{x}")
    )
    say(interview, seen="yes", x=3)
    assert told(interview) == "3"
    say(interview, seen="no")
    assert told(interview) == GAP


@pytest.mark.parametrize(
    ("expr", "words"),
    [("a + b", "5"), ("a / b", "1,5"), ("a > b", "yes"), ("b > a", "no")],
)
def test_computed_values(expr: str, words: str) -> None:
    """No more decimals than are needed, two at most; a truth is yes or no."""
    interview = walk(
        item("a", "number"),
        item("b", "number"),
        end("{c}"),
        computed=[{"id": "c", "expr": expr}],
    )
    assert told(interview) == GAP
    say(interview, a=3, b=2)
    said = translator("fr").messages.gettext(words) if words in ("yes", "no") else words
    assert told(interview) == said


def test_braces_are_printed_when_doubled() -> None:
    """Beside names that are filled in."""
    interview = walk(item("x", "number"), end("{{x}} = {x}"))
    say(interview, x=7)
    assert told(interview) == "{x} = 7"


def test_fields_of_the_entry_that_is_being_filled_in() -> None:
    """Of that one only; the repeat itself is told by how many entries it has."""
    fields = [
        item("role", "text", required=True),
        item("tasks", "text") | {"text": {"fr": "Que fait {actors.role} ?"}},
    ]
    interview = walk(item("actors", "repeat", label="role", items=fields), end("{actors}"))
    assert told(interview) == GAP
    actors = interview.questionnaire.items["actors"]
    assert isinstance(actors, RepeatItem)
    for number in ("a1", "a2"):
        add_entry(interview, actors, number)
    first, second = (EntryInterview(interview, actors, one) for one in ("a1", "a2"))
    first.record("role", "answered", "le chef")
    assert told(first, "tasks") == "Que fait le chef ?"
    assert told(second, "tasks") == f"Que fait {GAP} ?"
    assert told(interview) == translator("fr").plural("{n} entry", "{n} entries", 2)


def test_every_text_of_an_item_is_filled_in() -> None:
    """Choices and what an author says of a wrong answer as well."""
    listed = [{"code": "a", "text": {"fr": "Plus de {n}"}}]
    rule = {"check": "this <= n", "message": {"fr": "Au plus {n}."}}
    interview = walk(
        item("n", "number"),
        item("q", "single", choices=listed),
        item("m", "number", constraint=[rule]),
    )
    say(interview, n=4, m=5)
    options = interview.options(interview.questionnaire.items["q"])
    assert [one.label for one in options] == ["Plus de 4"]
    (found,) = interview.objections(interview.questionnaire.items["m"])
    assert found.params == {"message": "Au plus 4."}
