"""A summary as one HTML or Markdown file. Every text is escaped for the form it goes into."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from imfsurvey.i18n.catalogue import translator
from imfsurvey.report.document import Summary

TextForm = Literal["html", "md"]

TEMPLATES = Path(__file__).parent / "templates"

_MARKUP = re.compile(r"[\\`*_\[\]<>|#~&$]")
"""What Markdown (with the tables, formulas and strike-through of its dialects) takes as markup."""

_AT_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
"""What it takes as markup at the beginning of a line only."""


def render(summary: Summary, form: TextForm) -> str:
    """The whole document: one self-contained HTML page, or Markdown text."""
    template = _environment(form).get_template(f"summary.{form}.j2")
    text = template.render(summary=summary, _=translator(summary.language))
    if form == "md":
        text = re.sub(r"\n{3,}", "\n\n", text)
    return text


def markdown(text: object) -> str:
    """A text as Markdown that shows it as it is, also at the beginning of a line."""
    escaped = _MARKUP.sub(r"\\\g<0>", str(text))
    return _AT_START.sub(lambda found: _escaped_start(found[1]), escaped)


def _finished(value: object) -> Markup:
    """What a template puts out: the result of a macro as it is, any text as Markdown."""
    return value if isinstance(value, Markup) else Markup(markdown(value))


def _escaped_start(start: str) -> str:
    """A sign is escaped; after a number, the dot or bracket that would make a list of it."""
    return start + "\\" if start.isdigit() else "\\" + start


@cache
def _environment(form: TextForm) -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        # Comes before the escaping for HTML, which leaves what is `Markup` as it is.
        finalize=_finished if form == "md" else None,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
