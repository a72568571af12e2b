"""From a framework file to a `Framework`, with everything that is wrong found at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from imfsurvey.framework.fit import misfits
from imfsurvey.framework.model import OVERALL, Framework, Node
from imfsurvey.framework.rules import Staged
from imfsurvey.i18n.catalogue import N_
from imfsurvey.source.document import Document, read
from imfsurvey.source.ids import repeated, unknown
from imfsurvey.source.model import validated
from imfsurvey.source.places import KeyPath
from imfsurvey.source.problems import MAX_PROBLEMS, Problem, ProblemsFoundError
from imfsurvey.source.texts import missing_texts


def load_framework(path: Path, name: str | None = None) -> Framework:
    """The framework in a file. Raises `ProblemsFoundError`."""
    return framework_from(read(path, name))


def framework_from(document: Document) -> Framework:
    """The framework in a document. Raises `ProblemsFoundError`."""
    framework = validated(Framework, document)
    languages = framework.framework.languages
    found = chain(
        missing_texts(framework, document, ("framework", "languages"), languages, languages),
        _levels_off_the_scale(framework, document),
        _misplaced_nodes(framework, document),
        _called_overall(framework, document),
        _repeated_ids(framework, document),
        _misplaced_topics(framework, document),
        misfits(framework, document),
    )
    if problems := list(islice(found, MAX_PROBLEMS)):
        raise ProblemsFoundError(problems)
    return framework


def _nodes(
    nodes: Sequence[Node], path: KeyPath, above: Node | None = None
) -> Iterator[tuple[KeyPath, Node, Node | None]]:
    """Every node with its path and the node above it."""
    for index, node in enumerate(nodes):
        here: KeyPath = (*path, index)
        yield here, node, above
        yield from _nodes(node.children, (*here, "children"), node)


def _levels_off_the_scale(framework: Framework, document: Document) -> Iterator[Problem]:
    levels: list[tuple[KeyPath, int]] = [
        (("aggregation", "evidence_from"), framework.aggregation.evidence_from)
    ]
    if isinstance(framework.aggregation, Staged):
        levels.append((("aggregation", "reached_from"), framework.aggregation.reached_from))
    if framework.gate is not None:
        levels.append((("gate", "level"), framework.gate.level))
    for name, wanted in framework.targets or ():
        levels += [(("targets", name), wanted)] if wanted is not None else []
    for index, topic in enumerate(framework.topics):
        if topic.target is not None:
            levels.append((("topics", index, "target"), topic.target))
    for path, level in levels:
        if level > framework.max_level:
            yield document.problem(
                "IMF-E064", "the framework has no level {level}", path, level=level
            )


def _misplaced_nodes(framework: Framework, document: Document) -> Iterator[Problem]:
    for path, node, above in _nodes(framework.tree, ("tree",)):
        if node.role == "view" and above is None:
            yield document.problem(
                "IMF-E045", "a view needs a node above it, whose topics it shows", (*path, "role")
            )
        if above is not None and above.role == "document" and node.role != "document":
            yield document.problem(
                "IMF-E045", "a node below a document is a document too", (*path, "role")
            )


def _called_overall(framework: Framework, document: Document) -> Iterator[Problem]:
    """The whole has its figures under an id too: those of a node so called would replace them."""
    for path, node, _ in _nodes(framework.tree, ("tree",)):
        if node.id == OVERALL:
            yield document.problem(
                "IMF-E201",
                "'{id}' stands for all pillars together: give this node another id",
                (*path, "id"),
                id=OVERALL,
            )


def _repeated_ids(framework: Framework, document: Document) -> Iterator[Problem]:
    """Nodes and topics share their ids, since both are children of a node when it is scored."""
    ids: list[tuple[KeyPath, str]] = [
        ((*path, "id"), node.id) for path, node, _ in _nodes(framework.tree, ("tree",))
    ]
    ids += [(("topics", index, "id"), topic.id) for index, topic in enumerate(framework.topics)]
    return repeated(ids, document)


def _misplaced_topics(framework: Framework, document: Document) -> Iterator[Problem]:
    for index, topic in enumerate(framework.topics):
        here: KeyPath = ("topics", index)
        under: KeyPath = (*here, "under")
        node = framework.nodes.get(topic.under)
        if node is None:
            yield from unknown(N_("node"), topic.under, framework.nodes, under, document)
            continue
        if any(child.role == "level" for child in node.children):
            yield document.problem(
                "IMF-E043",
                "node '{node}' has nodes below it; a topic belongs to one of those",
                under,
                node=topic.under,
            )
        if (topic.layer is None) != (node.role == "document"):
            yield document.problem(
                "IMF-E044",
                "a rated topic needs a layer; a topic of a document has none",
                (*here, "layer"),
                key=True,
            )
