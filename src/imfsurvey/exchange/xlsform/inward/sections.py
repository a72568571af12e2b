"""What the questions of a workbook are to become: sections of items, still without contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from imfsurvey.exchange.xlsform.extras import decoded
from imfsurvey.exchange.xlsform.form import OURS, SURVEY, Row
from imfsurvey.exchange.xlsform.inward.groups import Block, Question
from imfsurvey.exchange.xlsform.inward.ids import Ids
from imfsurvey.exchange.xlsform.inward.kinds import Kind
from imfsurvey.exchange.xlsform.losses import Losses

Role = Literal["item", "matrix", "repeat", "computed"]

_TABLE: Final = frozenset({"table-list", "list-nolabel"})


@dataclass
class Draft:
    """One item, matrix, repeat or computed value to be."""

    row: Row
    kind: Kind
    role: Role
    conditions: tuple[Row, ...] = ()
    """Rows of groups that were dissolved around it: their conditions are its own."""
    inner: list[Draft] = field(default_factory=list)
    """Questions of a repeat, rows of a matrix."""
    id: str = ""
    order: int = 0


@dataclass
class SectionDraft:
    """A section to be; without a row for questions that stand in no group."""

    row: Row | None
    conditions: tuple[Row, ...] = ()
    drafts: list[Draft] = field(default_factory=list)
    id: str = ""


def appearances(row: Row) -> list[str]:
    """The words of the column `appearance`."""
    return row.get("appearance").casefold().split()


def sections_of(top: Block, losses: Losses) -> list[SectionDraft]:
    """The sections of the form; those without anything to ask or say are left out."""
    sections = [one for one in _Walk(losses).sections(top.children, ()) if one.drafts]
    _give_ids(sections, losses)
    return sections


@dataclass
class _Walk:
    losses: Losses

    def sections(
        self, children: Sequence[Block | Question], conditions: tuple[Row, ...]
    ) -> Iterator[SectionDraft]:
        """Groups become sections; what stands between them, one without a name."""
        loose = SectionDraft(None, conditions)
        for child in children:
            if isinstance(child, Block) and child.what == "group" and not _matrix_rows(child):
                if loose.drafts:
                    yield loose
                loose = SectionDraft(None, conditions)
                yield from self._section(child, conditions)
            else:
                loose.drafts += self.drafts([child], (), "")
        if loose.drafts:
            yield loose

    def _section(self, group: Block, conditions: tuple[Row, ...]) -> Iterator[SectionDraft]:
        blocks = [child for child in group.children if isinstance(child, Block)]
        dissolved = bool(blocks) and all(
            child.what == "group" and not _matrix_rows(child) for child in blocks
        )
        if dissolved and len(blocks) == len(group.children):
            self._flattened(group)
            yield from self.sections(group.children, (*conditions, group.row))
            return
        yield SectionDraft(group.row, conditions, self.drafts(group.children, (), ""))

    def _flattened(self, group: Block) -> None:
        self.losses.add(
            "IMF-W145",
            "what stands in the group '{name}' is kept, the group itself is not",
            group.row.at(),
            name=group.row.get("name"),
        )

    def drafts(
        self, children: Sequence[Block | Question], conditions: tuple[Row, ...], repeat: str
    ) -> list[Draft]:
        """The items of a section or, with its name, of a repeat."""
        found: list[Draft] = []
        for child in children:
            if isinstance(child, Question):
                found += self._question(child, conditions, repeat)
            elif child.what == "repeat" and repeat:
                self.losses.add(
                    "IMF-W144",
                    "a repeat in the repeat '{name}': it is left out with all that stands in it",
                    child.row.at(),
                    name=repeat,
                )
            elif child.what == "repeat":
                name = child.row.get("name") or "repeat"
                inner = self.drafts(child.children, (), name)
                found.append(Draft(child.row, Kind("repeat"), "repeat", conditions, inner))
            elif not repeat and (rows := _matrix_rows(child)):
                found.append(_matrix(child, rows, conditions))
            else:
                self._flattened(child)
                found += self.drafts(child.children, (*conditions, child.row), repeat)
        return found

    def _question(
        self, question: Question, conditions: tuple[Row, ...], repeat: str
    ) -> Iterator[Draft]:
        row, word = question.row, question.kind.word
        written = row.get("type")
        if word == "metadata":
            self.losses.add(
                "IMF-W141",
                "'{type}' is left out on purpose: it tells who answered, when or on what device",
                row.at("type"),
                type=written,
            )
        elif word == "refused":
            self.losses.add(
                "IMF-W140",
                "questions of the type '{type}' cannot be asked; '{name}' is left out",
                row.at("type"),
                type=written,
                name=row.get("name"),
            )
        elif word == "unknown":
            self.losses.add(
                "IMF-W142", "the type '{type}' is not known; left out", row.at("type"), type=written
            )
        elif word in ("calculate", "hidden"):
            yield from self._computed(question, repeat)
        elif repeat and word in ("note", "acknowledge", "rank"):
            self.losses.add(
                "IMF-W140",
                "in a repeat, questions of the type '{type}' cannot be asked; '{name}' is left out",
                row.at("type"),
                type=written,
                name=row.get("name"),
            )
        else:
            yield Draft(row, question.kind, "item", conditions)

    def _computed(self, question: Question, repeat: str) -> Iterator[Draft]:
        row = question.row
        if row.get("relevant"):
            self.losses.add(
                "IMF-W149",
                "the column '{column}' is not taken over",
                row.at("relevant"),
                column="relevant",
            )
        if row.get("calculation") and not repeat:
            yield Draft(row, question.kind, "computed")
            return
        self.losses.add(
            "IMF-W140",
            "'{name}' is left out: a value in a repeat or without a calculation",
            row.at("calculation"),
            name=row.get("name"),
        )


def _matrix_rows(group: Block) -> list[Question]:
    """The statements of a group that is shown as a table; none when it is an ordinary group."""
    questions = [child for child in group.children if isinstance(child, Question)]
    if len(questions) != len(group.children) or not questions:
        return []
    table = "table-list" in appearances(group.row)
    headless = [one for one in questions if "label" not in appearances(one.row)]
    shown = table or all(_TABLE & set(appearances(one.row)) for one in headless)
    lists = {(one.kind.word, one.kind.list_name) for one in questions}
    fits = len(lists) == 1 and headless and questions[0].kind.word == "select_one"
    written = any(one.kind.other for one in questions)  # no row of a table has room for it
    return headless if shown and fits and not written else []


def _matrix(group: Block, rows: Sequence[Question], conditions: tuple[Row, ...]) -> Draft:
    """A table; its words are those of the group, else of the row that heads it."""
    row = group.row
    first = group.children[0]
    if "label" not in row.texts and isinstance(first, Question) and first not in rows:
        row = Row(row.sheet, row.number, row.cells, {**first.row.texts, **row.texts})
    inner = [Draft(one.row, one.kind, "item") for one in rows]
    return Draft(row, rows[0].kind, "matrix", conditions, inner)


def _every(sections: Sequence[SectionDraft]) -> Iterator[Draft]:
    """All drafts; what stands in a matrix or repeat right behind it."""
    for section in sections:
        for draft in section.drafts:
            yield draft
            yield from draft.inner


def _give_ids(sections: Sequence[SectionDraft], losses: Losses) -> None:
    """Ids, unique where they have to be: items before sections, so that they keep their names."""
    ids = Ids()
    for order, draft in enumerate(_every(sections), start=1):
        draft.order = order
    for section in sections:
        for draft in section.drafts:
            own = Ids() if draft.role == "repeat" else ids
            for one in (draft, *draft.inner):
                space = ids if one is draft else own
                one.id = _given(one.row, f"question_{one.row.number}", space, losses)
    for number, section in enumerate(sections, start=1):
        row = section.row or Row(SURVEY, 0, {"name": f"section_{number}"})
        section.id = _given(row, f"section_{number}", ids, losses)


def _given(row: Row, otherwise: str, ids: Ids, losses: Losses) -> str:
    """The id for a row: the one that we wrote beside it, else one like its name."""
    ours = decoded(row.get(f"{OURS}id"))
    name = row.get("name")
    if isinstance(ours, str) and ours and ours not in ids.taken:
        return ids.give(ours, otherwise)
    given = ids.give(name, otherwise)
    if name != given and row.number:
        losses.add(
            "IMF-W146",
            "'{name}' is called '{id}' here",
            row.at("name"),
            name=name,
            id=given,
        )
    return given
