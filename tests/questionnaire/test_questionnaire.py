"""A questionnaire file: what it answers, and what is wrong with one, each fault at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import small
from marked import (
    ASSESSMENT,
    SAMPLES,
    SURVEY,
    WIDE_FRAMEWORK,
    assert_found,
    problems_of,
    with_change,
)

from imfsurvey.framework.load import framework_from
from imfsurvey.i18n.catalogue import Marked
from imfsurvey.questionnaire import (
    InfoItem,
    LikertItem,
    Questionnaire,
    SingleItem,
    load_questionnaire,
    questionnaire_from,
)
from imfsurvey.questionnaire.checks import check
from imfsurvey.questionnaire.items import AskingItem
from imfsurvey.questionnaire.model import Scale
from imfsurvey.questionnaire.shipped import FRAMEWORK, PERCEPTION, SELF_ASSESSMENT, shipped
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated
from imfsurvey.source.problems import MAX_PROBLEMS, ProblemsFoundError

IMF = framework_from(parse(WIDE_FRAMEWORK))
CATEGORY = "choices_from: study.groups"
OWN_CHOICES = "choices: [{code: a, text: {fr: A, nl: A}}, {code: 2, text: {fr: B, nl: B}}]"
NAMES = "label: {fr: x, nl: x}"


def load(text: str) -> Questionnaire:
    """The questionnaire in a text."""
    return questionnaire_from(parse(text), IMF)


def rubric(*levels: int | str) -> str:
    """The line of a rubric that describes these levels."""
    return "rubric: {" + ", ".join(f"{level}: {{fr: x, nl: x}}" for level in levels) + "}"


def choices(count: int) -> str:
    """The line of so many choices."""
    each = ", ".join(f"{{code: {number}, text: {{fr: x, nl: x}}}}" for number in range(count))
    return f"choices: [{each}]"


# --- what it answers -----------------------------------------------------------------------


def test_a_questionnaire_is_read_from_its_file() -> None:
    """With the name that is to be shown in problems."""
    survey = load_questionnaire(SAMPLES / "survey.yaml", IMF)
    assert (survey.id, survey.kind, survey.anonymous) == ("sample.survey", "perception", True)
    assert not load(ASSESSMENT).anonymous
    with pytest.raises(ProblemsFoundError) as caught:
        load_questionnaire(Path("no such file"), IMF, "survey.yaml")
    assert caught.value.problems[0].place == "survey.yaml"


def test_items_are_known_by_id_in_order_of_the_file() -> None:
    """An information page is an item that asks nothing."""
    survey = load(SURVEY)
    assert list(survey.items) == ["intro", "category", "clear", "unclear"]
    assert [item.id for item in survey.asking_items()] == ["category", "clear", "unclear"]
    kinds = [type(item) for item in survey.items.values()]
    assert kinds == [InfoItem, SingleItem, LikertItem, LikertItem]


def test_codes_of_a_scale_rise_as_numbers() -> None:
    """Nine comes before ten, which as texts it does not."""
    codes = [{"code": code, "text": {"fr": "x"}} for code in (-10, -9, 0, 9, 10, 11, 100)]
    scale = Scale.model_validate({"codes": codes, "favourable": [10, 11], "unfavourable": [-10]})
    assert scale.values == (-10, -9, 0, 9, 10, 11, 100)


def test_an_id_has_64_signs_at_most() -> None:
    """The limit itself is within the limit."""
    assert "x" * 64 in load(with_change(SURVEY, ("id: unclear", "id: " + "x" * 64))).items


def test_what_is_promised_when_nothing_else_is_said() -> None:
    """By group 10, in all 5, by one item, comments of 12: as the page on the language says."""
    privacy = small.form(small.item("seen", "yes_no"), named=False).privacy
    assert (privacy.k, privacy.k_total, privacy.k_comments) == (10, 5, 12)
    assert (privacy.breakdown_by, privacy.max_breakdowns, privacy.keep) == ((), 1, ())


@pytest.mark.parametrize(
    ("kind", "own", "offered"),
    [
        ("likert", {"scale": "agree"}, ("dk",)),
        ("likert", {"scale": "agree", "non_answers": []}, ()),
        ("likert", {"scale": "agree", "non_answers": ["na"]}, ("na",)),
        ("maturity", {"topic": "code"}, ("na", "dk")),
        ("maturity", {"topic": "code", "non_answers": []}, ()),
        ("yes_no", {}, ()),
        ("info", {}, ()),
    ],
)
def test_non_answers_are_its_own_else_those_of_its_kind(
    kind: str, own: dict[str, object], offered: tuple[str, ...]
) -> None:
    """Of a statement those of its scale, of a rating two; none where the file says none."""
    made = small.form(small.item("one", kind, **own))
    assert made.offered_non_answers(made.items["one"]) == offered


@pytest.mark.parametrize(("own", "needed"), [({}, True), ({"required": False}, False)])
def test_a_rating_is_needed_unless_the_file_says_not(own: dict[str, bool], needed: bool) -> None:
    """Any other item may stay without an answer unless the file says that it may not."""
    rated = small.item("rated", "maturity", topic="code", **own)
    made = small.form(rated, small.item("seen", "yes_no"))
    asked = {one.id: one.required for one in made.items.values() if isinstance(one, AskingItem)}
    assert asked == {"rated": needed, "seen": False}


def test_codes_of_choices_are_words_or_numbers() -> None:
    """Each is kept as it was written."""
    item = load(with_change(SURVEY, (CATEGORY, OWN_CHOICES))).items["category"]
    assert isinstance(item, SingleItem)
    assert [choice.code for choice in item.choices] == ["a", 2]


# --- what is wrong with it -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "old", "new"),
    [
        # who it is
        ("E060", "framework: sample", "framework: ▸imf"),
        ("E026", "id: sample.survey", "id: ▸Sample"),
        ("E024", 'version: "1"', "version: ▸2026.10"),
        ("E023", "kind: perception", "kind: ▸perceptions"),
        ("E030", "  languages: [fr, nl]", "  languages: [fr, nl, ▸sp]"),
        ("E033", "default_language: fr", "default_language: ▸de"),
        ("E033 E033", "complete: [fr, nl]", "complete: [fr, ▸de, ▸en]"),
        (
            "E067",
            "fr, nl]\n  default_language: fr\n  require_complete: [fr",
            "fr, nl, ▸en]\n  default_language: fr\n  require_complete: [en",
        ),
        # what is promised
        ("E027", "k: 10", "k: ▸4"),
        ("E027", "k_total: 5", "k_total: ▸4"),
        ("E065", "mode: anonymous", "mode: ▸named"),
        ("E062", "[category]", "[▸categories]"),
        ("E068", "[category]", "[category, ▸clear]"),
        ("E068", "[category]", "[▸intro]"),
        # scales
        ("E026", "{code: 1, text", "{code: ▸A, text"),
        ("E025", "{code: 1, text", "{code: ▸[1], text"),
        ("E024", "{code: 1, text", "{code: ▸1.5, text"),
        ("E050", "{code: 2, text", "{code: ▸two, text"),
        ("E050", "{code: 2, text", "{code: ▸1, text"),
        ("E050", "{code: 5, text", "{code: ▸4, text"),
        ("E051 E051", "favourable: [4, 5]", "favourable: [4, ▸6, ▸0]"),
        ("E054", "unfavourable: [1, 2]", "unfavourable: [1, ▸4]"),
        ("E026", "  agree5:", "  ▸5agree:"),
        ("E023", "non_answers: [dk]", "non_answers: [▸dont_know]"),
        # items
        ("E062", "scale: agree5", "scale: ▸agre5"),
        ("E062", "topic: code", "topic: ▸cod"),
        ("E026", "theme: clarity", "theme: ▸Clarity"),
        ("E062", "theme: clarity", "theme: ▸clearness"),
        ("E041", "id: unclear", "id: ▸clear"),
        ("E041", "id: unclear", "id: ▸culture"),
        ("E041", "id: about", "id: ▸intro"),
        ("E026", "id: unclear", "id: ▸" + "x" * 65),
        ("E041", "nl: Duidelijkheid}}", f"nl: x}}}}\n  - {{id: ▸clarity, {NAMES}}}"),
        ("E052", CATEGORY, f"▸{CATEGORY}\n        {OWN_CHOICES}"),
        ("E052", CATEGORY, "▸choices: []"),
        ("E053", CATEGORY, OWN_CHOICES.replace("code: 2", "code: ▸a")),
        ("E053", CATEGORY, OWN_CHOICES.replace("code: a", "code: '2'").replace(" 2,", " ▸2,")),
        ("E027", CATEGORY, choices(251).replace("[", "▸[", 1)),
        ("E023", "type: info", "type: ▸infos"),
        ("E021", "type: info", "type: info\n        ▸required: true"),
        ("E021", "reverse: true", "▸revers: true"),
        ("E024", "{fr: Votre catégorie de personnel, nl", "{fr: ▸1, nl"),
    ],
)
def test_a_fault_of_a_survey_is_told_at_its_place(codes: str, old: str, new: str) -> None:
    """Each at the first wrong character, with the line it is on."""
    text = with_change(SURVEY, (old, new))
    assert_found(load, text, *(f"IMF-{code}" for code in codes.split()))


@pytest.mark.parametrize(
    ("codes", "changes"),
    [
        (
            "E065 E066 E066 E066 E066",
            [("mode: named", "mode: ▸anonymous"), *[("type: maturity", "type: ▸maturity")] * 4],
        ),
        ("E062", [("topic: code", "topic: ▸cod")]),
        ("E069", [("topic: code", "topic: ▸mission")]),
        ("E063", [("topic: code", "topic: code\n        ▸" + rubric(0, 1, 2, 4, 5))]),
        ("E064", [("topic: code", "topic: code\n        " + rubric(0, 1, 2, 3, 4, 5, "▸6"))]),
        ("E064", [("topic: code", "topic: code\n        evidence: {required_from: ▸-1}")]),
        ("E027", [("topic: code", "topic: code\n        evidence: {max_length: ▸2001}")]),
        ("E025", [("topic: code", "topic: code\n        rubric: ▸[x]")]),
        ("E031", [("topic: code", "topic: code\n        rubric: {0: {fr: ▸''}}")]),
        ("E023", [("topic: code", "topic: code\n        non_answers: [na, ▸no]")]),
    ],
)
def test_a_fault_of_a_self_assessment_is_told_at_its_place(
    codes: str, changes: list[tuple[str, str]]
) -> None:
    """Rubrics, evidence and levels are those of the framework."""
    text = with_change(ASSESSMENT, *changes)
    assert_found(load, text, *(f"IMF-{code}" for code in codes.split()))


def test_all_faults_of_a_questionnaire_are_told_in_the_order_of_the_file() -> None:
    """References, ids and promises in one run."""
    text = with_change(
        SURVEY,
        ("framework: sample", "framework: ▸imf"),
        ("[category]", "[▸categories]"),
        ("scale: agree5", "scale: ▸agree"),
        ("theme: clarity", "theme: ▸clear"),
        ("id: unclear", "id: ▸intro"),
    )
    assert_found(load, text, "IMF-E060", "IMF-E062", "IMF-E062", "IMF-E062", "IMF-E041")


def test_nine_items_come_before_the_tenth_on_one_line() -> None:
    """The first use of an id is the one that stands first, not the one that sorts first."""
    items = ", ".join(
        f"{{id: {name}, type: info, text: {{fr: x, nl: x}}}}" for name in "abcdefghijk"
    )
    section = f"  - {{id: many, title: {{fr: x, nl: x}}, items: [{items}]}}\n"
    text = SURVEY + section.replace("id: k,", "id: ▸c,")
    assert_found(load, text, "IMF-E041")


@pytest.mark.parametrize(
    ("old", "new", "words", "kind"),
    [
        (
            "scale: agree5",
            "scale: agre5",
            "'agre5' does not exist: did you mean 'agree5'?",
            "scale",
        ),
        ("theme: clarity", "theme: clarety", "did you mean 'clarity'?", "theme"),
        ("topic: code", "topic: codes", "did you mean 'code'?", "topic"),
        ("[category]", "[categories]", "did you mean 'category'?", "item"),
        ("topic: code", "topic: zzz", "topic 'zzz' does not exist", "topic"),
    ],
)
def test_the_nearest_name_is_proposed(old: str, new: str, words: str, kind: str) -> None:
    """The kind of thing is a word of the program, to be translated with the sentence."""
    (problem,) = problems_of(load, with_change(SURVEY, (old, new)))
    assert problem.message.endswith(words)
    assert problem.params["what"] == kind
    assert isinstance(problem.params["what"], Marked)


def test_an_item_that_is_no_choice_is_not_said_to_be_missing() -> None:
    """It exists, but a breakdown by it would split into single answers."""
    (problem,) = problems_of(load, with_change(SURVEY, ("[category]", "[clear]")))
    assert problem.message.startswith("item 'clear' is no choice of one")


def test_missing_texts_are_a_warning_unless_the_language_is_required() -> None:
    """A warning does not keep a questionnaire from being used, but is among its problems."""
    text = with_change(SURVEY, ("  languages: [fr, nl]", "  languages: [fr, nl, de]"))
    document = parse(text)
    assert load(text).items
    (problem,) = check(validated(Questionnaire, document), IMF, document)
    assert (problem.code, problem.severity) == ("IMF-W067", "warning")
    # Titles of the whole and of 3 sections, 5 codes, a theme, the stems of 4 items.
    assert problem.params["count"] == 14


def test_a_scale_may_have_the_name_of_a_field() -> None:
    """Missing texts are looked for where the language has texts, not by the names of keys."""
    text = SURVEY.replace("agree5", "text").replace("id: clarity", "id: label")
    text = text.replace("theme: clarity", "theme: label")
    assert load(text).scales.keys() == {"text"}


def test_a_statement_is_reversed_on_a_scale_that_can_be() -> None:
    """1, 2, 3, 4, 6 has no opposite of 2; 0, 1, 3, 4 has one for each."""
    change = [("{code: 5", "{code: 6"), ("favourable: [4, 5]", "favourable: [4, 6]")]
    text = with_change(SURVEY, *change, ("reverse: true", "reverse: ▸true"))
    assert_found(load, text, "IMF-E055")
    lines = SURVEY.splitlines(keepends=True)
    even = "".join(line for line in lines if "{code: 3" not in line)
    assert load(even).scales["agree5"].can_be_reversed


def test_so_many_choices_as_can_be_counted() -> None:
    """The limit itself is within the limit."""
    item = load(with_change(SURVEY, (CATEGORY, choices(250)))).items["category"]
    assert isinstance(item, SingleItem)
    assert len(item.choices) == 250


def test_so_many_codes_as_can_be_counted() -> None:
    """In a scale and in a list of choices as in an item: 250, and not one more."""
    for count in (250, 251):
        codes = small.choices(*range(count))
        for long in ({"scales": {"long": {"codes": codes}}}, {"choice_lists": {"long": codes}}):
            if count == 250:
                small.form(small.item("seen", "yes_no"), **long)
                continue
            with pytest.raises(ProblemsFoundError, match="IMF-E027"):
                small.form(small.item("seen", "yes_no"), **long)


@pytest.mark.parametrize(
    ("kind", "key", "code"), [("ranking", "top", "E084"), ("multi", "min_choices", "E083")]
)
def test_as_many_can_be_needed_as_there_are(kind: str, key: str, code: str) -> None:
    """Two of two, three with one's own words, and not one more."""
    two = small.choices("a", "b")
    small.form(small.item("best", kind, choices=two, **{key: 2}))
    small.form(small.item("best", kind, choices=two, other={}, **{key: 3}))
    for own in ({key: 3}, {key: 4, "other": {}}):
        with pytest.raises(ProblemsFoundError, match=f"IMF-{code}"):
            small.form(small.item("best", kind, choices=two, **own))


