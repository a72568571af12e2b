"""Who comes next at a computer: a respondent of a survey, or a participant of a team session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from imfsurvey.faces.sitting import AnonymousSitting, Sitting
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.model import Text
from imfsurvey.study.boxes import expect_another, ticket_book
from imfsurvey.study.tickets import Ticket
from imfsurvey.study.wave import Wave


class Turn(Protocol):
    """One person's turn, from the first key to the last."""

    needs_ticket: bool

    def check(self, code: str) -> Ticket:
        """The ticket of a code. Raises `RefusedError` as `TicketBook.check`."""
        ...

    def sit(self, language: str, ticket: Ticket | None) -> Sitting:
        """Begin to answer."""
        ...

    def end(self) -> None:
        """The person has gone, whatever they did."""
        ...


class Turns(Protocol):
    """What everybody is asked here, one after the other."""

    title: Text
    languages: Sequence[str]

    def begin(self) -> Turn:
        """The next person's turn. Raises `RefusedError` or `StorageError` when there is none."""
        ...


class SurveyTurns:
    """A staff survey. `drafts`: whether who holds a ticket may put answers aside."""

    def __init__(self, wave: Wave, questionnaire: Questionnaire, *, drafts: bool = True) -> None:
        self._wave, self._questionnaire, self._drafts = wave, questionnaire, drafts
        self.title = questionnaire.questionnaire.title
        self.languages: Sequence[str] = questionnaire.questionnaire.languages

    def begin(self) -> Turn:
        """The next respondent."""
        expect_another(self._wave, self._questionnaire)
        return _SurveyTurn(self._wave, self._questionnaire, self._drafts)


class _SurveyTurn:
    def __init__(self, wave: Wave, questionnaire: Questionnaire, drafts: bool) -> None:
        self._wave, self._questionnaire, self._drafts = wave, questionnaire, drafts
        self.needs_ticket = ticket_book(wave).exists()

    def check(self, code: str) -> Ticket:
        return ticket_book(self._wave).check(code)

    def sit(self, language: str, ticket: Ticket | None) -> Sitting:
        return AnonymousSitting(
            self._wave, self._questionnaire, language, ticket, drafts=self._drafts
        )

    def end(self) -> None:
        pass
