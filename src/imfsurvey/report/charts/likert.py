"""Answers to statements as diverging bars: unfavourable to the left, favourable to the right.

The middle category is split at the centre line. "Don't know" stands beside the bar, except where
not knowing is itself unfavourable: there it is the outermost part at the left, hatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.charts.drawing import LEADING, SIZE, SMALL, Drawing, Key
from imfsurvey.report.charts.metrics import text_width, wrapped
from imfsurvey.report.charts.palette import HATCH, INK, MUTED, PAPER, answer_colours, ink_on

LABELS: Final = 268.0
COLUMN: Final = 46.0
"""Least room for the favourable share, n and the share of "don't know", at the right."""
BAR: Final = 20.0


@dataclass(frozen=True)
class LikertRow:
    """One statement. Hidden: `shares` is empty and `remark` says what may be said."""

    label: str
    shares: tuple[float, ...]
    """Share of each category of the scale, most unfavourable first."""
    unknown: float
    """Share of "don't know" where it counts as unfavourable, else 0."""
    parts: tuple[str, ...]
    """The shares as figures without a percent sign, `unknown` first."""
    favourable: str
    n: str
    dont_know: str
    remark: str
    spoken: str
    """The row in words."""


@dataclass(frozen=True)
class LikertGroup:
    """The statements of one theme, with its favourable share."""

    label: str
    favourable: str
    rows: tuple[LikertRow, ...]


def draw_likert(
    name: str, width: int, title: str, groups: Sequence[LikertGroup], t: Translator
) -> str:
    """The bars as SVG."""
    rows = [row for group in groups for row in group.rows]
    chart = _Likert(name, width, rows, t)
    y = chart.head()
    for group in groups:
        chart.drawing.may_break(y, part=True)
        y = chart.theme(y, group)
        for number, row in enumerate(group.rows):
            if number:  # the first stays with its theme
                chart.drawing.may_break(y)
            y = chart.row(y, row)
    chart.drawing.may_break(y)
    y = chart.legend(y + 4, rows)
    return chart.drawing.close(y, title, " ".join(row.spoken for row in rows))


class _Likert:
    def __init__(self, name: str, width: int, rows: Sequence[LikertRow], t: Translator) -> None:
        self.drawing = Drawing(name, width)
        self.t = t
        narrow = self.drawing.narrow
        self.left = 2.0 if narrow else LABELS + 10
        self.heads = (t("Favourable"), t("Answers"), t("Don't know"))
        self.columns = [_room(head) for head in self.heads]
        self.right = width - 2.0 if narrow else width - sum(self.columns) - 6
        sides = [_sides(row) for row in rows if row.shares]
        left = max((side[0] for side in sides), default=0.5)
        right = max((side[1] for side in sides), default=0.5)
        self.unit = (self.right - self.left) / (left + right)
        self.centre = self.left + left * self.unit

    def head(self) -> float:
        """The heads of the columns at the right."""
        if self.drawing.narrow:
            return 2
        x, tallest = self.right + 6, 0
        for words, column in zip(self.heads, self.columns, strict=True):
            x += column
            lines = wrapped(words, column - 6, SMALL)
            tallest = max(tallest, len(lines))
            self.drawing.lines(x - 2, 12, lines, size=SMALL, fill=MUTED, anchor="end")
        return 6 + tallest * SMALL * LEADING

    def theme(self, y: float, group: LikertGroup) -> float:
        """The line of a theme; gives the y below it."""
        drawing = self.drawing
        right = drawing.width - 2.0 if drawing.narrow else self.right + 6 + self.columns[0] - 2
        shown = text_width(group.favourable, SIZE, bold=True)
        lines = wrapped(group.label, right - shown - 12, SIZE, bold=True)
        drawing.line(0, y + 8, drawing.width, y + 8, stroke=MUTED)
        drawing.lines(0, y + 24, lines, bold=True)
        drawing.text(right, y + 24, group.favourable, bold=True, anchor="end")
        return y + 14 + len(lines) * SIZE * LEADING

    def row(self, y: float, row: LikertRow) -> float:
        """One statement; gives the y below it."""
        drawing = self.drawing
        room = drawing.width - 4 if drawing.narrow else LABELS
        lines = wrapped(row.label, room, SIZE)
        tall = len(lines) * SIZE * LEADING
        if drawing.narrow:
            drawing.lines(2, y + 15, lines)
            y += tall + 6
            self._bar(y + 3, row)
            if row.shares:
                parts = (
                    self.t("favourable: {share}", share=row.favourable),
                    self.t("answers: {n}", n=row.n),
                    self.t("don't know: {share}", share=row.dont_know),
                )
                below = wrapped(" · ".join(parts), room, SMALL)
                drawing.lines(2, y + BAR + 16, below, size=SMALL, fill=MUTED)
                y += len(below) * SMALL * LEADING + 4
            return y + BAR + 8
        height = max(BAR + 8, tall + 8)
        middle = y + height / 2
        drawing.lines(2, middle - tall / 2 + SIZE * 0.95, lines)
        self._bar(middle - BAR / 2, row)
        if row.shares:
            x = self.right + 6
            figures = (row.favourable, row.n, row.dont_know)
            for number, (words, column) in enumerate(zip(figures, self.columns, strict=True)):
                x += column
                drawing.text(x - 2, middle + 4, words, bold=number == 0, anchor="end")
        return y + height

    def _bar(self, y: float, row: LikertRow) -> None:
        drawing = self.drawing
        if not row.shares:
            right = self.right if drawing.narrow else drawing.width - 2
            drawing.box(self.left, y, right - self.left, BAR, fill=drawing.hatch, stroke=HATCH)
            line = wrapped(row.remark, right - self.left - 20, SMALL)[0]
            middle, half = (self.left + right) / 2, text_width(line, SMALL) / 2 + 4
            drawing.box(middle - half, y + 3, 2 * half, BAR - 6, fill=PAPER)
            drawing.text(middle, y + BAR / 2 + 4, line, size=SMALL, anchor="middle")
            return
        x = self.centre - _sides(row)[0] * self.unit
        fills = (drawing.hatch, *answer_colours(len(row.shares)))
        for share, fill, words in zip((row.unknown, *row.shares), fills, row.parts, strict=True):
            wide = share * self.unit
            if share > 0:
                drawing.box(x, y, wide, BAR, fill=fill, stroke=PAPER)
                self._figure(x + wide / 2, y, wide, words, fill)
            x += wide
        for top in (y - 4, y + BAR):  # above and below, so that no figure is struck through
            drawing.line(self.centre, top, self.centre, top + 4, stroke=INK)

    def _figure(self, middle: float, y: float, wide: float, words: str, fill: str) -> None:
        """The share inside its part of the bar, where there is room for it."""
        needed, hatched = text_width(words, SMALL), fill == self.drawing.hatch
        if needed + (14 if hatched else 4) > wide:
            return
        if hatched:
            self.drawing.box(middle - needed / 2 - 1, y + 4, needed + 2, BAR - 8, fill=PAPER)
        ink = INK if hatched else ink_on(fill)
        self.drawing.text(middle, y + BAR / 2 + 4, words, size=SMALL, fill=ink, anchor="middle")

    def legend(self, y: float, rows: Sequence[LikertRow]) -> float:
        """What colours and hatching mean, of those that are there."""
        t = self.t
        words = {
            2: (t("unfavourable"), t("favourable")),
            3: (t("unfavourable"), t("neutral"), t("favourable")),
            4: (t("very unfavourable"), t("unfavourable"), t("favourable"), t("very favourable")),
            5: (
                *(t("very unfavourable"), t("unfavourable")),
                t("neutral"),
                *(t("favourable"), t("very favourable")),
            ),
        }
        categories = max((len(row.shares) for row in rows), default=0)
        meanings = words.get(min(categories, 5), ())
        colours = answer_colours(len(meanings)) if meanings else ()
        keys = [Key("box", said, fill) for said, fill in zip(meanings, colours, strict=True)]
        if any(row.unknown for row in rows):
            keys.append(Key("hatch", t("don't know, where knowing is what is asked")))
        elif any(not row.shares for row in rows):
            keys.append(Key("hatch", t("not shown")))
        return self.drawing.legend(y, keys)


def _room(head: str) -> float:
    """Width of a column, so that no word of its head is cut."""
    return max(COLUMN, *(text_width(word, SMALL) + 6 for word in head.split(" ")))


def _sides(row: LikertRow) -> tuple[float, float]:
    """What of a bar lies left and right of the centre line."""
    half = len(row.shares) // 2
    middle = row.shares[half] / 2 if len(row.shares) % 2 else 0.0
    left = row.unknown + sum(row.shares[:half]) + middle
    return left, middle + sum(row.shares[len(row.shares) - half :])
