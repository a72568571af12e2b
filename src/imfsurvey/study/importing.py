"""Responses from a file into the boxes of an open wave: all of them, or none.

They are sealed and written down as one batch first; then the batch is taken in, which may be broken
off and is finished the next time anything is imported, or when the wave closes. What was taken in
is noticed when it comes again, whatever kind of file it comes in: a salted hash of its content is
kept, slow to compute, until the wave closes. Then only the number stays, in the closing record.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import Field

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.interview.answers import Answer
from imfsurvey.interview.comments import comments_of, encode_comment
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.document import read
from imfsurvey.source.model import LanguageVersion, Many, SourceModel, validated
from imfsurvey.store import Entry
from imfsurvey.store.disk import explained, make_folder, replace_file
from imfsurvey.study.boxes import (
    answers_box,
    boxes_of,
    comments_box,
    count_responses,
    response_store,
)
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.sealed import Part
from imfsurvey.study.wave import Wave

IMPORTS: Final = "imports"
_RECORD, _PENDING = "imports.yaml", "pending.json"
_COST: Final = 2**14
"""Of scrypt: a tenth of a second for each guess at what a file held."""

Response = Mapping[str, Answer]
"""What counts of one response: `Interview.response()`."""


class Imported(SourceModel):
    """One batch that was taken in."""

    batch: str = Field(pattern=r"^[0-9a-f]{16}$")
    questionnaire: str
    responses: int = Field(ge=0)
    digest: str = ""
    """Salted hash of its content; empty once the wave has closed."""


class ImportsFile(SourceModel):
    """A whole imports.yaml, validated."""

    imfsurvey: LanguageVersion
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    imports: Many[Imported] = ()


class _Batch:
    """Sealed records of one import, as the stores take them over."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def entries(self) -> Iterator[Entry]:
        """Every record with its id."""
        return iter(self._entries)


def imported(wave: Wave) -> int:
    """How many responses of a wave came from files."""
    return sum(one.responses for one in _read(wave).imports)


def import_responses(
    wave: Wave, questionnaire: Questionnaire, responses: Sequence[Response], *, again: bool = False
) -> None:
    """Take in the responses of a file.

    `again`: even though the same ones were taken in before. Raises `RefusedError` when the wave is
    not open, when they were taken in before (F450), or when there would be more responses than
    people (F451); `StorageError` when the disk fails: then repeat it.
    """
    with wave.held("open"):
        finish_import(wave)
        record = _read(wave)
        digest = _digest(questionnaire, responses, wave, record.salt)
        if not again and any(one.digest == digest for one in record.imports):
            raise RefusedError(
                "IMF-F450",
                "These {count} responses were imported into wave '{wave}' before. If they are "
                "other people who answered the same, repeat the command with --again.",
                count=len(responses),
                wave=wave.id,
            )
        _require_room(wave, questionnaire, len(responses))
        batch = Imported(
            batch=secrets.token_hex(8),
            questionnaire=wave.stem(questionnaire.id),
            responses=len(responses),
            digest=digest,
        )
        entries = _sealed(wave, questionnaire, responses)
        for box in boxes_of(wave, questionnaire):
            with response_store(box) as store:
                store.reserve(len(entries[box.part]))
        _prepare(wave, record, batch, entries)
        finish_import(wave)


def _require_room(wave: Wave, questionnaire: Questionnaire, count: int) -> None:
    stored = count_responses(wave, questionnaire)
    if stored + count > wave.headcount:
        raise RefusedError(
            "IMF-F451",
            "The file holds {count} responses; with those that are here, these are more than the "
            "{headcount} people of the declared groups. Nothing was imported.",
            count=count,
            headcount=wave.headcount,
        )


