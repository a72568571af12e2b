"""What a reminder says of how to answer: a code only to those who have one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from printed import REMINDER

from imfsurvey.report.reminder import Letter, letters

PLACE = "https://192.0.2.7:8443/"


def english(**more: Any) -> Letter:
    """The reminder in English."""
    (letter,) = letters(replace(REMINDER, titles={"en": "Survey"}, **more))
    return letter


@pytest.mark.parametrize(
    ("tickets", "address", "said"),
    [
        (
            True,
            PLACE,
            "You answer in a browser, at https://192.0.2.7:8443/, with the code that you received. "
            "It is good for one response and stands in no list beside a name.",
        ),
        (
            True,
            "",
            "You answer as you were told with the invitation, with the code that you received. It "
            "is good for one response and stands in no list beside a name.",
        ),
        (False, PLACE, "You answer in a browser, at https://192.0.2.7:8443/."),
        (False, "", "Where and when you can answer was told with the invitation."),
    ],
)
def test_how_to_answer(tickets: bool, address: str, said: str) -> None:
    """With or without a code, in a browser or as it was told; the promise fits."""
    letter = english(tickets=tickets, address=address)
    assert letter.paragraphs[2] == said
    assert ("without the code" in letter.promises[0]) is tickets


def test_groups_are_spoken_of_where_there_are_some() -> None:
    """Of one group alone it would say the same as of everybody."""
    heads = {groups: len(english(groups=groups).standing) for groups in (0, 1, 2, 3)}
    assert heads == {0: 1, 1: 1, 2: 2, 3: 2}
    assert english().standing[0] == "37 of 52 people answered (71%)."
    assert "No figure is shown that rests on fewer than 5 answers." in english().promises
