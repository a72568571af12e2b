"""Whether scale and topics of a framework have what its rule and its balance need of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from imfsurvey.framework.model import Framework
from imfsurvey.source.document import Document
from imfsurvey.source.problems import Problem

_BY_STEPS: Final = ("staged", "sum_of_means")
"""The rules under which a topic belongs to a step."""


def misfits(framework: Framework, document: Document) -> Iterator[Problem]:
    """Every problem of that kind."""
    yield from _values(framework, document)
    yield from _steps(framework, document)
    yield from _steps_without_topics(framework, document)
    yield from _approaches(framework, document)


def _values(framework: Framework, document: Document) -> Iterator[Problem]:
    values = [level.value for level in framework.levels]
    if framework.aggregation.rule != "sum_of_means":
        for index, value in enumerate(values):
            if value is not None:
                yield document.problem(
                    "IMF-E046",
                    "only the rule 'sum_of_means' knows a value of a level",
                    ("levels", index, "value"),
                    key=True,
                )
        return
    given = [value for value in values if value is not None]
    rising = given == sorted(set(given)) and given[:1] == [0.0] and given[-1:] == [1.0]
    if len(given) < len(values) or not rising:
        yield document.problem(
            "IMF-E046",
            "the rule 'sum_of_means' needs a value of every level, rising from 0 to 1",
            ("levels",),
        )


def _steps(framework: Framework, document: Document) -> Iterator[Problem]:
    by_steps = framework.aggregation.rule in _BY_STEPS
    for index, topic in enumerate(framework.topics):
        node = framework.nodes.get(topic.under)
        if node is None:  # told of elsewhere
            continue
        if (topic.step is not None) != (by_steps and node.role != "document"):
            yield document.problem(
                "IMF-E047",
                "a rated topic needs a step under the rules 'staged' and 'sum_of_means'; any "
                "other topic has none",
                ("topics", index, "step"),
                key=True,
            )
        elif topic.step is not None and topic.step > framework.max_level:
            yield document.problem(
                "IMF-E064",
                "the framework has no level {level}",
                ("topics", index, "step"),
                level=topic.step,
            )


def _steps_without_topics(framework: Framework, document: Document) -> Iterator[Problem]:
    """A sum of steps can only reach the highest level where every step has a topic."""
    if framework.aggregation.rule != "sum_of_means":
        return
    wanted = set(range(1, framework.max_level + 1))
    for under in dict.fromkeys(topic.under for topic in framework.topics):
        node = framework.nodes.get(under)
        if node is None or node.role == "document":
            continue
        topics = [topic for topic in framework.topics if topic.under == under]
        missing = wanted - {topic.step for topic in topics if topic.layer == "core"}
        if missing:
            first = framework.topics.index(topics[0])
            yield document.problem(
                "IMF-E048",
                "node '{node}' has no core topic of step {step}",
                ("topics", first, "under"),
                node=under,
                step=min(missing),
            )


def _approaches(framework: Framework, document: Document) -> Iterator[Problem]:
    if framework.balance is None:
        return
    for index, topic in enumerate(framework.topics):
        if topic.approach is None:
            yield document.problem(
                "IMF-E049",
                "a topic needs an approach where the framework has a balance",
                ("topics", index, "approach"),
                key=True,
            )
