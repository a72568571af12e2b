"""Widgets and screens that are laid out once for a new size.

Textual lays everything out again, for one more picture, when a size has changed: what has widgets
in it may need that. Ours do not: what is in them was laid out in the same turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual import events
from textual.app import App
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widgets import Static


class Settled:
    """Beside a widget: its size asks for no further layout or picture. It is no widget itself:
    Textual takes the styles of the first base that is one."""

    virtual_size = Reactive(Size(0, 0), repaint=False)


class Text(Settled, Static):
    """Text that was cut into lines by who shows it."""


class Body(Settled, VerticalScroll, can_focus=False):
    """What scrolls when it does not fit; a bar that comes or goes asks for a layout of its own."""


def laid_out_already(screen: Screen[Any], event: events.Resize) -> None:
    """A screen is told of its size when it has just been laid out for it. Textual would do so at
    once again, together with all that lies below, and then for what has changed meanwhile."""
    if all(one.outer_size == event.size for one in _shown(screen.app)):
        event.prevent_default()
        screen.refresh(repaint=False, layout=True)  # together with what has changed


def _shown(app: App[Any]) -> Iterator[Screen[Any]]:
    """The screen on top, and those below it that are seen around a window."""
    for screen in reversed(app.screen_stack):
        yield screen
        if not screen.is_modal:
            return


class Window(ModalScreen[ScreenResultType]):
    """Base of what opens over a screen."""

    async def _on_resize(self, event: events.Resize) -> None:
        laid_out_already(self, event)
