"""From a questionnaire file to a `Questionnaire`, with everything that is wrong found at once."""

from __future__ import annotations

from pathlib import Path

from imfsurvey.framework import Framework
from imfsurvey.questionnaire.checks import check
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.source.document import Document, read
from imfsurvey.source.model import validated
from imfsurvey.source.problems import ProblemsFoundError


def load_questionnaire(path: Path, framework: Framework, name: str | None = None) -> Questionnaire:
    """The questionnaire in a file. Raises `ProblemsFoundError`."""
    return questionnaire_from(read(path, name), framework)


def questionnaire_from(document: Document, framework: Framework) -> Questionnaire:
    """The questionnaire in a document, checked against its framework.

    Raises `ProblemsFoundError`.
    """
    questionnaire = validated(Questionnaire, document)
    errors = [p for p in check(questionnaire, framework, document) if p.severity == "error"]
    if errors:
        raise ProblemsFoundError(errors)
    return questionnaire
