"""Unsealed responses in memory, one byte an answer: for key holders, never written in the clear.

A column is the `bytes` of one variable over all responses, so that counting is `bytes.count`;
what a byte says, `interview.variables` tells. No value ever appears in an error or in a `repr`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from imfsurvey.interview.variables import Code, Variable

_BLOCK: Final = 1 << 16
"""Bytes of rows that are turned into columns at a time: what fits into a cache."""


@dataclass(frozen=True)
class Microdata:
    """All responses to one questionnaire."""

    responses: int
    codes: Mapping[str, tuple[Code, ...]]
    """By variable, in item order: the codes that a byte is the place of."""
    columns: Mapping[str, bytes] = field(repr=False)
    """By variable, in item order: one byte for each response, all in the same order."""

    @classmethod
    def from_rows(cls, variables: Sequence[Variable], rows: Iterable[bytes]) -> Microdata:
        """Responses as `RecordCodec.row` gives them, one byte for each variable.

        A piece of `rows` may hold several responses, all pieces about equally many. Memory stays
        near one byte an answer: rows become columns block by block, and never lie beside them as
        a whole.
        """
        columns = [bytearray() for _ in variables]
        pieces = iter(rows)
        for piece in pieces:
            more = itertools.islice(pieces, max(0, _BLOCK // max(1, len(piece)) - 1))
            _share_out(b"".join((piece, *more)), columns)
        held = {}
        for variable in reversed(variables):
            held[variable.name] = bytes(columns.pop())
        return cls(
            len(held[variables[0].name]) if variables else 0,
            {variable.name: variable.codes for variable in variables},
            dict(reversed(held.items())),
        )

    def counts(self, variable: str) -> tuple[int, ...]:
        """How many responses gave each code of a variable, in the order of its codes."""
        column = self.columns[variable]
        return tuple(column.count(place) for place in range(len(self.codes[variable])))

    def answers(self, variable: str) -> tuple[Code, ...]:
        """The values of a variable over all responses, a status with a leading `~`."""
        from imfsurvey.interview.variables import STATUS_BYTES  # whoever counts needs no models

        words: dict[int, Code] = {byte: f"~{status}" for status, byte in STATUS_BYTES.items()}
        words.update(enumerate(self.codes[variable]))
        return tuple(words[byte] for byte in self.columns[variable])


def _share_out(block: bytes, columns: Sequence[bytearray]) -> None:
    """Append the rows of a block to the columns."""
    width = len(columns)
    for place, column in enumerate(columns):
        column += block[place::width]
