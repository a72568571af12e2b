"""Where the answers of one walk go: a named draft kept at every answer, or an anonymous record."""

from __future__ import annotations

import datetime
import random
from typing import TYPE_CHECKING, Protocol

from imfsurvey.faces.aside import Aside
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import EntryInterview, Interview
from imfsurvey.questionnaire import Questionnaire, RepeatItem
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.boxes import Submission, submit
from imfsurvey.study.results import Rater
from imfsurvey.study.sessions.ballot import Ballot
from imfsurvey.study.tickets import Ticket
from imfsurvey.study.wave import Wave

if TYPE_CHECKING:
    from imfsurvey.study.lasttime import LastTime
    from imfsurvey.study.policy.text import PolicyText


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


class NamedSitting:
    """A rater at a self-assessment: every answer is saved when it is given."""

    resumable = True
    aside: Aside | None = None

    def __init__(
        self, wave: Wave, questionnaire: Questionnaire, rater: Rater, language: str
    ) -> None:
        self._assessment = Assessment(wave)
        self._rater = rater
        draft = self._assessment.draft(questionnaire, rater)
        self.last_time = _last_time(wave, rater, questionnaire)
        self.interview = Interview(
            questionnaire,
            wave.framework,
            language,
            groups=wave.groups,
            answers=draft.answers if draft else None,
            at=draft.at if draft else None,
            today=datetime.date.today(),
            rng=_drawn_once(wave, questionnaire, rater),
        )

    def keep(self) -> None:
        """Save the draft with the page that is open."""
        self._assessment.save(self.interview.questionnaire, self._rater, self.interview)

    def finish(self) -> None:
        """Save the draft as finished; it can be changed as long as the wave is open."""
        self._assessment.save(
            self.interview.questionnaire, self._rater, self.interview, finished=True
        )


class PolicySitting:
    """Whoever writes at the policy of a study: one text, saved at every answer."""

    resumable = True
    aside: Aside | None = None
    last_time: LastTime | None = None

    def __init__(self, text: PolicyText, language: str) -> None:
        self.text = text
        self.interview = text.interview(language, datetime.date.today())

    def keep(self) -> None:
        """Save the text with the page that is open."""
        self.text.save(self.interview)

    def finish(self) -> None:
        """Save the text, and keep it as a version."""
        self.text.save(self.interview, version=True)


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
        self.aside = Aside(wave, questionnaire, ticket) if drafts and ticket is not None else None
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


class BallotSitting:
    """A participant of a team session: the rounds that are open, sealed when they are sent."""

    resumable = False
    aside: Aside | None = None
    last_time: LastTime | None = None

    def __init__(self, ballot: Ballot, language: str) -> None:
        self._ballot = ballot
        self.interview = Interview(
            ballot.questionnaire,
            ballot.session.wave.framework,
            language,
            rng=random.SystemRandom(),
        )

    def keep(self) -> None:
        """Nothing: an unfinished vote leaves no trace."""

    def finish(self) -> None:
        """Cast the votes, each into the box of its round."""
        self._ballot.cast(self.interview.response())


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


def _drawn_once(wave: Wave, questionnaire: Questionnaire, rater: Rater) -> random.Random:
    """The same orders each time that a rater comes back to a draft, without storing them."""
    return random.Random(f"{wave.id}/{questionnaire.id}/{rater}")


def _last_time(wave: Wave, rater: Rater, questionnaire: Questionnaire) -> LastTime | None:
    """What was said last time, of a self-assessment."""
    if questionnaire.kind != "self_assessment":
        return None
    from imfsurvey.study.lasttime import last_time  # scoring behind it: no respondent needs it

    return last_time(wave, rater)
