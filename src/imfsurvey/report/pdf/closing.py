"""The closing record: what lay in the boxes when they were closed, signed by those present.

Counts are exact even under five: everybody in the room knows them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.pdf.engine import pdf
from imfsurvey.report.pdf.texts import groups, line
from imfsurvey.report.words import NO_FIGURE


@dataclass(frozen=True)
class SetHash:
    """The order-free hash of a box: as words to read aloud, and as 64 hexadecimal digits."""

    words: tuple[str, ...]
    digits: str


@dataclass(frozen=True)
class BoxLine:
    """The box of one questionnaire. `comments` is None where it asks for none."""

    questionnaire: str
    responses: int
    damaged: int
    set_hash: SetHash
    comments: int | None = None
    comments_hash: SetHash | None = None


@dataclass(frozen=True)
class TicketCounts:
    """What became of the tickets. A spoiled one is among the used: no response followed."""

    printed: int
    used: int
    torn_up: int
    spoiled: int
    put_aside: str = ""
    """How many put answers aside and never sent them, in words; empty where nobody could."""

    @property
    def accounted(self) -> int:
        """Those whose fate is known; all of them, when nothing is missing."""
        return self.used + self.torn_up


@dataclass(frozen=True)
class ClosingPage:
    """What the closing record says."""

    entity: str
    wave_label: str
    wave_id: str
    closed_on: datetime.date
    boxes: tuple[BoxLine, ...]
    session: str = ""
    place: str = ""
    """Where the boxes lay, such as "laptop B"."""
    tickets: TicketCounts | None = None
    merged: tuple[str, ...] = ()
    """Other computers whose boxes were taken in, each with its number of records."""
    imported: int = 0
    """Responses that came from files: they needed no ticket."""
    votes: bool = False
    """Whether the boxes are those of the votes of a session: a ticket is good once in each."""


def closing_record_page(record: ClosingPage, t: Translator) -> bytes:
    """The record as a PDF in the translator's language. Raises RefusedError (IMF-R101)."""
    title = t("Closing record")
    data: dict[str, object] = {
        "facts": _facts(record, t),
        "boxes": _boxes(record, t),
        "hashes": _hashes(record, t),
        "statement": _statement(record, t),
        "initials": t("Initials:"),
        "signing": {
            "heading": t("Who was present"),
            "people": [t("Facilitator or integrity officer"), t("Witness")],
            "labels": [t("Name and function"), t("Date and signature")],
        },
    }
    if record.tickets is not None:
        data["tickets"] = _tickets(record, record.tickets, t)
    return pdf("closing", data, language=t.language, title=title, day=record.closed_on)


def _facts(record: ClosingPage, t: Translator) -> list[tuple[str, str]]:
    wave = t("{label} ({id})", label=line(record.wave_label), id=line(record.wave_id))
    rows = [
        (t("Entity"), line(record.entity)),
        (t("Wave"), wave),
        (t("Session"), line(record.session)),
        (t("Collected at"), line(record.place)),
        (t("Closed on"), formats.date(record.closed_on, t.language)),
        (t("From files"), _responses(record.imported, t)),
        (t("Taken in from"), formats.joined([line(one) for one in record.merged], t.language)),
    ]
    return [(label, text) for label, text in rows if text]


def _responses(count: int, t: Translator) -> str:
    words = t.plural("{n} response", "{n} responses", count, n=formats.number(count, t.language))
    return words if count else ""


def _boxes(record: ClosingPage, t: Translator) -> dict[str, object]:
    rows = [
        (
            line(box.questionnaire),
            _count(box.responses, t),
            _count(box.damaged, t),
            _count(box.comments, t),
        )
        for box in record.boxes
    ]
    head = [t("Questionnaire"), t("Responses"), t("Damaged slots"), t("Comments")]
    return {"heading": t("In the boxes"), "head": head, "rows": rows}


