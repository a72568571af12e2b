"""The facilitator's console: the agenda, how many have voted, rounds opened and closed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from imfsurvey.faces.phones import PhonePages
from imfsurvey.faces.session_words import round_words
from imfsurvey.faces.tui.chrome import EVERYWHERE, Frame, Hint, Paragraph
from imfsurvey.faces.tui.dialogs import Question
from imfsurvey.faces.tui.phones import Phones
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.session_end import SessionEnd
from imfsurvey.faces.tui.session_round import RoundScreen
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.file import RoundFile
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.sitting import sitting_now

_LOOK: float = 1.0
"""Seconds until votes are counted again."""

_BESIDE = 8
"""Columns of a row beside its title and its state: margins, sign, gap."""
_SHORTEST_TITLE = 20

_GLYPHS = {"not_yet": "·", "open": "▸", "closed": "✓"}


class SessionScreen(Frame):
    """The agenda of a session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open_round", show=False),
        Binding("c", "close_round", show=False),
        Binding("plus,p", "people(1)", show=False),
        Binding("minus", "people(-1)", show=False),
        Binding("t", "phones", show=False),
        Binding("e", "end", show=False),
        *EVERYWHERE,
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, study: Study, room: Room, pages: PhonePages | None = None) -> None:
        """`pages`: those that participants open on their phones, when they are offered."""
        super().__init__()
        self._study, self._room = study, room
        self._session = room.session
        pages = pages or PhonePages(study, room.session)
        self._phones = Phones(self, pages, room.session, self._counted)

    def compose_body(self) -> ComposeResult:
        """Who leads, how many there are, the agenda, the note for the round."""
        yield Paragraph(id="people")
        yield Paragraph(id="numbers")
        yield Paragraph(id="address")
        yield Rows()
        yield Paragraph(id="facilitation")

    def on_mount(self) -> None:
        """The cursor on what comes next; from now on votes are counted."""
        super().on_mount()
        rows = self.query_one(Rows)
        rows.focus()
        states = [one.state for one in self._session.file.rounds]
        rows.go_to(next((n for n, state in enumerate(states) if state != "closed"), 0))
        self.translate()
        self.set_interval(_LOOK, self._look)

    def on_screen_resume(self) -> None:
        """Back from a round."""
        if self.is_mounted:
            self.translate()

    def _look(self) -> None:
        if self.app.screen is self:
            self._guarded(self._read)

    def _read(self) -> None:
        self._phones.pages.poll()
        self._session.refresh()
        self.translate()

    # --- words --------------------------------------------------------------------------------

    def title_text(self) -> str:
        """The session and the entity."""
        return f"{self._session.file.title} – {self._study.file.entity.name}"

    def hints(self) -> tuple[Hint, ...]:
        """Open, close, results, people, the end."""
        t = self.t
        state = self._current.state
        keys = []
        if state == "open":
            keys.append(Hint("C", t("Close the round"), "screen.close_round"))
        elif state == "closed":
            keys.append(Hint("O", t("Vote once more"), "screen.open_round"))
        else:
            keys.append(Hint("O", t("Open the round"), "screen.open_round"))
        return (
            *keys,
            Hint("↑↓ Enter", t("Results and notes"), "screen.show"),
            Hint("+ −", t("People"), "screen.people(1)"),
            Hint("T", t("Phones"), "screen.phones"),
            Hint("E", t("End the session"), "screen.end"),
            *self.last_hints(t("Leave")),
        )

    def help_text(self) -> str:
        """What the console is for."""
        rounds = self.t(
            "A round is a block of statements that are voted on together. Open it, let everybody "
            "vote, close it: only then are results shown, and only from {k} votes on. You see how "
            "many have voted, never who. Opening a closed round again is another vote, in a box of "
            "its own. The key that opens a round for this room is in the memory of this program "
            "alone and forgotten when the round closes: do not leave the program while a round is "
            "open.",
            k=self._session.questionnaire.privacy.k_total,
        )
        phones = self.t(
            "T offers pages on which people vote with their phones, or on any laptop in the same "
            "network; it shows their address as a QR code, and ends them."
        )
        return f"{rounds}\n\n{phones}"

    def translate(self) -> None:
        """Everything anew."""
        super().translate()
        self._guarded(self._show_all)  # a box that cannot be read must not take the keys with it

    def _show_all(self) -> None:
        file, t = self._session.file, self.t
        people = [file.place, t("led by {name}", name=file.facilitator) if file.facilitator else ""]
        self._show("people", " · ".join(part for part in people if part), "$imf-muted")
        self._show("numbers", self._numbers(), "bold")
        self._show("address", *self._phones.line())
        self.query_one(Rows).show(self._rows())
        self._show("facilitation", self._facilitation())

    @property
    def _current(self) -> RoundFile:
        """The round under the cursor."""
        rounds = self._session.file.rounds
        return rounds[min(self.query_one(Rows).cursor, len(rounds) - 1)]

    def _rows(self) -> list[tuple[str, Content]]:
        """The rounds, their states in a column that starts behind the longest title."""
        rounds, language = self._session.file.rounds, self.app.language
        titles = [self._session.section(one.id).title.say(language) for one in rounds]
        states = [self._state(one) for one in rounds]
        room = self.size.width - _BESIDE - max(map(len, states))
        width = min(max(map(len, titles)), max(room, _SHORTEST_TITLE))
        return [
            (one.id, _row(one, shortened(title, width), width, state))
            for one, title, state in zip(rounds, titles, states, strict=True)
        ]

    def _state(self, one: RoundFile) -> str:
        """How far a round is, and whether something was noted."""
        counted = self._room.attendance(one.id)
        words = round_words(one, counted.voted, counted.expected, self.t)
        return f"{words} ✎" if one.conclusion or one.actions else words

    def _counted(self) -> str:
        """How many have voted in what is open, for the window over this screen."""
        try:
            rounds = [one for one in self._session.refresh().rounds if one.state == "open"]
            voted = max((self._room.attendance(one.id).voted for one in rounds), default=0)
        except ImfsurveyError as error:
            return describe(error, self.t)
        expected = self._session.file.expected
        words = self.t("{voted} of {expected} voted", voted=voted, expected=expected)
        return self.t("open: {counted}", counted=words) if rounds else ""

    def _numbers(self) -> str:
        """Of the open round: who has voted, sits, is missing, each as a number."""
        t, expected = self.t, self._session.file.expected
        words = t.plural("{n} person expected", "{n} people expected", expected)
        open_rounds = [one for one in self._session.file.rounds if one.state == "open"]
        if not open_rounds:
            return words
        sitting = sitting_now(self._session)
        voted = max(self._room.attendance(one.id).voted for one in open_rounds)
        missing = max(expected - voted - sitting, 0)
        parts = [
            words,
            t("{n} voted", n=voted),
            t("{n} answering here", n=sitting),
            t("{n} still need a machine", n=missing),
        ]
        line = " · ".join(parts)
        return f"{line}\n{t('! more votes than people')}" if voted > expected else line

    def _facilitation(self) -> str:
        one = self._current
        note = self._session.section(one.id).facilitation
        parts = []
        vote = one.open_vote
        if vote is not None and not self._room.has_key(vote):
            parts.append(
                self.t(
                    "! This round was opened before the program was started anew: its key is gone. "
                    "Close it and open it once more; people vote again."
                )
            )
        if note is not None:
            parts.append((note.close if one.state == "closed" else note.open).say(self.t.language))
        return "\n\n".join(parts)

    def _show(self, name: str, text: str, style: str = "") -> None:
        self.query_one(f"#{name}", Paragraph).show(text, style)

    # --- what the keys do ---------------------------------------------------------------------

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.say("")
        self.translate()

    @on(Rows.Selected)
    def _selected(self, message: Rows.Selected) -> None:
        self.say("")
        self.app.push_screen(RoundScreen(self._room, message.row_id))

    def action_show(self) -> None:
        """Results and notes, by mouse."""
        self.query_one(Rows).action_select()

    def action_open_round(self) -> None:
        """Open a vote on the round under the cursor."""
        self.say("")

        def opened() -> None:
            self._room.open_round(self._current.id)
            self.translate()
            self.say(self.t("The round is open. Let everybody vote."))

        self._guarded(opened)

    def action_close_round(self) -> None:
        """Close it, after a question: those who have not sent yet are not counted."""
        one = self._current
        if one.state != "open":
            return
        self.say("")
        self._guarded(lambda: self._ask_to_close(one.id))

    def _ask_to_close(self, round_id: str) -> None:
        counted = self._room.attendance(round_id)

        def answered(close: bool | None) -> None:
            if close:
                self._guarded(lambda: self._close_now(round_id))

        self.app.push_screen(
            Question(
                self.t("Close this round?"),
                self.t(
                    "{voted} of {expected} voted. Who sends after this is refused. It cannot be "
                    "undone; you can vote once more.",
                    voted=counted.voted,
                    expected=counted.expected,
                ),
                self.t("Close the round"),
                self.t("Wait"),
            ),
            answered,
        )

    def _close_now(self, round_id: str) -> None:
        self._room.close_round(round_id)
        self.translate()
        self.app.push_screen(RoundScreen(self._room, round_id))

    def action_people(self, step: int) -> None:
        """One more or one less is expected."""
        people = max(self._session.file.expected + step, 1)
        self.say("")

        def changed() -> None:
            self._room.expect(people)
            self.translate()

        self._guarded(changed)

    def action_phones(self) -> None:
        """Offer the pages for phones, or show where they are."""
        self._phones.act()

    def action_end(self) -> None:
        """End the session with its closing record, once no round is open."""
        self.say("")
        self._guarded(self._ask_to_end)

    def _ask_to_end(self) -> None:
        self._room.require_rounds_closed()

        def answered(end: bool | None) -> None:
            if end:
                self._guarded(self._end)

        words = [
            self.t("Its votes and notes are final then, and the closing record is written."),
            *self._not_voted(),
        ]
        self.app.push_screen(
            Question(
                self.t("End this session?"),
                "\n\n".join(words),
                self.t("End"),
                self.t("Stay"),
            ),
            answered,
        )

    def _not_voted(self) -> list[str]:
        """The rounds of the agenda that were passed over, if any."""
        rounds = [one.id for one in self._session.file.rounds if not one.votes]
        titles = [self._session.section(one).title.say(self.app.language) for one in rounds]
        if not titles:
            return []
        words = self.t("There was no vote on: {rounds}.", rounds=", ".join(titles))
        return [words]

    def _end(self) -> None:
        record = self._room.close(datetime.date.today())
        screen = SessionEnd(self._study, self._session, record)
        self.app.push_screen(screen, lambda _: self.dismiss(True))

    def action_leave(self) -> None:
        """Leave; with a round open only after a question."""
        keyed = [vote for _, vote in self._session.file.open_votes if self._room.has_key(vote)]
        if not keyed:
            self.dismiss(True)
            return

        def answered(leave: bool | None) -> None:
            if leave:
                self.dismiss(True)

        self.app.push_screen(
            Question(
                self.t("Leave while a round is open?"),
                self.t(
                    "Its key would be gone: the result could not be shown any more, and people "
                    "would have to vote again."
                ),
                self.t("Leave"),
                self.t("Stay"),
            ),
            answered,
        )

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except ImfsurveyError as error:
            self.complain(error)


def _row(one: RoundFile, title: str, width: int, state: str) -> Content:
    return Content.assemble(
        f"{_GLYPHS[one.state]} ",
        plain(title, "bold" if one.state == "open" else "").pad_right(
            max(0, width - Content(title).cell_length)
        ),
        "  ",
        plain(state),
    )
