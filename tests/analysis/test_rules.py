"""The rules of other models: against hand computation, and by brute force on small trees."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from imfsurvey.analysis.figures import MaturityFigures, Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.analysis.rules import Child, binding, mean, score, staged, sum_of_means
from imfsurvey.framework import Framework
from imfsurvey.framework.rules import Aggregation, ChosenRule

SHARED: Mapping[str, Any] = {
    "weights": {"core": 2, "complementary": 1},
    "coverage": 80,
    "reduced_scope": 20,
    "evidence_from": 2,
}
RULES: Mapping[str, Mapping[str, Any]] = {
    "capped_shares": {"mostly": 50, "fully": 85, "cap": 1},
    "mean": {},
    "minimum": {},
    "staged": {"reached_from": 2},
    "sum_of_means": {},
}
SAMM_VALUES = (0.0, 0.25, 0.5, 1.0)


def rule_of(name: str, **changes: Any) -> Aggregation:
    """A rule, read as it is from a file."""
    block = {"rule": name, **SHARED, **RULES[name], **changes}
    rule: Aggregation = TypeAdapter(ChosenRule).validate_python(block)
    return rule


def levels_of(*levels: int | str) -> list[Child]:
    """Nodes below, or topics without steps; a fraction is written "3/2"."""
    return [Child(Fraction(level)) for level in levels]


def framework_of(
    rule: str,
    pillars: Mapping[str, Mapping[str, Sequence[int]]],
    *,
    top: int = 3,
    values: Sequence[float] | None = None,
) -> Framework:
    """A framework without balance and gate: by pillar and function the steps of its topics.

    Topics are called function1, function2 …; they keep their steps only under a rule of steps.
    """
    stepped = rule in ("staged", "sum_of_means")
    named = {"en": "x"}
    return Framework.model_validate(
        {
            "imfsurvey": 1,
            "framework": {
                "id": "other",
                "version": "1",
                "title": named,
                "notice": named,
                "languages": ["en"],
            },
            "levels": [
                {"level": level, "name": named, "definition": named}
                | ({"value": values[level]} if values else {})
                for level in range(top + 1)
            ],
            "aggregation": {"rule": rule, **SHARED, **RULES[rule]},
            "tree": [
                {
                    "id": pillar,
                    "label": named,
                    "children": [{"id": function, "label": named} for function in functions],
                }
                for pillar, functions in pillars.items()
            ],
            "topics": [
                {
                    "id": f"{function}{place}",
                    "under": function,
                    "layer": "core",
                    "label": named,
                    "source": "test",
                    "asked_in": [],
                }
                | ({"step": step} if stepped else {})
                for functions in pillars.values()
                for function, steps in functions.items()
                for place, step in enumerate(steps, start=1)
            ],
        }
    )


def measured(framework: Framework, levels: Sequence[int | None]) -> MaturityFigures:
    """The figures of levels given topic by topic; None is "not applicable"."""
    ratings = {
        topic.id: Rating("na") if level is None else Rating("answered", level)
        for topic, level in zip(framework.rated_topics, levels, strict=True)
    }
    return measure(framework, ratings, policy_approved=False)


# --- by hand -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "children", "expected"),
    [
        ("mean", levels_of(3, 2), "5/2"),
        ("mean", levels_of("3/2", "5/2"), "2"),  # of levels rounded down it would be 3/2
        ("mean", levels_of(0, 3, 3), "2"),
        ("minimum", levels_of(3, 1, 2), "1"),
        ("minimum", levels_of(3), "3"),
        # Reached from 2 on: step 1 is, step 2 is not.
        ("staged", [Child(Fraction(2), 1), Child(Fraction(1), 2), Child(Fraction(3), 3)], "1"),
        ("staged", [Child(Fraction(2), 1), Child(Fraction(3), 2), Child(Fraction(2), 3)], "3"),
        ("staged", [Child(Fraction(1), 1), Child(Fraction(3), 2)], "0"),
        ("staged", levels_of(3, 1, 2), "1"),  # nodes: the lowest
        ("capped_shares", levels_of(3, 3, 1), "2"),
    ],
)
def test_a_score_by_hand(rule: str, children: list[Child], expected: str) -> None:
    """What children on 0-3 give together."""
    assert score(children, rule_of(rule), 3) == Fraction(expected)


def test_staged_needs_everything_up_to_a_step() -> None:
    """C2M2: one practice of level 2 that is only partly there keeps the whole at 1."""
    practices = [(1, Fraction(3)), (1, Fraction(2)), (2, Fraction(3)), (2, Fraction(1))]
    assert staged(practices, 2, 3) == 1
    assert staged([*practices[:3], (2, Fraction(2))], 2, 3) == 3  # step 3 asks for nothing


def test_a_practice_of_samm_by_hand() -> None:
    """The sum over three levels of the mean of two streams, values 0, 0.25, 0.5 and 1."""
    streams = {1: ("1", "1/2"), 2: ("1/4", "1/2"), 3: ("0", "1/4")}
    topics = [(step, 3 * Fraction(one)) for step, pair in streams.items() for one in pair]
    # (1 + 0.5)/2 + (0.25 + 0.5)/2 + (0 + 0.25)/2 = 0.75 + 0.375 + 0.125
    assert sum_of_means(topics, 3) == Fraction(5, 4)
    # A stream at every top: 3; one stream alone at every top: 1.5.
    assert sum_of_means([(step, Fraction(3)) for step in (1, 1, 2, 2, 3, 3)], 3) == 3
    one = [(step, Fraction(place)) for step in (1, 2, 3) for place in (3, 0)]
    assert sum_of_means(one, 3) == Fraction(3, 2)


def samm() -> Framework:
    """One function of SAMM: three practices with two streams on three levels."""
    practices = dict.fromkeys(("strategy", "policy", "education"), (1, 1, 2, 2, 3, 3))
    return framework_of("sum_of_means", {"governance": practices}, values=SAMM_VALUES)


def test_the_published_warning_of_samm() -> None:
    """Practices at 0, 3 and 3 average to 2.0 (benchmark report of OWASP SAMM)."""
    found = measured(samm(), [0] * 6 + [3] * 12)
    levels = {name: one.demonstrated for name, one in found.nodes.items()}
    assert levels == {"strategy": 0, "policy": 3, "education": 3, "governance": 2}
    assert found.overall.demonstrated == 2
    assert found.overall.core_index == pytest.approx(100 * 2.0 / 3)
    assert found.overall.binding == ("governance",)
    assert found.nodes["governance"].binding == ("strategy",)


def test_a_function_of_samm_by_hand() -> None:
    """Practices of 1.25, 2.0 and 2.5 make a function of 1.9166…; nothing is rounded between."""
    strategy = [3, 2, 1, 2, 0, 1]  # 0.75 + 0.375 + 0.125 = 1.25
    policy = [3, 3, 2, 2, 2, 2]  # (1 + 1)/2 + (0.5 + 0.5)/2 + (0.5 + 0.5)/2 = 2.0
    education = [3, 3, 3, 3, 2, 2]  # (1 + 1)/2 + (1 + 1)/2 + (0.5 + 0.5)/2 = 2.5
    found = measured(samm(), [*strategy, *policy, *education])
    assert {name: one.demonstrated for name, one in found.nodes.items()} == {
        **{"strategy": 1, "policy": 2, "education": 2},
        "governance": 1,  # (1.25 + 2.0 + 2.5) / 3 = 5.75 / 3
    }
    assert found.nodes["strategy"].index == pytest.approx(100 * 1.25 / 3)
    assert found.overall.index == pytest.approx(100 * 5.75 / 9)
    # The lowest step that is not full: a stream of level 1 in the first, level 2 in the second.
    assert found.nodes["strategy"].binding == ("strategy2",)
    assert found.nodes["policy"].binding == ("policy3", "policy4")


def test_a_step_out_of_scope_leaves_the_sum() -> None:
    """Level 3 not applicable: 0.75 + 0.375 of 2 is 1.6875 of 3."""
    answers: list[int | None] = [3, 2, 1, 2, None, None]
    found = measured(samm(), answers * 3)
    assert found.nodes["strategy"].demonstrated == 1
    assert found.nodes["strategy"].core_index == pytest.approx(100 * 1.6875 / 3)


def test_steps_weigh_the_same_whatever_their_topics() -> None:
    """Step 1 gives 1, step 2 0.25 / 2: half of 1.125 is 56.25 %. Topic by topic it is 1.25 / 3."""
    framework = framework_of("sum_of_means", {"p": {"b": [1, 2, 2]}}, top=2, values=(0, 0.25, 1))
    found = measured(framework, [2, 0, 1])
    assert (found.overall.demonstrated, found.overall.index) == (1, 56.25)
    assert found.overall.core_index == found.nodes["b"].index == 56.25
    assert found.overall_equal_weights == pytest.approx(100 * 1.25 / 3)


def test_a_mean_of_pillars_by_hand() -> None:
    """2.5 and (1.5 + 2.5) / 2 = 2 make 2.25: level 2, index 75."""
    framework = framework_of("mean", {"p": {"a": [1, 1]}, "q": {"b": [1, 1], "c": [1, 1]}})
    found = measured(framework, [3, 2, 3, 0, 3, 2])
    levels = {name: one.demonstrated for name, one in found.nodes.items()}
    assert levels == {"p": 2, "a": 2, "q": 2, "b": 1, "c": 2}
    assert (found.overall.demonstrated, found.overall.core_index) == (2, 75)
    assert found.overall.binding == ("p", "q")


def test_open_topics_give_two_levels_under_every_rule() -> None:
    """Counted as the lowest and as the highest: of 2, 2 and an open one, 4/3 or 7/3."""
    framework = framework_of("mean", {"p": {"a": [1, 1, 1]}})
    ratings = {"a1": Rating("answered", 2), "a2": Rating("answered", 2), "a3": Rating("dk")}
    found = measure(framework, ratings, policy_approved=False).overall
    assert (found.demonstrated, found.at_most, found.incomplete) == (1, 2, True)


def test_without_a_balance_there_are_no_figures_of_it() -> None:
    """And whatever is declared, nothing is outside."""
    found = measured(framework_of("mean", {"p": {"a": [1]}}), [1]).balance
    assert (found.controlling, found.stimulating, found.balance) == (None, None, None)
    assert (found.low, found.high, found.outside) == (-1, 1, False)


@pytest.mark.parametrize("rule", RULES)
def test_no_children_have_no_score(rule: str) -> None:
    """A fault of the caller, not a level."""
    with pytest.raises(ValueError, match=r"at least one|^min\(\)"):
        score([], rule_of(rule), 3)
    with pytest.raises(ValueError, match="at least one value"):
        mean([])


# --- by brute force ------------------------------------------------------------------------

TOP = 2
TREE = {"p": {"a": (1, 2)}, "q": {"b": (1, 2), "c": (1,)}}
SUM_TREE = {"p": {"a": (1, 2)}, "q": {"b": (1, 2, 2)}}


def every_answer(rule: str) -> dict[tuple[int, ...], MaturityFigures]:
    """A small tree of five topics on 0-2, scored for all 243 answers."""
    summed = rule == "sum_of_means"
    tree = SUM_TREE if summed else TREE
    framework = framework_of(rule, tree, top=TOP, values=(0.0, 0.25, 1.0) if summed else None)
    return {levels: measured(framework, levels) for levels in product(range(TOP + 1), repeat=5)}


@pytest.mark.parametrize("rule", RULES)
def test_raising_a_topic_never_costs(rule: str) -> None:
    """Exhaustively: no level and no index of any node, nor of the whole, goes down."""
    found = every_answer(rule)
    assert len(found) == 243
    for levels, before in found.items():
        for place, level in enumerate(levels):
            if level == TOP:
                continue
            after = found[(*levels[:place], level + 1, *levels[place + 1 :])]
            pairs = [(one, after.nodes[name]) for name, one in before.nodes.items()]
            for old, new in (*pairs, (before.overall, after.overall)):
                assert old.demonstrated is not None and new.demonstrated is not None
                assert old.demonstrated <= new.demonstrated
                assert (old.index or 0) <= (new.index or 0)


def staged_at_once(a1: int, a2: int, b1: int, b2: int, c1: int) -> int:
    """CMMI staged: everything of a step and below, whatever the branch it is in."""
    if min(a1, b1, c1) < 2:
        return 0
    return 1 if min(a2, b2) < 2 else 2


@pytest.mark.parametrize(
    ("rule", "defined"),
    [
        ("mean", lambda a, b, c, d, e: ((a + b) * 2 + c + d + e * 2) // 8),
        ("minimum", min),
        ("staged", staged_at_once),
        (
            "sum_of_means",  # values in quarters: 0, 1, 4; steps 1 and 2 of a, then of b
            lambda a, b, c, d, e: (2 * (q(a) + q(b)) + 2 * q(c) + q(d) + q(e)) // 16,
        ),
    ],
)
def test_the_whole_is_as_defined(rule: str, defined: Callable[..., int]) -> None:
    """Exhaustively, against the rule written out for this tree."""
    for levels, found in every_answer(rule).items():
        assert found.overall.demonstrated == defined(*levels)


def q(level: int) -> int:
    """The value of a level in quarters."""
    return (0, 1, 4)[level]


@given(
    rule=st.sampled_from(list(RULES)),
    steps=st.lists(st.integers(1, 3), min_size=1, max_size=8),
    data=st.data(),
)
def test_raising_what_holds_back_raises_the_level(
    rule: str, steps: list[int], data: st.DataObject
) -> None:
    """Below the top something is named, at the top nothing; raised one by one, it rises."""
    chosen = rule_of(rule)
    by_steps = rule in ("staged", "sum_of_means")
    children = {
        f"t{place}": Child(Fraction(data.draw(st.integers(0, 3))), step if by_steps else None)
        for place, step in enumerate(steps)
    }
    start = int(score(children.values(), chosen, 3))
    for _ in range(3 * len(children) + 1):
        level = int(score(children.values(), chosen, 3))
        held = binding(children, chosen, 3)
        assert (held == ()) == (level == 3)
        if level > start or not held:
            break
        children = {
            name: Child(child.score + (name in held and child.score < 3), child.step)
            for name, child in children.items()
        }
    assert level > start or start == 3
