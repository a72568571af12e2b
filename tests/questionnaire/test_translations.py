"""The texts of a file for translators: keys that stay, what is missing, what is outdated."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import FRAMEWORK, SURVEY, with_change

from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.textkinds import kind_of
from imfsurvey.questionnaire.translations import (
    Texts,
    catalogue,
    placeholders,
    same,
    standing,
    texts_in,
)
from imfsurvey.source.document import parse, read
from imfsurvey.source.model import validated

SHIPPED = sorted((Path(__file__).resolve().parents[2] / "questionnaires").rglob("*.yaml"))
WELCOME = "  - id: welcome\n    title: {fr: Bienvenue, nl: Welkom}\n"
ABOUT = "  - id: about\n    title: {fr: Vous, nl: U}\n"
INTRO_TEXT = (
    '        text: {fr: "Cette enquête n\'est pas un canal de signalement.", '
    "nl: Deze bevraging is geen meldkanaal.}\n"
)
INTRO = "      - id: intro\n        type: info\n" + INTRO_TEXT
CLEAR = "Dans mon service, les règles sont claires."


def texts_of(text: str) -> Texts:
    """The texts of a file in memory."""
    document = parse(text)
    model = Framework if "framework" in document.value else Questionnaire
    return texts_in(document, validated(model, document))


def test_a_key_stays_when_a_text_moves() -> None:
    """Items are known by their id alone, entries of lists by id or code, not by position."""
    moved = with_change(
        SURVEY,
        (WELCOME, ""),
        ("      - id: intro\n        type: info\n" + INTRO_TEXT, ""),
        ("    items:\n" + ABOUT, ABOUT),
        ("    items:\n      - id: category", "    items:\n" + INTRO + "      - id: category"),
        ("  - {id: clarity", "  - {id: first, label: {fr: Un, nl: Een}}\n  - {id: clarity"),
    )
    before, after = texts_of(SURVEY).entries, texts_of(moved).entries
    assert set(before) - set(after) == {"sections.welcome.title"}
    assert set(after) - set(before) == {"themes.first.label"}
    assert {"items.intro.text", "scales.agree5.codes.5.text", "sections.culture.title"} < set(after)


def test_keys_of_a_framework() -> None:
    """Nodes by their ids, levels by their position, which is their number."""
    keys = texts_of(FRAMEWORK).entries
    for key in (
        "framework.notice",
        "levels.0.definition",
        "tree.instruments.children.guide.label",
        "topics.code.label",
    ):
        assert key in keys


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_text_has_a_key_and_a_kind(path: Path) -> None:
    """As many keys as the file has French texts, none of them of a kind unknown."""
    texts = texts_of(path.read_text("utf-8"))
    assert len(texts.entries) == count_of_blocks(read(path).value)
    assert {key for key in texts.entries if kind_of(key) == "another text"} == set()


def count_of_blocks(value: object) -> int:
    """How many blocks of a file have the key `fr`."""
    if isinstance(value, dict):
        return ("fr" in value) + sum(map(count_of_blocks, value.values()))
    return sum(map(count_of_blocks, value)) if isinstance(value, list) else 0


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("items.goals.items.goal.text", "question or statement"),
        ("items.x.choices.a.text", "answer to choose"),
        ("items.x.rubric.0", "description of a level"),
        ("items.x.constraint.0.message", "message when an answer does not fit"),
        ("tree.instruments.label", "name of a pillar or function"),
        ("something.quite.new", "another text"),
    ],
)
def test_kinds(key: str, kind: str) -> None:
    """A text of a repeat is an item's too; what is not known is told as such."""
    assert kind_of(key) == kind


