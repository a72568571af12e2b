"""What frames every screen: the title line above, the keys below, the frame between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from imfsurvey.faces.tui.lines import Lines
from imfsurvey.faces.tui.settled import Body, Pane, Settled, SettledScreen, Text
from imfsurvey.faces.tui.text import plain, shortened, titled, wrapped
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError

if TYPE_CHECKING:
    from imfsurvey.faces.tui.app import SurveyApp

_MIN_WIDTH, _MIN_HEIGHT = 80, 24
"""What a page needs to be shown whole."""

_MESSAGE_LINES = 3
"""Most lines of a message; more would push the page away."""


def too_small(size: Size) -> bool:
    """Whether no page could be shown whole: something else covers it then."""
    return size.width < _MIN_WIDTH or size.height < _MIN_HEIGHT


@dataclass(frozen=True)
class Hint:
    """A key as shown, what it does in words, and the action behind it."""

    key: str
    label: str
    action: str


EVERYWHERE: Final[tuple[BindingType, ...]] = (
    Binding("f1,question_mark", "help", show=False),
    Binding("f2,l", "language", show=False),
)
"""Keys of the screens on which a letter is a key and not a letter of an answer."""


class Paragraph(Settled, Widget):
    """Text from outside, cut into lines at its blanks; nothing in it is parsed."""

    DEFAULT_CSS = "Paragraph { height: auto; width: 100%; }"

    def __init__(self, text: str = "", style: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said, self._style = text, style

    def show(self, text: str, style: str = "") -> None:
        """Say something else; an empty text takes no room."""
        if (text, style) == (self._said, self._style) and self.display == bool(text):
            return
        height = self.content_size.height
        self._said, self._style = text, style
        self.display = bool(text)
        same = height and len(wrapped(text, self.content_size.width)) == height
        self.refresh(layout=not same)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes."""
        return len(wrapped(self._said, width))

    def render(self) -> Content:
        """The lines."""
        rows = wrapped(self._said, self.content_size.width)
        return Content("\n").join([plain(row, self._style) for row in rows])


class TitleBar(Settled, Widget):
    """One line: where we are at the left, language at the right."""

    DEFAULT_CSS = "TitleBar { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._left, self._right = "", ""

    def show(self, left: str, right: str) -> None:
        """Change what is said."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Content:
        """Left text, cut where the right one begins; which page it is stays whole."""
        right = f" {self._right} "
        room = self.content_size.width - len(right) - 1
        left = Content.assemble(" ", plain(titled(self._left, room - 1)))
        return left.pad_right(max(0, room + 1 - left.cell_length)).append(plain(right))


class KeyBar(Settled, Widget):
    """The keys that work here, on one line or two. A click does the same."""

    DEFAULT_CSS = "KeyBar { height: auto; width: 100%; }"

    def __init__(self, hints: tuple[Hint, ...] = ()) -> None:
        super().__init__()
        self._hints = hints
        self._spans: list[tuple[int, int, int, str]] = []

    def show(self, hints: tuple[Hint, ...]) -> None:
        """Change the keys."""
        if hints != self._hints:
            self._hints = hints
            height = self.content_size.height
            same = height and self.lines_needed(self.content_size.width) == height
            self.refresh(layout=not same)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the keys take."""
        return self.lines_needed(width)

    def lines_needed(self, width: int) -> int:
        """How many lines the keys take at a width."""
        return len(self._laid_out(width))

    def render(self) -> Content:
        """Key and word, one after the other."""
        self._spans = []
        lines: list[Content] = []
        for y, hints in enumerate(self._laid_out(self.content_size.width)):
            line, x = Content(" "), 1
            for hint in hints:
                piece = Content.assemble((hint.key, "bold $accent"), " ", plain(hint.label), "  ")
                self._spans.append((y, x, x + piece.cell_length - 2, hint.action))
                line, x = line + piece, x + piece.cell_length
            lines.append(line)
        return Content("\n").join(lines)

    def _laid_out(self, width: int) -> list[list[Hint]]:
        lines: list[list[Hint]] = [[]]
        used = 1
        for hint in self._hints:
            length = Content(f"{hint.key} {hint.label}").cell_length
            if lines[-1] and used + length > width:
                lines.append([])
                used = 1
            lines[-1].append(hint)
            used += length + 2
        return lines

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        for y, start, end, action in self._spans:
            if event.y == y and start <= event.x < end:
                await self.screen.run_action(action)


