"""Small cells: people divided by the product of the numbers of choices, worked by hand."""

from __future__ import annotations

import pytest
from marked import SURVEY, with_change
from small import choices, form, item

from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.cells import cell_warnings, small_cells
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated
from imfsurvey.source.places import Document

_SIX = ", ".join(f"{{code: c{n}, text: {{fr: x, nl: x}}}}" for n in range(6))
MORE = f"""
      - {{id: age, type: single, text: {{fr: x, nl: x}}, choices: [{_SIX}], quasi_identifier: true}}
      - {{id: leads, type: yes_no, text: {{fr: x, nl: x}}, quasi_identifier: true}}
      - {{id: free, type: yes_no, text: {{fr: x, nl: x}}}}
"""


def survey(*changes: tuple[str, str]) -> tuple[Questionnaire, Document]:
    """The sample, k = 10, with `category` (the groups), `age` (6 answers) and `leads` (2)."""
    text = with_change(
        SURVEY, ("        quasi_identifier: true\n", f"        quasi_identifier: true{MORE}")
    )
    document = parse(with_change(text, *changes) if changes else text)
    return validated(Questionnaire, document), document


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        # 4 groups x 6 ages x 2 = 48 cells, 10 in each.
        (480, []),
        # 479 / 48 < 10; the largest pair has 24 cells and would need 240.
        (479, [("category", "age", "leads")]),
        (240, [("category", "age", "leads")]),
        # 239 / 24 < 10, 239 / 12 and 239 / 8 are not; all three together as well.
        (239, [("category", "age"), ("category", "age", "leads")]),
        # 119 / 24 and 119 / 12 < 10, 119 / 8 = 14.9.
        (119, [("category", "age"), ("age", "leads"), ("category", "age", "leads")]),
        # 59 / 6 < 10 alone, 59 / 4 = 14.75.
        (59, [("age",), ("category", "age", "leads")]),
        (39, [("age",), ("category",), ("category", "age", "leads")]),
    ],
)
def test_the_smallest_sets_below_k(people: int, expected: list[tuple[str, ...]]) -> None:
    """Alone, in pairs, else all: the sets with the fewest items, smallest cells first."""
    questionnaire, _ = survey()
    assert [one.items for one in small_cells(questionnaire, people, 4)] == expected


def test_a_warning_says_the_arithmetic_at_its_place() -> None:
    """239 people on 4 x 6 combinations: fewer than 10 each (9.96), k is 10. IMF-W103."""
    questionnaire, document = survey()
    pair, whole = cell_warnings(questionnaire, document, 239, 4)
    assert (pair.code, pair.severity) == ("IMF-W103", "warning")
    assert "'category', 'age'" in pair.message
    assert "4 × 6 = 24 combinations" in pair.message
    assert "239 people" in pair.message
    assert "fewer than 10 in each, and k is 10" in pair.message
    assert "4 × 6 × 2 = 48" in whole.message
    assert "fewer than 5 in each" in whole.message  # 239 / 48 = 4.98
    assert "id: age" in pair.excerpt
    assert "id: leads" in whole.excerpt


def test_one_item_alone() -> None:
    """50 people on 6 ages are 8.3 each: fewer than 9."""
    questionnaire, document = survey()
    age, *_ = cell_warnings(questionnaire, document, 50, 4)
    assert "item 'age'" in age.message
    assert "6 answers" in age.message
    assert "fewer than 9 at each" in age.message


def test_non_answers_and_one_group_do_not_count() -> None:
    """A refusal is no cell; one group divides nobody."""
    questionnaire, _ = survey()
    assert [one.choices for one in small_cells(questionnaire, 100, 1)] == [(6, 2)]


def test_words_of_ones_own_are_one_choice_more() -> None:
    """Of what was ticked, the worst: a, b or one's own words. 29 people on 3 are fewer than 10."""
    ticked = item("seen", "multi", choices=choices("a", "b"), other={"max_length": 50})
    worst = item("worst", "single", choices_from="seen", quasi_identifier=True)
    questionnaire = form(ticked, worst, named=False)
    assert [one.choices for one in small_cells(questionnaire, 29, 1)] == [(3,)]
    assert small_cells(questionnaire, 30, 1) == ()


def test_another_threshold() -> None:
    """480 people in 48 cells are too few for k = 11."""
    questionnaire, _ = survey(("k: 10,", "k: 11,"))
    assert [one.items for one in small_cells(questionnaire, 480, 4)] == [
        ("category", "age", "leads")
    ]


def test_named_answers_promise_nothing() -> None:
    """Where everybody signs there is nobody to single out."""
    questionnaire, document = survey(("mode: anonymous", "mode: named"))
    assert list(cell_warnings(questionnaire, document, 1, 4)) == []
