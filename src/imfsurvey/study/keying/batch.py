"""What was typed of a survey and is not stored yet: sealed, with a passphrase, and nothing else.

A sheet is typed in, and later once more, perhaps by somebody else on another day. In between it
lies in one file, as a whole sealed (age) to a key that only a passphrase opens: numbers of sheets,
codes, words, values of tickets. In the clear stands how many sheets wait. Once a sheet is stored,
its number is all that is kept of it, so that nobody types it in again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.interview.answers import Answer
from imfsurvey.interview.comments import Comment
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.store.disk import erase_file, explained, make_folder, replace_file, tried
from imfsurvey.store.seal import Unsealer, new_key, protect, public_key, seal, secret_in
from imfsurvey.study.boxes import (
    Submission,
    answers_box,
    expect_another,
    response_store,
    submit,
    ticket_book,
)
from imfsurvey.study.tickets import Ticket
from imfsurvey.study.wave import Wave

KEYING: Final = "keying"
_STEP: Final = 64 * 1024
"""The sealed text is as long as a multiple of this, so that it does not tell what was written."""


_NO_BATCH: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading a file ends in that was changed: also a number without an end, endless nesting."""


@dataclass
class Typed:
    """One sheet that is not stored yet."""

    typed: dict[str, str]
    ticket: str = ""
    """The value by which its ticket is marked as used."""
    seed: str = ""
    """Drawn when it was compared: storing it again after a crash changes nothing."""


@dataclass
class Contents:
    """What is sealed. The keys of the mappings are the numbers of sheets."""

    waiting: dict[str, Typed] = field(default_factory=dict)
    """Typed once."""
    compared: dict[str, Typed] = field(default_factory=dict)
    """Typed twice, all differences settled, not stored yet."""
    stored: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """How far a batch is; each sheet that is stored counts as compared and typed too."""

    typed: int
    compared: int
    stored: int


class KeptSubmission(Submission):
    """The ids of one sheet's records, the same at every try, drawn from a secret seed.

    Without the seed, which goes when the sheet is stored, nothing ties them to each other.
    """

    def __init__(self, seed: str, *, paid: bool) -> None:
        super().__init__()
        self._seed = bytes.fromhex(seed)
        self.answers_id = self._drawn("answers")
        self._paid = paid

    def text_id(self, comment: Comment) -> uuid.UUID:
        """The id of one text."""
        return self._drawn(f"{comment.item}/{comment.field}")

    def _drawn(self, name: str) -> uuid.UUID:
        digest = hashlib.blake2b(name.encode(), key=self._seed, digest_size=16).digest()
        return uuid.UUID(bytes=digest, version=4)


