"""Keys that are worked out from a secret, written as age writes them."""

from __future__ import annotations

import pytest
from keyholders import SECRETS

from imfsurvey.store.derived import key_of
from imfsurvey.store.seal import Unsealer, public_key, seal

CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
"""Of Bech32 (BIP 173): the value of a character is its place."""

# RFC 7748, section 6.1: private and public keys of Alice and Bob.
PAIRS = [
    (
        "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
    ),
    (
        "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
    ),
]


def bytes_in(written: str) -> bytes:
    """The 32 bytes of a key as age writes it: what follows the 1, without the six last signs."""
    values = [CHARSET.index(one) for one in written.lower().rpartition("1")[2][:-6]]
    bits = "".join(f"{value:05b}" for value in values)
    return int(bits[:256], 2).to_bytes(32, "big")


@pytest.mark.parametrize(("private", "public"), PAIRS)
def test_the_pairs_of_the_standard(private: str, public: str) -> None:
    """age takes the key, its checksum included, and its other half is that of the standard."""
    assert bytes_in(public_key(key_of(bytes.fromhex(private)))).hex() == public


@pytest.mark.parametrize("written", SECRETS.values())
def test_keys_of_age_keygen_are_written_alike(written: str) -> None:
    """Character by character."""
    assert key_of(bytes_in(written)) == written


def test_it_opens_what_was_sealed_to_it_and_another_does_not() -> None:
    """One bit more or less is another key."""
    own, other = key_of(bytes(32)), key_of(bytes([128]) + bytes(31))
    sealed = seal(b"record", [public_key(own)], "any_of")
    assert Unsealer([own], "any_of", [public_key(own)]).unseal(sealed) == b"record"
    assert Unsealer([other], "any_of", [public_key(other)]).unseal(sealed) is None


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_has_32_bytes(length: int) -> None:
    """Anything else is a mistake of the caller."""
    with pytest.raises(ValueError, match="32 bytes"):
        key_of(bytes(length))
