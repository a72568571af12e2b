"""The code on a ticket: ten characters by chance and one that shows a typing mistake.

The characters are those of Crockford's base 32 (https://www.crockford.com/base32.html): no I, L,
O or U, so that nothing is taken for something else when it is read from paper. His own check
symbol may be one of five signs that not every keyboard has. Here the check character is one of the
same 32: the remainder of a polynomial over the field of 32 elements, so that every single wrong
character and every two exchanged ones are noticed, however far apart.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

from imfsurvey.i18n.errors import RefusedError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS: Final = ALPHABET[10:]
"""What a laptop may be called."""

LENGTH: Final = 11
"""Characters of a code, the check character included."""

_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BLANK: Final = re.compile(r"[\s.·_\u2010-\u2015-]+")
_FIELD: Final = 0b100101
"""x^5 + x^2 + 1, primitive: doubling passes through all 31 elements but zero."""


def drawn(first: str = "") -> str:
    """A new code, from the system's source of chance; `first`: the letter of a laptop."""
    body = first + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1 - len(first)))
    return body + ALPHABET[_doubled(_remainder(body))]


def shown(code: str) -> str:
    """A code in two groups, for a screen: `7K3QF 9XW2MB`."""
    middle = len(code) // 2
    return f"{code[:middle]} {code[middle:]}"


def read_code(typed: str) -> str:
    """What was typed as a code: capitals, no blanks, O as 0, I and L as 1.

    Raises `RefusedError`: T191 too short, too long or with a character that no code has; T192
    mistyped.
    """
    code = _BLANK.sub("", typed).upper().translate(_READ_AS)
    strange = sorted(set(code) - set(ALPHABET))
    if strange:
        raise RefusedError(
            "IMF-T191",
            "No ticket has the character {character}. Look at the card once more: it has digits "
            "and capital letters only.",
            character=strange[0],
        )
    if len(code) != LENGTH:
        raise RefusedError(
            "IMF-T191",
            "A ticket has {length} characters, not {count}. Look at the card once more.",
            length=LENGTH,
            count=len(code),
        )
    if _remainder(code):
        raise RefusedError(
            "IMF-T192",
            "There is a typing mistake in this code: one character is wrong, or two have changed "
            "places. Compare it with the card. Your ticket is still good.",
        )
    return code


def _remainder(code: str) -> int:
    """The code as a polynomial, at the element 2: zero for a whole code without a mistake."""
    remainder = 0
    for character in code:
        remainder = _doubled(remainder) ^ ALPHABET.index(character)
    return remainder


def _doubled(element: int) -> int:
    twice = element << 1
    return twice ^ _FIELD if twice >= len(ALPHABET) else twice
