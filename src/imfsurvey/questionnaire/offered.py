"""Checks of lists of choices, and of what has no place in an anonymous questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.items import (
    OTHER,
    STUDY_GROUPS,
    AskingItem,
    ChoosingItem,
    MultiItem,
    RankingItem,
)
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.questionnaire.places import every_place, inner_places, places
from imfsurvey.questionnaire.rated import LikertItem, MatrixItem, MaturityItem
from imfsurvey.questionnaire.written import DateItem, NumberItem, RepeatItem, TextItem
from imfsurvey.source.ids import repeated, unknown
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem

MAX_CHOICES: Final = 250
"""So that an answer fits in one byte when responses are counted, non-answers included."""


def offered_problems(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """What is wrong with lists of choices, repeats, and items that do not fit the promise."""
    yield from _too_many_choices(questionnaire, document)
    yield from _choices_from(questionnaire, document)
    for path, item in every_place(questionnaire):
        if isinstance(item, ChoosingItem):
            yield from _listed(item, path, questionnaire, document)
        if isinstance(item, RepeatItem):
            inner = (((*at, "id"), one.id) for at, one in inner_places(item, path))
            yield from repeated(inner, document)
            yield from _label(item, path, document)
    for path, item in places(questionnaire):
        if questionnaire.anonymous:
            yield from _tells_who(item, path, document)
        if isinstance(item, LikertItem | MatrixItem | MaturityItem) and (
            questionnaire.kind == "policy"
        ):
            yield document.problem(
                "IMF-E077",
                "item '{id}' is rated: a policy is written, its items count in no figure",
                (*path, "type"),
                id=item.id,
            )


def _too_many_choices(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    lists: list[tuple[KeyPath, int]] = [
        (("scales", name, "codes"), len(scale.codes))
        for name, scale in questionnaire.scales.items()
    ]
    lists += [
        (("choice_lists", name), len(choices))
        for name, choices in questionnaire.choice_lists.items()
    ]
    lists += [
        ((*path, "choices"), len(item.choices))
        for path, item in every_place(questionnaire)
        if isinstance(item, ChoosingItem)
    ]
    for path, count in lists:
        if count > MAX_CHOICES:
            yield document.problem(
                "IMF-E027",
                "at most {limit} entries or characters are allowed here",
                path,
                limit=MAX_CHOICES,
            )


def _listed(
    item: ChoosingItem, path: KeyPath, questionnaire: Questionnaire, document: Document
) -> Iterator[Problem]:
    """The list that an item refers to is there, and fits what the item does with it."""
    lists = questionnaire.choice_lists
    if item.choices_ref is not None:
        where = (*path, "choices_ref")
        yield from unknown(N_("choice list"), item.choices_ref, lists, where, document)
        if item.choices_ref not in lists:
            return
    yield from _other_twice(item, path, questionnaire, document)
    if isinstance(item, RankingItem):
        yield from _too_few_to_rank(item, path, questionnaire, document)
    if isinstance(item, MultiItem):
        yield from _too_few_to_tick(item, path, questionnaire, document)
        return
    for index, choice in enumerate(questionnaire.listed(item)):
        if choice.exclusive:
            inside = (*path, "choices", index, "exclusive")
            yield document.problem(
                "IMF-E089",
                "item '{id}': only where several choices can be ticked can one exclude the others",
                inside if item.choices_ref is None else (*path, "choices_ref"),
                id=item.id,
            )


def _other_twice(
    item: ChoosingItem, path: KeyPath, questionnaire: Questionnaire, document: Document
) -> Iterator[Problem]:
    """The code of what is written has one meaning in a list."""
    if item.other is None:
        return
    places = [
        (*path, "choices", index, "code") if item.choices_ref is None else (*path, "other")
        for index, choice in enumerate(questionnaire.listed(item))
        if choice.code == OTHER
    ]
    sources = questionnaire.sources(item)
    if any(isinstance(one, MultiItem) and one.other is not None for one in sources):
        places.append((*path, "other"))
    for where in places:
        yield document.problem(
            "IMF-E087", "the code '{code}' is that of 'other'", where, code=OTHER
        )


def _too_few_to_rank(
    item: RankingItem, path: KeyPath, questionnaire: Questionnaire, document: Document
) -> Iterator[Problem]:
    count = len(questionnaire.listed(item)) + (item.other is not None)
    if item.choices_from is None and item.top is not None and item.top > count:
        yield document.problem(
            "IMF-E084",
            "{top} are to be ranked, but there are only {count}",
            (*path, "top"),
            top=item.top,
            count=count,
        )


def _too_few_to_tick(
    item: MultiItem, path: KeyPath, questionnaire: Questionnaire, document: Document
) -> Iterator[Problem]:
    """As many can be ticked together as have to be; what excludes the others does not count."""
    limits = [] if item.max_choices is None else [item.max_choices]
    if item.choices_from is None:
        together = [choice for choice in questionnaire.listed(item) if not choice.exclusive]
        limits.append(len(together) + (item.other is not None))
    if item.min_choices > min(limits, default=item.min_choices):
        yield document.problem(
            "IMF-E083",
            "at least {min} choices are needed, but at most {max} are possible",
            (*path, "min_choices"),
            min=item.min_choices,
            max=min(limits),
        )


def _choices_from(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Choices are taken from what was answered before, never from later or from itself."""
    sources = [one.id for _, one in places(questionnaire) if _gives_choices(one)]
    complete: set[str] = set()
    """Those that stand wholly before, in whatever order the items of their section come."""
    for section_index, section in enumerate(questionnaire.sections):
        waiting: set[str] = set()
        for item_index, item in enumerate(section.items):
            path: KeyPath = ("sections", section_index, "items", item_index)
            inside = inner_places(item, path) if isinstance(item, RepeatItem) else [(path, item)]
            for at, one in inside:
                source = one.choices_from if isinstance(one, ChoosingItem) else None
                if source is None or source == STUDY_GROUPS or source in complete:
                    continue
                yield from _no_source(source, sources, (*at, "choices_from"), document)
            if _gives_choices(item):
                (complete if section.order == "fixed" else waiting).add(item.id)
        complete |= waiting


