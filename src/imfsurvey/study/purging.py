"""Destroying what was answered, when it need not be kept any longer.

What goes: the boxes of a closed wave, answers and comments alike, and on request the named
self-assessments. What stays: the figures, the closing record with its set hashes, the
questionnaires, and the record of destruction.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.source.document import read
from imfsurvey.source.model import LanguageVersion, Many, SourceModel, validated
from imfsurvey.store.disk import erase_file, explained
from imfsurvey.study.assessment import ASSESSMENT_FILE
from imfsurvey.study.boxes import response_store
from imfsurvey.study.closing import BoxAccount, boxes_in, contents
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.identity import Day
from imfsurvey.study.moving import empty_old
from imfsurvey.study.sessions.record import destroy_votes, vote_accounts
from imfsurvey.study.sessions.session import sessions_of
from imfsurvey.study.settling import settle
from imfsurvey.study.wave import Wave

DESTRUCTION_FILE = "destruction.yaml"


class Decision(SourceModel):
    """That something was to be destroyed."""

    on: Day
    by: str
    """Who decided it."""
    reference: str
    """The authorisation or selection list that it rests on."""
    early: str = ""
    """Why before the date that respondents were told."""


class DestructionRecord(Decision):
    """A whole destruction.yaml, validated: first the decision that destroyed the responses."""

    imfsurvey: LanguageVersion
    wave: str
    uid: str
    boxes: Many[BoxAccount]
    """What the boxes held."""
    assessment: bool
    """Whether the named self-assessments were destroyed too."""
    assessment_later: Decision | None = None
    """By which decision, where it was another one."""


def destruction_record(wave: Wave) -> DestructionRecord | None:
    """The record of a wave whose responses were destroyed; None when they were not."""
    path = wave.folder / DESTRUCTION_FILE
    return validated(DestructionRecord, read(path)) if path.is_file() else None


def require_due(wave: Wave, today: datetime.date, early: str) -> None:
    """Raise `RefusedError` unless the wave is closed and may be destroyed on that day."""
    wave.require("closed")
    until = wave.file.keep_until
    if until is not None and today <= until and not early.strip():
        raise RefusedError(
            "IMF-T185",
            "The answers of wave '{wave}' are kept until {date}, as respondents were told. To "
            "destroy them before, give the reason with --early.",
            wave=wave.id,
            date=until,
        )


def purge(
    wave: Wave,
    today: datetime.date,
    *,
    by: str,
    reference: str,
    early: str = "",
    assessment: bool = False,
) -> DestructionRecord:
    """Destroy the responses of a closed wave. Killed in between, it is simply done again.

    The record is written first: what it lists is gone or about to go. The wave is held: nobody
    unseals or moves meanwhile what is being destroyed. Raises `RefusedError` as `require_due`
    does, `StorageError`.
    """
    with wave.held("closed"):
        require_due(wave, today, early)
        decision = Decision(on=today, by=by, reference=reference, early=early)
        record = _record(wave, decision, destruction_record(wave), assessment=assessment)
        content = {"imfsurvey": 1, **record.model_dump(mode="json", exclude_none=True)}
        write_text(wave.folder / DESTRUCTION_FILE, yaml_text(content))
        _destroy(wave, assessment=record.assessment)
    return record


def _record(
    wave: Wave, decision: Decision, before: DestructionRecord | None, *, assessment: bool
) -> DestructionRecord:
    """What is kept of a decision. The first one stays, however often the command is repeated."""
    if before is None:
        return DestructionRecord(
            imfsurvey=1,
            wave=wave.id,
            uid=wave.file.uid,
            **decision.model_dump(),
            boxes=tuple(_held(wave)),
            assessment=assessment,
        )
    if not assessment or before.assessment:
        return before
    return before.model_copy(update={"assessment": True, "assessment_later": decision})


def _destroy(wave: Wave, *, assessment: bool) -> None:
    empty_old(wave)
    for box in boxes_in(wave):
        with response_store(box) as store:
            store.destroy()
    destroy_votes(wave)
    settle(wave)
    if assessment:
        for path in wave.folder.glob(f"{ASSESSMENT_FILE}*"):
            with explained(path):
                erase_file(path)


def _held(wave: Wave) -> Sequence[BoxAccount]:
    votes = (
        one.model_copy(update={"box": f"{session.name}/{one.box}"})
        for session in sessions_of(wave)
        for one in vote_accounts(session)
    )
    return [*(one.account for one in contents(wave)), *votes]
