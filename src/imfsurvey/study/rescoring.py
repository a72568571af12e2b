"""The ratings of an earlier wave under the rule of a later one, when the rule has changed."""

from __future__ import annotations

from imfsurvey.analysis.figures import MaturityFigures, Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.framework import Framework
from imfsurvey.study.fitness import comparable, other_rule
from imfsurvey.study.results import WaveResults


def rescored(then: WaveResults, framework: Framework) -> MaturityFigures | None:
    """The figures that the ratings of a wave give under another framework; None without ratings,
    where the rule is the same, and where the two cannot be compared.

    A topic that the earlier framework did not have was not asked: it counts nowhere.
    """
    found = then.figures.maturity
    if found is None or then.framework == framework:
        return None
    if not comparable(then.framework, framework) or not other_rule(then.framework, framework):
        return None
    known = {topic.id for topic in then.framework.rated_topics}
    ratings = {
        topic.id: found.ratings.get(topic.id, Rating("blank" if topic.id in known else "na"))
        for topic in framework.rated_topics
        if topic.id in found.ratings or topic.id not in known or topic.layer == "core"
    }
    approved = then.figures.policy_approved_on is not None
    return measure(framework, ratings, policy_approved=approved)
