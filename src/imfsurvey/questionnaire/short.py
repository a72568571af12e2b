"""The short form of a questionnaire: the items on core topics, with the same ids and texts."""

from __future__ import annotations

from imfsurvey.framework import Framework
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.questionnaire.rated import MaturityItem


def short_form(questionnaire: Questionnaire, framework: Framework) -> Questionnaire:
    """The questionnaire without its ratings of complementary topics.

    A section that has nothing left is left out. Indices of core topics can be compared with those
    of the long form, since nothing that is asked has changed.
    """
    core = {topic.id for topic in framework.rated_topics if topic.layer == "core"}
    sections = []
    for section in questionnaire.sections:
        items = tuple(
            item
            for item in section.items
            if not isinstance(item, MaturityItem) or item.topic in core
        )
        if items:
            sections.append(section.model_copy(update={"items": items}))
    # Built anew: a copy would take the cached items and hash of the long form along.
    whole = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    return Questionnaire.model_construct(**{**whole, "sections": tuple(sections)})
