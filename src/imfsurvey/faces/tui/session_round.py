"""One round for the room: statement by statement, the spread first, then agreement and mean."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from imfsurvey.faces.session_words import (
    agreement_words,
    bars,
    beside_words,
    outcome_words,
    statements,
)
from imfsurvey.faces.tui.chrome import EVERYWHERE, Frame, Hint, Paragraph
from imfsurvey.faces.tui.settled import Text
from imfsurvey.faces.tui.text import plain
from imfsurvey.faces.tui.writing import WritingDialog, WrittenAbout
from imfsurvey.i18n import formats
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.study.sessions.box import part_of
from imfsurvey.study.sessions.file import LONGEST_NOTE, RoundFile, VoteFile
from imfsurvey.study.sessions.room import Room


class RoundScreen(Frame):
    """The result of a closed vote, the facilitation note, conclusion and proposed actions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,pagedown,enter", "turn(1)", show=False),
        Binding("left,pageup", "turn(-1)", show=False),
        Binding("a", "agreement", show=False),
        Binding("g", "guide", show=False),
        Binding("down", "body(3)", show=False),
        Binding("up", "body(-3)", show=False),
        Binding("v", "vote", show=False),
        Binding("n", "note('conclusion')", show=False),
        Binding("m", "note('actions')", show=False),
        *EVERYWHERE,
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, room: Room, round_id: str) -> None:
        super().__init__()
        self._room, self._round_id = room, round_id
        self._section = room.session.section(round_id)
        self._asked = part_of(room.session.questionnaire, [self._section])
        self._statements = statements(self._asked)
        self._place = 0
        self._vote_number = len(self._round.votes)
        self._agreement = False
        self._guide = True

    @property
    def _round(self) -> RoundFile:
        return self._room.session.file.round(self._round_id)

    @property
    def _vote(self) -> VoteFile | None:
        """The vote that is shown: a closed one."""
        votes = self._round.votes[: self._vote_number]
        return votes[-1] if votes and votes[-1].status == "closed" else None

    def compose_body(self) -> ComposeResult:
        """Which vote, the statement, its distribution, what is said of it, the notes."""
        for name in ("summary", "statement"):
            yield Paragraph(id=name)
        yield Text(id="bars")
        for name in ("beside", "agreement", "facilitation", "conclusion", "actions"):
            yield Paragraph(id=name)

    def title_text(self) -> str:
        """The session and the round."""
        title = self._section.title.say(self.app.language)
        return f"{self._room.session.file.title} – {title}"

    def hints(self) -> tuple[Hint, ...]:
        """Statement by statement; agreement; notes."""
        t, keys = self.t, []
        if self._vote is not None and self._vote.outcome == "shown":
            keys += [
                Hint("← →", t("Statement"), "screen.turn(1)"),
                Hint("A", t("Agreement and mean"), "screen.agreement"),
                Hint("G", t("Note for you"), "screen.guide"),
                Hint("↑↓", t("Scroll"), "screen.body(3)"),
            ]
        if len([one for one in self._round.votes if one.status == "closed"]) > 1:
            keys.append(Hint("V", t("Other vote"), "screen.vote"))
        return (
            *keys,
            Hint("N", t("Conclusion"), "screen.note('conclusion')"),
            Hint("M", t("Actions"), "screen.note('actions')"),
            *self.last_hints(t("Agenda")),
        )

    def help_text(self) -> str:
        """How to lead through a result."""
        return self.t(
            "Show the spread of each statement and let people talk about it before you show "
            "agreement and mean. Agreement is r_wg: 1 when all gave the same answer, 0 when the "
            "votes are spread as by chance. Nobody has to tell or explain a vote. What the group "
            "concludes and proposes is saved when you keep it; write down neither names nor events."
        )

    # --- drawing ------------------------------------------------------------------------------

    def translate(self) -> None:
        """All words in the language of the moment."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        t, vote = self.t, self._vote
        self._show("summary", self._summary(vote), "bold")
        shown = vote is not None and vote.outcome == "shown"
        for name in ("statement", "beside", "agreement"):
            self._show(name, "")
        self._bars([])
        if vote is not None and not shown:
            k = self._asked.privacy.k_total
            self._show("beside", outcome_words(vote, k, t))
        elif vote is not None:
            self._draw_statement(vote)
        self._show("facilitation", self._facilitation(vote), "$imf-muted")
        one = self._round
        for name, label, text in (
            ("conclusion", t("Conclusion"), one.conclusion),
            ("actions", t("Proposed actions"), one.actions),
        ):
            self._show(name, formats.labelled(label, text, t.language) if text else "")

    def _draw_statement(self, vote: VoteFile) -> None:
        t, item = self.t, self._statements[self._place]
        outcome = next(one for one in vote.items if one.item == item.id)
        self._show("statement", item.text.say(self.app.language))
        self._bars(bars(outcome, item, self._asked, t))
        self._show("beside", "\n".join(beside_words(outcome, t)))
        if self._agreement:
            words = agreement_words(outcome, item, self._asked, t)
            self._show("agreement", "\n".join(words))

    def _summary(self, vote: VoteFile | None) -> str:
        t = self.t
        if vote is None:
            return t("There is no result yet: close the round first.")
        words = t.plural("{n} vote cast", "{n} votes cast", vote.votes or 0)
        if self._vote_number > 1 or len(self._round.votes) > 1:
            words = f"{t('vote no. {number}', number=vote.number)} · {words}"
        if vote.outcome == "shown":
            where = t(
                "statement {number} of {total}",
                number=self._place + 1,
                total=len(self._statements),
            )
            words = f"{words} · {where}"
        late = self._late()
        if late:
            words += " · " + t.plural(
                "{n} came too late, stored but not counted",
                "{n} came too late, stored but not counted",
                late,
            )
        return words

    def _late(self) -> int:
        """Votes that came too late; none where that cannot be read, which is said."""
        try:
            return self._room.late(self._round_id)
        except ImfsurveyError as error:
            self.complain(error)
            return 0

    def _facilitation(self, vote: VoteFile | None) -> str:
        """The note for who leads: camps first, else how to close."""
        note = self._section.facilitation
        if note is None or vote is None or not self._guide:
            return ""
        item = self._statements[self._place]
        camps = any(one.polarised for one in vote.items if one.item == item.id)
        return (note.polarised if camps else note.close).say(self.app.language)

    def _bars(self, lines: list[str]) -> None:
        widget = self.query_one("#bars", Text)
        widget.display = bool(lines)
        widget.update(plain("\n".join(lines)))

    def _show(self, name: str, text: str, style: str = "") -> None:
        self.query_one(f"#{name}", Paragraph).show(text, style)

    # --- what the keys do ---------------------------------------------------------------------

    def action_turn(self, step: int) -> None:
        """Another statement; its agreement is hidden until it is asked for."""
        self._place = (self._place + step) % len(self._statements)
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Another result, from its top, without what was said of the one before."""
        self._agreement = False
        self.say("")
        self.translate()
        self.query_one("#body").scroll_home(animate=False)

    def action_agreement(self) -> None:
        """Show agreement and mean, or hide them."""
        self._agreement = not self._agreement
        self._draw()
        without = self._agreement and not self.query_one("#agreement", Paragraph).display
        self.say(self.t("There is neither agreement nor mean here.") if without else "")

    def action_guide(self) -> None:
        """Hide the note for who leads, when the room looks at this screen; or show it."""
        self._guide = not self._guide
        self._draw()

    def action_body(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)

    def action_vote(self) -> None:
        """The vote before, or the last one again: side by side they are never paired."""
        closed = [one.number for one in self._round.votes if one.status == "closed"]
        if closed:
            earlier = [number for number in closed if number < self._vote_number]
            self._vote_number = earlier[-1] if earlier else closed[-1]
            self._begin_anew()

    def action_note(self, which: str) -> None:
        """Write the conclusion or the proposed actions."""
        t, note = self.t, self._section.facilitation
        title = t("Conclusion") if which == "conclusion" else t("Proposed actions")
        about = WrittenAbout(title, note.close.say(self.app.language) if note else "")

        def written(text: str | None) -> None:
            if text is None:
                return
            one = self._round
            texts = {"conclusion": one.conclusion, "actions": one.actions, which: text}
            try:
                self._room.note(self._round_id, **texts)
            except ImfsurveyError as error:
                self.complain(error)
                return
            self._draw()
            self.say(self.t("Saved."))

        before = getattr(self._round, which)
        self.app.push_screen(WritingDialog(about, before, LONGEST_NOTE), written)

    def action_leave(self) -> None:
        """Back to the agenda."""
        self.dismiss(True)
