"""From the items of a questionnaire to variables, and from answers to their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from imfsurvey.exchange.data.codebook import (
    STATUSES,
    Category,
    Cell,
    Measure,
    Names,
    Number,
    Variable,
    missing_values,
    values_of,
)
from imfsurvey.exchange.data.wording import Labelled, Wording
from imfsurvey.interview.answers import SIDES, Answer, Side, Status
from imfsurvey.interview.rules import side_limit
from imfsurvey.questionnaire import (
    DateItem,
    Item,
    LikertItem,
    MaturityItem,
    MultiItem,
    NumberItem,
    RankingItem,
    RepeatItem,
    TextItem,
)
from imfsurvey.source.characters import without_hidden


@dataclass(frozen=True)
class Part:
    """Variables that belong together, and what an answer says in them."""

    item: Item
    variables: tuple[Variable, ...]
    cells: Callable[[Answer], Sequence[Cell]]
    side: Side | None = None
    """The side field that it holds; None for the answer itself."""
    choices: tuple[Labelled, ...] = ()
    """Of several: the choices, each with a variable."""


class Describer:
    """Describes the items of one questionnaire."""

    def __init__(self, wording: Wording, names: Names | None = None) -> None:
        """`names`: those that are taken already."""
        self._words = wording
        self.t = wording.t
        self._names = names or Names()

    def coded(self, item: Item) -> Part:
        """What an anonymous record holds of an item: a variable, or one for each choice."""
        if isinstance(item, MultiItem):
            return self._several(item, self._words.ticks(), ranked=False)
        if isinstance(item, RankingItem):
            most = item.top or len(self._words.codes(item))
            return self._several(item, self._words.ranks(most), ranked=True)
        return self._single(item)

    def written(self, item: Item) -> Iterator[Part]:
        """The free texts of an item, which an anonymous record does not hold."""
        if isinstance(item, TextItem):
            yield self._text(item)
        for side in SIDES:
            if side_limit(item, side):
                yield self._side(item, side)

    def named(self, item: Item) -> Iterator[Part]:
        """Everything that a named response says to an item."""
        if isinstance(item, RepeatItem):
            yield self._count(item)
        elif isinstance(item, TextItem | DateItem) or self._words.of_entries(item):
            yield self._text(item)
            yield self._status(item)
        elif isinstance(item, NumberItem) and not item.bands:
            yield self._number(item)
        else:
            yield self.coded(item)
        if isinstance(item, MaturityItem) and item.criteria:
            yield self._criteria(item)
        for side in SIDES:
            if side_limit(item, side):
                yield self._side(item, side)

    # --- one kind each ------------------------------------------------------------------------

    def _single(self, item: Item) -> Part:
        measure = _measure(item)
        variable = self._category(item, item.id, self._stem(item), self._words.codes(item), measure)
        # By exact type: True and 1.0 equal the code 1.
        values: dict[object, Number] = {
            (type(one.code), one.code): one.value for one in variable.answers
        }

        def cells(answer: Answer) -> list[Cell]:
            if answer.status != "answered":
                return [variable.statuses[answer.status]]
            return [values[type(answer.value), answer.value]]

        return Part(item, (variable,), cells)

    def _several(
        self, item: MultiItem | RankingItem, said: Sequence[Labelled], *, ranked: bool
    ) -> Part:
        codes, asked = self._words.codes(item), self._stem(item)
        variables = tuple(
            self._category(item, f"{item.id}.{code}", f"{asked} – {label}", said, "nominal")
            for code, label in codes
        )
        places: dict[object, int] = {
            (type(code), code): place for place, (code, _) in enumerate(codes)
        }

        def cells(answer: Answer) -> list[Cell]:
            if answer.status != "answered":
                return [one.statuses[answer.status] for one in variables]
            given: list[Cell] = [0] * len(variables)
            for rank, code in enumerate(answer.codes, start=1):
                given[places[type(code), code]] = rank if ranked else 1
            return given

        return Part(item, variables, cells, choices=tuple(codes))

    def _number(self, item: NumberItem) -> Part:
        unit = (item.unit.say(self.t.language),) if item.unit is not None else ()
        variable = self._counted(item, item.lowest, unit, item.decimals)

        def cells(answer: Answer) -> list[Cell]:
            if isinstance(answer.value, int | float):
                return [answer.value]
            return [variable.statuses[answer.status]]

        return Part(item, (variable,), cells)

    def _count(self, item: RepeatItem) -> Part:
        note = self.t("Number of entries; each is a row of a file of its own.")
        variable = self._counted(item, 0, (note,))

        def cells(answer: Answer) -> list[Cell]:
            if answer.status == "answered":
                return [len(answer.entries)]
            return [variable.statuses[answer.status]]

        return Part(item, (variable,), cells)

    def _status(self, item: Item) -> Part:
        """Whether there is an answer: a text that is empty does not tell why."""
        label = self.t("{question} – whether there is an answer", question=self._stem(item))
        there: list[Labelled] = [(1, self.t("Answered"))]
        variable = self._category(item, f"{item.id}.status", label, there, "nominal")

        def cells(answer: Answer) -> list[Cell]:
            return [1 if answer.status == "answered" else variable.statuses[answer.status]]

        return Part(item, (variable,), cells)

    def _criteria(self, item: MaturityItem) -> Part:
        asked = self._stem(item)
        variables = tuple(
            self._category(
                item,
                f"{item.id}.{one.id}",
                f"{asked} – {self._words.say(one.text)}",
                self._words.ticks(),
                "nominal",
            )
            for one in item.criteria
        )

        def cells(answer: Answer) -> list[Cell]:
            if answer.status == "not_shown":
                return [one.statuses["not_shown"] for one in variables]
            return [int(one.id in answer.criteria) for one in item.criteria]

        return Part(item, variables, cells)

    def _text(self, item: Item) -> Part:
        variable = self._plain(item, item.id, self._stem(item))
        return Part(item, (variable,), lambda answer: [_shown(_value_text(answer))])

    def _side(self, item: Item, side: Side) -> Part:
        word = self.t.messages.gettext(SIDES[side])
        end = "other_text" if side == "other" else side  # "other" is a choice
        variable = self._plain(item, f"{item.id}.{end}", f"{self._stem(item)} – {word}")
        return Part(item, (variable,), lambda answer: [_shown(answer.said(side))], side)

    # --- their pieces -------------------------------------------------------------------------

    def _stem(self, item: Item) -> str:
        return self._words.stem(item)

    def _plain(self, item: Item, name: str, label: str) -> Variable:
        turned = isinstance(item, LikertItem) and item.reverse
        note = self.t("Agreeing is unfavourable; the values are as they were given.")
        return Variable(
            self._names.take(name),
            label,
            "text",
            item=item.id,
            section=self._words.section(item),
            condition=self._words.condition(item),
            notes=(note,) if turned else (),
        )

    def _category(
        self, item: Item, name: str, label: str, codes: Sequence[Labelled], measure: Measure
    ) -> Variable:
        values = values_of([code for code, _ in codes])
        answers = tuple(
            Category(value, words, code) for value, (code, words) in zip(values, codes, strict=True)
        )
        missing = self._missing(missing_values(min(values, default=0)))
        return replace(
            self._plain(item, name, label),
            kind="category",
            measure=measure,
            categories=(*answers, *missing),
        )

    def _counted(
        self, item: Item, lowest: Number | None, notes: tuple[str, ...], decimals: int = 0
    ) -> Variable:
        return replace(
            self._plain(item, item.id, self._stem(item)),
            kind="number",
            measure="scale",
            categories=self._missing(missing_values(lowest)),
            decimals=decimals,
            notes=notes,
        )

    def _missing(self, values: Mapping[Status, int]) -> tuple[Category, ...]:
        return tuple(
            Category(values[status], self.t.messages.gettext(words), status=status)
            for status, words in STATUSES.items()
        )


def _measure(item: Item) -> Measure:
    return "ordinal" if isinstance(item, LikertItem | MaturityItem | NumberItem) else "nominal"


def _shown(text: str) -> str:
    """A text without what cannot be seen, and without blanks that only that had kept at its ends:
    SPSS has none there."""
    return without_hidden(text).strip()


def _value_text(answer: Answer) -> str:
    """What was written, or the entries that were chosen."""
    if answer.status != "answered":
        return ""
    if isinstance(answer.value, tuple):
        return " ".join(str(code) for code in answer.codes)
    return str(answer.value)
