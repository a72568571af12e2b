"""Every reader, by name; its module is imported in the process that runs it, no sooner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any, Final


def _found(module: str, name: str) -> Any:
    return getattr(import_module(f"readers.{module}"), name)


_PLACES: Final = {
    "questionnaire": ("written", "Questionnaires"),
    "framework": ("written", "Frameworks"),
    "expression": ("written", "Expressions"),
    "study-yaml": ("folder", "Settings"),
    "study-json": ("folder", "Desks"),
    "study-sealed": ("folder", "Sealed"),
    "box-segments": ("boxes", "Segments"),
    "box-records": ("boxes", "Records"),
    "xlsform-cells": ("workbooks", "Cells"),
    "xlsform-files": ("workbooks", "Files"),
    "response-tables": ("tables", "Responses"),
    "translations": ("tables", "Translations"),
    "check": ("tables", "Checks"),
    "key-files": ("typed", "KeyFiles"),
    "typed-codes": ("typed", "Codes"),
    "merge": ("merging", "Sticks"),
    "plain-mode": ("lines", "Plain"),
    "command-line": ("commands", "Words"),
    "screens": ("screens", "Keys"),
    "pages": ("pages", "Requests"),
    "templates": ("templates", "Templates"),
    "selftest": ("selftest", "Everything"),
}

READERS: Final[Mapping[str, Callable[[], Any]]] = {
    name: partial(_found, *place) for name, place in _PLACES.items()
}

ONLY_BY_NAME: Final = frozenset({"selftest"})
"""Not among those that run when nothing is named."""
