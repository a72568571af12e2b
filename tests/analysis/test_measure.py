"""Figures of nodes and of the whole, from ratings of topics."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from imfsurvey.analysis.figures import MaturityFigures, NodeFigures, Rating
from imfsurvey.analysis.levels import measure
from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError

Rated = Callable[[Mapping[str, int | str]], dict[str, Rating]]
Flat = Callable[..., Framework]

STATUSES = st.sampled_from(["na", "dk", "blank"])
RATINGS = st.one_of(st.integers(0, 5), STATUSES)

WORKED: Mapping[str, int | str] = {
    **{"d1": 3, "d2": 2, "d3": 5},
    **{"e1": 1, "e2": "na"},
    **{"p1": 4, "p2": "dk"},
    **{"s1": 3, "l1": 4, "l2": 3},
}


def of_core_topics(flat: Flat, rated: Rated, answers: list[int | str]) -> NodeFigures:
    """The figures of one pillar whose core topics are rated so."""
    ids = [f"t{place}" for place in range(len(answers))]
    framework = flat({"pillar": [(one, "core", "both") for one in ids]})
    ratings = rated(dict(zip(ids, answers, strict=True)))
    return measure(framework, ratings, policy_approved=False).nodes["pillar"]


@pytest.mark.parametrize(
    ("answers", "demonstrated", "at_most", "reduced_scope", "incomplete"),
    [
        ([3] * 7, 3, 3, False, False),
        ([4] * 6 + [0], 1, 1, False, False),
        ([3] * 6 + [2], 3, 3, False, False),
        ([5, 5, 5, 5, 0, 0, 0], 1, 1, False, False),
        ([3, 3, 3, 1], 2, 2, False, False),
        ([3, 3, 3, *["blank"] * 4], 0, 4, False, True),
        ([3, 3, 3, *["na"] * 4], 3, 3, True, False),
        ([3] * 5 + ["dk"] * 2, 1, 3, False, True),  # 5 of 7 rated: 71 %
        ([2] * 7, 2, 2, False, False),
        ([3, 3, 3, 3, 2, 2, 2], 3, 3, False, False),
        ([5, *["na"] * 6], 5, 5, True, False),
        (["na"] * 7, None, None, True, False),
        ([3] * 17 + [0] * 3, 1, 1, False, False),
        ([3] * 19 + [1], 2, 2, False, False),
        ([3] * 8 + ["dk"] * 2, 1, 3, False, False),  # 80 % rated is enough; 80 % at 1: no 2
        ([3] * 8 + ["na"] * 2, 3, 3, False, False),  # 20 % not applicable is not more than 20 %
    ],
)
def test_the_table_which_rule_breaks_where(
    flat_framework: Flat,
    rated: Rated,
    answers: list[int | str],
    demonstrated: int | None,
    at_most: int | None,
    reduced_scope: bool,
    incomplete: bool,
) -> None:
    """Each case of the method's table gives the two levels and the flags written there."""
    found = of_core_topics(flat_framework, rated, answers)
    assert (found.demonstrated, found.at_most) == (demonstrated, at_most)
    assert (found.reduced_scope, found.incomplete) == (reduced_scope, incomplete)


@pytest.mark.parametrize(("third", "expected"), [(2, 3), (1, 2), (0, 1)])
def test_pillars_give_the_overall_level(
    flat_framework: Flat, rated: Rated, third: int, expected: int
) -> None:
    """Pillars at 3, 3 and 2 / 1 / 0 give 3 / 2 / 1 overall."""
    framework = flat_framework({one: [(f"t{one}", "core", "both")] for one in ("p", "q", "r")})
    found = measure(framework, rated({"tp": 3, "tq": 3, "tr": third}), policy_approved=True)
    assert found.overall.demonstrated == expected


def test_worked_example_levels(framework: Framework, rated: Rated) -> None:
    """Levels of functions, pillars, view and whole as counted by hand."""
    found = measure(framework, rated(WORKED), policy_approved=True)
    levels = {node: (one.demonstrated, one.at_most) for node, one in found.nodes.items()}
    assert levels == {
        # d1 3, d2 2 (d3 is complementary): all past 1, all at 2; one of two at 3 is not most.
        "determine": (2, 2),
        # e1 alone.
        "enforce": (1, 1),
        # Functions 2 and 1: one of two at 2 is not most.
        "instruments": (1, 1),
        # p1 4, p2 open: 4 and 0, one of two at 1; at most 4 and 5, one of two at 5.
        "processes": (0, 4),
        # s1 3, l1 4, l2 3: one of three at 4.
        "structures": (3, 3),
        # l1 4, l2 3: one of two at 4.
        "leadership": (3, 3),
    }
    # Pillars 1, 0, 3: two of three at 1, one of three at 2. At most 1, 4, 3: two of three at 3,
    # but only two of three past 2.
    assert (found.overall.demonstrated, found.overall.at_most) == (1, 2)


