"""What tests of reports share: a framework of eight rated topics, a survey, figures set by hand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from imfsurvey.analysis.figures import (
    BalanceFigures,
    ItemFigures,
    MaturityFigures,
    NodeFigures,
    PerceptionFigures,
    Rating,
    ResponseFigures,
    ThemeFigures,
)
from imfsurvey.framework import Framework
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.model import Text
from imfsurvey.study.results import WaveFigures, WaveResults

MADE_ON = datetime.date(2027, 4, 1)


def both(fr: str, nl: str) -> dict[str, str]:
    """A text in French and Dutch; the English one is told apart by its end."""
    return {"fr": fr, "nl": nl, "en": f"{fr} (en)"}


def topic(ident: str, under: str, layer: str | None = "core", label: str = "") -> dict[str, Any]:
    """A topic of the framework."""
    name = label or ident.capitalize()
    return {
        "id": ident,
        "under": under,
        "layer": layer,
        "approach": "both",
        "label": both(f"{name} FR", f"{name} NL"),
        "source": "Test",
        "asked_in": ["self_assessment"],
    }


FRAMEWORK: dict[str, Any] = {
    "imfsurvey": 1,
    "framework": {
        "id": "test.frame",
        "version": "7.1",
        "title": both("Cadre", "Kader"),
        "notice": both("Une proposition.", "Een voorstel."),
        "languages": ["fr", "nl"],
    },
    "levels": [
        {"level": n, "name": both(f"Nom{n}", f"Naam{n}"), "definition": both(f"Déf{n}", f"Def{n}")}
        for n in range(6)
    ],
    "aggregation": {
        "rule": "capped_shares",
        "mostly": 50,
        "fully": 85,
        "cap": 1,
        "weights": {"core": 2, "complementary": 1},
        "coverage": 80,
        "reduced_scope": 20,
        "evidence_from": 3,
    },
    "gate": {"requires": "approved_policy", "level": 1},
    "balance": {"low": -0.2, "high": 0.2, "flag_index": 0.2, "flag_difference": 15.0},
    "tree": [
        {
            "id": "instruments",
            "label": both("Instruments", "Instrumenten"),
            "children": [
                {"id": "guide", "label": both("Guider", "Begeleiden")},
                {"id": "monitor", "label": both("Surveiller", "Opvolgen")},
            ],
        },
        {"id": "processes", "label": both("Processus", "Processen")},
        {
            "id": "structures",
            "label": both("Structures", "Structuren"),
            "children": [
                {"id": "leadership", "role": "view", "label": both("Leadership", "Leiderschap")}
            ],
        },
        {"id": "policy", "role": "document", "label": both("Politique", "Beleid")},
    ],
    "topics": [
        topic("code", "guide"),
        topic("training", "guide", "complementary"),
        topic("checks", "monitor"),
        topic("cycle", "processes"),
        topic("review", "processes"),
        topic("roles", "structures"),
        topic("example", "leadership"),
        topic("openness", "leadership"),
        topic("objectives", "policy", None),
    ],
}

NODES = ("instruments", "guide", "monitor", "processes", "structures", "leadership")


def framework(labels: Mapping[str, str] | None = None) -> Framework:
    """The framework; `labels` replaces the label of topics in every language."""
    changed = dict(FRAMEWORK)
    changed["topics"] = [
        {**one, "label": dict.fromkeys(one["label"], labels[one["id"]])}
        if labels and one["id"] in labels
        else one
        for one in FRAMEWORK["topics"]
    ]
    return Framework.model_validate(changed)


def likert(ident: str, text: str, theme: str | None, **more: Any) -> dict[str, Any]:
    """A statement of the survey."""
    item = {"id": ident, "type": "likert", "scale": "agree", "topic": "code", **more}
    return {**item, "theme": theme, "text": both(f"{text} FR", f"{text} NL")}


def survey() -> Questionnaire:
    """Four statements on one scale: one on knowledge, one reversed, one without a theme."""
    agree = {
        "codes": [{"code": n, "text": both(f"C{n}", f"C{n}")} for n in range(1, 6)],
        "non_answers": ["dk"],
        "favourable": [4, 5],
        "unfavourable": [1, 2],
    }
    items = [
        likert("clear", "Règles claires", "clarity"),
        likert("known", "Je sais", "clarity", knowledge=True),
        likert("silent", "On se tait", "speaking", reverse=True),
        likert("alone", "Seule", None),
    ]
    return Questionnaire.model_validate(
        {
            "imfsurvey": 1,
            "questionnaire": {
                "id": "test.survey",
                "version": "3",
                "kind": "perception",
                "framework": "test.frame",
                "title": both("Enquête", "Bevraging"),
                "languages": ["fr", "nl"],
                "default_language": "fr",
            },
            "privacy": {"mode": "anonymous", "k": 10, "k_total": 5},
            "scales": {"agree": agree},
            "themes": [
                {"id": "clarity", "label": both("Clarté", "Duidelijkheid")},
                {"id": "speaking", "label": both("Parole", "Spreken")},
            ],
            "sections": [{"id": "all", "title": both("Tout", "Alles"), "items": items}],
        }
    )


def question(topic: Mapping[str, Any]) -> dict[str, str]:
    """What is asked about a topic."""
    name = topic["id"].capitalize()
    return both(f"{name} ?", f"{name}?")


def assessment(rubric: Mapping[str, dict[str, str]] | None = None) -> Questionnaire:
    """A self-assessment of one item a topic, the first with or without a rubric."""
    items: list[dict[str, Any]] = [
        {"id": f"sa_{one['id']}", "type": "maturity", "topic": one["id"], "text": question(one)}
        for one in FRAMEWORK["topics"]
        if one["under"] != "policy"
    ]
    if rubric:
        items[0]["rubric"] = rubric
    return Questionnaire.model_validate(
        {
            "imfsurvey": 1,
            "questionnaire": {
                "id": "test.self",
                "version": "2",
                "kind": "self_assessment",
                "framework": "test.frame",
                "title": both("Auto-évaluation", "Zelfevaluatie"),
                "languages": ["fr", "nl"],
                "default_language": "fr",
            },
            "privacy": {"mode": "named"},
            "sections": [
                {
                    "id": "all",
                    "title": both("Tout", "Alles"),
                    "items": items,
                }
            ],
        }
    )


def node(ident: str, level: int | None, index: float, **more: Any) -> NodeFigures:
    """The figures of a node, complete and without bounds."""
    plain = NodeFigures(
        node=ident,
        demonstrated=level,
        at_most=level,
        index=index,
        index_at_most=index,
        core_index=index,
        coverage=1.0,
        in_scope=7,
        not_applicable=0,
        reduced_scope=False,
        incomplete=False,
        binding=(),
    )
    return replace(plain, **more)


def maturity(
    levels: Mapping[str, int | None], index: float, binding: Mapping[str, tuple[str, ...]] = {}
) -> MaturityFigures:
    """Every node at level 1 with its own index, unless `levels` says otherwise."""
    ratings = {
        one["id"]: Rating("answered", levels.get(one["id"], 1))
        for one in FRAMEWORK["topics"]
        if one["under"] != "policy"
    }
    nodes = {
        ident: node(ident, levels.get(ident, 1), index + place, binding=binding.get(ident, ()))
        for place, ident in enumerate(NODES, 1)
    }
    return MaturityFigures(
        ratings=ratings,
        nodes=nodes,
        overall=node("overall", levels.get("overall", 1), index),
        overall_equal_weights=index - 2,
        gate_holds=False,
        balance=BalanceFigures(60.4, 25.6, -0.4047, 25.6, -0.2, 0.2, outside=True),
    )


def item_figures(ident: str, counts: tuple[int, ...], **more: Any) -> ItemFigures:
    """The figures of a statement with so many answers by code."""
    n = sum(counts)
    plain = ItemFigures(
        item=ident,
        hidden=None,
        leaning=None,
        n=n,
        counts=counts,
        favourable=(counts[3] + counts[4]) / n,
        neutral=counts[2] / n,
        unfavourable=(counts[0] + counts[1]) / n,
        mean=sum((code + 1) * count for code, count in enumerate(counts)) / n,
        dont_know=0.0625,
        not_applicable=0.0,
        blank=0.0,
    )
    return replace(plain, **more)


def certain_item(ident: str) -> ItemFigures:
    """The figures of a statement with all that may be said of one: how far chance could go, too."""
    return item_figures(
        ident,
        (2, 8, 10, 25, 15),
        sd=1.1,
        mean_interval=(3.46, 4.04),
        favourable_interval=(0.54, 0.77),
    )


def hidden_item(ident: str, hidden: Any, leaning: Any = None) -> ItemFigures:
    """A statement of which nothing but a reason may be said."""
    nothing = (None,) * 9
    return ItemFigures(ident, hidden, leaning, *nothing)  # type: ignore[arg-type]


def perception(hidden: str = "nothing") -> PerceptionFigures:
    """Four statements on 60 answers; `hidden` is "nothing", "some" or "everything"."""
    items = (
        item_figures("clear", (2, 8, 10, 25, 15)),
        item_figures("known", (3, 6, 9, 30, 6), n=60, favourable=0.6, unfavourable=0.25),
        item_figures("silent", (20, 19, 9, 7, 5), favourable=0.65, unfavourable=0.2, mean=3.7),
        item_figures("alone", (12, 12, 12, 12, 12)),
    )
    if hidden == "some":
        items = (
            items[0],
            hidden_item("known", "too_few"),
            hidden_item("silent", "large_majority", "unfavourable"),
            items[3],
        )
    if hidden == "everything":
        items = tuple(hidden_item(one.item, "too_few") for one in items)
    clarity, speaking = (None if items[place].hidden else items[place] for place in (1, 2))
    themes = (
        ThemeFigures("clarity", clarity and (40 / 60 + 0.6) / 2, 2),
        ThemeFigures("speaking", speaking and 0.65, 1),
    )
    response = ResponseFigures(90, 61, 61 / 90, None)
    if hidden == "everything":
        response = ResponseFigures(90, None, None, None)
    count = sum(one.hidden is not None for one in items)
    return PerceptionFigures("test.survey", 5, response, items, themes, count)


def wave(
    name: str,
    kind: Any,
    scored: MaturityFigures | None,
    surveys: tuple[PerceptionFigures, ...] = (),
    frame: Framework | None = None,
    **more: Any,
) -> WaveResults:
    """The results of a wave, closed, with an approved policy."""
    plain = WaveFigures(
        wave=name,
        kind=kind,
        label=Text(both(f"Vague {name}", f"Golf {name}")),
        status="closed",
        opened_on=datetime.date(2027, 2, 1),
        closed_on=datetime.date(2027, 3, 1),
        entity="Zone 9999",
        mandatary="M. Andataire",
        officer="O. Fficier",
        policy_approved_on=datetime.date(2026, 11, 5),
        rater="mandatary" if scored else None,
        raters=("mandatary",) if scored else (),
        unfinished=(),
        maturity=scored,
        perception=surveys,
        hashes={"test.frame": "f" * 64, "test.survey": "e" * 64},
    )
    forms = {one.id: one for one in (survey(), assessment())}
    return WaveResults(replace(plain, **more), frame or framework(), forms)
