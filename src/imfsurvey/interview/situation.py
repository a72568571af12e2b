"""What conditions see: the answers so far, the day, and the entry that is being filled in."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from imfsurvey.interview.answers import BLANK, Answer, Entry, Status
from imfsurvey.questionnaire import Item, LikertItem, Questionnaire, RepeatItem
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.evaluate import Known, evaluated

NOT_SHOWN = Answer("not_shown")


@dataclass(frozen=True)
class Situation:
    """The answers of one response at one moment, as conditions ask for them.

    An item that is hidden is as unknown as one that was not answered, whatever was said to it
    before it was hidden.
    """

    questionnaire: Questionnaire
    answers: Mapping[str, Answer]
    """What was said, to hidden items too."""
    day: datetime.date | None
    offered: Callable[[Situation, Item, Answer], Answer] = lambda _moment, _item, answer: answer
    """An answer without the choices that are not offered any more."""
    repeat: str | None = None
    entry: Mapping[str, Answer] = field(default_factory=dict)
    """Inside a repeat: the answers of the entry."""
    this: Known | None = None
    _shown: dict[str, bool] = field(default_factory=dict, repr=False)
    _computed: dict[str, Known | None] = field(default_factory=dict, repr=False)
    _fields: dict[str, Answer] = field(default_factory=dict, repr=False)
    """Inside a repeat: what counts as said to the fields of the entry."""

    @property
    def today(self) -> datetime.date:
        """The day of the walk. Raises ValueError when none was given."""
        if self.day is None:
            raise ValueError("a condition asks for today, but the walk has no day")
        return self.day

    def within(self, repeat: str, entry: Mapping[str, Answer]) -> Situation:
        """The same moment inside an entry of a repeat."""
        return replace(self, repeat=repeat, entry=entry, _fields={})

    def about(self, answer: Answer) -> Situation:
        """The same moment, with `this` for an answer."""
        return replace(self, this=_known(answer))

    def without(self, reached: Collection[str]) -> Situation:
        """The next moment, at which nothing but this may be another."""
        shown = {name: value for name, value in self._shown.items() if name not in reached}
        computed = {name: value for name, value in self._computed.items() if name not in reached}
        return replace(self, _shown=shown, _computed=computed)

    # --- what is shown, what holds ----------------------------------------------------------

    def holds(self, condition: Expression | None) -> bool | None:
        """Whether a condition holds; None when that is unknown, True when there is none."""
        if condition is None:
            return True
        value = evaluated(condition.tree, self)
        return value if isinstance(value, bool) else None

    def shown(self, item_id: str) -> bool:
        """Whether an item is shown; one that is not in this questionnaire is not."""
        if item_id not in self._shown:
            conditions = self.questionnaire.conditions.get(item_id)
            self._shown[item_id] = False  # for a ring of conditions, which a check refuses
            self._shown[item_id] = conditions is not None and all(
                self.holds(condition) is True for condition in conditions
            )
        return self._shown[item_id]

    def answer(self, item_id: str) -> Answer:
        """What counts as said to an item."""
        item = self.questionnaire.items.get(item_id)
        if item is None or not Situation.shown(self, item_id):
            return NOT_SHOWN
        return self.offered(self, item, self.answers.get(item_id, BLANK))

    # --- what expressions ask for: items of the whole, whoever looks ---------------------------

    def said(self, item_id: str) -> Answer:
        """What counts as said to an item of the whole."""
        return Situation.answer(self, item_id)

    def value(self, name: str) -> Known | None:
        """The value of an item or a computed value; None when it is unknown."""
        if name in self.questionnaire.formulas:
            if name not in self._computed:
                self._computed[name] = None  # for a ring, which a check refuses
                formula = self.questionnaire.formulas[name]
                self._computed[name] = evaluated(formula.tree, self)
            return self._computed[name]
        return _known(self.said(name))

    def status(self, name: str) -> Status:
        """The status of an item or a computed value."""
        if name in self.questionnaire.formulas:
            return "blank" if self.value(name) is None else "answered"
        return self.said(name).status

    def entry_count(self, repeat: str) -> int:
        """How many entries a repeat has."""
        return len(self.said(repeat).entries)

    def column(self, repeat: str, field: str) -> Sequence[Known | None]:
        """The value of a field in every entry of a repeat."""
        item = self.questionnaire.items.get(repeat)
        if not isinstance(item, RepeatItem):
            return ()
        return [
            _known(self.field_answer(item, entry, field)) for entry in self.said(repeat).entries
        ]

    def entry_value(self, repeat: str, field: str) -> Known | None:
        """The value of a field in the entry that is being filled in."""
        return _known(self._in_entry(repeat, field))

    def entry_status(self, repeat: str, field: str) -> Status:
        """The status of a field in the entry that is being filled in."""
        return self._in_entry(repeat, field).status

    def score(self, name: str) -> Known | None:
        """The score of a statement, 0 to 100."""
        item, value = self.questionnaire.items.get(name), self.value(name)
        if not isinstance(item, LikertItem) or not isinstance(value, int):
            return None
        return self.questionnaire.scales[item.scale].score(value, reverse=item.reverse)

    # --- entries ------------------------------------------------------------------------------

    def field_answer(self, repeat: RepeatItem, entry: Entry, field: str) -> Answer:
        """What counts as said to a field of an entry: nothing when it is hidden there."""
        return self.within(repeat.id, entry.answers)._in_entry(repeat.id, field)

    def _in_entry(self, repeat: str, field: str) -> Answer:
        """What counts as said to a field of the entry that is being filled in."""
        whole = self.questionnaire.items.get(repeat)
        if repeat != self.repeat or not isinstance(whole, RepeatItem):
            return NOT_SHOWN
        if field not in self._fields:
            self._fields[field] = NOT_SHOWN  # for a ring of conditions, which a check refuses
            for item in whole.items:
                if item.id == field and self.holds(item.show_if) is True:
                    said = self.entry.get(field, BLANK)
                    self._fields[field] = self.offered(self, item, said)
        return self._fields[field]


def _known(answer: Answer) -> Known | None:
    """The value of an answer as expressions know it."""
    if answer.status != "answered" or answer.entries:
        return None
    return answer.codes if isinstance(answer.value, tuple) else answer.value
