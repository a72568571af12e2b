"""One item as a block of a sheet."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.numbers import shown_bound
from imfsurvey.interview.rules import side_limit
from imfsurvey.interview.sheet import Box, Sheet
from imfsurvey.questionnaire import (
    OTHER,
    AskingItem,
    ChoosingItem,
    DateItem,
    Item,
    MaturityItem,
    MultiItem,
    NumberItem,
    RankingItem,
    RepeatItem,
    TextItem,
)
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.report.printed.blocks import Asked, Cells, Copy, Entries, Lines, Tick
from imfsurvey.report.printed.conditions import Conditions

COPIES: Final = 3
"""Blank entries of a list, unless it needs more or takes fewer."""

_A_LINE: Final = 80
"""Characters that somebody writes on a line by hand."""
_MOST_LINES: Final = 8
_MOST_CELLS: Final = 9
_ROW: Final = 78
"""Letters of labels that stand beside each other in one row."""


@dataclass(frozen=True)
class Drafts:
    """Makes the blocks of one sheet."""

    sheet: Sheet
    conditions: Conditions

    @property
    def t(self) -> Translator:
        """The words of the language."""
        return self.sheet.t

    def asked(self, item: Item, number: str, notes: tuple[str, ...] = ()) -> Asked:
        """A question of its own; `notes`: whom it is for."""
        ticks = tuple(self._ticks(item))
        cells, mark = self._cells(item)
        chosen = self.sheet.listed(item) and any(not one.apart for one in ticks)
        return Asked(
            number=number,
            stem=self.sheet.say(item.text),
            notes=(*notes, *self.notes(item)),
            how=self._how(item),
            ticks=ticks if chosen else (),
            in_a_row=_in_a_row(ticks),
            write=isinstance(item, RankingItem),
            cells=() if chosen else cells,
            mark=mark,
            unit=self._unit(item),
            lines=0 if chosen or cells else self._lines(item),
            more=self._criteria(item) if chosen else ticks,
            more_label=self.t("What is there: tick it") if self._criteria(item) else "",
            beside=tuple(self._beside(item)),
        )

    def notes(self, item: Item) -> Iterator[str]:
        """Hint and help."""
        for text in (item.hint, item.help):
            if text is not None:
                yield self.sheet.say(text)

    def only_if(self, condition: Expression | None) -> Iterator[str]:
        """Whom something is for."""
        if condition is not None:
            yield self.t("Only if {condition}.", condition=self.conditions.clause(condition.tree))

    # --- what is ticked ---------------------------------------------------------------------------

    def _ticks(self, item: Item) -> Iterator[Tick]:
        for box in self.sheet.boxes(item):
            yield Tick(
                code=box.code,
                label=box.option.label,
                description=box.option.description,
                note=" ".join(self._note(box)),
                line=box.option.value == OTHER and isinstance(item, ChoosingItem),
                apart=box.option.status != "answered",
            )

    def _note(self, box: Box) -> Iterator[str]:
        yield from self.only_if(box.show_if)
        if box.option.exclusive:
            yield self.t("Then tick nothing else.")

    def _criteria(self, item: Item) -> tuple[Tick, ...]:
        if not isinstance(item, MaturityItem):
            return ()
        return tuple(
            Tick(code=str(one.level), label=self.sheet.say(one.text)) for one in item.criteria
        )

    def _how(self, item: Item) -> str:
        """How to answer."""
        t = self.t
        match item:
            case MultiItem(max_choices=most) if most is not None:
                return t("Tick all that apply, {n} at most.", n=most)
            case MultiItem():
                return t("Tick all that apply.")
            case RankingItem(top=top) if top is not None:
                return t("Write 1 beside what comes first, then 2 and so on, up to {n}.", n=top)
            case RankingItem():
                return t("Write 1 beside what comes first, then 2 and so on, for all.")
            case NumberItem() if not item.bands:
                return self._bounds(item)
            case TextItem() if self.sheet.questionnaire.anonymous:
                return t("Write no names. Capitals give less of your handwriting away.")
            case ChoosingItem() if not self.sheet.listed(item):
                return self._not_listed(item)
            case TextItem() | DateItem():
                return ""
            case _:
                return t("Tick one box.")

    def _from_entries(self, item: ChoosingItem) -> RepeatItem | None:
        """The list whose entries are the choices."""
        source = self.sheet.questionnaire.items.get(item.choices_from or "")
        return source if isinstance(source, RepeatItem) else None

    def _not_listed(self, item: ChoosingItem) -> str:
        source = self._from_entries(item)
        if source is not None:
            number = self.sheet.numbers[source.id]
            return self.t("Write the number of an entry of question {n}.", n=number)
        return self.t("Write it down: it is printed here once the groups are known.")

    def _bounds(self, item: NumberItem) -> str:
        t, language = self.t, self.sheet.language
        low, high = (
            None if bound is None else shown_bound(bound, language)
            for bound in (item.lowest, item.max)
        )
        if low is not None and high is not None:
            return t("A number from {low} to {high}.", low=low, high=high)
        if low is not None:
            return t("A number, at least {low}.", low=low)
        return t("A number, at most {high}.", high=high) if high is not None else t("A number.")

    # --- what is written --------------------------------------------------------------------------

    def _cells(self, item: Item) -> tuple[tuple[Cells, ...], str]:
        """Boxes for figures, and what stands between them."""
        t = self.t
        if isinstance(item, DateItem):
            year, month, day = Cells(4, t("year")), Cells(2, t("month")), Cells(2, t("day"))
            return {"day": (day, month, year), "month": (month, year), "year": (year,)}[
                item.precision
            ], "/"
        if isinstance(item, ChoosingItem) and self._from_entries(item):
            return (Cells(2),), ""
        if isinstance(item, NumberItem) and item.max is not None:
            highest = max(abs(item.max), abs(item.lowest or 0))
            figures = len(str(math.floor(highest))) + (1 if (item.lowest or 0) < 0 else 0)
            if figures + item.decimals <= _MOST_CELLS:
                whole = Cells(figures)
                return ((whole, Cells(item.decimals)) if item.decimals else (whole,)), ","
        return (), ""

    def _unit(self, item: Item) -> str:
        unit = item.unit if isinstance(item, NumberItem) and not item.bands else None
        return self.sheet.say(unit) if unit is not None else ""

    def _lines(self, item: Item) -> int:
        if not isinstance(item, TextItem):
            return 1
        if not item.multiline:
            return 1 if item.max_length <= _A_LINE else 2
        return min(max(3, math.ceil(item.max_length / _A_LINE)), _MOST_LINES)

    def _beside(self, item: Item) -> Iterator[Lines]:
        """What can be written beside the answer."""
        t = self.t
        if not isinstance(item, AskingItem):
            return
        if side_limit(item, "evidence"):
            kinds = item.evidence_kinds if isinstance(item, MaturityItem) else ()
            said = t("; ").join(kind.say(self.sheet.language) for kind in kinds)
            label = t("Evidence, such as: {kinds}", kinds=said) if said else t("Evidence")
            yield Lines(label, 2)
        if side_limit(item, "reason"):
            yield Lines(t("If it is not applicable: why"), 1)
        if side_limit(item, "comment"):
            yield Lines(t("Comment"), 1 if isinstance(item, MaturityItem) else 2)

    # --- lists ------------------------------------------------------------------------------------

    def entries(self, item: RepeatItem, notes: tuple[str, ...]) -> Entries:
        """A list, with blank entries."""
        t, number = self.t, self.sheet.numbers[item.id]
        copies = max(item.min, min(item.max, COPIES))
        fields = tuple(
            self.asked(
                field,
                self.sheet.numbers[f"{item.id}.{field.id}"],
                tuple(self.only_if(field.show_if)),
            )
            for field in item.items
        )
        more = t("More entries ({n} at most): write them on another copy of this page.", n=item.max)
        return Entries(
            number=number,
            stem=self.sheet.say(item.text),
            notes=(*notes, *self.notes(item)),
            copies=tuple(
                Copy(t("Entry {number}", number=place), fields) for place in range(1, copies + 1)
            ),
            more=more if item.max > copies else "",
        )


def _in_a_row(ticks: tuple[Tick, ...]) -> bool:
    """Whether boxes with short labels fit beside each other."""
    plain = all(not (one.description or one.note or one.line) for one in ticks)
    return plain and sum(len(one.label) + 8 for one in ticks) <= _ROW
