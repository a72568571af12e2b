"""What invented respondents found in a questionnaire, and what an author should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from imfsurvey.interview.answers import Code
from imfsurvey.questionnaire import (
    ChoosingItem,
    EntryItem,
    MatrixItem,
    Questionnaire,
    RepeatItem,
    SectionItem,
)
from imfsurvey.questionnaire.places import inner_places, places, row_places
from imfsurvey.questionnaire.rated import Row
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem

UNREACHED: Final = "IMF-W102"


@dataclass(frozen=True)
class Exploration:
    """The walks of many invented respondents. A field of a repeat is called `repeat.field`."""

    respondents: int
    finished: int
    """Those whom nothing kept from finishing."""
    reached: Mapping[str, int]
    """Every item in order of the file, and how many respondents came to it."""
    ends: Mapping[str, int]
    """The items that were the last page of a walk, in order of the file, and how often."""
    shortest: int
    longest: int
    """Pages of a walk."""
    never_offered: Mapping[str, tuple[Code, ...]]
    """Choices that an item which was reached did not offer to anybody."""
    kept_open: Mapping[str, int]
    """Items that respondents could not finish because of, and how many."""
    never_answered: Mapping[str, int]
    """Items that may stay open, of which no answer was accepted, and how many tried."""
    hidden: Mapping[str, int]
    """Items whose answer was hidden when an earlier one was changed, and how many saw that."""

    @property
    def unreached(self) -> tuple[str, ...]:
        """The items that nobody came to."""
        return tuple(item for item, count in self.reached.items() if not count)

    def share(self, item: str) -> float:
        """The share of the respondents who came to an item."""
        return self.reached[item] / self.respondents


def warnings(found: Exploration, questionnaire: Questionnaire, document: Document) -> list[Problem]:
    """What an author should look at, in order of place."""
    problems = [
        replace(problem, severity="warning")
        for name, path, item in named_places(questionnaire)
        for problem in _of(found, name, path, item, questionnaire, document)
    ]
    return sorted(problems, key=lambda one: (one.line, one.column))


def named_places(
    questionnaire: Questionnaire,
) -> Iterator[tuple[str, KeyPath, SectionItem | EntryItem | Row]]:
    """Everything that can be reached, by the name that an exploration has for it."""
    for path, item in places(questionnaire):
        if isinstance(item, MatrixItem):
            yield from ((row.id, at, row) for at, row in row_places(item, path))
            continue
        yield item.id, path, item
        if isinstance(item, RepeatItem):
            yield from ((f"{item.id}.{one.id}", at, one) for at, one in inner_places(item, path))


def _of(
    found: Exploration,
    name: str,
    path: KeyPath,
    item: SectionItem | EntryItem | Row,
    questionnaire: Questionnaire,
    document: Document,
) -> Iterator[Problem]:
    everybody = found.respondents
    if not found.reached[name]:
        yield document.problem(
            UNREACHED,
            "item '{item}' was shown to none of {respondents} invented respondents",
            (*path, "id"),
            item=name,
            respondents=everybody,
        )
    for code in found.never_offered.get(name, ()):
        yield document.problem(
            UNREACHED,
            "choice '{code}' of item '{item}' was offered to none of {respondents} invented "
            "respondents",
            _choice_path(item, path, code, questionnaire),
            code=code,
            item=name,
            respondents=everybody,
        )
    if name in found.kept_open:
        yield document.problem(
            UNREACHED,
            "item '{item}' kept {count} of {respondents} invented respondents from finishing: "
            "nothing that they tried was accepted",
            (*path, "id"),
            item=name,
            count=found.kept_open[name],
            respondents=everybody,
        )
    if name in found.never_answered:
        yield document.problem(
            UNREACHED,
            "item '{item}' was left open by all {count} invented respondents who tried to answer "
            "it: nothing was accepted",
            (*path, "id"),
            item=name,
            count=found.never_answered[name],
        )


def _choice_path(item: object, path: KeyPath, code: Code, questionnaire: Questionnaire) -> KeyPath:
    """Where a choice stands in the file, or what its item says of its source."""
    if not isinstance(item, ChoosingItem):
        return path
    if item.choices_from is not None:
        return (*path, "choices_from")
    listed = enumerate(questionnaire.listed(item))
    index = next((index for index, choice in listed if choice.code == code), None)
    if index is None:
        return path
    if item.choices_ref is not None:
        return ("choice_lists", item.choices_ref, index)
    return (*path, "choices", index)
