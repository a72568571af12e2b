"""A summary as one HTML or Markdown file. Every text is escaped for the form it goes into."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from imfsurvey.i18n.catalogue import translator
from imfsurvey.report.document import Summary
from imfsurvey.report.summary import summary as summarised
from imfsurvey.store.disk import explained
from imfsurvey.study.results import WaveResults

Form = Literal["html", "md"]

TEMPLATES = Path(__file__).parent / "templates"

_MARKUP = re.compile(r"[\\`*_\[\]<>|#~&$]")
"""What Markdown (with the tables, formulas and strike-through of its dialects) takes as markup."""

_AT_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
"""What it takes as markup at the beginning of a line only."""


def render(summary: Summary, form: Form) -> str:
    """The whole document: one self-contained HTML page, or Markdown text."""
    template = _environment(form).get_template(f"summary.{form}.j2")
    text = template.render(summary=summary, _=translator(summary.language))
    if form == "md":
        text = re.sub(r"\n{3,}", "\n\n", text)
    return text


def write(
    waves: Sequence[WaveResults],
    folder: Path,
    languages: Sequence[str],
    formats: Sequence[Form],
    made_on: datetime.date,
) -> list[Path]:
    """The report on the last wave in every language and form; gives the files written.

    They are named `<wave>-summary.<language>.<form>`. A file appears whole or not at all. Raises
    `StorageError` when the folder cannot be written.
    """
    written = []
    for language in languages:
        view_model = summarised(waves, language, made_on)
        for form in formats:
            path = folder / f"{_file_name(view_model.wave)}-summary.{language}.{form}"
            put(path, render(view_model, form))
            written.append(path)
    return written


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
def _environment(form: Form) -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        # Comes before the escaping for HTML, which leaves what is `Markup` as it is.
        finalize=_finished if form == "md" else None,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


def _file_name(wave: str) -> str:
    """The id of a wave without what could lead out of the folder."""
    return re.sub(r"[^\w.-]", "_", wave).lstrip(".") or "wave"


def put(path: Path, text: str) -> None:
    """Write to a neighbour, then rename. A report needs no lock: each program has its own one.

    Raises `StorageError`.
    """
    neighbour = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with explained(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with neighbour.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            neighbour.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                neighbour.unlink(missing_ok=True)
            raise
