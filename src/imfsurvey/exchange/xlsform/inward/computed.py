"""Calculations of a workbook as computed values, in an order in which each knows what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from imfsurvey.exchange.xlsform.expressions import is_logic
from imfsurvey.exchange.xlsform.extras import extras_of
from imfsurvey.exchange.xlsform.inward.expressions import value
from imfsurvey.exchange.xlsform.inward.item_types import Resolved
from imfsurvey.exchange.xlsform.inward.names import EVERYWHERE, Scope, Target, TargetKind, refs_of
from imfsurvey.exchange.xlsform.losses import Losses
from imfsurvey.exchange.xlsform.xpath import Node, UntranslatableError, parsed
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.findings import SyntaxFaultError
from imfsurvey.questionnaire.expressions.tree import Field as OurField
from imfsurvey.questionnaire.expressions.tree import Node as OurNode
from imfsurvey.questionnaire.expressions.tree import Ref as OurRef
from imfsurvey.questionnaire.expressions.tree import every_node


@dataclass(frozen=True)
class Formulas:
    """The calculations of one workbook; those that can be taken over come into the scope."""

    formulas: Mapping[str, Resolved]
    scope: Scope
    losses: Losses

    def computed(self) -> list[dict[str, Any]]:
        """Those that can be taken over, in the order of their rows."""
        texts = {name: own for name, one in self.formulas.items() if (own := _own(one))}
        for name, text in texts.items():
            self._take_own(name, self.formulas[name], text)
        waiting = {
            name: node
            for name, one in self.formulas.items()
            if name not in texts and (node := self._parsed(one)) is not None
        }
        while waiting:
            ready = [name for name, node in waiting.items() if not _needs(node) & waiting.keys()]
            for name in ready or list(waiting):
                self._formula(name, waiting.pop(name), texts)
        return [
            {"id": one.draft.id, "expr": texts[name]}
            for name, one in self.formulas.items()
            if name in texts
        ]

    def _take_own(self, name: str, one: Resolved, text: str) -> None:
        """A value whose calculation is still the one that we wrote: our own words count."""
        tree = Expression(text).tree
        there = {known.target.name: known_name for known_name, known in self.scope.items.items()}
        there |= {other.draft.id: known_name for known_name, other in self.formulas.items()}
        needed = {there[ours] for ours in _ids_in(tree) if ours in there}
        kind: TargetKind = "truth_computed" if is_logic(tree) else "number_computed"
        self.scope.computed[name] = (Target(one.draft.id, kind), frozenset(needed))
        self.scope.since(name)  # now, while what it needs has just been worked out

    def _parsed(self, one: Resolved) -> Node | None:
        try:
            return parsed(one.draft.row.get("calculation"))
        except UntranslatableError as error:
            self._lost(one, error)
            return None

    def _formula(self, name: str, node: Node, texts: dict[str, str]) -> None:
        """One that only needs what is known by now; it fails when that is not so."""
        one = self.formulas[name]
        try:
            text, is_number = value(node, self.scope.at(EVERYWHERE))
        except UntranslatableError as error:
            self._lost(one, error)
            return
        texts[name] = text
        kind: TargetKind = "number_computed" if is_number else "truth_computed"
        self.scope.computed[name] = (Target(one.draft.id, kind), _needs(node))

    def _lost(self, one: Resolved, error: UntranslatableError) -> None:
        self.losses.add(
            "IMF-W148",
            "the expression in '{column}' is not taken over: {reason}",
            one.draft.row.at("calculation"),
            column="calculation",
            reason=error,
        )


def _own(one: Resolved) -> str:
    """Our own words for a computed value, if its row has them and they can be read."""
    text = extras_of(one.draft.row).get("expr")
    if not isinstance(text, str):
        return ""
    try:
        return Expression(text).text
    except SyntaxFaultError:
        return ""


def _needs(node: Node) -> frozenset[str]:
    return frozenset(refs_of(node))


def _ids_in(ours: OurNode) -> Iterable[str]:
    """The ids that an expression of ours uses."""
    for node in every_node(ours):
        if isinstance(node, OurRef):
            yield node.name
        elif isinstance(node, OurField):
            yield node.repeat
