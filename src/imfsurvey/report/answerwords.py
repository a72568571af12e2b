"""What an answer to an item is called, by its code: for figures of groups and of choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from imfsurvey.interview.numbers import shown_number
from imfsurvey.interview.options import other_choice
from imfsurvey.interview.variables import Code
from imfsurvey.questionnaire import (
    OTHER,
    STUDY_GROUPS,
    Choice,
    ChoosingItem,
    Item,
    MultiItem,
    NumberItem,
    Questionnaire,
    YesNoItem,
)
from imfsurvey.report.words import Words, clean


@dataclass(frozen=True)
class AnswerWords:
    """The answers to one questionnaire; of "other", never what somebody wrote."""

    questionnaire: Questionnaire
    groups: tuple[Choice, ...]
    words: Words

    def said(self, item: Item, code: Code) -> str:
        """The words of a code; the code itself where there are none."""
        t = self.words.t
        if isinstance(item, YesNoItem):
            return t("Yes") if code == "yes" else t("No")
        if isinstance(item, NumberItem) and isinstance(code, int | float):
            return shown_number(code, item, t)
        if isinstance(item, ChoosingItem):
            if code == OTHER and item.other is not None:
                return self.words.text(other_choice(item, "", t).text)
            for choice in self._choices(item):
                if str(choice.code) == str(code):
                    return self.words.text(choice.text)
            source = self.questionnaire.items.get(item.choices_from or "")
            if isinstance(source, MultiItem):
                return self.said(source, code)
        return clean(str(code))

    def _choices(self, item: ChoosingItem) -> Iterable[Choice]:
        if item.choices_from == STUDY_GROUPS:
            return self.groups
        return self.questionnaire.listed(item)
