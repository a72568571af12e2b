"""The words of a questionnaire for a codebook: what items ask, what their codes stand for."""

from __future__ import annotations

from collections.abc import Sequence

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.answers import Code
from imfsurvey.interview.numbers import shown_number
from imfsurvey.interview.options import YES_NO
from imfsurvey.questionnaire import (
    OTHER,
    STUDY_GROUPS,
    Choice,
    ChoosingItem,
    Item,
    LikertItem,
    MaturityItem,
    MultiItem,
    NumberItem,
    Questionnaire,
    RepeatItem,
    YesNoItem,
)
from imfsurvey.questionnaire.model import items_of
from imfsurvey.questionnaire.stems import stem, unfilled
from imfsurvey.source.model import Text

Labelled = tuple[Code | float, str]
"""A code and its words."""


class Wording:
    """The words of one questionnaire in the language of a translator."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        framework: Framework,
        groups: Sequence[Choice],
        t: Translator,
    ) -> None:
        """`groups`: the study's, as choices."""
        self.questionnaire = questionnaire
        self.t = t
        self._framework = framework
        self._groups = groups
        self._sections = {
            item.id: section.title
            for section in questionnaire.sections
            for item, _ in items_of(section)
        }

    def stem(self, item: Item) -> str:
        """What an item asks, on one line."""
        if item.id in self.questionnaire.items:
            return _line(stem(self.questionnaire, item.id).say(self.t.language))
        return self.say(item.text)  # a field of a repeat

    def section(self, item: Item) -> str:
        """The title of the section that an item stands in; empty for a field of a repeat."""
        title = self._sections.get(item.id)
        return self.say(title) if title is not None else ""

    def say(self, text: Text) -> str:
        """A text on one line, with gaps where it names answers."""
        return _line(unfilled(text.say(self.t.language)))

    def condition(self, item: Item) -> str:
        """When an item is shown, as the questionnaire writes it; empty: always."""
        texts = [one.text for one in self.questionnaire.conditions.get(item.id, ())]
        return " and ".join(f"({text})" for text in texts) if len(texts) > 1 else "".join(texts)

    def codes(self, item: Item) -> list[Labelled]:
        """The codes of an item with their words, in the order of an anonymous record."""
        if isinstance(item, LikertItem):
            return self._worded(self.questionnaire.scales[item.scale].codes)
        if isinstance(item, MaturityItem):
            language = self.t.language
            return [(one.level, one.name.say(language)) for one in self._framework.levels]
        if isinstance(item, YesNoItem):
            return [(code, self.t.messages.gettext(word)) for code, word in YES_NO.items()]
        if isinstance(item, NumberItem):
            return [(low, shown_number(low, item, self.t)) for low in item.bands]
        return self._chosen(item) if isinstance(item, ChoosingItem) else []

    def _chosen(self, item: ChoosingItem) -> list[Labelled]:
        source = self.questionnaire.items.get(item.choices_from or "")
        if isinstance(source, MultiItem):
            codes = self._chosen(source)
        elif item.choices_from == STUDY_GROUPS:
            codes = self._worded(self._groups)
        else:
            codes = self._worded(self.questionnaire.listed(item))
        if item.other is not None:
            own = item.other.text
            codes.append((OTHER, self.say(own) if own is not None else self.t("Other")))
        return codes

    def of_entries(self, item: Item) -> bool:
        """Whether what can be chosen was written by the person who answers."""
        if not isinstance(item, ChoosingItem):
            return False
        source = self.questionnaire.items.get(item.choices_from or "")
        return isinstance(source, RepeatItem) or (source is not None and self.of_entries(source))

    def ticks(self) -> list[Labelled]:
        """What a choice among several can be."""
        return [(0, self.t("Not chosen")), (1, self.t("Chosen"))]

    def ranks(self, most: int) -> list[Labelled]:
        """What a choice of a ranking can be."""
        ranks: list[Labelled] = [
            (rank, self.t("Rank {number}", number=rank)) for rank in range(1, most + 1)
        ]
        return [(0, self.t("Not ranked")), *ranks]

    def _worded(self, choices: Sequence[Choice]) -> list[Labelled]:
        return [(one.code, self.say(one.text)) for one in choices]


def _line(text: str) -> str:
    return " ".join(text.split())
