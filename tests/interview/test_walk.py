"""The walk of one respondent, rule by rule."""

from __future__ import annotations

import functools

import pytest
from marked import ASSESSMENT, SURVEY, with_change
from small import IMF, refused

from imfsurvey.i18n.catalogue import Marked
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview, Option, Progress
from imfsurvey.interview.answers import Side
from imfsurvey.questionnaire import Choice, Questionnaire, questionnaire_from
from imfsurvey.source.document import parse
from imfsurvey.source.model import Text

GROUPS = tuple(
    Choice(code=code, text=Text({"fr": f"{code} fr", "nl": f"{code} nl"}))
    for code in ("ops", "calog")
)


def load(text: str) -> Questionnaire:
    """The questionnaire in a text."""
    return questionnaire_from(parse(text), IMF)


def survey(*changes: tuple[str, str], language: str = "fr") -> Interview:
    """A walk through the sample survey: a page of information, a single choice, two statements."""
    return Interview(load(with_change(SURVEY, *changes)), IMF, language, groups=GROUPS)


def assessment(*changes: tuple[str, str]) -> Interview:
    """A walk through the sample self-assessment: four topics, evidence from level 3 on."""
    return Interview(load(with_change(ASSESSMENT, *changes)), IMF, "fr")


def objection(interview: Interview, item: str) -> tuple[str, str | None] | None:
    """Code and side of what an item still needs."""
    found = interview.objections(interview.questionnaire.items[item])
    return (found[0].code.removeprefix("IMF-"), found[0].side) if found else None


# --- where we are --------------------------------------------------------------------------


def test_a_walk_passes_every_item_once() -> None:
    """From the first page to the last; beyond both ends it stays where it is."""
    walk = survey()
    assert walk.at_start
    assert not walk.back()
    seen = [walk.page.item.id]
    while walk.forward():
        seen.append(walk.page.item.id)
    assert seen == ["intro", "category", "clear", "unclear"]
    assert walk.at_end
    assert not walk.forward()
    assert walk.back()
    assert walk.page.item.id == "clear"


def test_numbers_count_the_items_that_ask() -> None:
    """A page of information carries the number of the item after it."""
    walk = survey()
    assert [(page.item.id, page.number) for page in walk.pages] == [
        ("intro", 1),
        ("category", 1),
        ("clear", 2),
        ("unclear", 3),
    ]
    assert [page.section.id for page in walk.pages] == ["welcome", "about", "culture", "culture"]


def test_one_may_go_to_any_page_and_begin_there() -> None:
    """A page of information too; an item that is gone since then begins the walk."""
    walk = survey()
    for item in ("unclear", "intro", "category"):
        walk.go_to(item)
        assert walk.page.item.id == item
    assert refused(walk.go_to, "nobody") == "I100"
    assert walk.page.item.id == "category"
    questionnaire = load(SURVEY)
    assert Interview(questionnaire, IMF, "fr", at="clear").page.item.id == "clear"
    assert Interview(questionnaire, IMF, "fr", at="gone").page.item.id == "intro"


def test_a_language_that_is_not_spoken_becomes_the_default() -> None:
    """At the beginning and later."""
    walk = survey(language="de")
    assert walk.language == "fr"
    walk.speak("nl")
    assert walk.language == "nl"
    walk.speak("en")
    assert walk.language == "fr"


def test_options_are_said_in_the_language_of_the_walk() -> None:
    """Their codes stay; the words for non-answers are those of the interface."""
    walk = survey()
    walk.go_to("category")
    french = walk.options(walk.page.item)
    walk.speak("nl")
    dutch = walk.options(walk.page.item)
    assert [option.label for option in french[:2]] == ["ops fr", "calog fr"]
    assert [option.label for option in dutch[:2]] == ["ops nl", "calog nl"]
    assert [(o.status, o.value, o.key) for o in french] == [
        ("answered", "ops", "1"),
        ("answered", "calog", "2"),
        ("refused", None, "r"),
    ]
    assert [(o.status, o.value, o.key) for o in dutch] == [
        (o.status, o.value, o.key) for o in french
    ]


# --- what is offered -----------------------------------------------------------------------


def test_non_answers_come_last_in_one_order() -> None:
    """Whatever the order in the file."""
    walk = assessment(("topic: code", "topic: code\n        non_answers: [refused, na, dk]"))
    options = walk.options(walk.page.item)
    assert [option.status for option in options[-3:]] == ["dk", "na", "refused"]
    assert [option.key for option in options[-3:]] == ["d", "n", "r"]


