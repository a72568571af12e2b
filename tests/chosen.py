"""Small surveys that offer choices, and their figures: what several tests share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from records import microdata

from imfsurvey.analysis.choices import choice_figures
from imfsurvey.analysis.chosen import ChoiceFigures
from imfsurvey.questionnaire import Choice, Questionnaire
from imfsurvey.source.model import Text

GROUPS = (Choice(code="ops", text=Text({"en": "Ops"})),)
"""The only group of the study."""


def offering(
    *items: Mapping[str, Any], computed: Sequence[Mapping[str, str]] = (), **privacy: Any
) -> Questionnaire:
    """A survey of some items; `choices` may be given as bare codes."""
    return Questionnaire.model_validate(
        {
            "imfsurvey": 1,
            "questionnaire": {
                "id": "office",
                "version": "1.0",
                "kind": "perception",
                "framework": "sample",
                "title": {"en": "Office"},
                "languages": ["en"],
                "default_language": "en",
            },
            "privacy": {"mode": "anonymous", "k": 10, "k_total": 5, **privacy},
            "computed": list(computed),
            "sections": [
                {"id": "all", "title": {"en": "All"}, "items": [_written(one) for one in items]}
            ],
        }
    )


def _written(item: Mapping[str, Any]) -> dict[str, Any]:
    found = {"text": {"en": item["id"]}, "type": "single", **item}
    if "choices" in item:
        found["choices"] = [
            one if isinstance(one, Mapping) else {"code": one, "text": {"en": one}}
            for one in item["choices"]
        ]
    return found


def answered(
    questionnaire: Questionnaire, *people: tuple[int, Mapping[str, Any]]
) -> dict[str, ChoiceFigures]:
    """The figures by item; how many people gave which answers, left blank where none is said."""
    blank = dict.fromkeys((one.id for one in questionnaire.coded_items()), "~blank")
    rows = [{**blank, **said} for count, said in people for _ in range(count)]
    figures = choice_figures(questionnaire, microdata(questionnaire, rows, GROUPS))
    return {one.item: one for one in figures}


def shown(figures: ChoiceFigures) -> dict[Any, Any]:
    """By choice: its count, or why it has none."""
    return {one.code: one.withheld or one.count for one in figures.choices}


def one_item(
    kind: str, codes: Sequence[Any], counts: Mapping[Any, int], **item: Any
) -> ChoiceFigures:
    """The figures of a survey of one item; `counts`: by answer, how often it was given."""
    asked = {"id": "a", "type": kind, **item, **({"choices": codes} if codes else {})}
    people = [(count, {"a": answer}) for answer, count in counts.items()]
    return answered(offering(asked), *people)["a"]
