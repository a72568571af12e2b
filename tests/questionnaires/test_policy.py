"""The shipped integrity policy form: complete, four languages, within the space of a screen."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from imfsurvey.framework import Framework, load_framework
from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.interview import EntryInterview, Interview, Progress
from imfsurvey.interview.dates import typed_date
from imfsurvey.interview.within import add_entry
from imfsurvey.questionnaire import (
    DateItem,
    Item,
    Questionnaire,
    RepeatItem,
    SingleItem,
    TextItem,
    load_questionnaire,
)
from imfsurvey.questionnaire.checks import check
from imfsurvey.questionnaire.shipped import FRAMEWORK, PERCEPTION, POLICY, SELF_ASSESSMENT, shipped
from imfsurvey.questionnaire.written import Precision
from imfsurvey.source.document import read
from imfsurvey.source.texts import texts_of

STATEMENT, HINT_LINES, WIDTH = 150, 2, 76


@cache
def framework() -> Framework:
    """The shipped framework."""
    return load_framework(shipped(FRAMEWORK))


@cache
def policy() -> Questionnaire:
    """The shipped policy form."""
    return load_questionnaire(shipped(POLICY), framework())


def every_item() -> Iterator[Item]:
    """Every item, those of repeats behind their repeat."""
    for item in policy().items.values():
        yield item
        if isinstance(item, RepeatItem):
            yield from item.items


def test_it_has_no_error_and_no_warning() -> None:
    """And it is a policy, in none of the sets that a wave takes by itself."""
    assert check(policy(), framework(), read(shipped(POLICY))) == []
    assert (policy().id, policy().kind) == ("imf.policy", "policy")
    assert POLICY not in (*SELF_ASSESSMENT, PERCEPTION)


def test_it_has_the_seven_sections_of_the_model_policy() -> None:
    """In its order."""
    assert [section.id for section in policy().sections] == [
        *("identification", "ambition", "actions", "actors"),
        *("monitoring", "evaluation", "communication"),
    ]


def test_every_topic_of_the_policy_is_asked() -> None:
    """And no other one."""
    wanted = {topic.id for topic in framework().topics if topic.under == "policy"}
    named = {getattr(item, "topic", None) for item in policy().asking_items()}
    assert len(wanted) == 11
    assert named == wanted


def test_objectives_hang_together() -> None:
    """What belongs to a strategic or an operational objective chooses it."""
    chosen = {
        (item.id, field.choices_from)
        for item in policy().items.values()
        if isinstance(item, RepeatItem)
        for field in item.items
        if isinstance(field, SingleItem) and field.choices_from
    }
    assert chosen == {
        ("po_strategic", "po_risks"),
        ("po_operational", "po_strategic"),
        *((item, "po_operational") for item in ("po_actions", "po_actors")),
        *((item, "po_operational") for item in ("po_monitoring", "po_evaluation")),
    }


def fill(interview: Interview, item: Item) -> None:
    """Say something to an item: the first option, a text, a date of its precision."""
    if isinstance(item, RepeatItem):
        for number in range(2):
            add_entry(interview, item, f"{item.id.replace('_', '-')}-{number}")
            entry = EntryInterview(interview, item, f"{item.id.replace('_', '-')}-{number}")
            for field in item.items:
                fill(entry, field)
    elif isinstance(item, TextItem):
        interview.record(item.id, "answered", f"Texte de {item.id}")
    elif isinstance(item, DateItem):
        interview.record(item.id, "answered", typed_date(DATES[item.precision], item.precision))
    else:
        interview.record(item.id, "answered", interview.options(item)[-1].value)


DATES: Mapping[Precision, str] = {"day": "31/3/2027", "month": "3/2027", "year": "2027"}


def test_it_can_be_written_from_the_first_page_to_the_last() -> None:
    """Every choice has something to choose from when its page comes; then nothing is open."""
    interview = Interview(policy(), framework(), "fr")
    assert len(interview.unfinished()) == len(list(policy().asking_items()))
    for item in policy().asking_items():
        fill(interview, item)
    assert interview.unfinished() == ()
    assert interview.progress == Progress(23, 23)


def test_it_speaks_four_languages() -> None:
    """Each text is there in all of them."""
    assert set(policy().questionnaire.languages) == set(LANGUAGES)
    texts = [text for _, text in texts_of(policy())]
    assert len(texts) > 100
    assert all(text.languages() == set(LANGUAGES) for text in texts)


def test_it_is_typeset() -> None:
    """Curly apostrophes; in French, a sign is never parted from its word."""
    texts = [text for _, text in texts_of(policy())]
    assert [text.root for text in texts if any("'" in one for one in text.root.values())] == []
    assert [text.root["fr"] for text in texts if re.search(r" [:;!?»%]|« ", text.root["fr"])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_fit_the_screen(language: str) -> None:
    """Statements of 150 characters at most, hints of two lines of 76 columns."""
    too_long = []
    for item in every_item():
        hint = item.hint.say(language) if item.hint else ""
        if len(item.text.say(language)) > STATEMENT or len(textwrap.wrap(hint, WIDTH)) > HINT_LINES:
            too_long.append(item.id)
    assert too_long == []
