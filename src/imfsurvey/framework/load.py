"""From a framework file to a `Framework`, with everything that is wrong found at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from imfsurvey.framework.model import Framework, Node
from imfsurvey.source.document import Document, KeyPath, read
from imfsurvey.source.model import validated
from imfsurvey.source.problems import Problem, ProblemsFoundError, nearest


def load_framework(path: Path, name: str | None = None) -> Framework:
    """The framework in a file. Raises `ProblemsFoundError`."""
    return framework_from(read(path, name))


def framework_from(document: Document) -> Framework:
    """The framework in a document. Raises `ProblemsFoundError`."""
    framework = validated(Framework, document)
    problems = [
        *_duplicates(framework, document),
        *_topics_without_node(framework, document),
        *_misplaced_layers(framework, document),
    ]
    if problems:
        raise ProblemsFoundError(problems)
    return framework


def _duplicates(framework: Framework, document: Document) -> Iterator[Problem]:
    counted = Counter(topic.id for topic in framework.topics)
    seen: set[str] = set()
    for index, topic in enumerate(framework.topics):
        if counted[topic.id] > 1 and topic.id in seen:
            path: KeyPath = ("topics", index, "id")
            yield document.problem("IMF-E041", "id '{id}' is used twice", path, id=topic.id)
        seen.add(topic.id)
    ids = [node.id for node in _all_nodes(framework)]
    for repeated in {one for one in ids if ids.count(one) > 1}:
        yield document.problem("IMF-E041", "id '{id}' is used twice", ("tree",), id=repeated)


def _all_nodes(framework: Framework) -> Iterator[Node]:
    waiting = list(framework.tree)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.children)


def _topics_without_node(framework: Framework, document: Document) -> Iterator[Problem]:
    for index, topic in enumerate(framework.topics):
        node = framework.nodes.get(topic.under)
        path: KeyPath = ("topics", index, "under")
        if node is None:
            near = nearest(topic.under, framework.nodes)
            yield document.problem(
                "IMF-E042",
                "the tree has no node '{node}'; nearest: '{near}'",
                path,
                node=topic.under,
                near=near or "-",
            )
        elif any(child.role == "level" for child in node.children):
            yield document.problem(
                "IMF-E043",
                "node '{node}' has nodes below it; a topic belongs to one of those",
                path,
                node=topic.under,
            )


def _misplaced_layers(framework: Framework, document: Document) -> Iterator[Problem]:
    for index, topic in enumerate(framework.topics):
        node = framework.nodes.get(topic.under)
        if node is None:
            continue
        if (topic.layer is None) != (node.role == "document"):
            yield document.problem(
                "IMF-E044",
                "a rated topic needs a layer; a topic of a document has none",
                ("topics", index),
            )
