"""The closing record of a wave as a page to be signed."""

from __future__ import annotations

from pathlib import Path

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.pdf import BoxLine, ClosingPage, SetHash, TicketCounts, closing_record_page
from imfsurvey.report.words import unfinished_words
from imfsurvey.report.writing import put
from imfsurvey.study.closing import BoxAccount, ClosingRecord, Merged
from imfsurvey.study.folder import Study
from imfsurvey.study.phrases import spoken
from imfsurvey.study.sealed import ANSWERS, COMMENTS
from imfsurvey.study.sessions.session import Session
from imfsurvey.study.wave import Wave


def write_closing_page(
    study: Study, wave: Wave, record: ClosingRecord, folder: Path, t: Translator
) -> Path:
    """Write the page as PDF, in the translator's language. Raises `StorageError`."""
    path = folder / f"{wave.id}-closing-record.{t.language}.pdf"
    page = ClosingPage(
        entity=study.file.entity.name,
        wave_label=wave.file.label.say(t.language),
        wave_id=wave.id,
        closed_on=record.closed_on,
        boxes=tuple(_lines(wave, record, t)),
        place=record.place,
        tickets=_tickets(record, t),
        merged=tuple(_merged(one, t) for one in record.merged),
        imported=record.from_files,
    )
    put(path, closing_record_page(page, t))
    return path


def write_session_page(
    study: Study, session: Session, record: ClosingRecord, folder: Path, t: Translator
) -> Path:
    """The closing record of a team session, one line for each vote. Raises `StorageError`."""
    wave = session.wave
    path = folder / f"{wave.id}-{session.name}-closing-record.{t.language}.pdf"
    page = ClosingPage(
        entity=study.file.entity.name,
        wave_label=wave.file.label.say(t.language),
        wave_id=wave.id,
        closed_on=record.closed_on,
        boxes=tuple(_votes(session, record, t)),
        session=session.file.title,
        place=record.place,
        tickets=_tickets_of_votes(record),
        votes=True,
    )
    put(path, closing_record_page(page, t))
    return path


def _votes(session: Session, record: ClosingRecord, t: Translator) -> list[BoxLine]:
    lines = []
    for box in record.boxes:
        round_id, number = box.box.rsplit(".", 1)
        title = session.section(round_id).title.say(t.language)
        lines.append(
            BoxLine(
                questionnaire=t("{title}, vote {number}", title=title, number=number),
                responses=box.records,
                damaged=box.damaged,
                set_hash=_hash(box),
            )
        )
    return lines


def _tickets_of_votes(record: ClosingRecord) -> TicketCounts | None:
    """A ticket is good once in every vote: spoiled are those used in none that was stored."""
    if record.tickets is None:
        return None
    counts = record.tickets.counts
    most = max((one.records for one in record.boxes), default=0)
    return TicketCounts(counts.printed, counts.used, counts.torn_up, counts.spoiled(most))


def _merged(one: Merged, t: Translator) -> str:
    """Another computer, what its own closing record counted, and what of it is gone."""
    name = one.place or spoken(one.boxes[0].digest)
    count = sum(box.records for box in one.boxes)
    words = t.plural("{name}: {n} record", "{name}: {n} records", count, name=name)
    if one.missing:
        words += " " + t("({count} of them gone)", count=one.missing)
    return words


def _lines(wave: Wave, record: ClosingRecord, t: Translator) -> list[BoxLine]:
    """One line for each questionnaire: its answers, and its comments if it has such a box."""
    comments = {one.box: one for one in record.boxes if one.part == COMMENTS}
    lines = []
    for answers in (one for one in record.boxes if one.part == ANSWERS):
        beside = comments.get(answers.box)
        title = wave.questionnaire(answers.box).questionnaire.title.say(t.language)
        lines.append(
            BoxLine(
                questionnaire=title,
                responses=answers.records,
                damaged=answers.damaged + (beside.damaged if beside else 0),
                set_hash=_hash(answers),
                comments=beside.records if beside else None,
                comments_hash=_hash(beside) if beside else None,
            )
        )
    return lines


def _tickets(record: ClosingRecord, t: Translator) -> TicketCounts | None:
    if record.tickets is None:
        return None
    counts = record.tickets.counts
    return TicketCounts(
        counts.printed,
        counts.used,
        counts.torn_up,
        counts.spoiled(record.responses - record.from_files),
        unfinished_words(record.unfinished, t),
    )


def _hash(box: BoxAccount) -> SetHash:
    return SetHash(tuple(spoken(box.digest).split()), box.set_hash)
