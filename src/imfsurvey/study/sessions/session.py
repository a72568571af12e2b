"""A team session's folder: made, found, changed. Several a wave, each below `sessions/`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Final

from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.questionnaire import InfoItem, LikertItem, Questionnaire, Section
from imfsurvey.questionnaire.model import items_of
from imfsurvey.source.document import read
from imfsurvey.source.model import validated
from imfsurvey.store.disk import explained, locked, make_folder
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.identity import SHORT_NAME
from imfsurvey.study.sessions.file import RoundFile, SessionFile
from imfsurvey.study.wave import Wave

SESSIONS: Final = "sessions"
SESSION_FILE: Final = "session.yaml"
_LOCK: Final = "session.lock"


class Session:
    """One team session. Reading it never changes it."""

    def __init__(self, wave: Wave, name: str) -> None:
        self.wave, self.name = wave, name
        self.folder = wave.folder / SESSIONS / name
        self._seen = b""
        """The bytes of the file when it was last read: to compare is quick, to read is not."""
        self.file = self._read()

    def refresh(self) -> SessionFile:
        """Look at the file again: another program may have changed it."""
        if not self._seen or self._bytes() != self._seen:
            self.file = self._read()
        return self.file

    def _read(self) -> SessionFile:
        self._seen = self._bytes()
        return validated(SessionFile, read(self.folder / SESSION_FILE))

    def _bytes(self) -> bytes:
        """Empty when the file cannot be read: `read` then says why."""
        with suppress(OSError):
            return (self.folder / SESSION_FILE).read_bytes()
        return b""

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """What is voted on, as it was frozen. Raises `RefusedError`: the wave has no such one."""
        return self.wave.questionnaire(self.file.questionnaire)

    def section(self, round_id: str) -> Section:
        """The section that a round votes on. Raises `StorageError` when there is none."""
        for section in self.questionnaire.sections:
            if section.id == round_id:
                return section
        raise StorageError(
            "IMF-T210",
            "'{file}' names a round '{round}' that its questionnaire does not have. Put the "
            "original back.",
            file=str(self.folder / SESSION_FILE),
            round=round_id,
        )

    def require_open(self) -> None:
        """Raise `RefusedError` when the session is closed."""
        if self.file.status == "closed":
            raise RefusedError(
                "IMF-T211",
                "Session '{session}' is closed: its votes and notes are final.",
                session=self.name,
            )

    @contextmanager
    def held(self) -> Iterator[SessionFile]:
        """The file as it is now, and kept so while something is stored or counted."""
        with locked(self.folder / _LOCK):
            yield self.refresh()

    def change(self, changed: Callable[[SessionFile], SessionFile]) -> SessionFile:
        """Read, change and write in one step, also when two programs do. Raises `RefusedError`
        when the session is closed, `StorageError`."""
        with self.held():
            self.require_open()
            self.write(changed(self.file))
        return self.file

    def write(self, content: SessionFile) -> None:
        """Write a changed file; the caller holds the session."""
        self.file = content.model_copy(update={"revision": content.revision + 1})
        self._seen = b""
        write_session(self.folder, self.file)


def write_session(folder: Path, content: SessionFile) -> None:
    """Keep the file as it is."""
    plain = content.model_dump(mode="json", exclude_none=True, exclude_defaults=False)
    write_text(folder / SESSION_FILE, yaml_text(plain))


def sessions_of(wave: Wave) -> tuple[Session, ...]:
    """Every session of a wave, by name."""
    found = sorted(wave.folder.glob(f"{SESSIONS}/*/{SESSION_FILE}"))
    return tuple(Session(wave, path.parent.name) for path in found)


def session_of(wave: Wave, name: str) -> Session:
    """A session by its name. Raises `InputError` naming those there are."""
    known = {one.name: one for one in sessions_of(wave)}
    if name not in known:
        raise InputError(
            "IMF-T212",
            "Wave '{wave}' has no session '{name}'; it has: {known}. Make one with "
            "'imfsurvey session {wave} {name} --new --expected 12'.",
            wave=wave.id,
            name=name,
            known=", ".join(known) or "-",
        )
    return known[name]


def folder_of(wave: Wave, name: str) -> Path:
    """Where a session is or will be. Raises `InputError` T213 for a name that cannot be one."""
    if not SHORT_NAME.fullmatch(name):
        raise InputError(
            "IMF-T213",
            "'{name}' cannot name a session: use lower-case letters, digits, '-' and '_'.",
            name=name,
        )
    return wave.folder / SESSIONS / name


def new_session(
    wave: Wave,
    name: str,
    *,
    expected: int,
    title: str = "",
    place: str = "",
    facilitator: str = "",
    questionnaire: str | None = None,
) -> Session:
    """Make a session on a questionnaire of the wave, whose rounds are its agenda.

    Raises `InputError` for a name that cannot be one, `RefusedError` when it is taken, the wave is
    not open or has no questionnaire that can be voted on.
    """
    wave.require("open")
    folder = folder_of(wave, name)
    chosen = _votable(wave, questionnaire)
    if (folder / SESSION_FILE).exists():
        raise RefusedError(
            "IMF-T214", "There is a session '{name}' already in this wave.", name=name
        )
    with explained(folder):
        make_folder(folder)
    content = SessionFile(
        imfsurvey=1,
        uid=secrets.token_hex(8),
        title=title or name,
        place=place,
        facilitator=facilitator,
        questionnaire=chosen.id,
        expected=expected,
        rounds=tuple(RoundFile(id=one.id) for one in chosen.sections if asks(one)),
    )
    write_session(folder, content)
    return Session(wave, name)


def asks(section: Section) -> bool:
    """Whether there is something to vote on in it: a round, not only words."""
    return any(not isinstance(item, InfoItem) for item, _ in items_of(section))


def _votable(wave: Wave, name: str | None) -> Questionnaire:
    """The questionnaire that a session is about."""
    if name is not None:
        chosen = wave.questionnaire(name)
    else:
        kinds = [one for one in wave.questionnaires.values() if one.kind == "session"]
        if not kinds:
            raise RefusedError(
                "IMF-T215",
                "Wave '{wave}' has no questionnaire for team sessions. Make a wave with "
                "'--questionnaire team-session.yaml' among its questionnaires.",
                wave=wave.id,
            )
        chosen = kinds[0]
    if chosen.kind != "session":
        raise RefusedError(
            "IMF-T216",
            "'{questionnaire}' is not made for team sessions.",
            questionnaire=chosen.id,
        )
    _require_votes(chosen)
    return chosen


def _require_votes(questionnaire: Questionnaire) -> None:
    """Raise `RefusedError` unless everybody votes on the same statements, each on a scale."""
    for item in questionnaire.asking_items():
        if not isinstance(item, LikertItem) or questionnaire.conditions[item.id]:
            raise RefusedError(
                "IMF-T217",
                "'{questionnaire}' cannot be voted on in a session: item '{item}' is no statement "
                "on a scale, or not everybody sees it.",
                questionnaire=questionnaire.id,
                item=item.id,
            )
