"""A fictitious zone over three years, as plain values: what is asked, said and wanted.

Nothing here comes from imfsurvey: the independent script reads the same values.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from typing import Any, Final

Answers = Mapping[str, int | str | None]
"""Of one person, by item: a code, "dk", or None for what was left blank."""

ENTITY: Final = "Zone de police 5399"
GROUPS: Final = {"ops": 70, "judi": 45, "calog": 33, "chiefs": 12}
"""Headcounts: 160 people."""

LEVEL_NAMES: Final = ("Absent", "Unstructured", "Defined", "Implemented", "Evaluated", "Improved")
NODES: Final = {
    "instruments": ("guide", "monitor"),
    "processes": (),
    "structures": ("leadership",),
}
"""Pillars, and what is below them; leadership is a view of the topics below structures."""
VIEWS: Final = ("leadership",)
TOPICS: Final = {
    "code": ("guide", "core", "stimulating"),
    "training": ("guide", "core", "stimulating"),
    "values": ("guide", "complementary", "stimulating"),
    "checks": ("monitor", "core", "controlling"),
    "gifts": ("monitor", "core", "controlling"),
    "channel": ("monitor", "core", "both"),
    "cycle": ("processes", "core", "both"),
    "review": ("processes", "complementary", "controlling"),
    "roles": ("structures", "core", "both"),
    "example": ("leadership", "core", "stimulating"),
    "openness": ("leadership", "core", "stimulating"),
}
DEFAULT_TARGETS: Final = {"core": 3, "complementary": 2}
TARGETS: Final = {"code": (4, "Two incidents"), "review": (1, "Little at stake")}
"""Set by the entity after the zero measurement, each with its reason."""

THEMES: Final = {"rules": 5, "voice": 5, "chief": 2}
STATEMENTS: Final = {
    f"{theme}_{number}": theme for theme, size in THEMES.items() for number in range(1, size + 1)
}
REVERSED: Final = ("rules_2", "voice_4")
KNOWLEDGE: Final = ("rules_5",)
WEIGHTS: Final = {"voice_1": 2}
ABOUT: Final = {"rules": "code", "voice": "openness", "chief": "example"}
"""The topic that the statements of a theme are about."""
K_TOTAL, K = 5, 10

PROPOSED: Final = (
    *("code", "training", "gifts", "cycle", "example"),
    *("openness", "channel", "roles", "checks"),
)
"""The topics of the actions that the zero measurement proposed, in their order: those that hold a
level down. The first was accepted and carried out, the others were never decided on."""
STEPS: Final = (
    "Say what is to be done to get on with this topic.",
    "Find out how far this topic is, and note what shows it.",
)
"""What a proposal says where a questionnaire has no next steps: rated, and not rated."""

APPROVED: Final = datetime.date(2025, 10, 6)
"""The policy: in the second year, after its measurement."""


class Year:
    """One wave of the story."""

    def __init__(self, kind: str, year: int, levels: str, people: tuple[int, ...], mood: float):
        self.kind, self.year, self.mood = kind, year, mood
        self.wave = f"{year}-{kind}"
        self.opened = datetime.date(year, 3, 4)
        self.closed = datetime.date(year, 3, 28)
        self.unsealed = datetime.date(year, 4, 2)
        self.typed = levels
        """The keys of the mandatary, topic by topic: levels, d: don't know, n: not applicable."""
        self.people = dict(zip(GROUPS, people, strict=True))

    def rated(self) -> dict[str, int | str]:
        """The same as ratings."""
        said = {"d": "dk", "n": "na"}
        pairs = zip(TOPICS, self.typed, strict=True)
        return {topic: said.get(key) or int(key) for topic, key in pairs}


#                  code train val | check gifts chan | cycle rev | roles exam open
YEARS: Final = (
    Year("zero", 2024, "1102d11n211", (42, 28, 12, 6), -0.5),
    Year("annual", 2025, "2212111n222", (48, 31, 20, 9), -0.1),
    Year("annual", 2026, "32232221232", (50, 33, 24, 11), 0.2),
    Year("final", 2027, "3313233233d", (56, 36, 28, 11), 0.6),
)

OFFICER: Final = "32122222222"
"""What the officer says in 2026, when two rate."""
AGREED_ON: Final = {"values": 2, "checks": 2, "review": 1, "example": 3}
"""What the two agree on where they differ."""


def responses(year: Year) -> list[dict[str, int | str | None]]:
    """Every answer of everybody who takes part in a year; the same whenever it is asked."""
    rng = random.Random(year.year)
    return [_person(rng, group, year.mood) for group, n in year.people.items() for _ in range(n)]


