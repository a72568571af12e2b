"""Links between the papers, and to their pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def anchors(paper: Path) -> set[str]:
    """The anchors of a paper's headings, as the usual viewers make them."""
    text = re.sub(r"^```.*?^```", "", paper.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_link_leads_somewhere(paper: Path) -> None:
    """A relative link names a file of the project, and its anchor a heading of that file."""
    for link in LINK.findall(paper.read_text("utf-8")):
        if re.match(r"https?:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (paper.parent / name).resolve() if name else paper
        assert target.is_relative_to(ROOT) and target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_paper_can_be_found() -> None:
    """Each paper is linked from another one."""
    linked = {
        (paper.parent / link.partition("#")[0]).resolve()
        for paper in PAPERS
        for link in LINK.findall(paper.read_text("utf-8"))
        if link.partition("#")[0] and (paper.parent / link.partition("#")[0]).resolve() != paper
    }
    assert set(PAPERS) - {ROOT / "README.md"} <= linked
