"""The review page: every item with its status, and the way to finish."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from imfsurvey.faces.said import answer_words, name_of
from imfsurvey.faces.sitting import Sitting, worth_trying_again
from imfsurvey.faces.tui.chrome import EVERYWHERE, Frame, Hint
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.settled import Text
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview.pages import State
from imfsurvey.questionnaire import Item

_GLYPHS: dict[State, str] = {
    "done": "✓",
    "attention": "!",
    "open": "·",
    "skipped": "–",
    "info": " ",
}
_NARROWEST_ANSWER = 24


class ReviewScreen(Frame):
    """Every item, one line each. Dismissed with True when the response was finished."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,f10", "finish", show=False),
        Binding("escape,left,ctrl+q", "back", show=False),
        *EVERYWHERE,
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.interview = sitting.interview

    def compose_head(self) -> ComposeResult:
        """How many are open, above a list of whatever length."""
        yield Text(id="summary")

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield Rows()

    def on_mount(self) -> None:
        """The cursor on the item that was on screen."""
        super().on_mount()
        self._put_cursor(self.interview.page.item)
        self.query_one(Rows).focus()

    def on_resize(self) -> None:
        """Cut the lines anew."""
        self.cut_anew()

    def translate(self) -> None:
        """The list in the language of the moment."""
        self.interview.speak(self.app.language)
        super().translate()
        self._list()

    def languages(self) -> tuple[str, ...]:
        """Those of the questionnaire."""
        return tuple(self.interview.questionnaire.questionnaire.languages)

    def title_text(self) -> str:
        """The questionnaire's title."""
        title = self.interview.say(self.interview.questionnaire.questionnaire.title)
        return f"{title} – {self.t('Overview')}"

    def hints(self) -> tuple[Hint, ...]:
        """To an item, finish, back."""
        t = self.t
        return (
            Hint("↑↓ Enter", t("Go to the item"), "screen.open_item"),
            Hint("F", self._finish_word(), "screen.finish"),
            Hint("Esc", t("Back"), "screen.back"),
            Hint("F2", t("Language"), "screen.language"),
            Hint("F1", t("Help"), "screen.help"),
        )

    def help_text(self) -> str:
        """What the signs mean."""
        t = self.t
        return "\n".join(
            (
                t("Every item with its status. Enter goes to it; finish when nothing is open."),
                "",
                f"✓  {t('answered')}",
                f"!  {t('something is still missing')}",
                f"·  {t('open')}",
                f"–  {t('left open, which is allowed')}",
            )
        )

    def _finish_word(self) -> str:
        return self.t("Finish") if self.sitting.resumable else self.t("Send")

    # --- drawing ----------------------------------------------------------------------------

    def _list(self) -> None:
        items = enumerate(self.interview.asked(), start=1)
        rows = [(item.id, self._row(number, item)) for number, item in items]
        self.query_one(Rows).show(rows)
        progress, unfinished = self.interview.progress, len(self.interview.unfinished())
        summary = self.t("Answered: {done} of {total}", done=progress.done, total=progress.total)
        if unfinished:
            summary += " – " + self.t.plural(
                "{n} item still needs you", "{n} items still need you", unfinished
            )
        else:
            summary += " – " + self.t("nothing is missing: press F", key="F")
        self.query_one("#summary", Text).update(plain(summary, "bold"))

    def _row(self, number: int, item: Item) -> Content:
        state = self.interview.state(item)
        answer_width = max(self.size.width * 3 // 10, _NARROWEST_ANSWER)
        width = max(self.size.width - answer_width - 14, 20)
        said = shortened(answer_words(item, self.interview), answer_width)
        stem = shortened(name_of(item, self.interview), width)
        style = "bold" if state in ("open", "attention") else ""
        return Content.assemble(
            (f"{_GLYPHS[state]} ", style),
            f"{number:>3} ",
            plain(stem).pad_right(max(0, width - Content(stem).cell_length)),
            "  ",
            plain(said),
        )

    # --- what the keys do -------------------------------------------------------------------

    @on(Rows.Selected)
    def _selected(self, message: Rows.Selected) -> None:
        self.interview.go_to(message.row_id)
        self.dismiss(False)

    def action_open_item(self) -> None:
        """To the item under the cursor."""
        self.query_one(Rows).action_select()

    def _put_cursor(self, item: Item) -> None:
        ids = [one.id for one in self.interview.asked()]
        if item.id in ids:
            self.query_one(Rows).go_to(ids.index(item.id))

    def action_back(self) -> None:
        """Back to the page that was open."""
        self.dismiss(False)

    def action_finish(self) -> None:
        """Store the response, or go to what is still open."""
        unfinished = self.interview.unfinished()
        if unfinished:
            self._put_cursor(unfinished[0])
            self.say(
                "! "
                + self.t.plural(
                    "{n} item still needs you: the first one is marked.",
                    "{n} items still need you: the first one is marked.",
                    len(unfinished),
                ),
                "$text-warning",
            )
            return
        try:
            self.sitting.finish()
        except ImfsurveyError as error:
            words = f"! {error.code}: {describe(error, self.t)}"
            if worth_trying_again(error):
                words = f"{words} {self.t('Nothing is lost: press F to try again.')}"
            self.say(words, "$text-error")
            return
        self.dismiss(True)
