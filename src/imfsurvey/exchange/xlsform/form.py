"""An XLSForm in memory, between its sheets and our language: rows that know where they stand.

Both directions share it: the way in makes it of a workbook, the way out writes it as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.exchange.xlsform.losses import At

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"

TEXTS: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
"""Columns that stand once for each language."""

YES: Final = frozenset({"yes", "true", "true()", "1", "y"})
"""What a cell that says yes or no may hold for yes, in small letters."""

OURS: Final = "imf::"
"""What columns begin with that only we read; ODK and others pass over them."""

SURVEY_COLUMNS: Final = (
    *("type", "name", "relevant", "required", "constraint", "choice_filter", "calculation"),
    *("appearance", "parameters", "repeat_count", "disabled"),
)
"""Columns of the survey sheet that are understood, besides texts."""

PASSED_OVER: Final = ("note", "notes", "comment", "comments")
"""Columns of the survey sheet that no program reads: remarks of the author."""

SETTINGS_COLUMNS: Final = ("form_id", "form_title", "version", "default_language")

OURS_OF_CHOICES: Final = "imf_"
"""The same in the sheet of choices, whose columns become elements that may hold no colons."""

WHEN: Final = f"{OURS_OF_CHOICES}when"
"""Column of the choices that a choice_filter of ours looks at."""

NON_ANSWER: Final = f"{OURS_OF_CHOICES}non_answer"
"""Column of the choices: the row is no choice but `na`, `dk` or `refused`."""


@dataclass(frozen=True)
class Row:
    """One row: plain cells by column, texts by column and language code."""

    sheet: str
    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def at(self, column: str = "") -> At:
        """The place of a cell, or of the row."""
        return At(self.sheet, self.number, column)

    def get(self, column: str) -> str:
        """A plain cell; empty when it is not there."""
        return self.cells.get(column, "")

    def text(self, column: str) -> dict[str, str]:
        """A text in the languages in which it is there."""
        return dict(self.texts.get(column, {}))


@dataclass(frozen=True)
class Form:
    """A whole workbook."""

    survey: Sequence[Row]
    choices: Mapping[str, Sequence[Row]]
    settings: Row
    languages: Sequence[str]
    default_language: str
