"""Screens that are opened from another one: Escape goes back there."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from imfsurvey.faces.tui.chrome import EVERYWHERE, Frame, Hint
from imfsurvey.faces.tui.rows import Rows


class OpenedScreen(Frame):
    """Help, another language, and the way back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *EVERYWHERE,
        Binding("escape,q", "leave", show=False),
    ]

    def on_resize(self) -> None:
        """Cut the lines anew."""
        self.cut_anew()

    def back_hints(self) -> tuple[Hint, ...]:
        """The last keys of every such screen."""
        return self.last_hints(self.t("Back"))

    def action_leave(self) -> None:
        """Back to where this was opened from."""
        self.dismiss(True)


class OpenedList(OpenedScreen):
    """One of them that is a list; the cursor is in it from the beginning."""

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield Rows()

    def on_mount(self) -> None:
        """The cursor on the first row."""
        super().on_mount()
        self.query_one(Rows).focus()
