"""The short form asks less, never otherwise."""

from __future__ import annotations

import content
from marked import ASSESSMENT, WIDE_FRAMEWORK

from imfsurvey.framework.load import framework_from
from imfsurvey.questionnaire import MaturityItem, questionnaire_from
from imfsurvey.questionnaire.short import short_form
from imfsurvey.source.document import parse

FRAMEWORK = content.load_framework(content.SETS / "imf.framework.yaml")


def test_the_short_form_asks_core_topics_with_the_same_texts() -> None:
    """Every core topic is asked by the very same item, no complementary one is."""
    for whole in content.questionnaires(FRAMEWORK):
        assert whole.items and whole.form_hash  # read before: they must not be taken along
        short = short_form(whole, FRAMEWORK)
        assert set(short.items) <= set(whole.items)
        assert set(short.items) == {item.id for one in short.sections for item in one.items}
        assert all(short.items[one] == whole.items[one] for one in short.items)
        left_out = [whole.items[one] for one in whole.items if one not in short.items]
        for item in left_out:
            assert isinstance(item, MaturityItem), item.id
            assert FRAMEWORK.topic_by_id[item.topic].layer == "complementary"
        asked = [i.topic for i in short.items.values() if isinstance(i, MaturityItem)]
        assert all(FRAMEWORK.topic_by_id[topic].layer == "core" for topic in asked)


def test_a_section_that_has_nothing_left_is_left_out() -> None:
    """As one that asks about a complementary topic only."""
    wide = framework_from(parse(WIDE_FRAMEWORK))
    item = "{id: sa_officer, type: maturity, topic: officer, text: {fr: x, nl: x}}"
    more = f"  - {{id: more, title: {{fr: x, nl: x}}, items: [{item}]}}\n"
    whole = questionnaire_from(parse(ASSESSMENT.rstrip("\n") + "\n" + more), wide)
    sections = [one.id for one in whole.sections]
    assert [one.id for one in short_form(whole, wide).sections] == sections[:-1]
    assert sections[-1] == "more"


def test_the_short_form_is_another_form() -> None:
    """Responses to the one are not taken for responses to the other, where they differ."""
    whole = next(q for q in content.questionnaires(FRAMEWORK) if "processes" in q.id)
    assert short_form(whole, FRAMEWORK).form_hash != whole.form_hash
