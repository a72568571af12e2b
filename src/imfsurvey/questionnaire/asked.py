"""When each item of a questionnaire is asked, as far as that is known before it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imfsurvey.questionnaire.expressions.types import AT_THE_END, LAST_ROW, Position
from imfsurvey.questionnaire.items import ChoosingItem
from imfsurvey.questionnaire.model import Questionnaire, Section, SectionItem
from imfsurvey.questionnaire.written import RepeatItem
from imfsurvey.source.places import KeyPath


@dataclass(frozen=True)
class Asked:
    """An item, a matrix or a repeat where it stands."""

    item: SectionItem
    section: Section
    path: KeyPath
    order: int
    block: int

    @property
    def begins(self) -> Position:
        """Before its first row or field."""
        return Position(self.order, self.block, 0)

    @property
    def ends(self) -> Position:
        """Behind its last row or field."""
        return Position(self.order, self.block, LAST_ROW)

    def row(self, index: int) -> Position:
        """Of one of its rows or fields, from 0."""
        return Position(self.order, self.block, index + 1)

    @property
    def shuffled(self) -> bool:
        """Whether nobody knows yet what comes before it in its section."""
        return self.section.order != "fixed" and self.item.pin is None


def section_positions(questionnaire: Questionnaire) -> list[Position]:
    """When each section begins."""
    positions, order = [], 0
    for section in questionnaire.sections:
        positions.append(Position(order))
        order += len(section.items) + 1
    return positions


def asked(questionnaire: Questionnaire) -> Iterator[Asked]:
    """Every item of the sections in the order of the file.

    Those of a shuffled section that are not pinned share an order.
    """
    for index, begins in enumerate(section_positions(questionnaire)):
        section = questionnaire.sections[index]
        orders = _orders(section)
        for place, item in enumerate(section.items):
            path: KeyPath = ("sections", index, "items", place)
            yield Asked(item, section, path, begins.order + orders[place], place + 1)


def _orders(section: Section) -> list[int]:
    """By position in the file, the place in the order asked, from 1."""
    if section.order == "fixed":
        return list(range(1, len(section.items) + 1))
    pins = [item.pin for item in section.items]
    first, last = pins.count("first"), pins.count("last")
    before, behind = iter(range(1, first + 1)), iter(range(len(pins) - last + 1, len(pins) + 1))
    return [
        next(before) if pin == "first" else next(behind) if pin == "last" else first + 1
        for pin in pins
    ]


def first_offered(name: str, questionnaire: Questionnaire) -> tuple[Position, RepeatItem | None]:
    """When a list of choices is first offered; the repeat, where it is only offered inside one."""
    offered = list(_offered(name, questionnaire))
    if not offered:
        return AT_THE_END, None
    first, _ = min(offered, key=lambda one: one[0].order)
    repeats = {repeat.id if repeat is not None else None for _, repeat in offered}
    return first, offered[0][1] if len(repeats) == 1 else None


def _offered(
    name: str, questionnaire: Questionnaire
) -> Iterator[tuple[Position, RepeatItem | None]]:
    """Every time that a list of choices is offered, in order of the file."""
    for one in asked(questionnaire):
        item = one.item
        if isinstance(item, ChoosingItem) and item.choices_ref == name:
            yield one.begins, None
        if isinstance(item, RepeatItem):
            for index, inner in enumerate(item.items):
                if isinstance(inner, ChoosingItem) and inner.choices_ref == name:
                    yield one.row(index), item
