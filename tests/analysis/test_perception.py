"""The figures of a perception survey: what they are when nothing has to be hidden."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import AnswerValue, microdata
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from imfsurvey.analysis.figures import ItemFigures, PerceptionFigures
from imfsurvey.analysis.perception import perceive
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire import Questionnaire

Survey = Callable[..., Questionnaire]
ANSWERS: tuple[AnswerValue, ...] = (1, 2, 3, 4, 5, "~dk", "~na", "~refused", "~not_shown", "~blank")


def answers(counts: Mapping[AnswerValue, int]) -> list[AnswerValue]:
    """Answers to one item, each as often as said."""
    return [value for value, count in counts.items() for _ in range(count)]


def perceived(
    questionnaire: Questionnaire,
    columns: Mapping[str, Sequence[AnswerValue]],
    headcount: int = 1000,
) -> PerceptionFigures:
    """The figures of answers given by item."""
    rows = [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
    return perceive(questionnaire, microdata(questionnaire, rows), headcount)


def one_item(survey: Survey, counts: Mapping[AnswerValue, int], **item: Any) -> ItemFigures:
    """The figures of a survey of one item."""
    return perceived(survey({"id": "a", **item}), {"a": answers(counts)}).items[0]


WORKED: Mapping[AnswerValue, int] = {
    **{1: 2, 2: 4, 3: 6, 4: 16, 5: 12},
    **{"~dk": 5, "~na": 2, "~refused": 1, "~not_shown": 10, "~blank": 2},
}


def test_an_item_by_hand(survey: Survey) -> None:
    """Shares of the 40 valid answers; the others as shares of the 50 who saw the item.

    Squares 2 · 1 + 4 · 4 + 6 · 9 + 16 · 16 + 12 · 25 = 628; s² = (628 - 152² / 40) / 39. Of 1000
    people, 40 count as 40 · 999 / 960; t(39) = 2.022691 (table).
    """
    found = one_item(survey, WORKED)
    sd = ((628 - 152**2 / 40) / 39) ** 0.5
    half = 2.022691 * sd / 40**0.5 * 0.96**0.5
    likened = 40 * 999 / 960
    assert found == ItemFigures(
        item="a",
        hidden=None,
        leaning=None,
        n=40,
        counts=(2, 4, 6, 16, 12),
        favourable=28 / 40,
        neutral=6 / 40,
        unfavourable=6 / 40,
        mean=(2 + 8 + 18 + 64 + 60) / 40,
        dont_know=5 / 50,
        not_applicable=2 / 50,
        blank=2 / 50,
        sd=pytest.approx(sd),
        mean_interval=pytest.approx((3.8 - half, 3.8 + half), abs=1e-6),
        favourable_interval=pytest.approx(
            proportion_confint(0.7 * likened, likened, method="wilson")
        ),
    )


def test_a_reversed_item_by_hand(survey: Survey) -> None:
    """x' = 1 + 5 - x at scoring: shares and mean turn round, the counts stay as given."""
    found = one_item(survey, WORKED, reverse=True)
    assert found.counts == (2, 4, 6, 16, 12)
    assert (found.favourable, found.neutral, found.unfavourable) == (6 / 40, 6 / 40, 28 / 40)
    assert found.mean == pytest.approx(6 - 152 / 40)


def test_a_mean_is_rounded_once(survey: Survey) -> None:
    """11 times 5, 1 times 4, 8 times 3: 83/20 = 4.15; turned round 37/20 = 1.85, printed 1.9. The
    float nearest to 6 - 4.15 lies below it."""
    assert one_item(survey, {5: 11, 4: 1, 3: 8}, reverse=True).mean == 1.85


def test_a_knowledge_item_by_hand(survey: Survey) -> None:
    """Not knowing is in the denominator and unfavourable; the mean stays on the scale."""
    found = one_item(survey, WORKED, knowledge=True)
    assert found.n == 45
    assert (found.favourable, found.neutral, found.unfavourable) == (28 / 45, 6 / 45, 11 / 45)
    assert found.mean == pytest.approx(152 / 40)
    assert found.dont_know == 5 / 50


def test_a_reversed_knowledge_item(survey: Survey) -> None:
    """Reversing turns the codes round, but not knowing stays unfavourable."""
    found = one_item(survey, WORKED, knowledge=True, reverse=True)
    assert (found.favourable, found.unfavourable) == (6 / 45, (28 + 5) / 45)


def test_a_scale_without_sides(survey: Survey) -> None:
    """Where the scale declares no favourable codes there are a mean and counts, but no shares."""
    neutral = survey({"id": "a"}, scale={"favourable": [], "unfavourable": []})
    found = perceived(neutral, {"a": answers(WORKED)}).items[0]
    assert (found.n, found.mean) == (40, 152 / 40)
    assert (found.favourable, found.neutral, found.unfavourable) == (None, None, None)


def test_reversing_needs_a_scale_that_mirrors(survey: Survey) -> None:
    """A reversed item on codes 1, 2, 5 is refused: 1 + 5 - 2 is no code of that scale."""
    codes = [{"code": code, "text": {"en": "x"}} for code in (1, 2, 5)]
    uneven = {"codes": codes, "favourable": [5], "unfavourable": [1]}
    questionnaire = survey({"id": "a", "reverse": True}, scale=uneven)
    with pytest.raises(InputError, match="IMF-A109: item 'a'"):
        perceived(questionnaire, {"a": [1] * 10})


