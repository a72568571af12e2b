"""The page "what we store and what we do not" of the survey that these pages offer."""

from __future__ import annotations

from imfsurvey.faces.web.survey import Survey
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.papers.facts import asked_of, facts_of
from imfsurvey.report.papers.notice import Topic, topics


def told(survey: Survey, t: Translator) -> list[Topic]:
    """Everything that people are told before the first question."""
    facts = facts_of(survey.study, survey.wave, t)
    return topics(facts, asked_of(survey.questionnaire, t), t, browser=True)
