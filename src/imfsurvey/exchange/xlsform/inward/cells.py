"""Texts and conditions in the cells of a row, for items and sections alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from imfsurvey.exchange.xlsform.form import Form, Row
from imfsurvey.exchange.xlsform.inward.expressions import condition
from imfsurvey.exchange.xlsform.inward.names import Place, Scope, piped
from imfsurvey.exchange.xlsform.losses import Losses
from imfsurvey.exchange.xlsform.xpath import UntranslatableError, parsed


@dataclass
class CellReader:
    """Reads the texts and conditions of one form."""

    form: Form
    scope: Scope
    losses: Losses

    def texts(self, row: Row, column: str, place: Place) -> dict[str, str]:
        """A text with its placeholders."""
        targets = self.scope.at(place)
        found: dict[str, str] = {}
        for code, text in row.text(column).items():
            found[code], lost = piped(text, targets)
            for name in lost:
                self.losses.add(
                    "IMF-W151",
                    "the text refers to '{name}', which is not asked before; shown as written",
                    row.at(column),
                    name=name,
                )
        return found

    def stem(self, row: Row, name: str, place: Place) -> dict[str, str]:
        """The text that nothing can do without; its name where there is none."""
        found = self.texts(row, "label", place)
        if not found:
            self.losses.add(
                "IMF-W151", "'{name}' has no text; its name is shown", row.at("label"), name=name
            )
        return found or {self.form.default_language: name}

    def shown_if(self, rows: Iterable[Row], place: Place) -> str:
        """The conditions of several rows, all of which must hold."""
        parts = [
            text
            for row in rows
            if (text := self.condition(row, "relevant", row.get("relevant"), place))
        ]
        if len(parts) < 2:
            return "".join(parts)
        return " and ".join(f"({part})" if " or " in part else part for part in parts)

    def condition(self, row: Row, column: str, text: str, place: Place) -> str:
        """One condition; empty when there is none or none that can be understood."""
        if not text:
            return ""
        try:
            made = condition(parsed(text), self.scope.at(place))
        except UntranslatableError as error:
            self.untranslated(row, column, error)
            return ""
        return "" if made == "true" else made

    def untranslated(self, row: Row, column: str, error: UntranslatableError) -> None:
        """Note that an expression has no counterpart."""
        self.losses.add(
            "IMF-W148",
            "the expression in '{column}' is not taken over: {reason}",
            row.at(column),
            column=column,
            reason=error,
        )

    def column_lost(self, row: Row, column: str) -> None:
        """Note that a cell has no counterpart."""
        self.losses.add(
            "IMF-W149", "the column '{column}' is not taken over", row.at(column), column=column
        )
