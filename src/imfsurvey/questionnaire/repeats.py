"""Checks of what is written freely: its ids, where its choices come from, what promise it needs."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.items import (
    STUDY_GROUPS,
    DateItem,
    EntryItem,
    RepeatItem,
    SingleItem,
    TextItem,
)
from imfsurvey.questionnaire.model import Item, LikertItem, MaturityItem, Questionnaire
from imfsurvey.source.ids import repeated, unknown
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem


def places(questionnaire: Questionnaire) -> Iterator[tuple[KeyPath, Item]]:
    """Every item of the sections with its path, those inside repeats not."""
    for section_index, section in enumerate(questionnaire.sections):
        for item_index, item in enumerate(section.items):
            yield ("sections", section_index, "items", item_index), item


def inner_places(repeat: RepeatItem, path: KeyPath) -> Iterator[tuple[KeyPath, EntryItem]]:
    """Every item of a repeat with its path; `path` is that of the repeat."""
    for index, item in enumerate(repeat.items):
        yield (*path, "items", index), item


def every_place(questionnaire: Questionnaire) -> Iterator[tuple[KeyPath, Item]]:
    """Every item with its path, those inside repeats behind their repeat."""
    for path, item in places(questionnaire):
        yield path, item
        if isinstance(item, RepeatItem):
            yield from inner_places(item, path)


def written_problems(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """What is wrong with texts, dates, repeats and what chooses from repeats."""
    yield from _choices_from(questionnaire, document)
    for path, item in places(questionnaire):
        if isinstance(item, RepeatItem):
            yield from repeated(
                (((*at, "id"), one.id) for at, one in inner_places(item, path)), document
            )
            yield from _label(item, path, document)
        if isinstance(item, TextItem | DateItem | RepeatItem) and questionnaire.anonymous:
            yield document.problem(
                "IMF-E076",
                "item '{id}': what is written freely tells who answered; ask it in a named "
                "questionnaire",
                (*path, "type"),
                id=item.id,
            )
        if isinstance(item, LikertItem | MaturityItem) and questionnaire.kind == "policy":
            yield document.problem(
                "IMF-E077",
                "item '{id}' is rated: a policy is written, its items count in no figure",
                (*path, "type"),
                id=item.id,
            )


def _choices_from(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Choices are taken from entries that were written before, never from later or from itself."""
    repeats = [one.id for _, one in places(questionnaire) if isinstance(one, RepeatItem)]
    complete: set[str] = set()
    """Repeats that stand wholly before."""
    for path, item in places(questionnaire):
        inside = inner_places(item, path) if isinstance(item, RepeatItem) else [(path, item)]
        for at, one in inside:
            source = one.choices_from if isinstance(one, SingleItem) else None
            if source is None or source == STUDY_GROUPS or source in complete:
                continue
            where = (*at, "choices_from")
            if source not in repeats:
                known = (STUDY_GROUPS, *repeats)
                yield from unknown(N_("repeat"), source, known, where, document)
                continue
            yield document.problem(
                "IMF-E073",
                "the entries of '{id}' are not written yet at this point: choices come from a "
                "repeat that stands before",
                where,
                id=source,
            )
        if isinstance(item, RepeatItem):
            complete.add(item.id)


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
