"""The content: budgets, completeness, no filler, one term for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import content
import pytest
from pydantic import BaseModel
from stage import running

from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.framework import Framework, Topic
from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.interview import Interview
from imfsurvey.questionnaire import (
    Choice,
    LikertItem,
    MaturityItem,
    Questionnaire,
    SingleItem,
)
from imfsurvey.source.model import Text

ROOT = Path(__file__).parents[2]
STATEMENT, LEVEL, CHOICE, STEP, EVIDENCE, SENTENCE = 150, 140, 40, 160, 60, 200
STAFF_SENTENCE = 20
"""Words at most of a sentence that staff read."""
ALIKE = 0.5
"""Words in common / words in all, above which two descriptions say the same of two topics."""

FRAMEWORK: Framework = content.load_framework(content.SETS / "imf.framework.yaml")
SETS: dict[str, Questionnaire] = {one.id: one for one in content.questionnaires(FRAMEWORK)}
RATED: dict[str, MaturityItem] = {
    item.topic: item
    for questionnaire in SETS.values()
    for item in questionnaire.items.values()
    if isinstance(item, MaturityItem)
}
STAFF = [one for one in SETS.values() if one.kind in ("perception", "session")]

VAGUE = re.compile(
    r"\b(adéquat\w*|suffisant\w*|suffisamment|approprié\w*|adequaat|adequate|voldoende|gepast\w*|"
    r"sufficient\w*|appropriate\w*|adequate\w*|angemessen\w*|ausreichend\w*|geeignet\w*)\b",
    re.IGNORECASE,
)


def every_text(value: object) -> Iterator[Text]:
    """Every text inside a model, whatever holds it."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from every_text(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from every_text(inner)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from every_text(getattr(value, name))


def too_long(texts: Iterator[Text] | list[Text], limit: int) -> list[str]:
    """Those that are longer than the limit in some language."""
    return [text for one in texts for text in one.root.values() if len(text) > limit]


@pytest.mark.parametrize("topic", FRAMEWORK.rated_topics, ids=lambda topic: topic.id)
def test_every_topic_is_explained(topic: Topic) -> None:
    """What it is, why it matters, what goes wrong: one sentence each, in four languages."""
    for text in (topic.explanation, topic.why, topic.risk):
        assert text is not None
        assert set(text.root) == set(LANGUAGES)
        assert too_long([text], SENTENCE) == []


def test_every_rated_topic_is_asked_once() -> None:
    """Each topic of the self-assessment has exactly one item."""
    asked = [
        item.topic
        for questionnaire in SETS.values()
        for item in questionnaire.items.values()
        if isinstance(item, MaturityItem)
    ]
    assert sorted(asked) == sorted(topic.id for topic in FRAMEWORK.rated_topics)


@pytest.mark.parametrize("item", RATED.values(), ids=RATED)
def test_every_rubric_is_whole_and_within_its_budget(item: MaturityItem) -> None:
    """Six levels, two to four kinds of evidence, a next step from each level but the last."""
    assert item.rubric is not None and item.next_steps is not None
    assert list(item.rubric) == ["0", "1", "2", "3", "4", "5"]
    assert list(item.next_steps) == ["0", "1", "2", "3", "4"]
    assert 2 <= len(item.evidence_kinds) <= 4
    assert too_long([item.text], STATEMENT) == []
    assert too_long(list(item.rubric.values()), LEVEL) == []
    assert too_long([step.text for step in item.next_steps.values()], STEP) == []
    assert too_long(list(item.evidence_kinds), EVIDENCE) == []
    for text in item.rubric.values():
        assert [one for one in text.root.values() if VAGUE.search(one)] == []


def test_next_steps_use_both_approaches() -> None:
    """Neither approach carries less than a third of the actions: the framework asks for both."""
    approaches = [
        step.approach for one in RATED.values() for step in (one.next_steps or {}).values()
    ]
    assert len(approaches) == 65 * 5
    for approach in ("controlling", "stimulating"):
        assert approaches.count(approach) > len(approaches) / 3


def masked(text: str, own: frozenset[str]) -> frozenset[str]:
    """The words of a level description without the topic's own."""
    words = re.findall(r"\w{4,}", text.lower())
    return frozenset(word for word in words if word[:5] not in own)


