"""Pages of an interview on which something is written: one field, or a list of entries."""

from __future__ import annotations

import uuid

from textual import on
from textual.timer import Timer
from textual.widgets import TextArea

from imfsurvey.faces.sitting import Sitting
from imfsurvey.faces.tui.choices import Choices
from imfsurvey.faces.tui.chrome import Frame
from imfsurvey.faces.tui.entries import EntryRows
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.written import Beside, FieldItem, PageWriting, Writing, WrittenField
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Interview
from imfsurvey.interview.entries import entry_name
from imfsurvey.interview.within import add_entry, move_entry, remove_entry
from imfsurvey.questionnaire import Item, NumberItem, RepeatItem

_SAVE_AFTER = 1.0
"""Seconds without a key until what is being typed is saved."""


class WrittenPages(Frame):
    """What an interview's screen does on such pages; the other pages are those of its heirs."""

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
        field = self.query_one(WrittenField)
        field.display = isinstance(item, FieldItem)
        for rows in self.query(EntryRows):
            rows.display = isinstance(item, RepeatItem)
        if isinstance(item, FieldItem):
            self._show_field(field, item)
            return True
        field.forget()
        if isinstance(item, RepeatItem):
            listed = self.query_one(EntryRows)
            listed.list_entries(self.interview, item, self.t)
            listed.focus()
            return True
        return False

    def _show_field(self, field: WrittenField, item: FieldItem) -> None:
        unit = item.unit if isinstance(item, NumberItem) else None
        beside = Beside(
            spoken=translator(self.interview.language),
            unit="" if unit is None else self.interview.say(unit),
            letters="".join(option.key for option in self.interview.options(item)),
        )
        field.show(item, self.interview.answer_to(item.id), self.t, beside)
        field.area.focus()

    def written_lines(self) -> int:
        """How many lines the field or the list takes."""
        item = self.interview.page.item
        if isinstance(item, RepeatItem):
            return len(self.interview.answer_to(item.id).entries) + 1
        if isinstance(item, FieldItem):
            return self.query_one(WrittenField).lines
        return 0

    def leave_word(self) -> str:
        """What Escape does."""
        return self.t("Leave")

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
        self.take_over()

    def take_over(self) -> InputError | None:
        """Record what stands in the field; what is wrong with it, if anything."""
        field = self.query_one(WrittenField)
        item = field.item
        if item is None:
            return None
        before = self.interview.answer_to(item.id)
        try:
            value = field.value()
            if value is not None:
                self.interview.record(item.id, "answered", value)
            elif before.status == "answered":
                self.interview.clear(item.id)
        except InputError as error:
            return error
        if self.interview.answer_to(item.id) != before:
            self.after_answer()
        return None

    def settled(self, *, leaving: bool = True) -> bool:
        """Keep what is typed. What cannot be kept is said, and dropped by a second press only."""
        error = self.take_over()
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

    def drop_typed(self) -> None:
        """Something else was chosen: what stands in the field is not the answer any more."""
        if self.query_one(WrittenField).item is not None:
            self.query_one(WrittenField).area.text = ""

    @on(PageWriting.LetterTyped)
    def _letter(self, message: PageWriting.LetterTyped) -> None:
        self.query_one(Choices).choose_key(message.letter)

    def action_other_answers(self) -> None:
        """To the answers below the field, and back to it."""
        choices, field = self.query_one(Choices), self.query_one(WrittenField)
        if not (choices.display and field.display):
            return
        if choices.has_focus:
            field.area.focus()
        else:
            choices.focus()
            choices.ensure_cursor()

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
        entries = {entry.id: entry for entry in self.interview.answer_to(repeat.id).entries}
        if entry_id in entries and not entries[entry_id].answers:
            remove_entry(self.interview, repeat, entry_id)
        self._changed(repeat, entry_id)

    def _ask_to_remove(self, repeat: RepeatItem, entry_id: str) -> None:
        from imfsurvey.faces.tui.dialogs import Question

        entries = self.interview.answer_to(repeat.id).entries
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
