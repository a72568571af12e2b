"""The rule from shares, capped by the weakest child, and what keeps a level from rising."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imfsurvey.analysis.rules import binding_shares, capped_shares
from imfsurvey.framework.rules import CappedShares, Weights

TOP = 5


def rule_of(mostly: int = 50, fully: int = 85, cap: int = 1) -> CappedShares:
    """A rule with the IMF's numbers unless told otherwise."""
    return CappedShares(
        rule="capped_shares",
        mostly=mostly,
        fully=fully,
        cap=cap,
        weights=Weights(core=2, complementary=1),
        coverage=80,
        reduced_scope=20,
        evidence_from=3,
    )


IMF = rule_of()
RULES = st.builds(rule_of, st.integers(0, 99), st.integers(0, 99), st.integers(0, TOP))
LEVELS = st.lists(st.integers(0, TOP), min_size=1, max_size=24)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([3] * 7, 3),
        ([4] * 6 + [0], 1),  # one catastrophic zero: 6/7 = 85.7 % are past it, the cap holds
        ([3] * 6 + [2], 3),
        ([5, 5, 5, 5, 0, 0, 0], 1),
        ([3, 3, 3, 1], 2),
        ([2] * 7, 2),
        ([3, 3, 3, 3, 2, 2, 2], 3),  # progress shows: 4 of 7 moved up
        ([5], 5),
        ([3] * 17 + [0] * 3, 1),  # 85.0 % is not more than 85 %
        ([3] * 19 + [1], 2),
        ([3, 3, 2], 3),
        ([3, 3, 1], 2),
        ([3, 3, 0], 1),
        ([3, 3, 2, 2], 2),  # half is not most
        ([0, 0, 0], 0),
    ],
)
def test_level_of_the_cases_of_the_method_page(levels: list[int], expected: int) -> None:
    """Every case of the method's table "which rule breaks where" has the level written there."""
    assert capped_shares(levels, IMF, TOP) == expected


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_exhaustively_as_defined_and_monotone(n: int) -> None:
    """For all children on 0-5 the level is as defined, and raising a child never lowers it."""
    level = {
        levels: capped_shares(levels, IMF, TOP) for levels in product(range(TOP + 1), repeat=n)
    }
    for levels, found in level.items():
        share = [Fraction(sum(one >= step for one in levels), n) for step in range(TOP + 1)]
        reached = max(
            step
            for step in range(TOP + 1)
            if share[step] > Fraction(50, 100)
            and all(share[lower] > Fraction(85, 100) for lower in range(step))
        )
        assert found == min(reached, 1 + min(levels))
        for place, one in enumerate(levels):
            if one < TOP:
                raised = (*levels[:place], one + 1, *levels[place + 1 :])
                assert level[raised] >= found


@given(LEVELS, RULES, st.data())
def test_any_rule_is_monotone_and_blind_to_order(
    levels: list[int], rule: CappedShares, data: st.DataObject
) -> None:
    """Whatever the percentages and the cap: order is nothing, and a raise never costs a level."""
    found = capped_shares(levels, rule, TOP)
    assert capped_shares(data.draw(st.permutations(levels)), rule, TOP) == found
    raised = [data.draw(st.integers(one, TOP)) for one in levels]
    assert capped_shares(raised, rule, TOP) >= found
    assert min(levels) <= found <= min(max(levels), rule.cap + min(levels))


@pytest.mark.parametrize("levels", [[], [-1, 2], [0, 6]])
def test_refuses_what_has_no_level(levels: list[int]) -> None:
    """No children, or a level off the scale, is a fault of the caller and not a level."""
    with pytest.raises(ValueError, match="levels from 0 to 5"):
        capped_shares(levels, IMF, TOP)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({"a": 4, "b": 4, "c": 4, "d": 0}, ("d",)),  # capped at 1 by d
        ({"a": 5, "b": 5, "c": 0, "d": 0}, ("c", "d")),  # level 0: 50 % is not most, at 1
        ({"a": 3, "b": 3, "c": 3, "d": 1}, ("d",)),  # level 2: d is not past 2
        ({"a": 3, "b": 2, "c": 3, "d": 2}, ("b", "d")),  # level 2: half are at 3
        ({"a": 3, "b": 3, "c": 2}, ("c",)),  # level 3: only 2 of 3 are past 3
        ({"a": 3, "b": 3}, ("a", "b")),  # level 3: nobody is at 4 yet
        ({"a": 5, "b": 5, "c": 4}, ()),  # level 5, the highest
    ],
)
def test_binding_shares(levels: dict[str, int], expected: tuple[str, ...]) -> None:
    """Named are those behind the step that is missing, else those not yet a level higher."""
    assert binding_shares(levels, IMF, TOP) == expected


def test_binding_children_of_a_minimum_rule() -> None:
    """With a cap of 0 the level is the minimum, so those at the minimum are the ones that bind."""
    minimum = rule_of(mostly=0, fully=0, cap=0)
    assert binding_shares({"a": 2, "b": 3, "c": 2}, minimum, TOP) == ("a", "c")


@given(LEVELS, RULES)
def test_raising_the_binding_children_raises_the_level(
    levels: list[int], rule: CappedShares
) -> None:
    """Binding children exist below the top only; raised step by step they do raise the level."""
    children = {f"c{place}": level for place, level in enumerate(levels)}
    start = capped_shares(levels, rule, TOP)
    level = start
    for _ in range(TOP * TOP + TOP):
        binding = binding_shares(children, rule, TOP)
        assert (binding == ()) == (level == TOP)
        if level > start or not binding:
            break
        children = {child: one + (child in binding) for child, one in children.items()}
        raised = capped_shares(list(children.values()), rule, TOP)
        assert raised >= level
        level = raised
    assert level > start or start == TOP