def own_words(topic: Topic, item: MaturityItem, language: str) -> frozenset[str]:
    """The beginnings of the words of a topic's label and statement."""
    said = f"{topic.label.say(language)} {item.text.say(language)}".lower()
    return frozenset(word[:5] for word in re.findall(r"\w{4,}", said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_topics_read_alike(language: str) -> None:
    """Without the topics' own words, no two descriptions of a level share most of their words."""
    alike = []
    for level in "012345":
        described = {
            topic: masked(
                (item.rubric or {})[level].say(language),
                own_words(FRAMEWORK.topic_by_id[topic], item, language),
            )
            for topic, item in RATED.items()
        }
        for (one, left), (other, right) in combinations(described.items(), 2):
            if len(left & right) > ALIKE * len(left | right):
                alike.append(f"{level} {one} ~ {other}: {sorted(left & right)}")
    assert alike == []


def sentences(text: str) -> list[str]:
    """A text cut at the ends of its sentences."""
    return [part for part in re.split(r"(?<=[.!?:;])\s+|\n+", text) if part]


@pytest.mark.parametrize("questionnaire", STAFF, ids=lambda one: one.id)
def test_staff_read_short_sentences(questionnaire: Questionnaire) -> None:
    """At most 20 words a sentence in what staff read."""
    read = [
        text
        for section in questionnaire.sections
        for one in (section.introduction, *(item.text for item in section.items))
        if one is not None
        for text in one.root.values()
    ]
    long = [
        sentence
        for text in read
        for sentence in sentences(text)
        if len(re.findall(r"[^\s\u00a0]*\w[^\s\u00a0]*", sentence)) > STAFF_SENTENCE
    ]
    assert long == []


@pytest.mark.parametrize("questionnaire", SETS.values(), ids=SETS)
def test_choices_are_short(questionnaire: Questionnaire) -> None:
    """A choice fits its line."""
    assert too_long(list(every_text(questionnaire.scales)), CHOICE) == []


def avoided() -> list[tuple[str, str]]:
    """Language and word of the last column of docs/terms.md."""
    found = []
    for line in (ROOT / "docs" / "terms.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and cells[0] not in ("term", "---"):
            for word in filter(None, cells[5].split(";")):
                language, _, avoid = word.strip().partition(": ")
                found.append((language, avoid))
    return found


@pytest.mark.parametrize(("language", "word"), avoided())
def test_one_term_for_one_thing(language: str, word: str) -> None:
    """No shipped text uses a word that the term list replaces."""
    pattern = re.compile(rf"\b{re.escape(word)}\b")
    texts = [text for one in SETS.values() for text in every_text(one)]
    texts += list(every_text(FRAMEWORK.topics))
    assert [t.root[language] for t in texts if pattern.search(t.root.get(language, ""))] == []


def test_the_coverage_table_is_fresh() -> None:
    """docs/content.md says what `python3 dev.py content` would write."""
    assert content.PAGE.read_text("utf-8") == content.page()


def asked() -> set[tuple[str, str]]:
    """Topic and kind of every item, those inside lists included."""
    found = set()
    for questionnaire in SETS.values():
        for item in questionnaire.items.values():
            for one in (item, *getattr(item, "items", ())):
                if getattr(one, "topic", None):
                    found.add((one.topic, questionnaire.kind))
    return found


def test_every_topic_is_asked_where_it_should_be() -> None:
    """Rated topics in the self-assessment, those of the document in the policy set."""
    wanted = {(topic.id, "self_assessment") for topic in FRAMEWORK.rated_topics}
    rated = {topic.id for topic in FRAMEWORK.rated_topics}
    wanted |= {(topic.id, "policy") for topic in FRAMEWORK.topics if topic.id not in rated}
    assert len(wanted) == 65 + 11
    assert wanted - asked() == set()


def test_every_item_that_is_rated_or_agreed_to_names_a_topic() -> None:
    """What gives a figure can be traced to the source text."""
    nameless = [
        item.id
        for questionnaire in SETS.values()
        for item in questionnaire.items.values()
        if isinstance(item, LikertItem | MaturityItem) and item.topic not in FRAMEWORK.topic_by_id
    ]
    assert nameless == []


class Unstored:
    """A sitting that stores nothing: only the pages are looked at."""

    resumable = True
    aside = None
    last_time = None

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        groups = [
            Choice(code=code, text=Text({"fr": code, "nl": code, "en": code, "de": code}))
            for code in ("operations", "calog", "command")
        ]
        self.interview = Interview(questionnaire, FRAMEWORK, language, groups=groups)

    def keep(self) -> None:
        """Nothing."""

    def finish(self) -> None:
        """Nothing."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("questionnaire", SETS.values(), ids=SETS)
async def test_every_page_fits_the_smallest_screen(
    questionnaire: Questionnaire, language: str
) -> None:
    """At 80 columns and 24 lines no page of a shipped set needs scrolling, in any language."""
    sitting = Unstored(questionnaire, language)
    overflow = []
    async with running(lambda: InterviewScreen(sitting), (80, 24), language) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, InterviewScreen)
        body = screen.query_one("#body")
        for item in questionnaire.items.values():
            screen.interview.go_to(item.id)
            screen.translate()
            await pilot.pause()
            if body.max_scroll_y > 0:
                overflow.append((item.id, body.max_scroll_y))
            offered = bool(screen.interview.options(item))
            assert offered == isinstance(item, SingleItem | LikertItem | MaturityItem)
    assert overflow == []
