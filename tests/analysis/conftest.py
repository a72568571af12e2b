"""Small frameworks and surveys for the tests of this room."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from imfsurvey.analysis.figures import Rating
from imfsurvey.framework import Framework
from imfsurvey.framework.load import framework_from
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.document import parse

IMF_RULE: Mapping[str, Any] = {
    "rule": "capped_shares",
    "mostly": 50,
    "fully": 85,
    "cap": 1,
    "weights": {"core": 2, "complementary": 1},
    "coverage": 80,
    "reduced_scope": 20,
    "evidence_from": 3,
}

WORKED_EXAMPLE = """
imfsurvey: 1
framework:
  {id: sample, version: "1.0", title: {en: Sample}, notice: {en: For tests}, languages: [en]}
levels:
  - {level: 0, name: {en: "0"}, definition: {en: "0"}}
  - {level: 1, name: {en: "1"}, definition: {en: "1"}}
  - {level: 2, name: {en: "2"}, definition: {en: "2"}}
  - {level: 3, name: {en: "3"}, definition: {en: "3"}}
  - {level: 4, name: {en: "4"}, definition: {en: "4"}}
  - {level: 5, name: {en: "5"}, definition: {en: "5"}}
aggregation:
  rule: capped_shares
  mostly: 50
  fully: 85
  cap: 1
  weights: {core: 2, complementary: 1}
  coverage: 80
  reduced_scope: 20
  evidence_from: 3
gate: {requires: approved_policy, level: 1}
balance: {low: -0.2, high: 0.2, flag_index: 0.2, flag_difference: 15.0}
tree:
  - id: instruments
    label: {en: Instruments}
    children:
      - {id: determine, label: {en: Determine}}
      - {id: enforce, label: {en: Enforce}}
  - {id: processes, label: {en: Processes}}
  - id: structures
    label: {en: Structures}
    children:
      - {id: leadership, label: {en: Leadership}, role: view}
  - {id: policy, label: {en: Policy}, role: document}
topics:
"""

TOPICS = (
    ("d1", "determine", "layer: core, approach: both"),
    ("d2", "determine", "layer: core, approach: stimulating"),
    ("d3", "determine", "layer: complementary, approach: stimulating"),
    ("e1", "enforce", "layer: core, approach: controlling"),
    ("e2", "enforce", "layer: complementary, approach: controlling"),
    ("p1", "processes", "layer: core, approach: stimulating"),
    ("p2", "processes", "layer: core, approach: controlling"),
    ("s1", "structures", "layer: core, approach: both"),
    ("l1", "leadership", "layer: core, approach: stimulating"),
    ("l2", "leadership", "layer: core, approach: stimulating"),
    ("text1", "policy", "approach: both"),
)

FrameworkMaker = Callable[..., Framework]
RatingsMaker = Callable[[Mapping[str, int | str]], dict[str, Rating]]
SurveyMaker = Callable[..., Questionnaire]


def _framework(
    pillars: Mapping[str, Sequence[tuple[str, str, str]]], *, max_level: int = 5, **changes: Any
) -> Framework:
    """Pillars without functions; a topic is (id, layer, approach). `changes` go to the rule."""
    return Framework.model_validate(
        {
            "imfsurvey": 1,
            "framework": {
                "id": "flat",
                "version": "1.0",
                "title": {"en": "Flat"},
                "notice": {"en": "For tests"},
                "languages": ["en"],
            },
            "levels": [
                {"level": level, "name": {"en": f"{level}"}, "definition": {"en": f"{level}"}}
                for level in range(max_level + 1)
            ],
            "aggregation": {**IMF_RULE, **changes},
            "balance": {"low": -0.2, "high": 0.2, "flag_index": 0.2, "flag_difference": 15.0},
            "tree": [{"id": pillar, "label": {"en": pillar}} for pillar in pillars],
            "topics": [
                {
                    "id": topic,
                    "under": pillar,
                    "layer": layer,
                    "approach": approach,
                    "label": {"en": topic},
                    "source": "test",
                    "asked_in": [],
                }
                for pillar, topics in pillars.items()
                for topic, layer, approach in topics
            ],
        }
    )


@pytest.fixture(scope="session")
def framework() -> Framework:
    """Three pillars with functions, a view, a document and a gate, read from YAML."""
    topics = (
        f"  - {{id: {topic}, under: {node}, {tags}, label: {{en: x}}, source: s, asked_in: []}}"
        for topic, node, tags in TOPICS
    )
    return framework_from(parse(WORKED_EXAMPLE + "\n".join(topics)))


@pytest.fixture(scope="session")
def flat_framework() -> FrameworkMaker:
    """Makes a framework of pillars with topics and nothing between, without a gate."""
    return _framework


@pytest.fixture(scope="session")
def rated() -> RatingsMaker:
    """Makes ratings: a number is a level, a word a status."""

    def make(levels: Mapping[str, int | str]) -> dict[str, Rating]:
        return {
            topic: Rating("answered", value) if isinstance(value, int) else Rating(value)
            for topic, value in levels.items()
        }

    return make


@pytest.fixture(scope="session")
def survey() -> SurveyMaker:
    """Makes a perception survey of likert items on a scale 1-5 (4 and 5 favourable)."""

    def make(
        *items: Mapping[str, Any],
        themes: Sequence[str] = (),
        k_total: int = 5,
        scale: Mapping[str, Any] | None = None,
        first: Sequence[Mapping[str, Any]] = (),
    ) -> Questionnaire:
        agree = {
            "codes": [{"code": code, "text": {"en": f"{code}"}} for code in range(1, 6)],
            "non_answers": ["dk", "na", "refused"],
            "favourable": [4, 5],
            "unfavourable": [1, 2],
        }
        likert = {"type": "likert", "scale": "agree", "topic": "t1", "text": {"en": "stem"}}
        return Questionnaire.model_validate(
            {
                "imfsurvey": 1,
                "questionnaire": {
                    "id": "staff",
                    "version": "1.0",
                    "kind": "perception",
                    "framework": "sample",
                    "title": {"en": "Staff"},
                    "languages": ["en"],
                    "default_language": "en",
                },
                "privacy": {"mode": "anonymous", "k_total": k_total},
                "scales": {"agree": agree | dict(scale or {})},
                "themes": [{"id": theme, "label": {"en": theme}} for theme in themes],
                "sections": [
                    {
                        "id": "all",
                        "title": {"en": "All"},
                        "items": [*first, *({**likert, **item} for item in items)],
                    }
                ],
            }
        )

    return make
