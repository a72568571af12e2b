"""Questions with choices on the screen of results: figures first, a bar, then what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from textual.content import Content

from imfsurvey.faces.tui.text import paragraph, plain, wrapped
from imfsurvey.report.choicewords import ChoiceWords

_INDENT: Final = 3
_GAP: Final = 2
_BAR, _SHORTEST_BAR = 20, 8
_LABEL: Final = 30
"""Columns that a label has at least where a shorter bar gives them to it."""


def choice_lines(items: Sequence[ChoiceWords], width: int) -> Iterator[Content]:
    """The lines of all items of a survey, none wider than `width`."""
    if not items:
        return
    yield Content("")
    yield plain(items[0].t("Questions with choices"), "bold $text-accent")
    for place, one in enumerate(items):
        if place:
            yield Content("")
        yield from paragraph(one.title, width)
        if one.hidden:
            yield from paragraph(one.hidden, width, "$imf-muted", _INDENT)
        else:
            yield from paragraph(one.answered, width, "$imf-muted", _INDENT)
            yield from _rows(one, width)
            for note in one.notes():
                yield from paragraph(note, width, "$imf-muted", _INDENT)


def _rows(item: ChoiceWords, width: int) -> Iterator[Content]:
    rows = list(item.rows())
    heads = item.columns if item.ranked else ("",)  # that one is a share, its sign says
    columns = list(zip(heads, *(cells for _, cells, _ in rows), strict=True))
    widths = [max(_longest_word(head), *map(len, cells)) for head, *cells in columns]
    if item.ranked:
        for line in _heads(heads, widths):
            yield plain(line, "$imf-muted")
    used = _INDENT + sum(widths) + _GAP * (len(widths) + 1)
    most = min(max(width - used - _LABEL, _SHORTEST_BAR), _BAR)
    for label, cells, share in rows:
        bar = f"{'█' * round((share or 0.0) * most):<{most}}"
        before = _aligned(cells, widths) + " " * _GAP + bar + " " * _GAP
        lines = wrapped(label, width - len(before))
        yield plain(before + lines[0])
        yield from (plain(" " * len(before) + line) for line in lines[1:])


def _longest_word(head: str) -> int:
    return max(map(len, head.split()), default=0)


def _heads(heads: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Above their columns, word below word where these are narrow."""
    cut = [wrapped(head, width) for head, width in zip(heads, widths, strict=True)]
    lines = list(zip_longest(*map(reversed, cut), fillvalue=""))  # their last lines side by side
    for cells in reversed(lines):
        yield _aligned(cells, widths)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return " " * _INDENT + (" " * _GAP).join(f"{cell:>{size}}" for cell, size in pairs)
