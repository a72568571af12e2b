"""The least that a Textual program can be: one label. The floor of a first screen."""

from textual.app import App, ComposeResult
from textual.widgets import Label


class Least(App[None]):
    """One label."""

    def compose(self) -> ComposeResult:
        """See Textual."""
        yield Label("FIRST QUESTION")


Least().run()
