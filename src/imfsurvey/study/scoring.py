"""From what was collected in a wave to its figures."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from imfsurvey.analysis.figures import MaturityFigures, Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.interview import Answer, Interview
from imfsurvey.questionnaire import MaturityItem, Questionnaire
from imfsurvey.study.agreeing import Agreements, agreed_ratings, said
from imfsurvey.study.assessment import Assessment, Draft
from imfsurvey.study.identity import StudyFile
from imfsurvey.study.kinds import INTERNAL, RATERS, Counted, Rater
from imfsurvey.study.results import Agreed, Corrected, Side, Unfinished, WaveFigures
from imfsurvey.study.targets import Targets
from imfsurvey.study.wave import Wave

Drafts = dict[Rater, dict[str, Draft]]
"""By rater, then by questionnaire id."""


def score(wave: Wave, study: StudyFile, today: datetime.date) -> WaveFigures:
    """The figures of a wave as it stands, without perception: those are sealed.

    Raises `StorageError` when something stored cannot be read.
    """
    drafts = _drafts(wave)
    revision = wave.file.revision
    day = revision.as_of if revision is not None else wave.file.closed_on or today
    approved = study.approved_by_day(day)
    band = (study.balance_band.low, study.balance_band.high) if study.balance_band else None

    def measured(ratings: Mapping[str, Rating]) -> MaturityFigures:
        return measure(wave.framework, ratings, policy_approved=approved is not None, band=band)

    parts = self_assessments(wave)
    given = {rater: _ratings(wave, by_part) for rater, by_part in drafts.items()}
    agreed = Agreements(wave).current()
    rater, counted = _counted(given, agreed)
    maturity = measured(counted) if counted is not None else None
    return WaveFigures(
        wave=wave.id,
        kind=wave.file.kind,
        label=wave.file.label,
        status=wave.file.status,
        opened_on=wave.file.opened_on,
        closed_on=wave.file.closed_on,
        entity=study.entity.name,
        mandatary=study.mandatary.name,
        officer=study.officer.name,
        policy_approved_on=approved,
        rater=rater,
        raters=tuple(drafts),
        sides=tuple(
            Side(
                one,
                all(part.id in by_part and by_part[part.id].finished for part in parts),
                {topic: said(rating) for topic, rating in given[one].items()},
                _levels(measured(given[one])),
            )
            for one, by_part in drafts.items()
        ),
        agreed=tuple(agreed.values()),
        targets=Targets(wave.folder.parent.parent).of(wave.framework) if parts else (),
        corrected=Corrected(revision.of, revision.number, revision.why) if revision else None,
        unfinished=tuple(_unfinished(wave, drafts, today)),
        maturity=maturity,
        perception=(),
        hashes={
            wave.framework.framework.id: wave.file.framework.hash if wave.file.framework else "",
            **{one.id: one.form_hash for one in wave.questionnaires.values()},
        },
        sealed=tuple(one.id for one in surveys(wave)) if wave.file.status == "closed" else (),
    )


def evidenced(wave: Wave) -> frozenset[str]:
    """The topics for which a rater of the entity named evidence."""
    return frozenset(
        topic
        for rater, by_part in _drafts(wave).items()
        for topic, rating in _ratings(wave, by_part).items()
        if rater in INTERNAL and rating.evidence
    )


def _counted(
    given: Mapping[Rater, Mapping[str, Rating]], agreed: Mapping[str, Agreed]
) -> tuple[Counted | None, Mapping[str, Rating] | None]:
    """Whose ratings count, and these: what was agreed on, when that is every topic that was
    asked; else those of the first rater of the entity."""
    inside = [rater for rater in given if rater in INTERNAL]
    if not inside:
        return None, None
    first = inside[0]
    if agreed and set(agreed) >= set(given[first]):
        asked = {topic: one for topic, one in agreed.items() if topic in given[first]}
        return "agreed", agreed_ratings(asked, given)
    return first, given[first]


def _levels(maturity: MaturityFigures) -> dict[str, int | None]:
    nodes = (maturity.overall, *maturity.nodes.values())
    return {node.node: node.demonstrated for node in nodes}


def self_assessments(wave: Wave) -> tuple[Questionnaire, ...]:
    """The questionnaires of a wave whose ratings give the levels."""
    return tuple(one for one in wave.questionnaires.values() if one.kind == "self_assessment")


def surveys(wave: Wave) -> tuple[Questionnaire, ...]:
    """The questionnaires of a wave that each person answers alone and unnamed, into its boxes.

    Not those of team sessions: their votes are no sample of the staff.
    """
    return tuple(one for one in wave.questionnaires.values() if one.kind == "perception")


def _drafts(wave: Wave) -> Drafts:
    assessment = Assessment(wave)
    result: Drafts = {}
    for rater in RATERS:
        found = {
            questionnaire.id: draft
            for questionnaire in self_assessments(wave)
            if (draft := assessment.draft(questionnaire, rater)) is not None
        }
        if found:
            result[rater] = found
    return result


def _ratings(wave: Wave, drafts: dict[str, Draft]) -> dict[str, Rating]:
    """One rating for each topic that was asked."""
    given: dict[str, list[Answer]] = {}
    for questionnaire in self_assessments(wave):
        draft = drafts.get(questionnaire.id)
        for item in questionnaire.asking_items():
            if isinstance(item, MaturityItem):
                answer = draft.counted.get(item.id, Answer()) if draft else Answer()
                given.setdefault(item.topic, []).append(answer)
    return {topic: _rating(answers) for topic, answers in given.items()}


def _rating(answers: list[Answer]) -> Rating:
    """Several items of one topic: the lowest level; one that is open leaves the topic open.

    An item that is not applicable leaves the topic to the others.
    """
    for answer in answers:
        if answer.status not in ("answered", "na"):
            return Rating("dk" if answer.status == "dk" else "blank", comment=answer.comment)
    levels = [(answer.value, answer) for answer in answers if isinstance(answer.value, int)]
    if not levels:
        first = answers[0]
        return Rating("na", reason=first.reason, comment=first.comment)
    level, lowest = min(levels, key=lambda pair: pair[0])
    return Rating("answered", level, evidence=lowest.evidence, comment=lowest.comment)


def _unfinished(wave: Wave, drafts: Drafts, today: datetime.date) -> Iterator[Unfinished]:
    for rater, by_questionnaire in drafts.items():
        for questionnaire in self_assessments(wave):
            draft = by_questionnaire.get(questionnaire.id)
            if draft is not None and draft.finished:
                continue
            interview = Interview(
                questionnaire,
                wave.framework,
                questionnaire.questionnaire.default_language,
                groups=wave.groups,
                answers=draft.answers if draft else None,
                today=draft.day or today if draft else today,
            )
            yield Unfinished(questionnaire.id, rater, len(interview.unfinished()))
