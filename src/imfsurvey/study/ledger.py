"""The ledger: every figure that was ever released of a wave, kept in released.json beside them.

It says of which responses and of whom (the answers to breakdown items) there is a figure, for each
statement; no number. Whatever is released later is checked together with it, so that nothing can be
found by subtracting one release from another. Responses are known by the hash of what lies sealed
in the box, which tells nothing of who or what.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from imfsurvey.analysis.breakdown import Breakdown, Earlier, Where
from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.interview.variables import Code
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.store.desk import Desk
from imfsurvey.study.life import LEDGER, RELEASED_FILE, released
from imfsurvey.study.wave import Wave

_MARK = 16
"""Hexadecimal figures of a hash that are kept: enough to tell responses of one wave apart."""


@dataclass(frozen=True)
class Shown:
    """Of one set of people: the statements that there is a figure on."""

    where: dict[str, Code]
    of: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One release of one survey."""

    on: datetime.date
    questionnaire: str
    responses: tuple[str, ...] | None
    """The marks of the responses counted, sorted; None: all that the closing record counts, in a
    release of before version 0.1."""
    shown: tuple[Shown, ...]

    def by_statement(self) -> dict[str, list[Where]]:
        """By statement: whom there is a figure of."""
        found: dict[str, list[Where]] = {}
        for one in self.shown:
            for statement in one.of:
                found.setdefault(statement, []).append(one.where)
        return found


ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
"""To and from plain JSON data."""


def mark(payload: bytes) -> str:
    """What a response is known by: of its sealed bytes, never of what they say."""
    return hashlib.sha256(payload).hexdigest()[:_MARK]


def entry(
    questionnaire: Questionnaire, breakdown: Breakdown, marks: Sequence[str], on: datetime.date
) -> Entry:
    """The line of a release."""
    of: dict[tuple[tuple[str, Code], ...], list[str]] = {}
    for statement, wheres in breakdown.shown.items():
        for where in wheres:
            of.setdefault(tuple(where.items()), []).append(statement)
    shown = tuple(Shown(dict(where), tuple(statements)) for where, statements in of.items())
    return Entry(on, questionnaire.id, tuple(sorted(marks)), shown)


def ledger(wave: Wave) -> tuple[Entry, ...]:
    """All that was released of a wave so far, in order of time. Raises `StorageError` T132."""
    path = wave.folder / RELEASED_FILE
    records = Desk(path).read().table(LEDGER).all()
    try:
        kept = tuple(ENTRY.validate_python(record) for record in records)
    except ValidationError as fault:
        raise StorageError(
            "IMF-T132",
            "'{file}' does not hold the figures of this wave; restore it from a copy.",
            file=str(path),
        ) from fault
    return kept or _without_ledger(wave)


def _without_ledger(wave: Wave) -> tuple[Entry, ...]:
    """What a release of before the ledger showed: the whole, no groups."""
    figures = released(wave)
    on = figures.closed_on or datetime.date.min
    return tuple(
        Entry(
            on,
            one.questionnaire,
            None,
            (Shown({}, tuple(_told(one))),),
        )
        for one in figures.perception
    )


def _told(figures: PerceptionFigures) -> Iterator[str]:
    """What there is a figure of everybody on."""
    yield from (item.item for item in figures.items if item.hidden is None)
    yield from (item.item for item in figures.choices or () if item.hidden is None)


def earlier_releases(
    entries: Sequence[Entry], questionnaire: Questionnaire, marks: Sequence[str]
) -> tuple[Earlier, ...]:
    """What was released of a survey before, seen from the responses of now.

    Raises `RefusedError` when a response that was counted then is missing now: what it said could
    be found by subtracting, and cannot be checked any more.
    """
    found = []
    for one in entries:
        if one.questionnaire != questionnaire.id:
            continue
        counted = frozenset(marks if one.responses is None else one.responses)
        if not counted <= frozenset(marks):
            raise RefusedError(
                "IMF-T381",
                "Responses to '{questionnaire}' that were counted in the figures of {date} are "
                "missing now. New figures beside those would tell what they said: put the "
                "original boxes back.",
                questionnaire=questionnaire.id,
                date=one.on,
            )
        there = bytes(mark in counted for mark in marks)
        found.append(Earlier(one.on, there, one.by_statement()))
    return tuple(found)


def shown_elsewhere(
    entries: Sequence[Entry], questionnaire: Questionnaire
) -> Mapping[str, Sequence[Where]]:
    """By statement: the groups of which other surveys of the wave showed a statement of that id.

    The same people may have answered both, and nobody can tell how many did.
    """
    found: dict[str, list[Where]] = {}
    for one in entries:
        if one.questionnaire != questionnaire.id:
            for statement, wheres in one.by_statement().items():
                if statement in questionnaire.items:
                    found.setdefault(statement, []).extend(wheres)
    return found


def require_safe(
    questionnaire: Questionnaire, breakdown: Breakdown, entries: Sequence[Entry]
) -> None:
    """Raise `RefusedError` when figures of everybody would tell too much beside `entries`: earlier
    ones, or those of another survey with the same statements."""
    if breakdown.unsafe:
        own = [one.on for one in entries if one.questionnaire == questionnaire.id]
        raise RefusedError(
            "IMF-T380",
            "The figures of '{questionnaire}' are not released: beside those of {date}, they would "
            "tell what fewer than {k} people said, or what nearly all said who answered since. Put "
            "back the boxes from which those were made.",
            questionnaire=questionnaire.id,
            date=max(own or [one.on for one in entries]),
            k=questionnaire.privacy.k,
        )
