"""From answers to the cells of a data file: every kind of item, read by hand."""

from __future__ import annotations

from typing import Any

import pytest
from small import GROUPS, IMF, choices, form, item

from imfsurvey.exchange.data.codebook import Cell
from imfsurvey.exchange.data.described import Describer
from imfsurvey.exchange.data.wording import Wording
from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview.answers import Answer, Entry

CRITERIA = [{"id": name, "level": 2, "text": {"fr": name}} for name in ("written", "known")]
ASKED = form(
    item("seen", "yes_no", non_answers=["dk"]),
    item("one", "single", choices=choices("x", 7, "y"), other={}),
    item("several", "multi", choices=choices("x", "y", "z")),
    item("ranked", "ranking", choices=choices("x", "y", "z"), top=2),
    item("stated", "likert", scale="agree", reverse=True),
    item("rated", "maturity", topic="code", criteria=CRITERIA),
    item("counted", "number", min=-20, max=50, non_answers=["na"]),
    item("banded", "number", max=50, store_as={"bands": [0, 5, 15, 30]}),
    item("day", "date", non_answers=["dk"]),
    item("text", "text", non_answers=["refused"], comment={"max_length": 9}),
    item("list", "repeat", label="name", items=[item("name", "text", required=True)]),
    item("who", "single", choices_from="list"),
)
ENTRIES = tuple(Entry(one, {"name": Answer("answered", one)}) for one in ("o1", "o2"))


def described() -> Describer:
    """The describer of these items, in English."""
    return Describer(Wording(ASKED, IMF, GROUPS, translator("en")))


def cells(item_id: str, answer: Answer) -> dict[str, Cell]:
    """What a named answer is in a data file, by name of the variable."""
    found: dict[str, Cell] = {}
    for part in described().named(ASKED.items[item_id]):
        names = (one.name for one in part.variables)
        found |= dict(zip(names, part.cells(answer), strict=True))
    return found


def of(value: Any, **more: Any) -> Answer:
    """A valid answer."""
    return Answer("answered", value, **more)


@pytest.mark.parametrize(
    ("item_id", "answer", "expected"),
    [
        ("seen", of("yes"), {"seen": 1}),
        ("seen", of("no"), {"seen": 2}),
        ("seen", Answer("dk"), {"seen": -8}),
        # A code that is a number stands for itself; words are numbered behind the highest.
        ("one", of(7), {"one": 7, "one.other_text": ""}),
        ("one", of("x"), {"one": 8, "one.other_text": ""}),
        ("one", of("y"), {"one": 9, "one.other_text": ""}),
        ("one", of("other", other="autre"), {"one": 10, "one.other_text": "autre"}),
        ("several", of(("x", "z")), {"several.x": 1, "several.y": 0, "several.z": 1}),
        ("several", Answer(), {f"several.{one}": -9 for one in "xyz"}),
        ("ranked", of(("z", "x")), {"ranked.x": 2, "ranked.y": 0, "ranked.z": 1}),
        # As it was given: whoever turns it round must not do it twice.
        ("stated", of(2), {"stated": 2}),
        ("rated", of(3, criteria=("known",)), {"rated": 3, "rated.written": 0, "rated.known": 1}),
        (
            "rated",
            Answer("not_shown"),
            dict.fromkeys(("rated", "rated.written", "rated.known"), -5),
        ),
        # The lowest answer is -20, so that the statuses lie below it.
        ("counted", of(-20), {"counted": -20}),
        ("counted", Answer("na"), {"counted": -96}),
        ("banded", of(15), {"banded": 15}),
        ("banded", Answer("not_shown"), {"banded": -5}),
        ("day", of("2026-03-31"), {"day": "2026-03-31", "day.status": 1}),
        ("day", Answer("dk"), {"day": "", "day.status": -8}),
        ("text", of("mot", comment="c"), {"text": "mot", "text.status": 1, "text.comment": "c"}),
        ("text", Answer("refused"), {"text": "", "text.status": -7, "text.comment": ""}),
        ("text", Answer(), {"text": "", "text.status": -9, "text.comment": ""}),
        ("list", of(ENTRIES), {"list": 2}),
        ("list", Answer("not_shown"), {"list": -5}),
        ("who", of("o2"), {"who": "o2", "who.status": 1}),
        ("who", Answer("not_shown"), {"who": "", "who.status": -5}),
    ],
)
def test_an_answer_is_its_value(item_id: str, answer: Answer, expected: dict[str, Cell]) -> None:
    """Codes, ticks, ranks, levels, criteria, numbers, texts and entries; every status."""
    found = cells(item_id, answer)
    assert {name: value for name, value in found.items() if name in expected} == expected
    assert found.keys() - expected.keys() <= {f"{item_id}.{side}" for side in SIDES}


SIDES = ("evidence", "comment", "reason")
"""Fields beside an answer, which some kinds have by themselves."""


def test_a_ranking_says_how_far_it_goes() -> None:
    """The first two of three are ranked: no value stands for a third place."""
    (part,) = (one for one in described().named(ASKED.items["ranked"]) if one.choices)
    said = [(one.value, one.label) for one in part.variables[0].answers]
    assert said == [(0, "Not ranked"), (1, "Rank 1"), (2, "Rank 2")]


def test_a_statement_that_is_turned_round_says_so() -> None:
    """Beside its variable, and beside no other."""
    for item_id in ("stated", "rated", "seen"):
        first = next(described().named(ASKED.items[item_id])).variables[0]
        assert bool(first.notes) == (item_id == "stated")
    stated = next(described().named(ASKED.items["stated"])).variables[0]
    assert stated.notes == ("Agreeing is unfavourable; the values are as they were given.",)


@pytest.mark.parametrize(
    ("item_id", "kind", "measure"),
    [
        ("seen", "category", "nominal"),
        ("one", "category", "nominal"),
        ("stated", "category", "ordinal"),
        ("rated", "category", "ordinal"),
        ("banded", "category", "ordinal"),
        ("counted", "number", "scale"),
        ("list", "number", "scale"),
        ("text", "text", "nominal"),
    ],
)
def test_what_may_be_computed_with(item_id: str, kind: str, measure: str) -> None:
    """Levels of measurement, as a statistics program goes by them."""
    first = next(described().named(ASKED.items[item_id])).variables[0]
    assert (first.kind, first.measure) == (kind, measure)
