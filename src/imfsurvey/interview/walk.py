"""The walk itself: which page is shown, what is recorded, what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, SIDES, Answer, Objection, Side, Status
from imfsurvey.interview.options import Option, codes_of, offered_non_answers, options_of
from imfsurvey.questionnaire import (
    Choice,
    InfoItem,
    Item,
    MaturityItem,
    Questionnaire,
    Section,
)

State = Literal["info", "open", "skipped", "attention", "done"]
"""`open` needs an answer, `skipped` was left blank and may be, `attention` needs a side field."""


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
        self._answers: dict[str, Answer] = {}
        for item_id, answer in (answers or {}).items():
            item = self._item(item_id)
            self._check(item, answer)
            for side in SIDES:
                self._check_side(item, side, answer.said(side))
            self._keep(item_id, answer)
        self._index = 0
        if at is not None and at in questionnaire.items:
            self.go_to(at)

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
        return options_of(
            item, self.questionnaire, self.framework, self.groups, translator(self.language)
        )

    def record(self, item_id: str, status: Status, value: int | str | None = None) -> Answer:
        """Answer an item; its side fields stay. Raises `InputError` for a code not offered."""
        item = self._item(item_id)
        answer = replace(self.answer_to(item_id), status=status, value=value)
        self._check(item, answer)
        self._keep(item_id, answer)
        return answer

    def note(self, item_id: str, side: Side, text: str) -> Answer:
        """Write a side field of an item. Raises `InputError` where there is none, or too long."""
        item = self._item(item_id)
        cleaned = text.strip()
        self._check_side(item, side, cleaned)
        answer = self.answer_to(item_id).saying(side, cleaned)
        self._keep(item_id, answer)
        return answer

    def clear(self, item_id: str) -> None:
        """Take an answer back; the side fields stay. Raises `InputError` for no such item."""
        answer = self.answer_to(self._item(item_id).id)
        self._keep(item_id, replace(answer, status="blank", value=None))

    def _keep(self, item_id: str, answer: Answer) -> None:
        """Nothing said at all leaves no entry, as if the item had never been answered."""
        if answer == BLANK:
            self._answers.pop(item_id, None)
        else:
            self._answers[item_id] = answer

    @staticmethod
    def side_limit(item: Item, side: Side) -> int:
        """Most characters of a side field of an item; 0 where the item has no such field."""
        if not isinstance(item, MaturityItem):
            return 0
        return item.comment_max_length if side == "comment" else item.evidence.max_length

    # --- what is still open ---------------------------------------------------------------

    def objections(self, item: Item) -> tuple[Objection, ...]:
        """What keeps the answer to an item from being acceptable; nothing for a free blank."""
        if isinstance(item, InfoItem):
            return ()
        answer = self.answer_to(item.id)
        if not answer.given:
            if item.required:
                return (Objection("IMF-I110", "Choose an answer first."),)
            return ()
        if not isinstance(item, MaturityItem):
            return ()
        if answer.status == "na" and not answer.reason:
            return (Objection("IMF-I111", "Say why this is not applicable.", side="reason"),)
        needed = item.evidence.required_from
        if needed is None:
            needed = self.framework.aggregation.evidence_from
        if isinstance(answer.value, int) and answer.value >= needed and not answer.evidence:
            return (
                Objection(
                    "IMF-I112",
                    "From level {level} on, evidence is required.",
                    {"level": needed},
                    side="evidence",
                ),
            )
        return ()

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

    def _check(self, item: Item, answer: Answer) -> None:
        if answer.status == "answered":
            codes = codes_of(item, self.questionnaire, self.framework, self.groups)
            # By exact type: True and 1.0 equal the code 1.
            fits = type(answer.value) in (int, str) and answer.value in codes
        elif answer.status in ("blank", "not_shown"):
            fits = answer.value is None
        else:
            offered = offered_non_answers(item, self.questionnaire)
            fits = answer.value is None and answer.status in offered
        if not fits:
            raise InputError("IMF-I101", "item '{item}' does not offer this answer", item=item.id)

    def _check_side(self, item: Item, side: Side, text: str) -> None:
        limit = self.side_limit(item, side)
        if text and limit == 0:
            raise InputError(
                "IMF-I102", "item '{item}' takes no {side}", item=item.id, side=SIDES[side]
            )
        if len(text) > limit:
            raise InputError(
                "IMF-I103",
                "This text is {length} characters long; {limit} is the most.",
                length=len(text),
                limit=limit,
            )


def _pages(questionnaire: Questionnaire) -> tuple[Page, ...]:
    pages: list[Page] = []
    number = 1
    for section in questionnaire.sections:
        for item in section.items:
            pages.append(Page(item, section, number))
            if not isinstance(item, InfoItem):
                number += 1
    return tuple(pages)
