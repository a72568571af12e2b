"""Where the answers of one walk go: a named draft kept at every answer, or an anonymous record."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Protocol

from imfsurvey.i18n.errors import ImfsurveyError, InputError, StorageError
from imfsurvey.interview import EntryInterview, Interview
from imfsurvey.questionnaire import Questionnaire, RepeatItem
from imfsurvey.study.boxes import Submission, submit
from imfsurvey.study.tickets import Ticket
from imfsurvey.study.wave import Wave

if TYPE_CHECKING:
    from imfsurvey.faces.aside import Aside
    from imfsurvey.study.lasttime import LastTime


class Sitting(Protocol):
    """One person at one questionnaire."""

    interview: Interview
    resumable: bool
    """Whether leaving keeps what was said."""
    aside: Aside | None
    """Where answers may be put aside for later; None where they may not."""
    last_time: LastTime | None
    """What was rated in the measurement before, to be confirmed; never copied."""

    def keep(self) -> None:
        """Keep what was said so far, if this sitting keeps drafts. Raises `StorageError`."""

    def finish(self) -> None:
        """Store the response; it is on disk when this returns. Raises `StorageError`."""


def worth_trying_again(error: ImfsurveyError) -> bool:
    """Whether `finish` may go well later: a disk or a server failed. What was refused stays so."""
    return isinstance(error, StorageError)


class EntrySitting:
    """One entry of a repeat, within the sitting that it belongs to: kept with it."""

    resumable = True
    aside: Aside | None = None

    def __init__(self, whole: Sitting, repeat: RepeatItem, entry_id: str) -> None:
        self._whole = whole
        self.last_time = whole.last_time
        self.entry = EntryInterview(whole.interview, repeat, entry_id)
        self.interview: Interview = self.entry

    def keep(self) -> None:
        """Save the whole."""
        self._whole.keep()

    def finish(self) -> None:
        """Save the whole; an entry alone is no version."""
        self._whole.keep()


class AnonymousSitting:
    """A respondent of a staff survey: nothing is stored before the end, then only the answers.

    `drafts`: whether who holds a ticket may put answers aside, and goes on with those put aside
    before. No clock is read: an anonymous questionnaire cannot ask for the day.
    """

    resumable = False
    last_time: LastTime | None = None

    def __init__(
        self,
        wave: Wave,
        questionnaire: Questionnaire,
        language: str,
        ticket: Ticket | None = None,
        *,
        drafts: bool = False,
    ) -> None:
        self._wave = wave
        self._ticket = ticket
        self._submission = Submission()
        self.aside: Aside | None = None
        if drafts and ticket is not None:
            from imfsurvey.faces.aside import Aside  # only where there are tickets

            self.aside = Aside(wave, questionnaire, ticket)
        self.interview = _begun(wave, questionnaire, language, self.aside)

    def keep(self) -> None:
        """Nothing: an unfinished response leaves no trace."""

    def finish(self) -> None:
        """Store the answers under ids of their own, so that trying again changes nothing."""
        submit(
            self._wave,
            self.interview.questionnaire,
            self._submission,
            self.interview.response(),
            self._ticket,
        )


def _begun(
    wave: Wave, questionnaire: Questionnaire, language: str, aside: Aside | None
) -> Interview:
    """From where it was put aside, in the same orders; else from the first page."""
    draft = aside.draft if aside is not None else None
    try:
        return Interview(
            questionnaire,
            wave.framework,
            language,
            groups=wave.groups,
            answers=draft.answers if draft else None,
            at=draft.at if draft else None,
            rng=random.Random(aside.seed) if aside is not None else random.SystemRandom(),
        )
    except InputError:
        if aside is None or draft is None:
            raise
        aside.unusable()
        return _begun(wave, questionnaire, language, aside)
