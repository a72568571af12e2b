"""A key that is worked out from a secret instead of being drawn: who knows the secret has the key.

age writes a secret key in Bech32 (BIP 173): 32 bytes in groups of five bits, and six characters
that show a mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_CHARSET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_KIND: Final = "age-secret-key-"
"""What a secret key of age begins with, before the 1 that separates it."""

KEY_BYTES: Final = 32


def key_of(secret: bytes) -> str:
    """The secret key whose bytes these are, in age's own writing; `seal.public_key` knows its
    other half. ValueError: they are not 32."""
    if len(secret) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    values = _in_fives(secret)
    kind = [*(ord(one) >> 5 for one in _KIND), 0, *(ord(one) & 31 for one in _KIND)]
    rest = _remainder([*kind, *values, *[0] * 6]) ^ 1
    check = [rest >> 5 * place & 31 for place in reversed(range(6))]
    return f"{_KIND}1{''.join(_CHARSET[value] for value in (*values, *check))}".upper()


def _in_fives(content: bytes) -> list[int]:
    """Bits in groups of five, the last one filled up with zeros."""
    groups = -(-len(content) * 8 // 5)
    number = int.from_bytes(content, "big") << groups * 5 - len(content) * 8
    return [number >> 5 * place & 31 for place in reversed(range(groups))]


def _remainder(values: Iterable[int]) -> int:
    """The values as a polynomial over the field of 32 elements, divided by that of Bech32."""
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            if top >> place & 1:
                rest ^= generator
    return rest
