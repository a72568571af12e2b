"""What is wrong with an expression: a code, words and the column, counted from 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong (or, with a W code, doubtful)."""

    code: str
    template: str
    params: Mapping[str, object]
    column: int

    @property
    def doubtful(self) -> bool:
        """Whether it is a warning only."""
        return self.code.startswith("IMF-W")

    @property
    def message(self) -> str:
        """The words in English."""
        return self.template.format_map(dict(self.params))


def finding(code: str, template: str, column: int, /, **params: object) -> Finding:
    """One finding; `params` fill its template."""
    return Finding(code, template, params, column)


class SyntaxFaultError(Exception):
    """An expression cannot be read; its first fault."""

    def __init__(self, found: Finding) -> None:
        self.finding = found
        super().__init__(found.message)
