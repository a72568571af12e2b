"""The walk itself: which page is shown, what is recorded, what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, SIDES, Answer, Objection, Side, Status, Value
from imfsurvey.interview.entries import as_choices, entries_in, without_gone
from imfsurvey.interview.options import Option, options_of
from imfsurvey.interview.rules import Rules, cleaned, require_side, side_limit
from imfsurvey.questionnaire import (
    STUDY_GROUPS,
    Choice,
    InfoItem,
    Item,
    Questionnaire,
    RepeatItem,
    Section,
    SingleItem,
)

State = Literal["info", "open", "skipped", "attention", "done"]
"""`open` needs an answer, `skipped` was left blank and may be, `attention` needs more."""


@dataclass(frozen=True)
class Page:
    """One item on its way past the respondent. Numbers count from 1, over asking items only."""

    item: Item
    section: Section
    number: int
    """Of this item among the asking items; an info page carries the number of the next one."""


@dataclass(frozen=True)
class Progress:
    """How far a response is, over asking items."""

    done: int
    total: int


class Interview:
    """Drives one response. Every face shows what it says and tells it what was answered."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        framework: Framework,
        language: str,
        *,
        groups: Sequence[Choice] = (),
        answers: Mapping[str, Answer] | None = None,
        at: str | None = None,
    ) -> None:
        self.questionnaire = questionnaire
        self.framework = framework
        self.groups = tuple(groups)
        self.language = self._spoken(language)
        self.pages = _pages(questionnaire)
        self.rules = Rules(questionnaire, framework, self.taken)
        self._answers: dict[str, Answer] = {}
        self._load(answers or {})
        self._index = 0
        if at is not None and at in questionnaire.items:
            self.go_to(at)

    def _load(self, answers: Mapping[str, Answer]) -> None:
        """In the order of the questionnaire: what chooses from entries comes after them."""
        items = {item_id: self._item(item_id) for item_id in answers}
        for item_id in self.questionnaire.items:
            if item_id in items:
                self.rules.require_offered(items[item_id], answers[item_id])
                for side in SIDES:
                    require_side(items[item_id], side, answers[item_id].said(side))
                if answers[item_id] != BLANK:
                    self._answers[item_id] = answers[item_id]

    # --- where we are ---------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown now."""
        return self.pages[self._index]

    @property
    def at_start(self) -> bool:
        """Whether there is no page before this one."""
        return self._index == 0

    @property
    def at_end(self) -> bool:
        """Whether this is the last page."""
        return self._index == len(self.pages) - 1

    def forward(self) -> bool:
        """On to the next page; False at the end."""
        if self.at_end:
            return False
        self._index += 1
        return True

    def back(self) -> bool:
        """Back one page, always free; False at the start."""
        if self.at_start:
            return False
        self._index -= 1
        return True

    def go_to(self, item_id: str) -> None:
        """To the page of an item. Raises `InputError` when there is no such page."""
        for index, page in enumerate(self.pages):
            if page.item.id == item_id:
                self._index = index
                return
        raise self._not_here(item_id)

    def speak(self, language: str) -> None:
        """Change the language; answers stay."""
        self.language = self._spoken(language)

    def _spoken(self, language: str) -> str:
        spoken = self.questionnaire.questionnaire.languages
        return language if language in spoken else self.questionnaire.questionnaire.default_language

    # --- what is asked, what is answered --------------------------------------------------

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What has been said so far, by item id; items without an entry are blank."""
        return dict(self._answers)

    def answer_to(self, item_id: str) -> Answer:
        """What has been said to an item."""
        return self._answers.get(item_id, BLANK)

    def options(self, item: Item) -> tuple[Option, ...]:
        """The options of an item in the language of the walk."""
        t = translator(self.language)
        return options_of(item, self.questionnaire, self.framework, self.taken(item), t)

    def taken(self, item: Item) -> tuple[Choice, ...]:
        """The choices of an item that has none of its own: groups of the study, or entries."""
        source = item.choices_from if isinstance(item, SingleItem) else None
        if source == STUDY_GROUPS:
            return self.groups
        repeat = self.questionnaire.items.get(source) if source else None
        if not isinstance(repeat, RepeatItem):
            return ()
        entries = entries_in(self.answer_to(repeat.id))
        return as_choices(repeat, entries, translator(self.language))

    def record(self, item_id: str, status: Status, value: Value | None = None) -> Answer:
        """Answer an item; its side fields stay.

        A text is kept without the blanks around it. Where an entry was taken out of a repeat, what
        had chosen it is blank again. Raises `InputError` for what the item does not take.
        """
        item = self._item(item_id)
        value = cleaned(item, value)
        answer = replace(self.answer_to(item_id), status=status, value=value)
        self.rules.require_offered(item, answer)
        self._say(item_id, answer)
        return answer

    def note(self, item_id: str, side: Side, text: str) -> Answer:
        """Write a side field of an item. Raises `InputError` where there is none, or too long."""
        item = self._item(item_id)
        words = text.strip()
        require_side(item, side, words)
        answer = self.answer_to(item_id).saying(side, words)
        self._say(item_id, answer)
        return answer

    def clear(self, item_id: str) -> None:
        """Take an answer back; the side fields stay. Raises `InputError` for no such item."""
        answer = self.answer_to(self._item(item_id).id)
        self._say(item_id, replace(answer, status="blank", value=None))

    def _say(self, item_id: str, answer: Answer) -> None:
        """Nothing said at all leaves no entry, as if the item had never been answered."""
        if answer == BLANK:
            self._answers.pop(item_id, None)
        else:
            self._answers[item_id] = answer
        repeat = self.questionnaire.items[item_id]
        if isinstance(repeat, RepeatItem):
            self._forget_gone(repeat)

    def _forget_gone(self, repeat: RepeatItem) -> None:
        """Blank what chose an entry that is not there any more."""
        kept = {entry.id for entry in entries_in(self.answer_to(repeat.id))}
        for item in self.questionnaire.asking_items():
            answer = self.answer_to(item.id)
            if isinstance(item, RepeatItem):
                entries = entries_in(answer)
                fields = {one.id for one in item.items if _chooses_from(one, repeat)}
                left = without_gone(entries, fields, kept)
                if left != entries:
                    self._say(item.id, replace(answer, value=left))
            elif _chooses_from(item, repeat) and answer.value not in (None, *kept):
                self.clear(item.id)

    @staticmethod
    def side_limit(item: Item, side: Side) -> int:
        """Most characters of a side field of an item; 0 where the item has no such field."""
        return side_limit(item, side)

    # --- what is still open ---------------------------------------------------------------

    def objections(self, item: Item) -> tuple[Objection, ...]:
        """What keeps the answer to an item from being acceptable; nothing for a free blank."""
        return self.rules.objections(item, self.answer_to(item.id))

    def state(self, item: Item) -> State:
        """How an item stands, for progress and the review page."""
        if isinstance(item, InfoItem):
            return "info"
        objections = self.objections(item)
        if not self.answer_to(item.id).given:
            return "open" if objections else "skipped"
        return "attention" if objections else "done"

    @property
    def progress(self) -> Progress:
        """Items done among the asking items."""
        states = [self.state(item) for item in self.questionnaire.asking_items()]
        return Progress(states.count("done"), len(states))

    def unfinished(self) -> tuple[Item, ...]:
        """The items that keep the response from being finished."""
        return tuple(
            item
            for item in self.questionnaire.asking_items()
            if self.state(item) in ("open", "attention")
        )

    # --- guards ---------------------------------------------------------------------------

    def _item(self, item_id: str) -> Item:
        item = self.questionnaire.items.get(item_id)
        if item is None or isinstance(item, InfoItem):
            raise self._not_here(item_id)
        return item

    def _not_here(self, item_id: str) -> InputError:
        return InputError(
            "IMF-I100",
            "item '{item}' is not asked in '{questionnaire}'",
            item=item_id,
            questionnaire=self.questionnaire.id,
        )


def _chooses_from(item: Item, repeat: RepeatItem) -> bool:
    return isinstance(item, SingleItem) and item.choices_from == repeat.id


def _pages(questionnaire: Questionnaire) -> tuple[Page, ...]:
    pages: list[Page] = []
    number = 1
    for section in questionnaire.sections:
        for item in section.items:
            pages.append(Page(item, section, number))
            if not isinstance(item, InfoItem):
                number += 1
    return tuple(pages)
