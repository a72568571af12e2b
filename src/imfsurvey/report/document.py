"""The view model of a report: ready texts in one language, in the order in which they are read.

Every form of the report (HTML, PDF, Word, Markdown) walks the same tree of blocks, so all of them
show the same figures by construction. Texts are plain: nothing in them is markup, each form
escapes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Literal

from imfsurvey.report.words import NO_FIGURE

_VIEW: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


Tone = Literal["plain", "note", "quote", "task"]
"""A note is set smaller, a quote is somebody else's words, a task is still to be done."""


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    kind: ClassVar[str] = "paragraph"
    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences or names."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]
    short: bool = False
    """Names rather than sentences: may stand in columns."""


@dataclass(frozen=True)
class Table:
    """A table whose first column holds the row headers. Every row is as long as `columns`."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[int, ...] = ()
    """Columns (from 0) that hold words: set left, allowed to wrap. The first always does."""
    folded: bool = False
    """Long and not essential: closed at first where a form can do so."""

    def without_empty(self) -> Table:
        """Without the columns in which no row has anything; the first stays."""
        full = [
            number
            for number, _ in enumerate(self.columns)
            if number == 0 or any(row[number] not in ("", NO_FIGURE) for row in self.rows)
        ]
        return replace(
            self,
            columns=tuple(self.columns[number] for number in full),
            rows=tuple(tuple(row[number] for number in full) for row in self.rows),
            words=tuple(full.index(number) for number in self.words if number in full),
        )


@dataclass(frozen=True)
class Chart:
    """A drawing, and the table that says the same."""

    kind: ClassVar[str] = "chart"
    title: str
    svg: str
    narrow: str
    """The same drawing for a narrow screen."""
    table: Table

    @property
    def height(self) -> float:
        """In widths; ValueError when the drawing has no size."""
        view = view_of(self.svg)
        return float(view[2]) / float(view[1])


def view_of(svg: str) -> re.Match[str]:
    """Where a drawing says its size: width and height are the groups. ValueError without one."""
    view = _VIEW.search(svg)
    if view is None:
        raise ValueError("a drawing without a size")
    return view


@dataclass(frozen=True)
class Tile:
    """The level of one pillar or of the whole, to be seen at a glance."""

    label: str
    level: str
    scale: str
    """"of 5": what the level is out of."""
    name: str
    """Name of the level."""
    at_most: str
    """Words on the upper bound; empty when it is the level itself."""
    index: str
    change: str
    """Words on the change since the zero measurement; empty without one."""
    filled: tuple[bool, ...]
    """One per step of the scale above the lowest: reached or not."""


Block = Heading | Paragraph | Bullets | Table | Chart


@dataclass(frozen=True)
class Section:
    """A numbered part of the report."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Summary:
    """A summary report in one language."""

    language: str
    wave: str
    """Id of the wave reported; empty for the policy, which belongs to none."""
    title: str
    entity: str
    subtitle: str
    """Which measurement, with its date."""
    facts: tuple[tuple[str, str], ...]
    """Name and value of what identifies the report."""
    warnings: tuple[str, ...]
    headlines: tuple[str, ...]
    """Three to six sentences: what a reader in a hurry must know."""
    tiles: tuple[Tile, ...]
    """The whole first, then the pillars; empty without a self-assessment."""
    sections: tuple[Section, ...]
    made: str
    """By what and on which day this was made."""
