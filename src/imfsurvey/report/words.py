"""Figures and labels in the words of one language. Rounding happens here and nowhere before."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imfsurvey.analysis.figures import NodeFigures, PerceptionFigures, ResponseFigures
from imfsurvey.framework import Framework
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.questionnaire import LikertItem, Questionnaire
from imfsurvey.questionnaire.model import FLOOR_K
from imfsurvey.questionnaire.stems import stem
from imfsurvey.source.model import Text
from imfsurvey.study.kinds import Counted, WaveKind
from imfsurvey.study.results import WaveFigures

NO_FIGURE = "–"
"""Printed where there is no figure; the method page says so."""

_TURNING = "\u202a-\u202e\u2066-\u2069"
"""Marks that turn the direction of what follows: a label could make a figure read backwards."""

_UNSEEN = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{_TURNING}]")
"""These, control marks (Cc), halves of pairs (Cs), and what is no character at all."""


def clean(text: str) -> str:
    """Text from outside on one line, without what cannot or must not be printed.

    Control and turning marks and what XML does not know become U+FFFD, so that they are seen.
    """
    return _UNSEEN.sub("\ufffd", " ".join(text.split()))


def response_words(survey: PerceptionFigures, t: Translator) -> str:
    """How many answered a survey, or as much of it as may be said."""
    return responses_said(survey.responses, survey.k, t)


def responses_said(responses: ResponseFigures, k: int, t: Translator) -> str:
    """The same for figures that belong to no results yet; nothing is said below `k`."""
    language = t.language
    if responses.returned is not None and responses.rate is not None:
        return t(
            "{returned} of {headcount} people answered ({rate}).",
            returned=formats.number(responses.returned, language),
            headcount=formats.number(responses.headcount, language),
            rate=formats.percent(responses.rate, language),
        )
    if responses.band is not None:
        return t(
            "Between {low} and {high} of {headcount} people answered.",
            low=formats.percent(responses.band[0], language),
            high=formats.percent(responses.band[1], language),
            headcount=formats.number(responses.headcount, language),
        )
    return t("Fewer than {k} people responded.", k=k)


@dataclass(frozen=True)
class Words:
    """One language, and the framework whose labels are used."""

    language: str
    framework: Framework

    @property
    def t(self) -> Translator:
        """The interface's texts in this language."""
        return translator(self.language)

    def text(self, text: Text) -> str:
        """A text of a framework or questionnaire."""
        return clean(text.say(self.language))

    def statement(self, questionnaire: Questionnaire, item_id: str) -> str:
        """The stem of a statement; one on which agreeing is unfavourable says so."""
        said, item = self.text(stem(questionnaire, item_id)), questionnaire.items[item_id]
        reverse = isinstance(item, LikertItem) and item.reverse
        return self.t("{statement} (inverse)", statement=said) if reverse else said

    def label(self, ident: str) -> str:
        """The label of a topic or node of the framework; the id of one that it no longer has."""
        named = self.framework.topic_by_id.get(ident) or self.framework.nodes.get(ident)
        return self.text(named.label) if named else clean(ident)

    def quoted(self, text: str) -> str:
        """A text in the quotation marks of the language."""
        return self.t("“{text}”", text=text)

    def listed(self, names: Sequence[str]) -> str:
        """Names in a sentence, each in quotation marks, because labels may hold commas."""
        return formats.joined([self.quoted(name) for name in names], self.language)

    def date(self, day: datetime.date) -> str:
        """A date in full."""
        return formats.date(day, self.language)

    def count(self, number: int) -> str:
        """A whole number."""
        return formats.number(number, self.language)

    def index(self, value: float | None) -> str:
        """An index from 0 to 100, without decimals."""
        return NO_FIGURE if value is None else formats.number(value, self.language)

    def mean(self, value: float | None) -> str:
        """A mean code, with one decimal."""
        return NO_FIGURE if value is None else formats.number(value, self.language, 1)

    def share(self, value: float | None) -> str:
        """A share from 0 to 1 as a percentage."""
        return NO_FIGURE if value is None else formats.percent(value, self.language)

    def whole_percent(self, percent: int) -> str:
        """A parameter that is written in percent."""
        return formats.percent(percent / 100, self.language)

    def change(self, now: float | None, before: float | None) -> str:
        """The difference of two figures: of the unrounded ones, rounded at the end.

        75.436 and 74.636 are printed 75 and 75, their difference +1.
        """
        if now is None or before is None:
            return NO_FIGURE
        return formats.signed(now - before, self.language)

    def level(self, node: NodeFigures) -> str:
        """A level, with its upper bound when that is another one: "1 (at most 3)"."""
        return self.bounded(node.demonstrated, node.at_most)

    def bounded(self, level: int | None, at_most: int | None) -> str:
        """A level and what it may be at most."""
        if level is None:
            return NO_FIGURE
        if at_most is None or at_most == level:
            return self.count(level)
        return self.t("{level} (at most {most})", level=level, most=at_most)

    def level_name(self, level: int) -> str:
        """The name of a level of the framework."""
        return self.text(self.framework.levels[level].name)

    def named_level(self, level: int) -> str:
        """A level with its name, for the running text."""
        return self.t("{level} ({name})", level=level, name=self.level_name(level))

    def kind(self, kind: WaveKind) -> str:
        """What sort of measurement a wave is."""
        t = self.t
        kinds = {
            "zero": t("Zero measurement"),
            "annual": t("Annual measurement"),
            "final": t("Final measurement"),
        }
        return kinds[kind]

    def rater(self, rater: Counted) -> str:
        """Who gave a self-assessment."""
        t = self.t
        raters = {
            "mandatary": t("mandate holder"),
            "officer": t("integrity officer"),
            "other": t("another rater"),
            "external": t("external body"),
            "agreed": t("agreement of the raters"),
        }
        return raters[rater]


def unfinished_words(unfinished: int | None, t: Translator) -> str:
    """How many drafts nobody finished, as the closing record says it: few are not counted."""
    if unfinished is None:
        return t("Answers put aside and never sent: of fewer than {k} people.", k=FLOOR_K)
    return t("Answers put aside and never sent: of {n} people.", n=unfinished)


def collection_warnings(figures: WaveFigures, t: Translator) -> Iterator[str]:
    """What the way of the staff's answers, from box to figure, asks a reader to know."""
    if figures.sealed:
        yield t("The answers of the staff are still sealed: a key holder unseals them.")
    if not all(one.as_closed for one in figures.collected):
        yield t(
            "The boxes were not what the closing record says when they were unsealed: the "
            "perception figures may not be complete."
        )
    for one in figures.collected:
        if one.counted < one.stored:
            yield t.plural(
                "{n} record was left out of the perception figures: it could not be unsealed.",
                "{n} records were left out of the perception figures: they could not be unsealed.",
                one.stored - one.counted,
            )
