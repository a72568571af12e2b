"""What pydantic finds, in our words and at the place where the author has to look."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from marked import assert_found, problems_of
from pydantic import BeforeValidator, Field, field_validator

from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.describe import describe
from imfsurvey.source.document import parse
from imfsurvey.source.model import (
    Code,
    ItemId,
    LanguageVersion,
    Many,
    SourceModel,
    Text,
    fault,
    faults,
    validated,
)
from imfsurvey.source.problems import MAX_PROBLEMS


class Circle(SourceModel):
    """One of two kinds of shape."""

    type: Literal["circle"]
    radius: float = Field(gt=0)
    label: Text | None = None


class Square(SourceModel):
    """The other one."""

    type: Literal["square"]
    side: int = Field(ge=1, lt=100)
    rounded: bool = False
    weight: int | float = 1
    notes: Many[str] = Field(default=(), max_length=2)


class Layer(SourceModel):
    """Shapes, and layers again."""

    id: Code
    shapes: Many[Annotated[Circle | Square, Field(discriminator="type")]] = Field(min_length=1)
    below: Many[Layer] = ()


class Drawing(SourceModel):
    """A whole file."""

    imfsurvey: LanguageVersion
    title: Text
    paper: Literal["a4", "a3"] = "a4"
    colours: dict[ItemId, str] = Field(default_factory=dict)
    layers: Many[Layer] = ()

    @field_validator("colours")
    @classmethod
    def _bright(cls, colours: dict[str, str]) -> dict[str, str]:
        found = [
            fault("IMF-E999", "{colour} is dull", at=(name,), colour=colour)
            for name, colour in colours.items()
            if colour == "grey"
        ]
        if found:
            raise faults(found)
        return colours


GOOD = """imfsurvey: 1
title: {fr: Dessin, nl: Tekening}
paper: a4
colours: {sky: blue}
layers:
  - id: front
    shapes:
      - {type: circle, radius: 1.5, label: {fr: O}}
      - {type: square, side: 2, rounded: true}
    below:
      - id: back
        shapes: [{type: square, side: 1}]
"""


def load(text: str) -> Drawing:
    """The drawing in a text."""
    return validated(Drawing, parse(text))


@pytest.mark.parametrize("found", ["x", "true", "null", "{}"])
def test_any_number_is_asked_for_once(found: str) -> None:
    """Where 2 and 1.5 are both allowed, nobody is told that a whole number is expected."""
    text = GOOD.replace("rounded: true", "weight: ▸" + found)
    assert_found(load, text, "IMF-E025")
    assert problems_of(load, text.replace("▸", ""))[0].message == "a number is expected here"
    assert load(GOOD.replace("rounded: true", "weight: 1.5")).title.say("fr") == "Dessin"


def test_a_good_file_is_a_model() -> None:
    """Lists become tuples, blocks become models, nothing else is converted."""
    drawing = load(GOOD)
    assert drawing.title.say("nl") == "Tekening"
    assert drawing.layers[0].below[0].shapes == (Square(type="square", side=1),)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        # A missing key is reported where the block begins that lacks it.
        ("imfsurvey: 1\ntitle: {fr: Dessin, nl: Tekening}", "▸imfsurvey: 1", "IMF-E020"),
        ("  - id: front\n    shapes", "  - ▸shapes", "IMF-E020"),
        ("{type: circle, radius: 1.5", "▸{type: circle", "IMF-E020"),
        ("{type: square, side: 1}", "▸{side: 1}", "IMF-E020"),
        # An unknown key is reported at the key, wherever it is.
        ("paper: a4", "▸papier: a4", "IMF-E021"),
        ("- id: back\n", "- id: back\n        ▸colour: x\n", "IMF-E021"),
        ("radius: 1.5", "radius: 1.5, ▸circle: {a: 1}", "IMF-E021"),
        ("radius: 1.5", "radius: 1.5, ▸square: 1", "IMF-E021"),
        ("imfsurvey: 1", "imfsurvey: ▸2", "IMF-E022"),
        ("imfsurvey: 1", "imfsurvey: ▸true", "IMF-E025"),
        ("imfsurvey: 1", "imfsurvey: ▸'1'", "IMF-E025"),
        ("paper: a4", "paper: ▸a5", "IMF-E023"),
        ("paper: a4", "paper: ▸4", "IMF-E023"),
        ("paper: a4", "paper: ▸[a4]", "IMF-E025"),
        ("paper: a4", "paper:▸", "IMF-E025"),
        ("{type: circle, radius", "{type: ▸oval, radius", "IMF-E023"),
        ("{type: square, side: 1}", "{type: ▸1, side: 1}", "IMF-E023"),
        ("{type: square, side: 1}", "{type: ▸[square], side: 1}", "IMF-E025"),
        ("{type: square, side: 1}", "{type:▸ , side: 1}", "IMF-E025"),
        ("{fr: O}", "{fr: ▸1.10}", "IMF-E024"),
        ("{fr: O}", "{fr: ▸true}", "IMF-E024"),
        ("id: back", "id: ▸010", "IMF-E024"),
        ("{fr: O}", "{fr: ▸[O]}", "IMF-E025"),
        ("{fr: O}", "▸O", "IMF-E025"),
        ("{fr: O}", "{fr:▸ }", "IMF-E025"),
        ("radius: 1.5", "radius: ▸'1.5'", "IMF-E025"),
        ("radius: 1.5", "radius: ▸true", "IMF-E025"),
        ("side: 2", "side: ▸2.0", "IMF-E025"),
        ("side: 2", "side: ▸" + "9" * 30, "IMF-E025"),
        ("rounded: true", "rounded: ▸yes", "IMF-E025"),
        ("[{type: square, side: 1}]", "▸{type: square, side: 1}", "IMF-E025"),
        ("{type: square, side: 1}", "▸square", "IMF-E025"),
        ("colours: {sky: blue}", "colours: ▸[sky]", "IMF-E025"),
        ("id: back", "id: ▸Back", "IMF-E026"),
        ("id: back", "id: ▸''", "IMF-E026"),
        ("{sky: blue}", "{sky: blue, ▸2nd: red}", "IMF-E026"),
        ("[{type: square, side: 1}]", "▸[]", "IMF-E027"),
        ("radius: 1.5", "radius: ▸0", "IMF-E027"),
        ("side: 2", "side: ▸0", "IMF-E027"),
        ("side: 2", "side: ▸100", "IMF-E027"),
        ("side: 2", "side: 2, notes: ▸[a, b, c]", "IMF-E027"),
        ("title: {fr: Dessin, nl: Tekening}", "title: {fr: Dessin, ▸es: Dibujo}", "IMF-E030"),
        ("{fr: Dessin, nl: Tekening}", "{fr: ▸'', nl: ▸' '}", "IMF-E031 IMF-E031"),
        ("{fr: Dessin, nl: Tekening}", "▸{}", "IMF-E032"),
        ("{sky: blue}", "{sky: ▸grey, sea: ▸grey}", "IMF-E999 IMF-E999"),
    ],
)
def test_a_finding_has_our_code_and_the_authors_place(old: str, new: str, code: str) -> None:
    """Keys of items are found although pydantic tells the item's type on the way."""
    assert old in GOOD
    assert_found(load, GOOD.replace(old, new, 1), *code.split())


