"""The list of entries of a repeat, on its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview import Interview
from imfsurvey.interview.entries import entry_name
from imfsurvey.questionnaire import RepeatItem


class EntryRows(Rows):
    """One line an entry. Enter opens, A adds, D takes out, K and J move."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,insert,plus", "ask('add')", show=False),
        Binding("d,delete", "ask('remove')", show=False),
        Binding("k,alt+up", "ask('up')", show=False),
        Binding("j,alt+down", "ask('down')", show=False),
        Binding("pagedown,right", "screen.later", show=False),
        Binding("pageup,left", "screen.back", show=False),
    ]

    @dataclass
    class Asked(Message):
        """Something is to be done: `add`, or `remove`, `up`, `down` with the cursor's entry."""

        what: str
        entry_id: str | None

    def list_entries(self, interview: Interview, repeat: RepeatItem, t: Translator) -> None:
        """Number, sign of completeness and name of each entry."""
        width = max(self.size.width, self.app.size.width - 4)
        entries = interview.answer_to(repeat.id).entries
        rows: Sequence[tuple[str, Content]] = [
            (
                entry.id,
                Content.assemble(
                    "✓ " if interview.needs.is_complete(repeat, entry) else "! ",
                    f"{number:>2} ",
                    plain(shortened(entry_name(repeat, entry, number, t), width - 6)),
                ),
            )
            for number, entry in enumerate(entries, start=1)
        ]
        self.show(rows)

    def put_cursor(self, entry_id: str) -> None:
        """The cursor on an entry, when it is there."""
        if entry_id in self._ids:
            self.go_to(self._ids.index(entry_id))

    def action_select(self) -> None:
        """Open the cursor's entry; without entries, begin the first."""
        if self.current is None:
            self.action_ask("add")
        else:
            super().action_select()

    def action_ask(self, what: str) -> None:
        """Ask the page to do something."""
        if what == "add" or self.current is not None:
            self.post_message(self.Asked(what, self.current))
