"""What each rater said, side by side, as plain text of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.faces.cli.terminal import WIDTH
from imfsurvey.faces.words import rater_short, rater_word, said_legend, said_short
from imfsurvey.framework.model import OVERALL
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.words import NO_FIGURE, Words
from imfsurvey.study.kinds import Counted, Rater
from imfsurvey.study.raters import Compared, side_by_side
from imfsurvey.study.results import WaveResults

_COLUMN: Final = 10


def raters_sheet(found: WaveResults, t: Translator) -> Iterator[str]:
    """The lines; those on which the raters of the entity differ come first."""
    figures, words = found.figures, Words(t.language, found.framework)
    columns: tuple[Counted, ...] = (*(side.rater for side in figures.sides), "agreed")
    room = WIDTH - _COLUMN * len(columns)
    heads = "".join(f"{rater_short(one, t):>{_COLUMN}}" for one in columns)
    yield f"{t('RATERS'):<{room}}{heads}"
    rows = side_by_side(figures, found.framework)
    yield from _block(t("Different"), [row for row in rows if row.differs], words, room)
    yield from _block(t("The same"), [row for row in rows if not row.differs], words, room)
    levels = "".join(
        f"{NO_FIGURE if (level := side.levels.get(OVERALL)) is None else level:>{_COLUMN}}"
        for side in figures.sides
    )
    yield ""
    yield f"{t('Overall level of each alone'):<{room}}{levels}"
    yield ""
    yield from wrapped(said_legend(t))
    yield from _remarks(found, rows, t)


def _block(title: str, rows: list[Compared], words: Words, room: int) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield f"{title} ({len(rows)})"
    for row in rows:
        *above, last = wrapped(words.text(row.topic.label), "  ", width=room - 2)
        yield from above
        agreed = said_short(row.agreed.rating if row.agreed else None, words.t)
        mark = "*" if row.changed_since else ""
        cells = [said_short(one, words.t) for one in row.said.values()]
        said = "".join(f"{one:>{_COLUMN}}" for one in (*cells, agreed + mark))
        yield f"{last:<{room}}{said}".rstrip()


def _remarks(found: WaveResults, rows: tuple[Compared, ...], t: Translator) -> Iterator[str]:
    figures = found.figures
    agreed = [row for row in rows if row.agreed]
    if any(row.changed_since for row in agreed):
        yield from wrapped(t("*: somebody changed their own rating after the agreement."))
    if figures.rater == "agreed":
        yield from wrapped(t("The figures are made from what was agreed on."))
    elif figures.rater is not None and len(figures.sides) > 1:
        text = t(
            "Agreed on {done} of {total} topics; until it is all of them, the figures are made "
            "from the ratings of: {rater}.",
            done=len(agreed),
            total=len(rows),
            rater=rater_word(figures.rater, t),
        )
        yield from wrapped(text)
    if any(side.rater == "external" for side in figures.sides):
        yield from wrapped(t("The external rating is shown beside; it is in no figure."))
    for row in agreed:
        if row.agreed and row.agreed.note:
            label = row.topic.label.say(t.language)
            yield from wrapped(formats.labelled(label, row.agreed.note, t.language), "- ")


def raters_data(found: WaveResults) -> dict[str, Any]:
    """The same for programs."""
    figures = found.figures
    return {
        "wave": figures.wave,
        "counted": figures.rater,
        "raters": [
            {"rater": side.rater, "finished": side.finished, "levels": dict(side.levels)}
            for side in figures.sides
        ],
        "topics": [
            {
                "topic": row.topic.id,
                "said": dict(row.said),
                "differs": row.differs,
                "spread": row.spread,
                "agreed": row.agreed.rating if row.agreed else None,
                "agreed_by": _by(row),
                "agreed_on": row.agreed.on.isoformat() if row.agreed else None,
                "note": row.agreed.note if row.agreed else "",
                "changed_since": row.changed_since,
            }
            for row in side_by_side(figures, found.framework)
        ],
    }


def _by(row: Compared) -> list[Rater]:
    return list(row.agreed.by) if row.agreed else []
