"""Who is at a machine just now: a number, for who leads the session, and gone with the sitting."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from imfsurvey.store.disk import explained, level_times, locked, make_folder, tried
from imfsurvey.study.sessions.session import Session

_FOLDER: Final = "sitting"
_LOCK: Final = "sitting.lock"


@contextmanager
def at_a_machine(session: Session) -> Iterator[None]:
    """Count somebody as sitting at this computer as long as this lasts, however it ends."""
    folder = _folder(session)
    path = folder / f"{secrets.token_hex(8)}.lock"
    with locked(session.folder / _LOCK):
        turn = tried(path)
        turn.__enter__()
        level_times(path)
    try:
        yield
    finally:
        turn.__exit__(None, None, None)
        with explained(path):
            path.unlink(missing_ok=True)


def sitting_now(session: Session) -> int:
    """How many people are answering on this computer."""
    found = 0
    with locked(session.folder / _LOCK):
        for path in _folder(session).glob("*.lock"):
            with tried(path) as abandoned:
                if abandoned:  # its program was killed
                    path.unlink(missing_ok=True)
                else:
                    found += 1
    return found


def _folder(session: Session) -> Path:
    folder = session.folder / _FOLDER
    with explained(folder):
        make_folder(folder)
    return folder
