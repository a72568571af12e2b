"""Starting the terminal application. Textual is imported here and nowhere before."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from imfsurvey.faces.garbage import put_off
from imfsurvey.faces.memory import keep_memory
from imfsurvey.faces.turns import SurveyTurns, Turns
from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.folder import Study
from imfsurvey.study.kinds import Rater
from imfsurvey.study.wave import Wave

if TYPE_CHECKING:
    from imfsurvey.faces.phones import Where
    from imfsurvey.faces.tui.chrome import Frame
    from imfsurvey.study.keying.batch import Batch
    from imfsurvey.study.sessions.session import Session

_KEPT = frozenset({"TEXTUAL_COLOR_SYSTEM"})
_PICTURES_A_SECOND = "500"
"""A page is laid out two or three times until all has its size, with such a pause in between."""


def run_home(study: Study | None, language: str) -> int:
    """The home screen of a study; the exit code. Raises `ImfsurveyError` for files that are wrong,
    since a screen has no room for all that is to be said of them."""
    if study is not None:
        _ = study.waves
    _prepare()
    from imfsurvey.faces.tui.home import HomeScreen

    return _run(lambda: HomeScreen(study), language, LANGUAGES)


def run_policy(study: Study, language: str) -> int:
    """The policy of a study; the exit code."""
    _prepare()
    from imfsurvey.faces.tui.policy import PolicyScreen

    return _run(lambda: PolicyScreen(study), language, LANGUAGES)


def run_answer(
    study: Study,
    wave: Wave,
    questionnaire: Questionnaire | None,
    rater: Rater,
    language: str,
) -> int:
    """One wave to answer: a questionnaire of it, or the list to pick from; the exit code."""
    _prepare()
    if questionnaire is not None and questionnaire.anonymous:
        from imfsurvey.faces.tui.respondents import HandOverScreen

        turns = SurveyTurns(wave, questionnaire)
        return _run(lambda: HandOverScreen(turns), language, LANGUAGES)
    from imfsurvey.faces.tui.wave import WaveScreen  # results behind it, whom no respondent needs

    return _run(lambda: WaveScreen(study, wave, rater, questionnaire), language, LANGUAGES)


def run_turns(turns: Turns, language: str) -> int:
    """Several people in turn on this computer; the exit code."""
    _prepare()
    from imfsurvey.faces.tui.respondents import HandOverScreen

    return _run(lambda: HandOverScreen(turns), language, LANGUAGES)


def run_session(study: Study, session: Session, language: str, where: Where | None = None) -> int:
    """The console of a team session, the only one of it; the exit code.

    `where`: how pages for phones are offered. Raises `RefusedError` while another console of it
    runs.
    """
    _prepare()
    keep_memory()
    from imfsurvey.faces.phones import PhonePages
    from imfsurvey.faces.tui.session import SessionScreen
    from imfsurvey.study.sessions.room import Room

    pages = PhonePages(study, session, where)
    with Room.entered(session) as room:
        try:
            return _run(lambda: SessionScreen(study, room, pages), language, LANGUAGES)
        finally:
            pages.stop()


def run_key_in(batch: Batch, language: str, *, second: bool) -> int:
    """Sheets of paper typed into a survey; the exit code."""
    _prepare()
    from imfsurvey.faces.tui.keying import KeyInScreen

    return _run(lambda: KeyInScreen(batch, second=second), language, LANGUAGES)


def _run(first: Callable[[], Frame], language: str, languages: tuple[str, ...]) -> int:
    from imfsurvey.faces.tui.app import INTERNAL_ERROR, SurveyApp

    app = SurveyApp(first, language, languages)
    code = app.run()
    if app.crash is not None:
        t = translator(app.language)
        print(
            t("Internal error ({where}). What was saved before it is kept.", where=app.crash),
            file=sys.stderr,
        )
        return INTERNAL_ERROR
    return code or 0


def _prepare() -> None:
    """Before Textual is imported, which reads its switches (logs, screenshots, keys to press)."""
    put_off()  # until the first picture
    for name in [name for name in os.environ if name.startswith("TEXTUAL_")]:
        if name not in _KEPT:
            del os.environ[name]
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    os.environ["TEXTUAL_FPS"] = _PICTURES_A_SECOND