class Batch:
    """The sheets of one survey on this computer. One program at a time has it: see `held`.

    Every change is on disk when the call returns. Raises `StorageError` when the disk fails or
    the file is damaged (T476), `RefusedError` when the wave is not open any more.
    """

    def __init__(
        self,
        wave: Wave,
        survey: Questionnaire,
        key: tuple[str, bytes],
        contents: Contents | None = None,
    ) -> None:
        """`key`: the secret one, and the same as it is kept in the file, under the passphrase."""
        self.wave, self.survey = wave, survey
        self._secret, self._protected = key
        self._contents = contents or Contents()
        self._storing: dict[str, tuple[KeptSubmission, Ticket | None]] = {}
        self._lost: set[str] = set()
        """Compared sheets whose ticket was used without them: they are to be typed anew."""

    @classmethod
    def begun(cls, wave: Wave, survey: Questionnaire, phrase: str) -> Self:
        """A new one, which that passphrase opens. Takes about a second on purpose."""
        secret, _ = new_key()
        batch = cls(wave, survey, (secret, protect(secret, phrase)))
        batch.save()
        return batch

    @classmethod
    def opened(cls, wave: Wave, survey: Questionnaire, phrase: str) -> Self:
        """The one that is there. Raises `InputError` K104 for another passphrase."""
        path = batch_file(wave, survey)
        with explained(path):
            content = path.read_bytes()
        try:
            record = json.loads(content)
            protected, sealed = (base64.b64decode(record[name]) for name in ("key", "sealed"))
        except _NO_BATCH as error:
            raise _damaged(path) from error
        secret = secret_in(protected, phrase)
        public = public_key(secret)
        plain = Unsealer([secret], "any_of", [public]).unseal(sealed)
        if plain is None:
            raise _damaged(path)
        try:
            contents = _contents(json.loads(plain))
        except _NO_BATCH as error:
            raise _damaged(path) from error
        return cls(wave, survey, (secret, protected), contents)

    @property
    def counts(self) -> Counts:
        """How many sheets are typed, compared, stored."""
        inside = self._contents
        stored = len(inside.stored)
        compared = stored + len(inside.compared)
        return Counts(compared + len(inside.waiting), compared, stored)

    @property
    def with_tickets(self) -> bool:
        """Whether a sheet needs a ticket."""
        return ticket_book(self.wave).exists()

    def waiting(self, number: str) -> Mapping[str, str]:
        """What was typed first of a sheet. Raises `RefusedError` T475 when there is nothing."""
        if number not in self._contents.waiting:
            raise RefusedError(
                "IMF-T475",
                "Sheet {number} does not wait for its second typing: it is stored, or it was not "
                "typed yet.",
                number=number,
            )
        return self._contents.waiting[number].typed

    def waiting_numbers(self) -> list[str]:
        """The sheets that were typed once, the lowest number first."""
        return sorted(self._contents.waiting, key=int)

    def expect(self, number: str) -> None:
        """Raise `RefusedError` unless a sheet of that number may be typed for the first time."""
        inside = self._contents
        if number in {*inside.stored, *inside.waiting, *inside.compared} - self._lost:
            raise RefusedError(
                "IMF-T474",
                "Sheet {number} was typed already. Is it another sheet? Give it another number.",
                number=number,
            )
        expect_another(self.wave, self.survey)

    def checked(self, code: str) -> str:
        """The value of a ticket from its code. Raises as `TicketBook.check` does, and
        `RefusedError` T477 when another sheet has the same ticket."""
        proof = ticket_book(self.wave).check(code).proof.hex()
        inside = self._contents
        for number, sheet in (*inside.waiting.items(), *inside.compared.items()):
            if sheet.ticket == proof:
                raise RefusedError(
                    "IMF-T477",
                    "Sheet {number} has this ticket already: it is good for one response.",
                    number=number,
                )
        return proof

    # --- changes --------------------------------------------------------------------------------

    def keep(self, number: str, typed: Mapping[str, str], ticket: str = "") -> None:
        """Keep the first typing of a sheet, sealed."""
        self._contents.compared.pop(number, None)
        self._contents.waiting[number] = Typed(dict(typed), ticket)
        self.save()

    def forget(self, number: str) -> None:
        """Drop a first typing: it is to be typed anew."""
        self._contents.waiting.pop(number, None)
        self.save()

    def settle(self, number: str, typed: Mapping[str, str]) -> None:
        """Both typings agree by now: from here on the sheet only has to be stored."""
        first = self._contents.waiting.pop(number)
        self._lost.discard(number)
        sheet = Typed(dict(typed), first.ticket, secrets.token_hex(32))
        self._contents.compared[number] = sheet
        self._storing[number] = (KeptSubmission(sheet.seed, paid=False), _ticket(sheet))
        self.save()

    def unstored(self) -> dict[str, Mapping[str, str]]:
        """The sheets that were compared and could not be stored, or not for sure."""
        return {number: sheet.typed for number, sheet in self._contents.compared.items()}

    def store(self, number: str, answers: Mapping[str, Answer]) -> None:
        """Seal a compared sheet to the key holders and store it, as any response; once, however
        often this is called. Raises as `boxes.submit` does."""
        if number not in self._storing:  # the program ended while it was being stored
            self._storing[number] = self._resumed(self._contents.compared[number])
        submission, ticket = self._storing[number]
        try:
            submit(self.wave, self.survey, submission, answers, ticket)
        except RefusedError as error:
            if error.code == "IMF-T194":
                self._lost.add(number)
            raise
        del self._contents.compared[number]
        self._contents.stored.append(number)
        self._contents.stored.sort(key=int)  # not in the order of storing
        self.save()

    def _resumed(self, sheet: Typed) -> tuple[KeptSubmission, Ticket | None]:
        """What is there already was paid for."""
        answers_id = KeptSubmission(sheet.seed, paid=False).answers_id
        with response_store(answers_box(self.wave, self.survey)) as store:
            there = any(one.response_id == answers_id for one in store.entries())
        return KeptSubmission(sheet.seed, paid=there), _ticket(sheet)

    def save(self) -> None:
        """Write all of it, sealed."""
        plain = json.dumps(asdict(self._contents), ensure_ascii=False).encode("utf-8")
        plain += b" " * (-len(plain) % _STEP)
        sealed = seal(plain, [public_key(self._secret)], "any_of")
        record = {
            "imfsurvey": 1,
            "waiting": len(self._contents.waiting) + len(self._contents.compared),
            "key": base64.b64encode(self._protected).decode("ascii"),
            "sealed": base64.b64encode(sealed).decode("ascii"),
        }
        path = batch_file(self.wave, self.survey)
        with self.wave.held("open", shared=True), explained(path):
            make_folder(path.parent)
            replace_file(path, json.dumps(record).encode("ascii"), level=True)


