"""The terminal application: language, looks, and an end that is always clean."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.theme import Theme

from imfsurvey.faces.crash import where_it_broke
from imfsurvey.faces.garbage import resume
from imfsurvey.faces.tui.chrome import Frame, Hint, too_small
from imfsurvey.faces.tui.forgetting import Breaths, in_a_pause
from imfsurvey.faces.tui.lost import end_with_the_terminal
from imfsurvey.faces.tui.settled import Text, Window
from imfsurvey.faces.tui.text import plain
from imfsurvey.faces.tui.typed import Typed, TypedInOrder
from imfsurvey.i18n.catalogue import Translator, translator

INTERNAL_ERROR = 70
_SELDOM = 5.0
"""Seconds between two looks for memory to let go of where nobody types, as on a console."""

DARK = Theme(
    name="imf-dark",
    primary="#1f4e79",
    accent="#8ec5ff",
    warning="#ffc14d",
    error="#ff8a80",
    success="#8fd19e",
    foreground="#e8ecf1",
    background="#10161d",
    surface="#18212b",
    panel="#1d2833",
    variables={"imf-muted": "#a3b1c0", "imf-line": "#5f8fbf"},
)
LIGHT = Theme(
    name="imf-light",
    primary="#1f4e79",
    accent="#0b5394",
    warning="#8a5300",
    error="#a61b1b",
    success="#1b6e34",
    foreground="#16202b",
    background="#ffffff",
    surface="#f3f6f9",
    panel="#e4eaf1",
    dark=False,
    variables={"imf-muted": "#4c5a69", "imf-line": "#1f4e79"},
)


_LIGHT_GROUNDS = ("7", "15")
"""White and bright white, among the sixteen colours of a terminal."""


def light_terminal(environ: Mapping[str, str]) -> bool:
    """Whether the terminal says that its ground is light; most say nothing.

    COLORFGBG is what some terminals set: the numbers of the colours of letters and ground.
    """
    return environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_GROUNDS


class TooSmall(Window[None]):
    """Covers everything while the terminal is smaller than a page needs."""

    app: SurveyApp

    def compose(self) -> ComposeResult:
        """What is needed and what there is."""
        yield Text(id="size")

    def on_mount(self) -> None:
        """Say it."""
        self.on_resize()

    def on_screen_resume(self) -> None:
        """What lay above is gone; the window may have grown meanwhile."""
        self.app.check_size(self)

    def on_resize(self) -> None:
        """Say it anew."""
        width, height = self.app.size
        self.query_one("#size", Text).update(
            plain(
                self.app.t(
                    "This window is too small: {width} x {height}.\nMake it at least 80 x 24; "
                    "nothing is lost.",
                    width=width,
                    height=height,
                )
            )
        )


class SurveyApp(App[int]):
    """Shows one screen and what is pushed on it. Returns an exit code."""

    TITLE = "imfsurvey"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "leave", show=False, priority=True),
        Binding("f9", "change_colours", show=False, priority=True),
    ]

    def __init__(
        self, first: Callable[[], Frame], language: str, languages: tuple[str, ...]
    ) -> None:
        super().__init__()
        self.first_language = language
        self.language = language
        self.languages = languages
        self.crash: str | None = None
        """Where an internal error happened: never what was being answered."""
        self._first = first
        self._typed = TypedInOrder(self, super().on_event)
        self._breaths = Breaths()
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        if self.no_color:
            self.theme = "ansi-dark"
        else:
            self.theme = (LIGHT if light_terminal(os.environ) else DARK).name

    @property
    def t(self) -> Translator:
        """The interface in the language of the moment."""
        return translator(self.language)

    def help_hints(self) -> tuple[Hint, ...]:
        """Keys that work on every screen, and that only the help names."""
        if self.no_color:
            return ()
        return (Hint("F9", self.t("Light or dark colours"), "app.change_colours"),)

    def own_hints(self) -> tuple[Hint, ...]:
        """Keys of the application itself, shown on every full screen."""
        return ()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, for themes that do not name them (the colourless one)."""
        return {
            "imf-on-primary": "#ffffff",
            "imf-muted": "ansi_default",
            "imf-line": "ansi_default",
        }

    def on_mount(self) -> None:
        """Show the first screen; from here on the terminal may go away at any time."""
        self._watch_for_the_end()
        self.push_screen(self._first(), lambda _: self.exit(0))
        self.call_after_refresh(partial(resume, pauses=True))
        self.set_interval(_SELDOM, in_a_pause)

    def speak(self, language: str) -> None:
        """Change the language of every screen that is open."""
        self.language = language
        for screen in self.screen_stack:
            if isinstance(screen, Frame) and screen.is_mounted:
                screen.translate()

    def action_leave(self) -> None:
        """Ctrl+Q and Ctrl+C leave like Escape does, so that nothing is lost."""
        if isinstance(self.screen, TooSmall):
            self.pop_screen()  # what is asked before leaving shows over the page, however small
        screen: Screen[object] = self.screen
        for name in ("action_leave", "action_back", "action_cancel", "action_no"):
            action = getattr(screen, name, None)
            if action is not None:
                action()
                return
        self.exit(0)

    def action_change_colours(self) -> None:
        """Dark letters on a light ground, or the other way round."""
        if not self.no_color:
            self.theme = DARK.name if self.theme == LIGHT.name else LIGHT.name

    async def on_event(self, event: events.Event) -> None:
        """Keys from the terminal wait for each other; all else is dealt with as it comes."""
        if isinstance(event, Typed) and not self.screen_stack:
            return  # the program is ending: what is still typed is for nobody
        if isinstance(event, Typed):
            self._breaths.typed()
        if isinstance(event, Typed) and not event.is_forwarded:
            self._typed.add(event)
        else:
            await super().on_event(event)

    # --- size -------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Cover the page while it cannot be shown whole."""
        self._cover_or_not(event.size)

    def check_size(self, shown: Screen[Any]) -> None:
        """Do so for a screen that is on top again; one that is not waits for what lies above."""
        if self.screen is shown:
            self._cover_or_not(self.size)

    def _cover_or_not(self, size: Size) -> None:
        covered = isinstance(self.screen, TooSmall)
        if too_small(size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not too_small(size):
            self.pop_screen()

    # --- the end ----------------------------------------------------------------------------

    def _watch_for_the_end(self) -> None:
        """Textual restores the screen only when it ends by itself: make signals do that too."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
                    loop.add_signal_handler(number, self.exit, 128 + number)
        if hasattr(select, "poll"):
            end_with_the_terminal(lambda code: loop.call_soon_threadsafe(self.exit, code))

    def _fatal_error(self) -> None:
        """Instead of Textual's traceback, which prints local variables: answers among them."""
        error = self._exception
        self.crash = where_it_broke(error) if error else "?"
        self._close_messages_no_wait()
