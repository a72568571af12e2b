"""What is said where an item has nothing to choose from."""

from __future__ import annotations

from conversation import Desk, held
from small import IMF, choices, form, item

from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview import Interview


def test_an_empty_list_is_to_be_filled_only_where_that_can_be_done() -> None:
    """Of a study without groups nobody is sent to fill them in; a list of one's own can be."""
    asked = form(
        item("unit", "multi", choices_from="study.groups"),
        item("what", "multi", choices=choices("a", "b")),
        item("worst", "single", choices_from="what"),
    )
    _, said = held(Desk(Interview(asked, IMF, "fr")), "", "", "", "", "q")
    unit, worst = said.split("\nwhat\n")
    t = translator("fr")
    for words, part in (
        ("There is nothing to choose from here.", unit),
        ("Nothing to choose from yet: fill in that list first.", worst),
    ):
        assert t(words).replace("\u00a0", " ") in part.replace("\u00a0", " ")
