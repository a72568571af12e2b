"""What was read once is not read again: most of a study stays as it is between two inputs.

Only what depends on nothing but its arguments, and only while these are the very same: a file that
an input changed gives another text, that another document, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import imfsurvey.framework.load as of_framework
import imfsurvey.questionnaire.load as of_questionnaire
from imfsurvey.framework import Framework
from imfsurvey.questionnaire.checks import check
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.source import document
from imfsurvey.source.document import Document
from imfsurvey.source.model import validated
from imfsurvey.source.problems import Problem

_MOST = 200


def _by_identity(compute: Callable[..., Any]) -> Callable[..., Any]:
    """The same, computed once for the same objects; what it raises is not kept."""
    known: dict[tuple[int, ...], tuple[object, Any]] = {}

    def remembered(*given: object) -> Any:
        key = tuple(map(id, given))
        if key not in known:
            result = compute(*given)
            if len(known) >= _MOST:
                del known[next(iter(known))]
            known[key] = (given, result)  # held, so that no other object gets its id
        return known[key][1]

    return remembered


_parse = document.parse


@lru_cache(maxsize=_MOST)
def _parsed(text: str, name: str) -> Document:
    return _parse(text, name)


def _checked(found: Questionnaire, framework: Framework, source: Document) -> Sequence[Problem]:
    return tuple(check(found, framework, source))


def remember() -> None:
    """From now on."""
    document.parse = _parsed
    of_framework.validated = of_questionnaire.validated = _by_identity(validated)
    of_questionnaire.check = _by_identity(_checked)
