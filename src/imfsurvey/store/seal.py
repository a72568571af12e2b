"""Sealing: who collects a response cannot read it, only the key holders of its wave can.

The format is age, version 1 (age-encryption.org/v1), so that an office can open its data without
this program. A seal tells how long the record is, so whoever seals makes all records of one box
equally long. What remains of differences is random filling that age adds to its header.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage import x25519

from imfsurvey.i18n.errors import InputError, RefusedError

Opening = Literal["any_of", "all_of"]
"""Whether one key of a wave opens a response, or only all of them together (four eyes)."""

_HEADER = 115
"""Bytes that age adds at least, without recipients."""

_STANZA = 98
"""Bytes that age adds for each recipient."""

_PIECE, _PIECE_MORE = 64 * 1024, 16
"""age cuts a long record into pieces, each of which gets longer by so many bytes."""

_FILLING = 200
"""Bytes of random filling that a slot has room for; age was seen to add up to 171."""


def new_key() -> tuple[str, str]:
    """A fresh pair: the secret key and the public key, in age's own writing."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def public_key(secret: str) -> str:
    """The public key that belongs to a secret one. InputError K101: it is no secret key."""
    return str(_identity(secret).to_public())


def seal(record: bytes, public_keys: Sequence[str], opening: Opening) -> bytes:
    """Seal a record to the holders of some keys; never longer than `sealed_size` says.

    With `all_of` it is sealed to each in turn, one seal inside the other.
    InputError K102: one of them is no public key. ValueError: there are none.
    """
    if not public_keys:
        raise ValueError("a record is sealed to somebody")
    for group in _layers(public_keys, opening):
        recipients = [_recipient(key) for key in group]
        limit = _layer_size(len(record), len(group))
        sealed = pyrage.encrypt(record, recipients)
        while len(sealed) > limit:  # never seen; age does not promise how much it fills in
            sealed = pyrage.encrypt(record, recipients)
        record = sealed
    return record


def sealed_size(length: int, keys: int, opening: Opening) -> int:
    """The most bytes that a sealed record of some length takes."""
    for group in _layers([""] * keys, opening):
        length = _layer_size(length, len(group))
    return length


class Unsealer:
    """Opens what was sealed to a wave, given enough secret keys."""

    def __init__(
        self, secrets: Sequence[str], opening: Opening, public_keys: Sequence[str]
    ) -> None:
        """RefusedError K103: these secrets are not enough."""
        identities = {public_key(secret): _identity(secret) for secret in secrets}
        held = [identities[key] for key in public_keys if key in identities]
        if not held or (opening == "all_of" and len(held) < len(public_keys)):
            raise RefusedError(
                "IMF-K103",
                "The responses stay sealed: {held} of the {needed} keys needed are here.",
                held=len(held),
                needed=len(public_keys) if opening == "all_of" else 1,
            )
        self._turns = [held] if opening == "any_of" else [[one] for one in reversed(held)]

    def unseal(self, sealed: bytes) -> bytes | None:
        """The record; None when it was not sealed to these keys, or was changed since."""
        record = sealed
        for identities in self._turns:
            try:
                record = pyrage.decrypt(record, identities)
            except pyrage.DecryptError:
                return None
        return record


def protect(secret: str, phrase: str) -> bytes:
    """A secret key, however it was typed, as an age file that opens with a passphrase.

    Takes about a second on purpose. InputError K101: it is no secret key.
    """
    return by_passphrase.encrypt(f"{_identity(secret)}\n".encode("ascii"), _normal(phrase))


def secret_in(content: bytes, phrase: str) -> str:
    """The secret key in a protected file; also in a plain one as `age-keygen` writes it.

    InputError K104: the passphrase is not the right one, or the file is damaged; K101: it holds
    no secret key.
    """
    if needs_passphrase(content):
        try:
            content = by_passphrase.decrypt(content, _normal(phrase))
        except pyrage.DecryptError as fault:
            raise InputError(
                "IMF-K104", "The passphrase is not that of this key, or the key file is damaged."
            ) from fault
    for line in content.decode("ascii", "replace").splitlines():
        if line.startswith("AGE-SECRET-KEY-1"):
            return str(_identity(line.strip()))
    raise _no_secret()


def needs_passphrase(content: bytes) -> bool:
    """Whether a key file is protected: an age file, not a plain list of keys."""
    return content.startswith(b"age-encryption.org/")


def _layers(public_keys: Sequence[str], opening: Opening) -> Iterator[Sequence[str]]:
    """To whom each seal goes, the innermost first."""
    if opening == "any_of":
        yield public_keys
    else:
        yield from ([key] for key in public_keys)


def _layer_size(length: int, keys: int) -> int:
    return length + _HEADER + _STANZA * keys + _FILLING + _PIECE_MORE * (length // _PIECE)


def _normal(phrase: str) -> str:
    """One writing for one passphrase, whichever keyboard composed its accents."""
    return unicodedata.normalize("NFC", " ".join(phrase.split()))


def _identity(secret: str) -> x25519.Identity:
    try:
        return x25519.Identity.from_str("".join(secret.split()).upper())
    except pyrage.IdentityError as fault:
        raise _no_secret() from fault


def _no_secret() -> InputError:
    return InputError(
        "IMF-K101",
        "This is no secret key: it begins with AGE-SECRET-KEY-1 and has 74 characters. "
        "Compare it with the sheet, group by group.",
    )


def _recipient(key: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(key)
    except pyrage.RecipientError as fault:
        raise InputError(
            "IMF-K102", "'{key}' is no public key: one begins with age1.", key=key
        ) from fault
