"""Figures of choices, bands and rankings as plain text: figures first, then what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.report.choicewords import ChoiceWords

_INDENT: Final = "    "


def choices_sheet(items: Sequence[ChoiceWords]) -> Iterator[str]:
    """The lines of all items of a survey."""
    if not items:
        return
    yield ""
    yield items[0].t("Questions with choices")
    for one in items:
        yield from wrapped(one.title, "  - ")
        if one.hidden:
            yield from wrapped(one.hidden, _INDENT)
        else:
            yield from _figures(one)


def _figures(item: ChoiceWords) -> Iterator[str]:
    yield from wrapped(item.answered, _INDENT)
    rows = list(item.rows())
    table = [item.columns, *(cells for _, cells, _ in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    if item.ranked:
        yield _INDENT + _aligned(item.columns, widths)
    for label, cells, _ in rows:
        yield from wrapped(label, f"{_INDENT}{_aligned(cells, widths)}  ")
    for note in item.notes():
        yield from wrapped(note, _INDENT)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
