"""Words that every face uses for the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe

if TYPE_CHECKING:  # figures, which nobody who answers waits for
    from imfsurvey.analysis.figures import ItemFigures, NodeFigures
    from imfsurvey.study.kinds import Counted, Said, WaveStatus
    from imfsurvey.study.results import WaveResults

Leaning = Literal["favourable", "neutral", "unfavourable"]


def rater_word(rater: Counted, t: Translator) -> str:
    """Who answered a self-assessment."""
    words: dict[Counted, str] = {
        "mandatary": t("Mandate holder"),
        "officer": t("Integrity officer"),
        "other": t("Other rater"),
        "external": t("External rater"),
        "agreed": t("Agreed by the raters"),
    }
    return words[rater]


def rater_short(rater: Counted, t: Translator) -> str:
    """The same as the head of a narrow column."""
    words: dict[Counted, str] = {
        "mandatary": t("Mandate"),
        "officer": t("Officer"),
        "other": t("Other"),
        "external": t("External"),
        "agreed": t("Agreed"),
    }
    return words[rater]


def said_short(said: Said | None, t: Translator) -> str:
    """What somebody said of a topic, in a narrow column; empty when nobody did."""
    if said is None:
        return ""
    words = {"na": t("n/a"), "dk": "?", "blank": "–"}
    return words[said] if isinstance(said, str) else str(said)


def said_legend(t: Translator) -> str:
    """What the signs of such a column mean."""
    return t("{na}: not applicable, ?: don't know, –: open", na=t("n/a"))


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


def row_label(label: str, width: int) -> str:
    """What a row of a table in lines is called, in so many characters; cut where it is longer."""
    shown = label if len(label) < width else f"{label[: width - 2]}…"
    return f"{shown:<{width}}"


def leaning_word(leaning: Leaning, t: Translator) -> str:
    """Where a large majority lies."""
    words: dict[Leaning, str] = {
        "favourable": t("favourable"),
        "neutral": t("neutral"),
        "unfavourable": t("unfavourable"),
    }
    return words[leaning]


def hidden_words(figures: ItemFigures, t: Translator, *, on_condition: bool) -> str:
    """Why a figure is not shown; `on_condition`: of a statement that not everybody is asked."""
    if figures.hidden == "large_majority":
        return t("Large majority: no figures, since nearly everybody gave the same answer.")
    if on_condition:
        return t("Too few answers, or too few who were not asked: not shown.")
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
    return [*result, *(f"{one.code}: {describe(one, t)}" for one in found.remarks)]
