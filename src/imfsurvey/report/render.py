"""A summary as one HTML or Markdown file. Every text is escaped for the form it goes into."""

from __future__ import annotations

import re
from pathlib import Path

from imfsurvey.report.document import Summary
from imfsurvey.report.templating import TextForm, fill


def render(summary: Summary, form: TextForm, folder: Path | None = None) -> str:
    """The whole document: one self-contained HTML page, or Markdown text.

    By the templates of `folder` where it has them. Raises `ProblemsFoundError` when these cannot
    be used.
    """
    text = fill(summary, form, folder)
    return re.sub(r"\n{3,}", "\n\n", text) if form == "md" else text
