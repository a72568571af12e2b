"""The window that asks a respondent for the ticket."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input

from imfsurvey.faces.tui.chrome import Hint, KeyBar, Paragraph
from imfsurvey.faces.tui.settled import Pane, Window
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError, RefusedError
from imfsurvey.study.tickets import Ticket
from imfsurvey.study.tries import Tries

if TYPE_CHECKING:
    from imfsurvey.faces.tui.app import SurveyApp

_LONGEST = 40
"""Characters that can be typed: a code with whatever blanks between."""


class Checks(Protocol):
    """What knows the tickets."""

    def check(self, code: str) -> Ticket:
        """The ticket of a code. Raises `RefusedError`."""
        ...


class CodeInput(Input):
    """A line to type a code into, which nothing is copied from."""

    def action_copy(self) -> None:
        """Nothing: the clipboard would outlast the person."""

    def action_cut(self) -> None:
        """Nothing, for the same reason."""


class TicketDialog(Window[Ticket | None]):
    """A good ticket; None when the person would rather not. Several wrong ones take longer."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "check", show=False, priority=True),
        Binding("escape", "cancel", show=False, priority=True),
    ]

    def __init__(self, book: Checks, tries: Tries) -> None:
        super().__init__()
        self._book, self._tries = book, tries
        self._busy = False
        self._left = tries.pause
        self._clock: Timer | None = None

    def compose(self) -> ComposeResult:
        """What a ticket is, the line for it, what was wrong with the last one."""
        t = self.app.t
        with Pane(classes="dialog"):
            yield Paragraph(t("Your ticket"), "bold", id="title")
            yield Paragraph(
                t(
                    "Your ticket entitles to one response. Nobody noted who has which one, and "
                    "it is kept apart from what you answer."
                )
            )
            yield CodeInput(placeholder=t("Code on your ticket"), max_length=_LONGEST)
            yield Paragraph(id="fault")
            yield KeyBar(
                (
                    Hint("Enter", t("Go on"), "screen.check"),
                    Hint("Esc", t("Cancel"), "screen.cancel"),
                )
            )

    def on_mount(self) -> None:
        """Wait for the code; first for the end of the pause, if somebody has just guessed."""
        self.query_one("#fault", Paragraph).show("")
        self.query_one(CodeInput).focus()
        self._begin_pause("")

    @on(Input.Changed)
    def _typing(self) -> None:
        if not self._left and not self._busy:
            self.query_one("#fault", Paragraph).show("")

    async def action_check(self) -> None:
        """Look the code up, without letting the screen stand still."""
        typed = self.query_one(CodeInput).value
        if self._busy or self._left or not typed.strip():
            return
        self._busy = True
        try:
            ticket = await asyncio.to_thread(self._book.check, typed)
        except ImfsurveyError as error:
            if isinstance(error, RefusedError):
                self._tries.refused(error)
            self._begin_pause(describe(error, self.app.t))
        else:
            self._tries.accepted()
            self.dismiss(ticket)
        finally:
            self._busy = False

    @property
    def waiting(self) -> int:
        """Seconds for which no code is taken."""
        return self._left

    def action_cancel(self) -> None:
        """Back, without a ticket."""
        self.dismiss(None)

    def _begin_pause(self, fault: str) -> None:
        self._left = self._tries.pause
        self._show(fault)
        if self._left:
            self._clock = self.set_interval(1, lambda: self._tick(fault))

    def _tick(self, fault: str) -> None:
        self._left -= 1
        if not self._left and self._clock is not None:
            self._clock.stop()
        self._show(fault)

    def _show(self, fault: str) -> None:
        wait = ""
        if self._left:
            wait = self.app.t.plural(
                "Several codes were wrong. Wait for {n} second.",
                "Several codes were wrong. Wait for {n} seconds.",
                self._left,
            )
        text = " ".join(part for part in (fault, wait) if part)
        self.query_one("#fault", Paragraph).show(f"! {text}" if text else "", "$text-error")
