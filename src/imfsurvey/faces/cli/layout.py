"""Text in lines of 80 columns."""

from __future__ import annotations

import textwrap

from imfsurvey.faces.cli.terminal import WIDTH


def wrapped(text: str, first: str = "", width: int = WIDTH) -> list[str]:
    """The text in lines of at most 80 columns, or `width`; the first begins with `first`, the
    others are indented as much."""
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
    )
