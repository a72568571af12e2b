"""The figures of choices, bands and rankings, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from chosen import answered, offering, one_item, shown

from imfsurvey.analysis.chosen import ChoiceFigures, ChoiceShare

ABC = ("a", "b", "c")


def test_one_choice_by_hand() -> None:
    """40 of 60 answered: 24, 10 and 6; of the 60, 8 did not know, 7 would not say, 5 left it."""
    counts = {"a": 24, "b": 10, "c": 6, "~dk": 8, "~refused": 7, "~blank": 5}
    assert one_item("single", ABC, counts) == ChoiceFigures(
        item="a",
        kind="one",
        k=5,
        hidden=None,
        n=40,
        choices=(
            ChoiceShare("a", None, 24, 0.6),
            ChoiceShare("b", None, 10, 0.25),
            ChoiceShare("c", None, 6, 0.15),
        ),
        dont_know=8 / 60,
        not_applicable=0.0,
        refused=7 / 60,
        blank=5 / 60,
        unanswered=20 / 60,
    )


def test_yes_and_no() -> None:
    """12 of 48 said yes; nobody was left without an answer."""
    found = one_item("yes_no", (), {"yes": 12, "no": 36})
    assert [(one.code, one.count, one.share) for one in found.choices] == [
        ("yes", 12, 0.25),
        ("no", 36, 0.75),
    ]
    assert (found.dont_know, found.unanswered) == (0.0, 0.0)


BANDS = {"store_as": {"bands": [0, 5, 15, 30]}}


@pytest.mark.parametrize(
    ("counts", "median"),
    [
        ((9, 12, 8, 7), 5),  # 9 + 12 = 21 of 36: past the half
        ((9, 9, 11, 7), 5),  # 18 of 36: just half, so up to there
        ((9, 8, 12, 7), 15),
        ((2, 20, 8, 6), None),  # 2 and 20 are withheld: that 20 holds it would tell of the 2
        ((8, 6, 20, 2), None),  # 8 and 2 are withheld, one below and one above
        ((8, 2, 20, 6), 15),  # 8 and 2 as well, both below: 10 of 36 whatever they are
    ],
)
def test_bands(counts: tuple[int, ...], median: int | None) -> None:
    """The band up to which at least half of the answers lie, where the shares shown tell it."""
    found = one_item(
        "number", (), dict(zip((0, 5, 15, 30), counts, strict=True)), min=0, max=50, **BANDS
    )
    assert found.kind == "bands"
    assert found.median == median


def test_several_choices_by_hand() -> None:
    """20 tick a and b, 10 b alone, 10 "other", 8 none of these: of 48, b 30; in all 68."""
    counts: dict[Any, int] = {("a", "b"): 20, ("b",): 10, ("other",): 10, ("none",): 8}
    codes = ("a", "b", {"code": "none", "text": {"en": "None"}, "exclusive": True})
    found = one_item("multi", codes, counts, other={"max_length": 40})
    assert shown(found) == {"a": 20, "b": 30, "none": 8, "other": 10}
    assert [one.share for one in found.choices] == [20 / 48, 30 / 48, 8 / 48, 10 / 48]
    assert found.n == 48


def test_a_rare_tick_and_a_rare_omission() -> None:
    """1 of 60 ticked c, 58 ticked a: neither the 1 nor the 2 who left a out are counted out."""
    counts: dict[Any, int] = {("a",): 28, ("a", "b"): 29, ("a", "c"): 1, ("b",): 2}
    assert shown(one_item("multi", ABC, counts)) == {"a": "nearly_all", "b": 31, "c": "few"}


def test_who_all_ticked_the_same_hides_nothing_else() -> None:
    """Of several choices each is a question of its own: all 20 ticked a, and 10 of them b."""
    counts: dict[Any, int] = {("a",): 10, ("a", "b"): 10}
    found = one_item("multi", ABC, counts)
    assert (found.hidden, shown(found)) == (None, {"a": "nearly_all", "b": 10, "c": "few"})


def test_ticks_bounded_by_how_many_are_allowed() -> None:
    """Each of 30 ticked two of three: 20 b and 12 c leave 60 - 32 = 28 for a, so the 2 who did not
    tick it would follow. Where all three may be ticked, they would not."""
    counts: dict[Any, int] = {("a", "b"): 18, ("a", "c"): 10, ("b", "c"): 2}
    assert one_item("multi", ABC, counts, max_choices=2).hidden == "protected"
    assert shown(one_item("multi", ABC, counts)) == {"a": "nearly_all", "b": 20, "c": 12}


def test_ticks_whose_sum_is_bounded() -> None:
    """Everybody ticks at least one: 20 - 8 - 8 = 4 ticked c, so nothing can be shown."""
    found = one_item("multi", ABC, {("a",): 8, ("b",): 8, ("c",): 4})
    assert (found.hidden, found.n, found.choices) == ("protected", None, ())


def test_rankings_by_hand() -> None:
    """Of 40: 10 abcd, 10 badc, 10 cdab, 10 ranked d and a only; b and c then share 3 and 4.

    a: (10 + 20 + 30 + 20) / 40 = 2; b: (20 + 10 + 40 + 35) / 40 = 2.625;
    c: (30 + 40 + 10 + 35) / 40 = 2.875; d: (40 + 30 + 20 + 10) / 40 = 2.5. In all 10 = 1+2+3+4.
    """
    rankings = {tuple("abcd"): 10, tuple("badc"): 10, tuple("cdab"): 10, tuple("da"): 10}
    found = one_item("ranking", tuple("abcd"), rankings)
    assert [(one.count, one.share) for one in found.choices] == [(10, 0.25)] * 4
    assert [one.mean_rank for one in found.choices] == [2.0, 2.625, 2.875, 2.5]


def test_a_ranking_of_fewer_than_30_has_no_means() -> None:
    """29 people: first places alone."""
    rankings = {tuple("abc"): 10, tuple("bca"): 10, tuple("cab"): 9}
    found = one_item("ranking", ABC, rankings)
    assert shown(found) == {"a": 10, "b": 10, "c": 9}
    assert {one.mean_rank for one in found.choices} == {None}


@pytest.mark.parametrize(("few", "told"), [(3, False), (4, False), (5, True)])
def test_means_that_are_about_a_few(few: int, told: bool) -> None:
    """Under 5 of 41 rank d another than last: its mean would tell of them; so no choice has one."""
    rankings = {tuple("abcd"): 18, tuple("bacd"): 23 - few, tuple("dabc"): few}
    found = one_item("ranking", tuple("abcd"), rankings)
    assert [one.mean_rank is not None for one in found.choices] == [told] * 4


def test_ranks_of_a_few_among_three() -> None:
    """4 rank a last: with three ranks, the first places and the mean would tell. Of 5 they may.

    a: 20 first, 15 second, 5 third: 65 / 40; b: 12, 10, 18: 86 / 40; c: 8, 15, 17: 89 / 40.
    """
    rankings = {tuple("abc"): 10, tuple("acb"): 10, tuple("cab"): 8}
    found = one_item("ranking", ABC, {**rankings, tuple("bac"): 8, tuple("bca"): 4})
    assert {one.mean_rank for one in found.choices} == {None}
    found = one_item("ranking", ABC, {**rankings, tuple("bac"): 7, tuple("bca"): 5})
    assert [one.mean_rank for one in found.choices] == [65 / 40, 86 / 40, 89 / 40]


@pytest.mark.parametrize(
    ("counts", "hidden", "leading"),
    [
        ({"a": 2, "b": 2}, "too_few", None),
        ({"a": 5}, "large_majority", "a"),
        ({"a": 28, "b": 1}, "large_majority", "a"),
        ({"b": 29}, "large_majority", "b"),
        ({"a": 27, "b": 2}, None, None),
        ({"a": 29, "b": 1}, None, None),  # of 30 the rules on rare choices are enough
        ({"a": 2, "b": 5}, "protected", None),  # of 7, the reasons alone would tell 2 and 5
    ],
)
def test_what_has_no_figures(
    counts: dict[Any, int], hidden: str | None, leading: str | None
) -> None:
    """As for statements: too few, or all or all but one of fewer than 30 alike."""
    found = one_item("single", ABC, counts)
    assert (found.hidden, found.leading) == (hidden, leading)
    if hidden:
        assert (found.n, found.choices, found.unanswered) == (None, (), None)


def test_rare_choices() -> None:
    """3 and 4 of 60 are 7, shared in several ways; a 3 alone takes the first other along."""
    assert shown(one_item("single", "abcd", {"a": 40, "b": 13, "c": 3, "d": 4})) == {
        **{"a": 40, "b": 13, "c": "few", "d": "few"}
    }
    assert shown(one_item("single", ABC, {"a": 40, "b": 17, "c": 3})) == {
        **{"a": "beside", "b": 17, "c": "few"}
    }
    assert shown(one_item("single", ABC, {"a": 40, "b": 20})) == {"a": 40, "b": 20, "c": 0}


def test_rare_non_answers() -> None:
    """One of 60 would rather not say: no kind is told, nor that it was one; of six it is."""
    found = one_item("single", ABC, {"a": 30, "b": 29, "~refused": 1})
    assert (found.refused, found.dont_know, found.unanswered) == (None, None, None)
    found = one_item("single", ABC, {"a": 30, "b": 29, "~refused": 1, "~dk": 6})
    assert (found.refused, found.dont_know, found.unanswered) == (None, None, 7 / 66)


@pytest.mark.parametrize(("refused", "told"), [(4, None), (5, 5 / 60)])
def test_non_answers_are_told_from_k_people_on(refused: int, told: float | None) -> None:
    """Each kind, and all of them together: four of 60 are too few, five are not."""
    found = one_item("single", ABC, {"a": 30, "b": 30 - refused, "~refused": refused})
    assert (found.refused, found.unanswered) == (told, told)
    assert found.dont_know == (None if told is None else 0.0)


def test_what_could_single_somebody_out_needs_more() -> None:
    """A quasi-identifier is shown from k = 10 people on, as groups are."""
    found = one_item("single", ABC, {"a": 30, "b": 20, "c": 8}, quasi_identifier=True)
    assert (found.k, shown(found)) == (10, {"a": "beside", "b": 20, "c": "few"})


def test_groups_are_not_counted_here() -> None:
    """The item of a breakdown, the study's groups and what takes its choices from them."""
    questionnaire = offering(
        {"id": "unit", "choices": ABC},
        {"id": "staff", "choices_from": "study.groups"},
        {"id": "helped", "type": "multi", "choices_from": "study.groups"},
        {"id": "most", "choices_from": "helped"},
        {"id": "own", "choices": ABC},
        breakdown_by=["unit"],
    )
    people = (30, {"unit": "a", "own": "a"}), (30, {"unit": "b", "own": "b"})
    assert list(answered(questionnaire, *people)) == ["own"]


