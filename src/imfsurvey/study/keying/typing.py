"""One sheet being typed: from place to place, with the routing of the interview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview, Objection
from imfsurvey.interview.answers import BLANK
from imfsurvey.interview.comments import kept_text
from imfsurvey.interview.sheet import Sheet
from imfsurvey.questionnaire import OTHER, AskingItem, Choice, Item, TextItem
from imfsurvey.study.keying.codes import NOTHING, code_of, read_code

Part = Literal["answer", "other", "comment"]

_WORDS_LATER: Final = "IMF-I117"
"""The objection to "other" without its words: these are typed at the next place."""


@dataclass(frozen=True)
class Place:
    """Where something is typed: the answer to an item, or words beside it."""

    item: Item
    part: Part

    @property
    def key(self) -> str:
        """What it is called in a typed sheet."""
        return self.item.id if self.part == "answer" else f"{self.item.id}/{self.part}"

    @property
    def words(self) -> bool:
        """Whether words are typed here, not codes."""
        return self.part != "answer" or isinstance(self.item, TextItem)


@dataclass(frozen=True)
class Noted:
    """What has to be said of something that was typed, although it was taken."""

    hidden: bool = False
    """Other answers hide the question: what was typed will not count."""
    not_offered: bool = False
    """Other answers take away what was chosen, or a part of it."""
    warnings: tuple[Objection, ...] = ()


class Typing:
    """A sheet on its way into the program: what was typed, and where the typist is.

    What the interview would not accept is refused, so that a sheet never holds what could not
    have been answered on a screen; only silence is free.
    """

    def __init__(self, sheet: Sheet, groups: Sequence[Choice]) -> None:
        self.sheet = sheet
        questionnaire = sheet.questionnaire
        self._interview = Interview(questionnaire, sheet.framework, sheet.language, groups=groups)
        self._at = 0

    # --- places -------------------------------------------------------------------------------

    def places(self) -> list[Place]:
        """Every place of the sheet, in its order; words of "other" only where that is ticked."""
        return list(self._places())

    def _places(self) -> Iterator[Place]:
        for item in self.sheet.questionnaire.asking_items():
            yield Place(item, "answer")
            if self._interview.side_limit(item, "other") and OTHER in self._said(item).codes:
                yield Place(item, "other")
            if isinstance(item, AskingItem) and item.comment is not None:
                yield Place(item, "comment")

    @property
    def here(self) -> Place | None:
        """The place where something is typed now; None behind the last one."""
        places = self.places()
        return places[self._at] if self._at < len(places) else None

    def hidden(self, place: Place) -> bool:
        """Whether other answers hide a question."""
        return not self._interview.situation.shown(place.item.id)

    def go_to(self, key: str) -> None:
        """To a place by its key. ValueError when there is none."""
        self._at = [place.key for place in self.places()].index(key)

    def forward(self, *, over_hidden: bool = False) -> None:
        """To the next place; `over_hidden`: to the next one that is shown."""
        self._at += 1
        while over_hidden and self.here is not None and self.hidden(self.here):
            self._at += 1

    def back(self) -> bool:
        """To the place before; False at the first."""
        self._at = max(0, min(self._at, len(self.places())) - 1) if self._at else 0
        return self._at > 0

    @property
    def begun(self) -> bool:
        """Whether anything was typed."""
        return any(self.typed.values())

    # --- what is typed ------------------------------------------------------------------------

    def put(self, place: Place, text: str) -> Noted:
        """Take what was typed at a place. Raises `InputError` for what cannot stand there."""
        item = place.item
        if place.words:
            text = " ".join(kept_text(text, lines=False).split())
        if place.part != "answer":
            self._interview.note(item.id, place.part, "" if text == NOTHING else text)
        else:
            self._answer(item, read_code(self.sheet, item, text))
        return self._noted(place)

    def _answer(self, item: Item, answer: Answer) -> None:
        before = self._said(item)
        if not answer.given:
            self._interview.clear(item.id)
            return
        self._interview.record(item.id, answer.status, answer.value)
        if not self._interview.situation.shown(item.id):
            return
        for one in self._interview.objections(item):
            if one.severity == "error" and one.code != _WORDS_LATER:
                self._restore(item, before)
                raise InputError(one.code, one.template, **one.params)

    def _restore(self, item: Item, before: Answer) -> None:
        if before.given:
            self._interview.record(item.id, before.status, before.value)
        else:
            self._interview.clear(item.id)

    def _noted(self, place: Place) -> Noted:
        said = self._said(place.item)
        if not said.given and place.part == "answer":
            return Noted()
        if self.hidden(place):
            return Noted(hidden=True)
        offered = self._interview.answer_to(place.item.id)
        found = self._interview.objections(place.item)
        return Noted(
            not_offered=offered.codes != said.codes,
            warnings=tuple(one for one in found if one.severity == "warn"),
        )

    def _said(self, item: Item) -> Answer:
        """What was typed for an item, whether it counts or not."""
        return self._interview.answers.get(item.id, BLANK)

    def text(self, place: Place) -> str:
        """What was typed at a place, in its one writing."""
        said = self._said(place.item)
        if place.part != "answer":
            return said.said(place.part)
        return code_of(self.sheet, place.item, said)

    @property
    def typed(self) -> dict[str, str]:
        """The whole sheet by the keys of its places."""
        return {place.key: self.text(place) for place in self.places()}

    def response(self) -> dict[str, Answer]:
        """What is stored: nothing that is hidden counts."""
        return self._interview.response()


def typed_again(
    sheet: Sheet, groups: Sequence[Choice], typed: Mapping[str, str]
) -> tuple[Typing, list[Place]]:
    """A typed sheet from its texts, with the places whose text cannot stand there.

    Two typings may each be possible, and what was settled between them impossible.
    """
    typing, wrong = Typing(sheet, groups), []
    while (place := typing.here) is not None:
        try:
            typing.put(place, typed.get(place.key, ""))
        except InputError:
            wrong.append(place)
        typing.forward()
    typing.go_to(typing.places()[0].key)
    return typing, wrong


def differences(first: Typing, second: Typing) -> list[Place]:
    """The places at which two typings of a sheet say something else, in its order."""
    before, now = first.typed, second.typed
    every = {place.key: place for place in (*first.places(), *second.places())}
    order = {item.id: n for n, item in enumerate(first.sheet.questionnaire.asking_items())}
    parts: dict[Part, int] = {"answer": 0, "other": 1, "comment": 2}
    return sorted(
        (place for key, place in every.items() if before.get(key, "") != now.get(key, "")),
        key=lambda place: (order[place.item.id], parts[place.part]),
    )
