"""The figures of a wave as plain text, 80 columns wide, without colour.

Everything is said in words and numbers; the bars only repeat them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from imfsurvey.analysis.figures import MaturityFigures, NodeFigures, Rating
from imfsurvey.faces.cli.choices_sheet import choices_sheet
from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.faces.cli.perception_sheet import perception_lines
from imfsurvey.faces.words import rater_word
from imfsurvey.framework import Framework, Node, Topic
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.report.choicewords import ChoiceWords, choices_missing
from imfsurvey.report.words import NO_FIGURE, Words, clean, collection_warnings
from imfsurvey.study.results import WaveResults
from imfsurvey.study.trends import themes_since

_LABEL: Final = 36
_LEVEL: Final = 24
_INDEX: Final = 8
_COVERAGE: Final = 12


def results_sheet(
    found: WaveResults,
    t: Translator,
    before: WaveResults | None = None,
    *,
    encoding: str = "utf-8",
) -> Iterator[str]:
    """The lines. `before`: what the staff's answers are compared with. `encoding`: that of the
    terminal; bars are of `#` where it has no blocks.
    """
    words = Words(t.language, found.framework)
    figures = found.figures
    yield from _head(found, words)
    if figures.maturity is None:
        yield from wrapped(t("There is no self-assessment, hence no maturity figures."))
    else:
        targets = {one.topic: one.level for one in figures.targets}
        yield from _Maturity(figures.maturity, words, _glyphs(encoding), targets).lines()
    for remark in found.remarks:
        yield ""
        yield from wrapped(f"{remark.code}: {describe(remark, t)}")
    for survey in figures.perception:
        yield ""
        trends = themes_since(before, found, survey)
        asked = found.questionnaires[survey.questionnaire]
        yield from perception_lines(survey, asked, words, trends)
        yield from choices_sheet(ChoiceWords.all_of(found, survey, words))
        missing = choices_missing(found, survey, t)
        if missing:
            yield ""
            yield from wrapped(missing)
    for warning in collection_warnings(figures, t):
        yield ""
        yield from wrapped(warning)
    if figures.status == "open":
        yield ""
        yield from wrapped(t("Perception figures exist only after the wave has been closed."))


def _glyphs(encoding: str) -> tuple[str, str]:
    """A full and an empty step of a bar."""
    try:
        "█░".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "#", "."
    return "█", "░"


def _head(found: WaveResults, words: Words) -> Iterator[str]:
    t, figures = words.t, found.figures
    yield from wrapped(clean(figures.entity))
    dated = words.text(figures.label)
    if figures.closed_on is not None:
        dated += ", " + t("closed on {date}", date=words.date(figures.closed_on))
    yield from wrapped(dated)
    if figures.status == "open":
        yield from wrapped(t("Provisional: this wave is still open."))
    if figures.rater is not None:
        yield from wrapped(t("Self-assessment by: {rater}", rater=rater_word(figures.rater, t)))
    if figures.policy_approved_on is not None:
        day = words.date(figures.policy_approved_on)
        yield from wrapped(t("Integrity policy approved on {date}", date=day))
    titles = {one.id: one.questionnaire.title for one in found.questionnaires.values()}
    for one in figures.unfinished:
        yield from wrapped(
            t.plural(
                "{rater}: {n} item of '{questionnaire}' is still open.",
                "{rater}: {n} items of '{questionnaire}' are still open.",
                one.open_items,
                rater=rater_word(one.rater, t),
                questionnaire=words.text(titles[one.questionnaire]),
            )
        )
    yield ""


@dataclass(frozen=True)
class _Maturity:
    """The maturity part of the sheet."""

    figures: MaturityFigures
    words: Words
    glyphs: tuple[str, str]
    targets: Mapping[str, int]

    @property
    def t(self) -> Translator:
        return self.words.t

    @property
    def framework(self) -> Framework:
        return self.words.framework

    def lines(self) -> Iterator[str]:
        """Table of levels, remarks, matrix of topics, balance."""
        yield from self._table()
        yield ""
        yield from self._remarks()
        for node in self._nodes_with_topics():
            yield ""
            yield from self._matrix(node)
        if self.framework.balance is not None:
            yield ""
            yield from self._balance()

    # --- levels -----------------------------------------------------------------------------

    def _table(self) -> Iterator[str]:
        t = self.t
        columns = f"{t('Level'):<{_LEVEL}}{t('Index'):>{_INDEX}}{t('Coverage'):>{_COVERAGE}}"
        yield f"{t('MATURITY'):<{_LABEL}}{columns}"
        yield from self._row(self.figures.overall, t("Overall"), 0)
        for depth, node in self._tree():
            yield from self._row(self.figures.nodes[node.id], self.words.text(node.label), depth)

    def _row(self, figures: NodeFigures, label: str, depth: int) -> Iterator[str]:
        indent = "  " * depth
        *above, last = textwrap.wrap(
            label, _LABEL - 2, initial_indent=indent, subsequent_indent=indent + "  "
        )
        yield from above
        level = self._bar(figures.demonstrated) + self.words.level(figures)
        index = self.words.index(figures.index)
        coverage = self.words.share(figures.coverage)
        yield f"{last:<{_LABEL}}{level:<{_LEVEL}}{index:>{_INDEX}}{coverage:>{_COVERAGE}}"

    def _bar(self, level: int | None) -> str:
        if level is None:
            return ""
        full, empty = self.glyphs
        return full * level + empty * (self.framework.max_level - level) + " "

    def _tree(self) -> Iterator[tuple[int, Node]]:
        """Every node that has figures, with its depth."""
        waiting = [(0, node) for node in reversed(self.framework.tree)]
        while waiting:
            depth, node = waiting.pop()
            if node.id in self.figures.nodes:
                yield depth, node
                waiting += [(depth + 1, child) for child in reversed(node.children)]

    # --- remarks ----------------------------------------------------------------------------

    def _remarks(self) -> Iterator[str]:
        t = self.t
        if self.figures.gate_holds:
            text = t("Without an approved integrity policy the overall level stays low.")
            yield from wrapped(text, "- ")
        named = [(t("Overall"), self.figures.overall)]
        named += [
            (self.words.text(node.label), self.figures.nodes[node.id]) for _, node in self._tree()
        ]
        for label, figures in named:
            yield from self._remarks_on(label, figures)

    def _remarks_on(self, label: str, figures: NodeFigures) -> Iterator[str]:
        t = self.t
        if figures.incomplete:
            yield from wrapped(t("{part}: incomplete, too few topics are rated.", part=label), "- ")
        if figures.reduced_scope:
            text = t("{part}: reduced scope, many topics are not applicable.", part=label)
            yield from wrapped(text, "- ")
        if figures.binding:
            children = self.words.listed([self.words.label(child) for child in figures.binding])
            text = t("{part}: held back by {children}", part=label, children=children)
            yield from wrapped(text, "- ")

    # --- topics -----------------------------------------------------------------------------

    def _nodes_with_topics(self) -> Iterator[Node]:
        for _, node in self._tree():
            if any(topic.under == node.id for topic in self._rated()):
                yield node

    def _rated(self) -> Iterable[Topic]:
        """The topics that were asked or are core: the others have nothing to show."""
        ratings = self.figures.ratings
        return (topic for topic in self.framework.rated_topics if topic.id in ratings)

    def _matrix(self, node: Node) -> Iterator[str]:
        yield from wrapped(self.words.text(node.label).upper())
        for topic in self._rated():
            if topic.under == node.id:
                yield from self._topic(topic, self.figures.ratings[topic.id])

    def _topic(self, topic: Topic, rating: Rating) -> Iterator[str]:
        t = self.t
        label = self.words.text(topic.label)
        if topic.layer == "complementary":
            label = t("{topic} (complementary)", topic=label)
        target = self.targets.get(topic.id)
        if target is not None and rating.status != "na" and (rating.level or 0) < target:
            label = t("{topic} (target: {level})", topic=label, level=target)
        if rating.level is not None:
            yield from wrapped(label, f"  {self._bar(rating.level)}{rating.level}  ")
            return
        blank = " " * self.framework.max_level
        said = {
            "na": t("not applicable"),
            "dk": t("don't know"),
            "blank": t("not answered"),
        }[rating.status]
        if rating.reason:
            said = f"{said} ({clean(rating.reason)})"
        text = t("{name}: {value}", name=label, value=said)
        yield from wrapped(text, f"  {blank} {NO_FIGURE}  ")

    # --- balance ----------------------------------------------------------------------------

    def _balance(self) -> Iterator[str]:
        t, figures = self.t, self.figures.balance
        yield t("BALANCE")
        controlling = t("Controlling: index {index}", index=self.words.index(figures.controlling))
        stimulating = t("Stimulating: index {index}", index=self.words.index(figures.stimulating))
        yield from wrapped(t("; ").join((controlling, stimulating)), "  ")
        if figures.balance is None:
            yield from wrapped(t("There is nothing to balance yet."), "  ")
            return
        params = {
            "balance": formats.signed(figures.balance, t.language, 2),
            "low": formats.signed(figures.low, t.language, 2),
            "high": formats.signed(figures.high, t.language, 2),
        }
        if figures.outside:
            text = t("Balance {balance}: outside the band from {low} to {high}.", **params)
        else:
            text = t("Balance {balance}: the band goes from {low} to {high}.", **params)
        yield from wrapped(text, "  ")
