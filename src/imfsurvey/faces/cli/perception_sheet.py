"""Perception figures as plain text: by theme, then by item; what is hidden is said in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imfsurvey.analysis.figures import ItemFigures, PerceptionFigures, ThemeFigures
from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import LikertItem, Questionnaire
from imfsurvey.report.statistics import (
    agreement_line,
    chance_only,
    index_with_interval,
    mean_with_interval,
    reliability_line,
    since_line,
    too_few,
    with_share_interval,
)
from imfsurvey.report.words import Words, response_words
from imfsurvey.study.trends import ThemeTrend


def perception_lines(
    figures: PerceptionFigures,
    questionnaire: Questionnaire,
    words: Words,
    trends: Mapping[str, ThemeTrend],
) -> Iterator[str]:
    """The lines of one survey; `trends`: its themes beside those of the wave before."""
    t = words.t
    yield t("PERCEPTION")
    yield from wrapped(words.text(questionnaire.questionnaire.title), "  ")
    yield from wrapped(response_words(figures, t), "  ")
    if figures.has_intervals:
        yield from wrapped(chance_only(t), "  ")
    by_id = {item.item: item for item in figures.items}
    by_theme = {theme.theme: theme for theme in figures.themes}
    for theme in questionnaire.themes:
        yield ""
        yield from wrapped(_theme(words.text(theme.label), by_theme.get(theme.id), words))
        yield from _beside(by_theme.get(theme.id), trends.get(theme.id), words)
        yield from _statements(questionnaire, theme.id, by_id, words)
    without = list(_statements(questionnaire, None, by_id, words))
    if without:
        yield ""
        yield t("Other statements")
        yield from without


def _theme(label: str, figures: ThemeFigures | None, words: Words) -> str:
    if figures is None:
        return label
    if figures.favourable is None:
        return words.t("{theme}: not shown", theme=label)
    share = words.share(figures.favourable)
    return words.t("{theme}: {share} favourable", theme=label, share=share)


def _beside(figures: ThemeFigures | None, trend: ThemeTrend | None, words: Words) -> Iterator[str]:
    """Change, index, agreement and reliability of a theme, a line each."""
    t = words.t
    if trend is not None:
        yield from wrapped(since_line(trend, t), "  ")
    if figures is not None:
        said = [index_with_interval(figures, t), agreement_line(figures, t)]
        if figures.reliability is not None:
            said.append(reliability_line(figures.reliability, t))
        for one in said:
            if one:
                yield from wrapped(one, "  ")


def _statements(
    questionnaire: Questionnaire, theme: str | None, by_id: Mapping[str, ItemFigures], words: Words
) -> Iterator[str]:
    """The lines of the statements of a theme; None: of those without one."""
    for item in questionnaire.asking_items():
        if isinstance(item, LikertItem) and item.theme == theme:
            statement = words.statement(questionnaire, item.id)
            unseen = too_few(questionnaire, item.id, words.t)
            yield from _item(statement, by_id[item.id], unseen, words)


def _item(statement: str, figures: ItemFigures, unseen: str, words: Words) -> Iterator[str]:
    yield from wrapped(statement, "  - ")
    yield from wrapped(_said(figures, unseen, words), "    ")


def _said(figures: ItemFigures, unseen: str, words: Words) -> str:
    """`unseen`: what is said where too few answered."""
    t = words.t
    if figures.hidden == "too_few":
        return unseen
    if figures.hidden == "large_majority":
        return _leaning(figures, t)
    said = []
    if figures.favourable is not None:
        share = t("{share} favourable", share=words.share(figures.favourable))
        said.append(with_share_interval(share, figures, t))
    if figures.mean is not None:
        said.append(t("mean {mean}", mean=mean_with_interval(figures, t)))
    if figures.n is not None:
        said.append(t("n = {n}", n=words.count(figures.n)))
    if figures.dont_know is not None:
        said.append(t("don't know {share}", share=words.share(figures.dont_know)))
    return t("; ").join(said)


def _leaning(figures: ItemFigures, t: Translator) -> str:
    leanings = {
        "favourable": t("a large majority is favourable; no figure, so that nobody is known by it"),
        "neutral": t("a large majority is neutral; no figure, so that nobody is known by it"),
        "unfavourable": t(
            "a large majority is unfavourable; no figure, so that nobody is known by it"
        ),
    }
    if figures.leaning is None:
        return t("a large majority gives the same answer; no figure, so that nobody is known by it")
    return leanings[figures.leaning]
