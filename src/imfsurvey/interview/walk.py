"""The walk itself: which page is shown, what is recorded, what is still open."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, Answer, Code, Objection, Side, Status, Value
from imfsurvey.interview.entries import following
from imfsurvey.interview.needs import Needs
from imfsurvey.interview.offers import Offers
from imfsurvey.interview.options import Option, options_of
from imfsurvey.interview.orders import Orders
from imfsurvey.interview.pages import Page, Progress, State, arranged, shown_pages
from imfsurvey.interview.rules import Rules, in_order, require_side, side_limit
from imfsurvey.interview.saying import said, words_of
from imfsurvey.interview.situation import Situation
from imfsurvey.questionnaire import (
    Choice,
    ChoosingItem,
    InfoItem,
    Item,
    LikertItem,
    MatrixItem,
    MaturityItem,
    Questionnaire,
    RankingItem,
    RepeatItem,
)
from imfsurvey.source.model import Text


class Interview:
    """Drives one response. Every face shows what it says and tells it what was answered.

    `today` is the day that conditions and bounds of dates speak of; `rng` draws the orders that
    are left to chance, without it everything comes as in the file. Raises `InputError` for answers
    that the questionnaire cannot have, and when it shows nothing at all.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        framework: Framework,
        language: str,
        *,
        groups: Sequence[Choice] = (),
        answers: Mapping[str, Answer] | None = None,
        at: str | None = None,
        today: datetime.date | None = None,
        rng: random.Random | None = None,
    ) -> None:
        self.questionnaire = questionnaire
        self.framework = framework
        self.groups = tuple(groups)
        self.language = self._spoken(language)
        self.today = today
        self._answers: dict[str, Answer] = {}
        self._orders = Orders(rng)
        self.offers = self._offers()
        self._changed()
        self.rules = Rules(questionnaire, framework, self.offers.possible)
        self._load(answers or {})
        self._at = self.pages[0].item.id
        if at is not None and any(page.item.id == at for page in self.pages):
            self._at = at

    def _load(self, answers: Mapping[str, Answer]) -> None:
        """In the order of the questionnaire: what chooses from entries comes after them."""
        items = {item_id: self._item(item_id) for item_id in answers}
        for item_id in self.questionnaire.items:
            if item_id in items:
                self.rules.require_answer(items[item_id], answers[item_id])
                if answers[item_id] != BLANK:
                    self._answers[item_id] = answers[item_id]
                self._changed()

    def _changed(self) -> None:
        """Something was said: what is shown and what holds may be another."""
        self._pages: tuple[Page, ...] | None = None
        self._states: dict[str, State] = {}
        self._done: int | None = None
        """How many items are done, once that was counted."""
        self._shown_options: dict[str, tuple[Option, ...]] = {}
        self.situation = self._seen()

    def _changed_by(self, item_id: str) -> None:
        """Something was said to an item: what does not depend on it stays as it is."""
        reached = self.questionnaire.reach.of(item_id)
        if len(reached) > 1:
            self._pages = None
        before = [self._states.pop(one, None) for one in reached]
        self._shown_options = {}  # answers are put into their texts
        self.situation = self.situation.without(reached)
        if len(reached) > 1 or before[0] is None:
            self._done = None
        elif self._done is not None and item_id in self._placed():
            now = self.state(self.questionnaire.items[item_id])
            self._done += (now == "done") - (before[0] == "done")

    def _seen(self) -> Situation:
        return Situation(self.questionnaire, self._answers, self.today, self.offers.still)

    def _offers(self) -> Offers:
        return Offers(
            self.questionnaire, self.groups, lambda: self.situation, lambda: self.language
        )

    # --- where we are ---------------------------------------------------------------------

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are shown now, in the order of the walk."""
        if self._pages is None:
            self._pages = shown_pages(self.questionnaire, self._orders, self.situation)
            self._places = {page.item.id: index for index, page in enumerate(self._pages)}
            items = (page.item for page in self._pages)
            self._asked = tuple(item for item in items if not isinstance(item, InfoItem))
        if not self._pages:
            raise InputError(
                "IMF-I127",
                "'{questionnaire}' shows nothing: every item of it is hidden",
                questionnaire=self.questionnaire.id,
            )
        return self._pages

    @property
    def _index(self) -> int:
        """The place of the page shown now; of the last one before it when it has been hidden."""
        places = self._placed()
        if self._at in places:
            return places[self._at]
        last = 0
        for section in self.questionnaire.sections:
            for item, _ in arranged(section, self._orders):
                last = places.get(item.id, last)
                if item.id == self._at:
                    return last
        return last

    def _placed(self) -> dict[str, int]:
        """By item: the index of its page."""
        return self._places if self.pages else {}

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
        self._at = self.pages[self._index + 1].item.id
        return True

    def back(self) -> bool:
        """Back one page, always free; False at the start."""
        if self.at_start:
            return False
        self._at = self.pages[self._index - 1].item.id
        return True

    def go_to(self, item_id: str) -> None:
        """To the page of an item. Raises `InputError` when there is no such page now."""
        if item_id not in self._placed():
            raise self._not_here(item_id)
        self._at = item_id

    def asked(self) -> tuple[Item, ...]:
        """The items that take an answer and are shown now, in the order of the walk."""
        return self._asked if self.pages else ()

    def rows(self, matrix: MatrixItem) -> tuple[LikertItem, ...]:
        """The rows of a matrix that are shown now."""
        return tuple(row for row in matrix.statements if self.situation.shown(row.id))

    def speak(self, language: str) -> None:
        """Change the language; answers stay."""
        self.language = self._spoken(language)
        self._shown_options = {}

    def _spoken(self, language: str) -> str:
        spoken = self.questionnaire.questionnaire.languages
        return language if language in spoken else self.questionnaire.questionnaire.default_language

    def say(self, text: Text) -> str:
        """A text of the questionnaire in the language of the walk, with what it names put in."""
        return said(text, self)

    def words(self, item: Item) -> str:
        """What counts as said to an item, in words; empty when that is nothing."""
        return words_of(item, self.answer_to(item.id), self)

    def field(self, repeat: str, name: str) -> tuple[Item, Answer] | None:
        """A field of the entry that is being filled in: here there is none."""
        return None

    # --- what is asked, what is answered --------------------------------------------------

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What has been said so far, to hidden items too; items without an entry are blank."""
        return dict(self._answers)

    def response(self) -> dict[str, Answer]:
        """What counts: an answer to every item, `not_shown` for those that are hidden."""
        return {item.id: self.counted(item.id) for item in self.questionnaire.asking_items()}

    def counted(self, item_id: str) -> Answer:
        """What counts as said to an item: nothing that is hidden or no longer offered."""
        item, answer = self._item(item_id), self.situation.answer(item_id)
        if isinstance(item, RepeatItem) and answer.entries:
            return replace(answer, value=self.offers.shown_entries(item, answer))
        return answer

    def answer_to(self, item_id: str) -> Answer:
        """What has been said to an item, as far as it is still offered."""
        item = self.questionnaire.items.get(item_id)
        answer = self._answers.get(item_id, BLANK)
        return answer if item is None else self.offers.still(self.situation, item, answer)

    def options(self, item: Item) -> tuple[Option, ...]:
        """The options of an item in the language of the walk."""
        if item.id not in self._shown_options:
            self._shown_options[item.id] = self._options(item)
        return self._shown_options[item.id]

    def _options(self, item: Item) -> tuple[Option, ...]:
        choices: Sequence[Choice] = self.offers.now(item)
        if isinstance(item, ChoosingItem):
            choices = self._orders.choices(self._order_of(item), choices, item.order)
        t = translator(self.language)
        return options_of(item, self.questionnaire, self.framework, choices, t, self.say)

    def _order_of(self, item: Item) -> str:
        """The name under which the order of the choices of an item is drawn."""
        return item.id

    def record(self, item_id: str, status: Status, value: Value | None = None) -> Answer:
        """Answer an item; its side fields stay.

        A text is kept without the blanks around it, of a number perhaps only its band. Where an
        entry was taken out of a repeat, what had chosen it is blank again. Raises `InputError` for
        what the item does not take.
        """
        item = self._item(item_id)
        value = self.rules.cleaned(item, value)
        answer = replace(self._answers.get(item_id, BLANK), status=status, value=value)
        self.rules.require_offered(item, answer)
        self._say(item_id, answer)
        return answer

    def toggle(self, item_id: str, code: Code) -> Answer:
        """Tick or untick one of several choices; in a ranking, give it the next rank or none.

        Raises `InputError` for more than are allowed.
        """
        chosen = self.answer_to(item_id).codes
        left = self.rules.toggled(self._item(item_id), chosen, code)
        if left:
            return self.record(item_id, "answered", left)
        self.clear(item_id)
        return self.answer_to(item_id)

    def move(self, item_id: str, code: Code, step: int) -> bool:
        """Move a ranked choice by one rank (-1 up, 1 down); False where it cannot go further."""
        ranked = list(self.answer_to(item_id).codes)
        if not isinstance(self._item(item_id), RankingItem) or code not in ranked:
            return False
        if not 0 <= ranked.index(code) + step < len(ranked):
            return False
        place = ranked.index(code)
        ranked.insert(place + step, ranked.pop(place))
        self.record(item_id, "answered", tuple(ranked))
        return True

    def meet(self, item_id: str, criterion_id: str) -> Answer:
        """Tick or untick a criterion of a rating. Raises `InputError` for one it does not have."""
        item, answer = self._item(item_id), self._answers.get(item_id, BLANK)
        met = {*answer.criteria} ^ {criterion_id}
        known = [one.id for one in item.criteria] if isinstance(item, MaturityItem) else []
        criteria = in_order(tuple(met), known)
        changed = replace(answer, criteria=tuple(map(str, criteria)))
        self.rules.require_offered(item, changed)
        self._say(item_id, changed)
        return changed

    def note(self, item_id: str, side: Side, text: str) -> Answer:
        """Write a side field of an item. Raises `InputError` where there is none, or too long."""
        item = self._item(item_id)
        words = text.strip()
        require_side(item, side, words)
        answer = self._answers.get(item_id, BLANK).saying(side, words)
        self._say(item_id, answer)
        return answer

    def clear(self, item_id: str) -> None:
        """Take an answer back; the side fields stay. Raises `InputError` for no such item."""
        answer = self._answers.get(self._item(item_id).id, BLANK)
        self._say(item_id, replace(answer, status="blank", value=None))

    def _say(self, item_id: str, answer: Answer) -> None:
        """Nothing said at all leaves no entry, as if the item had never been answered."""
        if answer == BLANK:
            self._answers.pop(item_id, None)
        else:
            self._answers[item_id] = answer
        repeat = self.questionnaire.items[item_id]
        if isinstance(repeat, RepeatItem):
            self._follow(repeat)
        self._changed_by(item_id)

    def _follow(self, repeat: RepeatItem) -> None:
        """Take entries that are gone out of other answers, and put ticks into their new order."""
        for item_id, answer in list(following(self.questionnaire, repeat, self._answers)):
            self._say(item_id, answer)

    @staticmethod
    def side_limit(item: Item, side: Side) -> int:
        """Most characters of a side field of an item; 0 where the item has no such field."""
        return side_limit(item, side)

    # --- what is still open ---------------------------------------------------------------

    @property
    def needs(self) -> Needs:
        """What is asked of the answers as they are now."""
        return Needs(self.framework, self.situation, self.offers.now, self.say)

    def objections(self, item: Item) -> tuple[Objection, ...]:
        """What is wrong with the answer to an item, the gravest first; nothing for a free blank."""
        return self.needs.objections(item, self.answer_to(item.id))

    def state(self, item: Item) -> State:
        """How an item stands, for progress and the review page."""
        if item.id not in self._states:
            self._states[item.id] = self._state(item)
        return self._states[item.id]

    def _state(self, item: Item) -> State:
        if isinstance(item, InfoItem):
            return "info"
        wrong = any(one.severity == "error" for one in self.objections(item))
        if not self.answer_to(item.id).given:
            return "open" if wrong else "skipped"
        return "attention" if wrong else "done"

    @property
    def progress(self) -> Progress:
        """Items done among those asked now."""
        asked = self.asked()
        if self._done is None:
            self._done = [self.state(item) for item in asked].count("done")
        return Progress(self._done, len(asked))

    def unfinished(self) -> tuple[Item, ...]:
        """The items that keep the response from being finished."""
        return tuple(item for item in self.asked() if self.state(item) in ("open", "attention"))

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
