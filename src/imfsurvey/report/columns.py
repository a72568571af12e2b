"""How wide the columns of a table are on paper, and how small its type: the same rule everywhere.

No word is torn as long as some size of the type leaves room for it; figures stay on one line where
they can; what is left goes to the columns in which there is to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_LETTER, _BOLD = 0.57, 0.62
"""Width of a letter, of a bold one, in sizes of the type: a little more than the mean."""

_WIDE: Final = 0.8
"""Sizes of the type by which a short word may be wider than its letters are on the average."""

_WORD: Final = 24
"""Letters of the longest word that is never torn."""

_LINE: Final = 26
"""Letters of a line that is easy to read."""

_FIGURES: Final = 18
"""Letters up to which a figure with its words (`54 % to 66 %`) asks for one line."""

_LONGEST: Final = 60
"""Letters from which on a cell does not ask for a wider column."""


@dataclass(frozen=True)
class Type:
    """A size of type."""

    size: float
    """In points."""
    beside: float
    """Points between the text of a cell and its edges, both sides together."""


@dataclass(frozen=True)
class Fit:
    """A table laid out."""

    type: Type
    widths: tuple[float, ...]
    """In points; together the whole room."""


def fit(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    words: Sequence[int],
    *,
    room: float,
    types: Sequence[Type],
) -> Fit:
    """The first of `types` in which words stay whole and lines are not too short to read, else the
    last; `room` is in points.

    `words`: columns to be read, from 0; the first always is.
    """
    stacks = [(head, [row[place] for row in rows]) for place, head in enumerate(columns)]
    wordy = [place == 0 or place in words for place in range(len(columns))]
    for used in types:
        widths = [_easy(*both, used) for both in zip(stacks, wordy, strict=True)]
        if sum(widths) <= room:
            break
    else:
        widths = [_least(stack, used) for stack in stacks]
        if sum(widths) > room:
            return Fit(used, tuple(room * width / sum(widths) for width in widths))
    return Fit(used, _filled(_on_one_line(widths, stacks, wordy, used, room), stacks, wordy, room))


Stack = tuple[str, list[str]]
"""Head and cells of a column."""


def _easy(stack: Stack, reads: bool, used: Type) -> float:
    """The width in which a column is easy to read."""
    line = min(_mean(stack[1]), _LINE) if reads else 0
    return max(_least(stack, used), line * _LETTER * used.size + used.beside)


def _least(stack: Stack, used: Type) -> float:
    """The width in which no word is torn."""
    head, cells = stack
    in_head = max(map(len, _parts(head)), default=1)
    in_cells = max((len(part) for cell in cells for part in _parts(cell)), default=1)
    widest = max(min(in_head, _WORD) * _BOLD, min(in_cells, _WORD) * _LETTER)
    return (widest + _WIDE) * used.size + used.beside


def _parts(text: str) -> list[str]:
    """What a line may be broken between: not at a space that holds together."""
    return [part for part in text.replace("\n", " ").split(" ") if part]


def _on_one_line(
    least: list[float], stacks: Sequence[Stack], wordy: Sequence[bool], used: Type, room: float
) -> list[float]:
    """Room for figures on one line, as far as half of what is left allows."""
    wanted = []
    for width, (_, cells), reads in zip(least, stacks, wordy, strict=True):
        longest = min(max(map(len, cells), default=0), _FIGURES)
        whole = (longest * _LETTER + _WIDE) * used.size + used.beside
        wanted.append(0.0 if reads else max(whole - width, 0.0))
    left = (room - sum(least)) / 2
    share = min(1.0, left / sum(wanted)) if any(wanted) else 0.0
    return [width + share * more for width, more in zip(least, wanted, strict=True)]


def _filled(
    widths: list[float], stacks: Sequence[Stack], wordy: Sequence[bool], room: float
) -> tuple[float, ...]:
    """What is left goes to the columns that are read, by how much there is in them."""
    asked = [
        _mean(cells) if reads else 0.0 for (_, cells), reads in zip(stacks, wordy, strict=True)
    ]
    if not any(asked):
        asked = [1.0] * len(widths)
    left, total = room - sum(widths), sum(asked)
    return tuple(w + left * share / total for w, share in zip(widths, asked, strict=True))


def _mean(cells: Sequence[str]) -> float:
    """Letters in a cell, a very long one counting as a long one."""
    return sum(min(len(cell), _LONGEST) for cell in cells) / max(len(cells), 1)
