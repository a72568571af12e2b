"""The page "what we store and what we do not" says what is true of this wave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imfsurvey.faces.web.survey import Survey
from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.report.papers.facts import asked_of, facts_of
from imfsurvey.report.papers.notice import Topic, topics
from imfsurvey.study.folder import Study


def found(study: Study, survey: Survey, language: str, *, tickets: bool) -> list[Topic]:
    """All topics."""
    t = translator(language)
    facts = replace(facts_of(study, survey.wave, t), tickets=tickets)
    return topics(facts, asked_of(survey.questionnaire, t), t, browser=True)


def told(study: Study, survey: Survey, language: str = "en", *, tickets: bool = False) -> str:
    """All sentences."""
    topics_told = found(study, survey, language, tickets=tickets)
    return "\n".join(sentence for topic in topics_told for sentence in topic.sentences)


def test_it_names_who_asks_and_who_can_open(study: Study, survey: Survey) -> None:
    """Entity, mandate holder, officer, the holders of the keys, the last day, the thresholds."""
    text = told(study, survey)
    for fact in ("Zone 5399", "Anne Dubois", "Jan Peeters", "Officer (Office)", "Dpo (Office)"):
        assert fact in text
    assert "from 5 answers on" in text and "from 10 answers on" in text
    assert "at least 12 people" in text
    assert survey.wave.file.keep_until is not None
    assert str(survey.wave.file.keep_until.year) in text


def test_what_a_lawyer_must_settle_is_marked(study: Study, survey: Survey) -> None:
    """The legal basis, and nothing else."""
    told_of = found(study, survey, "en", tickets=False)
    assert [topic.title for topic in told_of if topic.to_confirm] == ["Legal basis"]


def test_tickets_are_told_of_where_there_are_any(study: Study, survey: Survey) -> None:
    """And not where there are none."""
    assert "ticket" in told(study, survey, tickets=True)
    assert "ticket" not in told(study, survey)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_every_language(study: Study, survey: Survey, language: str) -> None:
    """No sentence stays in another language."""
    text = told(study, survey, language, tickets=True)
    assert ("No name, no number" in text) == (language == "en")