def test_worked_example_indices(framework: Framework, rated: Rated) -> None:
    """Indices: core 2, complementary 1, mean of functions, mean of pillars, level x 20."""
    found = measure(framework, rated(WORKED), policy_approved=True)
    index = {node: one.index for node, one in found.nodes.items()}
    assert index == pytest.approx(
        {
            "determine": 60,  # 20 x (2x3 + 2x2 + 1x5) / 5
            "enforce": 20,  # 20 x 1; e2 is not applicable
            "instruments": 40,  # (60 + 20) / 2, not a mean of topics
            "processes": 40,  # 20 x (4 + 0) / 2
            "structures": 200 / 3,  # 20 x (3 + 4 + 3) / 3
            "leadership": 70,  # 20 x (4 + 3) / 2
        }
    )
    core = {node: one.core_index for node, one in found.nodes.items()}
    assert core["determine"] == pytest.approx(50)  # 20 x (3 + 2) / 2
    assert core["instruments"] == pytest.approx(35)  # (50 + 20) / 2
    assert found.nodes["processes"].index_at_most == pytest.approx(90)  # 20 x (4 + 5) / 2
    assert found.overall.index == pytest.approx(440 / 9)  # (40 + 40 + 200/3) / 3
    assert found.overall.core_index == pytest.approx(425 / 9)  # (35 + 40 + 200/3) / 3
    assert found.overall.index_at_most == pytest.approx(590 / 9)  # (40 + 90 + 200/3) / 3
    # 3 + 2 + 5 + 1 + 4 + 0 + 3 + 4 + 3 = 25 over nine topics in scope, x 20
    assert found.overall_equal_weights == pytest.approx(500 / 9)


def test_worked_example_scope(framework: Framework, rated: Rated) -> None:
    """Coverage counts rated core topics in scope; complementary ones and the document are out."""
    found = measure(framework, rated(WORKED), policy_approved=True)
    processes, overall = found.nodes["processes"], found.overall
    assert (processes.in_scope, processes.coverage, processes.incomplete) == (2, 0.5, True)
    assert (overall.in_scope, overall.coverage, overall.incomplete) == (8, 0.875, False)
    assert (overall.not_applicable, overall.reduced_scope) == (0, False)
    assert found.nodes["structures"].in_scope == 3
    assert list(found.ratings) == list(WORKED)


def test_worked_example_binding(framework: Framework, rated: Rated) -> None:
    """Named are the topics or nodes that keep each level from rising."""
    found = measure(framework, rated(WORKED), policy_approved=True)
    assert {node: one.binding for node, one in found.nodes.items()} == {
        "determine": ("d2",),
        "enforce": ("e1",),
        "instruments": ("enforce",),
        "processes": ("p2",),
        "structures": ("s1", "l2"),
        "leadership": ("l2",),
    }
    assert found.overall.binding == ("processes",)


def test_the_gate_holds_both_levels(framework: Framework, rated: Rated) -> None:
    """Without an approved policy neither overall level passes 1, and the index is untouched."""
    ratings = rated(dict.fromkeys(WORKED, 4))
    free = measure(framework, ratings, policy_approved=True)
    held = measure(framework, ratings, policy_approved=False)
    assert (free.overall.demonstrated, free.overall.at_most, free.gate_holds) == (4, 4, False)
    assert (held.overall.demonstrated, held.overall.at_most, held.gate_holds) == (1, 1, True)
    assert (free.overall.index, held.overall.index) == (80, 80)
    assert free.nodes == held.nodes
    assert free.overall.binding == ("instruments", "processes", "structures")
    assert held.overall.binding == ()


