"""What is shown beside the levels: leadership alone, the approved policy, the balance."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.framework import Node
from imfsurvey.i18n import formats
from imfsurvey.report.charts.drawing import NARROW, WIDE
from imfsurvey.report.charts.gauge import Gauge, draw_gauge
from imfsurvey.report.document import Block, Chart, Heading, Paragraph, Section, Table
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE


def has_leadership(view: View) -> bool:
    """Whether the framework has a view or something is to be said of an approved policy."""
    return view.tells_of_policy or bool(_views(view))


def leadership(view: View) -> Section:
    """The views of the framework (for IMF: leadership), and whether a policy was approved."""
    t, words = view.t, view.words
    shown = _views(view)
    names = formats.joined([words.label(node.id) for node in shown], view.words.language)
    title = names if shown else t("Approved policy")
    if shown and view.tells_of_policy:
        title = t("{names} and approved policy", names=names)
    blocks: list[Block] = []
    if shown:
        caption = t("{names}, shown alone", names=names)
        blocks.append(_views_table(view, caption, [node.id for node in shown]))
        blocks.append(
            Paragraph(t("Its topics also count in the pillar that they belong to."), "note")
        )
        notes = view.footnote([node.id for node in shown])
        blocks += [Paragraph(said, "note") for said in notes]
    if view.tells_of_policy:
        blocks += _policy(view)
    return Section("leadership", title, tuple(blocks))


def _views(view: View) -> list[Node]:
    """The views that have figures."""
    nodes = view.framework.nodes.values()
    return [node for node in nodes if node.role == "view" and view.node(node.id)]


def _views_table(view: View, caption: str, idents: list[str]) -> Table:
    t, words = view.t, view.words
    columns = ["", t("Level now"), t("Index"), t("Core index"), t("Core topics rated")]
    columns += [t("Level, {wave}", wave=past.within) for past in view.past]
    rows = []
    for ident in idents:
        node = view.node(ident)
        if node is None:
            continue
        cells = [words.label(ident), words.level(node), words.index(node.index)]
        cells += [words.index(node.core_index), words.share(node.coverage)]
        cells += [view.was(ident, past) for past in view.past]
        rows.append(tuple(cells))
    return Table(caption, tuple(columns), tuple(rows))


def _policy(view: View) -> Iterator[Block]:
    t, approved, gate = view.t, view.figures.policy_approved_on, view.framework.gate
    yield Heading(t("Written integrity policy"))
    if approved is None:
        yield Paragraph(
            t("No written integrity policy was approved by the day of this measurement.")
        )
    else:
        day = view.words.date(approved)
        yield Paragraph(t("A written integrity policy was approved on {date}.", date=day))
    if gate and view.gate_lowers:
        yield Paragraph(
            t(
                "The framework's condition holds the overall level back: without an approved "
                "written policy it stays at {level}.",
                level=view.words.named_level(gate.level),
            )
        )
    elif gate and approved is None:
        yield Paragraph(
            t(
                "The framework's condition (no overall level above {level} without one) makes no "
                "difference here: the level would be the same.",
                level=gate.level,
            )
        )


def balance(view: View) -> Section:
    """Controlling against stimulating, with the band that is meant to be kept."""
    t, words, figures = view.t, view.words, view.maturity.balance
    both = figures.stimulating, figures.controlling
    rows = (
        (t("Controlling approach, index 0-100"), words.index(figures.controlling)),
        (t("Stimulating approach, index 0-100"), words.index(figures.stimulating)),
        (t("Difference, stimulating minus controlling"), words.change(*both)),
        (t("Balance, from -1 (all controlling) to +1 (all stimulating)"), _signed(view)),
        (t("Declared band"), _band(view)),
        (t("What the weaker approach carries, index 0-100"), words.index(figures.weaker)),
    )
    note = t("No balance is right everywhere: the entity declares the band it means to keep.")
    table = Table(t("Balance of the two approaches"), (t("Measure"), t("Figure")), rows)
    title = t("Balance between controlling and stimulating")
    said = (Paragraph(_verdict(view)), *_gauge(view), table, Paragraph(note, "note"))
    return Section("balance", title, said)


def _gauge(view: View) -> Iterator[Block]:
    """Where the balance lies on the scale, with the declared band; nothing without a balance."""
    t, figures = view.t, view.maturity.balance
    if figures.balance is None:
        return
    title = t("Balance and declared band")
    low, high = (
        formats.signed(edge, view.words.language, 2) for edge in (figures.low, figures.high)
    )
    gauge = Gauge(
        value=figures.balance,
        low=figures.low,
        high=figures.high,
        value_words=_signed(view),
        low_words=low,
        high_words=high,
        ends=(t("-1: all controlling"), t("+1: all stimulating")),
        band=t("Declared band"),
        spoken=t("Balance {value}, declared band {band}.", value=_signed(view), band=_band(view)),
    )
    rows = (
        (t("Balance, from -1 (all controlling) to +1 (all stimulating)"), _signed(view)),
        (t("Declared band"), _band(view)),
    )
    yield Chart(
        title=title,
        svg=draw_gauge("balance", WIDE, title, gauge),
        narrow=draw_gauge("balance-narrow", NARROW, title, gauge),
        table=Table(title, (t("Measure"), t("Figure")), rows),
    )


def _signed(view: View) -> str:
    value = view.maturity.balance.balance
    return NO_FIGURE if value is None else formats.signed(value, view.words.language, 2)


def _band(view: View) -> str:
    figures, language = view.maturity.balance, view.words.language
    low = formats.signed(figures.low, language, 2)
    return view.t("{low} to {high}", low=low, high=formats.signed(figures.high, language, 2))


def _verdict(view: View) -> str:
    t, figures = view.t, view.maturity.balance
    if figures.balance is None:
        return t("There are no figures to compare the two approaches with.")
    controlling = figures.balance < figures.low
    if figures.outside:
        return (
            t("The balance is outside the declared band, on the controlling side.")
            if controlling
            else t("The balance is outside the declared band, on the stimulating side.")
        )
    if figures.low <= figures.balance <= figures.high:
        return t("The balance is within the declared band.")
    return (
        t("The balance leans to the controlling side, too little to be called out.")
        if controlling
        else t("The balance leans to the stimulating side, too little to be called out.")
    )
