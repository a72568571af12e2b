"""One laptop, several respondents in turn: a screen that shows nothing between them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from imfsurvey.faces.aside_words import resumed_words
from imfsurvey.faces.tui.chrome import EVERYWHERE, Frame, Hint, Paragraph
from imfsurvey.faces.tui.forgetting import between_people
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.language import LanguageDialog
from imfsurvey.faces.turns import Turn, Turns
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview.saying import UNKNOWN
from imfsurvey.questionnaire.piping import pieces
from imfsurvey.study.tickets import Ticket
from imfsurvey.study.tries import Tries

_GONE_AFTER = 0.5
"""Seconds until the pages of the one who has answered are taken down."""


class HandOverScreen(Frame):
    """Between two respondents: the same picture each time, whoever sat here before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", show=False),
        *EVERYWHERE,
        Binding("ctrl+q,escape", "leave", show=False),
    ]

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self._turns = turns
        self._turn: Turn | None = None
        """Of who sits here now."""
        self._thanks = False
        self._tries = Tries()

    def compose_body(self) -> ComposeResult:
        """Thanks to the one before, welcome to the next."""
        yield Paragraph(id="thanks")
        yield Paragraph(id="welcome")

    def translate(self) -> None:
        """All words in the language of the moment."""
        super().translate()
        t = self.t
        thanks = t(
            "Thank you. Your answers are stored on this computer. Nothing of them is shown any "
            "more. You may hand it over."
        )
        self.query_one("#thanks", Paragraph).show(
            f"✓ {thanks}" if self._thanks else "", "$text-success"
        )
        welcome = t("Ready for the next person.")
        welcome += "\n\n" + t("Press Enter to begin. You will first choose your language.")
        self.query_one("#welcome", Paragraph).show(welcome)

    def title_text(self) -> str:
        """The questionnaire's title; nobody has answered yet, so it names no answers."""
        title = self._turns.title.say(self.app.language)
        return "".join(part if isinstance(part, str) else UNKNOWN for part in pieces(title))

    def hints(self) -> tuple[Hint, ...]:
        """Begin, language, leave."""
        t = self.t
        return (
            Hint("Enter", t("Begin"), "screen.begin"),
            *self.last_hints(t("Leave")),
        )

    def help_text(self) -> str:
        """What happens here."""
        return self.t(
            "Several people answer on this computer, one after the other. Each one presses Enter, "
            "answers, sends, and hands the computer over. Nobody can see or change what somebody "
            "else has answered."
        )

    def languages(self) -> tuple[str, ...]:
        """Those of the questionnaire."""
        return tuple(self._turns.languages)

    def action_begin(self) -> None:
        """A new respondent: language first, then the questions."""
        try:
            self._turn = self._turns.begin()
        except ImfsurveyError as error:
            self.complain(error)
            return
        if len(self.languages()) == 1:
            self._ticket(self.languages()[0])
        else:
            self.app.push_screen(LanguageDialog(self.languages()), self._ticket)

    def _ticket(self, language: str | None) -> None:
        """The language is known: now the ticket, where there are any."""
        if language is None or self._turn is None:
            return
        self.app.speak(language)
        if self._turn.needs_ticket:
            from imfsurvey.faces.tui.ticket import TicketDialog  # only where there are tickets

            self.app.push_screen(TicketDialog(self._turn, self._tries), self._with_ticket)
        else:
            self._interview(self._turn, None)

    def _with_ticket(self, ticket: Ticket | None) -> None:
        if ticket is None or self._turn is None:
            self.app.speak(self.app.first_language)
        else:
            self._interview(self._turn, ticket)

    def _interview(self, turn: Turn, ticket: Ticket | None) -> None:
        try:
            sitting = turn.sit(self.app.language, ticket)
        except ImfsurveyError as error:
            self._over(None)
            self.complain(error)
            return
        self.app.push_screen(InterviewScreen(sitting), self._over)
        if sitting.aside is not None and sitting.aside.fault is not None:
            self._tell(self.t("You begin anew"), describe(sitting.aside.fault, self.t))
        elif sitting.aside is not None and sitting.aside.draft is not None:
            self._tell(self.t("Welcome back"), resumed_words(self.t))

    def _tell(self, title: str, words: str) -> None:
        """Something to read before the questions."""

        from imfsurvey.faces.tui.dialogs import Notice  # only where answers were put aside

        self.app.push_screen(Notice(title, words))

    def _over(self, finished: bool | None) -> None:
        if self._turn is not None:
            self._turn.end()
            self._turn = None
        self._thanks = bool(finished)
        self.app.speak(self.app.first_language)
        self.set_timer(_GONE_AFTER, between_people)

    def action_leave(self) -> None:
        """Back to where the survey was started from: not for the person who answers."""
        from imfsurvey.faces.tui.dialogs import Question

        def answered(leave: bool | None) -> None:
            if leave:
                self.dismiss(True)

        self.app.push_screen(
            Question(
                self.t("End the survey on this computer?"),
                self.t("Only for who leads the survey. What was sent is stored."),
                self.t("End"),
                self.t("Stay"),
            ),
            answered,
        )
