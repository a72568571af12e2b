"""The study folder: found, opened, made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from imfsurvey.framework import Framework, load_framework
from imfsurvey.i18n.catalogue import LANGUAGES, N_, translator
from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.questionnaire import Choice
from imfsurvey.questionnaire.shipped import FRAMEWORK, PERCEPTION, POLICY, SELF_ASSESSMENT
from imfsurvey.source.document import parse, read
from imfsurvey.source.model import validated
from imfsurvey.store.disk import explained, make_folder
from imfsurvey.store.postgresql.address import checked_url
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.identity import SHORT_NAME, StudyFile
from imfsurvey.study.kinds import WaveKind
from imfsurvey.study.place import QUESTIONNAIRES, STUDY_FILE, folder_around, source_of
from imfsurvey.study.wave import WAVE_FILE, Wave, WaveFile

STUDY_DESK = "study.json"
"""What belongs to the study as a whole and is no setting: its actions, its policy (TinyDB)."""
REPORTS = "reports"
"""Where what is written for people lies in a study."""
EXPORTS = "exports"
"""Where data files lie in a study."""
_LABELS: Mapping[WaveKind, str] = {
    "zero": N_("Zero measurement {year}"),
    "annual": N_("Annual measurement {year}"),
    "final": N_("Final measurement {year}"),
}
_ORDER: Mapping[WaveKind, int] = {"zero": 0, "annual": 1, "final": 2}


class Study:
    """One entity's folder. Holds nothing in memory but study.yaml."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / STUDY_FILE
        with explained(path):
            there = path.is_file()
        if not there:
            raise InputError(
                "IMF-T110",
                "'{folder}' is no study: it has no {file}. Make one with 'imfsurvey new DIR'.",
                folder=str(folder),
                file=STUDY_FILE,
            )
        self.file = validated(StudyFile, read(path))

    @classmethod
    def around(cls, start: Path) -> Study | None:
        """The study that a folder lies in, looked for upwards; None when there is none."""
        folder = folder_around(start)
        return None if folder is None else cls(folder)

    @classmethod
    def find(cls, start: Path) -> Study:
        """The study that a folder lies in, looked for upwards. Raises `InputError`."""
        study = cls.around(start)
        if study is not None:
            return study
        raise InputError(
            "IMF-T111",
            "There is no study in '{folder}' or above it. Go to a study folder, name one with "
            "--study, or make one with 'imfsurvey new DIR'.",
            folder=str(start),
        )

    @classmethod
    def create(cls, folder: Path, content: Mapping[str, Any]) -> Study:
        """A new study folder holding `content` as study.yaml. Raises when one is there."""
        with explained(folder):
            taken = (folder / STUDY_FILE).exists()
        if taken:
            raise RefusedError("IMF-T112", "'{folder}' is a study already.", folder=str(folder))
        text = yaml_text(content)
        validated(StudyFile, parse(text, STUDY_FILE))
        with explained(folder):
            make_folder(folder / "waves")
        write_text(folder / STUDY_FILE, text)
        return cls(folder)

    # --- what it measures by ------------------------------------------------------------------

    def source_of(self, name: str) -> Path:
        """Where a questionnaire or the framework comes from: the study's own, else shipped."""
        return source_of(self.folder, name)

    @cached_property
    def framework(self) -> Framework:
        """The framework of the last wave; without a wave, the one that the first would have."""
        waves = self.waves
        return waves[-1].framework if waves else load_framework(self.source_of(FRAMEWORK))

    @property
    def groups(self) -> tuple[Choice, ...]:
        """The groups as choices of an item with `choices_from: study.groups`."""
        return tuple(Choice(code=group.id, text=group.label) for group in self.file.groups)

    # --- waves ------------------------------------------------------------------------------

    @property
    def waves(self) -> tuple[Wave, ...]:
        """Every wave, in order of opening; those not opened yet last."""
        folders = sorted(path.parent for path in self.folder.glob(f"waves/*/{WAVE_FILE}"))
        waves = [Wave(folder, self.folder / QUESTIONNAIRES) for folder in folders]
        return tuple(sorted(waves, key=_chronological))

    def wave(self, name: str) -> Wave:
        """A wave by its id. Raises `InputError` naming the waves there are."""
        for wave in self.waves:
            if wave.id == name:
                return wave
        known = ", ".join(wave.id for wave in self.waves)
        if not known:
            raise InputError(
                "IMF-T113",
                "This study has no wave yet: make one with 'imfsurvey wave new --kind zero'.",
            )
        raise InputError(
            "IMF-T114",
            "There is no wave '{name}' here; there are: {known}.",
            name=name,
            known=known,
        )

    def new_wave(
        self,
        kind: WaveKind,
        year: int,
        *,
        name: str | None = None,
        questionnaires: Sequence[str] = (*SELF_ASSESSMENT, PERCEPTION),
        short: bool = False,
        store: str = "",
    ) -> Wave:
        """A draft wave, `<year>-<kind>` unless named otherwise; `short` asks core topics only.

        `store`: the address of a PostgreSQL server for the anonymous responses, else boxes here.
        Raises `InputError` for a name that cannot be one, `RefusedError` when it is taken (T116),
        and for the policy among the questionnaires (T426).
        """
        wave_id = name or f"{year}-{kind}"
        if not SHORT_NAME.fullmatch(wave_id):
            raise InputError(
                "IMF-T115",
                "'{name}' cannot name a wave: use lower-case letters, digits, '-' and '_'.",
                name=wave_id,
            )
        if POLICY in questionnaires:
            raise policy_in_wave(POLICY)
        folder = self.folder / "waves" / wave_id
        with explained(folder):  # an empty one was left by a program that was killed
            taken = folder.exists() and any(folder.iterdir())
        if taken:
            raise RefusedError("IMF-T116", "There is a wave '{name}' already.", name=wave_id)
        label = {code: translator(code)(_LABELS[kind], year=year) for code in LANGUAGES}
        content = {
            "imfsurvey": 1,
            "kind": kind,
            "label": label,
            "status": "draft",
            **({"short": True} if short else {}),
            **({"store": checked_url(store)} if store else {}),
            "questionnaires": list(questionnaires),
        }
        text = yaml_text(content)
        validated(WaveFile, parse(text, WAVE_FILE))
        with explained(folder):
            make_folder(folder)
        write_text(folder / WAVE_FILE, text)
        return self.wave(wave_id)


def policy_in_wave(name: str) -> RefusedError:
    """Why a wave cannot ask for the policy: it is one text of the study, older than any wave."""
    return RefusedError(
        "IMF-T426",
        "'{file}' is the integrity policy, which belongs to the study and to no wave. Leave it out "
        "here, and write it with 'imfsurvey policy'.",
        file=name,
    )


def _chronological(wave: Wave) -> tuple[bool, str, int, str]:
    opened = wave.file.opened_on
    return (opened is None, str(opened), _ORDER[wave.file.kind], wave.id)