def _gives_choices(item: object) -> bool:
    return isinstance(item, RepeatItem | MultiItem)


def _no_source(
    source: str, sources: list[str], where: KeyPath, document: Document
) -> Iterator[Problem]:
    if source not in sources:
        yield from unknown(
            N_("source of choices"), source, (STUDY_GROUPS, *sources), where, document
        )
        return
    yield document.problem(
        "IMF-E073",
        "'{id}' is not answered yet at this point: choices come from a repeat or a choice of "
        "several that stands before",
        where,
        id=source,
    )


def _label(repeat: RepeatItem, path: KeyPath, document: Document) -> Iterator[Problem]:
    """An entry is called by a text that it cannot do without."""
    own = {one.id: one for one in reversed(repeat.items)}  # of two with one id, the first
    where = (*path, "label")
    yield from unknown(N_("item"), repeat.label, own, where, document)
    item = own.get(repeat.label)
    if item is not None and not (isinstance(item, TextItem) and item.required):
        yield document.problem(
            "IMF-E075",
            "item '{id}' cannot be what an entry is called by: that is a required 'text'",
            where,
            id=item.id,
        )


def _tells_who(item: object, path: KeyPath, document: Document) -> Iterator[Problem]:
    """What would tell who answered has no place beside anonymous answers."""
    if isinstance(item, MaturityItem):
        yield document.problem(
            "IMF-E066",
            "item '{id}': evidence cannot be asked in an anonymous questionnaire",
            (*path, "type"),
            id=item.id,
        )
        return
    written = "type" if isinstance(item, DateItem | RepeatItem) else None
    if isinstance(item, AskingItem) and written is None and item.evidence is not None:
        written = "evidence"
    if written is not None and isinstance(item, AskingItem | RepeatItem):
        yield document.problem(
            "IMF-E076",
            "item '{id}': a date, a repeat or evidence tells who answered; ask it in a named "
            "questionnaire",
            (*path, written),
            id=item.id,
        )
    if isinstance(item, NumberItem) and not item.bands:
        yield document.problem(
            "IMF-E080",
            "item '{id}': an exact number tells who answered; keep its band only, with 'store_as'",
            (*path, "type"),
            id=item.id,
        )
