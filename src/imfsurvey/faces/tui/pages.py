"""Pages of an interview on which something is written: one field, or a list of entries."""

from __future__ import annotations

import uuid

from textual import on
from textual.timer import Timer
from textual.widgets import TextArea

from imfsurvey.faces.tui.chrome import Frame, Hint
from imfsurvey.faces.tui.dialogs import Question
from imfsurvey.faces.tui.entries import EntryRows
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.sitting import Sitting
from imfsurvey.faces.tui.written import Writing, WrittenField
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.dates import typed_date
from imfsurvey.interview.entries import entries_in, entry_name
from imfsurvey.interview.within import add_entry, move_entry, remove_entry
from imfsurvey.questionnaire import DateItem, InfoItem, Item, RepeatItem, TextItem

_LONG_FIELD, _SHORT_FIELD = 11, 4
"""Lines of a field: frame, text, and the line below."""

_SAVE_AFTER = 1.0
"""Seconds without a key until what is being typed is saved."""


class WrittenPages(Frame):
    """What an interview's screen does on such pages; the other pages are those of its heir."""

    sitting: Sitting
    interview: Interview
    _saving: Timer | None = None
    _drop_warned = False

    def after_answer(self) -> None:
        """Show and keep what was said."""
        raise NotImplementedError

    def action_go_on(self) -> None:
        """On, when all is said."""
        raise NotImplementedError

    def open_entry(self, repeat: RepeatItem, entry_id: str) -> None:
        """Show the pages of an entry; `returned` is called at its end."""
        raise NotImplementedError

    # --- drawing ----------------------------------------------------------------------------

    def show_written(self, item: Item) -> bool:
        """Show the field or the list of an item; False when the item has neither."""
        field, rows = self.query_one(WrittenField), self.query_one(EntryRows)
        field.display = isinstance(item, TextItem | DateItem)
        rows.display = isinstance(item, RepeatItem)
        if isinstance(item, TextItem | DateItem):
            field.show(item, self.interview.answer_to(item.id), self.t)
            field.area.focus()
            return True
        field.forget()
        if isinstance(item, RepeatItem):
            rows.list_entries(self.interview, item, self.t)
            rows.focus()
            return True
        return False

    def written_lines(self) -> int:
        """How many lines the field or the list takes."""
        item = self.interview.page.item
        if isinstance(item, RepeatItem):
            return len(entries_in(self.interview.answer_to(item.id))) + 1
        if isinstance(item, TextItem | DateItem):
            return _LONG_FIELD if isinstance(item, TextItem) and item.multiline else _SHORT_FIELD
        return 0

    def leave_word(self) -> str:
        """What Escape does."""
        return self.t("Leave")

    def page_hints(self, item: Item) -> tuple[Hint, ...]:
        """The keys that belong to the kind of page."""
        t = self.t
        first = self.interview.at_start
        if isinstance(item, RepeatItem):
            hints = [Hint("A", t("Add"), "screen.entry('add')")]
            if self.interview.answer_to(item.id).given:
                hints += [
                    Hint("Enter", t("Edit"), "screen.entry('edit')"),
                    Hint("D", t("Remove"), "screen.entry('remove')"),
                    Hint("K", t("Up"), "screen.entry('up')"),
                    Hint("J", t("Down"), "screen.entry('down')"),
                ]
            back = [] if first else [Hint("←", t("Back"), "screen.back")]
            return (*hints, Hint("→", t("Continue"), "screen.later"), *back)
        if isinstance(item, TextItem | DateItem):
            hints = [Hint("Enter", t("Continue"), "screen.go_on")]
            if isinstance(item, TextItem) and item.multiline:
                hints.append(Hint("Ctrl+J", t("New line"), "screen.new_line"))
            if not first:
                hints.append(Hint("PgUp", t("Back"), "screen.back"))
            return (*hints, Hint("PgDn", t("Later"), "screen.later"))
        return self._choice_hints(item)

    def _choice_hints(self, item: Item) -> tuple[Hint, ...]:
        """Where something is chosen, or only read."""
        t = self.t
        hints = [Hint("Enter", t("Continue"), "screen.go_on")]
        if not self.interview.at_start:
            hints.append(Hint("←", t("Back"), "screen.back"))
        if not isinstance(item, InfoItem):
            hints.append(Hint("→", t("Later"), "screen.later"))
        if self.interview.side_limit(item, "comment") > 0:
            hints.append(Hint("E", t("Evidence"), "screen.side('evidence')"))
            hints.append(Hint("C", t("Comment"), "screen.side('comment')"))
        return tuple(hints)

    def how_to(self, item: Item) -> str:
        """What to do on such a page, for its help."""
        if isinstance(item, RepeatItem):
            return self.t(
                "Add as many as you need, each with A. Enter opens the one under the cursor; "
                "D takes it out, K and J move it. An exclamation mark means that something "
                "required is missing in it."
            )
        if isinstance(item, TextItem | DateItem):
            return self.t(
                "Write, then press Enter. Ctrl+J begins a new line where there is room for "
                "several. What was typed is kept however the page is left."
            )
        return self.t(
            "Choose with the digit or letter before an answer, or with the arrows and the "
            "space bar. Enter goes on. Going back changes nothing, and Backspace takes an "
            "answer back."
        )

    # --- one field --------------------------------------------------------------------------

    @on(Writing.Kept)
    def _kept(self) -> None:
        self.action_go_on()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._drop_warned = False
        self.query_one(WrittenField).count(self.t)
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(_SAVE_AFTER, self._save)

    def _save(self) -> None:
        """While typing: what cannot be kept yet is not spoken of."""
        self._take_over()

    def _take_over(self) -> InputError | None:
        """Record what stands in the field; what is wrong with it, if anything."""
        field = self.query_one(WrittenField)
        item, typed = field.item, field.typed
        if item is None:
            return None
        before = self.interview.answer_to(item.id)
        try:
            if typed:
                value = typed_date(typed, item.precision) if isinstance(item, DateItem) else typed
                self.interview.record(item.id, "answered", value)
            elif before != Answer():
                self.interview.clear(item.id)
        except InputError as error:
            return error
        if self.interview.answer_to(item.id) != before:
            self.after_answer()
        return None

    def settled(self, *, leaving: bool = True) -> bool:
        """Keep what is typed. What cannot be kept is said, and dropped by a second press only."""
        error = self._take_over()
        if error is None:
            return True
        words = f"! {describe(error, self.t)}"
        if leaving and self._drop_warned:
            self.query_one(WrittenField).revert(
                self.interview.answer_to(self.interview.page.item.id)
            )
            return True
        if leaving:
            self._drop_warned = True
            words = f"{words} {self.t('Once more: leave it out.')}"
        self.say(words, "$text-warning")
        return False

    def action_new_line(self) -> None:
        """Start a new line."""
        self.query_one(WrittenField).area.insert("\n")

    # --- a list of entries --------------------------------------------------------------------

    def action_entry(self, what: str) -> None:
        """What the key of the list does, by mouse."""
        rows = self.query_one(EntryRows)
        if what == "edit":
            rows.action_select()
        else:
            rows.action_ask(what)

    @on(Rows.Selected)
    def _edit(self, message: Rows.Selected) -> None:
        self.open_entry(self._repeat(), message.row_id)

    @on(EntryRows.Asked)
    def _asked(self, message: EntryRows.Asked) -> None:
        repeat = self._repeat()
        if message.what == "add":
            self._add(repeat)
        elif message.entry_id is None:
            return
        elif message.what == "remove":
            self._ask_to_remove(repeat, message.entry_id)
        elif move_entry(
            self.interview, repeat, message.entry_id, -1 if message.what == "up" else 1
        ):
            self._changed(repeat, message.entry_id)

    def _repeat(self) -> RepeatItem:
        item = self.interview.page.item
        if not isinstance(item, RepeatItem):
            raise TypeError("a list of entries on the page of something else")
        return item

    def _add(self, repeat: RepeatItem) -> None:
        entry_id = uuid.uuid4().hex
        try:
            add_entry(self.interview, repeat, entry_id)
        except InputError as error:
            self.say(f"! {describe(error, self.t)}", "$text-warning")
            return
        self._changed(repeat, entry_id)
        self.open_entry(repeat, entry_id)

    def returned(self, repeat: RepeatItem, entry_id: str) -> None:
        """Back from an entry; one in which nothing was said goes again."""
        entries = {entry.id: entry for entry in entries_in(self.interview.answer_to(repeat.id))}
        if entry_id in entries and not entries[entry_id].answers:
            remove_entry(self.interview, repeat, entry_id)
        self._changed(repeat, entry_id)

    def _ask_to_remove(self, repeat: RepeatItem, entry_id: str) -> None:
        entries = entries_in(self.interview.answer_to(repeat.id))
        number = [entry.id for entry in entries].index(entry_id) + 1
        name = entry_name(repeat, entries[number - 1], number, self.t)

        def answered(remove: bool | None) -> None:
            if remove:
                remove_entry(self.interview, repeat, entry_id)
                self._changed(repeat, entry_id)

        self.app.push_screen(
            Question(
                self.t("Take this entry out?"),
                f"{name}\n\n{self.t('What refers to it elsewhere will be open again.')}",
                self.t("Remove"),
                self.t("Keep"),
            ),
            answered,
        )

    def _changed(self, repeat: RepeatItem, entry_id: str) -> None:
        rows = self.query_one(EntryRows)
        rows.list_entries(self.interview, repeat, self.t)
        rows.put_cursor(entry_id)
        self.translate()
        self.after_answer()
