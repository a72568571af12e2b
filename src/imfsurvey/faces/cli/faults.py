"""What is said when something goes wrong, and the exit code. Values never get into it."""

from __future__ import annotations

import contextlib
import os
import sys
from types import TracebackType
from typing import TYPE_CHECKING

import click

from imfsurvey.faces.cli.terminal import WIDTH, narrate
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import ImfsurveyError

if TYPE_CHECKING:  # what only words of faults need is loaded when there is a fault
    from imfsurvey.source.problems import Problem

INTERNAL_ERROR = 70
BROKEN_OFF = 130
STORAGE = 3

_INDENT = 4


class WrongUseError(ImfsurveyError):
    """The command line itself is wrong: an option is missing or cannot be read."""

    exit_code = 2


class Outcome:
    """Whatever happens inside becomes words on stderr and an exit code: never a traceback, which
    would show local variables, answers among them."""

    def __init__(self, t: Translator) -> None:
        self._t = t
        self.code = 0

    def __enter__(self) -> Outcome:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is None or isinstance(error, SystemExit):
            return False
        self.code = _explain(error, self._t)
        return True


def _explain(error: BaseException, t: Translator) -> int:
    """Say what happened; the exit code."""
    from imfsurvey.i18n.describe import describe
    from imfsurvey.source.problems import ProblemsFoundError

    if isinstance(error, ProblemsFoundError):
        for problem in error.problems:
            for line in problem_lines(problem, t):
                narrate(line)
        return error.exit_code
    if isinstance(error, ImfsurveyError):
        narrate(f"{error.code}: {describe(error, t)}")
        return error.exit_code
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code
    if isinstance(error, click.Abort | KeyboardInterrupt):
        narrate("")
        narrate(t("Broken off. What was confirmed before is kept."))
        return BROKEN_OFF
    if isinstance(error, BrokenPipeError):
        return _reader_gone()
    if isinstance(error, OSError):
        sentence = t(
            "The system refused a file operation: {reason} ({file}). What was saved before it "
            "is kept.",
            reason=error.strerror or type(error).__name__,
            file=error.filename or "-",
        )
        narrate(f"IMF-F104: {sentence}")
        return STORAGE
    return _internal(error, t)


def _internal(error: BaseException, t: Translator) -> int:
    import traceback

    from imfsurvey.faces.crash import details_wanted, where_it_broke

    if details_wanted():
        traceback.print_exception(error)
    order = _order_before(error)
    if order is not None:
        return _explain(order, t)
    where = where_it_broke(error)
    narrate(t("Internal error ({where}). What was saved before it is kept.", where=where))
    return INTERNAL_ERROR


def _order_before(error: BaseException) -> BaseException | None:
    """Ctrl+C, or an order to end, that something else followed from: it may come in the middle of
    what Python does itself (a module that is being loaded, a lock), which then fails as well."""
    before = error.__context__
    while before is not None and not isinstance(before, KeyboardInterrupt | SystemExit):
        before = before.__context__
    return before


def _reader_gone() -> int:
    """`imfsurvey results 2026-zero | head` is no error; keep Python from complaining at its end."""
    with contextlib.suppress(OSError, ValueError):  # no real stdout, as under a test
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def problem_lines(problem: Problem, t: Translator) -> list[str]:
    """One problem of a file: place, code and words, then the line with a mark below its column."""
    from imfsurvey.i18n.describe import describe

    label = t("error") if problem.severity == "error" else t("warning")
    lines = [f"{problem.place}: {label} {problem.code}: {describe(problem, t)}"]
    if problem.excerpt.strip() and problem.column:
        # A long line is cut so that the column is in sight.
        room = WIDTH - _INDENT - 2
        start = max(0, problem.column - room) if problem.column > room else 0
        shown = problem.excerpt[start : start + room].replace("\t", " ")
        lines.append(" " * _INDENT + shown)
        lines.append(" " * (_INDENT + problem.column - 1 - start) + "^")
    return lines