def test_the_gate_never_lifts(framework: Framework, rated: Rated) -> None:
    """A level at or below the gate's stays where it is, and its binding pillars stay named."""
    nothing = measure(framework, rated(dict.fromkeys(WORKED, 0)), policy_approved=False)
    assert (nothing.overall.demonstrated, nothing.overall.at_most) == (0, 0)
    assert nothing.overall.binding == ("instruments", "processes", "structures")
    worked = measure(framework, rated(WORKED), policy_approved=False)
    assert (worked.overall.demonstrated, worked.overall.at_most) == (1, 1)  # 2 without the gate
    assert worked.overall.binding == ("processes",)


def test_a_framework_without_gate_holds_nothing(flat_framework: Flat, rated: Rated) -> None:
    """Where the framework has no gate, a missing policy changes no level."""
    framework = flat_framework({"p": [("t", "core", "both")]})
    found = measure(framework, rated({"t": 5}), policy_approved=False)
    assert (found.overall.demonstrated, found.gate_holds) == (5, False)


def test_leadership_counts_within_structures(framework: Framework, rated: Rated) -> None:
    """Topics of the view are children of its pillar: a weak one caps the pillar itself."""
    found = measure(framework, rated({**WORKED, "s1": 5, "l1": 5, "l2": 0}), policy_approved=True)
    # 5, 5, 0: two of three at 1 and all past 0; for 2, only two of three are past 1.
    assert found.nodes["structures"].demonstrated == 1
    assert found.nodes["structures"].binding == ("l2",)
    assert found.nodes["leadership"].demonstrated == 0
    assert found.overall.binding == ("processes",)


def test_a_view_at_the_top_of_the_tree_is_only_shown(framework: Framework, rated: Rated) -> None:
    """A view without a parent has figures of its own and changes nothing in the whole."""
    source = framework.model_dump(mode="json")
    source["tree"].append({"id": "aside", "label": {"en": "Aside"}, "role": "view"})
    source["topics"].append({**source["topics"][0], "id": "a1", "under": "aside"})
    wider = Framework.model_validate_json(json.dumps(source))
    found = measure(wider, rated({**WORKED, "a1": 0}), policy_approved=True)
    usual = measure(framework, rated(WORKED), policy_approved=True)
    assert (found.nodes["aside"].demonstrated, found.nodes["aside"].index) == (0, 0)
    assert found.overall == usual.overall
    assert found.overall_equal_weights == usual.overall_equal_weights


def test_what_is_missing_counts_as_blank(framework: Framework, rated: Rated) -> None:
    """A core topic without a rating weighs as a blank one; a complementary one was not asked."""
    without = {topic: value for topic, value in WORKED.items() if topic not in ("s1", "d3")}
    missing = measure(framework, rated(without), policy_approved=True)
    blank = measure(framework, rated({**WORKED, "s1": "blank", "d3": "na"}), policy_approved=True)
    assert (missing.overall, missing.nodes) == (blank.overall, blank.nodes)
    assert "s1" not in missing.ratings


def test_nothing_in_scope_is_left_out(framework: Framework, rated: Rated) -> None:
    """A pillar all not applicable has no figure, and the others make the whole."""
    found = measure(framework, rated({**WORKED, "p1": "na", "p2": "na"}), policy_approved=True)
    processes = found.nodes["processes"]
    assert (processes.demonstrated, processes.at_most, processes.index) == (None, None, None)
    assert (processes.core_index, processes.coverage, processes.binding) == (None, None, ())
    assert (processes.in_scope, processes.not_applicable) == (0, 2)
    # Pillars 1 and 3: one of two at 2 is not most.
    assert found.overall.demonstrated == 1
    assert found.overall.index == pytest.approx(160 / 3)  # (40 + 200/3) / 2
    # 2 of 8 core topics: 25 % is more than 20 %.
    assert (found.overall.not_applicable, found.overall.reduced_scope) == (2, True)


def test_nothing_in_scope_at_all(framework: Framework, rated: Rated) -> None:
    """All not applicable: no level, no index, no coverage, gate or not."""
    found = measure(framework, rated(dict.fromkeys(WORKED, "na")), policy_approved=False)
    overall = found.overall
    assert (overall.demonstrated, overall.at_most, overall.index) == (None, None, None)
    assert (overall.coverage, found.overall_equal_weights) == (None, None)
    assert (overall.reduced_scope, overall.incomplete) == (True, False)


def test_complementary_topics_give_an_index_and_no_level(
    framework: Framework, rated: Rated
) -> None:
    """Where only a complementary topic is in scope there is something to track, not to claim."""
    found = measure(framework, rated({**WORKED, "d1": "na", "d2": "na"}), policy_approved=True)
    determine = found.nodes["determine"]
    assert (determine.demonstrated, determine.index, determine.core_index) == (None, 100, None)


