"""The boxes of a wave: where the anonymous responses to one questionnaire lie."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.interview.answers import Answer
from imfsurvey.interview.comments import (
    Comment,
    comment_fields,
    comments_of,
    encode_comment,
    largest_comment,
)
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.store import ResponseStore
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.slots import slot_size_for
from imfsurvey.study.drafts import TicketDraft
from imfsurvey.study.sealed import ANSWERS, COMMENTS, Box
from imfsurvey.study.tickets import TICKETS_FILE, Ticket, TicketBook
from imfsurvey.study.wave import Wave

BOXES = "boxes"


def boxes_of(wave: Wave, questionnaire: Questionnaire) -> tuple[Box, ...]:
    """The boxes of one questionnaire."""
    boxes = (answers_box(wave, questionnaire), comments_box(wave, questionnaire))
    return tuple(box for box in boxes if box is not None)


def answers_box(wave: Wave, questionnaire: Questionnaire) -> Box:
    """Where the coded answers lie."""
    longest = wave.codec(questionnaire).size
    return Box(wave, wave.stem(questionnaire.id), ANSWERS, longest, 1)


def comments_box(wave: Wave, questionnaire: Questionnaire) -> Box | None:
    """Where the free texts lie, apart; None when the questionnaire asks for none."""
    fields = comment_fields(questionnaire)
    if not fields:
        return None
    longest = largest_comment(questionnaire)
    return Box(wave, wave.stem(questionnaire.id), COMMENTS, longest, fields)


def box_folder(box: Box) -> Path:
    """Where the files of a box are."""
    return box.wave.folder / BOXES / box.name / box.part


def ticket_book(wave: Wave) -> TicketBook:
    """The tickets of a wave; where it has any, nobody answers without one."""
    return _book_in(wave.folder)


@lru_cache
def _book_in(folder: Path) -> TicketBook:
    """Made once: every response asks for it."""
    return TicketBook(folder / TICKETS_FILE)


@contextmanager
def response_store(box: Box) -> Iterator[ResponseStore]:
    """The store behind a box, for a while.

    It stays with its reading of the wave: a program that stores many responses opens it once.
    """
    key = (box.wave.file.store, box.wave.file.uid, box.name, box.part)
    if key not in box.wave.stores:
        box.wave.stores[key] = _opened(box)
    yield box.wave.stores[key]


def close_stores(wave: Wave) -> None:
    """Let go of connections to a server; a store that is used again opens new ones."""
    for store in wave.stores.values():
        store.close()


def _opened(box: Box) -> ResponseStore:
    url = box.wave.file.store
    if not url:
        return BoxStore(box_folder(box), slot_size_for(box.sealed_size))
    from imfsurvey.store.postgresql.store import PostgresStore

    return PostgresStore(url, f"{box.wave.file.uid}/{box.name}/{box.part}")


def count_responses(wave: Wave, questionnaire: Questionnaire) -> int:
    """How many responses to a questionnaire are stored."""
    with response_store(answers_box(wave, questionnaire)) as store:
        return store.count()


def expect_another(wave: Wave, questionnaire: Questionnaire) -> None:
    """Raise `RefusedError` unless one more person may answer: the wave is open, not all have.

    A wave with more responses than people could not be closed. Raises `StorageError` when the
    disk has no room for one more response: found before the first question, not after the last.
    """
    with wave.held("open", shared=True):
        if questionnaire.kind == "session":
            raise RefusedError(
                "IMF-T134",
                "'{questionnaire}' is voted on together, in a team session: nobody fills it in "
                "alone.",
                questionnaire=questionnaire.id,
            )
        if count_responses(wave, questionnaire) >= wave.headcount:
            raise RefusedError(
                "IMF-T133",
                "All {headcount} people of the declared groups have answered.",
                headcount=wave.headcount,
            )
        book = ticket_book(wave)
        if book.exists():
            book.require_settled()
        for box in boxes_of(wave, questionnaire):
            with response_store(box) as store:
                store.reserve(box.each)


class Submission:
    """The ids under which one respondent's answers and texts are stored, drawn by chance.

    They belong to nothing but this sitting: sending again changes nothing, and no id of a text
    has to do with that of the answers.
    """

    def __init__(self) -> None:
        self.answers_id = uuid.uuid4()
        self._texts: defaultdict[Comment, uuid.UUID] = defaultdict(uuid.uuid4)
        self._paid = False

    def pay(self, book: TicketBook, ticket: Ticket | None) -> None:
        """Mark the ticket, once for this sitting. Raises as `submit` does."""
        if self._paid or not book.exists():
            return
        if ticket is None:
            raise RefusedError(
                "IMF-T199",
                "Each response needs a ticket here. Ask who leads the survey for one.",
            )
        book.use(ticket)
        self._paid = True

    def text_id(self, comment: Comment) -> uuid.UUID:
        """The id of one text, the same at every try."""
        return self._texts[comment]


def submit(
    wave: Wave,
    questionnaire: Questionnaire,
    submission: Submission,
    answers: Mapping[str, Answer],
    ticket: Ticket | None = None,
) -> None:
    """Seal and store one anonymous response; durable when this returns, harmless when repeated
    with the same submission and ticket.

    Nothing readable leaves this process: first the ticket is marked, then the answers are stored,
    then the texts, each as a record of its own; what was put aside before is destroyed last. A kill
    in between spoils the ticket, which the closing record counts; the other way round, one ticket
    would be good for two responses. Raises
    `RefusedError` when the wave is not open, when it has tickets and none was given (T199) or
    that was used meanwhile (T194); `StorageError` when the disk fails.
    """
    box = answers_box(wave, questionnaire)
    sealed = box.sealed(wave.codec(questionnaire).encode(answers))
    texts = comments_of(questionnaire, answers)
    apart = comments_box(wave, questionnaire) if texts else None
    with wave.held("open", shared=True):
        submission.pay(ticket_book(wave), ticket)
        with response_store(box) as store:
            store.add(submission.answers_id, sealed)
        if apart is not None:
            with response_store(apart) as store:
                for text in texts:
                    record = apart.sealed(encode_comment(questionnaire.form_hash, text))
                    store.add(submission.text_id(text), record)
        if ticket is not None and ticket.secret:
            with suppress(StorageError):  # the response is stored; closing destroys what is left
                TicketDraft(wave, questionnaire, ticket).remove()
