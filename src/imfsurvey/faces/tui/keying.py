"""The screen on which sheets of paper are typed in: number, codes, and both typings compared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from imfsurvey.faces.tui.chrome import Hint
from imfsurvey.faces.tui.dialogs import Question
from imfsurvey.faces.tui.keying_line import KeyLine
from imfsurvey.faces.tui.keying_pages import KeyingPages, Stage
from imfsurvey.faces.tui.keying_words import noted_words, standing
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError, InputError, RefusedError
from imfsurvey.study.keying.batch import require_mark
from imfsurvey.study.keying.typing import Typing, differences, typed_again

_HIGHEST: Final = 99_999


class KeyInScreen(KeyingPages):
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

    def on_mount(self) -> None:
        """First what was compared and could not be stored before."""
        super().on_mount()
        self._store_what_is_left()

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
            *self.last_hints(t("Leave")),
        )

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
            self._settle(chosen.typed.get(self._open[0].key, ""))
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
