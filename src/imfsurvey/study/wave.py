"""wave.yaml and the frozen copies beside it: one measurement, from draft to closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from imfsurvey.framework import Framework, load_framework
from imfsurvey.framework.load import framework_from
from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.interview.record import RecordCodec
from imfsurvey.questionnaire import Choice, Questionnaire, questionnaire_from
from imfsurvey.questionnaire.shipped import FRAMEWORK, shipped
from imfsurvey.questionnaire.short import short_form
from imfsurvey.source.document import Document, read
from imfsurvey.source.hashes import content_hash
from imfsurvey.source.model import Many, SourceModel, Text, fault, validated
from imfsurvey.store import ResponseStore
from imfsurvey.store.disk import content_of, explained, locked
from imfsurvey.store.postgresql.address import checked_url
from imfsurvey.store.seal import Opening
from imfsurvey.study.identity import Day, Group
from imfsurvey.study.keys import PublicKey
from imfsurvey.study.kinds import WaveKind, WaveStatus

WAVE_FILE = "wave.yaml"
FROZEN_FRAMEWORK = "framework.yaml"
LOCK_FILE = "wave.lock"

_NAME = r"[a-z0-9][a-z0-9._-]*"
FileName = Annotated[str, StringConstraints(pattern=rf"^({_NAME}/)*{_NAME}\.yaml$")]
"""A questionnaire's file, below the study's or the shipped questionnaires."""


def _address(text: str) -> str:
    try:
        return checked_url(text) if text else ""
    except InputError as error:
        raise fault(error.code, error.template) from error


class Frozen(SourceModel):
    """A file that was copied when the wave opened, and the hash of its content."""

    file: str = Field(pattern=rf"^{_NAME}\.yaml$")
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")


class Holder(SourceModel):
    """Who can open what is sealed to a wave."""

    id: str
    holder: str
    office: str = ""
    public_key: PublicKey


class Seal(SourceModel):
    """To whom the anonymous responses of a wave are sealed; fixed when it opens."""

    opening: Opening
    keys: Many[Holder] = Field(min_length=1)

    @property
    def public_keys(self) -> tuple[str, ...]:
        """In the order in which a record is sealed to them."""
        return tuple(one.public_key for one in self.keys)


class Revision(SourceModel):
    """A correction of the self-assessment of a closed wave."""

    of: str = Field(pattern=rf"^{_NAME}$")
    """Id of the wave that is corrected."""
    number: int = Field(ge=2)
    """The wave itself is number 1."""
    why: str = Field(min_length=1)
    begun_on: Day
    as_of: Day
    """The day on which that wave closed: what holds then holds for its revisions."""


class WaveFile(SourceModel):
    """A whole wave.yaml, validated."""

    imfsurvey: Literal[1]
    kind: WaveKind
    label: Text
    status: WaveStatus = "draft"
    opened_on: Day | None = None
    closed_on: Day | None = None
    short: bool = False
    """Ask core topics only: the short form, for the years between zero and final."""
    questionnaires: Many[FileName] = Field(min_length=1)
    """Before opening: files of the study's own questionnaires, else shipped ones."""
    framework: Frozen | None = None
    frozen: Many[Frozen] = ()
    """After opening: the copies that count."""
    groups: Many[Group] = ()
    """The study's groups and headcounts on the day of opening."""
    keep_until: Day | None = None
    """The day until which responses are kept; they are destroyed after it."""
    store: Annotated[str, AfterValidator(_address)] = ""
    """Where anonymous responses lie: the address of a PostgreSQL server; empty: boxes here."""
    emptying: Annotated[str, AfterValidator(_address)] | None = None
    """Where they lay before they were moved, until that is emptied."""
    uid: str = Field(default="", pattern=r"^([0-9a-f]{16})?$")
    """Drawn by chance at opening: copies of the wave on other computers are known by it."""
    seal: Seal | None = None
    """None as long as nothing is anonymous in it."""
    revision: Revision | None = None

    @model_validator(mode="after")
    def _in_its_state(self) -> WaveFile:
        """Opening and closing do more than write a word, and neither is taken back by one."""
        opened = self.framework is not None and self.opened_on is not None
        if (self.status != "draft") != opened or (self.closed_on is not None) != (
            self.status == "closed"
        ):
            raise fault(
                "IMF-T491",
                "the status '{status}' is not that of the wave: it is opened by 'imfsurvey wave "
                "open' and closed by 'imfsurvey wave close', never by hand; write it as it was",
                at="status",
                status=self.status,
            )
        asked = [Path(name).name for name in self.questionnaires]
        if opened and asked != [one.file for one in self.frozen]:
            raise fault(
                "IMF-T492",
                "since the wave was opened its questionnaires are those under 'frozen', in that "
                "order: write them as they were",
                at="questionnaires",
            )
        return self


