"""From a name in an expression to what it is a name of: that it exists and is asked before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.expressions.findings import Finding, finding
from imfsurvey.questionnaire.expressions.tree import Field, Ref, This
from imfsurvey.questionnaire.expressions.types import Name, Position
from imfsurvey.source.problems import nearest

Used = Literal["value", "status", "column"]
"""A name stands for its value, for whether it was answered, for a field of all entries."""

_NO_VALUE: Final = frozenset({"entries", "nothing", "rows"})

Resolved = tuple[Name | None, list[Finding]]


@dataclass(frozen=True)
class Resolver:
    """What can be named at one place of a questionnaire; see `check_expression`."""

    names: Mapping[str, Name]
    here: Position | None
    this: Name | None
    within: str | None

    def value(self, node: This | Ref | Field) -> Resolved:
        """What a name stands for where its value is asked."""
        if isinstance(node, This):
            if self.this is not None:
                return self.this, []
            return None, [
                finding("IMF-E116", "'this' is known in the check of an answer only", node.column)
            ]
        name, wrong = self.used(node, "value")
        if name is not None and isinstance(node, Ref) and name.kind in _NO_VALUE:
            return None, [*wrong, _no_value(name, node.column)]
        return name, wrong

    def used(self, node: Ref | Field, how: Used) -> Resolved:
        """What a name stands for; None when it is not known."""
        if isinstance(node, Field):
            return self._field(node, how)
        name = self.names.get(node.name)
        if name is None:
            return None, [self._unknown(node.name, node.column)]
        return name, self._order(name, node.column)

    def _field(self, node: Field, how: Used) -> Resolved:
        repeat = self.names.get(node.repeat)
        if repeat is None:
            return None, [self._unknown(node.repeat, node.column)]
        if repeat.kind != "entries":
            return None, [
                finding(
                    "IMF-E112",
                    "'{id}' is no repeat, so it has no fields",
                    node.column,
                    id=node.repeat,
                )
            ]
        name = repeat.fields.get(node.name)
        if name is None:
            return None, [_no_field(node, repeat)]
        if how == "column":
            return name, self._order(repeat, node.column)
        if self.within != node.repeat:
            return None, [
                finding(
                    "IMF-E112",
                    "'{repeat}.{field}' is one answer for each entry: ask for all of them, such "
                    "as count_answered({repeat}.{field})",
                    node.column,
                    repeat=node.repeat,
                    field=node.name,
                )
            ]
        return name, self._order(name, node.column)

    def _order(self, name: Name, column: int) -> list[Finding]:
        here = self.here
        if here is None or name.position.before(here):
            return []
        if name.position == here:
            template = N_("'{id}' cannot be asked about itself here")
            if self.this is not None:
                template = N_("for the answer to '{id}' itself write 'this'")
        elif name.shuffled and name.position.order == here.order:
            template = N_(
                "'{id}' may come after this, since its section is shuffled: pin one of the two"
            )
        else:
            template = N_("'{id}' is not answered yet at this point")
        return [finding("IMF-E111", template, column, id=name.id)]

    def _unknown(self, word: str, column: int) -> Finding:
        inside = self.names.get(self.within or "")
        if inside is not None and word in inside.fields:
            return finding(
                "IMF-E110",
                "a field is named with its repeat: {repeat}.{word}",
                column,
                repeat=inside.id,
                word=word,
            )
        near = nearest(word, self.names)
        if near is None:
            return finding("IMF-E110", "item '{word}' does not exist", column, word=word[:64])
        return finding(
            "IMF-E110",
            "item '{word}' does not exist: did you mean '{near}'?",
            column,
            word=word,
            near=near,
        )


def _no_field(node: Field, repeat: Name) -> Finding:
    near = nearest(node.name, repeat.fields)
    if near is None:
        return finding(
            "IMF-E110",
            "repeat '{repeat}' has no field '{field}'",
            node.field_column,
            repeat=repeat.id,
            field=node.name[:64],
        )
    return finding(
        "IMF-E110",
        "repeat '{repeat}' has no field '{field}': did you mean '{near}'?",
        node.field_column,
        repeat=repeat.id,
        field=node.name,
        near=near,
    )


def _no_value(name: Name, column: int) -> Finding:
    if name.kind == "entries":
        return finding(
            "IMF-E112",
            "'{id}' is a list of entries: ask how many there are, count({id})",
            column,
            id=name.id,
        )
    return finding(
        "IMF-E112",
        "'{id}' takes no answer itself: name one that does",
        column,
        id=name.id,
    )
