"""Invented respondents who try out every branch of a questionnaire, for its author.

They are bolder than those of `simulate`: every answer and non-answer is as likely as any other,
and what nobody said before comes first. Every other one pursues something that nobody has come
to yet (see `pursuit`). All of them answer through the real interview.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from imfsurvey.framework import Framework
from imfsurvey.interview.answers import Answer, Code, Status, Value
from imfsurvey.interview.explored import Exploration, named_places
from imfsurvey.interview.hints import hints_of, named_in
from imfsurvey.interview.invented import write_beside
from imfsurvey.interview.inventing import Inventor, fill, give, substantive
from imfsurvey.interview.options import Option
from imfsurvey.interview.pursuit import Aim, Pursuit
from imfsurvey.interview.walk import Interview
from imfsurvey.questionnaire import (
    OTHER,
    STUDY_GROUPS,
    Choice,
    ChoosingItem,
    DateItem,
    InfoItem,
    Item,
    MultiItem,
    NumberItem,
    Questionnaire,
    RankingItem,
    RepeatItem,
    TextItem,
)
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.source.model import Text

Said = tuple[Status, Value | None]
"""What may be said to an item: a status, with its value when it is answered."""

_TRIES: Final = 25
"""Values tried before an item is left open."""
_DRAWN: Final = 3
"""Values made up at once, of which one is said, where they cannot be listed."""
_CHANGE_OF_MIND: Final = 4
"""One respondent in so many goes back and changes an answer."""
_ROUNDS: Final = 3
"""How often what is still unfinished is answered anew."""


def explore(
    questionnaire: Questionnaire,
    framework: Framework,
    count: int,
    seed: int,
    groups: Sequence[Choice],
    today: datetime.date,
    progress: Callable[[int, int], None] | None = None,
) -> Exploration:
    """Let `count` invented respondents walk. The same seed, the same findings.

    `groups`: those of a study; without any, some are invented. `progress` is told how many walks
    are done, and how many there will be.
    """
    rng = random.Random(seed)
    memory = _Memory(questionnaire, rng)
    for done in range(1, count + 1):
        interview = Interview(
            questionnaire,
            framework,
            questionnaire.questionnaire.default_language,
            groups=groups or invented_groups(questionnaire),
            today=today,
        )
        aim = memory.pursuit.next_aim() if done % 2 == 0 else None
        _Explorer(interview, rng, memory, aim).walk()
        if progress is not None:
            progress(done, count)
    return memory.found(count)


def invented_groups(questionnaire: Questionnaire) -> tuple[Choice, ...]:
    """Groups of a study that there is not: those that conditions name, and two more."""
    hints = hints_of(questionnaire)
    named = {
        text
        for item in questionnaire.items.values()
        if isinstance(item, ChoosingItem) and item.choices_from == STUDY_GROUPS and item.id in hints
        for text in hints[item.id].texts
    }
    language = questionnaire.questionnaire.default_language
    codes = [*sorted(named), "group-1", "group-2"]
    return tuple(Choice(code=code, text=Text({language: code})) for code in codes)


class _Memory:
    """What all respondents so far have said and come to."""

    def __init__(self, questionnaire: Questionnaire, rng: random.Random) -> None:
        self.questionnaire = questionnaire
        self.inventor = Inventor(rng, hints_of(questionnaire))
        self.pursuit = Pursuit(questionnaire, rng)
        self.partners = _partners(questionnaire)
        self.said: Counter[tuple[object, ...]] = Counter()
        self.reached: Counter[str] = Counter()
        self.offered: set[tuple[str, Code]] = set()
        self.ends: Counter[str] = Counter()
        self.pages: list[int] = []
        self.kept_open: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.answered: set[str] = set()
        self.hidden: Counter[str] = Counter()
        self.finished = 0

    def found(self, count: int) -> Exploration:
        """All of it, in order of the file."""
        names = [name for name, _, _ in named_places(self.questionnaire)]
        return Exploration(
            respondents=count,
            finished=self.finished,
            reached={name: self.reached[name] for name in names},
            ends=_in_order(self.ends, names),
            shortest=min(self.pages, default=0),
            longest=max(self.pages, default=0),
            never_offered=self._never_offered(),
            kept_open=_in_order(self.kept_open, names),
            never_answered={
                name: self.refused[name]
                for name in names
                if self.refused[name] and name not in self.answered and not self.kept_open[name]
            },
            hidden=_in_order(self.hidden, names),
        )

    def _never_offered(self) -> dict[str, tuple[Code, ...]]:
        found: dict[str, tuple[Code, ...]] = {}
        for name, _, item in named_places(self.questionnaire):
            if not isinstance(item, ChoosingItem) or not self.reached[name]:
                continue
            codes = _codes(item, self.questionnaire)
            if missing := tuple(code for code in codes if (name, code) not in self.offered):
                found[name] = missing
        return found


def _in_order(counted: Counter[str], names: Sequence[str]) -> dict[str, int]:
    return {name: counted[name] for name in names if counted[name]}


def _codes(item: ChoosingItem, questionnaire: Questionnaire) -> tuple[Code, ...]:
    """The codes that an item may offer, as far as the file tells: not groups, not entries."""
    if item.choices_from is None:
        return tuple(choice.code for choice in questionnaire.listed(item))
    source = questionnaire.items.get(item.choices_from)
    if not isinstance(source, MultiItem):
        return ()
    # What stands alone among the ticks leaves nothing to choose from: it is often not offered.
    alone = {one.code for one in questionnaire.listed(source) if one.exclusive}
    codes = tuple(code for code in _codes(source, questionnaire) if code not in alone)
    return codes + ((OTHER,) if source.other is not None else ())


def _partners(questionnaire: Questionnaire) -> dict[str, tuple[str, ...]]:
    """By item: the others that a condition names together with it."""
    expressions: list[Expression] = [
        one for conditions in questionnaire.conditions.values() for one in conditions
    ]
    together: dict[str, set[str]] = {}
    for expression in dict.fromkeys(expressions):
        names = named_in(expression, questionnaire) & questionnaire.items.keys()
        for name in names:
            together.setdefault(name, set()).update(names - {name})
    return {name: tuple(sorted(others)) for name, others in together.items()}


class _Explorer:
    """One respondent."""

    def __init__(
        self, interview: Interview, rng: random.Random, memory: _Memory, aim: Aim | None
    ) -> None:
        self._interview = interview
        self._rng = rng
        self._memory = memory
        self._aim = aim
        self._plan: Mapping[str, Answer] = memory.pursuit.plan(aim) if aim is not None else {}
        self._seen: set[str] = set()
        self._refused: set[str] = set()

    def walk(self) -> None:
        """From the first page to the last, perhaps back to change an answer, and to the end."""
        self._onwards()
        self._memory.pursuit.weigh(self._interview.situation, self._aim)
        if self._rng.randrange(_CHANGE_OF_MIND) == 0:
            self._change_mind()
        for _ in range(_ROUNDS):
            unfinished = self._interview.unfinished()
            for item in unfinished:
                self._answer(self._interview, item, item.id)
            if not unfinished:
                break
        self._remember()

    def _onwards(self) -> None:
        """Answer what is shown and was not seen before. A condition speaks of earlier items."""
        for item in self._interview.questionnaire.items.values():
            if item.id not in self._seen and self._interview.situation.shown(item.id):
                self._seen.add(item.id)
                self._answer(self._interview, item, item.id)

    def _change_mind(self) -> None:
        """Back to an item that others depend on, and on from there."""
        interview, partners = self._interview, self._memory.partners
        before = [one for one in interview.asked() if interview.answer_to(one.id).given]
        deciding = [one for one in before if one.id in partners]
        if not deciding:
            return
        item = self._rng.choice(deciding)
        self._plan = {}
        self._answer(interview, item, item.id)
        for one in before:
            if not interview.situation.shown(one.id):
                self._memory.hidden[one.id] += 1
        self._onwards()

    def _remember(self) -> None:
        memory, interview = self._memory, self._interview
        pages, unfinished = interview.pages, interview.unfinished()
        memory.reached.update(self._seen)
        memory.refused.update(self._refused)
        memory.ends[pages[-1].item.id] += 1
        memory.pages.append(len(pages))
        memory.kept_open.update(item.id for item in unfinished)
        memory.finished += not unfinished
        memory.pursuit.close({*memory.reached}, memory.offered)

    # --- one item ---------------------------------------------------------------------------

    def _answer(self, interview: Interview, item: Item, name: str) -> None:
        """Say something, or leave it open where that is allowed."""
        if isinstance(item, InfoItem):
            return
        if isinstance(item, RepeatItem):
            fill(interview, item, self._memory.inventor, self._answer_field)
            return
        options = interview.options(item)
        if isinstance(item, ChoosingItem):
            offered = [(name, one.value) for one in substantive(options) if one.value is not None]
            self._memory.offered.update(offered)
        planned = self._plan.get(name)
        if planned is not None and give(interview, item, planned.status, planned.value):
            self._note(name, (planned.status, planned.value))
            return
        refused = False
        for _ in range(_TRIES):
            said = self._preferred(interview, item, name, options, refused)
            if said is None:
                break
            if said[0] == "blank":
                interview.clear(item.id)
                self._note(name, said)
                return
            if give(interview, item, *said):
                write_beside(interview, item, self._rng)
                self._note(name, said)
                return
            refused = True
        interview.clear(item.id)
        if refused:
            self._refused.add(name)

    def _answer_field(self, inside: Interview, item: Item, name: str) -> None:
        self._seen.add(name)
        self._answer(inside, item, name)

    def _preferred(
        self,
        interview: Interview,
        item: Item,
        name: str,
        options: Sequence[Option],
        insist: bool,
    ) -> Said | None:
        """What nobody said before; else, of what conditions look at, what was said least beside
        the other answers; else anything. `insist`: an answer was refused, so try another one."""
        pool = self._pool(interview, item, name, options, insist)
        unsaid = [one for one in pool if not self._memory.said[name, _kept(item, one)]]
        if not pool or unsaid or insist:
            return self._rng.choice(unsaid or pool) if pool else None
        pursued = self._aim is not None and name in self._aim.named
        if pursued or not self._memory.partners.get(name):
            return self._rng.choice(pool)
        return min(pool, key=lambda one: (self._met(name, item, one), self._rng.random()))

    def _pool(
        self,
        interview: Interview,
        item: Item,
        name: str,
        options: Sequence[Option],
        insist: bool,
    ) -> list[Said]:
        silent: list[Said] = [(one.status, None) for one in options if one.status != "answered"]
        if not interview.needs.required(item) and not insist:
            silent.append(("blank", None))
        if isinstance(item, MultiItem | RankingItem | NumberItem | TextItem | DateItem):
            drawn = [self._memory.inventor.value(interview, item, name) for _ in range(_DRAWN)]
            values: list[Said] = [("answered", value) for value in drawn if value is not None]
        else:
            values = [("answered", one.value) for one in substantive(options)]
        return [*values, *silent]

    def _met(self, name: str, item: Item, said: Said) -> int:
        """How often this was said beside the answers of this respondent to its partners."""
        return sum(self._memory.said[key] for key in self._beside(name, _kept(item, said)))

    def _beside(self, name: str, kept: object) -> list[tuple[object, ...]]:
        situation = self._interview.situation
        partners = self._memory.partners.get(name, ())
        told = [(one, situation.said(one)) for one in partners if one in self._seen]
        return [
            (name, kept, one, answer.status, len(answer.entries) or answer.value)
            for one, answer in told
        ]

    def _note(self, name: str, said: Said) -> None:
        repeat, _, inner = name.partition(".")
        item = self._memory.questionnaire.items[repeat]
        if isinstance(item, RepeatItem):
            item = next(one for one in item.items if one.id == inner)
        kept = _kept(item, said)
        self._memory.said[name, kept] += 1
        self._memory.said.update(self._beside(name, kept))
        if said[0] == "answered":
            self._memory.answered.add(name)


def _kept(item: Item, said: Said) -> object:
    """What counts as the same answer: of what is written only whether it was."""
    return said[0] if isinstance(item, NumberItem | TextItem | DateItem) else said
