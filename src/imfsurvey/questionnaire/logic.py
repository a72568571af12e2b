"""The logic of a questionnaire: its expressions and piped names, checked against its items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imfsurvey.source.places import Document
from imfsurvey.source.problems import Problem

if TYPE_CHECKING:
    from imfsurvey.questionnaire.model import Questionnaire


def logic_problems(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """What is wrong with the expressions of a questionnaire and the names in its texts."""
    yield from ()
