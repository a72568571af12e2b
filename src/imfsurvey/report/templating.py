"""The templates of the report: the shipped ones, and those that an office has made its own.

A template of an office is text and no program: it is filled in a sandbox, reads no file outside
its folder and the shipped ones, and what it puts out is escaped for the form it goes into.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Final, Literal

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from imfsurvey.i18n.catalogue import N_, translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report.document import Summary
from imfsurvey.source.problems import Problem, ProblemsFoundError
from imfsurvey.store.disk import explained

TextForm = Literal["html", "md"]

SHIPPED: Final = Path(__file__).parent / "templates"

FILES: Final = ("summary.html.j2", "summary.css", "summary.md.j2")

WORD_FILE: Final = "summary.docx"
"""A template of Word; none is shipped, an example is made by `docx.house`."""

_MARKUP = re.compile(r"[\\`*_\[\]<>|#~&$]")
"""What Markdown (with the tables, formulas and strike-through of its dialects) takes as markup."""

_AT_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
"""What it takes as markup at the beginning of a line only."""


def fill(summary: Summary, form: TextForm, folder: Path | None = None) -> str:
    """The template of a form, filled; that of `folder` where it has one, else the shipped one.

    Raises `ProblemsFoundError`, with file and line, when a template of the folder cannot be used.
    """
    try:
        template = environment(form, folder).get_template(f"summary.{form}.j2")
        return template.render(summary=summary, _=translator(summary.language))
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as fault:
        if folder is None:
            raise
        raise ProblemsFoundError([_problem(fault, form, folder)]) from fault


def copy_templates(folder: Path, language: str = "en") -> list[Path]:
    """Put the shipped templates into a folder, to be changed; gives the files written.

    The template of Word is among them where the library that fills it is installed; its spelling
    is that of `language`.

    Raises `RefusedError` when one of them is there already, `StorageError` when the folder cannot
    be written.
    """
    wanted = [folder / name for name in FILES]
    word = [folder / WORD_FILE] if find_spec("docxtpl") else []
    there = [path for path in (*wanted, *word) if path.exists()]
    if there:
        raise RefusedError(
            "IMF-R102",
            "'{file}' is there already and is left as it is: choose another folder.",
            file=str(there[0]),
        )
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for path in wanted:
            path.write_bytes((SHIPPED / path.name).read_bytes())
        for path in word:
            from imfsurvey.report.docx.house import example  # python-docx behind it takes time

            path.write_bytes(example(language))
    return [*wanted, *word]


def check_templates(folder: Path, sample: Summary) -> list[Problem]:
    """What is wrong with the templates of a folder: each is filled with a sample report.

    A folder that holds none of them is a problem as well. Raises `RefusedError` (IMF-R110) for a
    template of Word without the library that fills it.
    """
    try:
        require_templates(folder)
    except ProblemsFoundError as found:
        return list(found.problems)
    problems = [problem for form in ("html", "md") for problem in _tried(form, folder, sample)]
    return [*problems, *_tried_word(folder / WORD_FILE, sample)]


def _tried_word(template: Path, sample: Summary) -> Iterator[Problem]:
    if not template.is_file():
        return
    from imfsurvey.report.docx.house import fill_word, require_library  # takes time

    require_library()
    try:
        fill_word(template, sample, datetime.date(2000, 1, 1))
    except ProblemsFoundError as found:
        yield from found.problems


def require_templates(folder: Path) -> None:
    """Raise `ProblemsFoundError` when a folder holds no template of the report."""
    if not any((folder / name).is_file() for name in (*FILES, WORD_FILE)):
        none = Problem(
            "IMF-R103",
            "holds no template of the report ({names}); 'imfsurvey template copy' makes them",
            {"names": ", ".join((*FILES, WORD_FILE))},
            file=str(folder),
        )
        raise ProblemsFoundError([none])


def _tried(form: TextForm, folder: Path, sample: Summary) -> Iterator[Problem]:
    try:
        fill(sample, form, folder)
    except ProblemsFoundError as found:
        yield from found.problems


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
def environment(form: TextForm, folder: Path | None = None) -> SandboxedEnvironment:
    """What fills templates of a form: those of `folder` first, then the shipped ones."""
    return SandboxedEnvironment(
        loader=FileSystemLoader([folder, SHIPPED] if folder else SHIPPED),
        autoescape=True,
        # Comes before the escaping for HTML, which leaves what is `Markup` as it is.
        finalize=_finished if form == "md" else None,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


# --- what is wrong, and where -----------------------------------------------------------------


def _problem(fault: Exception, form: TextForm, folder: Path) -> Problem:
    code, words = kind_of(fault)
    file, line = _place(fault, form, folder)
    return Problem(code, words, {"reason": reason_of(fault)}, file=file, line=line, column=1)


def reason_of(fault: Exception) -> str:
    """What is wrong; of a name that is not there only the name, not where in our code it is not."""
    said = str(fault) or type(fault).__name__
    missing = re.search(r"has no attribute '(.+)'$|^'(.+)' is undefined$", said)
    return missing[1] or missing[2] if missing else said


def kind_of(fault: Exception) -> tuple[str, str]:
    """Code and sentence; the reason is in the words of Jinja2, which are English."""
    if isinstance(fault, TemplateNotFound):
        return "IMF-R104", N_("there is no template {reason} beside it")
    if isinstance(fault, TemplateSyntaxError):
        return "IMF-R105", N_("the template cannot be read: {reason}")
    if isinstance(fault, SecurityError):
        return "IMF-R106", N_("a template may not do this: {reason}")
    if isinstance(fault, UndefinedError):
        return "IMF-R107", N_("the report has nothing of this name: {reason}")
    return "IMF-R108", N_("the template fails here: {reason}")


def _place(fault: Exception, form: TextForm, folder: Path) -> tuple[str, int]:
    """File and line of a template; the template of the form, where nothing better is known."""
    if isinstance(fault, TemplateSyntaxError):
        return fault.filename or str(folder / f"summary.{form}.j2"), fault.lineno
    inside = [place for place in _frames(fault.__traceback__) if Path(place[0]).parent == folder]
    return inside[-1] if inside else (str(folder / f"summary.{form}.j2"), 1)


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
