"""What our ids are called in a workbook, and what expressions have to know of each.

There, names of fields are not kept apart by repeats, and what was not answered is an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from imfsurvey.exchange.xlsform.expressions import COMPARE, Piece, is_logic
from imfsurvey.exchange.xlsform.losses import Losses
from imfsurvey.framework import Framework
from imfsurvey.questionnaire import Questionnaire, RepeatItem

_RESERVED: Final = frozenset({"meta", "data", "instanceid", "instancename"})
"""Names that programs for XLSForms keep for themselves."""

_BRACES: Final = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_.]*)\}|\$(?=\{\{)")


@dataclass(frozen=True)
class OutNames:
    """Name in the workbook by id, `repeat.field` for fields."""

    names: Mapping[str, str]

    @classmethod
    def of_questionnaire(cls, questionnaire: Questionnaire) -> OutNames:
        """Every id as it is where it can be; a field that is not alone with its name, longer."""
        ids = [section.id for section in questionnaire.sections]
        ids += [one.id for section in questionnaire.sections for one in section.items]
        ids += [*questionnaire.items, *(one.id for one in questionnaire.computed)]
        names: dict[str, str] = {}
        taken: set[str] = set()
        for one in dict.fromkeys(ids):
            names[one] = _free(one, taken)
        for item in questionnaire.items.values():
            for inner in item.items if isinstance(item, RepeatItem) else ():
                alone = inner.id if inner.id not in taken else f"{item.id}_{inner.id}"
                names[f"{item.id}.{inner.id}"] = _free(alone, taken)
        return cls(names)

    def of(self, ours: str) -> str:
        """The name of an id."""
        return self.names[ours]

    def piped(self, text: str, losses: Losses) -> str:
        """A text with the placeholders of XLSForms."""

        def written(found: re.Match[str]) -> str:
            if found[0] == "$":  # `${` that is no placeholder would be taken for one
                losses.add("IMF-W151", "a '$' before a brace is set apart with a blank")
                return "$ "
            if found[1] is None:
                return found[0][0]
            return f"${{{self.names.get(found[1], found[1])}}}"

        return _BRACES.sub(written, text)


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted if wanted not in _RESERVED else f"{wanted}_", 2
    while name in taken:
        name, number = f"{wanted}_{number}", number + 1
    taken.add(name)
    return name


@dataclass(frozen=True)
class There:
    """What a name of ours is called in a workbook, and the names of its choices."""

    ref: str
    kind: str
    names: Mapping[int | str, str] = field(default_factory=dict)
    """Name by code."""
    non_answers: Mapping[str, str] = field(default_factory=dict)
    """Name by status."""

    @property
    def blanks(self) -> list[Piece]:
        """What is true of it when it is not answered."""
        empty = [Piece(f"{self.ref} = ''", COMPARE)] if self.ref != "." else []
        return empty + [
            Piece(f"{self.ref} = '{one}'", COMPARE) for one in self.non_answers.values()
        ]

    @property
    def guards(self) -> list[Piece]:
        """What must be true of it to be answered."""
        empty = [Piece(f"{self.ref} != ''", COMPARE)] if self.ref != "." else []
        return empty + [
            Piece(f"{self.ref} != '{one}'", COMPARE) for one in self.non_answers.values()
        ]


Names = Mapping[str, There]
"""By the id of an item or computed value, `repeat.field` for fields."""


def names_of(questionnaire: Questionnaire, framework: Framework, names: OutNames) -> Names:
    """Everything that an expression can name."""
    return _Theres(questionnaire, framework, names).all()


@dataclass(frozen=True)
class _Theres:
    questionnaire: Questionnaire
    framework: Framework
    names: OutNames

    def all(self) -> dict[str, There]:
        found: dict[str, There] = {}
        for item in self.questionnaire.items.values():
            self._there(item, item.id, found)
            for inner in item.items if isinstance(item, RepeatItem) else ():
                self._there(inner, f"{item.id}.{inner.id}", found)
        for one in self.questionnaire.computed:
            kind = "truth_computed" if is_logic(one.expr.tree) else "number_computed"
            found[one.id] = There(f"${{{self.names.of(one.id)}}}", kind)
        return found

    def _there(self, item: Any, ours: str, found: dict[str, There]) -> None:
        ref = f"${{{self.names.of(ours)}}}"
        kinds = {"number": "number", "text": "text", "repeat": "repeat"}
        if item.type in kinds:
            found[ours] = There(ref, kinds[item.type])
        elif item.type == "date":
            found[ours] = There(ref, "date" if item.precision == "day" else "period")
        elif item.type != "info" and (codes := self._codes(item)):
            kind = "several" if item.type in ("multi", "ranking") else "code"
            names: dict[int | str, str] = {code: str(code) for code in codes}
            statuses = non_answer_names(names.values(), self._statuses(item))
            found[ours] = There(ref, kind, names, statuses)

    def _codes(self, item: Any) -> Sequence[int | str]:
        """The codes of the list that a row offers; none where they are not known."""
        if item.type == "yes_no":
            return ("yes", "no")
        if item.type == "likert":
            return self.questionnaire.scales[item.scale].values
        if item.type == "maturity":
            return tuple(level.level for level in self.framework.levels)
        source = self.questionnaire.items.get(item.choices_from or "")
        if item.choices_from is not None:
            several = source is not None and source.type == "multi"
            return self._codes(source) if several else ()
        return tuple(choice.code for choice in self.questionnaire.listed(item))

    def _statuses(self, item: Any) -> Sequence[str]:
        if item.type == "likert":
            return self.questionnaire.scales[item.scale].non_answers
        if item.type == "maturity" and item.non_answers is None:
            return ("na", "dk")
        return item.non_answers or ()


def non_answer_names(taken: Any, statuses: Sequence[str]) -> dict[str, str]:
    """The name of the choice that stands for each status."""
    names = set(taken)
    return {status: f"{status}_" if status in names else status for status in statuses}
