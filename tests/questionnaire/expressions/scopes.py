"""A scope made of plain dictionaries, for tests of the evaluator."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.evaluate import Known, Status, evaluated


@dataclass
class Given:
    """What was answered; a name that is not there was left blank."""

    values: Mapping[str, Known] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    entries: Mapping[str, Sequence[Mapping[str, Known]]] = field(default_factory=dict)
    entry: Mapping[str, Known] = field(default_factory=dict)
    scores: Mapping[str, Known] = field(default_factory=dict)
    this: Known | None = None
    today: datetime.date = datetime.date(2026, 5, 20)

    def value(self, name: str) -> Known | None:
        """Of an item."""
        return self.values.get(name)

    def status(self, name: str) -> Status:
        """Of an item."""
        return self.statuses.get(name, "answered" if name in self.values else "blank")

    def column(self, repeat: str, field: str) -> Sequence[Known | None]:
        """A field in every entry."""
        return [one.get(field) for one in self.entries.get(repeat, ())]

    def entry_count(self, repeat: str) -> int:
        """How many entries there are."""
        return len(self.entries.get(repeat, ()))

    def entry_value(self, repeat: str, field: str) -> Known | None:
        """A field of the entry."""
        return self.entry.get(field)

    def entry_status(self, repeat: str, field: str) -> Status:
        """Its status."""
        return "answered" if field in self.entry else "blank"

    def score(self, name: str) -> Known | None:
        """The score of a statement."""
        return self.scores.get(name)


def value_of(text: str, given: Given | None = None) -> Known | None:
    """The value of an expression."""
    return evaluated(Expression(text).tree, given or Given())
