"""keys/: who can open the sealed responses of a study.

`keys/<id>.yaml` is public: the holder and the public key. `keys/<id>.age` is the secret key,
protected by a passphrase; it may lie anywhere else, on a stick in a safe for instance.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.source.document import read
from imfsurvey.source.model import LanguageVersion, SourceModel, fault, validated
from imfsurvey.store import seal
from imfsurvey.store.disk import explained, make_folder, replace_file
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.identity import SHORT_NAME, Day

KEYS = "keys"
STALE = datetime.timedelta(days=365)
"""After so long without a rehearsal, people are reminded that passphrases get lost."""

SHORTEST_PHRASE = 15
"""Characters of a passphrase of one's own."""


def _sound(key: str) -> str:
    try:
        seal.seal(b"", [key], "any_of")
    except InputError as error:
        raise fault(
            "IMF-E130", "'{key}' is no public key: one begins with age1", key=key
        ) from error
    return key


PublicKey = Annotated[str, AfterValidator(_sound)]
"""An age public key."""


class Rehearsal(SourceModel):
    """The last time that this key opened a test record."""

    on: Day
    by: Literal["file", "sheet"]
    """From the protected file, or from the recovery sheet."""
    public_key: PublicKey
    """Which key it was: a rehearsal says nothing about another one."""


class KeyFile(SourceModel):
    """A whole keys/<id>.yaml, validated."""

    imfsurvey: LanguageVersion
    holder: str = Field(min_length=1)
    """The person who knows the passphrase."""
    office: str = ""
    """Their function or service."""
    public_key: PublicKey
    made_on: Day
    sheet: str = ""
    """Where the recovery sheet lies."""
    rehearsed: Rehearsal | None = None


@dataclass(frozen=True)
class Key:
    """One key holder of a study."""

    id: str
    path: Path
    file: KeyFile

    @property
    def secret_path(self) -> Path:
        """Where the protected secret key lies, if it lies beside."""
        return self.path.with_suffix(".age")

    @property
    def sheet_path(self) -> Path:
        """Where the recovery sheet is written, to be printed and deleted."""
        return self.path.with_suffix(".recovery.pdf")

    @property
    def rehearsed_on(self) -> datetime.date | None:
        """When this very key last opened something."""
        last = self.file.rehearsed
        return last.on if last is not None and last.public_key == self.file.public_key else None


def keys_of(study: Path) -> tuple[Key, ...]:
    """The keys of a study, by id. Raises `ProblemsFoundError` for a file that cannot be read."""
    folder = study / KEYS
    with explained(folder):
        paths = sorted(folder.glob("*.yaml"))
    return tuple(_key(path) for path in paths)


def make_key(folder: Path, key_id: str, content: KeyFile, secret: str, phrase: str) -> Key:
    """Write a new key into a folder: the protected secret first, then what is public.

    Raises `InputError` for an id or a passphrase that will not do, `RefusedError` when there is
    such a key already, `StorageError`.
    """
    path = require_free(folder, key_id)
    require_strong(phrase)
    protected = seal.protect(secret, phrase)
    with explained(folder):
        make_folder(folder)
        replace_file(path.with_suffix(".age"), protected)
    return _write(Key(key_id, path, content))


def new_content(
    holder: str, office: str, sheet: str, public_key: str, day: datetime.date
) -> KeyFile:
    """What is public of a new key."""
    return KeyFile(
        imfsurvey=1, holder=holder, office=office, public_key=public_key, made_on=day, sheet=sheet
    )


def add_key(study: Path, source: Path) -> Key:
    """Take in the public part of a key that was made elsewhere."""
    given = _key(source)
    return add_public_key(study, given.id, given.file)


def add_public_key(study: Path, key_id: str, content: KeyFile) -> Key:
    """Keep a public key in a study; its secret is elsewhere."""
    return _write(Key(key_id, require_free(study / KEYS, key_id), content))


def change_passphrase(key: Key, secret: str, phrase: str, target: Path) -> None:
    """Protect a secret key by another passphrase, from the recovery sheet for instance.

    Raises `InputError` when the secret is not that of the key, or the passphrase is weak.
    """
    require_strong(phrase)
    require_same(key, secret)
    with explained(target):
        replace_file(target, seal.protect(secret, phrase))


