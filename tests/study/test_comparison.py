"""What of two waves may be laid side by side: one fixture a kind of change between them.

What is expected is written down from the rule: the same items by id or renamed, the same levels or
scale; other words or conditions with a mark, breaking changes not at all.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from measured import FRAMEWORK, assessment, framework, survey, wave

from imfsurvey.framework import Framework
from imfsurvey.framework.model import OVERALL
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.comparison import Alike, Comparison, compare
from imfsurvey.study.results import WaveResults

Plain = dict[str, Any]
FRENCH_AND_DUTCH = {"fr": "Règle ?", "nl": "Regel?", "en": "Rule?"}


def plain(questionnaire: Questionnaire) -> Plain:
    """Its values, to be changed."""
    dumped: Plain = questionnaire.model_dump(mode="json", exclude_defaults=True)
    return dumped


def results(*questionnaires: Questionnaire, frame: Framework | None = None) -> WaveResults:
    """A wave that asked these."""
    found = wave("2027", "annual", None, frame=frame)
    return replace(found, questionnaires={one.id: one for one in questionnaires})


def changed(questionnaire: Questionnaire, change: Callable[[Plain], object]) -> Questionnaire:
    """The next version of a questionnaire."""
    value = plain(questionnaire)
    change(value)
    return Questionnaire.model_validate(value)


def items(value: Plain) -> list[Plain]:
    """The items of its only section."""
    found: list[Plain] = value["sections"][0]["items"]
    return found


def rated(change: Callable[[Plain], object]) -> Comparison:
    """The self-assessment and a next version of it."""
    return compare(results(assessment()), results(changed(assessment(), change)))


def said(change: Callable[[Plain], object]) -> Comparison:
    """The survey and a next version of it."""
    return compare(results(survey()), results(changed(survey(), change)))


def renaming(value: Plain, **renamed: str) -> None:
    """Declare renamed items."""
    value["questionnaire"]["replaces"] = {"version": "2", "renamed": renamed}


CODE = ("test.self", "sa_code")
SAME = Alike("same")


def test_the_same_questionnaires() -> None:
    """Everything is compared, nothing is marked."""
    compared = compare(results(assessment(), survey()), results(assessment(), survey()))
    assert set(compared.topics.values()) == set(compared.themes.values()) == {SAME}
    assert len(compared.topics) == 8
    assert set(compared.themes) == {("test.survey", "clarity"), ("test.survey", "speaking")}
    assert compared.only_once == frozenset()
    assert not compared.noted(framework(), OVERALL)


RATED: list[tuple[str, Callable[[Plain], object], str]] = [
    ("stem", lambda v: items(v)[0].update(text=FRENCH_AND_DUTCH), "reworded"),
    ("stem in one language", lambda v: items(v)[0]["text"].update(nl="X?"), "reworded"),
    ("blanks in the stem", lambda v: items(v)[0]["text"].update(fr=" Code  ? "), "same"),
    ("language more", lambda v: items(v)[0]["text"].update(de="Kodex?"), "same"),
    ("hint", lambda v: items(v)[0].update(hint={"fr": "Ici", "nl": "Hier"}), "reworded"),
    ("help", lambda v: items(v)[0].update(help={"fr": "Ici", "nl": "Hier"}), "same"),
    ("title", lambda v: v["sections"][0].update(title={"fr": "Y", "nl": "Y"}), "same"),
    (
        "introduction",
        lambda v: v["sections"][0].update(introduction={"fr": "Y", "nl": "Y"}),
        "reworded",
    ),
    ("kinds of evidence", lambda v: items(v)[0].update(evidence_kinds=[{"fr": "Y"}]), "same"),
    ("room for evidence", lambda v: items(v)[0].update(evidence={"max_length": 50}), "same"),
    ("version", lambda v: v["questionnaire"].update(version="9"), "same"),
    ("another id", lambda v: items(v)[0].update(id="sa_rule"), "other"),
    ("rates another topic", lambda v: items(v)[0].update(topic="roles"), "absent"),
    ("another kind", lambda v: v["questionnaire"].update(kind="session"), "absent"),
    ("another framework", lambda v: v["questionnaire"].update(framework="mine"), "other"),
    ("unnamed", lambda v: v.update(privacy={"mode": "anonymous"}), "other"),
    ("a further item", lambda v: items(v).append({**items(v)[0], "id": "sa_2"}), "other"),
    ("moved", lambda v: items(v).append(items(v).pop(0)), "same"),
]


@pytest.mark.parametrize(
    ("change", "wanted"), [one[1:] for one in RATED], ids=[c[0] for c in RATED]
)
def test_a_topic_by_what_changed(change: Callable[[Plain], object], wanted: str) -> None:
    """Same, marked, or not compared; the other topics are not touched by it."""
    found = rated(change)
    likeness = found.topics["code"].likeness if "code" in found.topics else "absent"
    assert likeness == wanted
    assert found.comparable("code") is (wanted in ("same", "reworded"))
    assert ("code" in found.reworded()) is (wanted == "reworded")
    assert ("code" in found.other()) is (wanted == "other")
    if wanted == "reworded":
        assert CODE in found.topics["code"].items


def test_a_renamed_item_is_the_same() -> None:
    """Declared: the same. Also reworded: marked, named by its present id."""

    def rename(value: Plain) -> None:
        items(value)[0]["id"] = "sa_ethics"
        renaming(value, sa_code="sa_ethics")

    def reword(value: Plain) -> None:
        rename(value)
        items(value)[0]["text"] = FRENCH_AND_DUTCH

    assert rated(rename).topics["code"] == SAME
    assert rated(reword).topics["code"] == Alike("reworded", (("test.self", "sa_ethics"),))


def test_renamed_twice() -> None:
    """The wave between tells of the first time; without it, the item is another one."""
    names = ("sa_code", "sa_rules", "sa_ethics")

    def called(place: int) -> Callable[[Plain], None]:
        def change(value: Plain) -> None:
            items(value)[0]["id"] = names[place]
            renaming(value, **{names[place - 1]: names[place]})

        return change

    first = results(assessment())
    second, third = (results(changed(assessment(), called(place))) for place in (1, 2))
    assert compare(first, third, [second]).topics["code"] == SAME
    assert compare(first, third).topics["code"].likeness == "other"


def test_two_items_of_one_topic() -> None:
    """The one that changed is named; one that breaks takes the topic with it."""

    def second(value: Plain) -> None:
        items(value).append({**items(value)[0], "id": "sa_more"})

    then = changed(assessment(), second)
    reworded = changed(then, lambda v: items(v)[-1].update(text=FRENCH_AND_DUTCH))
    found = compare(results(then), results(reworded))
    assert found.topics["code"] == Alike("reworded", (("test.self", "sa_more"),))
    gone = compare(results(then), results(assessment()))
    assert gone.topics["code"].likeness == "other"
    assert gone.topics["roles"] == SAME


def test_no_language_in_common() -> None:
    """Then in French, now in Dutch: nobody can say that it is the same."""

    def only(language: str) -> Callable[[Plain], None]:
        def change(value: Plain) -> None:
            value["questionnaire"] |= {"languages": [language], "default_language": language}

        return change

    then, now = (changed(assessment(), only(language)) for language in ("fr", "nl"))
    assert compare(results(then), results(now)).topics["code"].likeness == "reworded"


def levels(**more: Any) -> Framework:
    """The framework with something else at its highest level, or another level."""
    value = copy.deepcopy(FRAMEWORK)
    value["levels"][-1] |= more
    if not more:
        value["levels"].append({**value["levels"][-1], "level": 6})
    return Framework.model_validate(value)


def test_levels_of_the_framework() -> None:
    """One more: not compared. Described otherwise: marked, unless the item describes its own."""
    now = levels(definition={"fr": "Autre", "nl": "Ander"})
    bare, own = assessment(), assessment({str(n): {"fr": "v", "nl": "v"} for n in range(6)})
    for asked, frame, wanted in (
        (bare, levels(), "other"),
        (bare, now, "reworded"),
        (own, now, "same"),
        (own, levels(name={"fr": "Autre", "nl": "Ander"}), "reworded"),
    ):
        found = compare(results(asked), results(asked, frame=frame))
        assert found.topics["code"].likeness == wanted
    said_by_staff = compare(results(survey()), results(survey(), frame=levels())).themes
    assert set(said_by_staff.values()) == {SAME}  # no statement is rated by levels


def test_a_note_goes_up_the_tree() -> None:
    """The function, its pillar and the whole carry it; the other pillars do not."""
    found = rated(lambda v: items(v)[0].update(text=FRENCH_AND_DUTCH))
    noted = {node for node in (*framework().nodes, OVERALL) if found.noted(framework(), node)}
    assert noted == {"guide", "instruments", OVERALL}


def test_a_topic_asked_once() -> None:
    """A core topic left out makes a note; a complementary one, as in the short form, none."""
    for topic, wanted in (("training", False), ("cycle", True)):

        def without(value: Plain, topic: str = topic) -> None:
            items(value)[:] = [one for one in items(value) if one["topic"] != topic]

        found = rated(without)
        assert found.only_once == {topic}
        assert found.noted(framework(), OVERALL) is wanted
        assert topic not in found.other()


SAID: list[tuple[str, Callable[[Plain], object], Mapping[str, str]]] = [
    ("stem", lambda v: items(v)[0].update(text=FRENCH_AND_DUTCH), {"clarity": "reworded"}),
    ("turned round", lambda v: items(v)[2].pop("reverse"), {"speaking": "other"}),
    ("knowledge", lambda v: items(v)[1].pop("knowledge"), {"clarity": "other"}),
    ("statement more", lambda v: items(v)[3].update(theme="speaking"), {"speaking": "other"}),
    ("statement less", lambda v: items(v)[0].pop("theme"), {"clarity": "other"}),
    ("another id", lambda v: items(v)[0].update(id="plain"), {"clarity": "other"}),
    ("label of a theme", lambda v: v["themes"][0]["label"].update(fr="Y"), {}),
    ("higher k", lambda v: v["privacy"].update(k_total=9), {}),
    ("lower k", lambda v: v["privacy"].update(k=6), {}),
    ("topic", lambda v: items(v)[0].update(topic="cycle"), {"clarity": "other"}),
    (
        "words of the scale",
        lambda v: v["scales"]["agree"]["codes"][0]["text"].update(fr="Y"),
        {"clarity": "reworded", "speaking": "reworded"},
    ),
    (
        "what is favourable",
        lambda v: v["scales"]["agree"].update(favourable=[5]),
        {"clarity": "other", "speaking": "other"},
    ),
    (
        "non-answer more",
        lambda v: v["scales"]["agree"].update(non_answers=["dk", "na"]),
        {"clarity": "reworded", "speaking": "reworded"},
    ),
]


@pytest.mark.parametrize(("change", "wanted"), [one[1:] for one in SAID], ids=[c[0] for c in SAID])
def test_a_theme_by_what_changed(
    change: Callable[[Plain], object], wanted: Mapping[str, str]
) -> None:
    """A theme is compared when it consists of the same statements on the same scale."""
    found = said(change).themes
    likeness = {theme: one.likeness for (_, theme), one in found.items() if one != SAME}
    assert likeness == wanted


def test_a_renamed_statement_and_a_renamed_scale() -> None:
    """Neither changes anything."""

    def change(value: Plain) -> None:
        items(value)[0]["id"] = "plain"
        renaming(value, clear="plain")
        value["scales"]["likert"] = value["scales"].pop("agree")
        for item in items(value):
            item["scale"] = "likert"

    assert set(said(change).themes.values()) == {SAME}


CONDITIONS: list[tuple[str, Callable[[Plain], object], set[str]]] = [
    ("of the item", lambda v: items(v)[3].update(show_if="answered(clear)"), {"speaking"}),
    (
        "of the section",
        lambda v: v["sections"][0].update(show_if="1 == 1"),
        {"clarity", "speaking"},
    ),
    (
        "order of the section",
        lambda v: v["sections"][0].update(order="random"),
        {"clarity", "speaking"},
    ),
    ("required", lambda v: items(v)[3].update(required=True), {"speaking"}),
    ("computed", lambda v: v["computed"][0].update(expr="alone > 2"), {"clarity"}),
    ("not used", lambda v: v["computed"][1].update(expr="alone > 2"), set()),
    ("a part of its name", lambda v: v["computed"][2].update(expr="alone > 2"), set()),
]


@pytest.mark.parametrize(
    ("change", "wanted"), [one[1:] for one in CONDITIONS], ids=[c[0] for c in CONDITIONS]
)
def test_other_conditions(change: Callable[[Plain], object], wanted: set[str]) -> None:
    """Who is asked, and whether silence is accepted: compared with a mark."""

    def prepared(value: Plain) -> None:
        value["computed"] = [
            {"id": one, "expr": "alone > 1"} for one in ("heard", "unused", "hear")
        ]
        items(value).insert(0, items(value).pop())  # "alone" stands first
        items(value)[1]["show_if"] = "heard"

    then = changed(survey(), prepared)
    found = compare(results(then), results(changed(then, change))).themes
    assert {theme for (_, theme), one in found.items() if one.likeness == "reworded"} == wanted
    assert "other" not in {one.likeness for one in found.values()}


def test_rows_of_a_matrix() -> None:
    """The stem of the matrix belongs to every row, the words of a row and its direction to it."""

    def gathered(value: Plain) -> None:
        rows = [
            {k: v for k, v in one.items() if k not in ("type", "scale")} for one in items(value)
        ]
        stem = {"fr": "Avis", "nl": "Mening"}
        matrix = {"id": "all_of_them", "type": "matrix", "scale": "agree", "text": stem}
        value["sections"][0]["items"] = [{**matrix, "rows": rows}]

    then = changed(survey(), gathered)
    row = changed(then, lambda v: items(v)[0]["rows"][2].update(text=FRENCH_AND_DUTCH))
    stem = changed(then, lambda v: items(v)[0].update(text=FRENCH_AND_DUTCH))
    for now, wanted in ((row, {"speaking"}), (stem, {"clarity", "speaking"})):
        found = compare(results(then), results(now)).themes
        assert {t for (_, t), one in found.items() if one.likeness == "reworded"} == wanted
    turned = changed(then, lambda v: items(v)[0]["rows"][2].pop("reverse"))
    found = compare(results(then), results(turned)).themes
    assert {t: one.likeness for (_, t), one in found.items()} == {
        "clarity": "same",
        "speaking": "other",
    }