def test_choices_for_some() -> None:
    """27 took b and 3 c, which is withheld together with a. Who did not take a was offered only
    the second choice of the next question: 30 took it, so 30 - 27 would be the 3."""
    items = (
        {"id": "lead", "choices": ABC},
        {
            "id": "how",
            "choices": [
                {"code": "one", "text": {"en": "One"}, "show_if": "lead == 'a'"},
                {"code": "other", "text": {"en": "Other"}, "show_if": "lead != 'a'"},
            ],
        },
    )
    found = answered(
        offering(*items),
        (30, {"lead": "a", "how": "one"}),
        (27, {"lead": "b", "how": "other"}),
        (3, {"lead": "c", "how": "other"}),
    )
    assert found["lead"].hidden == "protected"
    assert shown(found["how"]) == {"one": 30, "other": 30}


def test_an_item_that_others_choose_from() -> None:
    """Who ticked c may name it as the gravest, the others may not: that tells of the 3."""
    items = (
        {"id": "what", "type": "multi", "choices": ABC},
        {"id": "gravest", "choices_from": "what"},
    )
    people = (
        (30, {"what": ("a",), "gravest": "a"}),
        (27, {"what": ("b",), "gravest": "b"}),
        (3, {"what": ("a", "c"), "gravest": "c"}),
    )
    found = answered(offering(*items), *people)
    assert (found["what"].hidden, found["gravest"].hidden) == ("protected", None)
    alone = answered(offering(items[0]), *((n, {"what": one["what"]}) for n, one in people))
    assert shown(alone["what"]) == {"a": 33, "b": 27, "c": "few"}


