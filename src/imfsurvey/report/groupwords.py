"""Results by group in words: what groups are called, shares as exact as they may be, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from imfsurvey.analysis.disclosure.shares import FEW
from imfsurvey.analysis.groups import (
    BreakdownFigures,
    GroupFigures,
    GroupHidden,
    GroupResponses,
    GroupShare,
)
from imfsurvey.analysis.themes import SMALL
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Choice, Item, Questionnaire
from imfsurvey.questionnaire.stems import stem
from imfsurvey.report.answerwords import AnswerWords
from imfsurvey.report.words import NO_FIGURE, Words
from imfsurvey.study.results import WaveResults

LETTERS: Final[Mapping[GroupHidden, str]] = {
    "too_few": "a",
    "protected": "b",
    "released": "c",
    "whole": "d",
    "for_some": "e",
}
"""Stands in a hatched cell for the reason, which the legend gives."""


@dataclass(frozen=True)
class GroupWords:
    """One breakdown beside its texts."""

    figures: BreakdownFigures
    questionnaire: Questionnaire
    groups: tuple[Choice, ...]
    """Those of the study."""
    words: Words

    @classmethod
    def all_of(cls, found: WaveResults, words: Words) -> tuple[GroupWords, ...]:
        """The breakdowns of a wave."""
        return tuple(
            cls(one, found.questionnaires[one.questionnaire], found.groups, words)
            for one in found.figures.breakdowns
        )

    @property
    def t(self) -> Translator:
        """The interface's texts."""
        return self.words.t

    @property
    def title(self) -> str:
        """What was asked: the stems of the items."""
        stems = [self.words.text(stem(self.questionnaire, item)) for item in self.figures.by]
        return " × ".join(stems)

    def name(self, group: GroupFigures) -> str:
        """What a group is called."""
        pairs = zip(self.figures.by, group.codes, strict=True)
        answers = AnswerWords(self.questionnaire, self.groups, self.words)
        return " × ".join(answers.said(self._item(item), code) for item, code in pairs)

    def theme(self, theme_id: str) -> str:
        """What a theme is called."""
        labels = {one.id: one.label for one in self.questionnaire.themes}
        return self.words.text(labels[theme_id])

    def statement(self, item_id: str) -> str:
        """The stem of a statement; a reversed one says so."""
        return self.words.statement(self.questionnaire, item_id)

    def _item(self, item_id: str) -> Item:
        return self.questionnaire.items[item_id]

    # --- figures -----------------------------------------------------------------------------

    def share(self, share: GroupShare) -> str:
        """The favourable share, as exactly as it may be told; a dash when it is hidden."""
        if share.band is not None:
            low, high = share.band
            return self.t("{low} to {high}", low=self.words.share(low), high=self.words.share(high))
        if share.favourable is None:
            return NO_FIGURE
        said = self.words.share(share.favourable)
        return self.t("about {share}", share=said) if share.detail == "rounded" else said

    def share_or_letter(self, share: GroupShare) -> str:
        """The share, or that it is hidden, with the letter of the reason."""
        if share.hidden is None:
            return self.share(share)
        return self.t("hidden ({letter})", letter=LETTERS[share.hidden])

    def reason(self, why: GroupHidden) -> str:
        """Why there is no figure."""
        t, k = self.t, self.figures.k
        if why == "released" and self.figures.earlier is not None:
            day = self.words.date(self.figures.earlier)
            return t("would follow from what was released on {date}", date=day)
        said = {
            "too_few": t("fewer than {k} answers", k=k),
            "protected": t(
                "so that another group, or what nearly everybody in this one said, cannot be "
                "worked out"
            ),
            "released": t("would follow from what another survey of this wave shows"),
            "whole": t("not shown for everybody together either"),
            "for_some": t("only some were asked"),
        }
        return said[why]

    def reasons(self, shares: Iterable[GroupShare]) -> tuple[tuple[str, str], ...]:
        """Letter and words of the reasons that occur."""
        there = {one.hidden for one in shares if one.hidden is not None}
        return tuple((letter, self.reason(why)) for why, letter in LETTERS.items() if why in there)

    @property
    def reading(self) -> str:
        """How exact the shares are."""
        return self.t(
            "Exact from {small} answers on; “about” and ≈: rounded to 5 points; under {few} "
            "answers only the fifth in which the share lies. A theme is shown when all its "
            "statements are.",
            small=SMALL,
            few=FEW,
        )

    def responses(self, responses: GroupResponses) -> str:
        """How many of a group answered, or as much of it as may be said."""
        t, words = self.t, self.words
        headcount = responses.headcount
        if headcount == 0:
            return t("Nobody belongs to this group, says the study.")
        if responses.too_many and headcount is not None:
            return t(
                "More answers than the {headcount} people of this group: some named the wrong one, "
                "or the headcount is wrong.",
                headcount=words.count(headcount),
            )
        if responses.returned is not None:
            returned = words.count(responses.returned)
            if headcount is None or responses.rate is None:
                return t("{returned} people answered.", returned=returned)
            return t(
                "{returned} of {headcount} people answered ({rate}).",
                returned=returned,
                headcount=words.count(headcount),
                rate=words.share(responses.rate),
            )
        if responses.band is not None and headcount is not None:
            return t(
                "Between {low} and {high} of {headcount} people answered.",
                low=words.share(responses.band[0]),
                high=words.share(responses.band[1]),
                headcount=words.count(headcount),
            )
        if responses.hidden == "too_few":
            return t("Fewer than {k} people responded.", k=self.figures.k)
        return t("{k} people or more responded.", k=self.figures.k)
