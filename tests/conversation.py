"""Plain mode held in this process: typed lines in, everything that was said out."""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stage import SAMPLES

from imfsurvey.faces.plain.lines import Lines
from imfsurvey.faces.plain.start import hold
from imfsurvey.faces.plain.talk import Talk
from imfsurvey.framework import Framework, load_framework
from imfsurvey.interview import Answer, Interview
from imfsurvey.questionnaire import Choice, Questionnaire, load_questionnaire
from imfsurvey.source.model import Text

FRAMEWORK = load_framework(SAMPLES / "imf.framework.yaml")
KINDS = load_questionnaire(Path(__file__).parent / "faces" / "tui" / "kinds.yaml", FRAMEWORK)
CONSTRUCTS = load_questionnaire(SAMPLES / "constructs.yaml", FRAMEWORK)
ANONYMOUS = load_questionnaire(SAMPLES / "anonymous.yaml", FRAMEWORK)
GROUPS = tuple(Choice(code=code, text=Text({"fr": code, "nl": code})) for code in ("ops", "08"))
TODAY = datetime.date(2026, 11, 1)


@dataclass
class Desk:
    """A sitting that keeps what was said in memory."""

    interview: Interview
    resumable: bool = True
    aside: None = None
    last_time: None = None
    kept: list[Mapping[str, Answer]] = field(default_factory=list)
    finished: bool = False

    def keep(self) -> None:
        """Remember the answers."""
        self.kept.append(self.interview.answers)

    def finish(self) -> None:
        """Remember that it was finished."""
        self.finished = True


def desk(
    questionnaire: Questionnaire,
    framework: Framework = FRAMEWORK,
    *,
    at: str | None = None,
    language: str = "fr",
    rng: random.Random | None = None,
) -> Desk:
    """Somebody at a page of a questionnaire (by default its first one)."""
    interview = Interview(
        questionnaire, framework, language, groups=GROUPS, at=at, today=TODAY, rng=rng
    )
    return Desk(interview)


def held(sitting: Desk, *typed: str, language: str = "fr") -> tuple[int, str]:
    """The exit code and all that was said, when these lines are typed and then nothing more."""
    said = io.StringIO()
    lines = Lines(io.StringIO("".join(f"{line}\n" for line in typed)), said)
    code = hold(sitting, Talk(lines, language))
    return code, said.getvalue()
