"""The screen on which sheets of paper are typed in: number, codes, and both typings compared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, Final, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from imfsurvey.faces.tui.chrome import Frame, Hint, Paragraph
from imfsurvey.faces.tui.dialogs import Question
from imfsurvey.faces.tui.keying_line import KeyLine
from imfsurvey.faces.tui.keying_words import (
    codes_text,
    help_text,
    hidden_words,
    in_words,
    noted_words,
    place_words,
    standing,
)
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError, InputError, RefusedError
from imfsurvey.interview.sheet import Sheet
from imfsurvey.study.keying.batch import Batch, require_mark
from imfsurvey.study.keying.typing import Place, Typing, differences, typed_again

Stage = Literal["mark", "number", "ticket", "typing", "comparing"]

_HIGHEST: Final = 99_999


class KeyInScreen(Frame):
    """Sheets of one survey. First and second typing look alike; who types second sees nothing of
    the first until both are compared."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", show=False),
        Binding("f2", "language", show=False),
        Binding("f4", "other_typing", show=False),
        Binding("f5", "take('first')", show=False),
        Binding("f6", "take('second')", show=False),
        Binding("f8", "anew", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, batch: Batch, *, second: bool) -> None:
        super().__init__()
        self._batch, self._second = batch, second
        self._stage: Stage = "mark"
        self._number = ""
        self._ticket = ""
        self._typing: Typing | None = None
        self._first: Typing | None = None
        self._open: list[Place] = []
        """Differences that are not settled yet."""
        self._found = 0
        self._busy = False

    def compose_body(self) -> ComposeResult:
        """What is asked, its codes, the line; below it both typings, where they differ."""
        yield Paragraph(id="standing")
        yield Paragraph(id="where")
        yield Paragraph(id="stem")
        with Horizontal(id="both"):
            yield Paragraph(id="first")
            yield Paragraph(id="second")
        yield Paragraph(id="codes")
        yield KeyLine()
        yield Paragraph(id="before")

    def on_mount(self) -> None:
        """First what was compared and could not be stored before."""
        super().on_mount()
        self._store_what_is_left()

    # --- words --------------------------------------------------------------------------------

    def title_text(self) -> str:
        """The survey."""
        return self._batch.survey.questionnaire.title.say(self.app.language)

    def hints(self) -> tuple[Hint, ...]:
        """The keys of the stage."""
        t = self.t
        keys = [Hint("Enter", t("Continue"), "screen.enter")]
        if self._stage == "number":
            other = t("First typing") if self._second else t("Second typing")
            keys.append(Hint("F4", other, "screen.other_typing"))
        elif self._stage == "typing":
            keys.append(Hint("Backspace", t("Back"), "screen.back"))
        elif self._stage == "comparing":
            keys += [
                Hint("F5", t("The first is right"), "screen.take('first')"),
                Hint("F6", t("The second is right"), "screen.take('second')"),
                Hint("F8", t("Type the sheet anew"), "screen.anew"),
            ]
        return (
            *keys,
            Hint("F2", t("Language"), "screen.language"),
            Hint("F1", t("Help"), "screen.help"),
            Hint("Esc", t("Leave"), "screen.leave"),
        )

    def help_text(self) -> str:
        """How it is typed."""
        return help_text(self.t)

    def translate(self) -> None:
        """In the language of the moment; what was typed stays."""
        self._typing = self._spoken(self._typing)
        self._first = self._spoken(self._first)
        self._show()

    def _spoken(self, typing: Typing | None) -> Typing | None:
        if typing is None or typing.sheet.language == self._sheet().language:
            return typing
        here = typing.here
        again, _ = typed_again(self._sheet(), self._batch.wave.groups, typing.typed)
        if here is not None:
            again.go_to(here.key)
        return again

    def _sheet(self) -> Sheet:
        survey, language = self._batch.survey, self.app.language
        asked = survey.questionnaire
        spoken = language if language in asked.languages else asked.default_language
        wave = self._batch.wave
        return Sheet(survey, wave.framework, spoken, wave.groups)

    # --- what is shown ------------------------------------------------------------------------

    def _show(self) -> None:
        """Everything of the stage, with an empty line or what was typed there before."""
        t = self.t
        super().translate()  # title and keys
        self._say("standing", standing(self._batch.counts, t), "$imf-muted")
        for name in ("stem", "codes", "before", "first", "second"):
            self._say(name, "")
        self.query_one("#both").display = self._stage == "comparing"
        shows: dict[Stage, Callable[[], str]] = {
            "mark": self._show_mark,
            "number": self._show_number,
            "ticket": self._show_ticket,
            "typing": self._show_typing,
            "comparing": self._show_comparing,
        }
        self.query_one(KeyLine).show(shows[self._stage]())

    def _say(self, name: str, text: str, style: str = "") -> None:
        self.query_one(f"#{name}", Paragraph).show(text, style)

    @property
    def _which(self) -> str:
        return self.t("second typing") if self._second else self.t("first typing")

    def _show_mark(self) -> str:
        t = self.t
        self._say("where", t("Which sheets are these?"), "bold")
        self._say("codes", t("Type the mark at the foot of a sheet, such as 3f2a 91bc."))
        return ""

    def _show_number(self) -> str:
        t = self.t
        self._say("where", t("Number of the next sheet ({typing})", typing=self._which), "bold")
        said = t(
            "Shuffle the sheets and write a number on each before you begin. The number is never "
            "stored with the answers."
        )
        waiting = self._batch.waiting_numbers()
        if self._second:
            numbers = ", ".join(waiting) or "–"
            said = t("These sheets were typed once: {numbers}", numbers=numbers)
        self._say("codes", said)
        return ""

    def _show_ticket(self) -> str:
        self._say("where", self.t("Sheet {number}: the ticket", number=self._number), "bold")
        self._say("codes", self.t("Type the code of the ticket that stands on the sheet."))
        return ""

    def _show_typing(self) -> str:
        typing = self._typing
        place = typing.here if typing is not None else None
        if typing is None or place is None:
            return ""
        t, number = self.t, typing.sheet.numbers[place.item.id]
        self._say(
            "where",
            t(
                "Sheet {number}, {typing}: question {n} of {count}",
                number=self._number,
                typing=self._which,
                n=number,
                count=len(list(typing.sheet.questionnaire.asking_items())),
            ),
            "bold",
        )
        self._say("stem", place_words(typing, place, t), "bold")
        self._say("codes", codes_text(typing.sheet, place, t))
        self._say("before", self._typed_before(typing, place), "$imf-muted")
        if typing.hidden(place):
            self.say(hidden_words(typing, place, t))
        return typing.text(place)

    def _typed_before(self, typing: Typing, place: Place) -> str:
        places = typing.places()
        at = [one.key for one in places].index(place.key)
        numbers = typing.sheet.numbers
        return "   ".join(
            f"{numbers[one.item.id]}: {typing.text(one)[:12] or '–'}"
            for one in places[max(0, at - 6) : at]
        )

    def _show_comparing(self) -> str:
        typing, first, place = self._typing, self._first, self._open[0]
        if typing is None or first is None:
            return ""
        t, sheet = self.t, typing.sheet
        done = self._found - len(self._open) + 1
        self._say(
            "where",
            t(
                "Sheet {number}: difference {n} of {count}",
                number=self._number,
                n=done,
                count=self._found,
            ),
            "bold",
        )
        self._say("stem", place_words(typing, place, t), "bold")
        for name, title, one in (
            ("first", t("First typing"), first),
            ("second", t("Second typing"), typing),
        ):
            words = in_words(sheet, place, one.typed.get(place.key, ""), t)
            self._say(name, f"{title}\n{words}")
        self._say("codes", codes_text(sheet, place, t))
        self._say("before", t("Look at the sheet. Type what stands there, or take one of them."))
        return ""

    # --- Enter --------------------------------------------------------------------------------

    @on(Input.Submitted)
    async def action_enter(self) -> None:
        """What was typed on the line is taken; what is wrong with it is said."""
        if self._busy:
            return
        typed = self.query_one(KeyLine).value
        self.say("")
        self._busy = True
        try:
            await self._take(typed)
        except ImfsurveyError as error:
            self._complain(error)
        finally:
            self._busy = False

    async def _take(self, typed: str) -> None:
        if self._stage == "mark":
            require_mark(self._batch.survey, typed)
            self._go_to("number")
        elif self._stage == "number":
            self._begin(typed.strip())
        elif self._stage == "ticket":
            self._ticket = await asyncio.to_thread(self._batch.checked, typed)
            self._go_to("typing")
        elif self._stage == "typing":
            self._put(typed)
        elif typed.strip():
            self._settle(typed)

    def _complain(self, error: ImfsurveyError) -> None:
        self.say(f"! {describe(error, self.t)}", "$text-error")
        line = self.query_one(KeyLine)
        line.show(line.value)

    def _go_to(self, stage: Stage) -> None:
        self._stage = stage
        self._show()

    def _begin(self, number: str) -> None:
        if not (number.isascii() and number.isdigit() and 0 < int(number) <= _HIGHEST):
            raise InputError(
                "IMF-F473", "A sheet has a whole number, from 1 to {most}.", most=_HIGHEST
            )
        number = str(int(number))
        sheet, groups = self._sheet(), self._batch.wave.groups
        self._first = None
        if self._second:
            self._first, _ = typed_again(sheet, groups, self._batch.waiting(number))
        else:
            self._batch.expect(number)
        self._number, self._ticket = number, ""
        self._typing = Typing(sheet, groups)
        ticket = not self._second and self._batch.with_tickets
        self._go_to("ticket" if ticket else "typing")

    def _put(self, typed: str) -> None:
        typing = self._typing
        if typing is None:
            return
        place = typing.here
        if place is None:  # the disk did not take it: once more
            self._typed(typing)
            return
        noted = typing.put(place, typed)
        passing = typing.hidden(place) and not typed.strip()
        typing.forward(over_hidden=passing)
        said = noted_words(noted, typing.sheet.numbers[place.item.id], self.t)
        if typing.here is None:
            self._typed(typing)
        else:
            self._show()
        if said:
            self.say(f"! {said}", "$text-warning")

    # --- the end of a typing --------------------------------------------------------------------

    def _typed(self, typing: Typing) -> None:
        """Behind the last place: keep the first typing, or compare the second with it."""
        if self._first is None:
            self._batch.keep(self._number, typing.typed, self._ticket)
            self._next(self.t("Sheet {number} is typed once.", number=self._number))
            return
        self._open = differences(self._first, typing)
        self._found = len(self._open)
        self._compare_on()

    def _compare_on(self) -> None:
        """To the next difference; when there is none left, the sheet is stored."""
        if self._open:
            self._go_to("comparing")
        elif self._typing is not None:
            self._store(self._number, self._typing)

    def _settle(self, text: str) -> None:
        """What stands on the sheet at the first difference that is left."""
        typing, place = self._typing, self._open[0]
        if typing is None:
            return
        wanted = {**typing.typed, place.key: text}
        if place.key in typing.typed:
            typing.put(place, text)
        else:
            typing, wrong = typed_again(typing.sheet, self._batch.wave.groups, wanted)
            if wrong:
                raise RefusedError(
                    "IMF-F474", "This does not go together with the other answers of the sheet."
                )
            self._typing = typing
        del self._open[0]
        self._compare_on()

    def action_take(self, which: str) -> None:
        """One of both typings is right."""
        if self._stage != "comparing" or self._first is None or self._typing is None:
            return
        chosen = self._first if which == "first" else self._typing
        self.say("")
        try:
            self._settle(chosen.typed.get(self._open[0].key, "") or "-")
        except ImfsurveyError as error:
            self._complain(error)

    def action_anew(self) -> None:
        """Both typings are dropped: perhaps they are of two sheets."""
        if self._stage == "comparing":
            self._ask(
                self.t("Drop both typings of sheet {number}?", number=self._number),
                self.t("It is then typed twice more. The ticket stays good."),
                self._drop,
            )

    def _drop(self) -> None:
        self._batch.forget(self._number)
        self._next(self.t("Sheet {number} is to be typed anew.", number=self._number))

    def _store(self, number: str, typing: Typing) -> None:
        try:
            self._batch.settle(number, typing.typed)
            self._batch.store(number, typing.response())
        except ImfsurveyError as error:
            self._next(f"! {self._not_stored(number, error)}", "$text-error")
        else:
            self._next(self.t("Sheet {number} is stored.", number=number), "$text-success")

    def _not_stored(self, number: str, error: ImfsurveyError) -> str:
        words = self.t("Sheet {number} could not be stored.", number=number)
        return f"{words} {describe(error, self.t)}"

    def _store_what_is_left(self) -> None:
        for number, typed in self._batch.unstored().items():
            typing, _ = typed_again(self._sheet(), self._batch.wave.groups, typed)
            try:
                self._batch.store(number, typing.response())
            except ImfsurveyError as error:
                self.say(f"! {self._not_stored(number, error)}", "$text-error")
        self._say("standing", standing(self._batch.counts, self.t), "$imf-muted")

    def _next(self, said: str, style: str = "$imf-muted") -> None:
        self._typing = self._first = None
        self._number = self._ticket = ""
        self._open = []
        self._go_to("number")
        self.say(said, style)

    # --- other keys -----------------------------------------------------------------------------

    @on(KeyLine.Back)
    def action_back(self) -> None:
        """To the place before. What stands on the line is not taken."""
        if self._stage == "typing" and self._typing is not None:
            self._typing.back()
            self.say("")
            self._show()

    def action_other_typing(self) -> None:
        """From the first typings to the second ones, or back."""
        if self._stage == "number":
            self._second = not self._second
            self.say("")
            self._show()

    def action_leave(self) -> None:
        """Leave the sheet; between two sheets, the program."""
        if self._stage in ("mark", "number"):
            self.dismiss(True)
            return
        kept = self.t("What was typed of it just now is dropped.")
        if self._first is not None:
            kept = self.t("The first typing stays; what was typed just now is dropped.")
        self._ask(
            self.t("Leave sheet {number}?", number=self._number), kept, lambda: self._next("")
        )

    def _ask(self, title: str, text: str, then: Callable[[], None]) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                then()

        self.app.push_screen(Question(title, text, self.t("Yes"), self.t("Go on typing")), answered)
