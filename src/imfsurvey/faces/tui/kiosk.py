"""The screens of one person at a laptop that is handed round; the process ends with them."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.timer import Timer

from imfsurvey.faces.kiosk.endings import CRASHED, LEFT, NO_TICKET, STORED
from imfsurvey.faces.tui.app import SurveyApp
from imfsurvey.faces.tui.chrome import Frame, Hint, KeyBar, Paragraph
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.ticket import TicketDialog
from imfsurvey.faces.turns import Turn, Turns
from imfsurvey.study.tickets import Ticket
from imfsurvey.study.tries import Tries

VEIL_AFTER: Final = 90.0
WIPE_AFTER: Final = 300.0
"""Seconds without a key until the screen is veiled, and until the sitting is forgotten."""

_THANKS: Final = 20.0
"""Seconds that the thanks stay."""


class Veil(Screen[bool]):
    """Covers everything, whatever was below. True: forget the sitting."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False, priority=True),
        Binding("x,X,delete", "forget", show=False, priority=True),
    ]

    def compose(self) -> ComposeResult:
        """Nothing but the two ways out."""
        t = self.app.t
        with Vertical(id="veil"):
            yield Paragraph(t("Hidden. Nothing is stored yet."), "bold")
            yield KeyBar(
                (
                    Hint("Enter", t("Go on answering"), "screen.go_on"),
                    Hint("X", t("Forget all and leave"), "screen.forget"),
                )
            )

    def action_go_on(self) -> None:
        """Show what was below."""
        self.dismiss(False)

    def action_forget(self) -> None:
        """Leave without a trace."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Ctrl+C and Ctrl+Q leave it as it is: to forget takes its own key."""


class Thanks(Frame):
    """The last picture of a person: what was sent is stored."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "leave", show=False),
    ]

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self._turns = turns

    def compose_body(self) -> ComposeResult:
        """Thanks, and what to do."""
        yield Paragraph(id="thanks")

    def on_mount(self) -> None:
        """Goes away by itself."""
        super().on_mount()
        self.set_timer(_THANKS, self.action_leave)

    def translate(self) -> None:
        """In the language of the person."""
        super().translate()
        words = self.t(
            "Thank you. Your answers are stored on this computer. Nothing of them is shown any "
            "more. You may hand it over."
        )
        self.query_one("#thanks", Paragraph).show(f"✓ {words}", "$text-success")

    def title_text(self) -> str:
        """What was answered."""
        return self._turns.title.say(self.app.language)

    def hints(self) -> tuple[Hint, ...]:
        """Hand over."""
        return (Hint("Enter", self.t("Hand over"), "screen.leave"),)

    def all_hints(self) -> tuple[Hint, ...]:
        """Nothing to hide here."""
        return self.hints()

    def help_text(self) -> str:
        """Nothing to explain."""
        return ""

    def action_leave(self) -> None:
        """The next person."""
        self.dismiss(True)


class TurnScreen(Frame):
    """Below the screens of a turn: asks for the ticket, opens the questions, ends the process."""

    def __init__(self, turns: Turns, turn: Turn) -> None:
        super().__init__()
        self._turns, self._turn = turns, turn

    def compose_body(self) -> ComposeResult:
        """Nothing of its own."""
        yield Paragraph()

    def on_mount(self) -> None:
        """The ticket first, where there are any."""
        super().on_mount()
        if self._turn.needs_ticket:
            self.app.push_screen(TicketDialog(self._turn, Tries()), self._with_ticket)
        else:
            self._ask(None)

    def _with_ticket(self, ticket: Ticket | None) -> None:
        if ticket is None:
            self.app.exit(NO_TICKET)
        else:
            self._ask(ticket)

    def _ask(self, ticket: Ticket | None) -> None:
        sitting = self._turn.sit(self.app.language, ticket)
        self.app.push_screen(InterviewScreen(sitting), self._over)

    def _over(self, finished: bool | None) -> None:
        self._turn.end()
        if finished:
            self.app.push_screen(Thanks(self._turns), lambda _: self.app.exit(STORED))
        else:
            self.app.exit(LEFT)

    def title_text(self) -> str:
        """What is answered."""
        return self._turns.title.say(self.app.language)

    def hints(self) -> tuple[Hint, ...]:
        """None: another screen is above."""
        return ()

    def help_text(self) -> str:
        """Nothing to explain."""
        return ""


class KioskApp(SurveyApp):
    """One person's screens, with a veil; nothing goes to the clipboard, nothing to the shell."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "veil", show=False, priority=True),
        Binding("ctrl+z", "veil", show=False, priority=True),
    ]

    def __init__(
        self,
        turns: Turns,
        turn: Turn,
        language: str,
        *,
        veil_after: float = VEIL_AFTER,
        wipe_after: float = WIPE_AFTER,
    ) -> None:
        super().__init__(lambda: TurnScreen(turns, turn), language, tuple(turns.languages))
        self._veil_after, self._wipe_after = veil_after, wipe_after
        self._idle: list[Timer] = []

    def on_mount(self) -> None:
        """From here on it is noticed when nobody sits here any more. Textual itself calls that of
        `SurveyApp` too: called from here, it would open the questions twice."""
        self._somebody_is_here()

    def own_hints(self) -> tuple[Hint, ...]:
        """The key that hides everything."""
        return (Hint("F9", self.t("Hide"), "app.veil"),)

    async def on_event(self, event: events.Event) -> None:
        """Every key and every move of the mouse is somebody."""
        if isinstance(event, events.Key | events.MouseEvent | events.Paste):
            self._somebody_is_here()
        await super().on_event(event)

    def _somebody_is_here(self) -> None:
        """Wait anew. Timers only: no time is read or kept."""
        for timer in self._idle:
            timer.stop()
        self._idle = [
            self.set_timer(self._veil_after, self.action_veil),
            self.set_timer(self._wipe_after, self._forget),
        ]

    def action_veil(self) -> None:
        """Cover the screen at once; who covered it decides what becomes of the answers."""
        if isinstance(self.screen, Veil | Thanks):
            return

        def decided(forget: bool | None) -> None:
            if forget:
                self._forget()

        self.push_screen(Veil(), decided)

    def _forget(self) -> None:
        self.exit(LEFT)

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing: the clipboard would outlast the person."""

    def panic(self, *renderables: object) -> None:
        """No text of whoever calls this: it could hold values."""
        self._fatal_error()


def run_turn(turns: Turns, turn: Turn, language: str) -> int:
    """One person's turn; how it ended."""
    app = KioskApp(turns, turn, language)
    code = app.run()
    return CRASHED if app.crash is not None or code is None else code
