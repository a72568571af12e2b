"""Small questionnaires made for one test: items as mappings, with all that a file needs around."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Mapping
from typing import Any

import pytest
from marked import FRAMEWORK

from imfsurvey.framework.load import framework_from
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview
from imfsurvey.questionnaire import Choice, Questionnaire, questionnaire_from
from imfsurvey.source.document import parse
from imfsurvey.source.model import Text

IMF = framework_from(parse(FRAMEWORK))
TODAY = datetime.date(2026, 3, 31)
GROUPS = tuple(Choice(code=code, text=Text({"fr": code.upper()})) for code in ("ops", "calog"))
SCALE = {
    "codes": [{"code": code, "text": {"fr": f"degré {code}"}} for code in range(1, 6)],
    "non_answers": ["dk"],
    "favourable": [4, 5],
    "unfavourable": [1, 2],
}


def item(item_id: str, kind: str, **keys: Any) -> dict[str, Any]:
    """An item whose text is its id."""
    return {"id": item_id, "type": kind, "text": {"fr": item_id}, **keys}


def choices(*codes: Any, **own: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Choices in words of their own; `own`: further keys by code."""
    return [
        {"code": code, "text": {"fr": f"le {code}"}, **own.get(str(code), {})} for code in codes
    ]


def section(section_id: str, *items: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A section."""
    return {"id": section_id, "title": {"fr": section_id}, "items": list(items), **keys}


def form(*parts: dict[str, Any], named: bool = True, **top: Any) -> Questionnaire:
    """A questionnaire of these items, or of these sections."""
    sections = list(parts) if "items" in parts[0] and "type" not in parts[0] else None
    value = {
        "imfsurvey": 1,
        "questionnaire": {
            "id": "small",
            "version": "1",
            "kind": "self_assessment" if named else "perception",
            "framework": "sample",
            "title": {"fr": "Petit"},
            "languages": ["fr"],
            "default_language": "fr",
        },
        "privacy": {"mode": "named" if named else "anonymous"},
        "scales": {"agree": SCALE},
        "sections": sections or [section("all_of_it", *parts)],
        **top,
    }
    return questionnaire_from(parse(json.dumps(value, ensure_ascii=False)), IMF)


def walk(
    *parts: dict[str, Any],
    named: bool = True,
    answers: Mapping[str, Answer] | None = None,
    seed: int | None = None,
    **top: Any,
) -> Interview:
    """A walk through such a questionnaire; with a seed, its orders are drawn."""
    return Interview(
        form(*parts, named=named, **top),
        IMF,
        "fr",
        groups=GROUPS,
        answers=answers,
        today=TODAY,
        rng=None if seed is None else random.Random(seed),
    )


def say(interview: Interview, **values: Any) -> None:
    """Answer items: a value, or a status written with a leading `~`."""
    for item_id, value in values.items():
        if isinstance(value, str) and value.startswith("~"):
            interview.record(item_id, value[1:])  # type: ignore[arg-type]
        else:
            interview.record(item_id, "answered", value)


def shown(interview: Interview) -> list[str]:
    """The items that are shown now, in order."""
    return [page.item.id for page in interview.pages]


def offered(interview: Interview, item_id: str) -> list[Any]:
    """What an item offers now: its codes, in order."""
    options = interview.options(interview.questionnaire.items[item_id])
    return [option.value for option in options if option.status == "answered"]


def objections(interview: Interview, item_id: str) -> list[str]:
    """The codes of what an item still lacks."""
    found = interview.objections(interview.questionnaire.items[item_id])
    return [one.code.removeprefix("IMF-") for one in found]


def refused(call: Any, *arguments: object) -> str:
    """The code with which a call is refused."""
    with pytest.raises(InputError) as caught:
        call(*arguments)
    return caught.value.code.removeprefix("IMF-")
