"""Correcting a closed self-assessment: a new revision beside it, both kept.

A revision is a wave of its own that asks the self-assessments again, on the same frozen files and
as of the same day, beginning with the ratings as they were. What the staff said, the targets and
the approval of the policy stay those of the wave that is corrected.
"""

from __future__ import annotations

import datetime
import secrets
import shutil
from collections.abc import Iterable, Sequence
from typing import Final

from imfsurvey.i18n.catalogue import LANGUAGES, N_, translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.source.model import Text
from imfsurvey.store.disk import explained, make_folder, replace_file
from imfsurvey.study.assessment import ASSESSMENT_FILE
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.folder import Study
from imfsurvey.study.scoring import self_assessments
from imfsurvey.study.wave import WAVE_FILE, Revision, Wave

_REVISION: Final = N_("revision {number}")


def original_of(wave: Wave) -> str:
    """The id of the wave that was measured first."""
    return wave.file.revision.of if wave.file.revision is not None else wave.id


def number_of(wave: Wave) -> int:
    """1 for the wave itself, 2 for its first revision."""
    return wave.file.revision.number if wave.file.revision is not None else 1


def current(waves: Iterable[Wave]) -> tuple[Wave, ...]:
    """Those of the waves that no closed revision has replaced, in the same order."""
    found = tuple(waves)
    last: dict[str, int] = {}
    for wave in found:
        if wave.file.status == "closed":
            last[original_of(wave)] = max(number_of(wave), last.get(original_of(wave), 0))
    return tuple(wave for wave in found if number_of(wave) >= last.get(original_of(wave), 0))


def replaced_by(wave: Wave, waves: Sequence[Wave]) -> Wave | None:
    """The last closed revision that counts instead of a wave; None when it counts itself."""
    mine = [one for one in current(waves) if original_of(one) == original_of(wave)]
    closed = [one for one in mine if one.file.status == "closed"]
    last = max(closed, key=number_of, default=None)
    return last if last is not None and number_of(last) > number_of(wave) else None


def revise(study: Study, wave: Wave, why: str, today: datetime.date) -> Wave:
    """A new revision of a closed wave, open for its raters.

    Raises `RefusedError` when the wave is not closed, has no self-assessment, is being revised
    already, or when its ratings are sealed or destroyed; or without a reason.
    """
    wave.require("closed")
    reason = " ".join(why.split())
    if not reason:
        raise RefusedError("IMF-T460", "Say with --why what has to be corrected, and why.")
    first = study.wave(original_of(wave))
    with first.held("closed"):  # one correction at a time is begun
        return _begun(study, first, reason, today)


def _begun(study: Study, first: Wave, reason: str, today: datetime.date) -> Wave:
    """The same, while the wave is held."""
    family = [one for one in study.waves if original_of(one) == first.id]
    for one in family:
        if one.file.status == "open":
            raise RefusedError(
                "IMF-T462", "Wave '{wave}' is being revised already: '{open}' is open.",
                wave=first.id, open=one.id,
            )  # fmt: skip
    last = max(family, key=number_of)
    if not self_assessments(first):
        raise RefusedError(
            "IMF-T463",
            "Wave '{wave}' has no self-assessment: what the staff said is never corrected.",
            wave=first.id,
        )
    return _written(study, first, last, reason, today)


def _written(study: Study, first: Wave, last: Wave, why: str, today: datetime.date) -> Wave:
    """The folder of the revision; wave.yaml comes last, so that it is whole or not there."""
    ratings = last.folder / ASSESSMENT_FILE
    if not ratings.is_file():
        raise RefusedError(
            "IMF-T461",
            "The ratings of wave '{wave}' are sealed or destroyed: put {file} back, unsealed, to "
            "correct them.",
            wave=last.id,
            file=str(ratings),
        )
    number = number_of(last) + 1
    folder = first.folder.with_name(f"{first.id}-r{number}")
    asked = {one.id for one in self_assessments(first)}
    kept = [ident in asked for ident in first.questionnaires]
    pairs = zip(first.file.questionnaires, first.file.frozen, kept, strict=True)
    files = [(name, frozen) for name, frozen, wanted in pairs if wanted]
    with explained(folder):
        make_folder(folder)
        for file in (first.file.framework, *(frozen for _, frozen in files)):
            if file is not None:
                shutil.copyfile(first.folder / file.file, folder / file.file)
        replace_file(folder / ASSESSMENT_FILE, ratings.read_bytes())
    content = first.file.model_copy(
        update={
            "label": Text(_label(first, number)),
            "status": "open",
            "closed_on": None,
            "questionnaires": tuple(name for name, _ in files),
            "frozen": tuple(frozen for _, frozen in files),
            "store": "",
            "uid": secrets.token_hex(8),
            "revision": Revision(
                of=first.id,
                number=number,
                why=why,
                begun_on=today,
                as_of=first.file.closed_on or today,
            ),
        }
    )
    text = yaml_text(content.model_dump(mode="json", exclude_none=True))
    write_text(folder / WAVE_FILE, text)
    return study.wave(folder.name)


def _label(first: Wave, number: int) -> dict[str, str]:
    """The name of the wave in each of its languages, with the number of the revision."""
    return {
        language: f"{text} ({translator(language)(_REVISION, number=number)})"
        for language, text in first.file.label.root.items()
        if language in LANGUAGES
    }
