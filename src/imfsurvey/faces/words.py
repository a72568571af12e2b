"""Words that every face uses for the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from imfsurvey.analysis.figures import ItemFigures, NodeFigures
from imfsurvey.framework import Framework, Node
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.results import Rater, WaveResults, WaveStatus

LANGUAGE_NAMES: Final[Mapping[str, str]] = {
    **{"fr": "Français", "nl": "Nederlands", "en": "English", "de": "Deutsch"},
}
"""Each language in its own words."""

Leaning = Literal["favourable", "neutral", "unfavourable"]


def rater_word(rater: Rater, t: Translator) -> str:
    """Who answered a self-assessment."""
    words: dict[Rater, str] = {
        "mandatary": t("Mandate holder"),
        "officer": t("Integrity officer"),
        "other": t("Other rater"),
        "external": t("External rater"),
    }
    return words[rater]


def status_word(status: WaveStatus, t: Translator) -> str:
    """How a wave stands."""
    words: dict[WaveStatus, str] = {
        "draft": t("in preparation"),
        "open": t("open"),
        "closed": t("closed"),
    }
    return words[status]


def level_words(figures: NodeFigures) -> str:
    """The demonstrated level, with the highest possible one when it is another: `1 (≤ 3)`."""
    if figures.demonstrated is None:
        return "–"
    if figures.at_most in (None, figures.demonstrated):
        return str(figures.demonstrated)
    return f"{figures.demonstrated} (≤ {figures.at_most})"


def leaning_word(leaning: Leaning, t: Translator) -> str:
    """Where a large majority lies."""
    words: dict[Leaning, str] = {
        "favourable": t("favourable"),
        "neutral": t("neutral"),
        "unfavourable": t("unfavourable"),
    }
    return words[leaning]


def hidden_words(figures: ItemFigures, t: Translator) -> str:
    """Why a figure is not shown."""
    if figures.hidden == "large_majority":
        return t("Large majority: no figures, since nearly everybody gave the same answer.")
    return t("Too few answers: not shown.")


def warnings(found: WaveResults, t: Translator) -> list[str]:
    """What a reader must know before the figures."""
    from imfsurvey.report.words import collection_warnings  # Jinja2 behind it takes 20 ms

    figures, language = found.figures, t.language
    result: list[str] = []
    if figures.status == "open":
        result.append(t("The wave is still open: these figures are provisional."))
    result += collection_warnings(figures, t)
    for one in figures.unfinished:
        if one.rater == figures.rater:
            title = found.questionnaires[one.questionnaire].questionnaire.title.say(language)
            result.append(
                t.plural(
                    "{title}: not finished, {n} item open (counted as blank).",
                    "{title}: not finished, {n} items open (counted as blank).",
                    one.open_items,
                    title=title,
                )
            )
    if figures.maturity is not None and figures.maturity.overall.incomplete:
        result.append(t("Incomplete: too few core topics were rated to serve as a measure."))
    return result


def rated_nodes(framework: Framework) -> Iterator[tuple[Node, int]]:
    """The rated nodes with their depth, pillars first."""

    def below(node: Node, depth: int) -> Iterator[tuple[Node, int]]:
        yield node, depth
        for child in node.children:
            yield from below(child, depth + 1)

    for pillar in framework.pillars:
        yield from below(pillar, 0)
