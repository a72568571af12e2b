"""What a translator gave back, set against the file: one fixture for each thing that is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked import SURVEY, with_change

from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.replies import Outcome, Replies, Reply, judged
from imfsurvey.questionnaire.translations import Texts, texts_in
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated
from imfsurvey.source.problems import MAX_PROBLEMS, Problem, ProblemsFoundError

FILE = with_change(SURVEY, (", nl: Welkom", ""), ("fr: Vous", 'fr: "Vous, {category}"'))
TITLE, ABOUT = "sections.welcome.title", "sections.about.title"


def texts() -> Texts:
    """Of the survey without one Dutch title, and with braces in another."""
    document = parse(FILE, "survey.yaml")
    return texts_in(document, validated(Questionnaire, document))


def given(*replies: Reply, **other: str) -> Replies:
    """A catalogue that came back."""
    made = Replies("nl.po", "sample.survey", "fr", "nl", replies)
    return replace(made, **other)


def reply(key: str, source: str, translation: str, line: int = 7) -> Reply:
    """One entry of it."""
    return Reply(key, source, translation, line)


def outcome(*replies: Reply, accept_changed: bool = False) -> Outcome:
    """What becomes of entries that have no problems."""
    return judged(texts(), given(*replies), accept_changed=accept_changed)


def problems(replies: Replies) -> list[Problem]:
    """What is wrong with a catalogue."""
    with pytest.raises(ProblemsFoundError) as caught:
        judged(texts(), replies)
    return list(caught.value.problems)


def test_a_translation_is_taken() -> None:
    """What is new or other; what is the same already, or still empty, is passed over."""
    found = outcome(
        reply(TITLE, "Bienvenue", "Welkom"),
        reply("sections.culture.title", "Culture", "Cultuur"),
    )
    assert found.taken == {TITLE: "Welkom"}
    assert found.missing == 0
    assert found.by_path(texts()) == {("sections", 0, "title"): "Welkom"}
    left = outcome(reply(TITLE, "Bienvenue", ""))
    assert (left.taken, left.missing) == ({}, 1)


def test_a_source_that_has_changed() -> None:
    """Not taken unless it is asked for, even where its braces are those of before."""
    old = reply(ABOUT, "Vous", "Over u")
    found = outcome(old)
    assert (found.taken, found.outdated) == ({}, (old,))
    new = reply(ABOUT, "Vous", "U, {category}")
    assert outcome(new, accept_changed=True).taken == {ABOUT: "U, {category}"}
    same = reply(TITLE, "Bienvenue", "Welkom")
    assert outcome(same, accept_changed=True).outdated == ()


def test_what_is_still_to_be_looked_at() -> None:
    """A fuzzy entry is not taken, whatever is asked for."""
    fuzzy = replace(reply(TITLE, "Bienvenue", "Welkom"), unfinished=True)
    for accept in (False, True):
        found = outcome(fuzzy, accept_changed=accept)
        assert (found.taken, found.unfinished, found.missing) == ({}, (fuzzy,), 1)


WRONG = {
    "IMF-E175": reply("sections.welcom.title", "Bienvenue", "Welkom"),
    "IMF-E176": reply("sections.culture.title", "Culture", ""),
    "IMF-E177": reply(ABOUT, "Vous, {category}", "U, {categorie}"),
    "IMF-E178": reply(TITLE, "Bienvenue", "Wel\u202ekom"),
}


@pytest.mark.parametrize("code", WRONG)
def test_a_wrong_entry(code: str) -> None:
    """Unknown, empty, other braces, hidden characters: told at its line."""
    found = problems(given(WRONG[code]))
    assert [(one.code, one.file, one.line) for one in found] == [(code, "nl.po", 7)]
    assert found[0].message


def test_the_nearest_key_is_proposed() -> None:
    """For a key with a slip; for one like no other nothing."""
    assert problems(given(WRONG["IMF-E175"]))[0].message.endswith(f"did you mean '{TITLE}'?")
    far = problems(given(reply("xyz", "a", "b")))
    assert far[0].message == "survey.yaml has no text 'xyz'"


def test_blanks_are_empty_too() -> None:
    """A translation of blanks is refused, also where there was none."""
    assert [one.code for one in problems(given(reply(TITLE, "Bienvenue", " ")))] == ["IMF-E176"]


def test_a_brace_is_missing() -> None:
    """A placeholder that is gone is told like one that is new."""
    found = problems(given(reply(ABOUT, "Vous, {category}", "Over u")))
    assert found[0].message == "the source has {category} in braces, the translation –"


def test_a_key_stands_twice() -> None:
    """The second is told of, with the line of the first: E179."""
    found = problems(
        given(reply(TITLE, "Bienvenue", "Welkom", 7), reply(TITLE, "Bienvenue", "Hallo", 12))
    )
    assert [(one.code, one.line, one.params["line"]) for one in found] == [("IMF-E179", 12, 7)]


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"id": "another"}, ["IMF-E173"]),
        ({"language": "de"}, ["IMF-E174"]),
        ({"language": "xx", "id": "another"}, ["IMF-E173", "IMF-E174"]),
        ({"source_language": "nl"}, ["IMF-E174"]),
    ],
)
def test_a_catalogue_that_does_not_belong_here(other: dict[str, str], codes: list[str]) -> None:
    """Of another file, or in a language of no use: told once, and nothing of its entries."""
    found = problems(given(*WRONG.values(), **other))
    assert [one.code for one in found] == codes
    if other == {"language": "de"}:
        assert "add it to its 'languages' first" in found[0].message


def test_all_problems_at_once() -> None:
    """In order of their lines."""
    replies = [replace(one, line=20 - at) for at, one in enumerate(WRONG.values())]
    found = problems(given(*replies))
    assert [one.code for one in found] == list(reversed(WRONG))


def test_no_more_than_anybody_reads() -> None:
    """A catalogue full of unknown keys gives as many problems as a file does, and soon."""
    many = [reply(f"items.unknown{at}.text", "a", "b", at + 1) for at in range(5000)]
    assert len(problems(given(*many))) == MAX_PROBLEMS
