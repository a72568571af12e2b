"""drafts/: what respondents of a survey put aside, each sealed to the holder of a ticket.

Nobody's draft is written unless they ask for it. It is sealed (age) to a key that only the code on
the ticket gives, through scrypt; neither the book of tickets nor a key holder of the wave can open
it. Its file has a name that only the code gives too, the size of all the others and the constant
time. It is destroyed when the response is stored, when its author leaves without sending, and when
the wave closes.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.interview import Answer
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.detached import detached_fields
from imfsurvey.store.derived import key_of
from imfsurvey.store.disk import (
    erase_file,
    explained,
    level_times,
    make_folder,
    replace_file,
    temporary,
)
from imfsurvey.store.seal import Unsealer, public_key, seal, sealed_size
from imfsurvey.study.answers import ANSWERS, plain
from imfsurvey.study.tickets import TICKETS_FILE, Ticket, TicketBook
from imfsurvey.study.wave import Wave

DRAFTS: Final = "drafts"
_ENDING: Final = ".draft"

_ROOM: Final = 400
"""Bytes of a record besides the answers."""
_EACH: Final = 100
"""Bytes of one answer besides its id, its codes and its words: names of fields, signs between."""
_CHARACTER: Final = 6
"""Most bytes of a character in JSON."""
_STEP: Final = 1024
"""Records are as long as the next multiple of it."""


@dataclass(frozen=True)
class Draft:
    """What was said so far, where it was left, and in which orders everything came."""

    answers: Mapping[str, Answer] = field(repr=False)
    at: str
    """Id of the item that was open."""
    seed: str
    """What the orders of items and choices were drawn from."""


class TicketDraft:
    """The draft of who holds a ticket, to one questionnaire of a wave.

    ValueError for a ticket without its secret: with an empty one, anybody could derive the key.
    """

    def __init__(self, wave: Wave, questionnaire: Questionnaire, ticket: Ticket) -> None:
        if not ticket.secret:
            raise ValueError("a draft needs the secret of its ticket")
        self._wave, self._questionnaire, self._ticket = wave, questionnaire, ticket

    @cached_property
    def _path(self) -> Path:
        return self._wave.folder / DRAFTS / f"{self._derived('name')[:16].hex()}{_ENDING}"

    @cached_property
    def _secret_key(self) -> str:
        return key_of(self._derived("key"))

    def _derived(self, purpose: str) -> bytes:
        """32 bytes for one purpose, this wave and this questionnaire: one tells none of another."""
        context = f"imfsurvey draft {purpose}/{self._wave.file.uid}/{self._questionnaire.id}"
        return hmac.digest(self._ticket.secret, context.encode(), "sha256")

    @property
    def kept(self) -> bool:
        """Whether something was put aside."""
        with explained(self._path):
            return self._path.is_file()

    def keep(self, draft: Draft) -> None:
        """Put answers aside, durably; a draft that is there is replaced in one step.

        Raises `RefusedError` when the wave is not open or the ticket was used meanwhile (T194),
        `StorageError` when the disk fails.
        """
        content = self._sealed(draft)
        book = TicketBook(self._wave.folder / TICKETS_FILE)
        with (
            self._wave.held("open", shared=True),
            book.unused(self._ticket),
            explained(self._path),
        ):
            make_folder(self._path.parent)
            replace_file(self._path, content, level=True)
            _level_all(self._wave)

    def load(self) -> Draft | None:
        """What was put aside; None when nothing was.

        Raises `RefusedError` T340 for a draft of another version of the questionnaire,
        `StorageError` T341 for one that cannot be read.
        """
        with explained(self._path):
            try:
                raw = self._path.read_bytes()
            except FileNotFoundError:
                return None
        if not raw.strip():  # it was being destroyed
            return None
        try:
            return self._opened(raw)
        except (ValueError, TypeError, KeyError, RecursionError) as fault:
            raise unreadable() from fault

    def remove(self) -> None:
        """Destroy what was put aside, if anything was. Raises `StorageError`."""
        with explained(self._path):
            begun = temporary(self._path)  # by a program that was killed
            for path in (self._path, begun):
                if path.is_file():
                    erase_file(path)
                    _level_all(self._wave)

    # --- the record -------------------------------------------------------------------------

    def _sealed(self, draft: Draft) -> bytes:
        record = {
            "wave": self._wave.file.uid,
            "form": self._questionnaire.form_hash,
            "at": draft.at,
            "seed": draft.seed,
            "answers": plain(draft.answers),
        }
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        size = self._size
        if len(text) > size:
            raise ValueError("a draft longer than its questionnaire allows")
        sealed = seal(text.ljust(size), [public_key(self._secret_key)], "any_of")
        most = sealed_size(size, 1, "any_of")
        return base64.b64encode(sealed).ljust(-(-most // 3) * 4) + b"\n"

    def _opened(self, raw: bytes) -> Draft:
        """ValueError and its like for what is no draft of this ticket."""
        own = public_key(self._secret_key)
        record = Unsealer([self._secret_key], "any_of", [own]).unseal(base64.b64decode(raw))
        if record is None:
            raise ValueError("not sealed to this ticket")
        told: dict[str, Any] = json.loads(record)
        if (told["wave"], told["form"]) != (self._wave.file.uid, self._questionnaire.form_hash):
            raise RefusedError(
                "IMF-T340",
                "What you put aside was given to another version of the questionnaire and cannot "
                "be gone on with. Your ticket is still good: please begin anew.",
            )
        return Draft(ANSWERS.validate_python(told["answers"]), str(told["at"]), str(told["seed"]))

    @property
    def _size(self) -> int:
        """Bytes of every record of the questionnaire, whatever was said."""
        size = _ROOM
        for item in self._wave.codec(self._questionnaire).items:
            said = [_spelled(variable.name) for variable in item.variables]
            if not item.several:
                said = [max(map(_spelled, item.variables[0].codes))]
            size += _EACH + _spelled(item.id) + sum(said)
        for (item_id, _), limit in detached_fields(self._questionnaire).items():
            size += _EACH + _spelled(item_id) + _CHARACTER * limit
        return -(-size // _STEP) * _STEP


def _spelled(code: object) -> int:
    """Bytes of a code in JSON, with what separates it from the next."""
    return len(json.dumps(code).encode()) + 1


def unreadable() -> StorageError:
    """That a draft holds what nobody can have put aside."""
    return StorageError(
        "IMF-T341",
        "What you put aside is damaged and cannot be read any more. Your ticket is still good: "
        "please begin anew.",
    )


def drafts_in(wave: Wave) -> int:
    """How many drafts a wave has, of all its questionnaires."""
    return len(_files(wave))


def destroy_drafts(wave: Wave) -> None:
    """Destroy all drafts of a wave. Killed in between, it is done again. Raises `StorageError`."""
    folder = wave.folder / DRAFTS
    with explained(folder):
        for path in _files(wave, also_begun=True):
            with suppress(FileNotFoundError):  # its author has just done it
                erase_file(path)
        if folder.is_dir():
            with suppress(OSError):  # something else lies there, which is not ours to remove
                folder.rmdir()


def _files(wave: Wave, *, also_begun: bool = False) -> list[Path]:
    """The files of drafts; `also_begun`: what a killed program left unfinished as well."""
    folder = wave.folder / DRAFTS
    with explained(folder):
        return sorted(folder.glob(f"*{_ENDING}{'*' if also_begun else ''}"))


def _level_all(wave: Wave) -> None:
    """Touch all drafts alike: the system notes when a file was last changed."""
    for path in (*_files(wave), wave.folder / DRAFTS):
        with suppress(FileNotFoundError):  # another program has just destroyed it
            level_times(path)
