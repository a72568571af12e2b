"""closing.yaml: the closing record, by which a changed, missing or stuffed box is noticed.

It counts what each box holds and condenses it into a set hash, which does not depend on any
order: SHA-256 over the sorted hashes of the stored records. The sheet with its words is printed
and signed when collection ends; whoever unseals compares.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pydantic import Field

from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import StorageError
from imfsurvey.questionnaire.model import FLOOR_K
from imfsurvey.source.document import read
from imfsurvey.source.model import LanguageVersion, Many, SourceModel, validated
from imfsurvey.source.problems import Problem
from imfsurvey.study.accounts import TicketAccount, ticket_account, ticket_differences
from imfsurvey.study.boxes import boxes_of, response_store
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.identity import Day
from imfsurvey.study.scoring import surveys
from imfsurvey.study.sealed import ANSWERS, Box, Part
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
    """The boxes of another computer that were taken in, as its own closing record says."""

    place: str = ""
    boxes: Many[BoxAccount]
    missing: int = Field(default=0, ge=0)
    """Records of it that were not here any more when this wave closed."""
    imported: int | None = Field(default=None, ge=1)
    """Responses that came from files there."""


class ClosingRecord(SourceModel):
    """A whole closing.yaml, validated."""

    imfsurvey: LanguageVersion
    wave: str
    session: str = ""
    """Name of the team session whose boxes these are; empty for those of the surveys."""
    uid: str
    closed_on: Day
    place: str = ""
    """Which computer collected, such as "laptop B"."""
    boxes: Many[BoxAccount]
    merged: Many[Merged] = ()
    tickets: TicketAccount | None = None
    imported: int | None = Field(default=None, ge=1)
    """Responses that came from files on this computer; None: none did."""
    unfinished: int | None = Field(default=None, ge=FLOOR_K)
    """Drafts that nobody finished, where there were enough that it points at nobody."""

    @property
    def from_files(self) -> int:
        """Responses that came from files, here and on the computers that were merged: no ticket
        was needed for them."""
        return sum(one or 0 for one in (self.imported, *(each.imported for each in self.merged)))

    @property
    def responses(self) -> int:
        """All that the boxes held, of whatever questionnaire: a ticket is good for one."""
        return responses_in(self.boxes)


def responses_in(boxes: Iterable[BoxAccount]) -> int:
    """How many responses lie in boxes."""
    return sum(one.records for one in boxes if one.part == ANSWERS)


def set_hash(digests: Iterable[bytes]) -> str:
    """The order-free hash of a set of records, hexadecimal."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


class Content(NamedTuple):
    """What a box holds, for the record and one by one."""

    account: BoxAccount
    digests: frozenset[bytes]


def contents(wave: Wave) -> tuple[Content, ...]:
    """What the boxes of a wave hold now."""
    return tuple(_content(box) for box in boxes_in(wave))


def boxes_in(wave: Wave) -> tuple[Box, ...]:
    """The boxes of all surveys of a wave."""
    return tuple(box for survey in surveys(wave) for box in boxes_of(wave, survey))


def _content(box: Box) -> Content:
    with response_store(box) as store:
        digests = frozenset(store.digests())
        damaged = len(store.damaged())
    return Content(account(box.name, box.part, digests, damaged), digests)


def account(name: str, part: Part, digests: frozenset[bytes], damaged: int) -> BoxAccount:
    """The line of a box in the record."""
    return BoxAccount(
        box=name,
        part=part,
        records=len(digests),
        damaged=damaged,
        set_hash=set_hash(digests),
    )


def write_closing_record(
    wave: Wave,
    boxes: Sequence[BoxAccount],
    merged: Sequence[Merged],
    day: datetime.date,
    place: str = "",
    imported: int = 0,
    unfinished: int = 0,
) -> ClosingRecord:
    """Keep the closing record beside the wave. `unfinished`: the drafts that are left; it is kept
    only when it is large enough."""
    record = ClosingRecord(
        imfsurvey=1,
        wave=wave.id,
        uid=wave.file.uid,
        closed_on=day,
        place=place,
        boxes=tuple(boxes),
        merged=tuple(merged),
        tickets=ticket_account(wave),
        imported=imported or None,
        unfinished=unfinished if unfinished >= FLOOR_K else None,
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


def differences(wave: Wave) -> list[Problem]:
    """Where the boxes are not what the closing record says; empty when all is as it was."""
    record = closing_record(wave)
    where = str(wave.folder / CLOSING_FILE)
    if record is None and not surveys(wave):
        return []  # its votes have records of their own, one for each session
    if record is None:
        return [Problem("IMF-T171", "there is no closing record to compare with", {}, where)]
    now = {(one.account.box, one.account.part): one.account for one in contents(wave)}
    then = {(one.box, one.part): one for one in record.boxes}
    lost = [
        Problem(
            "IMF-T178",
            "{count} records taken in from '{place}' were gone when the wave closed",
            {"count": one.missing, "place": one.place},
            where,
        )
        for one in record.merged
        if one.missing
    ]
    changed = [
        problem
        for place in sorted(now.keys() | then.keys())
        for problem in compared(then.get(place), now.get(place), where)
    ]
    responses, tickets = responses_in(now.values()) - record.from_files, ticket_account(wave)
    return lost + changed + [*ticket_differences(record.tickets, tickets, responses, where)]


def compared(then: BoxAccount | None, now: BoxAccount | None, where: str) -> Iterator[Problem]:
    """How a box differs from what the closing record says of it."""
    one = now or then
    assert one is not None
    name = {"box": f"{one.box}/{one.part}"}
    if then is None or now is None:
        yield Problem("IMF-T172", "box '{box}' is not in the record", name, where)
    elif now.records != then.records:
        counts = {**name, "then": then.records, "now": now.records}
        sentence = N_("box '{box}' held {then} records when it was closed, now it holds {now}")
        yield Problem("IMF-T173", sentence, counts, where)
    elif now.set_hash != then.set_hash:
        sentence = N_("box '{box}' holds other records than when it was closed")
        yield Problem("IMF-T174", sentence, name, where)
    if then and now and now.damaged > then.damaged:
        more = {**name, "count": now.damaged - then.damaged}
        sentence = N_("box '{box}' has {count} damaged places more than when it was closed")
        yield Problem("IMF-T175", sentence, more, where)
