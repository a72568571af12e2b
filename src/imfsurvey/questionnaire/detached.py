"""Free texts of anonymous questionnaires: where they may be written, and what would tie them.

Each is stored as a record of its own, without a reference to the respondent, to the other answers
or to the other texts. These checks keep a questionnaire from making that reference itself: by a
condition that looks at a text, by a text that only some groups are asked for, or by one that does
not fit the place kept for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from imfsurvey.questionnaire.expressions.tree import needs
from imfsurvey.questionnaire.items import ChoosingItem, SingleItem, YesNoItem
from imfsurvey.questionnaire.model import Item, Questionnaire, SectionItem
from imfsurvey.questionnaire.places import places
from imfsurvey.questionnaire.rated import MaturityItem
from imfsurvey.questionnaire.written import FreeField, TextItem, free_fields
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem

LONGEST_DETACHED: Final = 500
"""Most characters of a free text. Each may take four bytes, and a comment has to fit into 2,200
bytes, the room of a sealed slot, with the names around it: 500 * 4 + 177 = 2,177."""

_BLOCKS: Final[Mapping[FreeField, KeyPath]] = {
    "text": (),
    "comment": ("comment",),
    "other": ("other",),
}
"""Where each is declared, below its item."""


def detached_fields(questionnaire: Questionnaire) -> dict[tuple[str, FreeField], int]:
    """By item id and field: the most characters of each free text of an anonymous questionnaire.

    Empty for a named one, whose texts stay with the answers.
    """
    return questionnaire.free_texts if questionnaire.anonymous else {}


def detached_problems(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """What an anonymous questionnaire must not do with its free texts."""
    for path, item in places(questionnaire):
        if isinstance(item, MaturityItem):
            continue  # has no place there at all, which another check tells
        for field, limit in free_fields(item).items():
            if limit > LONGEST_DETACHED:
                yield document.problem(
                    "IMF-E090",
                    "item '{id}': in an anonymous questionnaire a free text has at most {limit} "
                    "characters; say so with 'max_length'",
                    (*path, *_BLOCKS[field], "max_length"),
                    id=item.id,
                    limit=LONGEST_DETACHED,
                )
        if free_fields(item):
            yield from _of_writing(item, path, questionnaire, document)


def _of_writing(
    item: SectionItem, path: KeyPath, questionnaire: Questionnaire, document: Document
) -> Iterator[Problem]:
    if isinstance(item, TextItem) and (item.required or item.required_if is not None):
        yield document.problem(
            "IMF-E091",
            "item '{id}': in an anonymous questionnaire nobody has to write; leave it free",
            (*path, "required" if item.required else "required_if"),
            id=item.id,
        )
    if tells_a_group(item, questionnaire):
        field = next(iter(free_fields(item)))
        yield document.problem(
            "IMF-E092",
            "item '{id}' tells what kind of person answers: nothing can be written beside it in an "
            "anonymous questionnaire",
            (*path, *_BLOCKS[field]),
            id=item.id,
        )
    yield from _of_those_asked(item, path, questionnaire, document)


def tells_a_group(item: object, questionnaire: Questionnaire) -> bool:
    """Whether an answer could single somebody out, together with others."""
    marked = isinstance(item, SingleItem | YesNoItem) and item.quasi_identifier
    return marked or questionnaire.offers_groups(item)


def _of_those_asked(
    item: SectionItem, path: KeyPath, questionnaire: Questionnaire, document: Document
) -> Iterator[Problem]:
    """A text that not everybody is asked for says of its author what made it appear."""
    where = _condition_of(item, path, questionnaire)
    if where is None:
        return
    asked = set[str]().union(*(needs(one.tree) for one in questionnaire.conditions[item.id]))
    telling = sorted(
        one
        for one in behind(asked, questionnaire)
        if tells_a_group(questionnaire.items.get(one), questionnaire)
    )
    if telling:
        yield document.problem(
            "IMF-E093",
            "item '{id}' is shown to some groups only, by '{group}': its texts would tell from "
            "which group they come",
            where,
            id=item.id,
            group=telling[0],
        )
        return
    found = document.problem(
        "IMF-W104",
        "item '{id}' is shown after certain answers only: whoever reads what is written there "
        "knows that its author gave them",
        where,
        id=item.id,
    )
    yield replace(found, severity="warning")


def _condition_of(item: SectionItem, path: KeyPath, questionnaire: Questionnaire) -> KeyPath | None:
    """The place of the condition on which an item is shown, its own or that of its section."""
    if item.show_if is not None:
        return (*path, "show_if")
    section = questionnaire.sections[int(path[1])]
    return (*path[:2], "show_if") if section.show_if is not None else None


def behind(names: Iterable[str], questionnaire: Questionnaire) -> set[str]:
    """Items and computed values, and all that decides about them, directly or by others."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name in questionnaire.formulas:
            waiting += needs(questionnaire.formulas[name].tree)
        elif name in questionnaire.items:
            waiting += deciding_about(questionnaire.items[name], questionnaire)
    return found


def deciding_about(item: Item, questionnaire: Questionnaire) -> set[str]:
    """The names that decide directly whether an item is shown and what it offers."""
    conditions = [*questionnaire.conditions[item.id]]
    names: set[str] = set()
    if isinstance(item, ChoosingItem):
        listed = questionnaire.listed(item)
        conditions += [one.show_if for one in listed if one.show_if is not None]
        names = {item.choices_from} if item.choices_from is not None else set()
    return names.union(*(needs(one.tree) for one in conditions))