def test_what_is_missing() -> None:
    """Counted and named, in each language of the file; texts in others are not looked at."""
    text = with_change(SURVEY, (", nl: Welkom", ""), (", nl: Cultuur", ", de: Kultur"))
    french, dutch = standing(texts_of(text))
    total = count_of_blocks(parse(SURVEY).value)
    assert (french.language, french.there, french.missing) == ("fr", total, ())
    assert (dutch.language, dutch.there, dutch.required) == ("nl", total - 2, True)
    missing = [entry.key for entry in dutch.missing]
    assert missing == ["sections.welcome.title", "sections.culture.title"]
    place = texts_of(text).place(dutch.missing[0])
    assert text.split("\n")[place.line - 1][place.column - 1 :] == "{fr: Bienvenue}"


def test_a_framework_is_complete_in_its_languages() -> None:
    """Not one text may be missing in any of them; the first is the one that is translated."""
    texts = texts_of(FRAMEWORK)
    assert [(one.language, one.required) for one in standing(texts)] == [("fr", True), ("nl", True)]
    assert texts.source_language == "fr"


def test_what_is_outdated() -> None:
    """A source in other words and the same translation; not one that was translated anew, not
    one in another layout, not the source itself."""
    dutch = "In mijn dienst zijn de regels duidelijk."
    old = texts_of(SURVEY)
    new = with_change(SURVEY, (CLEAR, "Les règles sont claires."), ("Clarté", "Clarte\u0301"))
    french, nl = standing(texts_of(new), old)
    assert french.outdated == ()
    assert [entry.key for entry in nl.outdated] == ["items.clear.text"]
    both = with_change(new, (dutch, "De regels zijn duidelijk."))
    assert [one.outdated for one in standing(texts_of(both), old)] == [(), ()]
    assert [one.outdated for one in standing(texts_of(new))] == [(), ()]


def test_what_goes_to_a_translator() -> None:
    """Source and translation, what it belongs to, and the words of before where they changed."""
    new = with_change(SURVEY, (CLEAR, "Les règles sont claires."), (", nl: Cultuur", ""))
    made = catalogue(texts_of(new), "nl", "fr", texts_of(SURVEY))
    units = {unit.key: unit for unit in made.units}
    clear, title = units["items.clear.text"], units["sections.culture.title"]
    assert (made.id, made.version, made.language) == ("sample.survey", "1", "nl")
    assert (clear.source, clear.previous) == ("Les règles sont claires.", CLEAR)
    assert (title.source, title.translation, title.previous) == ("Culture", "", None)


def test_what_a_text_belongs_to() -> None:
    """The nearest text around it: of a hint, the stem of its item; of a stem, nothing."""
    text = with_change(
        SURVEY, ("        choices_from", "        hint: {fr: Ici}\n        choices_from")
    )
    units = {unit.key: unit for unit in catalogue(texts_of(text), "nl", "fr").units}
    assert units["items.category.hint"].around == "Votre catégorie de personnel"
    assert units["items.category.text"].around == ""


def test_a_text_without_its_source() -> None:
    """Is translated from another language; what exists in the target alone is left out."""
    text = with_change(SURVEY, ("{fr: Bienvenue, nl", "{en: Welcome, nl"), ("{fr: Vous, nl", "{nl"))
    units = {unit.key: unit for unit in catalogue(texts_of(text), "nl", "fr").units}
    assert units["sections.welcome.title"].source == "Welcome"
    assert "sections.about.title" not in units


@pytest.mark.parametrize(("language", "source"), [("de", "fr"), ("nl", "en"), ("fr", "fr")])
def test_languages_that_cannot_be(language: str, source: str) -> None:
    """A language that the file does not have, or one into itself: F129."""
    with pytest.raises(InputError) as caught:
        catalogue(texts_of(SURVEY), language, source)
    assert caught.value.code == "IMF-F129"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{a} and {b.c}", {"{a}", "{b.c}"}),
        ("{{a}} prints braces", set()),
        ("{{{a}}}", {"{a}"}),
        ("a } alone", {"}"}),
    ],
)
def test_placeholders(text: str, found: set[str]) -> None:
    """What stands in single braces; doubled ones only print."""
    assert placeholders(text) == found


def test_the_same_in_another_form() -> None:
    """An accent of its own or with its letter is the same to the eye and to the hash."""
    assert same("é", "e\u0301")
    assert not same("é", "e")
