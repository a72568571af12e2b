"""The overview: every question with its number and how it stands, and the way to finish."""

from __future__ import annotations

import textwrap
from typing import Final, Literal

from imfsurvey.faces.plain.commands import aside_help
from imfsurvey.faces.plain.leaving import leave, put_aside
from imfsurvey.faces.plain.talk import Talk
from imfsurvey.faces.said import answer_words, name_of
from imfsurvey.faces.sitting import Sitting, worth_trying_again
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview.pages import State
from imfsurvey.questionnaire import Item

_NAME: Final = 50
"""Characters of what a question is called by; the rest of its line is for the answer."""

_FIRST: Final = 5
"""Questions that are named when some are missing: who listens hears no longer list unasked."""

Outcome = Literal["finished", "page"]


class Overview:
    """Shown at the end with what still needs the person, on demand with everything."""

    def __init__(self, sitting: Sitting, talk: Talk) -> None:
        self._sitting, self._talk = sitting, talk
        self._interview = sitting.interview

    def run(self, *, everything: bool) -> Outcome:
        """Until the response is finished, or a page is chosen. Raises `LeftError`."""
        self._show(everything=everything)
        while True:
            typed = self._talk.ask(self._prompt(), self._talk.t("? for help")).casefold()
            outcome = self._taken(typed.removeprefix("/"))
            if outcome is not None:
                return outcome

    def _taken(self, typed: str) -> Outcome | None:
        items = self._interview.asked()
        if typed == "f":
            return self._finish()
        if typed in ("b", ""):
            return self._back(jump=not typed)
        numbers = {str(number): item for number, item in enumerate(items, start=1)}
        if typed in numbers:
            self._interview.go_to(numbers[typed].id)
            return "page"
        if typed == "o":
            self._show(everything=True)
        elif typed == "?":
            self._help()
        elif typed == "q":
            leave(self._sitting, self._talk)
        elif typed == "p" and self._sitting.aside is not None:
            put_aside(self._sitting, self._talk)
        else:
            self._talk.say(self._talk.t("Type the number of a question, f, or ? for help."))
        return None

    def _back(self, *, jump: bool) -> Outcome | None:
        """To the page that was open; Enter goes to the first thing that is missing."""
        unfinished = self._interview.unfinished()
        if jump and not unfinished:
            self._talk.say(self._finish_words())
            return None
        if jump:
            self._interview.go_to(unfinished[0].id)
        return "page"

    # --- what is said -----------------------------------------------------------------------

    def _show(self, *, everything: bool) -> None:
        interview, talk, t = self._interview, self._talk, self._talk.t
        talk.say()
        progress, unfinished = interview.progress, interview.unfinished()
        talk.say(t("Overview"))
        talk.say(t("Answered: {done} of {total}", done=progress.done, total=progress.total))
        if unfinished:
            count = len(unfinished)
            talk.say(t.plural("{n} item still needs you", "{n} items still need you", count))
        else:
            talk.say(t("Nothing is missing."))
        wanted = None if everything else {item.id for item in unfinished[:_FIRST]}
        for number, item in enumerate(interview.asked(), start=1):
            if wanted is None or item.id in wanted:
                talk.say(self._row(item), f"{number}  ")
        if wanted is not None and len(unfinished) > _FIRST:
            more = len(unfinished) - _FIRST
            talk.say(t.plural("and {n} more: o lists it", "and {n} more: o lists them", more))

    def _row(self, item: Item) -> str:
        t, state = self._talk.t, self._interview.state(item)
        name = textwrap.shorten(name_of(item, self._interview), _NAME, placeholder=" …")
        states: dict[State, str] = {
            "open": t("open"),
            "skipped": t("left open"),
            "attention": t("something is still missing"),
        }
        said = " ".join(answer_words(item, self._interview).split())
        words = (states.get(state, ""), textwrap.shorten(said, _NAME, placeholder=" …"))
        return f"{name} – {', '.join(filter(None, words))}"

    def _prompt(self) -> str:
        t = self._talk.t
        if self._interview.unfinished():
            return t("Number of a question, Enter for the first one open")
        return self._finish_words()

    def _finish_words(self) -> str:
        t = self._talk.t
        return t("f to finish") if self._sitting.resumable else t("f to send your answers")

    def _help(self) -> None:
        talk, t = self._talk, self._talk.t
        number = len(self._interview.asked())
        talk.say(t("to that question"), f"1-{number}  ")
        talk.say(t("to the first question that needs you"), f"{t('Enter')}  ")
        talk.say(t("Finish") if self._sitting.resumable else t("Send"), "f  ")
        talk.say(t("back to the page you came from"), "b  ")
        talk.say(t("list every question"), "o  ")
        for key, words in aside_help(self._sitting, self._interview.page.item, t):
            talk.say(words, key.removeprefix("/"))
        talk.say(t("leave"), "q  ")

    # --- the end ----------------------------------------------------------------------------

    def _finish(self) -> Outcome | None:
        talk, t = self._talk, self._talk.t
        if self._interview.unfinished():
            self._show(everything=False)
            return None
        try:
            self._sitting.finish()
        except ImfsurveyError as error:
            talk.say(f"{error.code}: {describe(error, t)}")
            if worth_trying_again(error):
                talk.say(t("Nothing is lost: type f to try again."))
            return None
        return "finished"
