"""A questionnaire with pages of every kind, in turn, and the keys that are pressed on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

DOWN, RIGHT, BACK, LATER = (
    b"\x1b[B", b"\x1b[C", b"\x7f", b"\x1b[6~"
)  # fmt: skip
ENTER, REVIEW, COMMENT = b"\r", b"\x1bOR", b"\x1bOS"


class Kind(NamedTuple):
    """One page: what it is in a file, and what is pressed until the next one."""

    name: str
    source: str
    keys: Sequence[bytes]
    onward: bytes = RIGHT
    items: int = 1


def _listed(number: int) -> str:
    choices = ", ".join(
        f"{{code: {code}, text: {{fr: Réponse numéro {code} de la liste, nl: Antwoord {code}}}}}"
        for code in range(1, number + 1)
    )
    return f"        choices: [{choices}]\n"


def _rows(number: int) -> str:
    rows = ", ".join(
        f"{{id: row_@_{row}, text: {{fr: 'Énoncé {row}, dont le texte prend une ligne ou deux "
        f"de la fenêtre', nl: Stelling {row}}}}}"
        for row in range(1, number + 1)
    )
    return f"        rows: [{rows}]\n"


def _item(kind: str, rest: str = "") -> str:
    name = f"        text: {{fr: 'Question @ ({kind}).', nl: 'Vraag @ ({kind}).'}}\n"
    return f"      - id: item_@\n        type: {kind}\n{name}{rest}"


_COMMENT = "        comment: {max_length: 200}\n"
_ASKED = "        required: true\n"
_WRONG = (
    "        constraint:\n"
    "          - {check: this != 7, message: {fr: 'Sept ne va pas.', nl: 'Niet zeven.'}}\n"
)

KINDS = (
    Kind(
        "yes or no",
        _item("yes_no", _COMMENT + _ASKED),
        (ENTER, b"1", b"2", b"c", b"a", ENTER, b"1"),
    ),
    Kind("a list", _item("single", _listed(9)), (DOWN, b"3", BACK, b"4")),
    Kind(
        "a long list",
        _item("single", _listed(200) + "        other: {max_length: 80}\n"),
        (DOWN, DOWN, b"9", b"\x1b[F", b"\x1b[H", b" "),
    ),
    Kind(
        "ticks, shown by a condition",
        _item("multi", _listed(60) + "        show_if: item_# == 'yes'\n        min_choices: 2\n"),
        (b"1", ENTER, b"2", b"3", b"3", DOWN, b" "),
    ),
    Kind("ranking", _item("ranking", _listed(9)), (b"3", b"1", b"2", b"k", b"j", b"4")),
    Kind(
        "grid",
        f"      - id: item_@\n        type: matrix\n        scale: agree\n{_rows(10)}"
        "        text: {fr: 'Question @ (grille).', nl: 'Vraag @ (rooster).'}\n",
        (b"1", DOWN, b"2", DOWN, RIGHT, b" ", b"3", DOWN, b"4"),
        LATER,
        10,
    ),
    Kind(
        "number",
        _item("number", "        min: 0\n        max: 99\n" + _WRONG),
        (b"7", ENTER, b"1"),
        LATER,
    ),
    Kind("date", _item("date"), (b"1", b"x", BACK, BACK), LATER),
    Kind("text", _item("text", "        multiline: true\n"), (b"M", b"r", b" ", b"D", b"u"), LATER),
)
"""In their order; the condition of the fourth names the first."""


def mixed_sections(items: int) -> str:
    """The sections of a questionnaire of at least so many items: rounds of all kinds."""
    lines, made, place = "sections:\n", 0, 0
    while made < items:
        lines += f"  - id: part_{place}\n    title: {{fr: Partie {place}, nl: Deel {place}}}\n"
        lines += "    items:\n"
        first = place
        for kind in KINDS:
            lines += kind.source.replace("@", f"{place:03}").replace("#", f"{first:03}")
            place, made = place + 1, made + kind.items
    return lines
