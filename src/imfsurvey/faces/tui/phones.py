"""The console's window about phones: where the pages are offered, their address, its QR code."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Digits

from imfsurvey.faces.phones import HERE_ONLY, PhonePages, own_addresses
from imfsurvey.faces.qr import half_blocks
from imfsurvey.faces.tui.chrome import Frame, Hint, KeyBar, Paragraph
from imfsurvey.faces.tui.dialogs import Question
from imfsurvey.faces.tui.picking import RowsDialog
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.settled import Body, Pair, Pane, Text, Window
from imfsurvey.faces.tui.text import plain
from imfsurvey.study.sessions.session import Session
from imfsurvey.study.sessions.tickets import session_book

if TYPE_CHECKING:
    from imfsurvey.faces.tui.app import SurveyApp

_BLACK_ON_WHITE: Final = "#ffffff on #000000"
"""The light parts of a code are drawn, white on black."""

_NUMBERS: Final = re.compile(r"[0-9.]+:[0-9]+")
_FIGURE: Final = 3
"""Columns of a large figure."""
_WIDEST, _FRAME = 108, 8
"""Columns of the window at most, and of what is neither code nor words in it."""

_LOOK: Final = 0.2
"""Seconds between two looks at a process that starts."""


class AddressDialog(RowsDialog):
    """At which address of this computer the pages are offered; None for nowhere."""

    def compose(self) -> ComposeResult:
        """What it is about, the addresses, what a choice means."""
        t = self.app.t
        with Pane(classes="dialog"):
            yield Paragraph(t("Voting with phones"), "bold", id="title")
            yield Paragraph(
                t(
                    "Phones and laptops that are in the same network as this computer can then "
                    "open pages of this session and vote there. At which address?"
                )
            )
            yield Rows()
            yield Paragraph(
                t(
                    "Offer them only in a network of your own, such as a router to which nobody "
                    "else connects. With a certificate (see 'imfsurvey session --help') the pages "
                    "are encrypted in any network."
                ),
                "$imf-muted",
            )
            yield KeyBar(
                (
                    Hint("Enter", t("Offer the pages"), "screen.take"),
                    Hint("Esc", t("Cancel"), "screen.cancel"),
                )
            )

    def on_mount(self) -> None:
        """The addresses of this computer; last, the one that only itself reaches."""
        t = self.app.t
        known = [
            (one.numbers, f"{one.numbers}  {one.interface}".rstrip()) for one in own_addresses()
        ]
        only = t("{address}  only this computer, for a try", address=HERE_ONLY)
        rows = self.query_one(Rows)
        rows.show([(key, plain(words)) for key, words in [*known, (HERE_ONLY, only)]])
        rows.focus()


class PhonesDialog(Window[bool]):
    """The address for the room, large enough to be photographed. True: the pages are to end."""

    app: SurveyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,t", "close", show=False),
        Binding("x,delete", "end", show=False),
    ]

    def __init__(self, pages: PhonePages, notes: list[str], counted: Callable[[], str]) -> None:
        """`notes`: what is said below the address; `counted`: how many have voted."""
        super().__init__()
        self._pages, self._notes, self._counted = pages, notes, counted
        self._shown = ""

    def compose(self) -> ComposeResult:
        """The code at the left, words at the right."""
        t = self.app.t
        with Pane(classes="dialog wide"), Pair(id="offered"):
            yield Text(id="qr")
            with Pane(id="beside-qr"):
                yield Paragraph(t("Vote with your phone"), "bold", id="title")
                yield Paragraph(id="origin")
                yield Digits(id="large")
                yield Paragraph(id="counted")
                with Body():
                    yield Paragraph("\n\n".join(self._notes), "$imf-muted")
                yield KeyBar(
                    (
                        Hint("Esc", t("Agenda"), "screen.close"),
                        Hint("X", t("End the pages"), "screen.end"),
                    )
                )

    def on_mount(self) -> None:
        """It may take a moment until the pages are there."""
        self._show()
        self.set_interval(_LOOK, self._show)

    def _show(self) -> None:
        t, state = self.app.t, self._pages.poll()
        if state == "dead":
            self.dismiss(False)  # the console says why
            return
        self.query_one("#counted", Paragraph).show(self._counted())
        if self._shown and self._pages.address == self._shown:
            return
        self._shown = address = self._pages.address
        self.query_one("#origin", Paragraph).show(address or t("One moment …"), "bold $accent")
        code = self.query_one("#qr", Text)
        code.display = bool(address)
        lines = half_blocks(address) if address else []
        code.update(Content("\n").join([Content.styled(one, _BLACK_ON_WHITE) for one in lines]))
        self._enlarge(address, max((len(line) for line in lines), default=0))

    def _enlarge(self, address: str, beside: int) -> None:
        """Numbers in figures of three lines, where they fit beside the code."""
        typed, large = address.removeprefix("http://").strip("/"), self.query_one("#large", Digits)
        room = min(self.app.size.width, _WIDEST) - beside - _FRAME
        large.display = bool(_NUMBERS.fullmatch(typed)) and len(typed) * _FIGURE <= room
        large.update(typed if large.display else "")

    def action_close(self) -> None:
        """Back to the agenda; the pages stay."""
        self.dismiss(False)

    def action_end(self) -> None:
        """End them, after a question."""
        t = self.app.t

        def answered(end: bool | None) -> None:
            if end:
                self.dismiss(True)

        self.app.push_screen(
            Question(
                t("End the pages?"),
                t(
                    "Nobody can vote with a phone any more. What is ticked and not sent is lost; "
                    "what was sent stays."
                ),
                t("End them"),
                t("Stay"),
            ),
            answered,
        )


class Phones:
    """What the console does about phones: the key, the questions, the line that says how it is."""

    def __init__(
        self, screen: Frame, pages: PhonePages, session: Session, counted: Callable[[], str]
    ) -> None:
        """`counted`: how many have voted, in words."""
        self.pages = pages
        self._screen, self._session, self._counted = screen, session, counted
        self._note = ""
        """Who reaches the pages, and who could read what is sent to them."""

    def line(self) -> tuple[str, str]:
        """Where the pages are, or what became of them; with its style."""
        t, pages = self._screen.t, self.pages
        if pages.state == "dead":
            return f"{t('! The pages for phones have ended. T offers them anew.')} {pages.words}", (
                "$text-error"
            )
        if pages.state == "starting":
            return t("The pages for phones are being started …"), "$imf-muted"
        if pages.state == "on":
            return t("Phones: {address} (T shows the QR code)", address=pages.address), ""
        return "", ""

    def act(self) -> None:
        """Offer the pages, or show where they are."""
        if self.pages.running:
            self._show()
        elif self.pages.where.address:
            self._chosen(self.pages.where.address)
        else:
            self._screen.app.push_screen(AddressDialog(), self._chosen)

    def _chosen(self, address: str | None) -> None:
        if address is None:
            return
        if address == HERE_ONLY or self.pages.where.encrypted:
            self._offer(address)
            return

        def answered(offer: bool | None) -> None:
            if offer:
                self._offer(address, readable=True)

        t = self._screen.t
        self._screen.app.push_screen(
            Question(
                t("Offer them without encryption?"),
                t(
                    "Whoever is in the same network as {address} can then read every vote while it "
                    "is sent, and from which phone it comes. Do it only in a network of your own, "
                    "to which nobody else connects.",
                    address=address,
                ),
                t("Offer them so"),
                t("Cancel"),
            ),
            answered,
        )

    def _offer(self, address: str, *, readable: bool = False) -> None:
        self._note = ""
        if readable:
            self._note = self._screen.t(
                "Not encrypted: whoever is in the same network can read every answer that is sent."
            )
        elif address == HERE_ONLY:
            self._note = self._screen.t("Only this computer reaches this address.")
        self.pages.start(address, self._screen.app.language, readable=readable)
        self._show()

    def _show(self) -> None:
        t, notes = self._screen.t, [self._note] if self._note else []
        if session_book(self._session).exists():
            notes.append(t("Keep your ticket at hand: the page asks for its code."))
        notes.append(t("The page waits for each round. It never shows results."))

        def closed(end: bool | None) -> None:
            if end:
                self.pages.stop()
            self._screen.translate()

        self._screen.app.push_screen(PhonesDialog(self.pages, notes, self._counted), closed)
