"""The line in which the codes of a sheet are typed."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input


class KeyLine(Input):
    """A line from which nothing is copied. What stands there when a place is shown is replaced by
    what is typed; Backspace, as the first key, goes to the place before."""

    @dataclass
    class Back(Message):
        """To the place before."""

    def __init__(self) -> None:
        super().__init__()
        self._fresh = True

    def show(self, text: str) -> None:
        """Show what was typed here before."""
        self.value = text
        self.cursor_position = len(text)
        self._fresh = True
        self.focus()

    async def _on_key(self, event: events.Key) -> None:
        back = event.key == "backspace" and (self._fresh or not self.value)
        if back or event.key in ("up", "pageup"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Back())
            return
        if self._fresh and event.is_printable:
            self.value = ""
        self._fresh = False
        await super()._on_key(event)

    def action_copy(self) -> None:
        """Nothing: the clipboard would outlast the sheet."""

    def action_cut(self) -> None:
        """Nothing, for the same reason."""
