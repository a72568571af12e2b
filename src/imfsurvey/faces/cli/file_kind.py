"""What a file of the language is: a questionnaire or a framework."""

from __future__ import annotations

from typing import Literal

from imfsurvey.source.document import Document
from imfsurvey.source.problems import ProblemsFoundError

FileKind = Literal["questionnaire", "framework"]


def kind_of(document: Document) -> FileKind:
    """Told by its first-level key. Raises `ProblemsFoundError` F110 when it has neither."""
    keys = document.value if isinstance(document.value, dict) else {}
    if "questionnaire" in keys:
        return "questionnaire"
    if "framework" in keys:
        return "framework"
    raise ProblemsFoundError(
        [
            document.problem(
                "IMF-F110",
                "neither a questionnaire nor a framework: it needs 'questionnaire' or 'framework' "
                "as a first-level key",
            )
        ]
    )
