"""What a perception survey may not tell: few answers, large majorities, rare non-answers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from records import AnswerValue, microdata

from imfsurvey.analysis.figures import ItemFigures, PerceptionFigures, ResponseFigures
from imfsurvey.analysis.perception import perceive
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire import Questionnaire

Survey = Callable[..., Questionnaire]


def perceived(
    questionnaire: Questionnaire,
    columns: Mapping[str, Mapping[AnswerValue, int]],
    headcount: int = 1000,
) -> PerceptionFigures:
    """The figures of answers given by item, each as often as said."""
    spread = {
        item: [value for value, count in counts.items() for _ in range(count)]
        for item, counts in columns.items()
    }
    rows = [dict(zip(spread, values, strict=True)) for values in zip(*spread.values(), strict=True)]
    return perceive(questionnaire, microdata(questionnaire, rows), headcount)


def one_item(
    survey: Survey, counts: Mapping[AnswerValue, int], k_total: int = 5, **item: Any
) -> ItemFigures:
    """The figures of a survey of one item."""
    return perceived(survey({"id": "a", **item}, k_total=k_total), {"a": counts}).items[0]


def numbers(figures: ItemFigures) -> Sequence[object]:
    """Everything of an item's figures that is a number."""
    return (
        *(figures.n, figures.counts, figures.mean),
        *(figures.favourable, figures.neutral, figures.unfavourable),
        *(figures.dont_know, figures.not_applicable, figures.blank),
    )


NOTHING = (None,) * 9


@pytest.mark.parametrize("k", [5, 8, 12])
def test_k_counts_valid_answers(survey: Survey, k: int) -> None:
    """One valid answer below k nothing is shown, however many responses came in; at k all is."""
    below = one_item(survey, {1: 2, 5: k - 3, "~na": 20}, k_total=k)
    assert (below.hidden, below.leaning, numbers(below)) == ("too_few", None, NOTHING)
    at = one_item(survey, {1: 2, 5: k - 2, "~na": 20}, k_total=k)
    assert (at.hidden, at.n, at.counts) == (None, k, (2, 0, 0, 0, k - 2))


def test_a_statement_for_some_needs_as_many_answers_as_a_breakdown(survey: Survey) -> None:
    """Shown by a condition, it would tell of a group: k is 10 for those, unless the whole needs
    more."""
    for k, n, hidden in ((5, 9, "too_few"), (5, 10, None), (12, 11, "too_few"), (12, 12, None)):
        both = survey({"id": "a"}, {"id": "b", "show_if": "a >= 4"}, k_total=k)
        rest: Mapping[AnswerValue, int] = {"~not_shown": 20}
        some = perceived(both, {"a": {1: 20, 5: n}, "b": {1: 2, 3: 2, 5: n - 4} | rest})
        assert (some.items[0].hidden, some.items[1].hidden) == (None, hidden)


def test_themes_weigh_their_statements(survey: Survey) -> None:
    """By hand: (2 x 3/4 + 1 x 0) / 3 = 1/2."""
    heavy = {"id": "a", "theme": "t", "weight": 2}
    both = survey(heavy, {"id": "b", "theme": "t"}, themes=["t"])
    found = perceived(both, {"a": {5: 30, 1: 10}, "b": {1: 20, 3: 20}})
    assert found.themes[0].favourable == pytest.approx(0.5)


def test_knowledge_items_reach_k_with_dont_know(survey: Survey) -> None:
    """Not knowing is a valid answer there, but a mean needs k answers on the scale."""
    found = one_item(survey, {1: 2, 5: 2, "~dk": 3}, knowledge=True)
    assert (found.hidden, found.n, found.favourable, found.mean) == (None, 7, 2 / 7, None)
    assert one_item(survey, {1: 2, 5: 2, "~dk": 3}).hidden == "too_few"
    enough = one_item(survey, {1: 2, 5: 3, "~dk": 3}, knowledge=True)
    assert (enough.n, enough.mean) == (8, 17 / 5)


