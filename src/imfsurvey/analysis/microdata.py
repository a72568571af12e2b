"""Unsealed responses in memory, one byte an answer: for key holders, never written in the clear.

A column is the `bytes` of one variable over all responses, so that counting is `bytes.count`;
what a byte says, `interview.variables` tells. No value ever appears in an error or in a `repr`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from imfsurvey.interview.variables import STATUS_BYTES, Code, Variable


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
        """Responses as `RecordCodec.row` gives them, one byte for each variable."""
        matrix, width = bytearray(), len(variables)
        for row in rows:
            matrix += row
        responses = len(matrix) // width if width else 0
        return cls(
            responses,
            {variable.name: variable.codes for variable in variables},
            {
                variable.name: bytes(matrix[place::width])
                for place, variable in enumerate(variables)
            },
        )

    def counts(self, variable: str) -> tuple[int, ...]:
        """How many responses gave each code of a variable, in the order of its codes."""
        column = self.columns[variable]
        return tuple(column.count(place) for place in range(len(self.codes[variable])))

    def answers(self, variable: str) -> tuple[Code, ...]:
        """The values of a variable over all responses, a status with a leading `~`."""
        words: dict[int, Code] = {byte: f"~{status}" for status, byte in STATUS_BYTES.items()}
        words.update(enumerate(self.codes[variable]))
        return tuple(words[byte] for byte in self.columns[variable])
