"""Which column of a file is which variable of a questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imfsurvey.exchange.data.described import Describer, Part
from imfsurvey.exchange.data.inward.reading import Grid
from imfsurvey.exchange.data.inward.values import Meanings
from imfsurvey.exchange.data.wording import Wording
from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.questionnaire import Choice, Item, Questionnaire
from imfsurvey.source.problems import Problem, ProblemsFoundError, nearest


@dataclass(frozen=True)
class Known:
    """A part of an item that a file may tell, with what its cells may say."""

    part: Part
    meanings: tuple[Meanings, ...]
    """One for each variable; none for a text."""

    @property
    def item(self) -> Item:
        """What it is asked."""
        return self.part.item


@dataclass(frozen=True)
class Columns:
    """The parts of a questionnaire, and where a file has them."""

    parts: tuple[Known, ...]
    places: dict[str, int]
    """Column by name of the variable."""

    def first(self, item_id: str) -> int:
        """The first column of an item; 1 where the file has none."""
        names = {
            variable.name
            for known in self.parts
            if known.item.id == item_id
            for variable in known.part.variables
        }
        return min((self.places[name] for name in names & self.places.keys()), default=1)


def known_parts(
    questionnaire: Questionnaire, framework: Framework, groups: Sequence[Choice]
) -> tuple[Known, ...]:
    """Everything that a response to an anonymous questionnaire may hold."""
    versions = [
        _parts(Wording(questionnaire, framework, groups, translator(language)), questionnaire)
        for language in LANGUAGES
    ]
    return tuple(
        Known(
            alike[0],
            tuple(
                Meanings.of([part.variables[place] for part in alike])
                for place, variable in enumerate(alike[0].variables)
                if variable.kind != "text"
            ),
        )
        for alike in zip(*versions, strict=True)
    )


def _parts(wording: Wording, questionnaire: Questionnaire) -> list[Part]:
    """In the order in which an export names them, so that the names are the same."""
    describer = Describer(wording)
    coded = [describer.coded(item) for item in questionnaire.coded_items()]
    written = [part for item in questionnaire.asking_items() for part in describer.written(item)]
    return coded + written


def matched(grid: Grid, parts: Sequence[Known]) -> Columns:
    """The columns of a file. Raises `ProblemsFoundError` for names that are no variables."""
    names = {variable.name for known in parts for variable in known.part.variables}
    places: dict[str, int] = {}
    problems = []
    for column, text in grid.head.cells.items():
        name = text.strip().casefold()
        if name not in names:
            problems.append(_unknown(grid, column, name, nearest(name, names)))
        elif name in places:
            problems.append(_twice(grid, column, name))
        places.setdefault(name, column)
    taken = set(places.values())
    for row in grid.rows:
        for column in row.cells:
            if column not in grid.head.cells and column not in taken:
                problems.append(_nameless(grid, row.number, column))
                taken.add(column)
    if problems:
        raise ProblemsFoundError(problems)
    return Columns(tuple(parts), places)


def _unknown(grid: Grid, column: int, name: str, near: str | None) -> Problem:
    at = (grid.file, grid.head.number, column)
    if near is None:
        return Problem(
            "IMF-E194",
            "'{name}' is no variable of this questionnaire; its codebook lists them",
            {"name": name[:64]},
            *at,
        )
    return Problem(
        "IMF-E194",
        "'{name}' is no variable of this questionnaire; is '{near}' meant?",
        {"name": name[:64], "near": near},
        *at,
    )


def _twice(grid: Grid, column: int, name: str) -> Problem:
    return Problem(
        "IMF-E194",
        "'{name}' is the name of an earlier column already",
        {"name": name},
        grid.file,
        grid.head.number,
        column,
    )


def _nameless(grid: Grid, line: int, column: int) -> Problem:
    return Problem(
        "IMF-E194", "something stands in a column without a name", {}, grid.file, line, column
    )
