"""A chart as a picture that every word processor shows: PNG, drawn by Typst from the SVG."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report.pdf.engine import FONTS

DOTS: Final = 220
"""Per inch: sharp on paper, and still a small file."""

_TEMPLATE: Final = Path(__file__).parent / "picture.typ"


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
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
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