def test_against_numpy_and_scipy(survey: Survey) -> None:
    """Counts, shares and means equal an independent computation on a matrix of answers."""
    draw = np.random.default_rng(20260331)
    odds = {
        "plain": [0.10, 0.15, 0.20, 0.30, 0.15, 0.10],
        "turned": [0.25, 0.30, 0.15, 0.10, 0.10, 0.10],
        "known": [0.05, 0.10, 0.15, 0.20, 0.20, 0.30],
    }
    drawn = {item: draw.choice([1, 2, 3, 4, 5, 0], size=400, p=p) for item, p in odds.items()}
    questionnaire = survey(
        {"id": "plain"}, {"id": "turned", "reverse": True}, {"id": "known", "knowledge": True}
    )
    columns = {item: [int(x) or "~dk" for x in column] for item, column in drawn.items()}
    for found in perceived(questionnaire, columns).items:
        column = drawn[found.item]
        valid = column[column > 0]
        scored = 6 - valid if found.item == "turned" else valid
        n = column.size if found.item == "known" else valid.size
        assert found.n == n
        assert found.counts == tuple(np.bincount(valid, minlength=6)[1:])
        assert found.mean == pytest.approx(stats.tmean(scored))
        assert found.favourable == pytest.approx(np.count_nonzero(scored >= 4) / n)
        assert found.neutral == pytest.approx(np.count_nonzero(scored == 3) / n)
        unfavourable = np.count_nonzero(scored <= 2) + (n - valid.size)
        assert found.unfavourable == pytest.approx(unfavourable / n)
        assert found.dont_know == pytest.approx(np.mean(column == 0))


def test_a_theme_is_the_mean_of_its_items(survey: Survey) -> None:
    """80 % of 40 and 20 % of 10 make 50 %, not the pooled (32 + 2) / 50 = 68 %."""
    questionnaire = survey(
        {"id": "a", "theme": "voice"}, {"id": "b", "theme": "voice"}, themes=["voice"]
    )
    found = perceived(
        questionnaire, {"a": answers({4: 32, 2: 8}), "b": answers({4: 2, 2: 8, "~na": 30})}
    )
    assert (found.themes[0].favourable, found.themes[0].items) == (pytest.approx(0.5), 2)


def test_the_mean_of_a_theme_is_rounded_once(survey: Survey) -> None:
    """6 of 20 and 7 of 20: 13/40 = 32.5 %, printed 33 %. The floats add up to less."""
    questionnaire = survey(
        {"id": "a", "theme": "voice"}, {"id": "b", "theme": "voice"}, themes=["voice"]
    )
    found = perceived(questionnaire, {"a": answers({5: 6, 1: 14}), "b": answers({5: 7, 1: 13})})
    assert found.themes[0].favourable == 13 / 40


def test_items_without_theme_and_themes_without_items(survey: Survey) -> None:
    """An item outside a theme changes none; a theme nobody belongs to has none."""
    questionnaire = survey({"id": "a", "theme": "voice"}, {"id": "b"}, themes=["voice", "silence"])
    found = perceived(questionnaire, {"a": answers({5: 30, 1: 10}), "b": answers({1: 30, 5: 10})})
    figures = [(one.theme, one.favourable, one.items) for one in found.themes]
    assert figures == [("voice", 0.75, 1)]


def test_only_likert_items_are_perceived(survey: Survey) -> None:
    """Background items and pages that ask nothing have no perception figure."""
    page = {"id": "welcome", "type": "info", "text": {"en": "Hello"}}
    category = {
        "id": "category",
        "type": "single",
        "text": {"en": "Category"},
        "choices": [{"code": "ops", "text": {"en": "ops"}}],
    }
    questionnaire = survey({"id": "a"}, first=[page, category])
    found = perceived(questionnaire, {"category": ["ops"] * 40, "a": answers({1: 20, 5: 20})})
    assert [one.item for one in found.items] == ["a"]
    assert (found.questionnaire, found.k, found.hidden) == ("staff", 5, 0)


@given(st.lists(st.sampled_from(ANSWERS), max_size=80), st.booleans(), st.booleans())
def test_shares_add_up(
    survey: Survey, given_answers: list[AnswerValue], reverse: bool, knowledge: bool
) -> None:
    """Shown shares lie in 0-1 and sum to 1, the mean on the scale; a hidden item shows nothing."""
    questionnaire = survey({"id": "a", "reverse": reverse, "knowledge": knowledge})
    found = perceived(questionnaire, {"a": given_answers}).items[0]
    numbers = (
        *(found.n, found.counts, found.favourable, found.neutral, found.unfavourable),
        *(found.mean, found.dont_know, found.not_applicable, found.blank),
    )
    if found.hidden is not None:
        assert numbers == (None,) * 9
        return
    assert found.favourable is not None
    assert found.neutral is not None
    assert found.unfavourable is not None
    assert found.favourable + found.neutral + found.unfavourable == pytest.approx(1)
    assert found.mean is None or 1 <= found.mean <= 5
    assert found.leaning is None


@given(st.lists(st.sampled_from(ANSWERS), max_size=60), st.data())
def test_the_order_of_responses_is_nothing(
    survey: Survey, given_answers: list[AnswerValue], data: st.DataObject
) -> None:
    """The same responses in another order give the same figures."""
    questionnaire = survey({"id": "a"})
    shuffled = data.draw(st.permutations(given_answers))
    assert perceived(questionnaire, {"a": shuffled}) == perceived(
        questionnaire, {"a": given_answers}
    )
