"""Values made up for an item of any type: what invented respondents choose from.

What is made up is offered by the item at that moment, in the right number and within its bounds.
Whether it also fulfils the author's constraints only the interview can tell.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import Code, Status, Value
from imfsurvey.interview.dates import FIRST_YEAR, LAST_YEAR
from imfsurvey.interview.hints import NONE, Hints, fitting
from imfsurvey.interview.invented import SENTENCES, invented_text
from imfsurvey.interview.options import Option
from imfsurvey.interview.walk import Interview
from imfsurvey.interview.within import EntryInterview, add_entry
from imfsurvey.questionnaire import (
    DateItem,
    Item,
    MaturityItem,
    MultiItem,
    NumberItem,
    RankingItem,
    RepeatItem,
    TextItem,
)
from imfsurvey.questionnaire.written import DATE_LENGTHS, TODAY

WORDS: Final = "Simulation"
"""What invented respondents write where their texts stay with the answers."""
_WIDE: Final = 100
"""How far numbers reach beyond the only bound that they have."""
_YEARS: Final = 3
"""The same for dates."""
_HINTED: Final = 0.5
"""How often a value that a condition names is preferred to any other."""
_ENTRIES: Final = (0, 1, 2)
"""How many entries more than are needed, each as often."""
_SOME_DAY: Final = datetime.date(2026, 1, 1)
"""The day of a walk that has none."""


@dataclass(frozen=True)
class Inventor:
    """Makes up values, with a generator of its own and what the conditions speak of."""

    rng: random.Random
    hints: Mapping[str, Hints]

    def value(self, interview: Interview, item: Item, name: str = "") -> Value | None:
        """A value that the item takes; None when it has nothing to choose from, and for a repeat.

        `name`: of a field, `repeat.field`.
        """
        hints = self.hints.get(name or item.id, NONE)
        match item:
            case NumberItem():
                return self._number(item, hints)
            case TextItem():
                plain = WORDS
                if interview.questionnaire.anonymous:
                    plain = invented_text(interview, SENTENCES, item.max_length, self.rng)
                return self._text(item, hints, plain)
            case DateItem():
                return self._date(item, hints, interview.today or _SOME_DAY)
            case RepeatItem():
                return None
        choices = substantive(interview.options(item))
        if isinstance(item, MultiItem):
            return self._several(item, choices)
        if isinstance(item, RankingItem):
            codes = [one.value for one in choices if one.value is not None]
            wanted = len(codes) if item.top is None else min(item.top, len(codes))
            return tuple(self.rng.sample(codes, wanted)) or None
        return self.rng.choice(choices).value if choices else None

    def _several(self, item: MultiItem, choices: Sequence[Option]) -> tuple[Code, ...] | None:
        """Some of the choices, or one that stands alone."""
        alone = [one.value for one in choices if one.exclusive and one.value is not None]
        codes = [one.value for one in choices if not one.exclusive and one.value is not None]
        if alone and (not codes or self.rng.random() < len(alone) / (len(alone) + len(codes))):
            return (self.rng.choice(alone),)
        most = len(codes) if item.max_choices is None else min(item.max_choices, len(codes))
        if most == 0:
            return None
        return tuple(self.rng.sample(codes, self.rng.randint(min(item.min_choices, most), most)))

    def count(self, repeat: RepeatItem) -> int:
        """How many entries: a few more than are needed, or a number that a condition names."""
        hinted = (round(one) for one in self.hints.get(repeat.id, NONE).numbers)
        near = {repeat.min + more for more in _ENTRIES}
        near |= {one + way for one in hinted for way in (-1, 0, 1)}
        return self.rng.choice(sorted(one for one in near if repeat.min <= one <= repeat.max))

    # --- what is written --------------------------------------------------------------------

    def _number(self, item: NumberItem, hints: Hints) -> int | float:
        low, high = self._bounds(item, hints)
        step = 10**-item.decimals
        near = {
            round(one + way * step, item.decimals) for one in hints.numbers for way in (-1, 0, 1)
        }
        near |= set(item.bands)
        tried = sorted(one for one in near if low <= one <= high)
        if tried and self.rng.random() < _HINTED:
            value = self.rng.choice(tried)
        else:
            steps = round((high - low) * 10**item.decimals)
            value = round(low + self.rng.randint(0, steps) / 10**item.decimals, item.decimals)
        return float(value) if item.decimals else int(value)

    @staticmethod
    def _bounds(item: NumberItem, hints: Hints) -> tuple[int | float, int | float]:
        """Its own, else some way beyond what is known of it."""
        known = [*hints.numbers, *item.bands, *(one for one in (item.min, item.max) if one)]
        low, high = item.lowest, item.max
        if low is None:
            low = min(0 if high is None else high - _WIDE, *known, 0) if known else 0
            low = low if high is None else min(low, high)
        if high is None:
            high = max(low, *known, low) + _WIDE
        return low, high

    def _text(self, item: TextItem, hints: Hints, plain: str) -> str:
        """`plain`; now and then what a condition names, fits its pattern or has its length."""
        tried = [*hints.texts, *(fitting(one, self.rng) for one in hints.patterns)]
        tried += [self._of_length(round(one) + way) for one in hints.numbers for way in (-1, 0, 1)]
        tried = [one for one in map(str.strip, tried) if 0 < len(one) <= item.max_length]
        if tried and self.rng.random() < _HINTED:
            return self.rng.choice(tried)
        return plain[: item.max_length]

    @staticmethod
    def _of_length(length: int) -> str:
        length = min(max(length, 0), 4000)
        return (f"{WORDS}-" * (length // len(WORDS) + 1))[:length]

    def _date(self, item: DateItem, hints: Hints, today: datetime.date) -> str:
        least, most = _bound(item.min, today), _bound(item.max, today)
        years = {round(one) + way for one in hints.numbers for way in (-1, 0, 1)}
        days = [*_days(hints.texts), today]
        days += [_years_on(today, way * number) for number in sorted(years) for way in (-1, 1)]
        tried = sorted(
            day
            for day in set(days)
            if (least is None or day >= least) and (most is None or day <= most)
        )
        first = least or _years_on(most or today, -_YEARS)
        last = most or _years_on(max(first, today), _YEARS)
        if tried and self.rng.random() < _HINTED:
            day = self.rng.choice(tried)
        else:
            day = first + datetime.timedelta(days=self.rng.randint(0, max((last - first).days, 0)))
        return day.isoformat()[: DATE_LENGTHS[item.precision]]


def substantive(options: Sequence[Option]) -> list[Option]:
    """The options that say something, the non-answers left out."""
    return [option for option in options if option.status == "answered"]


def _bound(bound: str | None, today: datetime.date) -> datetime.date | None:
    if bound is None:
        return None
    return today if bound == TODAY else datetime.date.fromisoformat(bound)


def _years_on(day: datetime.date, years: int) -> datetime.date:
    """As many years later or earlier, within what can be stored."""
    year = min(max(day.year + years, FIRST_YEAR), LAST_YEAR)
    return day.replace(year=year, day=min(day.day, 28))


def _days(texts: Sequence[str]) -> Iterator[datetime.date]:
    """The texts that are dates; of a month or a year, its first day."""
    for text in texts:
        try:
            yield datetime.date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            continue


# --- giving an answer ---------------------------------------------------------------------------


def give(interview: Interview, item: Item, status: Status, value: Value | None) -> bool:
    """Give an answer with all that it needs beside it: notes, criteria of a rating.

    False when the interview does not take it, or still objects to it.
    """
    try:
        interview.record(item.id, status, value)
    except InputError:
        return False
    if isinstance(item, MaturityItem) and isinstance(value, int):
        met = interview.answer_to(item.id).criteria
        for criterion in item.criteria:
            if (criterion.level <= value) != (criterion.id in met):
                interview.meet(item.id, criterion.id)
    objections = interview.objections(item)
    lacking = [one.side for one in objections if one.side is not None]
    for side in lacking:
        interview.note(item.id, side, WORDS[: interview.side_limit(item, side)])
    left = interview.objections(item) if lacking else objections
    return not any(one.severity == "error" for one in left)


def fill(
    interview: Interview,
    repeat: RepeatItem,
    inventor: Inventor,
    answer: Callable[[Interview, Item, str], None],
) -> None:
    """New entries of a repeat instead of those that are there, each from its first field on.

    `answer` answers a field, which it is also told the name of: `repeat.field`.
    """
    interview.clear(repeat.id)
    for _ in range(inventor.count(repeat)):
        entry_id = f"e{inventor.rng.getrandbits(60):015x}"
        add_entry(interview, repeat, entry_id)
        try:
            inside = EntryInterview(interview, repeat, entry_id)
        except InputError:  # every field of it is hidden
            continue
        for one in repeat.items:
            if inside.situation.shown(one.id):
                answer(inside, one, f"{repeat.id}.{one.id}")