def batch_file(wave: Wave, survey: Questionnaire) -> Path:
    """Where the sheets of a survey wait."""
    return wave.folder / KEYING / f"{wave.stem(survey.id)}.json"


@contextmanager
def held(wave: Wave, survey: Questionnaire) -> Iterator[None]:
    """Keep other programs from typing in the same survey here. Raises `RefusedError` T478."""
    path = batch_file(wave, survey)
    with explained(path):
        make_folder(path.parent)
    with tried(path.with_suffix(".lock")) as free:
        if not free:
            raise RefusedError(
                "IMF-T478",
                "Another program types in '{questionnaire}' on this computer: end it first.",
                questionnaire=survey.id,
            )
        yield


def waiting_sheets(wave: Wave) -> int:
    """How many sheets of a wave were typed and are not stored."""
    found = 0
    for path in sorted((wave.folder / KEYING).glob("*.json")):
        with explained(path):
            content = path.read_bytes()
        try:
            found += int(json.loads(content)["waiting"])
        except _NO_BATCH as error:
            raise _damaged(path) from error
    return found


def require_typed(wave: Wave) -> None:
    """Raise `RefusedError` T479 while sheets wait: closing would lose them."""
    count = waiting_sheets(wave)
    if count:
        raise RefusedError(
            "IMF-T479",
            "Sheets that were typed but not stored yet: {count}. Compare them with 'imfsurvey "
            "key-in {wave} --second', or close with --drop-sheets and lose them.",
            count=count,
            wave=wave.id,
        )


def destroy_batches(wave: Wave) -> None:
    """Remove what waits and the numbers of what is stored: nothing can be added any more.

    And what a killed program had begun to write.
    """
    for path in sorted((wave.folder / KEYING).glob("*.json*")):
        with explained(path):
            erase_file(path)


def _ticket(sheet: Typed) -> Ticket | None:
    return Ticket(bytes.fromhex(sheet.ticket)) if sheet.ticket else None


def _contents(plain: Mapping[str, Any]) -> Contents:
    return Contents(
        waiting={number: Typed(**one) for number, one in plain["waiting"].items()},
        compared={number: Typed(**one) for number, one in plain["compared"].items()},
        stored=list(plain["stored"]),
    )


def _damaged(path: Path) -> StorageError:
    return StorageError(
        "IMF-T476",
        "{file} cannot be read: what was typed and not stored is lost. Move the file away and type "
        "those sheets in again.",
        file=str(path),
    )


def require_mark(survey: Questionnaire, typed: str) -> None:
    """Raise `InputError` T472 unless that is the mark at the foot of this survey's sheets."""
    mark = "".join(typed.split()).lower()
    if not (len(mark) >= 4 and survey.form_hash.startswith(mark)):
        raise InputError(
            "IMF-T472",
            "Sheets with the mark '{mark}' do not belong to this survey: its questions are others. "
            "Look at the foot of a sheet.",
            mark=typed.strip(),
        )
