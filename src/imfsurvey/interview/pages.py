"""The pages of a walk: those that are shown at one moment, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from imfsurvey.interview.orders import Orders
from imfsurvey.interview.situation import Situation
from imfsurvey.questionnaire import InfoItem, Item, MatrixItem, Questionnaire, Section

State = Literal["info", "open", "skipped", "attention", "done"]
"""`open` needs an answer, `skipped` was left blank and may be, `attention` needs more."""


@dataclass(frozen=True)
class Page:
    """One item on its way past the respondent. Numbers count from 1, over asking items only."""

    item: Item
    section: Section
    number: int
    """Of this item among those asked now; an info page carries the number of the next one."""
    matrix: MatrixItem | None = None
    """What the item is a row of."""


@dataclass(frozen=True)
class Progress:
    """How far a response is, over the items asked now."""

    done: int
    total: int


def shown_pages(
    questionnaire: Questionnaire, orders: Orders, situation: Situation
) -> tuple[Page, ...]:
    """The pages that are shown at a moment, in the order of the walk."""
    pages: list[Page] = []
    number = 1
    for section in questionnaire.sections:
        for item, matrix in arranged(section, orders):
            if situation.shown(item.id):
                pages.append(Page(item, section, number, matrix))
                number += not isinstance(item, InfoItem)
    return tuple(pages)


def arranged(section: Section, orders: Orders) -> Iterator[tuple[Item, MatrixItem | None]]:
    """The items of a section in the order drawn; the rows of a matrix stay together."""
    for item in orders.items(section):
        if isinstance(item, MatrixItem):
            yield from ((statement, item) for statement in item.statements)
        else:
            yield item, None
