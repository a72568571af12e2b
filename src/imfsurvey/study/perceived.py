"""What a wave claims beside what its staff see: the one home of "not confirmed by the staff"."""

from __future__ import annotations

from imfsurvey.analysis.gap import TopicGap, gaps
from imfsurvey.study.results import WaveResults


def gaps_of(found: WaveResults) -> tuple[TopicGap, ...]:
    """The topics of a wave that were measured both ways; none without one of the two sources."""
    figures = found.figures
    if figures.maturity is None or not figures.perception:
        return ()
    surveys = [(one, found.questionnaires[one.questionnaire]) for one in figures.perception]
    return gaps(found.framework, figures.maturity.ratings, surveys)
