"""Documents as one HTML or Markdown file. Every text is escaped for the form it goes into."""

from __future__ import annotations

import re
from pathlib import Path

from imfsurvey.report.document import Summary
from imfsurvey.report.papers.paper import Paper
from imfsurvey.report.templating import TextForm, environment, fill


def render(summary: Summary, form: TextForm, folder: Path | None = None) -> str:
    """The whole report: one self-contained HTML page, or Markdown text.

    By the templates of `folder` where it has them. Raises `ProblemsFoundError` when these cannot
    be used.
    """
    text = fill(summary, form, folder)
    return _without_gaps(text) if form == "md" else text


def markdown_page(paper: Paper) -> str:
    """A paper around a survey as Markdown."""
    return _without_gaps(environment("md").get_template("paper.md.j2").render(paper=paper))


def _without_gaps(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text)
