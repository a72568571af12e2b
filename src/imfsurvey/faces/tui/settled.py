"""Widgets and screens that are laid out once for a new size, and drawn once when they open.

Textual lays everything out again, for one more picture, when a size has changed: what has widgets
in it may need that. Ours do not: what is in them was laid out in the same turn. And it draws all of
a screen again when its focus moves or its widgets have come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App
from textual.color import Color
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Static


class Settled:
    """Beside a widget: its size asks for no further layout or picture. It is no widget itself:
    Textual takes the styles of the first base that is one."""

    virtual_size = Reactive(Size(0, 0), repaint=False)


class Text(Settled, Static):
    """Text that was cut into lines by who shows it."""


class Pane(Settled, Vertical):
    """Widgets one below the other, as many lines as they take."""


class Pair(Settled, Horizontal):
    """Two widgets beside one another."""


class Body(Settled, VerticalScroll, can_focus=False):
    """What scrolls when it does not fit; a bar that comes or goes asks for a layout of its own."""


if TYPE_CHECKING:
    _OfAScreen = Screen[Any]
else:
    _OfAScreen = object


class SettledScreen(Settled, _OfAScreen):
    """Beside a screen: it is laid out and drawn once when it comes on top or has a new size. What a
    screen itself shows is its background, which stays as it is when something else has changed."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """See Textual; laying out alone draws what changes its place or size."""
        repaint = repaint and not layout
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Textual would draw a new screen as soon as it is laid out, and then all of it again: it
        is drawn when all has been said that this changes."""
        event.prevent_default()
        new = self.outer_size != self.app.size
        event.refresh_styles = event.refresh_styles and not new  # they were worked out just now
        with self.app.batch_update():
            super()._on_screen_resume(event)
        if new and self.outer_size == self.app.size:  # the picture that is due is a whole one
            self._repaint_required = False
            self._repaint_regions.clear()

    async def _on_resize(self, event: events.Resize) -> None:
        """A screen is told of its size when it has just been laid out for it. Textual would do so
        at once again, together with all that lies below, and then for what has changed."""
        if all(one.outer_size == event.size for one in _shown(self.app)):
            event.prevent_default()
            self.refresh(layout=True)  # together with what has changed


def _shown(app: App[Any]) -> Iterator[Screen[Any]]:
    """The screen on top, and those below it that are seen around a window."""
    for screen in reversed(app.screen_stack):
        yield screen
        if not screen.is_modal:
            return


class Window(SettledScreen, ModalScreen[ScreenResultType]):
    """Base of what opens over a screen."""

    def render(self) -> RenderableType:
        """What lies below, dimmed."""
        shown = super().render()
        return Dimmed(shown.screen, shown.color) if isinstance(shown, BackgroundScreen) else shown


class Dimmed(BackgroundScreen):
    """What lies below a window: each of the few styles of its hundred pieces is dimmed once."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """The pieces in their dimmed styles."""
        dimmed: dict[Style | None, Segment] = {}
        for segment in segments:
            if segment.style not in dimmed:
                dimmed[segment.style] = next(iter(super().process_segments([segment], color)))
            yield Segment(segment.text, dimmed[segment.style].style, segment.control)
