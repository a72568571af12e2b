"""What the screen for typing sheets shows at each stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from textual.app import ComposeResult

from imfsurvey.faces.tui.chrome import Frame, Paragraph
from imfsurvey.faces.tui.keying_line import KeyLine
from imfsurvey.faces.tui.keying_words import (
    codes_text,
    help_text,
    hidden_words,
    in_words,
    place_words,
    standing,
)
from imfsurvey.faces.tui.settled import Pair
from imfsurvey.interview.sheet import Sheet
from imfsurvey.study.keying.batch import Batch
from imfsurvey.study.keying.typing import Place, Typing, typed_again

Stage = Literal["mark", "number", "ticket", "typing", "comparing"]


class KeyingPages(Frame):
    """The stages of a sheet: which one it is, its ticket, its answers, its differences."""

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
        with Pair(id="both"):
            yield Paragraph(id="first")
            yield Paragraph(id="second")
        yield Paragraph(id="codes")
        yield KeyLine()
        yield Paragraph(id="before")

    def title_text(self) -> str:
        """The survey."""
        return self._batch.survey.questionnaire.title.say(self.app.language)

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
            self.say(hidden_words(typing, place))
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
