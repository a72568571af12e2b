"""A self-drawn widget of lines, of which only those that have changed are drawn again."""

from __future__ import annotations

from typing import Self

from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from imfsurvey.faces.tui.settled import Settled


class Lines(Settled, Widget, can_focus=True):
    """Lines that heirs draw; a key costs what it changes, however many lines there are.

    Heirs keep the lines that are dear to draw.
    """

    def __init__(self) -> None:
        super().__init__()
        self.set_reactive(Widget.auto_links, False)  # there are none, and to look for them is dear
        self._contents: list[Content] = []
        self._drawn_for: tuple[int, bool] | None = None
        """Width and focus that the lines were drawn for; None when they have to be drawn anew."""

    def draw(self, width: int) -> list[Content]:
        """All lines."""
        raise NotImplementedError

    def lines_needed(self, width: int) -> int:
        """How many lines there are at a width; heirs may know without drawing them."""
        return len(self.draw(width))

    def cursor_lines(self) -> tuple[int, int] | None:
        """The first line of what the cursor stands on, and how many there are."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw what has changed, the cursor in view."""
        width = self.content_size.width
        if not self.is_mounted or self._drawn_for != (width, self.has_focus):
            self.refresh(layout=True)
        else:
            self._redraw_changed(width)
        if self.is_mounted:
            self.call_after_refresh(self._show_cursor)

    def _redraw_changed(self, width: int) -> None:
        before, self._contents = self._contents, self.draw(width)
        if len(before) != len(self._contents):
            self.refresh(layout=True)
            return
        pairs = enumerate(zip(before, self._contents, strict=True))
        changed = [Region(0, y, width, 1) for y, (old, new) in pairs if not _same(old, new)]
        if changed:
            self.refresh(*changed)

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """See Textual; without regions, all lines are drawn anew."""
        if not regions:
            self._drawn_for = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _up_to_date(self) -> list[Content]:
        wanted = (self.content_size.width, self.has_focus)
        if self._drawn_for != wanted:
            self._contents = self.draw(wanted[0])
            self._drawn_for = wanted
        return self._contents

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return self.lines_needed(width)

    def render(self) -> Content:
        """All lines, for what is marked with the mouse."""
        return Content("\n").join(self._up_to_date())

    def render_line(self, y: int) -> Strip:
        """One line."""
        if self.text_selection is not None:
            return super().render_line(y)
        contents, width = self._up_to_date(), self.size.width
        if y < len(contents) and contents[y].plain:
            return Visual.to_strips(self, contents[y], width, 1, self.visual_style)[0]
        return Strip.blank(width, self.visual_style.rich_style)

    def _show_cursor(self) -> None:
        place, parent = self.cursor_lines(), self.parent
        if place is not None and isinstance(parent, Widget):
            region = Region(0, place[0], self.size.width, place[1])
            parent.scroll_to_region(
                region.translate(self.virtual_region.offset), animate=False, force=True
            )


def _same(one: Content, other: Content) -> bool:
    """Whether two lines look alike; contents themselves are equal when their texts are."""
    return one is other or (one.plain == other.plain and one.spans == other.spans)
