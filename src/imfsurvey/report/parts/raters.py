"""What each rater said, what they agreed on, and the external rating beside it."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.i18n import formats
from imfsurvey.report.document import Block, Bullets, Paragraph, Section, Table
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE, clean
from imfsurvey.study.kinds import Said
from imfsurvey.study.raters import Compared, side_by_side


def section(view: View) -> Section | None:
    """Levels and topics rater by rater; None when one person alone gave ratings."""
    figures = view.figures
    if len(figures.sides) < 2:
        return None
    rows = side_by_side(figures, view.framework)
    t = view.t
    blocks: list[Block] = [Paragraph(_counted(view, rows)), _levels(view), _topics(view, rows)]
    if any(side.rater == "external" for side in figures.sides):
        said = t("The external rating is shown beside; it is in no figure.")
        blocks.append(Paragraph(said, "note"))
    blocks += _remarks(view, rows)
    return Section("raters", t("Ratings of several people, side by side"), tuple(blocks))


def _counted(view: View, rows: tuple[Compared, ...]) -> str:
    t, figures = view.t, view.figures
    differing = sum(row.differs for row in rows)
    apart = t("They differ on {n} of {total} topics.", n=differing, total=len(rows))
    if figures.rater == "agreed":
        return apart + " " + t("They agreed on every topic: the figures are made from that.")
    if figures.rater is None:
        return apart
    agreed = sum(row.agreed is not None for row in rows)
    said = t(
        "They agreed on {n} of {total} topics; the figures are made from the ratings of: {rater}.",
        n=agreed,
        total=len(rows),
        rater=view.words.rater(figures.rater),
    )
    return f"{apart} {said}"


def _levels(view: View) -> Table:
    """The level that the ratings of each give, whole and pillars, beside the one that counts."""
    t, words, sides = view.t, view.words, view.figures.sides
    columns = ("", *(words.rater(side.rater) for side in sides), t("what counts"))
    rows = []
    for place in view.main_places:
        given = (side.levels.get(place.ident) for side in sides)
        cells = [NO_FIGURE if level is None else words.count(level) for level in given]
        rows.append((view.node_label(place.ident), *cells, words.level(place.figures)))
    return Table(t("Levels by rater"), columns, tuple(rows))


def _topics(view: View, rows: tuple[Compared, ...]) -> Table:
    t, words = view.t, view.words
    raters = [words.rater(side.rater) for side in view.figures.sides]
    columns = (t("Topic"), *raters, t("agreed"), t("Levels apart"))
    cells = tuple(
        (
            words.text(row.topic.label),
            *(_said(view, one) for one in row.said.values()),
            _said(view, row.agreed.rating) if row.agreed else NO_FIGURE,
            words.count(row.spread) if row.differs else "",
        )
        for row in rows
    )
    caption = t("Topics by rater, those that differ most first")
    return Table(caption, columns, cells, folded=True)


def _said(view: View, said: Said) -> str:
    t = view.t
    words = {"na": t("not applicable"), "dk": t("don't know"), "blank": t("not answered")}
    return words[said] if isinstance(said, str) else view.words.count(said)


def _remarks(view: View, rows: tuple[Compared, ...]) -> Iterator[Block]:
    """Notes beside agreements, and ratings that were changed after one."""
    t, words = view.t, view.words
    changed = [words.text(row.topic.label) for row in rows if row.changed_since]
    if changed:
        yield Paragraph(t("Somebody changed their own rating after the agreement on:"))
        yield Bullets(tuple(changed), short=True)
    notes = tuple(
        formats.labelled(words.text(row.topic.label), clean(row.agreed.note), words.language)
        for row in rows
        if row.agreed and row.agreed.note
    )
    if notes:
        yield Paragraph(t("Noted when agreeing:"))
        yield Bullets(notes)
