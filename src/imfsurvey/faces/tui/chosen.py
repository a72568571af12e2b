"""Questions with choices on the screen of results: figures first, a bar, then what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from textual.content import Content

from imfsurvey.faces.tui.text import plain, wrapped
from imfsurvey.report.choicewords import ChoiceWords

_INDENT: Final = 3
_BAR: Final = 20
_GAP: Final = 2
_LEAST: Final = 20
"""Columns that a label has at least."""


def choice_lines(items: Sequence[ChoiceWords], width: int) -> Iterator[Content]:
    """The lines of all items of a survey, none wider than `width`."""
    if not items:
        return
    yield Content("")
    yield plain(items[0].t("Questions with choices"), "bold $text-accent")
    for one in items:
        yield from _paragraph(one.title, width)
        if one.hidden:
            yield from _muted(one.hidden, width)
        else:
            yield from _muted(one.answered, width)
            yield from _rows(one, width)
            for note in one.notes():
                yield from _muted(note, width)


def _rows(item: ChoiceWords, width: int) -> Iterator[Content]:
    rows = list(item.rows())
    table = [item.columns if item.ranked else ("",), *(cells for _, cells, _ in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    if item.ranked:
        yield plain(_aligned(item.columns, widths), "$imf-muted")
    for label, cells, share in rows:
        bar = f"{'█' * round((share or 0.0) * _BAR):<{_BAR}}"
        before = _aligned(cells, widths) + " " * _GAP + bar + " " * _GAP
        lines = wrapped(label, max(width - len(before), _LEAST))
        yield plain(before + lines[0])
        yield from (plain(" " * len(before) + line) for line in lines[1:])


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return " " * _INDENT + (" " * _GAP).join(f"{cell:>{size}}" for cell, size in pairs)


def _muted(text: str, width: int) -> Iterator[Content]:
    for row in wrapped(text, max(width - _INDENT, _LEAST)):
        yield plain(" " * _INDENT + row, "$imf-muted")


def _paragraph(text: str, width: int) -> Iterator[Content]:
    for row in wrapped(text, max(width, _LEAST)):
        yield plain(row)