class Frame(SettledScreen, Screen[bool]):
    """Base of the full screens: title line, a body that scrolls, a message line, keys."""

    app: SurveyApp
    _worded = False
    _laid_out_for: Size | None = None
    _said = _message = ("", "")
    """What is said below, as a text and as its lines, and its style."""

    def compose(self) -> ComposeResult:
        """The frame, and the body of the screen inside it."""
        yield TitleBar()
        yield from self.compose_head()
        with Body(id="body"):
            yield from self.compose_body()
        with Pane(id="foot"):
            yield Text(id="message")
            yield KeyBar()

    def compose_head(self) -> ComposeResult:
        """What stays in view above a body that scrolls."""
        yield from ()

    def compose_body(self) -> ComposeResult:
        """The widgets between title and keys."""
        raise NotImplementedError

    @property
    def t(self) -> Translator:
        """The interface in the language of the moment."""
        return self.app.t

    def on_mount(self) -> None:
        """Fill in the words; once, though Textual calls this after that of an heir again."""
        if not self._worded:
            self._worded = True
            self.translate()

    async def _on_resize(self, event: events.Resize) -> None:
        if too_small(event.size):
            event.prevent_default()  # as it is when it is seen again
        else:
            self.say(*self._said)  # cut for this width

    def on_screen_resume(self) -> None:
        """On top, perhaps again: in a window that is too small it is covered."""
        self.app.check_size(self)

    def translate(self) -> None:
        """Show everything in the language of the moment. Called again when it changes."""
        self._laid_out_for = self.size
        self.query_one(TitleBar).show(self.title_text(), self.app.language.upper())
        self.query_one(KeyBar).show(self.all_hints())

    @property
    def outgrown(self) -> bool:
        """Whether the words were laid out for another size: a new screen is told of its own too."""
        return self._laid_out_for != self.size and not too_small(self.size)

    def cut_anew(self) -> None:
        """In a window of another size: the lines of the body, seen from the top again where there
        is a cursor, which brings itself into view; a text stays where it is being read."""
        if self.outgrown:
            self.translate()
            if self.query(Lines):
                self.query_one("#body", Body).scroll_home(animate=False)

    def title_text(self) -> str:
        """What the title line says."""
        raise NotImplementedError

    def hints(self) -> tuple[Hint, ...]:
        """The keys that work here, the most important first."""
        raise NotImplementedError

    def last_hints(self, leave: str) -> tuple[Hint, ...]:
        """Language, help, and the way out under the word that fits."""
        return (
            Hint("F2", self.t("Language"), "screen.language"),
            Hint("F1", self.t("Help"), "screen.help"),
            Hint("Esc", leave, "screen.leave"),
        )

    def all_hints(self) -> tuple[Hint, ...]:
        """Those, and the keys that work everywhere in this application."""
        return (*self.hints(), *self.app.own_hints())

    def help_text(self) -> str:
        """What F1 says about this screen."""
        raise NotImplementedError

    def say(self, text: str, style: str = "$imf-muted") -> None:
        """Write the message, on as few lines as it needs; an empty text clears it."""
        self._said = (text, style)
        width = max(self.size.width - 2, 1)
        lines = wrapped(text, width)
        if len(lines) > _MESSAGE_LINES:
            rest = shortened(" ".join(lines[_MESSAGE_LINES - 1 :]), width)
            lines = [*lines[: _MESSAGE_LINES - 1], rest]
        before, self._message = self._message, ("\n".join(lines), style)
        if before != self._message:
            grown = before[0].count("\n") != self._message[0].count("\n")
            self.query_one("#message", Text).update(plain(*self._message), layout=grown)

    def complain(self, error: ImfsurveyError) -> None:
        """Say what was refused."""
        self.say(f"! {error.code}: {describe(error, self.t)}", "$text-error")

    def action_more(self) -> None:
        """What does not fit below; after its end, the beginning again."""
        body = self.query_one("#body", Body)
        if body.scroll_offset.y >= body.max_scroll_y:
            body.scroll_home(animate=False)
        else:
            body.scroll_page_down(animate=False)

    def action_help(self) -> None:
        """Show the keys and what the screen is for."""
        from imfsurvey.faces.tui.dialogs import HelpDialog

        self.app.push_screen(HelpDialog(self.help_text(), self.all_hints()))

    def action_language(self) -> None:
        """Let another language be chosen."""
        from imfsurvey.faces.tui.language import LanguageDialog

        self.app.push_screen(LanguageDialog(self.languages()), self._speak)

    def languages(self) -> tuple[str, ...]:
        """The languages that can be chosen here."""
        return self.app.languages

    def _speak(self, language: str | None) -> None:
        if language is not None:
            self.app.speak(language)