def _person(rng: random.Random, group: str, mood: float) -> dict[str, int | str | None]:
    said: dict[str, int | str | None] = {"unit": group}
    whole = rng.gauss(mood, 0.6)
    about = {theme: whole + rng.gauss(0, 0.5) for theme in THEMES}
    for item, theme in STATEMENTS.items():
        silent, thinks = rng.random(), about[theme] + rng.gauss(0, 0.8)
        code = min(5, max(1, round(3 + thinks)))
        code = 6 - code if item in REVERSED else code
        said[item] = "dk" if silent < 0.03 else None if silent < 0.05 else code
    return said


def _said(text: str) -> dict[str, str]:
    return dict.fromkeys(("fr", "nl", "en"), text)


def _head(ident: str, title: str) -> dict[str, Any]:
    languages = ["fr", "nl", "en"]
    named = {"id": ident, "version": "1", "title": _said(title), "languages": languages}
    return named


def label(ident: str) -> str:
    """What a topic, a part or a theme is called in every language."""
    return ident.capitalize()


def stem(item: str) -> str:
    """What is asked: the items' labels have no digit, so that every digit printed is a figure."""
    theme, number = item.split("_")
    return f"{label(theme)} {'abcde'[int(number) - 1]}"


def framework() -> dict[str, Any]:
    """The framework file."""
    role = {view: {"role": "view"} for view in VIEWS}
    tree = [
        {
            "id": pillar,
            "label": _said(label(pillar)),
            **(
                {
                    "children": [
                        {"id": one, "label": _said(label(one)), **role.get(one, {})}
                        for one in below
                    ]
                }
                if below
                else {}
            ),
        }
        for pillar, below in NODES.items()
    ]
    return {
        "imfsurvey": 1,
        "framework": {**_head("walk", "Cadre"), "notice": _said("A proposal.")},
        "levels": [
            {"level": n, "name": _said(name), "definition": _said(f"It is {name.lower()}.")}
            for n, name in enumerate(LEVEL_NAMES)
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
        "balance": {"low": -0.2, "high": 0.2, "flag_index": 0.2, "flag_difference": 15},
        "targets": DEFAULT_TARGETS,
        "tree": tree,
        "topics": [
            {
                "id": topic,
                "under": under,
                "layer": layer,
                "approach": approach,
                "label": _said(label(topic)),
                "source": "A source",
                "asked_in": ["self_assessment", "perception"],
            }
            for topic, (under, layer, approach) in TOPICS.items()
        ],
    }


def assessment() -> dict[str, Any]:
    """The self-assessment: an item a topic."""
    identity = {**_head("walk.self", "Bilan"), "kind": "self_assessment", "framework": "walk"}
    return {
        "imfsurvey": 1,
        "questionnaire": {**identity, "default_language": "fr"},
        "privacy": {"mode": "named"},
        "sections": [
            {
                "id": "all",
                "title": _said("Tout"),
                "items": [
                    {
                        "id": f"sa_{topic}",
                        "type": "maturity",
                        "topic": topic,
                        "text": _said(f"Where is {label(topic)}?"),
                    }
                    for topic in TOPICS
                ],
            }
        ],
    }


def policy() -> dict[str, Any]:
    """The written policy: one text."""
    identity = {**_head("walk.policy", "Politique"), "kind": "policy", "framework": "walk"}
    vision = {"id": "vision", "type": "text", "text": _said("What is wanted?"), "topic": "code"}
    return {
        "imfsurvey": 1,
        "questionnaire": {**identity, "default_language": "fr"},
        "privacy": {"mode": "named"},
        "sections": [{"id": "all", "title": _said("Vision"), "items": [vision]}],
    }


def survey() -> dict[str, Any]:
    """Twelve statements in three themes, and the group."""
    identity = {**_head("walk.staff", "Enquête"), "kind": "perception", "framework": "walk"}
    unit = {"id": "unit", "type": "single", "text": _said("Your group"), "quasi_identifier": True}
    return {
        "imfsurvey": 1,
        "questionnaire": {**identity, "default_language": "fr"},
        "privacy": {"mode": "anonymous", "k": K, "k_total": K_TOTAL, "breakdown_by": ["unit"]},
        "scales": {
            "agree": {
                "codes": [{"code": n, "text": _said(f"Degree {n}")} for n in range(1, 6)],
                "non_answers": ["dk"],
                "favourable": [4, 5],
                "unfavourable": [1, 2],
            }
        },
        "themes": [{"id": theme, "label": _said(label(theme))} for theme in THEMES],
        "sections": [
            {
                "id": "all",
                "title": _said("Tout"),
                "items": [
                    {**unit, "choices_from": "study.groups"},
                    *(_statement(item, theme) for item, theme in STATEMENTS.items()),
                ],
            }
        ],
    }


def _statement(item: str, theme: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": item, "type": "likert", "scale": "agree", "theme": theme}
    found |= {"text": _said(stem(item)), "topic": ABOUT[theme]}
    if item in REVERSED:
        found["reverse"] = True
    if item in KNOWLEDGE:
        found["knowledge"] = True
    if item in WEIGHTS:
        found["weight"] = WEIGHTS[item]
    return found
