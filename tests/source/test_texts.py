"""Texts in several languages."""

import pytest

from imfsurvey.source.document import parse
from imfsurvey.source.model import Many, SourceModel, Text
from imfsurvey.source.texts import missing_texts, texts_of


class Leaf(SourceModel):
    """Something with a text."""

    text: Text
    hint: Text | None = None


class Tree(SourceModel):
    """Texts in a list, in a block of free keys, in a block of fixed keys."""

    title: Text
    leaves: Many[Leaf]
    named: dict[str, Leaf]


SOURCE = """title: {fr: a, nl: a}
named:
  text: {text: {fr: b}}
leaves:
  - text: {fr: c}
    hint: {nl: d}
  - {text: {fr: e, nl: e}}
"""


def test_a_text_is_said_in_the_language_asked_for() -> None:
    """What is missing is said in another language, and its code says so."""
    text = Text({"nl": "Welkom", "en": "Welcome"})
    assert text.say("nl") == "Welkom"
    assert text.say("fr") == "[NL] Welkom"
    assert text.languages() == {"nl", "en"}


def test_every_text_of_a_model_is_found_with_its_path() -> None:
    """Whatever the keys around it are called."""
    tree = Tree.model_validate(parse(SOURCE).value)
    assert {path: text.languages() for path, text in texts_of(tree)} == {
        ("title",): {"fr", "nl"},
        ("leaves", 0, "text"): {"fr"},
        ("leaves", 0, "hint"): {"nl"},
        ("leaves", 1, "text"): {"fr", "nl"},
        ("named", "text", "text"): {"fr"},
    }


def test_missing_texts_are_one_problem_a_language() -> None:
    """With their number, their lines in order, and severity by what was promised."""
    document = parse(SOURCE)
    tree = Tree.model_validate(document.value)
    found = list(missing_texts(tree, document, ("languages",), ("fr", "nl", "de"), ("nl",)))
    assert [(p.code, p.severity, p.params["count"], p.params["lines"]) for p in found] == [
        ("IMF-W067", "warning", 1, "6"),
        ("IMF-E067", "error", 2, "3, 5"),
        ("IMF-W067", "warning", 5, "1, 3, 5, 6, 7"),
    ]


@pytest.mark.parametrize(
    ("leaves", "lines"), [(8, "2, 3, 4, 5, 6, 7, 8, 9"), (9, "2, 3, 4, 5, 6, 7, 8, 9 …")]
)
def test_only_the_first_lines_are_told(leaves: int, lines: str) -> None:
    """Eight are enough to begin with; that there are more is told."""
    document = parse("leaves:\n" + "  - {text: {fr: x}}\n" * leaves)
    model = [Leaf.model_validate(one) for one in document.value["leaves"]]
    tree = Tree(title=Text({"nl": "x"}), leaves=tuple(model), named={})
    (problem,) = missing_texts(tree, document, (), ("nl",), ())
    assert (problem.params["count"], problem.params["lines"]) == (leaves, lines)
