"""Who and what the report is about, and what a reader must be warned of."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.analysis.figures import NodeFigures
from imfsurvey.i18n import formats
from imfsurvey.i18n.describe import describe
from imfsurvey.report.parts.perception import Survey
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE, clean, collection_warnings
from imfsurvey.study.results import Corrected


def subtitle(view: View) -> str:
    """Which measurement: its label, its kind, when it was closed."""
    t, words, figures = view.t, view.words, view.figures
    label, kind = words.text(figures.label), words.kind(figures.kind)
    named = label if kind.casefold() in label.casefold() else f"{kind}: {label}"
    if figures.closed_on is not None:
        return t("{wave}, closed on {date}", wave=named, date=words.date(figures.closed_on))
    if figures.opened_on is not None:
        return t("{wave}, open since {date}", wave=named, date=words.date(figures.opened_on))
    return named


def facts(view: View) -> Iterator[tuple[str, str]]:
    """Names and values, the most important first."""
    t, words, figures = view.t, view.words, view.figures
    if figures.corrected is not None:
        yield t("Revision"), _revision(view, figures.corrected)
    yield t("Mandate holder"), clean(figures.mandatary) or NO_FIGURE
    yield t("Integrity officer"), clean(figures.officer) or NO_FIGURE
    if figures.maturity is not None:
        overall = figures.maturity.overall
        if figures.rater is not None:
            yield t("Self-assessment by"), words.rater(figures.rater)
        yield (
            t("Core topics rated"),
            t(
                "{share} of {n} in scope",
                share=words.share(overall.coverage),
                n=words.count(overall.in_scope),
            ),
        )
        if view.tells_of_policy:
            approved = figures.policy_approved_on
            yield t("Written policy"), _approval(view) if approved else t("not approved")
    for survey in Survey.all_of(view):
        yield survey.title, survey.response()


def _revision(view: View, corrected: Corrected) -> str:
    return view.t(
        "Revision {number} of wave {wave}. Reason given: {why}",
        number=corrected.number,
        wave=clean(corrected.of),
        why=clean(corrected.why),
    )


def _approval(view: View) -> str:
    approved = view.figures.policy_approved_on
    day = view.words.date(approved) if approved else ""
    return view.t("approved on {date}", date=day)


def warnings(view: View) -> Iterator[str]:
    """What keeps these figures from being read as they stand."""
    t, words, figures = view.t, view.words, view.figures
    if figures.status != "closed":
        yield t("The wave is still open: these figures are provisional.")
    yield from collection_warnings(figures, t)
    for one in view.now.remarks:
        if one.code != "IMF-T430":  # said below, with the share
            yield f"{one.code}: {describe(one, t)}"
    for past in view.past:
        corrected = past.results.figures.corrected
        if corrected is not None:
            yield t(
                "{heading}: compared as corrected since. {revision}",
                heading=past.heading,
                revision=_revision(view, corrected),
            )
    for left in view.left_out:
        yield t(
            "{wave} is not compared: too few core topics were rated for a measurement, or another "
            "framework was used.",
            wave=words.text(left.figures.label),
        )
    if figures.maturity is None:
        return
    overall = figures.maturity.overall
    if overall.incomplete:
        yield t(
            "Incomplete: {share} of the core topics are rated, at least {needed} are needed. These "
            "levels cannot serve as a measurement.",
            share=words.share(overall.coverage),
            needed=words.whole_percent(view.framework.aggregation.coverage),
        )
    parts = [place.figures for place in view.places if place.depth]
    if incomplete := _named(view, [node for node in parts if node.incomplete]):
        yield t("Too few core topics are rated in: {parts}.", parts=incomplete)
    if reduced := _named(view, [node for node in parts if node.reduced_scope]):
        yield t("Reduced scope, many topics declared not applicable: {parts}.", parts=reduced)
    yield from _unfinished(view)
    if len(figures.raters) > 1 and figures.rater is not None:
        yield t(
            "Self-assessments by several people exist: {raters}. Counted is the one by: {rater}.",
            raters=formats.joined([words.rater(one) for one in figures.raters], words.language),
            rater=words.rater(figures.rater),
        )


def _named(view: View, nodes: list[NodeFigures]) -> str:
    return view.words.listed([view.node_label(node.node) for node in nodes]) if nodes else ""


def _unfinished(view: View) -> Iterator[str]:
    for one in view.figures.unfinished:
        title = view.words.text(view.now.questionnaires[one.questionnaire].questionnaire.title)
        yield view.t.plural(
            "{title} (by: {rater}) is not finished: {n} item is open and counts as not answered.",
            "{title} (by: {rater}) is not finished: {n} items are open and count as not answered.",
            one.open_items,
            title=view.words.quoted(title),
            rater=view.words.rater(one.rater),
        )
