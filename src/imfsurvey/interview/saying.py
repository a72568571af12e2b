"""Words for answers, and texts of a questionnaire with such words put into them."""

from __future__ import annotations

from typing import Final, Protocol

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.interview.answers import Answer
from imfsurvey.interview.dates import shown_date
from imfsurvey.interview.numbers import shown_number
from imfsurvey.interview.options import Option
from imfsurvey.interview.situation import Situation
from imfsurvey.questionnaire import OTHER, DateItem, Item, NumberItem, RankingItem, TextItem
from imfsurvey.questionnaire.expressions.evaluate import Known
from imfsurvey.questionnaire.piping import Reference, pieces
from imfsurvey.source.model import Text

_DECIMALS: Final = 2
"""Of a computed number in a text; fewer where they would be noughts."""

UNKNOWN = "…"
"""What stands for a value that is not known."""


class Walk(Protocol):
    """What is needed of an interview."""

    language: str
    situation: Situation

    def options(self, item: Item) -> tuple[Option, ...]:
        """The options of an item."""

    def field(self, repeat: str, name: str) -> tuple[Item, Answer] | None:
        """A field of the entry that is being filled in, with its answer."""


def said(text: Text, walk: Walk) -> str:
    """A text in the language of the walk, each `{name}` in it replaced by what was answered."""
    parts = pieces(text.say(walk.language))
    return "".join(part if isinstance(part, str) else _named(part, walk) for part in parts)


def _named(reference: Reference, walk: Walk) -> str:
    t = translator(walk.language)
    situation = walk.situation
    if reference.field is not None:
        found = walk.field(reference.name, reference.field)
        return words_of(*found, walk) or UNKNOWN if found is not None else UNKNOWN
    if reference.name in situation.questionnaire.formulas:
        return _value_words(situation.value(reference.name), t)
    item = situation.questionnaire.items.get(reference.name)
    if item is None:
        return UNKNOWN
    return words_of(item, situation.said(item.id), walk) or UNKNOWN


def _value_words(value: Known | None, t: Translator) -> str:
    """A computed value."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, int | float):
        decimals = next(
            n for n in range(_DECIMALS + 1) if round(value, n) == round(value, _DECIMALS)
        )
        return formats.number(value, t.language, decimals=decimals)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def words_of(item: Item, answer: Answer, walk: Walk) -> str:
    """An answer in words, in the language of the walk; empty when nothing was said."""
    t = translator(walk.language)
    if not answer.given:
        return ""
    if answer.entries:
        return t.plural("{n} entry", "{n} entries", len(answer.entries))
    if answer.status == "answered" and answer.value is not None:
        if isinstance(item, DateItem):
            return shown_date(str(answer.value))
        if isinstance(item, TextItem):
            return str(answer.value)
        if isinstance(item, NumberItem) and isinstance(answer.value, int | float):
            return shown_number(answer.value, item, t)
    labels = {
        option.value: answer.other or option.label if option.value == OTHER else option.label
        for option in walk.options(item)
        if option.status == "answered"
    }
    if answer.status != "answered":
        chosen = [one.label for one in walk.options(item) if one.status == answer.status]
        return "".join(chosen)
    names = [labels[code] for code in answer.codes if code in labels]
    if isinstance(item, RankingItem):
        return ", ".join(f"{rank} {name}" for rank, name in enumerate(names, start=1))
    return ", ".join(names)
