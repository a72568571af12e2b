"""The page on expressions against the language itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.functions import FUNCTIONS
from imfsurvey.questionnaire.expressions.tree import Call, every_node

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "expressions.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]
IN_TABLES = [row[-1].strip(" |`") for row in ROWS if len(row) == 3]
WORDS = re.compile(r"`([^`]*(?:==|<=|>=|!=|answered\(|hours > 1)[^`]*)`")
IN_TEXT = [
    found[1]
    for line in PAGE.splitlines()
    if not line.startswith("|")
    for found in WORDS.finditer(line)
]
EXAMPLES = [*IN_TABLES, *IN_TEXT, *re.findall(r'^show_if: "(.*)"$', PAGE, re.MULTILINE)]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_can_be_read(text: str) -> None:
    """Every one on the page."""
    Expression(text)


def test_every_function_has_a_row_and_an_example() -> None:
    """None is missing, none is told that is not there."""
    told = {name for row in ROWS for name in re.findall(r"\b([a-z_]+)\(", row[0])}
    assert told == set(FUNCTIONS)
    shown = {
        node.name
        for text in IN_TABLES
        for node in every_node(Expression(text).tree)
        if isinstance(node, Call)
    }
    assert shown >= set(FUNCTIONS) - {"is_na", "is_refused", "mean", "min", "max", "abs"}
