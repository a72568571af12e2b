"""The figures of choices, bands and rankings in words: the screens, the sheet and the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imfsurvey.analysis.choices import counted_items
from imfsurvey.analysis.chosen import ChoiceFigures, ChoiceShare
from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.variables import Code
from imfsurvey.questionnaire import Item
from imfsurvey.questionnaire.stems import stem
from imfsurvey.report.answerwords import AnswerWords
from imfsurvey.report.words import NO_FIGURE, Words
from imfsurvey.study.results import WaveResults


@dataclass(frozen=True)
class ChoiceWords:
    """One item that offers choices beside its texts."""

    figures: ChoiceFigures
    answers: AnswerWords

    @classmethod
    def all_of(
        cls, found: WaveResults, survey: PerceptionFigures, words: Words
    ) -> tuple[ChoiceWords, ...]:
        """The items of a survey, in the order of the questionnaire."""
        questionnaire = found.questionnaires[survey.questionnaire]
        answers = AnswerWords(questionnaire, found.groups, words)
        return tuple(cls(one, answers) for one in survey.choices or ())

    @property
    def t(self) -> Translator:
        """The interface's texts."""
        return self.answers.words.t

    @property
    def _item(self) -> Item:
        return self.answers.questionnaire.items[self.figures.item]

    @property
    def title(self) -> str:
        """What was asked."""
        return self.answers.words.text(stem(self.answers.questionnaire, self.figures.item))

    @property
    def ranked(self) -> bool:
        """Whether choices were put into an order."""
        return self.figures.kind == "ranking"

    @property
    def hidden(self) -> str:
        """Why there are no figures; empty when there are."""
        t, figures = self.t, self.figures
        if figures.hidden == "too_few":
            return t("not shown: fewer than {k} answers, or fewer than {k} not asked", k=figures.k)
        if figures.hidden == "large_majority" and figures.leading is not None:
            name = self._name(figures.leading)
            if self.ranked:
                return t("a large majority puts {choice} first; no figure", choice=name)
            return t("a large majority answers {choice}; no figure", choice=name)
        if figures.hidden == "protected":
            return t("not shown: a figure would tell what fewer than {k} people said", k=figures.k)
        return ""

    @property
    def columns(self) -> tuple[str, ...]:
        """What the cells of a row are."""
        t = self.t
        return (t("First place"), t("Mean rank")) if self.ranked else (t("Share"),)

    def rows(self) -> Iterator[tuple[str, tuple[str, ...], float | None]]:
        """By choice: what it is called, its cells, and its share where that is shown."""
        for one in self.figures.choices:
            cells = (self._share(one), self._mean(one)) if self.ranked else (self._share(one),)
            yield self.name(one), cells, one.share

    def name(self, choice: ChoiceShare) -> str:
        """What a choice is called."""
        return self.answers.said(self._item, choice.code)

    def _name(self, code: Code) -> str:
        return self.answers.words.quoted(self.answers.said(self._item, code))

    def _share(self, choice: ChoiceShare) -> str:
        t, k = self.t, self.figures.k
        if choice.withheld == "few":
            return t("fewer than {k}", k=k)
        if choice.withheld == "nearly_all":
            return t("all but fewer than {k}", k=k)
        return self.answers.words.share(choice.share)

    def _mean(self, choice: ChoiceShare) -> str:
        return self.answers.words.mean(choice.mean_rank)

    # --- beside the choices ----------------------------------------------------------------------

    @property
    def answered(self) -> str:
        """How many answered, and the shares of those who gave no valid answer."""
        t, figures, words = self.t, self.figures, self.answers.words
        said = [t("n = {n}", n=words.count(figures.n or 0))]
        if figures.dont_know:
            said.append(t("don't know {share}", share=words.share(figures.dont_know)))
        if figures.not_applicable:
            said.append(t("not applicable {share}", share=words.share(figures.not_applicable)))
        if figures.refused:
            said.append(t("rather not say {share}", share=words.share(figures.refused)))
        if figures.blank:
            said.append(t("left blank {share}", share=words.share(figures.blank)))
        if figures.unanswered and figures.blank is None:
            share = words.share(figures.unanswered)
            said.append(t("no valid answer {share}", share=share))
        return t("; ").join(said)

    def notes(self) -> Iterator[str]:
        """How to read the figures."""
        t, figures = self.t, self.figures
        if figures.median is not None:
            yield t("The median lies in the band {band}.", band=self._name(figures.median))
        if figures.kind == "several":
            yield t(
                "Share of those who answered. Each of them could choose several: the shares can "
                "add up to more than {whole}.",
                whole=formats.percent(1, t.language),
            )
        if self.ranked:
            yield self._ranking()
        if any(one.withheld == "beside" for one in figures.choices):
            yield t(
                "Where {dash} stands there is no figure, so that it cannot be worked out how many "
                "gave a rare answer.",
                dash=NO_FIGURE,
            )

    def _ranking(self) -> str:
        t = self.t
        if any(one.mean_rank is not None for one in self.figures.choices):
            return t(
                "Mean rank: 1 is the first place. Choices that a person did not rank share the "
                "places left: each counts with the mean of these."
            )
        return t("There is no mean rank: it could tell how a few people ranked.")


def choices_missing(found: WaveResults, survey: PerceptionFigures, t: Translator) -> str:
    """That choices were not counted when the wave was unsealed; empty when nothing is missing."""
    asked = found.questionnaires[survey.questionnaire]
    if survey.choices is not None or not any(counted_items(asked)):
        return ""
    figures = found.figures  # a revision shows what the staff said in the wave that it corrects
    return t(
        "Choices were not counted when this wave was unsealed: a key holder runs 'imfsurvey wave "
        "unseal {wave}' once more.",
        wave=figures.wave if figures.corrected is None else figures.corrected.of,
    )
