"""The review page: every item with its status, and the way to finish."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option as Row

from imfsurvey.faces.tui.chrome import Frame, Hint
from imfsurvey.faces.tui.sitting import Sitting
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview.walk import State
from imfsurvey.questionnaire import InfoItem, Item

_GLYPHS: dict[State, str] = {
    "done": "✓",
    "attention": "!",
    "open": "·",
    "skipped": "–",
    "info": " ",
}
_ANSWER_WIDTH = 24


class ReviewScreen(Frame):
    """Every item, one line each. Dismissed with True when the response was finished."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,f10", "finish", show=False),
        Binding("escape,left,ctrl+q", "back", show=False),
        Binding("f1,question_mark", "help", show=False),
        Binding("f2,l", "language", show=False),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.interview = sitting.interview

    def compose_body(self) -> ComposeResult:
        """How many are open, then the list."""
        yield Static(id="summary")
        yield OptionList(id="items")

    def on_mount(self) -> None:
        """The cursor on the item that was on screen."""
        super().on_mount()
        rows = self.query_one(OptionList)
        here = self.interview.page.item.id
        ids = [item.id for item in self.interview.questionnaire.asking_items()]
        rows.highlighted = ids.index(here) if here in ids else 0
        rows.focus()

    def on_resize(self) -> None:
        """Cut the lines anew."""
        self._list()

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
        title = self.interview.questionnaire.questionnaire.title.say(self.app.language)
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
                f"!  {t('evidence or reason is missing')}",
                f"·  {t('open')}",
                f"–  {t('left open, which is allowed')}",
            )
        )

    def _finish_word(self) -> str:
        return self.t("Finish") if self.sitting.resumable else self.t("Send")

    # --- drawing ----------------------------------------------------------------------------

    def _list(self) -> None:
        rows = self.query_one(OptionList)
        highlighted = rows.highlighted
        rows.clear_options()
        items = list(self.interview.questionnaire.asking_items())
        rows.add_options([Row(self._row(n, item), id=item.id) for n, item in enumerate(items, 1)])
        rows.highlighted = highlighted
        progress, unfinished = self.interview.progress, len(self.interview.unfinished())
        summary = self.t("Answered: {done} of {total}", done=progress.done, total=progress.total)
        if unfinished:
            summary += " – " + self.t.plural(
                "{n} item still needs you", "{n} items still need you", unfinished
            )
        else:
            summary += " – " + self.t("nothing is missing: press F", key="F")
        self.query_one("#summary", Static).update(plain(summary, "bold"))

    def _row(self, number: int, item: Item) -> Content:
        state = self.interview.state(item)
        language = self.app.language
        width = max(self.size.width - 6 - _ANSWER_WIDTH - 8, 20)
        said = shortened(self._answer_words(item), _ANSWER_WIDTH)
        stem = shortened(item.text.say(language), width)
        style = "bold $text-warning" if state in ("open", "attention") else ""
        return Content.assemble(
            (f"{_GLYPHS[state]} ", style),
            (f"{number:>3} ", "$imf-muted"),
            plain(stem).pad_right(max(0, width - Content(stem).cell_length)),
            "  ",
            plain(said, "$imf-muted"),
        )

    def _answer_words(self, item: Item) -> str:
        answer = self.interview.answer_to(item.id)
        if not answer.given:
            return ""
        for option in self.interview.options(item):
            if option.status == answer.status and option.value == answer.value:
                return f"{option.value} {option.label}" if option.description else option.label
        return ""

    # --- what the keys do -------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._jump(str(event.option.id))

    def action_open_item(self) -> None:
        """To the item under the cursor."""
        rows = self.query_one(OptionList)
        if rows.highlighted is not None:
            self._jump(str(rows.get_option_at_index(rows.highlighted).id))

    def _jump(self, item_id: str) -> None:
        self.interview.go_to(item_id)
        self.dismiss(False)

    def action_back(self) -> None:
        """Back to the page that was open."""
        self.dismiss(False)

    def action_finish(self) -> None:
        """Store the response, or go to what is still open."""
        unfinished = self.interview.unfinished()
        if unfinished:
            ids = [
                item.id
                for item in self.interview.questionnaire.asking_items()
                if not isinstance(item, InfoItem)
            ]
            self.query_one(OptionList).highlighted = ids.index(unfinished[0].id)
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
            words = describe(error, self.t)
            again = self.t("Nothing is lost: press F to try again.")
            self.say(f"! {error.code}: {words} {again}", "$text-error")
            return
        self.dismiss(True)