def test_what_stands_alone_is_not_ticked_with_others() -> None:
    """Of two and one that excludes them, two can be ticked."""
    ticks = small.choices("a", "b", "none", none={"exclusive": True})
    small.form(small.item("seen", "multi", choices=ticks, min_choices=2))
    with pytest.raises(ProblemsFoundError, match="IMF-E083"):
        small.form(small.item("seen", "multi", choices=ticks, min_choices=3))


def test_the_code_of_other_stands_once_however_far_choices_are_taken_along() -> None:
    """From the first list by way of ticks that add none of their own."""
    listed = small.item("seen", "multi", choices=small.choices("a", "b"), other={})
    ticked = small.item("worse", "multi", choices_from="seen")
    small.form(listed, ticked, small.item("worst", "single", choices_from="worse"))
    with pytest.raises(ProblemsFoundError, match="IMF-E087"):
        small.form(listed, ticked, small.item("worst", "single", choices_from="worse", other={}))


def test_an_error_is_told_however_many_warnings_there_are() -> None:
    """More texts are warned of than problems are told; the error behind them refuses the file."""
    warned = [
        small.item(f"why_{number}", "text", max_length=50, show_if="seen == 'yes'")
        for number in range(MAX_PROBLEMS + 1)
    ]
    wrong = small.item("last", "yes_no", show_if="nobody == 'yes'")
    with pytest.raises(ProblemsFoundError) as caught:
        small.form(small.item("seen", "yes_no"), *warned, wrong, named=False)
    assert [problem.code for problem in caught.value.problems] == ["IMF-E110"]


# --- the shipped files ---------------------------------------------------------------------


def test_the_shipped_files_are_found_in_a_checkout() -> None:
    """Beside `src`, where their authors look for them."""
    root = Path(__file__).parents[2]
    for name in (FRAMEWORK, PERCEPTION, *SELF_ASSESSMENT):
        assert shipped(name) == root / "questionnaires" / name
        assert shipped(name).is_file()