@pytest.mark.parametrize(
    ("counts", "item", "leaning"),
    [
        ({5: 29}, {}, "favourable"),
        ({4: 28, 1: 1}, {}, "favourable"),
        ({5: 3, 4: 2}, {}, "favourable"),  # the same side is told of everybody as well
        ({5: 27, 4: 1, 1: 1}, {}, "favourable"),
        ({3: 9, 4: 1}, {}, "neutral"),
        ({2: 5}, {}, "unfavourable"),
        ({2: 5}, {"reverse": True}, "favourable"),
        ({"~dk": 9, 5: 1}, {"knowledge": True}, "unfavourable"),
        ({5: 9, "~dk": 1}, {"knowledge": True}, "favourable"),
        ({5: 9, "~dk": 12}, {}, "favourable"),  # "don't know" is no valid answer here
    ],
)
def test_large_majority(
    survey: Survey, counts: Mapping[AnswerValue, int], item: Mapping[str, Any], leaning: str
) -> None:
    """All or all but one agree, on fewer than 30 answers: only where they lean is told."""
    found = one_item(survey, counts, **item)
    assert (found.hidden, found.leaning, numbers(found)) == ("large_majority", leaning, NOTHING)


@pytest.mark.parametrize(
    "counts",
    [{5: 30}, {5: 29, 1: 1}, {5: 27, 1: 2}, {5: 27, 3: 1, 1: 1}, {5: 20, 4: 7, 3: 2}],
)
def test_no_large_majority(survey: Survey, counts: Mapping[AnswerValue, int]) -> None:
    """From 30 answers on, or when two lie on another side, figures are shown."""
    found = one_item(survey, counts)
    assert (found.hidden, found.leaning) == (None, None)
    assert found.n == sum(counts.values())


def test_large_majority_on_a_scale_without_sides(survey: Survey) -> None:
    """Where the scale declares no sides there is not even a leaning to tell."""
    questionnaire = survey({"id": "a"}, scale={"favourable": [], "unfavourable": []})
    found = perceived(questionnaire, {"a": {5: 10}}).items[0]
    assert (found.hidden, found.leaning) == ("large_majority", None)
    known = survey({"id": "a", "knowledge": True}, scale={"favourable": [], "unfavourable": []})
    unknowing = perceived(known, {"a": {"~dk": 9, 5: 1}}).items[0]
    assert (unknowing.hidden, numbers(unknowing)) == ("large_majority", NOTHING)


@pytest.mark.parametrize(
    ("counts", "item", "shown"),
    [
        ({1: 9, 5: 20}, {}, (0, 0, 0)),
        ({1: 9, 5: 20, "~dk": 1}, {}, None),
        ({1: 9, 5: 20, "~dk": 4}, {}, None),
        ({1: 9, 5: 20, "~dk": 5}, {}, (5 / 34, 0, 0)),
        ({1: 9, 5: 20, "~dk": 5, "~blank": 1}, {}, None),
        ({1: 9, 5: 20, "~dk": 5, "~na": 1}, {}, None),
        ({1: 9, 5: 20, "~dk": 5, "~refused": 1}, {}, None),  # else 35 - 29 - 5 would tell
        ({1: 9, 5: 20, "~not_shown": 1}, {}, (0, 0, 0)),
        ({1: 9, 5: 19, "~dk": 1}, {"knowledge": True}, (1 / 29, 0, 0)),
        ({1: 9, 5: 21, "~dk": 1, "~blank": 2}, {}, (1 / 33, 0, 2 / 33)),
    ],
)
def test_rare_non_answers(
    survey: Survey,
    counts: Mapping[AnswerValue, int],
    item: Mapping[str, Any],
    shown: tuple[float, float, float] | None,
) -> None:
    """Under 30 answers, shares of non-answers appear only if no kind counts 1 to k - 1 people."""
    found = one_item(survey, counts, **item)
    assert found.hidden is None
    expected = shown if shown is not None else (None, None, None)
    assert (found.dont_know, found.not_applicable, found.blank) == expected


@pytest.mark.parametrize(
    ("asked", "not_asked", "hidden"),
    [
        (50, 10, None),
        (51, 9, "too_few"),  # nine who did not say yes: fewer than k = 10 of a breakdown
        (59, 1, "too_few"),
        (30, 0, None),
        (29, 0, "too_few"),  # everybody said yes: of fewer than 30, nothing tells so
    ],
)
def test_who_was_asked_is_not_told(
    survey: Survey, asked: int, not_asked: int, hidden: str | None
) -> None:
    """Of a statement on a condition, n beside that of another one tells how many said otherwise."""
    lead = {"id": "lead", "type": "yes_no", "text": {"en": "x"}}
    questionnaire = survey({"id": "a"}, {"id": "b", "show_if": "lead == 'yes'"}, first=[lead])
    half = asked // 2
    columns: Mapping[str, Mapping[AnswerValue, int]] = {
        "lead": {"yes": asked, "no": not_asked},
        "a": {5: half, 2: asked + not_asked - half},
        "b": {5: half, 2: asked - half, "~not_shown": not_asked},
    }
    found = {one.item: one.hidden for one in perceived(questionnaire, columns).items}
    assert found == {"a": None, "b": hidden}


