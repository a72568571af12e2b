"""Waves with everything a report can show: zero and annual, survey, groups, targets, warnings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from measured import (
    FRAMEWORK,
    both,
    item_figures,
    likert,
    maturity,
    perception,
    survey,
    topic,
    wave,
)

from imfsurvey.analysis.figures import PerceptionFigures, Rating, ResponseFigures
from imfsurvey.analysis.groups import BreakdownFigures, GroupFigures, GroupResponses, GroupShare
from imfsurvey.framework import Framework
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.results import Target, Unfinished, WaveResults

SET = datetime.date(2027, 2, 2)
CODES = ("a", "b", "c")


def grouped_survey(names: Sequence[str] = ("Rue", "Bureau", "Appui")) -> Questionnaire:
    """The survey of `measured` with a question on the service."""
    made = survey().model_dump(mode="json", by_alias=True, exclude_unset=True)
    choices = [{"code": c, "text": both(n, n)} for c, n in zip(CODES, names, strict=True)]
    service = {"id": "service", "type": "single", "text": both("Service ?", "Dienst?")}
    made["sections"][0]["items"].append({**service, "choices": choices})
    made["privacy"]["breakdown_by"] = ["service"]
    return Questionnaire.model_validate(made)


def breakdown() -> BreakdownFigures:
    """One group told exactly, one in a band, one hidden."""
    exact, band, hidden = (
        {"detail": "exact", "favourable": 0.64, "unfavourable": 0.2},
        {"detail": "band", "band": (0.4, 0.6)},
        {"hidden": "too_few"},
    )
    groups = []
    for code, how in zip(CODES, (exact, band, hidden), strict=True):
        given: dict[str, Any] = {"hidden": None, **how}
        counted = {"n": 33} if how is exact else {}
        themes = {key: value for key, value in given.items() if key != "unfavourable"}
        items = ("clear", "known", "silent", "alone")
        responses = GroupResponses(40, 33, 33 / 40, None, None)
        if how is band:
            responses = GroupResponses(25, None, None, (0.6, 0.8), None)
        if how is hidden:
            responses = GroupResponses(12, None, None, None, "too_few")
        groups.append(
            GroupFigures(
                (code,),
                responses,
                tuple(GroupShare(item, **given, **counted) for item in items),
                tuple(GroupShare(theme, **themes) for theme in ("clarity", "speaking")),
            )
        )
    return BreakdownFigures("test.survey", ("service",), 10, tuple(groups))


def rich(said: str = "Sans arme de service", name: str = "Zone 9999") -> list[WaveResults]:
    """Zero and annual; `said` is what people wrote, `name` what things are called."""
    before = maturity({"overall": 0, "cycle": 4}, 74.636)
    zero = wave("2026-zero", "zero", before, (perception(),))
    scored = maturity(
        {"overall": 1, "cycle": 2, "roles": 3, "instruments": 0, "training": 0},
        75.436,
        {"processes": ("cycle", "review"), "instruments": ("guide", "monitor")},
    )
    ratings = {
        **scored.ratings,
        "code": Rating("na", reason=said),
        "example": Rating("dk"),
        "openness": Rating("blank"),
    }
    nodes = dict(scored.nodes)
    nodes["guide"] = replace(nodes["guide"], reduced_scope=True)
    nodes["leadership"] = replace(nodes["leadership"], demonstrated=0, at_most=5, incomplete=True)
    overall = replace(scored.overall, at_most=3, incomplete=True, coverage=2 / 3)
    scored = replace(scored, ratings=ratings, nodes=nodes, overall=overall, gate_holds=True)
    now = wave(
        "2027",
        "annual",
        scored,
        (perception("some"),),
        entity=name,
        mandatary=name,
        policy_approved_on=None,
        raters=("mandatary", "officer"),
        unfinished=(Unfinished("test.self", "officer", 3),),
        targets=(Target("cycle", 4, False, said, SET), Target("review", 2, True)),
        breakdowns=(breakdown(),),
    )
    form = grouped_survey((name, "Bureau", "Appui"))
    return [zero, replace(now, questionnaires={**now.questionnaires, form.id: form})]


def sized(topics: int, statements: int, name: str = "Thème") -> WaveResults:
    """A wave of so many topics and statements, each called by its number and `name`."""
    places = [one["id"] for one in _leaves()]
    made = [topic(f"t{n}", places[n % len(places)], label=f"{name} {n}") for n in range(topics)]
    frame = Framework.model_validate({**FRAMEWORK, "topics": made})
    scored = maturity({}, 50.0)
    ratings = {one["id"]: Rating("answered", n % 6) for n, one in enumerate(made)}
    form = survey().model_dump(mode="json", by_alias=True, exclude_unset=True)
    form["themes"] = [{"id": "all", "label": both(name, name)}]
    form["sections"][0]["items"] = [
        {**likert(f"i{n}", f"{name} {n}", "all"), "topic": "t0"} for n in range(statements)
    ]
    asked = Questionnaire.model_validate(form)
    items = tuple(item_figures(f"i{n}", (2, 8, 10, 25, 15)) for n in range(statements))
    told = PerceptionFigures("test.survey", 5, ResponseFigures(90, 61, 61 / 90, None), items, (), 0)
    found = wave("2027", "annual", replace(scored, ratings=ratings), (told,), frame=frame)
    return replace(found, questionnaires={asked.id: asked})


def _leaves() -> list[dict[str, Any]]:
    roots: list[dict[str, Any]] = FRAMEWORK["tree"]
    nodes = [one for root in roots for one in (root, *root.get("children", ()))]
    return [one for one in nodes if not one.get("children") and one.get("role") != "document"]