def _sealed(
    wave: Wave, questionnaire: Questionnaire, responses: Sequence[Response]
) -> dict[Part, list[Entry]]:
    """The records, each under an id of its own, as if people had sent them one by one."""
    answers, apart = answers_box(wave, questionnaire), comments_box(wave, questionnaire)
    codec = wave.codec(questionnaire)
    found: dict[Part, list[Entry]] = {"answers": [], "comments": []}
    for response in responses:
        found["answers"].append(Entry(uuid.uuid4(), answers.sealed(codec.encode(response))))
        if apart is not None:
            for text in comments_of(questionnaire, response):
                sealed = apart.sealed(encode_comment(questionnaire.form_hash, text))
                found["comments"].append(Entry(uuid.uuid4(), sealed))
    for entries in found.values():
        secrets.SystemRandom().shuffle(entries)
    return found


def _digest(
    questionnaire: Questionnaire, responses: Sequence[Response], wave: Wave, salt: str
) -> str:
    """Of the answers, in whatever order they came."""
    codec = wave.codec(questionnaire)
    content = hashlib.sha256(b"".join(sorted(map(codec.encode, responses)))).digest()
    slow = hashlib.scrypt(content, salt=bytes.fromhex(salt), n=_COST, r=8, p=1, dklen=32)
    return slow.hex()


# --- the batch on its way ---------------------------------------------------------------------


def _prepare(
    wave: Wave, record: ImportsFile, batch: Imported, entries: Mapping[Part, Sequence[Entry]]
) -> None:
    plain = {
        "batch": batch.model_dump(mode="json"),
        "entries": {
            part: [[str(one.response_id), base64.b64encode(one.payload).decode()] for one in some]
            for part, some in entries.items()
        },
    }
    folder = wave.folder / IMPORTS
    with explained(folder):
        make_folder(folder)
    _write(wave, record)  # the salt, before the batch that was hashed with it
    with explained(folder / _PENDING):
        replace_file(folder / _PENDING, json.dumps(plain).encode("ascii"), level=True)


def finish_import(wave: Wave) -> None:
    """Take in a batch that is on its way, if there is one. The caller holds the wave.

    Harmless when repeated. Raises `StorageError`.
    """
    path = wave.folder / IMPORTS / _PENDING
    if not path.is_file():
        return
    batch, entries = _pending(path)
    questionnaire = wave.questionnaire(batch.questionnaire)
    for box in boxes_of(wave, questionnaire):
        with response_store(box) as store:
            store.merge(_Batch(entries.get(box.part, ())))
    record = _read(wave)
    if batch.batch not in {one.batch for one in record.imports}:
        _write(wave, record.model_copy(update={"imports": (*record.imports, batch)}))
    with explained(path):
        path.unlink()


def _pending(path: Path) -> tuple[Imported, dict[str, list[Entry]]]:
    with explained(path):
        content = path.read_bytes()
    try:
        plain = json.loads(content)
        batch = Imported.model_validate(plain["batch"])
        entries = {
            part: [Entry(uuid.UUID(key), base64.b64decode(payload)) for key, payload in some]
            for part, some in plain["entries"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StorageError(
            "IMF-F454",
            "'{file}' is damaged: an import was broken off and cannot be finished. Remove the "
            "file, look with 'imfsurvey wave show' how many responses are there, and import the "
            "rest.",
            file=str(path),
        ) from error
    return batch, entries


def forget_imports(wave: Wave) -> None:
    """Drop the hashes of what was taken in: nothing more comes into a closed wave."""
    if not (wave.folder / IMPORTS / _RECORD).is_file():
        return
    record = _read(wave)
    if not any(one.digest for one in record.imports):
        return
    bare = (one.model_copy(update={"digest": ""}) for one in record.imports)
    _write(wave, record.model_copy(update={"imports": tuple(bare)}))


def _read(wave: Wave) -> ImportsFile:
    path = wave.folder / IMPORTS / _RECORD
    if not path.is_file():
        return ImportsFile(imfsurvey=1, salt=secrets.token_hex(16))
    return validated(ImportsFile, read(path))


def _write(wave: Wave, record: ImportsFile) -> None:
    content = record.model_dump(mode="json", exclude_defaults=True)
    write_text(wave.folder / IMPORTS / _RECORD, yaml_text({"imfsurvey": 1, **content}))
