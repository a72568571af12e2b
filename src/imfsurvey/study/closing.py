"""closing.yaml: the closing record, by which a changed, missing or stuffed box is noticed.

It counts what each box holds and condenses it into a set hash, which does not depend on any
order: SHA-256 over the sorted hashes of the stored records. The sheet with its words is printed
and signed when collection ends; whoever unseals compares.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence

from pydantic import Field

from imfsurvey.i18n.errors import StorageError
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.document import read
from imfsurvey.source.model import LanguageVersion, Many, SourceModel, validated
from imfsurvey.store.slots import Entry
from imfsurvey.study.boxes import boxes_of, response_store
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.identity import Day
from imfsurvey.study.sealed import Box, Part
from imfsurvey.study.wave import Wave

CLOSING_FILE = "closing.yaml"


class BoxAccount(SourceModel):
    """What one box held when collection ended."""

    box: str
    """Short name of the questionnaire."""
    part: Part
    records: int = Field(ge=0)
    damaged: int = Field(ge=0)
    """Places that could not be read; whether a record was lost there cannot be told."""
    set_hash: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def digest(self) -> bytes:
        """The set hash as bytes."""
        return bytes.fromhex(self.set_hash)


class Merged(SourceModel):
    """A closing record from another computer, whose boxes were taken in."""

    place: str
    """What the facilitator called that computer, or the end of its set hash."""
    boxes: Many[BoxAccount]


class ClosingRecord(SourceModel):
    """A whole closing.yaml, validated."""

    imfsurvey: LanguageVersion
    wave: str
    uid: str
    closed_on: Day
    boxes: Many[BoxAccount]
    merged: Many[Merged] = ()


def digest_of(entry: Entry) -> bytes:
    """The hash of one stored record, its id included."""
    return hashlib.sha256(entry.response_id.bytes + entry.payload).digest()


def set_hash(digests: Iterable[bytes]) -> str:
    """The order-free hash of a set of records, hexadecimal."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def account(box: Box) -> BoxAccount:
    """What a box holds now."""
    with response_store(box) as store:
        digests = [digest_of(entry) for entry in store.entries()]
        damaged = len(store.damaged())
    return BoxAccount(
        box=box.name,
        part=box.part,
        records=len(digests),
        damaged=damaged,
        set_hash=set_hash(digests),
    )


def accounts(wave: Wave, questionnaires: Sequence[Questionnaire]) -> tuple[BoxAccount, ...]:
    """What all boxes of some questionnaires hold now."""
    return tuple(account(box) for one in questionnaires for box in boxes_of(wave, one))


def write_closing_record(
    wave: Wave,
    boxes: Sequence[BoxAccount],
    merged: Sequence[Merged],
    day: datetime.date,
) -> ClosingRecord:
    """Keep the closing record beside the wave."""
    record = ClosingRecord(
        imfsurvey=1,
        wave=wave.id,
        uid=wave.file.uid,
        closed_on=day,
        boxes=tuple(boxes),
        merged=tuple(merged),
    )
    content = record.model_dump(mode="json", exclude_none=True)
    write_text(wave.folder / CLOSING_FILE, yaml_text(content))
    return record


def closing_record(wave: Wave) -> ClosingRecord | None:
    """The closing record of a wave; None when there is none.

    Raises `ProblemsFoundError` when it cannot be read, `StorageError` when it is that of another
    wave.
    """
    path = wave.folder / CLOSING_FILE
    if not path.is_file():
        return None
    record = validated(ClosingRecord, read(path))
    if record.uid != wave.file.uid:
        raise StorageError(
            "IMF-T170",
            "'{file}' is the closing record of another wave. Put the original back.",
            file=str(path),
        )
    return record