def test_a_level_is_described_by_the_item_else_by_the_framework() -> None:
    """The key of a level is its number."""
    rubric = ", ".join(f"{level}: {{fr: r{level}, nl: r}}" for level in range(6))
    walk = assessment(("topic: code", f"topic: code\n        rubric: {{{rubric}}}"))
    own, other = (walk.questionnaire.items[name] for name in ("sa_code", "sa_rules"))
    assert walk.options(own)[2] == Option("answered", 2, "Défini", "r2", "2")
    assert walk.options(other)[0] == Option(
        "answered", 0, "Inexistant", "Rien n'existe ni n'est prévu.", "0"
    )


def test_the_tenth_choice_has_no_key() -> None:
    """There are nine digits to choose with."""
    choices = ", ".join(f"{{code: c{n}, text: {{fr: x, nl: x}}}}" for n in range(1, 12))
    walk = survey(("choices_from: study.groups", f"choices: [{choices}]"))
    keys = [option.key for option in walk.options(walk.questionnaire.items["category"])]
    assert keys == [*"123456789", "", "", "r"]


def test_information_offers_nothing_and_is_never_in_the_way() -> None:
    """It is neither answered nor counted."""
    walk = survey()
    item = walk.page.item
    assert walk.options(item) == ()
    assert walk.objections(item) == ()
    assert walk.state(item) == "info"
    assert walk.progress == Progress(0, 3)
    assert refused(walk.record, "intro", "answered", 1) == "I100"
    assert refused(walk.note, "intro", "comment", "x") == "I100"
    assert refused(walk.clear, "intro") == "I100"


@pytest.mark.parametrize(
    ("item", "status", "value"),
    [
        ("clear", "answered", 6),
        ("clear", "answered", 0),
        ("clear", "answered", "1"),
        ("clear", "answered", True),
        ("clear", "answered", 1.0),
        ("clear", "answered", None),
        ("clear", "answered", [1]),
        ("clear", "na", None),
        ("clear", "refused", None),
        ("clear", "dk", 3),
        ("clear", "blank", 3),
        ("clear", "not_shown", 3),
        ("clear", "perhaps", None),
        ("category", "answered", "other"),
        ("category", "answered", 1),
        ("category", "dk", None),
    ],
)
def test_what_is_not_offered_is_refused(item: str, status: str, value: object) -> None:
    """And nothing is kept of it: what was said before still holds."""
    walk = survey()
    walk.record("clear", "answered", 4)
    before = walk.answers
    assert refused(walk.record, item, status, value) == "I101"
    assert walk.answers == before


@pytest.mark.parametrize("value", [-1, 6, True, "3"])
def test_only_levels_of_the_framework_are_ratings(value: object) -> None:
    """From 0 to its highest."""
    assert refused(assessment().record, "sa_code", "answered", value) == "I101"


def test_an_item_of_another_questionnaire_is_refused() -> None:
    """To be answered, noted or cleared."""
    walk = assessment()
    assert refused(walk.record, "clear", "answered", 1) == "I100"
    assert refused(walk.note, "clear", "comment", "x") == "I100"
    assert refused(walk.clear, "clear") == "I100"
    assert walk.answers == {}


# --- what is kept --------------------------------------------------------------------------


def test_an_answer_that_is_taken_back_leaves_its_notes() -> None:
    """Without notes, it is as if the item had never been answered."""
    walk = assessment()
    walk.record("sa_code", "answered", 2)
    walk.clear("sa_code")
    assert walk.answers == {}
    walk.record("sa_code", "answered", 2)
    walk.note("sa_code", "comment", "  since 2024\n")
    walk.clear("sa_code")
    assert walk.answers == {"sa_code": Answer(comment="since 2024")}
    assert not walk.answer_to("sa_code").given
    walk.note("sa_code", "comment", "   ")
    assert walk.answers == {}
    stored = {"sa_code": Answer(), "sa_rules": Answer("dk")}
    again = Interview(walk.questionnaire, IMF, "fr", answers=stored)
    assert again.answers == {"sa_rules": Answer("dk")}


def test_notes_stay_when_the_answer_changes() -> None:
    """Also from a level to not applicable and back."""
    walk = assessment()
    sides: tuple[Side, ...] = ("evidence", "comment", "reason")
    for side in sides:
        walk.note("sa_code", side, side)
    walk.record("sa_code", "na")
    walk.record("sa_code", "answered", 4)
    assert walk.answer_to("sa_code") == Answer("answered", 4, "evidence", "comment", "reason")


