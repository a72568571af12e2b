"""The dashboard of a study as lines of text, for the home screen and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from imfsurvey.analysis.figures import NodeFigures, ResponseFigures
from imfsurvey.analysis.gap import mean_distance, mean_gap, unconfirmed
from imfsurvey.faces.gauge import gauge
from imfsurvey.faces.step_words import step_words
from imfsurvey.faces.words import row_label
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.parts.gap import averages
from imfsurvey.report.words import NO_FIGURE, Words, clean
from imfsurvey.study.actions.action import Action
from imfsurvey.study.dashboard import Dashboard
from imfsurvey.study.results import WaveResults

_LABEL: Final = 30
_COLUMN: Final = 15
_MOST_WAVES: Final = 3
"""So many fit beside the labels: the first one and the last ones."""
_GAUGE: Final = 31
MOST_NAMES: Final = 3
"""So many topics or actions are named; the others are counted."""


def dashboard_lines(found: Dashboard, t: Translator, *, encoding: str = "utf-8") -> Iterator[str]:
    """Levels by wave, balance, gap, actions, targets. Sentences may be longer than a line; lines
    in columns fit in 75 and hold three blanks in a row."""
    last = found.last
    if last is None:
        yield from _actions(found, t)
        return
    words = Words(t.language, last.framework)
    yield from _levels(found, words)
    yield from _balance(last, words, encoding)
    yield from _gap(found, words)
    yield from _targets(found, t)
    yield from _actions(found, t)


# --- levels by wave ---------------------------------------------------------------------------


def _levels(found: Dashboard, words: Words) -> Iterator[str]:
    t, waves = words.t, _shown(found.waves)
    yield _row("", [one.figures.wave for one in waves])
    yield _row(t("Overall level"), [_level(one, None, words) for one in waves])
    for pillar in words.framework.pillars:
        cells = [_level(one, pillar.id, words) for one in waves]
        yield _row("  " + words.text(pillar.label), cells)
    overall = [_node(one, None) for one in waves]
    yield _row(t("Index, 0 to 100"), [words.index(one.index if one else None) for one in overall])
    rated = [words.share(one.coverage if one else None) for one in overall]
    yield _row(t("Core topics rated"), rated)
    for survey, label in _surveys(waves, words):
        yield _row(label, [_answered(one, survey, words) for one in waves])


def _shown(waves: Sequence[WaveResults]) -> list[WaveResults]:
    """The first wave and the last ones."""
    return [*waves[:1], *waves[1:][-(_MOST_WAVES - 1) :]]


def _row(label: str, cells: Sequence[str]) -> str:
    columns = "".join(f"{cell[: _COLUMN - 1]:>{_COLUMN}}" for cell in cells)
    return f"{row_label(label, _LABEL)}{columns}"


def _node(wave: WaveResults, node: str | None) -> NodeFigures | None:
    maturity = wave.figures.maturity
    if maturity is None:
        return None
    return maturity.overall if node is None else maturity.nodes.get(node)


def _level(wave: WaveResults, node: str | None, words: Words) -> str:
    """Such as `1` or `1-3`: what is demonstrated, and what it may be at most."""
    figures = _node(wave, node)
    if figures is None or figures.demonstrated is None:
        return NO_FIGURE
    if figures.at_most in (None, figures.demonstrated):
        return words.count(figures.demonstrated)
    return f"{figures.demonstrated}-{figures.at_most}"


def _surveys(waves: Sequence[WaveResults], words: Words) -> list[tuple[str, str]]:
    """Surveys that have figures, with what their row is called."""
    found = {}
    for wave in waves:
        for one in wave.figures.perception:
            form = wave.questionnaires[one.questionnaire]
            found[one.questionnaire] = words.text(form.questionnaire.title)
    if len(found) == 1:
        return [(ident, words.t("Staff who answered")) for ident in found]
    return list(found.items())


def _answered(wave: WaveResults, survey: str, words: Words) -> str:
    """The response rate, or as much of it as may be said."""
    for one in wave.figures.perception:
        if one.questionnaire == survey:
            return _rate(one.responses, one.k, words)
    return NO_FIGURE


def _rate(responses: ResponseFigures, k: int, words: Words) -> str:
    if responses.rate is not None:
        return words.share(responses.rate)
    if responses.band is not None:
        low, high = responses.band
        return f"{words.share(low)}-{words.share(high)}"
    return f"< {k}"


# --- balance, gap, targets, actions -----------------------------------------------------------


def _balance(last: WaveResults, words: Words, encoding: str) -> Iterator[str]:
    maturity = last.figures.maturity
    balance = maturity.balance if maturity else None
    if balance is None or balance.balance is None:
        return
    t, language = words.t, words.language
    yield ""
    line = gauge(balance.balance, balance.low, balance.high, _GAUGE, encoding=encoding)
    yield "   ".join((t("controlling"), line, t("stimulating")))
    said = t(
        "Balance {balance}, declared band {low} to {high}.",
        balance=formats.signed(balance.balance, language, 2),
        low=formats.signed(balance.low, language, 2),
        high=formats.signed(balance.high, language, 2),
    )
    yield f"{said} {t('Outside the declared band.')}" if balance.outside else said


def _gap(found: Dashboard, words: Words) -> Iterator[str]:
    if not found.gaps:
        return
    t, doubted = words.t, unconfirmed(found.gaps)
    yield ""
    checked = sum(one.confirmed is not None for one in found.gaps)
    if doubted:
        yield t(
            "Claimed and not confirmed by the staff: {n} of {total} topics: {names}",
            n=len(doubted),
            total=checked,
            names=_names([words.label(one) for one in doubted], words),
        )
    elif checked:
        yield t("What is claimed is confirmed by the staff, as far as they were asked.")
    said = averages(found.gaps, words)
    if said:
        yield said


def _names(names: Sequence[str], words: Words) -> str:
    """The first of them; the others counted."""
    if len(names) <= MOST_NAMES:
        return words.listed(names)
    first = ", ".join(words.quoted(name) for name in names[:MOST_NAMES])
    return words.t("{names} and {n} more", names=first, n=len(names) - MOST_NAMES)


def _targets(found: Dashboard, t: Translator) -> Iterator[str]:
    if found.targets is not None:
        reached, total = found.targets
        yield ""
        yield t("Targets reached: {reached} of {total}.", reached=reached, total=total)


def _actions(found: Dashboard, t: Translator) -> Iterator[str]:
    if not found.actions:
        return
    proposed = sum(one.decision == "proposed" for one in found.actions)
    yield t(
        "Actions: {late} overdue, {due} to be carried out, {proposed} to be decided.",
        late=len(found.overdue),
        due=len(found.due),
        proposed=proposed,
    )
    for one in (*found.overdue, *found.due)[:MOST_NAMES]:
        yield _action(one, found, t)


def _action(action: Action, found: Dashboard, t: Translator) -> str:
    day = t("no date yet")
    if action.deadline is not None:
        day = formats.date(action.deadline, t.language)
    if action.overdue(found.today):
        day = t("OVERDUE since {date}", date=day)
    return (
        f"{'! ' if action.overdue(found.today) else '- '}{action.id} ({day}) {clean(action.text)}"
    )


# --- for programs -----------------------------------------------------------------------------


def dashboard_data(found: Dashboard, t: Translator) -> dict[str, Any]:
    """The same for programs; None stands where there is no figure."""
    last = found.last
    balance = last.figures.maturity.balance if last and last.figures.maturity else None
    targets = found.targets
    return {
        "waves": [_wave_data(one) for one in found.waves],
        "balance": None
        if balance is None
        else {"balance": balance.balance, "low": balance.low, "high": balance.high},
        "gap": {
            "mean": mean_gap(found.gaps),
            "mean_distance": mean_distance(found.gaps),
            "unconfirmed": list(unconfirmed(found.gaps)),
        },
        "targets": None if targets is None else {"reached": targets[0], "all": targets[1]},
        "actions": {
            "overdue": [one.id for one in found.overdue],
            "due": [one.id for one in found.due],
            "proposed": [one.id for one in found.actions if one.decision == "proposed"],
        },
        "steps": [{"step": one.kind, "words": step_words(one, t)} for one in found.steps],
    }


def _wave_data(wave: WaveResults) -> dict[str, Any]:
    figures, overall = wave.figures, _node(wave, None)
    return {
        "wave": figures.wave,
        "status": figures.status,
        "level": overall.demonstrated if overall else None,
        "at_most": overall.at_most if overall else None,
        "index": overall.index if overall else None,
        "coverage": overall.coverage if overall else None,
        "pillars": {
            pillar.id: node.demonstrated
            for pillar in wave.framework.pillars
            if (node := _node(wave, pillar.id)) is not None
        },
        "responses": {
            one.questionnaire: {"rate": one.responses.rate, "band": one.responses.band}
            for one in figures.perception
        },
    }