@pytest.mark.parametrize("text", ["▸- a\n", "▸word\n", "▸1\n"])
def test_a_file_that_is_no_block_is_told_at_its_beginning(text: str) -> None:
    """A list or a word at the top."""
    assert_found(load, text, "IMF-E025")


@pytest.mark.parametrize("text", ["", "# nothing\n", "\ufeff"])
def test_an_empty_file_is_told_at_its_beginning(text: str) -> None:
    """There is no line to show."""
    (problem,) = problems_of(load, text)
    assert (problem.code, problem.line, problem.column) == ("IMF-E025", 1, 1)


def test_all_is_told_in_one_run_in_the_order_of_the_file() -> None:
    """Whatever the order in which pydantic looks."""
    text = """imfsurvey: 1
▸layer: x
paper: ▸a5
colours: {sky: ▸1}
title: {fr: ▸'', ▸xx: x}
layers:
  - id: ▸X
    shapes: [{type: ▸oval}, ▸{type: circle}, {type: square, side: ▸a, ▸sides: 4}]
"""
    found = assert_found(
        load,
        text,
        *"E021 E023 E024 E031 E030 E026 E023 E020 E025 E021".replace("E", "IMF-E").split(),
    )
    assert len(found) == 10


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("paper:", "papier:", "unknown key 'papier': did you mean 'paper'?"),
        ("radius: 1.5", "raduis: 1.5, radius: 1", "did you mean 'radius'?"),
        # Only keys of that block are proposed: a circle has no side, a layer no radius.
        ("radius: 1.5", "radius: 1.5, side: 1", "unknown key 'side'"),
        ("- id: back", "- id: back\n        radius: 1", "unknown key 'radius'"),
        ("paper: a4", "paper: a", "'a' is not one of: a4, a3. Did you mean 'a4'?"),
        ("type: circle", "type: circel", "not one of: circle, square. Did you mean 'circle'?"),
        ("type: circle", "type: x", "'x' is not one of: circle, square"),
        ("{fr: O}", "{fr: 1.10}", 'this must be a text: put it in quotes, "1.10"'),
        ("{fr: O}", "{fr: false}", 'this must be a text: put it in quotes, "false"'),
        ("side: 2", "side: 0", "at least 1 is needed here"),
        ("radius: 1.5", "radius: -1", "more than 0.0 is needed here"),
        ("side: 2", "side: 100", "less than 100 is needed here"),
        ("imfsurvey: 1", "imfsurvey: 2", "version 2 of imfsurvey's language; known is 1"),
        ("{fr: Dessin,", "{es: Dessin,", "language 'es' is not one of fr, nl, en, de"),
    ],
)
def test_the_words_say_what_to_write_instead(old: str, new: str, words: str) -> None:
    """The nearest right word, the word in quotes, the limit."""
    (problem,) = problems_of(load, GOOD.replace(old, new, 1))
    assert problem.message.endswith(words)


def test_words_of_the_program_are_translated_in_a_problem() -> None:
    """`a list` inside a French sentence would be a word of nobody's language."""
    (problem,) = problems_of(load, "imfsurvey: 1\ntitle: {fr: x}\nlayers: x\n")
    words = describe(problem, translator("fr"))
    assert "une liste" in words
    assert "a list" not in words


def test_no_more_is_told_than_anybody_reads() -> None:
    """Neither is more worked out."""
    text = "imfsurvey: 1\ntitle: {fr: x}\nlayers:\n" + "  - {idd: a}\n" * 20_000
    assert len(problems_of(load, text)) == MAX_PROBLEMS


def test_an_odd_value_is_not_allowed() -> None:
    """What pydantic finds without a kind that we know gets a code all the same."""

    def broken(value: Any) -> Any:
        raise ValueError("pydantic's own words")

    class Odd(SourceModel):
        x: Annotated[int, BeforeValidator(broken)]

    (problem,) = problems_of(lambda text: validated(Odd, parse(text)), "x: 1\n")
    assert (problem.code, problem.column) == ("IMF-E028", 4)
    assert problem.message == "this value is not allowed here"