def test_an_item_that_decides_through_a_computed_value() -> None:
    """It hides what is rare in it as if the condition named it."""
    items = (
        {"id": "lead", "choices": ABC},
        {"id": "how", "choices": ABC, "show_if": "leads"},
    )
    questionnaire = offering(*items, computed=[{"id": "leads", "expr": "lead != 'c'"}])
    found = answered(
        questionnaire,
        (30, {"lead": "a", "how": "a"}),
        (27, {"lead": "b", "how": "b"}),
        (3, {"lead": "c", "how": "~not_shown"}),
    )
    assert (found["lead"].hidden, found["how"].hidden) == ("protected", "too_few")


def test_the_higher_k_counts_for_an_item_for_some() -> None:
    """Where the whole needs more answers than a breakdown, 12 instead of 10: 11 are too few."""
    items = (
        {"id": "lead", "type": "yes_no"},
        {"id": "how", "type": "yes_no", "show_if": "lead == 'yes'"},
    )
    for yes, hidden in ((11, "too_few"), (24, None)):
        found = answered(
            offering(*items, k_total=12),
            (yes // 2, {"lead": "yes", "how": "yes"}),
            (yes - yes // 2, {"lead": "yes", "how": "no"}),
            (60 - yes, {"lead": "no", "how": "~not_shown"}),
        )
        assert (found["how"].k, found["how"].hidden) == (12, hidden)


def test_an_item_for_some() -> None:
    """Shown to 12 of 60 it needs k = 10; where 4 were not asked, it would tell of these; where
    nobody of 29 was left out, that each of them said yes."""
    items = (
        {"id": "lead", "type": "yes_no"},
        {"id": "how", "choices": ABC, "show_if": "lead == 'yes'"},
    )
    cases = ((60, 30, None), (60, 9, "too_few"), (60, 56, "too_few"))
    for people, yes, hidden in (*cases, (29, 29, "too_few"), (30, 30, None)):
        found = answered(
            offering(*items),
            (yes // 2, {"lead": "yes", "how": "a"}),
            (yes - yes // 2, {"lead": "yes", "how": "b"}),
            (people - yes, {"lead": "no", "how": "~not_shown"}),
        )
        assert (found["how"].hidden, found["how"].k) == (hidden, 10)