@pytest.mark.parametrize("counts", [{5: 4, "~na": 36}, {5: 10, "~na": 30}])
def test_a_theme_with_a_hidden_item_is_hidden(
    survey: Survey, counts: Mapping[AnswerValue, int]
) -> None:
    """With one item hidden for either reason the theme is not shown: nothing can be subtracted."""
    questionnaire = survey(
        {"id": "a", "theme": "voice"},
        {"id": "b", "theme": "voice"},
        {"id": "c", "theme": "rules"},
        themes=["voice", "rules"],
    )
    plain: Mapping[AnswerValue, int] = {5: 30, 1: 10}
    found = perceived(questionnaire, {"a": plain, "b": counts, "c": plain})
    assert [one.hidden is None for one in found.items] == [True, False, True]
    assert [(one.favourable, one.items) for one in found.themes] == [(None, 1), (0.75, 1)]
    assert found.hidden == 1


@pytest.mark.parametrize(
    ("returned", "headcount", "rate", "band"),
    [
        (30, 30, 1.0, None),
        (42, 60, 0.7, None),
        (29, 60, None, (0.4, 0.6)),  # 48 %
        (29, 29, None, (0.8, 1.0)),
        (5, 25, None, (0.2, 0.4)),  # exactly 20 %
        (24, 29, None, (0.8, 1.0)),  # 83 %
        (5, 1000, None, (0.0, 0.2)),
        (4, 1000, None, None),
        (4, 4, None, None),
    ],
)
def test_response_accounting(
    survey: Survey,
    returned: int,
    headcount: int,
    rate: float | None,
    band: tuple[float, float] | None,
) -> None:
    """The rate from 30 on; below, the fifth it lies in; below k, nothing."""
    found = perceived(survey({"id": "a"}), {"a": {2: returned}}, headcount).responses
    shown = returned if rate is not None else None
    assert (found.headcount, found.returned) == (headcount, shown)
    assert found.rate == pytest.approx(rate)
    assert found.band == pytest.approx(band)


def test_below_k_returned_everything_is_hidden(survey: Survey) -> None:
    """Four responses at k = 5: no item, no theme, no rate and no band."""
    questionnaire = survey({"id": "a", "theme": "voice"}, {"id": "b"}, themes=["voice"])
    found = perceived(questionnaire, {"a": {1: 4}, "b": {1: 2, 5: 2}}, headcount=60)
    assert found.responses == ResponseFigures(60, returned=None, rate=None, band=None)
    assert [numbers(one) for one in found.items] == [NOTHING, NOTHING]
    assert [one.hidden for one in found.items] == ["too_few", "too_few"]
    assert (found.themes[0].favourable, found.hidden) == (None, 2)


def test_a_response_without_any_valid_answer_is_not_returned(survey: Survey) -> None:
    """Returned are responses with at least one valid answer to a perception item."""
    category = {
        "id": "category",
        "type": "single",
        "text": {"en": "Category"},
        "choices": [{"code": "ops", "text": {"en": "ops"}}],
    }
    questionnaire = survey({"id": "a"}, {"id": "b", "knowledge": True}, first=[category])
    columns: Mapping[str, Mapping[AnswerValue, int]] = {
        "category": {"ops": 50},
        "a": {1: 30, "~dk": 10, "~blank": 10},
        "b": {"~blank": 30, "~dk": 7, "~na": 13},
    }
    assert perceived(questionnaire, columns, headcount=100).responses.returned == 37


def test_no_responses_at_all(survey: Survey) -> None:
    """A survey that nobody answered, or that nobody was invited to, has nothing to show."""
    questionnaire = survey({"id": "a"})
    for headcount in (0, 60):
        found = perceived(questionnaire, {"a": {}}, headcount)
        assert found.responses == ResponseFigures(headcount, None, None, None)
        assert found.items[0].hidden == "too_few"


def test_more_responses_than_people(survey: Survey) -> None:
    """A headcount below the responses is refused, saying so without saying how many came."""
    with pytest.raises(InputError, match="more responses than people") as caught:
        perceived(survey({"id": "a"}), {"a": {1: 7}}, headcount=6)
    assert caught.value.code == "IMF-A108"
    assert dict(caught.value.params) == {"headcount": 6}