def test_the_scale_may_have_another_top(flat_framework: Flat, rated: Rated) -> None:
    """On levels 0-3 the index still runs to 100, and "at most" means 3."""
    framework = flat_framework({"p": [("a", "core", "both"), ("b", "core", "both")]}, max_level=3)
    found = measure(framework, rated({"a": 3, "b": "dk"}), policy_approved=True).overall
    assert (found.demonstrated, found.at_most) == (0, 3)
    assert (found.index, found.index_at_most) == (50, 100)


def test_topics_that_weigh_nothing(flat_framework: Flat, rated: Rated) -> None:
    """With a complementary weight of 0, complementary topics leave the index alone."""
    framework = flat_framework(
        {
            "p": [("a", "core", "both"), ("b", "complementary", "both")],
            "q": [("c", "complementary", "both")],
        },
        weights={"core": 1, "complementary": 0},
    )
    found = measure(framework, rated({"a": 2, "b": 5, "c": 5}), policy_approved=True)
    assert (found.nodes["p"].index, found.nodes["q"].index, found.overall.index) == (40, None, 40)


@pytest.mark.parametrize(
    ("topic", "rating", "code"),
    [
        ("d9", Rating("answered", 1), "IMF-A101"),
        ("text1", Rating("answered", 1), "IMF-A101"),  # a section of the document
        ("d1", Rating("answered", 6), "IMF-A102"),
        ("d1", Rating("answered", -1), "IMF-A102"),
        ("d1", Rating("answered"), "IMF-A102"),
        ("d1", Rating("dk", 3), "IMF-A102"),
    ],
)
def test_ratings_that_do_not_fit(
    framework: Framework, topic: str, rating: Rating, code: str
) -> None:
    """A topic that is not rated, or a level without sense, is refused by name."""
    with pytest.raises(InputError) as caught:
        measure(framework, {topic: rating}, policy_approved=True)
    assert (caught.value.code, caught.value.params["topic"]) == (code, topic)


@given(answers=st.fixed_dictionaries(dict.fromkeys(WORKED, RATINGS)), approved=st.booleans())
def test_demonstrated_never_passes_at_most(
    framework: Framework,
    rated: Rated,
    answers: dict[str, int | str],
    approved: bool,
) -> None:
    """Whatever is answered: demonstrated <= at most, indices in 0-100, flags as counted."""
    found = measure(framework, rated(answers), policy_approved=approved)
    for figures in (*found.nodes.values(), found.overall):
        assert (figures.demonstrated is None) == (figures.at_most is None)
        if figures.demonstrated is not None and figures.at_most is not None:
            assert 0 <= figures.demonstrated <= figures.at_most <= 5
        if figures.index is not None and figures.index_at_most is not None:
            assert 0 <= figures.index <= figures.index_at_most <= 100
        assert figures.coverage is None or 0 <= figures.coverage <= 1


@given(answers=st.fixed_dictionaries(dict.fromkeys(WORKED, RATINGS)), data=st.data())
def test_the_order_of_ratings_is_nothing(
    framework: Framework, rated: Rated, answers: dict[str, int | str], data: st.DataObject
) -> None:
    """The same ratings in another order give the same figures."""
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))

    def figures(given: dict[str, int | str]) -> MaturityFigures:
        return measure(framework, rated(given), policy_approved=True)

    assert figures(shuffled) == figures(answers)


@given(
    answers=st.fixed_dictionaries(dict.fromkeys(WORKED, RATINGS)), topic=st.sampled_from([*WORKED])
)
def test_a_better_answer_never_costs(
    framework: Framework, rated: Rated, answers: dict[str, Any], topic: str
) -> None:
    """Raising one topic, or answering an open one, lowers no demonstrated level and no index."""
    assume(answers[topic] not in ("na", 5))
    better = {**answers, topic: 1 if isinstance(answers[topic], str) else answers[topic] + 1}
    before = measure(framework, rated(answers), policy_approved=True)
    after = measure(framework, rated(better), policy_approved=True)
    for old, new in zip(
        (*before.nodes.values(), before.overall),
        (*after.nodes.values(), after.overall),
        strict=True,
    ):
        assert (new.demonstrated or 0) >= (old.demonstrated or 0)
        assert (new.index or 0) >= (old.index or 0)
