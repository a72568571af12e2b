"""Which topics count, and at which level: the ground that level, index and balance stand on."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from imfsurvey.analysis.figures import Rating
from imfsurvey.framework import Framework, Topic
from imfsurvey.i18n.errors import InputError


def in_framework_order(framework: Framework, ratings: Mapping[str, Rating]) -> dict[str, Rating]:
    """The ratings as given, in the order of the framework's topics.

    Raises `InputError` for a topic that the framework does not rate, and for a rating whose level
    and status contradict each other or whose level is not on the framework's scale.
    """
    rated = {topic.id for topic in framework.rated_topics}
    for topic_id, rating in ratings.items():
        if topic_id not in rated:
            raise InputError(
                "IMF-A101", "the framework does not rate a topic '{topic}'", topic=topic_id
            )
        if rating.status == "answered":
            fits = rating.level is not None and 0 <= rating.level <= framework.max_level
        else:
            fits = rating.level is None
        if not fits:
            raise InputError(
                "IMF-A102",
                "topic '{topic}': a rated topic needs a level from 0 to {highest}, any other none",
                topic=topic_id,
                highest=framework.max_level,
            )
    return {topic.id: ratings[topic.id] for topic in framework.topics if topic.id in ratings}


def levels_in_scope(
    framework: Framework, ratings: Mapping[str, Rating], *, open_as: int
) -> dict[str, int]:
    """The level of every rated topic that is in scope, by topic id, in the framework's order.

    What is open ("don't know", blank) counts as `open_as`: 0 for what is demonstrated, the highest
    level for what is still possible. What is not applicable is left out. A core topic without a
    rating is open, so that no questionnaire can leave the hard questions out; a complementary one
    without a rating was not asked, and is left out. Expects ratings that `in_framework_order`
    accepts.
    """
    levels: dict[str, int] = {}
    for topic in framework.rated_topics:
        unrated = Rating("blank" if topic.layer == "core" else "na")
        rating = ratings.get(topic.id, unrated)
        if rating.status != "na":
            levels[topic.id] = open_as if rating.level is None else rating.level
    return levels


def weight(framework: Framework, topic: Topic) -> int:
    """What a rated topic weighs in an index, by its layer."""
    weights = framework.aggregation.weights
    return weights.core if topic.layer == "core" else weights.complementary


def worth(framework: Framework, level: int) -> Fraction:
    """What a topic at a level counts for, on the scale of levels: the level, or its own value.

    A value is 0 to 1 of the highest level, taken as the decimal that stands in the file.
    """
    value = framework.levels[level].value
    return Fraction(level) if value is None else Fraction(str(value)) * framework.max_level