def rehearse(key: Key, secret: str, by: Literal["file", "sheet"], today: datetime.date) -> Key:
    """Open a test record with a key, and note that it worked.

    Raises `InputError` when the secret belongs to another key.
    """
    require_same(key, secret)
    record = secrets.token_bytes(64)
    sealed = seal.seal(record, [key.file.public_key], "any_of")
    if seal.Unsealer([secret], "any_of", [key.file.public_key]).unseal(sealed) != record:
        raise _other_key(key)
    note = Rehearsal(on=today, by=by, public_key=key.file.public_key)
    return _write(Key(key.id, key.path, key.file.model_copy(update={"rehearsed": note})))


def require_strong(phrase: str) -> None:
    """Raise `InputError` for a passphrase that is short."""
    if len(phrase.strip()) < SHORTEST_PHRASE:
        raise InputError(
            "IMF-K110",
            "This passphrase is too short: take the words that are proposed, or at least {count} "
            "characters of your own.",
            count=SHORTEST_PHRASE,
        )


def require_fit(keys: Sequence[Key]) -> None:
    """Raise `RefusedError` unless each key is another one, has opened a test record, and its sheet
    is put away."""
    _require_different(keys)
    untried = [key.id for key in keys if key.rehearsed_on is None]
    if untried:
        raise RefusedError(
            "IMF-K111",
            "Nobody has tried out these keys yet: {keys}. Each holder runs 'imfsurvey keys "
            "rehearse' first; a key that does not work would be found out when it is too late.",
            keys=", ".join(untried),
        )
    lying = [str(key.sheet_path) for key in keys if key.sheet_path.exists()]
    if lying:
        raise RefusedError(
            "IMF-K116",
            "A recovery sheet still lies in the study: {files}. Whoever has this folder has the "
            "key. Print it, put it into an envelope, then delete the file.",
            files=", ".join(lying),
        )


def _require_different(keys: Sequence[Key]) -> None:
    """Two names for one key would make one holder look like two, also where all must open."""
    first: dict[str, Key] = {}
    for key in keys:
        other = first.setdefault(key.file.public_key, key)
        if other is not key:
            raise RefusedError(
                "IMF-T490",
                "'{one}' and '{other}' are one and the same key, so one person alone would hold "
                "both. Remove the file of one of them from 'keys', and let a second office make a "
                "key of its own with 'imfsurvey keys new'.",
                one=other.id,
                other=key.id,
            )


def chosen_keys(study: Path, wanted: Sequence[str]) -> tuple[Key, ...]:
    """The named keys of a study, each once, or all of them. Raises `InputError` for an unknown
    one."""
    known = {key.id: key for key in keys_of(study)}
    for key_id in wanted:
        if key_id not in known:
            raise InputError(
                "IMF-K112",
                "There is no key '{key}' in this study; there are: {known}.",
                key=key_id,
                known=", ".join(known) or "-",
            )
    return tuple(known[key_id] for key_id in dict.fromkeys(wanted or known))


def _key(path: Path) -> Key:
    return Key(path.stem, path, validated(KeyFile, read(path)))


def require_free(folder: Path, key_id: str) -> Path:
    """Where a new key will be. Raises `InputError`, or `RefusedError` when the id is taken."""
    if not SHORT_NAME.fullmatch(key_id):
        raise InputError(
            "IMF-K113",
            "'{key}' cannot name a key: use lower-case letters, digits, '-' and '_'.",
            key=key_id,
        )
    path = folder / f"{key_id}.yaml"
    with explained(path):
        taken = path.exists() or path.with_suffix(".age").exists()
    if taken:
        raise RefusedError(
            "IMF-K114",
            "There is a key '{key}' in {folder} already.",
            key=key_id,
            folder=str(folder),
        )
    return path


def require_same(key: Key, secret: str) -> None:
    """Raise `InputError` when a secret key belongs to another public one."""
    if seal.public_key(secret) != key.file.public_key:
        raise _other_key(key)


def _other_key(key: Key) -> InputError:
    return InputError(
        "IMF-K115",
        "This secret key is not that of '{key}' ({holder}).",
        key=key.id,
        holder=key.file.holder,
    )


def _write(key: Key) -> Key:
    content: dict[str, Any] = key.file.model_dump(mode="json", exclude_none=True)
    with explained(key.path):
        make_folder(key.path.parent)
    write_text(key.path, yaml_text(content))
    return key
