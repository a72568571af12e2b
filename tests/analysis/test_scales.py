"""Scores of persons against a table of them in NumPy, and by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import microdata

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.scales import Scores, scores
from imfsurvey.interview.variables import DONT_KNOW
from imfsurvey.questionnaire import LikertItem, Questionnaire

Survey = Callable[..., Questionnaire]
ANSWERS: tuple[Any, ...] = (1, 2, 3, 4, 5, "~dk", "~na", "~refused", "~not_shown", "~blank")


def scored(questionnaire: Questionnaire, rows: Sequence[Sequence[Any]]) -> Scores:
    """The scores over all items of a survey."""
    items = [one for one in questionnaire.asking_items() if isinstance(one, LikertItem)]
    known = [questionnaire.scales[one.scale] for one in items]
    named = [dict(zip([one.id for one in items], row, strict=True)) for row in rows]
    return scores(items, known, microdata(questionnaire, named))


def items(n: int, **more: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Statements a, b, c ... of one theme, some with more keys."""
    names = "abcdefgh"[:n]
    return [{"id": name, "theme": "t", **more.get(name, {})} for name in names]


def test_the_index_of_a_code(survey: Survey) -> None:
    """POMP: (x - 1) / 4 of 100 on five points, (x - 1) / 6 on seven."""
    five = survey({"id": "a"}).scales["agree"]
    assert [five.score(code) for code in (1, 2, 3.5, 5)] == [0, 25, 62.5, 100]
    codes = [{"code": code, "text": {"en": "x"}} for code in range(1, 8)]
    wider = {"codes": codes, "favourable": [6, 7], "unfavourable": [1, 2]}
    seven = survey({"id": "a"}, scale=wider).scales["agree"]
    assert seven.score(4) == 50
    assert seven.score(5) == pytest.approx(100 * 4 / 6)


def test_scores_by_hand(survey: Survey) -> None:
    """Half of the four statements and at least two: two answers make a score, one does not."""
    rows = [
        [5, 5, 4, 4],  # (100 + 100 + 75 + 75) / 4
        [1, 3, "~dk", "~na"],  # (0 + 50) / 2
        [5, "~dk", "~blank", "~na"],  # one answer: no score
        ["~dk", "~dk", "~refused", "~not_shown"],  # none
    ]
    found = scored(survey(*items(4), themes=["t"]), rows)
    assert list(found.persons) == [25.0, 87.5]
    assert (found.partial, found.complete) == (2, 1)


def test_of_three_statements_two_are_needed(survey: Survey) -> None:
    """Half of three is one and a half, hence two; of five, three."""
    three = scored(survey(*items(3), themes=["t"]), [[1, 2, "~dk"], [1, "~dk", "~dk"]])
    assert list(three.persons) == [12.5]
    five = scored(
        survey(*items(5), themes=["t"]),
        [[1, 2, "~dk", "~dk", "~dk"], [1, 2, 3, "~dk", "~dk"]],
    )
    assert list(five.persons) == [25.0]


def test_reversed_and_weighted_by_hand(survey: Survey) -> None:
    """5 on a reversed statement is 0; with weight 3 beside 100: (3 · 0 + 100) / 4."""
    turned = survey(*items(2, a={"reverse": True, "weight": 3}), themes=["t"])
    assert list(scored(turned, [[5, 5]]).persons) == [25.0]


def test_not_knowing_is_in_no_score(survey: Survey) -> None:
    """On a knowledge statement neither: it has no place on the scale."""
    known = survey(*items(3, a={"knowledge": True}), themes=["t"])
    assert list(scored(known, [["~dk", 4, 4]]).persons) == [75.0]


def table(rows: Sequence[Sequence[Any]], reversed_: int) -> Any:
    """The answers as numbers 0 to 100, NaN for what is none; the first columns turned round."""
    numbers = np.array([[one if isinstance(one, int) else np.nan for one in row] for row in rows])
    numbers[:, :reversed_] = 6 - numbers[:, :reversed_]
    return 25 * (numbers - 1)


def test_the_order_of_responses_leaves_no_trace(survey: Survey) -> None:
    """To the last digit, on seven codes too: that order is random, figures are not."""
    codes = [{"code": code, "text": {"en": "x"}} for code in range(1, 8)]
    seven = survey(
        *items(3, b={"reverse": True, "weight": 0.3}),
        themes=["t"],
        scale={"codes": codes, "favourable": [6, 7], "unfavourable": [1, 2]},
    )
    draw = np.random.default_rng(2)
    rows = [[int(x) or "~dk" for x in row] for row in draw.integers(0, 8, (60, 3))]
    one, other = scored(seven, rows), scored(seven, [rows[n] for n in draw.permutation(60)])
    assert one.persons.tolist() == other.persons.tolist()
    assert one.covariance.tolist() == other.covariance.tolist()


@given(st.lists(st.lists(st.sampled_from(ANSWERS), min_size=4, max_size=4), min_size=3))
@settings(max_examples=40)
def test_against_numpy(survey: Survey, rows: list[list[Any]]) -> None:
    """Scores, people and covariance of what was drawn, one statement reversed."""
    found = scored(survey(*items(4, a={"reverse": True}), themes=["t"]), rows)
    numbers = table(rows, 1)
    given_ = np.count_nonzero(~np.isnan(numbers), axis=1)
    assert found.persons == pytest.approx(np.sort(np.nanmean(numbers[given_ >= 2], axis=1)))
    assert found.partial == np.count_nonzero((given_ > 0) & (given_ < 4))
    assert found.complete == np.count_nonzero(given_ == 4)
    if found.complete > 1:
        assert found.covariance == pytest.approx(np.cov(numbers[given_ == 4], rowvar=False))
    else:
        assert not found.covariance.any()


def test_more_people_than_are_read_at_a_time(survey: Survey) -> None:
    """40,000 of them, against NumPy over all at once."""
    questionnaire = survey(*items(3), themes=["t"])
    drawn = np.random.default_rng(9).integers(0, 6, (40_000, 3))
    bytes_ = np.where(drawn > 0, drawn - 1, DONT_KNOW).astype(np.uint8)
    columns = {name: bytes_[:, place].tobytes() for place, name in enumerate("abc")}
    data = Microdata(len(drawn), dict.fromkeys("abc", (1, 2, 3, 4, 5)), columns)
    asked = [one for one in questionnaire.asking_items() if isinstance(one, LikertItem)]
    found = scores(asked, [questionnaire.scales["agree"]] * 3, data)
    numbers = np.where(drawn > 0, 25.0 * (drawn - 1), np.nan)
    given_ = np.count_nonzero(drawn, axis=1)
    assert found.persons == pytest.approx(np.sort(np.nanmean(numbers[given_ >= 2], axis=1)))
    assert found.covariance == pytest.approx(np.cov(numbers[given_ == 3], rowvar=False))
    assert found.partial == np.count_nonzero((given_ > 0) & (given_ < 3))
    assert found.complete == np.count_nonzero(given_ == 3)
