"""How far an answer reaches: what may be another when it changes, so that all else is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.tree import needs
from imfsurvey.questionnaire.items import AskingItem, ChoosingItem
from imfsurvey.questionnaire.written import RepeatItem

if TYPE_CHECKING:
    from imfsurvey.questionnaire.model import Item, Questionnaire


class Reach:
    """Of a questionnaire: which items and computed values each of them may change.

    What is shown, what is required, what is offered and what an answer must fulfil depend on
    others by conditions and by choices taken from them; texts, in which answers are put, do not
    count: they are read anew each time.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._of: dict[str, frozenset[str]] = {}

    def of(self, item_id: str) -> frozenset[str]:
        """An item, and all that depends on it, directly or by others."""
        if item_id not in self._of:
            found, waiting = {item_id}, [item_id]
            while waiting:
                further = self._readers.get(waiting.pop(), frozenset()) - found
                found |= further
                waiting += further
            self._of[item_id] = frozenset(found)
        return self._of[item_id]

    @cached_property
    def _readers(self) -> Mapping[str, frozenset[str]]:
        """By name: who reads it."""
        found: dict[str, set[str]] = {}
        for reader, names in self._reads():
            for name in names:
                found.setdefault(name, set()).add(reader)
        return {name: frozenset(readers) for name, readers in found.items()}

    def _reads(self) -> Iterator[tuple[str, set[str]]]:
        whole = self._questionnaire
        for name, formula in whole.formulas.items():
            yield name, needs(formula.tree)
        for item in whole.items.values():
            yield item.id, self._read_by(item) | _named(whole.conditions.get(item.id, ()))

    def _read_by(self, item: Item) -> set[str]:
        """The names that an item, or a field of it, asks for."""
        found = _named([item.show_if] if item.show_if is not None else [])
        if isinstance(item, RepeatItem):
            return found.union(*(self._read_by(field) for field in item.items))
        if isinstance(item, AskingItem):
            found |= _named([one.check for one in item.constraint])
            found |= _named([item.required_if] if item.required_if is not None else [])
        if isinstance(item, ChoosingItem):
            listed = self._questionnaire.listed(item)
            found |= _named([one.show_if for one in listed if one.show_if is not None])
            found |= {item.choices_from} if item.choices_from is not None else set()
        return found


def _named(expressions: Iterable[Expression]) -> set[str]:
    return set[str]().union(*(needs(one.tree) for one in expressions))
