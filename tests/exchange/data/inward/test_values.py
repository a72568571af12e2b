"""What the text of a cell stands for: read by hand, with all spellings that people use."""

from __future__ import annotations

from typing import Any

import pytest
from small import GROUPS, IMF, choices, form, item

from imfsurvey.exchange.data.codebook import Category, Number, Variable
from imfsurvey.exchange.data.described import Describer
from imfsurvey.exchange.data.inward.values import Meanings, typed
from imfsurvey.exchange.data.wording import Wording
from imfsurvey.i18n.catalogue import LANGUAGES, translator


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[("5", 5), (" 5 ", 5), ("5,0", 5), ("5.5", 5.5), ("5,5", 5.5), (".5", 0.5), ("5.", 5)],
        *[("+4", 4), ("-3", -3), ("\N{MINUS SIGN}3", -3), ("1e3", 1000), ("1e15", 10**15)],
        *[("", None), ("5 0", None), ("1_0", None), ("5,0,0", None), ("0x1", None)],
        *[("nan", None), ("inf", None), ("1e999", None), ("2e15", None)],
        ("\N{ARABIC-INDIC DIGIT THREE}", None),  # a figure to Python, to nobody else here
    ],
)
def test_a_number_as_programs_write_it(text: str, number: Number | None) -> None:
    """With a point or a comma, a sign, an exponent; what a float cannot hold exactly is none."""
    assert typed(text) == number


def meanings(**asked: dict[str, Any]) -> Meanings:
    """What a cell of one question may say, in all languages."""
    ((item_id, keys),) = asked.items()
    made = form(item(item_id, **keys))
    versions: list[Variable] = []
    for language in LANGUAGES:
        describer = Describer(Wording(made, IMF, GROUPS, translator(language)))
        versions.append(describer.coded(made.items[item_id]).variables[0])
    return Meanings.of(versions)


def said(meant: Category | str) -> object:
    """The code or the status of a category; else why there is none."""
    if isinstance(meant, Category):
        return f"~{meant.status}" if meant.missing else meant.code
    return meant


WORDED = choices("ops", "2", 3, ops={"text": {"fr": "L'été – un  peu", "nl": "Zomer"}})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Values: "2" and 3 stand for themselves, the word comes behind the highest: 4.
        *[("4", "ops"), ("2", "2"), ("3", 3), ("3,0", 3), ("5", "unknown"), ("0", "unknown")],
        *[("ops", "ops"), (" OPS ", "ops"), ("zomer", "ops"), ("le 3", 3)],
        ("L\N{RIGHT SINGLE QUOTATION MARK}été – un\N{NO-BREAK SPACE}peu", "ops"),
        ("l'e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT} – un peu", "ops"),
        *[("-9", "~blank"), ("-5", "~not_shown"), ("~dk", "~dk"), ("dk", "~dk"), ("Dk", "~dk")],
        *[("na", "~na"), ("~na", "~na"), ("NA", "ambiguous"), (" NA ", "ambiguous")],
        *[("Weet het niet", "~dk"), ("Ne sait pas", "~dk"), ("Don’t know", "~dk")],
        *[("", "unknown"), ("x", "unknown"), ("-4", "unknown")],
    ],
)
def test_a_cell_names_a_value_a_code_or_a_label(text: str, expected: object) -> None:
    """In any language, whatever the letters and signs that look alike."""
    assert said(meanings(q={"kind": "single", "choices": WORDED}).meant(text)) == expected


def test_what_may_mean_two_things_is_said_to() -> None:
    """A label that is the value of another choice, and one that two choices have."""
    crossed = [
        {"code": 1, "text": {"fr": "2"}},
        {"code": 2, "text": {"fr": "deux"}},
        {"code": 3, "text": {"fr": "deux"}},
    ]
    found = meanings(q={"kind": "single", "choices": crossed})
    answers = {text: said(found.meant(text)) for text in ("1", "2", "3", "deux")}
    assert answers == {"1": 1, "2": "ambiguous", "3": 3, "deux": "ambiguous"}
