"""The process of one person: it asks, seals, stores and ends. What was answered dies with it.

`python -m imfsurvey.faces.kiosk.child STUDY WAVE KIND NAME LANGUAGE`, started by `house` with an
environment of its own. It stores the sealed records itself, so that whoever sits there can try
again when the disk is full; the house learns nothing but the exit code.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings
from pathlib import Path

from imfsurvey.faces.garbage import put_off
from imfsurvey.faces.kiosk.endings import CRASHED, REFUSED
from imfsurvey.faces.kiosk.surroundings import given_environment
from imfsurvey.faces.memory import keep_memory
from imfsurvey.faces.turns import SurveyTurns, Turns
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.study.folder import Study


def main(arguments: list[str]) -> int:
    """One person's turn; how it ended."""
    harden()
    put_off()  # until the first picture: everybody who sits down waits for this start
    study, wave, kind, name, language = arguments
    try:
        turns = turns_of(Path(study), wave, kind, name)
        turn = turns.begin()
    except ImfsurveyError:
        return REFUSED
    from imfsurvey.faces.tui.kiosk import run_turn  # Textual, in the environment that is left

    return run_turn(turns, turn, language)


def turns_of(study: Path, wave: str, kind: str, name: str) -> Turns:
    """What is answered here: a questionnaire or a session of a wave. Raises as they do."""
    found = Study(study).wave(wave)
    if kind == "session":
        from imfsurvey.faces.voting import SessionTurns  # nobody in a survey waits for it
        from imfsurvey.study.sessions.session import session_of

        return SessionTurns(session_of(found, name))
    return SurveyTurns(found, found.questionnaire(name), drafts=False)  # nothing stays on it


def harden() -> None:
    """Leave no dump, no log, no traceback and no switch of a library."""
    kept = given_environment(os.environ)
    for name in [name for name in os.environ if name not in kept]:
        del os.environ[name]
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.excepthook = lambda *_: os._exit(CRASHED)
    sys.unraisablehook = lambda _: None
    threading.excepthook = lambda _: None
    keep_memory(with_parent=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
