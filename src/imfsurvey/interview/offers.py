"""The choices of an item: its own, a list's, those of the study, what was said before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview.answers import BLANK, Answer, Entry
from imfsurvey.interview.entries import as_choices, only
from imfsurvey.interview.options import other_choice
from imfsurvey.interview.situation import Situation
from imfsurvey.questionnaire import (
    OTHER,
    STUDY_GROUPS,
    Choice,
    ChoosingItem,
    Item,
    ListedChoice,
    MultiItem,
    Questionnaire,
    RepeatItem,
)


@dataclass(frozen=True)
class Offers:
    """Where the choices of one response come from."""

    questionnaire: Questionnaire
    groups: tuple[Choice, ...]
    situation: Callable[[], Situation]
    """The moment: what has been said so far."""
    language: Callable[[], str]

    def possible(self, item: Item) -> tuple[Choice, ...]:
        """All choices that an item may ever offer in this response, whatever conditions say."""
        if not isinstance(item, ChoosingItem):
            return ()
        source = self._source(item)
        if isinstance(source, MultiItem):
            choices = self.possible(source)
        elif isinstance(source, RepeatItem):
            entries = self.situation().answers.get(source.id, BLANK).entries
            choices = as_choices(source, entries, translator(self.language()))
        else:
            choices = self.groups if item.choices_from else self.questionnaire.listed(item)
        return self._with_other(item, choices)

    def now(self, item: Item, moment: Situation | None = None) -> tuple[Choice, ...]:
        """The choices that an item offers at this moment, or at another one."""
        if not isinstance(item, ChoosingItem):
            return ()
        situation, source = moment or self.situation(), self._source(item)
        if isinstance(source, MultiItem):
            answer = situation.said(source.id)
            ticked = [one for one in self.now(source, situation) if one.code in answer.codes]
            choices = tuple(self._in_own_words(one, source, answer) for one in ticked)
        elif isinstance(source, RepeatItem):
            entries = situation.said(source.id).entries
            choices = as_choices(source, entries, translator(self.language()))
        else:
            choices = tuple(
                one
                for one in (self.groups if item.choices_from else self.questionnaire.listed(item))
                if not isinstance(one, ListedChoice) or situation.holds(one.show_if) is True
            )
        return self._with_other(item, choices)

    def still(self, moment: Situation, item: Item, answer: Answer) -> Answer:
        """An answer without the choices that are not offered any more at a moment."""
        if not isinstance(item, ChoosingItem) or not answer.codes:
            return answer
        return only(answer, {choice.code for choice in self.now(item, moment)})

    def shown_entries(self, repeat: RepeatItem, answer: Answer) -> tuple[Entry, ...]:
        """The entries of a repeat, without what is hidden in them."""
        situation = self.situation()
        return tuple(
            replace(
                entry,
                answers={
                    field: counted
                    for field in entry.answers
                    if (counted := situation.field_answer(repeat, entry, field)).given
                },
            )
            for entry in answer.entries
        )

    def _source(self, item: ChoosingItem) -> Item | None:
        """The item that gives the choices, where one does."""
        if item.choices_from in (None, STUDY_GROUPS):
            return None
        return self.questionnaire.items.get(item.choices_from or "")

    def _with_other(self, item: ChoosingItem, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """The choice to write something else comes before what ends the list ("none of these")."""
        if item.other is None:
            return choices
        end = len(choices)
        while end and _ends_the_list(choices[end - 1]):
            end -= 1
        other = other_choice(item, "", translator(self.language()))
        return (*choices[:end], other, *choices[end:])

    def _in_own_words(self, choice: Choice, source: MultiItem, answer: Answer) -> Choice:
        """What was written for `other` stands for it where it is offered again."""
        if choice.code != OTHER or source.other is None:
            return choice
        return other_choice(source, answer.other, translator(self.language()))


def _ends_the_list(choice: Choice) -> bool:
    return isinstance(choice, ListedChoice) and (choice.exclusive or choice.pin == "last")
