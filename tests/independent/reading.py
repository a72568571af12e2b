"""A Markdown report taken apart: its tables by caption, and the lines around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Rows = list[list[str]]
_ESCAPED = re.compile(r"\\([^\w\s])|\\(?=\w)")


@dataclass
class Page:
    """What a report says."""

    tables: dict[str, Rows] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)


def read(text: str) -> Page:
    """Every table and every line; AssertionError when two tables have one caption."""
    page = Page()
    caption = ""
    for raw in text.splitlines():
        line = _ESCAPED.sub(r"\1", raw).strip()
        if line.startswith("|"):
            _take_row(page, caption, line)
        elif line.startswith("**") and line.endswith("**"):
            caption = line.strip("*")
            page.lines.append(caption)
        elif numbered := re.fullmatch(r"## (\d+)\. (.*)", line):
            page.sections.append(int(numbered[1]))
            page.lines.append(numbered[2])
        elif line:
            page.lines.append(re.sub(r"^(?:#+|-|>) ", "", line))
    return page


def _take_row(page: Page, caption: str, line: str) -> None:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if all(re.fullmatch(r"-+:?", cell) for cell in cells):
        return
    if caption not in page.tables:
        page.tables[caption] = []
    page.tables[caption].append(cells)


def has_number(text: str) -> bool:
    """Whether there is a digit in it."""
    return re.search(r"\d", text) is not None


def numbers(text: str) -> list[str]:
    """The numbers of a sentence."""
    return re.findall(r"\d+(?:\.\d+)?", text)
