"""What the holder of a ticket may do besides sending: put answers aside, go on later, forget."""

from __future__ import annotations

import secrets

from imfsurvey.i18n.errors import ImfsurveyError, RefusedError, StorageError
from imfsurvey.interview import Interview
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.drafts import Draft, TicketDraft, unreadable
from imfsurvey.study.tickets import Ticket
from imfsurvey.study.wave import Wave


class Aside:
    """The draft of one sitting. Nothing is written before `put`."""

    def __init__(self, wave: Wave, questionnaire: Questionnaire, ticket: Ticket) -> None:
        self._kept = TicketDraft(wave, questionnaire, ticket)
        self.fault: ImfsurveyError | None = None
        """Why what was put aside cannot be gone on with."""
        self.draft: Draft | None = None
        """What is gone on with."""
        try:
            self.draft = self._kept.load()
        except (RefusedError, StorageError) as error:
            self.fault = error
        self.seed = self.draft.seed if self.draft is not None else secrets.token_hex(16)

    def unusable(self) -> None:
        """It holds answers that the questionnaire does not take."""
        self.draft, self.fault = None, unreadable()

    @property
    def kept(self) -> bool:
        """Whether something lies aside now. Raises `StorageError`."""
        return self._kept.kept

    def put(self, interview: Interview) -> None:
        """Put aside what was said so far. Raises `RefusedError`, `StorageError`."""
        self._kept.keep(Draft(interview.answers, interview.page.item.id, self.seed))

    def forget(self) -> None:
        """Destroy what was put aside. Raises `StorageError`."""
        self._kept.remove()
