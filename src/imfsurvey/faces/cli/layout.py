"""Text in lines of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from imfsurvey.faces.cli.terminal import WIDTH, say


def say_lines(lines: Iterable[str]) -> None:
    """Print lines, those that are none of columns cut at 80."""
    from imfsurvey.faces.progress_lines import tabular  # figures behind it take time

    for line in lines:
        for row in [line] if tabular(line) or not line else wrapped(line):
            say(row)


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
