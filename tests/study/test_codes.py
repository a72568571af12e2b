"""The code on a ticket: read as people type it, and no typing mistake passes."""

import itertools

import pytest

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.codes import ALPHABET, LENGTH, drawn, read_code, shown


def remainder(code: str) -> int:
    """The check, from its definition: the sum of c_i * x^(10-i) in GF(2)[x] mod x^5 + x^2 + 1."""
    polynomial = 0
    for place, character in enumerate(code):
        # Carry-less multiplication by a power of x is a shift; addition is exclusive or.
        polynomial ^= ALPHABET.index(character) << (LENGTH - 1 - place)
    for bit in reversed(range(5, polynomial.bit_length())):
        if polynomial >> bit & 1:
            polynomial ^= 0b100101 << (bit - 5)
    return polynomial


def code_of(error: pytest.ExceptionInfo[RefusedError]) -> str:
    """Which refusal it was."""
    return error.value.code


def test_the_alphabet_is_crockfords() -> None:
    """Ten digits and the letters but I, L, O and U."""
    letters = (letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in "ILOU")
    assert "0123456789" + "".join(letters) == ALPHABET


def test_a_check_character_by_hand() -> None:
    """1 at the tenth place is x; the check character must be x too, which is the character 2."""
    assert read_code("0000000001" + "2") == "00000000012"
    with pytest.raises(RefusedError) as refused:
        read_code("0000000001" + "1")
    assert code_of(refused) == "IMF-T192"


def test_drawn_codes_pass_the_check() -> None:
    """Every one, by an independent computation of the remainder; each begins as it should."""
    for first in ("", "A", "Z"):
        for _ in range(200):
            code = drawn(first)
            assert len(code) == LENGTH and set(code) <= set(ALPHABET)
            assert remainder(code) == 0 and code.startswith(first)
            assert read_code(code) == code


def test_every_single_mistake_and_every_exchange_is_noticed() -> None:
    """All 11 x 31 wrong characters, and all 55 pairs that changed places."""
    code = drawn()
    wrong = {
        code[:place] + other + code[place + 1 :]
        for place in range(LENGTH)
        for other in ALPHABET
        if other != code[place]
    }
    for one, other in itertools.combinations(range(LENGTH), 2):
        characters = list(code)
        characters[one], characters[other] = characters[other], characters[one]
        wrong |= {"".join(characters)} - {code}
    assert len(wrong) >= LENGTH * 31
    for typed in wrong:
        with pytest.raises(RefusedError) as refused:
            read_code(typed)
        assert code_of(refused) == "IMF-T192"


def test_typed_as_people_type() -> None:
    """Small letters, blanks, hyphens and dashes; O for 0, I and L for 1."""
    code = "01A" + "0" * 7
    code += next(last for last in ALPHABET if remainder(code + last) == 0)
    for typed in (code, code.lower(), f" {code[:5]} {code[5:]} ", f"{code[:5]}-{code[5:]}"):
        assert read_code(typed) == code
    assert read_code("oIa–" + "O" * 7 + code[-1]) == code
    assert read_code("0la_" + "o" * 7 + code[-1]) == code
    assert read_code(shown(code)) == code


@pytest.mark.parametrize("typed", ["", " ", "7K3QF", "7K3QF9XW2MB0", "7K3QF9XU2MB", "7K3QF9XÉ2MB"])
def test_what_cannot_be_a_code(typed: str) -> None:
    """Too short, too long, or with a character that no code has."""
    with pytest.raises(RefusedError) as refused:
        read_code(typed)
    assert code_of(refused) == "IMF-T191"
