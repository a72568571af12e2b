"""From a questionnaire to a `Form`: rows that ODK understands, and columns that only we read.

The rows of the sheets `survey` and `settings` are made here, those of `choices` in `choices`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from imfsurvey.exchange.xlsform.extras import SEAL, encoded, seal_of
from imfsurvey.exchange.xlsform.form import (
    OURS,
    SETTINGS,
    SURVEY,
    Form,
    Row,
)
from imfsurvey.exchange.xlsform.losses import At, Losses
from imfsurvey.exchange.xlsform.outward.choices import ChoiceLists
from imfsurvey.exchange.xlsform.outward.columns import LogicColumns
from imfsurvey.exchange.xlsform.outward.names import OutNames, names_of
from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import LANGUAGE_NAMES
from imfsurvey.questionnaire import Questionnaire

_BASE: Final = frozenset({"id", "type", "text", "hint", "help", "show_if", "required", "items"})
_IDENTITY: Final = ("kind", "framework", "status", "require_complete", "replaces", "languages")


@dataclass
class _Writer:
    names: OutNames
    lists: ChoiceLists
    logic: LogicColumns
    losses: Losses
    rows: list[Row] = field(default_factory=list)
    extras: Counter[str] = field(default_factory=Counter)

    def section(self, section: Mapping[str, Any]) -> None:
        """A group with its items."""
        cells = {"type": "begin group", "name": self.names.of(section["id"])}
        self._conditions(section, cells)
        keys = {k: v for k, v in section.items() if k not in ("id", "title", "show_if", "items")}
        self._add(cells, {"label": section["title"]}, keys, ours=section["id"])
        for item in section["items"]:
            self.item(item)
        self._add({"type": "end group"}, {}, {})

    def item(self, item: Mapping[str, Any], repeat: str = "") -> None:
        """An item, by its type."""
        type_ = item["type"]
        if type_ == "matrix":
            self._matrix(item)
        elif type_ == "repeat":
            self._repeat(item)
        else:
            self._question(item, repeat)

    # --- kinds of items

    def _question(self, item: Mapping[str, Any], repeat: str) -> None:
        ours = f"{repeat}.{item['id']}" if repeat else item["id"]
        cells = {"name": self.names.of(ours)}
        extras = {key: one for key, one in item.items() if key not in _BASE}
        self._type(item, ours, cells, extras)
        self._conditions(item, cells)
        self._required(item, cells, extras)
        texts = self._texts(item)
        self.logic.constraint(item, ours, cells, texts, extras)
        self._add(cells, texts, extras, ours=item["id"])

    def _type(
        self, item: Mapping[str, Any], ours: str, cells: dict[str, str], extras: dict[str, Any]
    ) -> None:
        """The type with its list and appearance; what they say is no extra any more."""
        type_ = item["type"]
        if type_ == "info":
            cells["type"] = "acknowledge" if extras.pop("acknowledge", False) else "note"
        elif type_ == "text":
            cells["type"] = "text"
            if extras.pop("multiline", False):
                cells["appearance"] = "multiline"
        elif type_ == "date":
            cells["type"] = "date"
            shown = {"month": "month-year", "year": "year"}.get(extras.pop("precision", "day"))
            if shown:
                cells["appearance"] = shown
        elif type_ == "number":
            decimals = item.get("decimals", 0)
            cells["type"] = "decimal" if decimals else "integer"
            if decimals in (0, 2):
                extras.pop("decimals", None)
                if decimals:
                    extras["decimals"] = decimals
        else:
            self.lists.type_cell(item, ours, cells, extras)

    def _matrix(self, item: Mapping[str, Any]) -> None:
        cells = {"type": "begin group", "name": self.names.of(item["id"])}
        cells["appearance"] = "table-list"
        extras = {key: one for key, one in item.items() if key not in (*_BASE, "rows", "scale")}
        self._conditions(item, cells)
        required: dict[str, str] = {}
        self._required(item, required, extras)
        if required.pop(f"{OURS}required_if", None):
            extras["required_if"] = item["required_if"]
        self._add(cells, self._texts(item), extras, ours=item["id"])
        for row in item["rows"]:
            own = {"name": self.names.of(row["id"]), **required}
            self.lists.scale_cell(item["scale"], own)
            keys = {key: one for key, one in row.items() if key not in (*_BASE, "scale")}
            self._conditions(row, own)
            self._add(own, self._texts(row), keys, ours=row["id"])
        self._add({"type": "end group"}, {}, {})

    def _repeat(self, item: Mapping[str, Any]) -> None:
        cells = {"type": "begin repeat", "name": self.names.of(item["id"])}
        extras = {key: one for key, one in item.items() if key not in _BASE}
        least, most = item.get("min", 0), item.get("max", 20)
        if least == most:
            cells["repeat_count"] = str(least)
        self._conditions(item, cells)
        self._add(cells, self._texts(item), extras, ours=item["id"])
        for one in item["items"]:
            self.item(one, item["id"])
        self._add({"type": "end repeat"}, {}, {})

    # --- cells

    def _texts(self, item: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        columns = (("label", "text"), ("hint", "hint"), ("guidance_hint", "help"))
        return {column: item[key] for column, key in columns if key in item}

    def _conditions(self, item: Mapping[str, Any], cells: dict[str, str]) -> None:
        if "show_if" in item:
            self.logic.condition("relevant", "show_if", item["show_if"], cells, item["id"])

    def _required(
        self, item: Mapping[str, Any], cells: dict[str, str], extras: dict[str, Any]
    ) -> None:
        written = extras.pop("required_if", None)
        required = item.get("required", item["type"] == "maturity")
        if required is True:
            cells["required"] = "yes"
        elif item["type"] == "maturity":
            extras["required"] = False
        if written is not None and required is not True:
            self.logic.condition("required", "required_if", written, cells, item["id"])
        elif written is not None:
            extras["required_if"] = written

    def computed(self, computed: Mapping[str, str]) -> None:
        """A computed value; ODK works it out wherever it stands."""
        cells = {"type": "calculate", "name": self.names.of(computed["id"])}
        self.logic.computed(computed, cells)
        self._add(cells, {}, {}, ours=computed["id"])

    def _add(
        self,
        cells: dict[str, str],
        texts: Mapping[str, Mapping[str, str]],
        extras: Mapping[str, Any],
        *,
        ours: str = "",
    ) -> None:
        """One row; its own columns are counted, so that the report can name them."""
        for key, value in extras.items():
            cells[OURS + key] = encoded(value)
            self.extras[key] += 1
        if ours and cells["name"] != ours:
            cells[f"{OURS}id"] = ours
        if any(cell.startswith(OURS) for cell in cells):
            cells[SEAL] = seal_of(Row(SURVEY, 0, cells))
        piped = {
            column: {code: self.names.piped(text, self.losses) for code, text in by_code.items()}
            for column, by_code in texts.items()
        }
        self.rows.append(Row(SURVEY, len(self.rows) + 2, cells, piped))


def form_from(questionnaire: Questionnaire, framework: Framework, losses: Losses) -> Form:
    """The form of a questionnaire; what only we understand of it is noted."""
    values = questionnaire.model_dump(mode="json", exclude_defaults=True)
    names = OutNames.of_questionnaire(questionnaire)
    logic = LogicColumns(questionnaire, names_of(questionnaire, framework, names), losses)
    lists = ChoiceLists(questionnaire, framework, names, logic, losses)
    writer = _Writer(names, lists, logic, losses)
    for section in values["sections"]:
        writer.section(section)
    for computed in values.get("computed", ()):
        writer.computed(computed)
    lists.add_unused(values)
    _tell(writer, losses)
    identity = questionnaire.questionnaire
    settings = _settings(values, identity.default_language, lists)
    return Form(writer.rows, lists.lists, settings, identity.languages, identity.default_language)


def _settings(values: Mapping[str, Any], default: str, lists: ChoiceLists) -> Row:
    identity = values["questionnaire"]
    title = identity["title"]
    cells = {
        "form_title": title.get(default) or next(iter(title.values())),
        "form_id": identity["id"],
        "version": identity["version"],
        "default_language": f"{LANGUAGE_NAMES[default]} ({default})",
    }
    extras = {name: identity[name] for name in _IDENTITY if name in identity}
    extras["title"] = title
    extras["privacy"] = values["privacy"]
    extras |= {name: values[name] for name in ("themes",) if name in values}
    extras["scales"] = {
        name: {key: one for key, one in scale.items() if key in ("favourable", "unfavourable")}
        for name, scale in values.get("scales", {}).items()
    }
    extras["choice_lists"] = lists.conditions_of_lists(values)
    cells |= {OURS + key: encoded(value) for key, value in extras.items() if value not in ({}, [])}
    cells[SEAL] = seal_of(Row(SETTINGS, 2, cells))
    return Row(SETTINGS, 2, cells)


def _tell(writer: _Writer, losses: Losses) -> None:
    """What other programs do not see."""
    for key, count in sorted(writer.extras.items()):
        losses.add(
            "IMF-W166",
            "'{key}' of {count} row(s) stands in a column that only imfsurvey reads",
            At(SURVEY, 0, OURS + key),
            key=key,
            count=count,
        )
    losses.add(
        "IMF-W166",
        "privacy, framework and other settings stand in columns that only imfsurvey reads",
        At(SETTINGS),
    )
