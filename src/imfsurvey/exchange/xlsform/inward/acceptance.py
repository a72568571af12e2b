"""Whether our own reader accepts what was made; expressions that it refuses are left out.

Types, unreachable codes and the order of questions are its business; a workbook is not refused as
a whole because one of its conditions compares a date with a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from imfsurvey.exchange.xlsform.form import OURS, SURVEY, Form
from imfsurvey.exchange.xlsform.inward.ids import id_like
from imfsurvey.exchange.xlsform.inward.yaml_text import yaml_of
from imfsurvey.exchange.xlsform.losses import At, Loss, Losses
from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire import Questionnaire, questionnaire_from
from imfsurvey.source.document import parse
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem, ProblemsFoundError

_LOGIC: Final = ("show_if", "required_if", "check", "expr")


def accepted(
    values: dict[str, Any], form: Form, framework: Framework, losses: Losses
) -> tuple[str, Questionnaire]:
    """The text that our own reader accepts; expressions that it refuses are left out.

    Raises `ProblemsFoundError`.
    """
    while True:
        text = yaml_of(values)
        document = parse(text, "")
        try:
            return text, questionnaire_from(document, framework)
        except ProblemsFoundError as error:
            paths = {path: one for one in error.problems if (path := _logic_at(one, document))}
            if not paths:
                raise
            for path, problem in paths.items():
                _left_out(path, problem, values, form, losses)
            values = _without(values, list(paths))


def _left_out(
    path: KeyPath, problem: Problem, values: dict[str, Any], form: Form, losses: Losses
) -> None:
    item = _id_at(values, path)
    row = next(
        (one for one in form.survey if item in (id_like(one.get("name")), one.get(f"{OURS}id"))),
        None,
    )
    losses.add(
        "IMF-W148",
        "the expression in '{column}' is not taken over: {reason}",
        row.at() if row is not None else At(SURVEY),
        column=str(next(key for key in reversed(path) if isinstance(key, str))),
        reason=InputError(problem.code, problem.template, **problem.params),
    )


def refused(problem: Problem) -> Loss:
    """A problem of the file that would be written, as a reason why it is not."""
    reason = InputError(problem.code, problem.template, **problem.params)
    params = {"code": problem.code, "reason": reason, "excerpt": problem.excerpt.strip()}
    return Loss(
        "IMF-E150", "what would be written is refused: {code}: {reason} ({excerpt})", params
    )


def _logic_at(problem: Problem, document: Document) -> KeyPath | None:
    """The path of what is to be left out for a problem; None when it is about something else."""
    found = [
        (place.column, path)
        for path, place in document.values.items()
        if place.line == problem.line and place.column <= problem.column
    ]
    path = max(found, default=(0, ()))[1]
    if not path or path[-1] not in _LOGIC:
        return None
    # A check goes with its message, a computed value with its id.
    return path[:-1] if path[-1] in ("check", "expr") else path


def _without(values: Any, paths: Sequence[KeyPath]) -> Any:
    """Plain values without what stands at these paths, and without lists that this empties."""
    below: dict[str | int, list[KeyPath]] = {}
    gone = {path[0] for path in paths if len(path) == 1}
    for path in paths:
        if len(path) > 1:
            below.setdefault(path[0], []).append(path[1:])
    if isinstance(values, dict):
        kept = {
            key: _without(value, below[key]) if key in below else value
            for key, value in values.items()
            if key not in gone
        }
        return {key: value for key, value in kept.items() if key not in below or value != []}
    return [
        _without(value, below[index]) if index in below else value
        for index, value in enumerate(values)
        if index not in gone
    ]


def _id_at(values: Any, path: KeyPath) -> str:
    """The innermost id around a path; empty when there is none."""
    found = ""
    for key in path:
        if isinstance(values, dict):
            found = str(values.get("id", found))
        values = values[key]
    return str(values.get("id", found)) if isinstance(values, dict) else found
