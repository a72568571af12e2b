"""Words for people: passphrases to remember, and a long number that can be read aloud.

The lists are those of BIP 39: frozen for ever, 2,048 words each, none like another.
"""

from __future__ import annotations

import secrets
from typing import Final

from mnemonic import Mnemonic

_LISTS: Final = {"fr": "french"}
"""Interface language -> word list; there is none in Dutch or German, so these get English."""

WORDS: Final = 7
"""Of a proposed passphrase: 77 bits in English, 75 in French."""

_BITS: Final = 11
"""That one word of a list stands for."""


def proposed_passphrase(language: str) -> str:
    """Seven words drawn at random, without accents, which not every keyboard has."""
    words = [word for word in Mnemonic(_LISTS.get(language, "english")).wordlist if word.isascii()]
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def spoken(digest: bytes) -> str:
    """The first 88 bits of a digest as eight English words, the same in every language, so that
    two sheets can be compared whoever printed them."""
    words = Mnemonic("english").wordlist
    number = int.from_bytes(digest[:11], "big")
    places = [number >> _BITS * place & (1 << _BITS) - 1 for place in reversed(range(8))]
    return " ".join(words[place] for place in places)


def grouped(digest: bytes) -> str:
    """The whole digest in hexadecimal, in groups of four."""
    text = digest.hex()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
