"""The sections of a questionnaire as parts of a sheet: statements in tables, the rest apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imfsurvey.interview.sheet import Sheet
from imfsurvey.questionnaire import (
    InfoItem,
    Item,
    LikertItem,
    MatrixItem,
    RepeatItem,
    Section,
)
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.model import SectionItem, items_of
from imfsurvey.report.printed.asked import Drafts
from imfsurvey.report.printed.blocks import Block, Info, Part, Statement, Statements, Tick
from imfsurvey.report.printed.conditions import Conditions


def parts_of(sheet: Sheet) -> list[Part]:
    """All sections, in the order of the file."""
    return list(_Parts(sheet, Drafts(sheet, Conditions(sheet))).all())


@dataclass(frozen=True)
class _Parts:
    sheet: Sheet
    drafts: Drafts

    def all(self) -> Iterator[Part]:
        """Each section with its blocks."""
        for section in self.sheet.questionnaire.sections:
            items = [item.id for item, _ in items_of(section)]
            introduction = section.introduction
            yield Part(
                title=self.sheet.say(section.title),
                notes=self._whom(section.show_if, items),
                introduction=self.sheet.say(introduction) if introduction is not None else "",
                blocks=tuple(self._blocks(section)),
            )

    def _blocks(self, section: Section) -> Iterator[Block]:
        together: list[LikertItem] = []
        for item in section.items:
            if together and not (_in_a_table(item) and self._alike(together[0], item)):
                yield self._table(together)
                together = []
            if isinstance(item, LikertItem) and _in_a_table(item):
                together.append(item)
            else:
                yield self._block(item)
        if together:
            yield self._table(together)

    def _block(self, item: SectionItem) -> Block:
        if isinstance(item, MatrixItem):
            return self._matrix(item)
        notes = self._whom(item.show_if, [item.id])
        if isinstance(item, InfoItem):
            notes = tuple(self.drafts.only_if(item.show_if))
            return Info(self.sheet.say(item.text), (*notes, *self.drafts.notes(item)))
        if isinstance(item, RepeatItem):
            return self.drafts.entries(item, notes)
        return self.drafts.asked(item, self.sheet.numbers[item.id], notes)

    # --- statements -------------------------------------------------------------------------------

    def _alike(self, first: LikertItem, other: object) -> bool:
        """Whether two statements have the same columns."""
        return (
            isinstance(other, LikertItem)
            and first.scale == other.scale
            and self.sheet.boxes(first) == self.sheet.boxes(other)
        )

    def _table(self, rows: list[LikertItem]) -> Statements:
        return Statements(
            stem="",
            notes=(),
            how=self._how(rows),
            head=self._head(),
            ticks=self._columns(rows[0]),
            rows=tuple(self._row(row) for row in rows),
        )

    def _matrix(self, matrix: MatrixItem) -> Statements:
        rows = matrix.statements
        return Statements(
            stem=self.sheet.say(matrix.text),
            notes=(
                *self._whom(matrix.show_if, [row.id for row in rows]),
                *(self.sheet.say(text) for text in (matrix.hint, matrix.help) if text is not None),
            ),
            how=self._how(rows),
            head=self._head(),
            ticks=self._columns(rows[0]),
            rows=tuple(self._row(row) for row in rows),
        )

    def _row(self, row: LikertItem) -> Statement:
        notes = (*self._whom(row.show_if, [row.id]), *self.drafts.notes(row))
        return Statement(self.sheet.numbers[row.id], self.sheet.say(row.text), notes)

    def _how(self, rows: Sequence[LikertItem]) -> str:
        return self.sheet.t("Tick one box on each line.") if len(rows) > 1 else ""

    def _head(self) -> tuple[str, str]:
        return self.sheet.t("No."), self.sheet.t("Statement")

    def _columns(self, item: LikertItem) -> tuple[Tick, ...]:
        return tuple(
            Tick(box.code, box.option.label, apart=box.option.status != "answered")
            for box in self.sheet.boxes(item)
        )

    # --- whom it is for ---------------------------------------------------------------------------

    def _whom(self, condition: Expression | None, items: list[str]) -> tuple[str, ...]:
        """For whom items are, and where all others go on."""
        if condition is None:
            return ()
        t, said = self.sheet.t, self.drafts.conditions.clause(condition.tree)
        after = self._after(items[-1], condition)
        if after is None:
            return (t("Only if {condition}. Otherwise you are done.", condition=said),)
        return (
            t("Only if {condition}. Otherwise go on with question {n}.", condition=said, n=after),
        )

    def _after(self, last: str, condition: Expression) -> str | None:
        """The number of the first question behind an item that does not ask for the same."""
        questionnaire = self.sheet.questionnaire
        ids = [item.id for item in questionnaire.asking_items()]
        known = list(questionnaire.items)
        for item_id in ids:
            behind = known.index(item_id) > known.index(last)
            if behind and condition not in questionnaire.conditions[item_id]:
                return self.sheet.numbers[item_id]
        return None


def _in_a_table(item: SectionItem | Item) -> bool:
    """A statement with nothing to write beside it."""
    return isinstance(item, LikertItem) and item.comment is None and item.evidence is None