def _tickets(record: ClosingPage, tickets: TicketCounts, t: Translator) -> dict[str, object]:
    head = [
        t("Tickets printed"),
        t("Tickets used"),
        t("Tickets torn up"),
        t("Of the used: spoiled"),
    ]
    counts = (tickets.printed, tickets.used, tickets.torn_up, tickets.spoiled)
    note = t("A spoiled ticket was marked as used, but no response followed.")
    return {
        "heading": t("Tickets"),
        "head": head,
        "rows": [[_count(count, t) for count in counts]],
        "checks": [_sum_check(tickets, t), _box_check(record, tickets, t)],
        "note": " ".join(filter(None, (note, tickets.put_aside))),
    }


def _sum_check(tickets: TicketCounts, t: Translator) -> dict[str, object]:
    """`used + torn up = printed`, with what it comes to."""
    figures = {
        "used": _count(tickets.used, t),
        "torn": _count(tickets.torn_up, t),
        "sum": _count(tickets.accounted, t),
        "printed": _count(tickets.printed, t),
    }
    missing = tickets.printed - tickets.accounted
    if missing == 0:
        words = t(
            "The tickets add up: {used} used + {torn} torn up = {printed} printed.", **figures
        )
    elif missing > 0:
        words = t(
            "The tickets do not add up: {used} used + {torn} torn up = {sum}, but {printed} were "
            "printed. Neither used nor torn up: {missing}.",
            missing=_count(missing, t),
            **figures,
        )
    else:
        words = t(
            "The tickets do not add up: {used} used + {torn} torn up = {sum}, but only {printed} "
            "were printed. Too many: {more}.",
            more=_count(-missing, t),
            **figures,
        )
    return {"holds": missing == 0, "words": words}


def _box_check(record: ClosingPage, tickets: TicketCounts, t: Translator) -> dict[str, object]:
    """The boxes may not hold more responses than tickets were used: each is good for one, or, in a
    session, for one in every vote."""
    counts = [box.responses for box in record.boxes]
    responses = max(counts, default=0) if record.votes else sum(counts) - record.imported
    holds = responses <= tickets.used
    params = {"responses": _count(responses, t), "used": _count(tickets.used, t)}
    words = (
        t("Not more responses ({responses}) than used tickets ({used}).", **params)
        if holds
        else t("More responses ({responses}) than used tickets ({used}).", **params)
    )
    return {"holds": holds, "words": words}


def _hashes(record: ClosingPage, t: Translator) -> dict[str, object]:
    shown = []
    for box in record.boxes:
        name = line(box.questionnaire)
        shown.append((t("{questionnaire}: responses", questionnaire=name), box.set_hash))
        if box.comments_hash is not None:
            shown.append((t("{questionnaire}: comments", questionnaire=name), box.comments_hash))
    return {
        "heading": t("Fingerprints of the boxes"),
        "intro": t(
            "Each box has a fingerprint made of all that lies in it, whatever the order. Read the "
            "words aloud and compare them with the screen; the figures say the same in full."
        ),
        "boxes": [
            {"name": name, "words": set_hash.words, "groups": groups(set_hash.digits)}
            for name, set_hash in shown
        ],
    }


def _statement(record: ClosingPage, t: Translator) -> dict[str, object]:
    proves = [
        t(
            "When the boxes are opened, their fingerprints are worked out again. If they are those "
            "on this sheet, nothing was added, removed, changed or exchanged after it was signed."
        )
    ]
    proves_not = [
        t(
            "It does not prove who answered, nor what, nor that nobody added a response before it "
            "was signed."
        )
    ]
    if record.tickets is None:
        proves_not.append(t("Without tickets, nothing keeps a person from answering twice."))
    return {
        "heading": t("What this sheet proves, and what not"),
        "proves": proves,
        "proves_not": proves_not,
    }


def _count(number: int | None, t: Translator) -> str:
    return NO_FIGURE if number is None else formats.number(number, t.language)
