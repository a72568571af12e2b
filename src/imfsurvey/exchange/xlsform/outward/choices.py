"""Lists of choices of a questionnaire as rows of the sheet `choices`, and who chooses from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from imfsurvey.exchange.xlsform.extras import encoded
from imfsurvey.exchange.xlsform.form import CHOICES, NON_ANSWER, OURS_OF_CHOICES, WHEN, Row
from imfsurvey.exchange.xlsform.losses import Losses
from imfsurvey.exchange.xlsform.outward.columns import LogicColumns
from imfsurvey.exchange.xlsform.outward.names import OutNames, non_answer_names
from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import Marked, Translator, translator
from imfsurvey.interview import options
from imfsurvey.questionnaire import NonAnswer, Questionnaire

ALWAYS: Final = "always"
LEVELS: Final = "imf_levels"
YES_NO: Final = "yes_no"

_WORDS: Final = {"single": "select_one", "multi": "select_multiple", "ranking": "rank"}


@dataclass
class ChoiceLists:
    """The lists of one questionnaire, made when an item needs them."""

    questionnaire: Questionnaire
    framework: Framework
    names: OutNames
    logic: LogicColumns
    losses: Losses
    lists: dict[str, list[Row]] = field(default_factory=dict)
    _of_item: dict[str, str] = field(default_factory=dict)
    """List by item, for those who choose from what was ticked there."""

    # --- cells

    def scale_cell(self, scale: str, cells: dict[str, str]) -> None:
        """The type of a statement on a scale."""
        cells["type"] = f"select_one {self._scale(scale)}"

    def type_cell(
        self, item: Mapping[str, Any], ours: str, cells: dict[str, str], extras: dict[str, Any]
    ) -> None:
        """The type of an item with a list; what it says is taken out of the extras."""
        type_ = item["type"]
        if type_ == "likert":
            extras.pop("scale")
            self.scale_cell(item["scale"], cells)
            cells["appearance"] = "likert"
        elif type_ == "yes_no":
            name = self._plain(YES_NO, options.YES_NO, extras.pop("non_answers", ()))
            cells["type"] = f"select_one {name}"
        elif type_ == "maturity":
            statuses = extras.get("non_answers", ("na", "dk"))
            levels = {one.level: one.name.root for one in self.framework.levels}
            cells["type"] = f"select_one {self._plain(LEVELS, levels, statuses)}"
            extras["type"] = type_
        else:
            self._choosing(item, ours, cells, extras)

    def _choosing(
        self, item: Mapping[str, Any], ours: str, cells: dict[str, str], extras: dict[str, Any]
    ) -> None:
        type_, word = item["type"], _WORDS[item["type"]]
        source = item.get("choices_from")
        if source is not None and source not in self._of_item:
            cells["type"] = "text"
            extras["type"] = type_
            return
        if extras.get("order") == "random":
            cells["parameters"] = "randomize=true"
            extras.pop("order")
        if source is not None:
            name = self._of_item[source]
            cells["choice_filter"] = f"selected(${{{self.names.of(source)}}}, name)"
            extras["non_answers"] = item.get("non_answers")
            extras["choices_from"] = source
        else:
            name = self._list(item, ours, cells, extras)
        self._of_item.setdefault(item["id"], name)
        other = extras.pop("other", None)
        cells["type"] = f"{word} {name}"
        if other == {} and type_ != "ranking" and "choice_filter" not in cells:
            cells["type"] += " or_other"
        elif other is not None:
            extras["other"] = other
        codes = {str(row.get("name")) for row in self.lists[name]}
        if type_ == "single" and (codes == {"yes", "no"} or len(codes) == 2):
            extras["type"] = "single"

    def _list(
        self, item: Mapping[str, Any], ours: str, cells: dict[str, str], extras: dict[str, Any]
    ) -> str:
        """The list of an item's own choices, or a shared one."""
        statuses = extras.pop("non_answers", ())
        shared = item.get("choices_ref")
        if shared is not None:
            listed = self.questionnaire.choice_lists[shared]
            choices = [one.model_dump(mode="json", exclude_defaults=True) for one in listed]
            wanted = shared
        else:
            choices, wanted = extras.pop("choices"), ours.replace(".", "_")
        whens, filter_ = self._filter(choices, item["id"])
        conditions = {str(one["code"]): one["show_if"] for one in choices if "show_if" in one}
        if filter_:
            cells["choice_filter"] = filter_
        if conditions and shared is None:
            extras["choices_show_if"] = conditions
        plain = shared is not None and not statuses
        name = wanted if plain else self._free(wanted)
        if not plain or name not in self.lists:
            self.lists[name] = self._rows(name, choices, whens, statuses)
        if shared is not None and not filter_ and plain:
            extras.pop("choices_ref")
        return name

    def _filter(
        self, choices: Sequence[Mapping[str, Any]], item: str
    ) -> tuple[dict[str, str], str]:
        """The mark of each condition, and the filter that goes by these marks."""
        whens: dict[str, str] = {}
        parts = [f"{WHEN} = '{ALWAYS}'"]
        for choice in choices:
            text = choice.get("show_if")
            if text is None or text in whens:
                continue
            written = self.logic.written(text, item)
            if written:
                whens[text] = f"w{len(whens) + 1}"
                parts.append(f"({WHEN} = '{whens[text]}' and ({written}))")
        return whens, " or ".join(parts) if whens else ""

    def _rows(
        self,
        name: str,
        choices: Sequence[Mapping[str, Any]],
        whens: Mapping[str, str],
        statuses: Sequence[NonAnswer],
    ) -> list[Row]:
        rows = []
        for choice in choices:
            cells = {"list_name": name, "name": str(choice["code"])}
            extras = {k: v for k, v in choice.items() if k not in ("code", "text", "show_if")}
            if isinstance(choice["code"], str) and choice["code"].lstrip("-").isdigit():
                extras["code"] = choice["code"]
            cells |= {OURS_OF_CHOICES + key: encoded(value) for key, value in extras.items()}
            if whens:
                cells[WHEN] = whens.get(choice.get("show_if", ""), ALWAYS)
            label = {
                code: self.names.piped(text, self.losses) for code, text in choice["text"].items()
            }
            rows.append(Row(CHOICES, 0, cells, {"label": label}))
        names = [row.get("name") for row in rows]
        return [*rows, *self._non_answers(name, names, statuses, bool(whens))]

    def _non_answers(
        self, name: str, taken: Sequence[str], statuses: Sequence[NonAnswer], filtered: bool
    ) -> Iterator[Row]:
        names = non_answer_names(taken, statuses)
        for status in statuses:
            cells = {"list_name": name, "name": names[status], NON_ANSWER: status}
            if filtered:
                cells[WHEN] = ALWAYS
            label = self._said(partial(_non_answer, status))
            yield Row(CHOICES, 0, cells, {"label": label})

    def _said(self, words: Callable[[Translator], str]) -> dict[str, str]:
        """Words of the program in the languages of the questionnaire."""
        languages = self.questionnaire.questionnaire.languages
        return {code: words(translator(code)) for code in languages}

    def _plain(self, wanted: str, words: Mapping[Any, Any], statuses: Sequence[NonAnswer]) -> str:
        """A list of the program's own, one for each set of non-answers."""
        name = "_".join((wanted, *statuses))
        if name not in self.lists:
            choices = [
                {
                    "code": code,
                    "text": self._said(partial(_own_word, text))
                    if isinstance(text, Marked)
                    else text,
                }
                for code, text in words.items()
            ]
            self.lists[name] = self._rows(name, choices, {}, statuses)
        return name

    def _scale(self, scale: str) -> str:
        if scale not in self.lists:
            given = self.questionnaire.scales[scale]
            choices = [one.model_dump(mode="json", exclude_defaults=True) for one in given.codes]
            self.lists[scale] = self._rows(scale, choices, {}, given.non_answers)
        return scale

    def _free(self, wanted: str) -> str:
        taken = {*self.lists, *self.questionnaire.scales, *self.questionnaire.choice_lists}
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}_{number}", number + 1
        return name

    # --- what no item uses

    def add_unused(self, values: Mapping[str, Any]) -> None:
        """Scales and lists that only stand in the file."""
        for scale in values.get("scales", {}):
            self._scale(scale)
        for name, choices in values.get("choice_lists", {}).items():
            if name not in self.lists:
                self.lists[name] = self._rows(name, choices, {}, ())

    def conditions_of_lists(self, values: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """Our wording of the conditions in each shared list, by code."""
        return {
            name: {str(one["code"]): one["show_if"] for one in choices if "show_if" in one}
            for name, choices in values.get("choice_lists", {}).items()
        }


def _non_answer(status: NonAnswer, t: Translator) -> str:
    """A non-answer in the words in which it is offered."""
    return options.non_answer_options((status,), t)[0].label


def _own_word(word: Marked, t: Translator) -> str:
    return t.messages.gettext(word)
