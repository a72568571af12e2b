"""The walk: one page after the other, until the response is finished."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Literal

from imfsurvey.faces.plain.beside import side_prompt, tick_criteria, write_side
from imfsurvey.faces.plain.commands import (
    Typed,
    aside_help,
    help_lines,
    is_command,
    lone_letter,
    lone_letter_words,
    prompt,
    understood,
)
from imfsurvey.faces.plain.entries import added, changed, drop_if_empty, numbered
from imfsurvey.faces.plain.leaving import leave, put_aside
from imfsurvey.faces.plain.lines import NoMoreInputError
from imfsurvey.faces.plain.overview import Overview
from imfsurvey.faces.plain.pages import SLASH, Pages, keyed
from imfsurvey.faces.plain.reading import record_typed
from imfsurvey.faces.plain.talk import Talk
from imfsurvey.faces.said import says_other
from imfsurvey.faces.sitting import EntrySitting, Sitting
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError, InputError
from imfsurvey.interview import Objection
from imfsurvey.interview.answers import Side
from imfsurvey.questionnaire import (
    InfoItem,
    Item,
    MaturityItem,
    NumberItem,
    RepeatItem,
    TextItem,
)

Ending = Literal["finished", "list", "overview"]
"""An entry ends with its list, or with the overview that was asked for in it."""


class Walk:
    """One person at one questionnaire, or inside one entry of a list of it."""

    def __init__(self, sitting: Sitting, talk: Talk, whole: Sitting | None = None) -> None:
        self._sitting, self._talk = sitting, talk
        self._whole = whole
        """What the entry belongs to; None where this is no entry."""
        self._interview = sitting.interview
        self._pages = Pages(self._interview, talk, sitting.last_time)
        self._ending: Ending | None = None
        self._fresh()

    def _fresh(self) -> None:
        self._blank_warned = False
        self._lone = ""
        self._confirmed: tuple[Objection, ...] = ()
        """Warnings that were said and need only another Enter."""

    def run(self) -> Ending:
        """Until the end. Raises `LeftError`, `NoMoreInputError` and `BrokenOffError`."""
        self._pages.show()
        while self._ending is None:
            words, keys = prompt(self._interview, self._talk.t)
            self._take(self._talk.ask(words, *keys))
        return self._ending

    @property
    def _item(self) -> Item:
        return self._interview.page.item

    def _take(self, line: str) -> None:
        typed = understood(line, texts=isinstance(self._item, TextItem))
        if typed.command:
            self._command(typed)
        elif not typed.rest:
            self._go_on()
        elif isinstance(self._item, InfoItem):
            self._refuse(self._talk.t("There is nothing to answer here. Enter goes on."))
        elif isinstance(self._item, RepeatItem):
            self._open_number(self._item, typed.rest)
        else:
            self._answer(typed.rest)

    def _refuse(self, words: str) -> None:
        """Say what is wrong, and once more what can be chosen."""
        self._talk.say(words)
        self._pages.repeat()

    # --- answering --------------------------------------------------------------------------

    def _answer(self, text: str) -> None:
        item = self._item
        if isinstance(item, TextItem) and self._is_a_slip(item, text):
            return
        after = ""
        if isinstance(item, TextItem) and item.multiline:
            text, after = self._more_lines(text)
        try:
            exact = record_typed(self._interview, keyed(self._interview, self._talk.t), text)
        except InputError as error:
            self._refuse(describe(error, self._talk.t))
            return
        self._answered()
        if after:
            self._take(after)
            return
        t, words = self._talk.t, self._interview.words(item)
        if not exact:
            self._talk.say(t("What stands alone takes the other ticks away."))
            self._talk.say(t("Ticked now: {answer}", answer=words))
            return
        if isinstance(item, NumberItem) and item.bands:
            self._talk.say(t("only the band is kept: {band}", band=words))
        if says_other(self._interview.answer_to(item.id)):
            self._write("other", side_prompt("other", t))
            if not self._interview.answer_to(item.id).other:
                return
        self._go_on()

    def _is_a_slip(self, item: TextItem, text: str) -> bool:
        """A lone letter in place of a text that is there: asked once whether that is meant."""
        there = self._interview.answer_to(item.id).value is not None
        if not there or not lone_letter(text) or self._lone == text:
            return False
        self._lone = text
        self._talk.say(lone_letter_words(text, self._talk.t))
        return True

    def _more_lines(self, first: str) -> tuple[str, str]:
        """Lines until an empty one, or the end of the input, which then ends the text only; and
        the command that has ended them, if one did."""
        lines = [first]
        while True:
            try:
                line = self._talk.lines.read()
            except NoMoreInputError:
                break
            if not line:
                break
            if is_command(line):
                return "\n".join(lines), line
            lines.append("" if line == "." else line)
        return "\n".join(lines), ""

    def _answered(self) -> None:
        self._fresh()
        self._keep()

    def _keep(self) -> None:
        try:
            self._sitting.keep()
        except ImfsurveyError as error:
            self._talk.say(f"{error.code}: {describe(error, self._talk.t)}")

    def _write(self, side: Side, words: str) -> bool:
        written = write_side(self._talk, self._interview, self._item, side, words)
        if written:
            self._answered()
        return written

    # --- from page to page ------------------------------------------------------------------

    def _go_on(self) -> None:
        """To the next page when all is said; else say what is missing, or ask for it."""
        item, t = self._item, self._talk.t
        objections = self._interview.objections(item)
        if objections and objections[0].severity == "error":
            self._settle(objections[0])
        elif objections and self._confirmed != objections:
            self._confirmed = objections
            words = describe(objections[0], t)
            self._talk.say(f"{words} {t('Press Enter again to keep it.')}")
        elif self._leaves_open(item) and not self._blank_warned:
            self._blank_warned = True
            self._talk.say(t("No answer given. Press Enter again to leave it open."))
        else:
            self._forward()

    def _leaves_open(self, item: Item) -> bool:
        skipped = self._interview.state(item) == "skipped"
        return skipped and not isinstance(item, RepeatItem)

    def _settle(self, objection: Objection) -> None:
        words = describe(objection, self._talk.t)
        if objection.side is not None:
            if self._write(objection.side, words):
                self._go_on()
            return
        self._refuse(words)
        if not self._interview.answer_to(self._item.id).given:
            self._talk.say(self._later_words())

    def _later_words(self) -> str:
        key = f"{SLASH}s" if isinstance(self._item, TextItem) else "s"
        return self._talk.t("{key} leaves it for later.", key=key)

    def _forward(self) -> None:
        if self._interview.forward():
            self._turned()
        elif self._whole is not None:
            self._ending = "list"
        else:
            self._look(everything=False)

    def _back(self) -> None:
        if self._interview.back():
            self._turned()
        elif self._whole is not None:
            self._ending = "list"
        else:
            self._talk.say(self._talk.t("This is the first page."))

    def _turned(self) -> None:
        """Another page: show it, and remember it."""
        self._fresh()
        if self._interview.answers:
            self._keep()
        self._pages.show()

    # --- commands ---------------------------------------------------------------------------

    def _command(self, typed: Typed) -> None:
        option = dict(keyed(self._interview, self._talk.t)).get(typed.command)
        if option is not None and option.status != "answered" and not typed.rest:
            self._interview.record(self._item.id, option.status)
            self._answered()
            self._go_on()
            return
        if isinstance(self._item, RepeatItem) and typed.command in ("a", "x", "k", "j"):
            self._change_list(self._item, typed)
            return
        action = self._actions().get(typed.command)
        if action is None or typed.rest:
            self._refuse(self._talk.t("This cannot be typed here. ? tells what can."))
        else:
            action()

    def _actions(self) -> dict[str, Callable[[], None]]:
        return {
            "?": self._help,
            "b": self._back,
            "s": self._forward,
            "x": self._clear,
            "k": self._criteria,
            "e": lambda: self._beside("evidence"),
            "c": lambda: self._beside("comment"),
            "o": lambda: self._look(everything=True),
            "f": lambda: self._look(everything=False),
            "l": self._change_language,
            "q": lambda: leave(self._whole or self._sitting, self._talk),
        } | ({} if self._sitting.aside is None else {"p": self._put_aside})

    def _put_aside(self) -> None:
        put_aside(self._sitting, self._talk)

    def _help(self) -> None:
        questionnaire = self._interview.questionnaire.questionnaire
        inside = self._whole is not None
        lines = help_lines(
            self._interview, self._talk.t, inside=inside, languages=questionnaire.languages
        )
        lines = chain(lines, aside_help(self._sitting, self._item, self._talk.t))
        for key, words in lines:
            self._talk.say(words, key)

    def _clear(self) -> None:
        if isinstance(self._item, InfoItem):
            return
        self._interview.clear(self._item.id)
        self._answered()
        self._talk.say(self._talk.t("The answer is taken back."))

    def _criteria(self) -> None:
        item = self._item
        if not (isinstance(item, MaturityItem) and item.criteria):
            self._refuse(self._talk.t("This cannot be typed here. ? tells what can."))
        elif tick_criteria(self._talk, self._interview, item):
            self._answered()
            if self._interview.answer_to(item.id).given:
                self._go_on()

    def _beside(self, side: Side) -> None:
        if self._interview.side_limit(self._item, side):
            self._write(side, side_prompt(side, self._talk.t))
        else:
            self._refuse(self._talk.t("This cannot be typed here. ? tells what can."))

    def _look(self, *, everything: bool) -> None:
        """The overview; from inside an entry, that of the whole."""
        if self._whole is not None:
            self._ending = "overview"
        elif Overview(self._sitting, self._talk).run(everything=everything) == "finished":
            self._ending = "finished"
        else:
            self._turned()

    def _change_language(self) -> None:
        self._talk.pick_language(self._interview.questionnaire.questionnaire.languages)
        self._interview.speak(self._talk.language)
        self._pages.spell_out()
        self._pages.show()

    # --- a list -----------------------------------------------------------------------------

    def _open_number(self, repeat: RepeatItem, number: str) -> None:
        entry = numbered(self._interview, repeat, number)
        if entry is None:
            self._refuse(self._talk.t("This cannot be typed here. ? tells what can."))
        else:
            self._open(repeat, entry.id)

    def _change_list(self, repeat: RepeatItem, typed: Typed) -> None:
        if typed.command == "a":
            entry_id = added(self._talk, self._interview, repeat)
            if entry_id is not None:
                self._open(repeat, entry_id)
        elif changed(self._talk, self._interview, repeat, typed.command, typed.rest):
            self._turned()

    def _open(self, repeat: RepeatItem, entry_id: str) -> None:
        """Walk through an entry; one in which nothing was said goes again."""
        sitting = EntrySitting(self._sitting, repeat, entry_id)
        try:
            ending = Walk(sitting, self._talk, self._sitting).run()
        finally:
            drop_if_empty(self._interview, repeat, entry_id)
        self._interview.speak(self._talk.language)
        self._turned()
        if ending == "overview":
            self._look(everything=True)
