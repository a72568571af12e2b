"""A question as little as Textual has it: a RadioSet, and Enter goes to the next screen."""

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Label, RadioButton, RadioSet


class Question(Screen[None]):
    """One label and five buttons."""

    BINDINGS = [("n", "next", "Next")]  # noqa: RUF012 - as Textual's own examples have it

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def compose(self) -> ComposeResult:
        """See Textual."""
        yield Label(f"STATEMENT {self.number:03}")
        with RadioSet():
            for code in range(1, 6):
                yield RadioButton(f"Answer {code}")

    def action_next(self) -> None:
        """See Textual."""
        self.app.switch_screen(Question(self.number + 1))


class Least(App[None]):
    """Screen after screen."""

    def on_mount(self) -> None:
        """See Textual."""
        self.push_screen(Question(0))


Least().run()