class Wave:
    """One wave's folder. Reading it never changes it.

    `file` is what was read last: anew when the wave is `held`, if somebody has changed it since.
    """

    def __init__(self, folder: Path, study_questionnaires: Path) -> None:
        self.folder = folder
        self._local = study_questionnaires
        self._lock, self._path = folder / LOCK_FILE, folder / WAVE_FILE
        self.file = validated(WaveFile, read(self._path))
        self.stores: dict[tuple[str, ...], ResponseStore] = {}
        """Opened stores by address, name and part of their box: see `boxes.response_store`."""
        self._loaded: dict[int, Questionnaire] = {}
        """Questionnaires that were read, by their place in wave.yaml."""
        self._codecs: dict[str, RecordCodec] = {}
        self._looked: tuple[bytes, WaveStatus] | None = None
        """What wave.yaml held when it was last looked at under the lock, and what that said."""

    def like(self) -> Wave:
        """Another reading of the same folder."""
        return Wave(self.folder, self._local)

    def changed(self, **settings: object) -> Wave:
        """The wave as it will be with other settings; nothing is written."""
        other = self.like()
        other.file = self.file.model_copy(update=settings)
        other.stores = self.stores
        return other

    @property
    def id(self) -> str:
        """The name of the folder, such as 2026-zero."""
        return self.folder.name

    @property
    def groups(self) -> tuple[Choice, ...]:
        """The groups as choices of an item with `choices_from: study.groups`."""
        return tuple(Choice(code=group.id, text=group.label) for group in self.file.groups)

    @property
    def headcount(self) -> int:
        """Everybody in the groups on the day of opening."""
        return sum(group.headcount for group in self.file.groups)

    def require(self, status: WaveStatus) -> None:
        """Raise `RefusedError` unless the wave is in that state."""
        if self.file.status == status:
            return
        if self.file.status == "closed":
            raise RefusedError(
                "IMF-T101",
                "Wave '{wave}' is closed: its answers and figures are final.",
                wave=self.id,
            )
        if self.file.status == "draft":
            raise RefusedError(
                "IMF-T102",
                "Wave '{wave}' is not open yet: run 'imfsurvey wave open {wave}' first.",
                wave=self.id,
            )
        if status == "draft":
            raise RefusedError("IMF-T103", "Wave '{wave}' is open already.", wave=self.id)
        raise RefusedError("IMF-T104", "Wave '{wave}' is still open.", wave=self.id)

    @property
    def seal(self) -> Seal:
        """To whom responses are sealed. Raises `RefusedError` when that was not settled."""
        return require_keys(self)

    def codec(self, questionnaire: Questionnaire) -> RecordCodec:
        """What writes and reads the records of an anonymous questionnaire of this wave."""
        if questionnaire.id not in self._codecs:
            self._codecs[questionnaire.id] = RecordCodec(questionnaire, self.groups)
        return self._codecs[questionnaire.id]

    @contextmanager
    def held(self, status: WaveStatus, *, shared: bool = False) -> Iterator[None]:
        """Keep the wave in that state while something is stored or counted.

        `shared`: for those who store something of their own, several at a time; who counts or
        changes the wave waits for them, and they for it.

        Looks at the file and not at what was read before: another program may have closed the
        wave since, or moved its responses to another store. It is parsed again only when a byte of
        it has changed. Raises `RefusedError`, `StorageError` when the folder is held too long.
        """
        with locked(self._lock, shared=shared):
            with explained(self._path):
                content = content_of(self._path)
            if self._looked != (content, status):
                self._looked = None
                self._take_over(validated(WaveFile, read(self._path)))
                self.require(status)
                self._looked = (content, status)
            yield

    def _take_over(self, file: WaveFile) -> None:
        """Go by what wave.yaml says now, and forget what was read by what it said before."""
        if file == self.file:
            return
        self.file = file
        self._loaded.clear()
        self._codecs.clear()
        for name in ("framework", "questionnaires", "stems"):
            self.__dict__.pop(name, None)

    # --- the framework and the questionnaires that count ------------------------------------

    def source_of(self, name: str) -> Path:
        """Where a questionnaire or the framework of a draft wave comes from."""
        local = self._local / name
        return local if local.is_file() else shipped(name)

    @cached_property
    def framework(self) -> Framework:
        """The framework: frozen once the wave has opened. Raises when a copy was changed."""
        if self.file.framework is None:
            return load_framework(self.source_of(FRAMEWORK))
        return framework_from(self._unchanged(self.file.framework))

    @cached_property
    def questionnaires(self) -> Mapping[str, Questionnaire]:
        """The questionnaires by id, in order: frozen once the wave has opened."""
        loaded = [self._read(place) for place in range(self._count)]
        by_id = {questionnaire.id: questionnaire for questionnaire in loaded}
        if len(by_id) < len(loaded):
            raise InputError(
                "IMF-T107", "Two questionnaires of wave '{wave}' have the same id.", wave=self.id
            )
        return by_id

    @property
    def _count(self) -> int:
        """How many there are to read."""
        return len(self.file.frozen if self.file.framework else self.file.questionnaires)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The short names of the questionnaires, in order."""
        return tuple(Path(name).stem for name in self.file.questionnaires)

    def stem(self, questionnaire_id: str) -> str:
        """The short name of a questionnaire within the wave, such as `perception`."""
        for place, one in self._loaded.items():
            if one.id == questionnaire_id:
                return self.stems[place]
        return self.stems[list(self.questionnaires).index(questionnaire_id)]

    def questionnaire(self, name: str) -> Questionnaire:
        """A questionnaire by id or short name; by its short name, no other one is read.

        Raises `RefusedError` when it is not in the wave.
        """
        if name in self.stems[: self._count]:
            return self._read(self.stems.index(name))
        if name in self.questionnaires:
            return self.questionnaires[name]
        raise RefusedError(
            "IMF-T105",
            "Wave '{wave}' has no questionnaire '{name}'; it has: {known}.",
            wave=self.id,
            name=name,
            known=", ".join(self.stems),
        )

    def _read(self, place: int) -> Questionnaire:
        """One of the questionnaires, by its place in wave.yaml."""
        if place not in self._loaded:
            if self.file.framework is None:
                document = read(self.source_of(self.file.questionnaires[place]))
            else:
                document = self._unchanged(self.file.frozen[place])
            found = questionnaire_from(document, self.framework)
            self._loaded[place] = short_form(found, self.framework) if self.file.short else found
        return self._loaded[place]

    def _unchanged(self, frozen: Frozen) -> Document:
        path = self.folder / frozen.file
        document = read(path)
        if content_hash(document.value) != frozen.hash:
            raise StorageError(
                "IMF-T106",
                "'{file}' was changed after the wave opened. Put the original back: answers "
                "already given belong to it.",
                file=str(path),
            )
        return document


def require_keys(wave: Wave) -> Seal:
    """To whom a wave is sealed. Raises `RefusedError` when that was not settled at opening."""
    if wave.file.seal is None:
        raise RefusedError(
            "IMF-T108",
            "Wave '{wave}' has no keys to seal to: they are named when a wave opens, with --key.",
            wave=wave.id,
        )
    return wave.file.seal
