"""Sittings with a name: a rater at a self-assessment, and whoever writes at the policy.

Apart from `sitting`, so that a respondent does not wait for what keeps them.
"""

from __future__ import annotations

import datetime
import random
from typing import TYPE_CHECKING

from imfsurvey.interview import Interview
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.kinds import Rater
from imfsurvey.study.wave import Wave

if TYPE_CHECKING:
    from imfsurvey.faces.aside import Aside
    from imfsurvey.study.lasttime import LastTime
    from imfsurvey.study.policy.text import PolicyText


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
        self._saved = self.interview.answers

    def keep(self) -> None:
        """Save the draft with the page that is open."""
        self._save()

    def finish(self) -> None:
        """Save the draft as finished; it can be changed as long as the wave is open."""
        self._save(finished=True)

    def _save(self, *, finished: bool = False) -> None:
        asked, now = self.interview.questionnaire, self.interview.answers
        self._assessment.save(
            asked, self._rater, self.interview, since=self._saved, finished=finished
        )
        self._saved = now


class PolicySitting:
    """Whoever writes at the policy of a study: one text, saved at every answer."""

    resumable = True
    aside: Aside | None = None
    last_time: LastTime | None = None

    def __init__(self, text: PolicyText, language: str) -> None:
        self.text = text
        self.interview = text.interview(language, datetime.date.today())
        self._saved = self.interview.answers

    def keep(self) -> None:
        """Save the text with the page that is open."""
        self._save()

    def finish(self) -> None:
        """Save the text, and keep it as a version."""
        self._save(version=True)

    def _save(self, *, version: bool = False) -> None:
        now = self.interview.answers
        self.text.save(self.interview, since=self._saved, version=version)
        self._saved = now


def _drawn_once(wave: Wave, questionnaire: Questionnaire, rater: Rater) -> random.Random:
    """The same orders each time that a rater comes back to a draft, without storing them."""
    return random.Random(f"{wave.id}/{questionnaire.id}/{rater}")


def _last_time(wave: Wave, rater: Rater, questionnaire: Questionnaire) -> LastTime | None:
    """What was said last time, of a self-assessment."""
    if questionnaire.kind != "self_assessment":
        return None
    from imfsurvey.study.lasttime import last_time  # scoring behind it: no respondent needs it

    return last_time(wave, rater)
