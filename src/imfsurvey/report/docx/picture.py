"""A chart as a picture that every word processor shows: PNG, drawn by Typst from the SVG."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report.document import Chart
from imfsurvey.report.pdf.cutting import pages
from imfsurvey.report.pdf.engine import fonts

DOTS: Final = 192
"""Per inch: two for each of a screen, sharp on paper, and still a small file."""

_TEMPLATE: Final = Path(__file__).parent / "picture.typ"


def draw(charts: Iterable[Chart], width: float) -> dict[str, list[bytes]]:
    """The pictures of charts, by their drawings: one for each page that a chart takes.

    One by one: all at once takes a tenth less time but almost twice the memory, since Typst keeps
    what it has drawn for some turns. Raises `RefusedError` (IMF-R320) when one cannot be drawn.
    """
    return {chart.svg: [png(strips, width) for strips in pages(chart.svg)] for chart in charts}


def png(strips: Sequence[str], width: float) -> bytes:
    """Drawings below one another, `width` centimetres wide, with the shipped fonts; the same bytes
    every time.

    Raises `RefusedError` (IMF-R320) when it cannot be drawn.
    """
    import typst

    try:
        made = typst.compile(
            str(_TEMPLATE),
            root=str(_TEMPLATE.parent),
            font_paths=fonts(),
            format="png",
            ppi=DOTS,
            sys_inputs={"data": json.dumps({"strips": strips, "width": width})},
        )
    except typst.TypstError as error:
        raise RefusedError(
            "IMF-R320",
            "A chart could not be drawn for the Word document: {reason}. Report it: the program "
            "made a mistake.",
            reason=error.message,
        ) from error
    assert isinstance(made, bytes)
    return made