def test_a_note_has_a_limit_and_a_place() -> None:
    """Blanks around it do not count; a survey has no place for notes."""
    walk = assessment(("topic: code", "topic: code\n        comment: {max_length: 5}"))
    assert walk.note("sa_code", "comment", " 12345 \n").comment == "12345"
    assert refused(walk.note, "sa_code", "comment", "123456") == "I103"
    assert walk.answer_to("sa_code").comment == "12345"
    assert walk.note("sa_code", "evidence", "x" * 600).evidence == "x" * 600
    assert refused(walk.note, "sa_code", "evidence", "x" * 601) == "I103"
    assert refused(survey().note, "clear", "comment", "my chief") == "I102"


def test_the_words_of_a_refusal_are_translatable() -> None:
    """The kind of note is a word of the program."""
    with pytest.raises(InputError) as caught:
        survey().note("clear", "reason", "x")
    assert isinstance(caught.value.params["side"], Marked)


@pytest.mark.parametrize(
    ("text", "answers", "code"),
    [
        (SURVEY, {"gone": Answer("answered", 1)}, "I100"),
        (SURVEY, {"intro": Answer("answered", 1)}, "I100"),
        (SURVEY, {"clear": Answer("answered", 9)}, "I101"),
        (SURVEY, {"clear": Answer("answered", True)}, "I101"),
        (SURVEY, {"clear": Answer("na")}, "I101"),
        (SURVEY, {"clear": Answer("answered", 1, comment="me")}, "I102"),
        (ASSESSMENT, {"sa_code": Answer("answered", 1, evidence="x" * 601)}, "I103"),
    ],
)
def test_stored_answers_are_checked_like_given_ones(
    text: str, answers: dict[str, Answer], code: str
) -> None:
    """What the questionnaire cannot have taken is refused."""
    again = functools.partial(Interview, groups=GROUPS, answers=answers)
    assert refused(again, load(text), IMF, "fr") == code


# --- what is still open --------------------------------------------------------------------


def test_a_required_item_needs_an_answer_or_an_offered_non_answer() -> None:
    """One that is not required may stay blank; the review says so."""
    walk = survey(("reverse: true", "reverse: true, required: true"))
    clear, unclear = walk.questionnaire.items["clear"], walk.questionnaire.items["unclear"]
    assert (objection(walk, "clear"), walk.state(clear)) == (None, "skipped")
    assert (objection(walk, "unclear"), walk.state(unclear)) == (("I110", None), "open")
    assert walk.unfinished() == (unclear,)
    walk.record("unclear", "not_shown")
    assert walk.state(unclear) == "open"
    walk.record("unclear", "dk")
    assert (objection(walk, "unclear"), walk.state(unclear)) == (None, "done")
    assert walk.unfinished() == ()
    assert walk.progress == Progress(1, 3)


def test_not_applicable_needs_a_reason() -> None:
    """Of a rating; a survey does not ask why."""
    walk = assessment()
    walk.record("sa_code", "na")
    assert objection(walk, "sa_code") == ("I111", "reason")
    assert walk.state(walk.page.item) == "attention"
    assert walk.unfinished()[0] == walk.page.item
    walk.note("sa_code", "reason", "no such staff")
    assert objection(walk, "sa_code") is None
    walk.record("sa_code", "dk")
    assert objection(walk, "sa_code") is None
    other = survey(("non_answers: [dk]", "non_answers: [na]"))
    other.record("clear", "na")
    assert objection(other, "clear") is None


@pytest.mark.parametrize(
    ("change", "needed"),
    [
        ("", [3, 4, 5]),
        ("\n        evidence: {required_from: 0}", [0, 1, 2, 3, 4, 5]),
        ("\n        evidence: {required_from: 5}", [5]),
    ],
)
def test_evidence_is_needed_from_a_level_on(change: str, needed: list[int]) -> None:
    """The item's own level, else that of the framework."""
    walk = assessment(("topic: code", f"topic: code{change}"))
    asked = []
    for level in range(6):
        walk.record("sa_code", "answered", level)
        if objection(walk, "sa_code") == ("I112", "evidence"):
            asked.append(level)
            assert walk.objections(walk.page.item)[0].params == {"level": needed[0]}
    assert asked == needed
    walk.note("sa_code", "evidence", "order 12")
    assert objection(walk, "sa_code") is None


def test_a_rating_that_may_stay_blank_is_not_in_the_way() -> None:
    """`required: false` on an item of a self-assessment."""
    walk = assessment(("topic: code", "topic: code\n        required: false"))
    assert [item.id for item in walk.unfinished()] == ["sa_rules", "sa_training", "sa_cycle"]
