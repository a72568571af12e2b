"""A shipped template and data become a PDF: tagged, archivable, the same bytes every time.

Typst compiles the template. Data reach it as JSON, never as its own markup, so that a text such
as `#read("/etc/passwd")` is printed and not run. Nothing is written to disk on the way: a recovery
sheet holds a secret key.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report.charts import palette
from imfsurvey.report.pdf.texts import printable

if TYPE_CHECKING:
    import typst

TEMPLATES: Final = Path(__file__).parent / "templates"
FONTS: Final = Path(__file__).parent / "fonts"

NO_DAY: Final = datetime.date(2000, 1, 1)
"""The date in a file that must not tell when it was made; the one that boxes carry too."""

_COLOURS: Final = {
    "ink": palette.INK,
    "muted": palette.MUTED,
    "rule": palette.RULE,
    "pale": palette.SEQUENTIAL[0],
    "strong": palette.SEQUENTIAL[-1],
    "mark": palette.MARK,
}

_PLACE = re.compile(r"─ .*?([\w-]+\.typ):(\d+):\d+")
"""Where the compiler says it stopped: `┌─ ../templates/closing.typ:12:3`."""


def pdf(
    template: str,
    data: Mapping[str, object],
    *,
    language: str,
    title: str,
    day: datetime.date | None,
) -> bytes:
    """The PDF (A-2a, UA-1) of a template of this package, named without its ending.

    `data` may hold what JSON can; in every text of it, characters that the shipped fonts lack
    become U+FFFD. `title` is that of the file and its pages' footer. `day` is the date in the
    file; with None it is a constant. The clock is never read. Only the folder of the templates
    can be read from a template, and only the shipped fonts are used.

    Raises RefusedError (IMF-R101), with template and line, when the compiler refuses.
    """
    import typst

    made_at = datetime.datetime.combine(day or NO_DAY, datetime.time(), datetime.UTC)
    texts = {"language": language, "title": title, "colours": _COLOURS, **data}
    try:
        return typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=fonts(),
            format="pdf",
            sys_inputs={"data": json.dumps(printable(texts))},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(made_at.timestamp()),
        )
    except typst.TypstError as error:
        raise _refused(template, error.message, error.diagnostic) from error
    except RuntimeError as error:  # the template itself is not there
        raise _refused(template, str(error)) from error


@cache
def fonts() -> typst.Fonts:
    """The fonts that may be used: the shipped ones, and those within the compiler for what they
    lack. Looked through once: each compiling would do it anew."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _refused(template: str, reason: str, diagnostic: str = "") -> RefusedError:
    """What the compiler said, with the place where it stopped."""
    found = _PLACE.search(diagnostic)
    file, line = (found[1], found[2]) if found else (f"{template}.typ", "1")
    return RefusedError(
        "IMF-R101",
        "The PDF could not be made: {reason} ({template}, line {line}). Report it: the program "
        "made a mistake.",
        reason=reason,
        template=file,
        line=line,
    )
