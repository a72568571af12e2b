"""Faults shown where they are: a `▸` in a sample stands before the first wrong character."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from imfsurvey.source.problems import Problem, ProblemsFoundError

SAMPLES = Path(__file__).parent / "samples"
FRAMEWORK = (SAMPLES / "imf.framework.yaml").read_text("utf-8")
SURVEY = (SAMPLES / "survey.yaml").read_text("utf-8")
ASSESSMENT = (SAMPLES / "assessment.yaml").read_text("utf-8")
POLICY = (SAMPLES / "policy.yaml").read_text("utf-8")

_TREE = "  - id: processes\n    label: {fr: Processus, nl: Processen}\n"
_NAMES = "label: {fr: x, nl: x}"
_REST = f'{_NAMES}, source: "", asked_in: []'
WIDE_FRAMEWORK = (
    FRAMEWORK.replace(
        _TREE,
        f"""{_TREE}
  - id: structures
    {_NAMES}
    children:
      - {{id: leadership, {_NAMES}, role: view}}
  - id: policy
    {_NAMES}
    role: document
    children:
      - {{id: annex, {_NAMES}, role: document}}
""",
    )
    + f"""
  - {{id: officer, under: structures, layer: complementary, approach: controlling, {_REST}}}
  - {{id: example, under: leadership, layer: core, approach: stimulating, {_REST}}}
  - {{id: mission, under: policy, approach: both, {_REST}}}
  - {{id: list, under: annex, approach: both, {_REST}}}
"""
)
"""The sample with a view, a document and topics of both."""

MARK = "▸"


def with_change(text: str, *changes: tuple[str, str]) -> str:
    """A text with words changed, each where it first stands."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def marked_places(text: str) -> list[tuple[int, int]]:
    """Line and column of the marks, as they are when no mark is there."""
    places = []
    for number, line in enumerate(text.split("\n"), start=1):
        *before, _ = line.split(MARK)
        places += [(number, len("".join(before[: index + 1])) + 1) for index in range(len(before))]
    return places


def problems_of(load: Callable[[str], object], text: str) -> list[Problem]:
    """What a loader finds wrong with a text, the marks taken out of it."""
    with pytest.raises(ProblemsFoundError) as caught:
        load(text.replace(MARK, ""))
    return list(caught.value.problems)


def assert_found(load: Callable[[str], object], text: str, *codes: str) -> list[Problem]:
    """Exactly these codes are found, in this order, at the marks; each with the line it is on."""
    problems = problems_of(load, text)
    assert [problem.code for problem in problems] == list(codes)
    places = [(problem.line, problem.column) for problem in problems]
    marks = marked_places(text)
    assert sorted(set(places)) == marks
    lines = text.replace(MARK, "").split("\n")
    assert [problem.excerpt for problem in problems] == [lines[line - 1] for line, _ in places]
    assert all(problem.message for problem in problems)
    return problems
