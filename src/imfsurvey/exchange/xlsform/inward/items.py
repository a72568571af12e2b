"""One question of the workbook as an item of our language: the keys that its cells give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from imfsurvey.exchange.xlsform.bounds import Bounds, bounds_of, read_number
from imfsurvey.exchange.xlsform.extras import decoded, extras_of
from imfsurvey.exchange.xlsform.form import OURS, OURS_OF_CHOICES, YES, Row
from imfsurvey.exchange.xlsform.inward.cells import CellReader
from imfsurvey.exchange.xlsform.inward.choices import ChoiceList
from imfsurvey.exchange.xlsform.inward.expressions import check, condition
from imfsurvey.exchange.xlsform.inward.item_types import Resolved
from imfsurvey.exchange.xlsform.inward.names import EVERYWHERE, Place, Target
from imfsurvey.exchange.xlsform.inward.sections import appearances
from imfsurvey.exchange.xlsform.xpath import (
    Call,
    Column,
    Node,
    Ref,
    UntranslatableError,
    for_choice,
    parsed,
)
from imfsurvey.i18n.catalogue import N_, translator

NO: Final = frozenset({"", "no", "false", "false()", "0", "n"})
DECIMALS: Final = 2
"""Digits of a number with decimals, where a workbook does not say how many."""

MESSAGE: Final = N_("This answer does not fit. Please check it.")

_UNDERSTOOD: Final = frozenset(
    {
        "likert",
        "multiline",
        "table-list",
        "list-nolabel",
        "label",
        "field-list",
        "month-year",
        "year",
    }
)


@dataclass
class ItemBuilder(CellReader):
    """Builds the items of one form."""

    lists: dict[str, str]
    """Id here of each list that several items share."""
    scales: dict[str, str]
    """Id here of each list that is a scale."""
    _appearances: set[str] = field(default_factory=set)

    # --- items

    def build(self, one: Resolved, repeat: str = "") -> dict[str, Any]:
        """An item with everything in it."""
        draft, row = one.draft, one.draft.row
        place = Place(draft.order, repeat)
        item: dict[str, Any] = {"id": draft.id, "type": one.type}
        item["text"] = self.stem(row, row.get("name") or draft.id, place)
        for column, key in (("hint", "hint"), ("guidance_hint", "help")):
            if text := self.texts(row, column, place):
                item[key] = text
        if shown := self.shown_if((*draft.conditions, row), place):
            item["show_if"] = shown
        self._of_type(one, item, place)
        self._appearance(row)
        item |= extras_of(row)
        _with_conditions(item)
        return {key: value for key, value in item.items() if value is not None}

    def _of_type(self, one: Resolved, item: dict[str, Any], place: Place) -> None:
        row, kind = one.draft.row, one.draft.kind
        if one.type == "info":
            if kind.word == "acknowledge":
                item["acknowledge"] = True
            return
        if one.type == "matrix":
            self._matrix(one, item)
            return
        if one.type == "repeat":
            self._repeat(one, item)
            return
        self._required(row, item, place)
        if one.type in ("single", "multi", "ranking", "yes_no"):
            self._choices(one, item, place)
        elif one.type == "likert" and one.choices is not None:
            item["scale"] = self.scales[one.choices.name]
        elif one.type == "number":
            self._number(row, kind.word, item)
        elif one.type == "text" and "multiline" in appearances(row):
            item["multiline"] = True
        elif one.type == "date":
            self._precision(row, item)
        self._constraint(one, item, place)

    def _required(self, row: Row, item: dict[str, Any], place: Place) -> None:
        written = row.get("required")
        if written.casefold() in YES:
            item["required"] = True
        elif found := self.condition(row, "required", _unless_no(written), place):
            item["required_if"] = found
        if row.texts.get("required_message"):
            self.column_lost(row, "required_message")

    def _precision(self, row: Row, item: dict[str, Any]) -> None:
        words = appearances(row)
        if "month-year" in words:
            item["precision"] = "month"
        elif "year" in words:
            item["precision"] = "year"

    def _number(self, row: Row, word: str, item: dict[str, Any]) -> None:
        if word == "decimal":
            item["decimals"] = DECIMALS
            if f"{OURS}decimals" not in row.cells:
                self.losses.add(
                    "IMF-W154",
                    "a number with decimals may have {count} of them here",
                    row.at("type"),
                    count=DECIMALS,
                )
        if word != "range":
            return
        given = parameters_of(row.get("parameters"))
        step = given.get("step", "1")
        item["decimals"] = min(6, len(step.partition(".")[2]))
        for name, key, default in (("start", "min", "1"), ("end", "max", "10")):
            number = read_number(given.get(name, default))
            if number is None or round(number, item["decimals"]) != number:
                self.column_lost(row, "parameters")
            else:
                item[key] = number

    def _appearance(self, row: Row) -> None:
        for word in appearances(row):
            if word not in _UNDERSTOOD and word not in self._appearances:
                self._appearances.add(word)
                self.losses.add(
                    "IMF-W149",
                    "the appearance '{word}' is not taken over, here and elsewhere",
                    row.at("appearance"),
                    word=word,
                )
        if row.get("calculation"):
            self.column_lost(row, "calculation")

    # --- choices

    def _choices(self, one: Resolved, item: dict[str, Any], place: Place) -> None:
        row, choices = one.draft.row, one.choices
        if choices is None:
            return
        if choices.non_answers:
            item["non_answers"] = list(choices.non_answers.values())
        if one.type == "yes_no":
            return
        given = parameters_of(row.get("parameters"))
        if given.get("randomize", "").casefold() in ("true", "true()", "yes"):
            item["order"] = "random"
        if one.draft.kind.other:
            item["other"] = {}
        source = self._ticked_before(row, choices.name, place)
        if source:
            item["choices_from"] = source
        elif choices.name in self.lists and not row.get("choice_filter"):
            item["choices_ref"] = self.lists[choices.name]
        else:
            item["choices"] = self.listed(one, place)
        if f"{OURS}choices_ref" in row.cells or f"{OURS}choices_from" in row.cells:
            for key in ("choices", "choices_ref", "choices_from"):
                item.pop(key, None)

    def listed(self, one: Resolved, place: Place) -> list[dict[str, Any]]:
        """The choices of an item, with the conditions that its filter gives each of them."""
        choices = one.choices.entries if one.choices else ()
        row = one.draft.row
        node = self._filter(row)
        made: list[dict[str, Any]] = []
        for entry in choices:
            choice: dict[str, Any] = {"code": entry.code}
            choice["text"] = self.stem(entry.row, entry.name, place)
            shown = self._filtered(node, entry.row, row, place) if node is not None else "true"
            if shown == "false":
                self.losses.add(
                    "IMF-W163",
                    "the choice '{name}' can never be offered; it is left out",
                    entry.row.at("name"),
                    name=entry.name,
                )
                continue
            if shown != "true":
                choice["show_if"] = shown
            made.append(choice | _choice_extras(entry.row))
        return made

    def plainly(self, choices: ChoiceList) -> list[dict[str, Any]]:
        """The choices of a list that no item chooses from as it stands."""
        return [
            {"code": entry.code, "text": self.stem(entry.row, entry.name, EVERYWHERE)}
            | _choice_extras(entry.row)
            for entry in choices.entries
        ]

    def _filter(self, row: Row) -> Node | None:
        if not row.get("choice_filter"):
            return None
        try:
            return parsed(row.get("choice_filter"))
        except UntranslatableError as error:
            self.untranslated(row, "choice_filter", error)
            return None

    def _filtered(self, node: Node, choice: Row, row: Row, place: Place) -> str:
        cells = {column: choice.get(column) for column in self._filled}
        try:
            return condition(for_choice(node, cells), self.scope.at(place))
        except UntranslatableError as error:
            self.untranslated(row, "choice_filter", error)
            return "true"

    @cached_property
    def _filled(self) -> set[str]:
        """Every column that some choice fills."""
        return {name for rows in self.form.choices.values() for row in rows for name in row.cells}

    def _ticked_before(self, row: Row, list_name: str, place: Place) -> str:
        """The item whose ticked choices are the only ones offered: `selected(${a}, name)`."""
        node = self._filter(row) if row.get("choice_filter") else None
        if not isinstance(node, Call) or node.name != "selected" or len(node.args) != 2:
            return ""
        item, code = node.args
        if not isinstance(item, Ref) or code != Column("name"):
            return ""
        source = next((one for one in self.form.survey if one.get("name") == item.name), None)
        target = self.scope.at(place).get(item.name)
        same = source is not None and source.get("type").split()[-1:] == [list_name]
        return target.name if same and target is not None and target.kind == "several" else ""

    # --- constraints

    def _constraint(self, one: Resolved, item: dict[str, Any], place: Place) -> None:
        row = one.draft.row
        text = row.get("constraint")
        if not text:
            return
        try:
            node = parsed(text)
            bounds = bounds_of(node, one.type, item.get("decimals", 0))
            rest = self._rest(bounds, one, place)
        except UntranslatableError as error:
            self.untranslated(row, "constraint", error)
            return
        item |= bounds.keys
        self._exclusive(bounds.exclusive, one, item, place)
        message = self.texts(row, "constraint_message", place)
        if rest and rest != "true":
            message = message or self._message()
            item["constraint"] = [{"check": rest, "message": message}]
        elif message:
            self.column_lost(row, "constraint_message")

    def _rest(self, bounds: Bounds, one: Resolved, place: Place) -> str:
        if bounds.rest is None:
            return ""
        target = one.target()
        if target is None:
            return ""
        this = Target("this", target.kind, target.codes, target.non_answers)
        return check(bounds.rest, self.scope.at(place), this)

    def _message(self) -> dict[str, str]:
        return {code: translator(code)(MESSAGE) for code in self.form.languages}

    def _exclusive(
        self, names: Sequence[str], one: Resolved, item: dict[str, Any], place: Place
    ) -> None:
        codes = one.choices.codes if one.choices else {}
        wanted = {codes[name] for name in names if name in codes}
        if wanted and "choices_ref" in item:  # in the list it would be so for all who use it
            del item["choices_ref"]
            item["choices"] = self.listed(one, place)
        for choice in item.get("choices", ()):
            if choice["code"] in wanted:
                choice["exclusive"] = True

    # --- matrices and repeats

    def _matrix(self, one: Resolved, item: dict[str, Any]) -> None:
        item["scale"] = self.scales[one.choices.name] if one.choices else ""
        rows = [(inner.draft, self._row(inner)) for inner in one.inner]
        needed = [made.pop("required", None) or made.pop("required_if", None) for _, made in rows]
        if needed and all(one == needed[0] for one in needed) and needed[0] is not None:
            item["required" if needed[0] is True else "required_if"] = needed[0]
        elif any(needed):
            self.column_lost(one.draft.row, "required")
        item["rows"] = [made for _, made in rows]

    def _row(self, one: Resolved) -> dict[str, Any]:
        row, place = one.draft.row, Place(one.draft.order)
        made: dict[str, Any] = {"id": one.draft.id}
        made["text"] = self.stem(row, row.get("name") or one.draft.id, place)
        if shown := self.shown_if((row,), place):
            made["show_if"] = shown
        self._required(row, made, place)
        for column in ("hint", "guidance_hint", "constraint_message"):
            if row.texts.get(column):
                self.column_lost(row, column)
        for column in ("constraint", "choice_filter"):
            if row.get(column):
                self.column_lost(row, column)
        return made | extras_of(row)

    def _repeat(self, one: Resolved, item: dict[str, Any]) -> None:
        row = one.draft.row
        count = row.get("repeat_count")
        number = read_number(count) if count else None
        if isinstance(number, int) and 0 < number <= 50:
            item["min"] = item["max"] = number
        elif count:
            self.column_lost(row, "repeat_count")
        inner = [self.build(field, one.draft.id) for field in one.inner]
        texts = [field for field in inner if field["type"] == "text"]
        label = next((field for field in texts if field.get("required")), texts[0])
        if label.get("required") is not True:
            label["required"] = True
            label.pop("required_if", None)
            self.losses.add(
                "IMF-W157",
                "'{name}' must be answered, since an entry of the repeat is called by it",
                row.at(),
                name=label["id"],
            )
        item["label"] = label["id"]
        item["items"] = inner


def parameters_of(text: str) -> Mapping[str, str]:
    """The column `parameters`: `start=0 end=10`, with blanks, commas or semicolons between."""
    words = text.replace(",", " ").replace(";", " ").split()
    pairs = (word.partition("=") for word in words)
    return {name.casefold(): value for name, equals, value in pairs if equals}


def _unless_no(written: str) -> str:
    """The cell `required`, empty where it says no."""
    return "" if written.casefold() in NO else written


def _choice_extras(choice: Row) -> dict[str, Any]:
    """What only we know of a choice."""
    return {
        key: decoded(choice.get(OURS_OF_CHOICES + key))
        for key in ("exclusive", "pin")
        if choice.get(OURS_OF_CHOICES + key)
    }


def _with_conditions(item: dict[str, Any]) -> None:
    """Put our own wording of the conditions of choices, by code, in their place."""
    by_code = item.pop("choices_show_if", None)
    if isinstance(by_code, dict):
        for choice in item.get("choices", ()):
            choice.pop("show_if", None)
            if str(choice["code"]) in by_code:
                choice["show_if"] = by_code[str(choice["code"])]
