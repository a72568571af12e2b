"""Charts as pictures that every word processor shows: PNG, drawn by Typst from the SVG."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report.document import Chart
from imfsurvey.report.pdf.cutting import pages
from imfsurvey.report.pdf.engine import FONTS

DOTS: Final = 220
"""Per inch: sharp on paper, and still a small file."""

_TEMPLATE: Final = Path(__file__).parent / "picture.typ"


def draw(charts: Iterable[Chart], width: float) -> dict[str, list[bytes]]:
    """The pictures of charts, by their drawings: one for each page that a chart takes.

    Raises `RefusedError` (IMF-R320) when one cannot be drawn.
    """
    cut = {chart.svg: pages(chart.svg) for chart in charts}
    made = iter(pngs([strips for parts in cut.values() for strips in parts], width))
    return {svg: [next(made) for _ in parts] for svg, parts in cut.items()}


def png(strips: Sequence[str], width: float) -> bytes:
    """One picture; see `pngs`."""
    return pngs([strips], width)[0]


def pngs(pictures: Sequence[Sequence[str]], width: float) -> list[bytes]:
    """Pictures `width` centimetres wide, each of drawings below one another, with the shipped
    fonts; the same bytes every time.

    All at once: to read the fonts takes as long as to draw a picture.
    Raises `RefusedError` (IMF-R320) when one cannot be drawn.
    """
    if not pictures:
        return []
    import typst

    try:
        made = typst.compile(
            str(_TEMPLATE),
            root=str(_TEMPLATE.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="png",
            ppi=DOTS,
            sys_inputs={"data": json.dumps({"pictures": pictures, "width": width})},
        )
    except typst.TypstError as error:
        raise RefusedError(
            "IMF-R320",
            "A chart could not be drawn for the Word document: {reason}. Report it: the program "
            "made a mistake.",
            reason=error.message,
        ) from error
    return [made] if isinstance(made, bytes) else made
