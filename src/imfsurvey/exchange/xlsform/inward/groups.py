"""From rows in order to a tree of groups, repeats and questions; old loops are unrolled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from imfsurvey.exchange.xlsform.form import Form, Row
from imfsurvey.exchange.xlsform.inward.kinds import BEGIN, END, Kind, kind_of
from imfsurvey.exchange.xlsform.losses import Loss, Losses, NoFormError

MAX_UNROLLED: Final = 2_000
MAX_DEPTH: Final = 40


@dataclass(frozen=True)
class Question:
    """A row that is no edge of a block."""

    row: Row
    kind: Kind


@dataclass
class Block:
    """A group or a repeat, with what stands in it."""

    row: Row
    what: str
    children: list[Block | Question] = field(default_factory=list)


def tree_of(form: Form, losses: Losses) -> Block:
    """The whole as one block. Raises `NoFormError` when begin and end do not match."""
    top = Block(Row("survey", 0), "form")
    unrolled = list(_unrolled(form, losses))
    reasons: list[Loss] = []
    stack = [top]
    for row in unrolled:
        kind = kind_of(row.get("type"))
        if kind.word == BEGIN:
            block = Block(row, kind.list_name)
            stack[-1].children.append(block)
            stack.append(block)
        elif kind.word == END:
            reasons += _closed(stack, row, kind.list_name)
        elif row.get("type"):
            stack[-1].children.append(Question(row, kind))
        elif row.get("name") or row.texts:
            losses.add("IMF-W142", "a row without a type is left out", row.at("type"))
        if len(stack) > MAX_DEPTH:
            reasons.append(
                Loss(
                    "IMF-E148",
                    "more than {limit} groups in each other",
                    {"limit": MAX_DEPTH},
                    row.at(),
                )
            )
            break
    reasons += [
        Loss("IMF-E148", "this group or repeat has no end", {}, block.row.at("type"))
        for block in stack[1:]
    ]
    if reasons:
        raise NoFormError(reasons, losses.found)
    return top


def _closed(stack: list[Block], row: Row, what: str) -> Iterator[Loss]:
    if len(stack) == 1:
        yield Loss("IMF-E148", "this end has no beginning", {}, row.at("type"))
        return
    block = stack.pop()
    if block.what != what:
        yield Loss(
            "IMF-E148",
            "this ends a {found}, but what was begun in row {row} is a {wanted}",
            {"found": what, "wanted": block.what, "row": block.row.number},
            row.at("type"),
        )


def _unrolled(form: Form, losses: Losses) -> Iterator[Row]:
    """The rows; those of a loop once for each choice of its list."""
    rows = iter(form.survey)
    for row in rows:
        kind = kind_of(row.get("type"))
        if kind.word == BEGIN and kind.list_name == "loop":
            inner = list(_up_to_the_end(rows))
            yield from _each(form, row, kind.over, inner, losses)
        else:
            yield row


def _up_to_the_end(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        kind = kind_of(row.get("type"))
        if kind.word == END and kind.list_name == "loop":
            return
        yield row


def _each(form: Form, row: Row, over: str, inner: Sequence[Row], losses: Losses) -> Iterator[Row]:
    choices = form.choices.get(over, ())
    if not choices or len(choices) * len(inner) > MAX_UNROLLED:
        losses.add(
            "IMF-W143", "the list '{list}' of this loop is missing or too long", row.at(), list=over
        )
        return
    losses.add(
        "IMF-W159",
        "the loop is written out: {count} questions for each of {choices} choices",
        row.at(),
        count=len(inner),
        choices=len(choices),
    )
    for choice in choices:
        name = choice.get("name")
        group = {"type": "begin group", "name": f"{row.get('name')}_{name}"}
        yield replace(row, cells={**row.cells, **group}, texts={"label": choice.text("label")})
        for one in inner:
            yield _for_choice(one, choice)
        yield replace(row, cells={"type": "end group"}, texts={})


def _for_choice(row: Row, choice: Row) -> Row:
    """A row of a loop for one choice: `%(name)s` and `%(label)s` are its own."""
    name, labels = choice.get("name"), choice.text("label")
    if kind_of(row.get("type")).word in (BEGIN, END):
        return row
    cells = {**row.cells, "name": f"{row.get('name')}_{name}"}
    texts = {
        column: {
            code: text.replace("%(name)s", name).replace("%(label)s", labels.get(code, name))
            for code, text in by_code.items()
        }
        for column, by_code in row.texts.items()
    }
    return replace(row, cells=cells, texts=texts)
