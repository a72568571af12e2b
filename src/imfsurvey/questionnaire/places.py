"""Everything of a questionnaire that has an id, with its path in the file."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.questionnaire.model import Questionnaire, SectionItem
from imfsurvey.questionnaire.rated import MatrixItem, Row
from imfsurvey.questionnaire.written import EntryItem, RepeatItem
from imfsurvey.source.places import KeyPath


def places(questionnaire: Questionnaire) -> Iterator[tuple[KeyPath, SectionItem]]:
    """Every item of the sections; those inside repeats and the rows of a matrix not."""
    for section_index, section in enumerate(questionnaire.sections):
        for item_index, item in enumerate(section.items):
            yield ("sections", section_index, "items", item_index), item


def inner_places(repeat: RepeatItem, path: KeyPath) -> Iterator[tuple[KeyPath, EntryItem]]:
    """Every item of a repeat; `path` is that of the repeat."""
    for index, item in enumerate(repeat.items):
        yield (*path, "items", index), item


def row_places(matrix: MatrixItem, path: KeyPath) -> Iterator[tuple[KeyPath, Row]]:
    """Every row of a matrix; `path` is that of the matrix."""
    for index, row in enumerate(matrix.rows):
        yield (*path, "rows", index), row


def every_place(questionnaire: Questionnaire) -> Iterator[tuple[KeyPath, SectionItem]]:
    """Every item, those inside repeats behind their repeat."""
    for path, item in places(questionnaire):
        yield path, item
        if isinstance(item, RepeatItem):
            yield from inner_places(item, path)
