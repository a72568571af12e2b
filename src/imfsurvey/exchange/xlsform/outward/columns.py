"""Columns that carry logic, from `relevant` to `calculation`, our own wording beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imfsurvey.exchange.xlsform.bounds import bounds_of
from imfsurvey.exchange.xlsform.extras import encoded
from imfsurvey.exchange.xlsform.form import OURS, SURVEY
from imfsurvey.exchange.xlsform.losses import At, Losses
from imfsurvey.exchange.xlsform.outward.expressions import check, condition, number_text, value
from imfsurvey.exchange.xlsform.outward.names import Names, There
from imfsurvey.exchange.xlsform.xpath import UntranslatableError, parsed
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.expressions import Expression


@dataclass
class LogicColumns:
    """Writes the logic of one questionnaire."""

    questionnaire: Questionnaire
    names: Names
    losses: Losses

    def condition(self, column: str, key: str, text: str, cells: dict[str, str], item: str) -> None:
        """A condition in its column, and as we word it."""
        cells[OURS + key] = encoded(text)
        written = self.written(text, item)
        if written:
            cells[column] = written

    def written(self, text: str, item: str) -> str:
        """A condition in XPath; empty and noted when it has no counterpart."""
        try:
            return condition(Expression(text).tree, self.names)
        except UntranslatableError as error:
            self._lost(item, error)
            return ""

    def _lost(self, item: str, error: UntranslatableError) -> None:
        self.losses.add(
            "IMF-W165",
            "an expression of '{id}' is read by imfsurvey only: {reason}",
            At(SURVEY),
            id=item,
            reason=error,
        )

    def computed(self, computed: Mapping[str, str], cells: dict[str, str]) -> None:
        """The calculation of a computed value."""
        cells[f"{OURS}expr"] = encoded(computed["expr"])
        cells["calculation"] = "''"
        try:
            cells["calculation"] = value(Expression(computed["expr"]).tree, self.names)
        except UntranslatableError as error:
            self._lost(computed["id"], error)

    def constraint(
        self,
        item: Mapping[str, Any],
        ours: str,
        cells: dict[str, str],
        texts: dict[str, dict[str, str]],
        extras: dict[str, Any],
    ) -> None:
        """Bounds and checks in one cell."""
        parts = [*self._bounds(item, extras), *self._alone(item)]
        for one in item.get("constraint", ()):
            told = one.get("severity") != "warn"  # a warning keeps nobody from going on
            if told and (written := self._check(one["check"], item, ours)):
                parts.append(written)
                texts.setdefault("constraint_message", one["message"])
        if parts:
            cells["constraint"] = " and ".join(_bracketed(part) for part in parts)

    def _check(self, text: str, item: Mapping[str, Any], ours: str) -> str:
        known = self.names.get(ours)
        this = There(".", known.kind, known.names, known.non_answers) if known else There(".", "")
        try:
            written = check(Expression(text).tree, self.names, this)
            node = parsed(written)
        except UntranslatableError as error:
            self._lost(item["id"], error)
            return ""
        bounds = bounds_of(node, item["type"], item.get("decimals", 0))
        # What would be taken for a bound of the item is marked as a check of its own.
        return f"boolean({written})" if bounds.keys or bounds.exclusive else written

    def _bounds(self, item: Mapping[str, Any], extras: dict[str, Any]) -> list[str]:
        type_ = item["type"]
        limits: tuple[tuple[str, str, str], ...]
        if type_ in ("number", "date"):
            limits = ((".", "min", ">="), (".", "max", "<="))
        elif type_ == "text":
            limits = (("string-length(.)", "max_length", "<="),)
        elif type_ == "multi":
            counted = "count-selected(.)"
            limits = ((counted, "min_choices", ">="), (counted, "max_choices", "<="))
        else:
            return []
        parts = []
        for left, key, operator in limits:
            if key in item:
                parts.append(f"{left} {operator} {_limit(item[key])}")
                extras.pop(key, None)
        return parts

    def _alone(self, item: Mapping[str, Any]) -> list[str]:
        """Choices that stand alone."""
        return [
            f"not(selected(., '{choice['code']}') and count-selected(.) > 1)"
            for choice in self._listed(item)
            if choice.get("exclusive")
        ]

    def _listed(self, item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        if item["type"] != "multi":
            return []
        if "choices_ref" in item:
            choices = self.questionnaire.choice_lists[item["choices_ref"]]
            return [one.model_dump(mode="json") for one in choices]
        return list(item.get("choices", ()))


def _limit(limit: Any) -> str:
    if limit == "today":
        return "today()"
    return f"date('{limit}')" if isinstance(limit, str) else number_text(limit)


def _bracketed(part: str) -> str:
    return f"({part})" if " or " in part and not part.startswith("not(") else part
