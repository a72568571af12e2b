"""One staff survey on the screen of results: themes first, then every statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from textual.content import Content

from imfsurvey.analysis.figures import ItemFigures, PerceptionFigures, ThemeFigures
from imfsurvey.faces.tui.chosen import choice_lines
from imfsurvey.faces.tui.text import paragraph, plain, shortened
from imfsurvey.faces.words import hidden_words, leaning_word
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import LikertItem, Questionnaire
from imfsurvey.questionnaire.stems import stem
from imfsurvey.report.choicewords import ChoiceWords, choices_missing
from imfsurvey.report.statistics import (
    agreement_line,
    chance_only,
    index_with_interval,
    mean_with_interval,
    reliability_line,
    since_line,
    with_share_interval,
)
from imfsurvey.report.words import Words, response_words
from imfsurvey.study.results import WaveResults
from imfsurvey.study.trends import ThemeTrend, themes_since

_LABEL: Final = 40
_BAR: Final = 20


@dataclass(frozen=True)
class SurveyLines:
    """A survey, and the wave before if there is one."""

    found: WaveResults
    survey: PerceptionFigures
    before: WaveResults | None
    t: Translator

    @cached_property
    def _trends(self) -> dict[str, ThemeTrend]:
        return themes_since(self.before, self.found, self.survey)

    @property
    def _questionnaire(self) -> Questionnaire:
        return self.found.questionnaires[self.survey.questionnaire]

    def drawn(self, width: int) -> Iterator[Content]:
        """The lines, none wider than `width`."""
        t = self.t
        yield from paragraph(response_words(self.survey, t), width, "bold")
        if self.survey.has_intervals:
            yield from paragraph(chance_only(t), width, "$imf-muted")
        if self.survey.items:
            yield from self._statements(width)
        yield from self._choices(width)

    def _statements(self, width: int) -> Iterator[Content]:
        t = self.t
        yield Content("")
        yield plain(t("Share of favourable answers, by theme"), "bold $text-accent")
        labels = {one.id: one.label.say(t.language) for one in self._questionnaire.themes}
        for theme in self.survey.themes:
            yield self._theme(theme, labels[theme.theme])
            for said in self._beside(theme):
                yield from paragraph(said, width, "$imf-muted", indent=3)
        yield Content("")
        yield plain(t("Items"), "bold $text-accent")
        for figures in self.survey.items:
            yield from self._item(figures, width)

    def _choices(self, width: int) -> Iterator[Content]:
        t, found = self.t, self.found
        missing = choices_missing(found, self.survey, t)
        if missing:
            yield Content("")
            yield from paragraph(missing, width, "$text-warning")
        words = Words(t.language, found.framework)
        yield from choice_lines(ChoiceWords.all_of(found, self.survey, words), width)

    def _theme(self, theme: ThemeFigures, name: str) -> Content:
        t, label = self.t, shortened(name, _LABEL)
        if theme.favourable is None:
            return plain(f"{label:<{_LABEL + 2}}{t('not shown'):>9}")
        share = formats.percent(theme.favourable, t.language)
        bar = "█" * round(theme.favourable * _BAR)
        return plain(f"{label:<{_LABEL + 2}}{share:>9}  {bar}")

    def _beside(self, theme: ThemeFigures) -> Iterator[str]:
        """Change since the wave before, index, agreement, reliability."""
        t = self.t
        trend = self._trends.get(theme.theme)
        if trend is not None:
            yield since_line(trend, t)
        yield from filter(None, (index_with_interval(theme, t), agreement_line(theme, t)))
        if theme.reliability is not None:
            yield reliability_line(theme.reliability, t)

    def _item(self, figures: ItemFigures, width: int) -> Iterator[Content]:
        t, item = self.t, self._questionnaire.items[figures.item]
        statement = stem(self._questionnaire, item.id).say(t.language)
        if isinstance(item, LikertItem) and item.reverse:
            statement = t("{statement} (inverse)", statement=statement)
        yield from paragraph(statement, width)
        if figures.hidden is not None:
            on_condition = bool(self._questionnaire.conditions[item.id])
            words = hidden_words(figures, t, on_condition=on_condition)
            if figures.leaning is not None:
                words += f" ({leaning_word(figures.leaning, t)})"
        else:
            words = " · ".join(self._said(figures))
        yield from paragraph(words, width, "$imf-muted", indent=3)

    def _said(self, figures: ItemFigures) -> Iterator[str]:
        t, language = self.t, self.t.language
        yield t("n = {n}", n=figures.n)
        if figures.favourable is not None and figures.unfavourable is not None:
            share = t("favourable {share}", share=formats.percent(figures.favourable, language))
            yield with_share_interval(share, figures, t)
            yield t("unfavourable {share}", share=formats.percent(figures.unfavourable, language))
        if figures.mean is not None:
            yield t("mean {mean}", mean=mean_with_interval(figures, t))
        if figures.dont_know is not None:
            yield t("don't know {share}", share=formats.percent(figures.dont_know, language))
