"""Orders left to chance: every one as likely, ends kept, nothing of them stored."""

from __future__ import annotations

import random
from collections import Counter
from itertools import permutations
from typing import Any

import pytest
from records import encode
from small import GROUPS, IMF, TODAY, choices, item, offered, say, section, shown, walk

from imfsurvey.interview import EntryInterview, Interview
from imfsurvey.interview.within import add_entry
from imfsurvey.questionnaire import RepeatItem

DRAWS = 1200


def spread(found: Counter[Any], expected: set[Any]) -> None:
    """All that can be drawn is drawn, and each about as often.

    The limit is the 0.999999 quantile of chi-squared for 5 degrees of freedom (36.0) and for 2
    (27.6), the numbers of orders that are drawn here less one.
    """
    assert set(found) == expected
    each = sum(found.values()) / len(expected)
    distance = sum((count - each) ** 2 / each for count in found.values())
    assert distance < {6: 36.0, 3: 27.6}[len(expected)]


def test_without_chance_everything_comes_as_in_the_file() -> None:
    """So do previews, exports and tests of other things."""
    one = section("one", *(item(i, "yes_no") for i in "abc"), order="random")
    assert shown(walk(one)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("random", {("f", *middle, "l") for middle in permutations("abc")}),
        (
            "rotate",
            {("f", "a", "b", "c", "l"), ("f", "b", "c", "a", "l"), ("f", "c", "a", "b", "l")},
        ),
        ("fixed", None),
    ],
)
@pytest.mark.parametrize("of", ["section", "single", "multi", "ranking"])
def test_every_order_is_as_likely(order: str, expected: set[Any] | None, of: str) -> None:
    """What is pinned keeps its end, wherever it stands in the file."""
    rng = random.Random(20261124)
    ends = {"l": {"pin": "last"}, "f": {"pin": "first"}}
    if of == "section":
        parts = [item(i, "yes_no", **ends.get(i, {})) for i in "albfc"]
        whole = walk(section("one", *parts, order=order))
    else:
        whole = walk(item("q", of, choices=choices(*"albfc", **ends), order=order))
    found: Counter[Any] = Counter()
    for _ in range(DRAWS):
        interview = Interview(whole.questionnaire, IMF, "fr", rng=rng)
        drawn = shown(interview) if of == "section" else offered(interview, "q")
        found[tuple(drawn)] += 1
    if expected is None:
        assert set(found) == {tuple("albfc")}
    else:
        spread(found, expected)


def test_an_order_stays_while_one_walks() -> None:
    """Whatever is answered, in whatever language it is asked again."""
    for seed in range(20):
        interview = walk(
            section("one", *(item(i, "yes_no") for i in "abcde"), order="random"), seed=seed
        )
        before = shown(interview)
        say(interview, a="yes", e="no")
        interview.speak("nl")
        assert shown(interview) == before


def test_what_is_shown_later_finds_its_place() -> None:
    """The others do not move; hidden or not, every order of what is shown is as likely."""
    rng = random.Random(7)
    whole = walk(
        item("seen", "yes_no"),
        item("what", "multi", choices=choices(*"abcd")),
        item("worst", "single", choices_from="what", order="random"),
    )
    found: Counter[Any] = Counter()
    for _ in range(DRAWS):
        interview = Interview(whole.questionnaire, IMF, "fr", rng=rng)
        say(interview, what=("a", "c"))
        two = offered(interview, "worst")
        say(interview, what=("a", "b", "c"))
        three = offered(interview, "worst")
        assert [one for one in three if one in two] == two
        say(interview, what=("a", "c"))
        assert offered(interview, "worst") == two
        found[tuple(three)] += 1
    spread(found, set(permutations("abc")))


def test_rotating_what_is_offered_begins_anywhere() -> None:
    """With two of four choices hidden, both of the others come first as often."""
    listed = choices(*"abcd", b={"show_if": "seen == 'yes'"}, c={"show_if": "seen == 'yes'"})
    whole = walk(item("seen", "yes_no"), item("q", "single", choices=listed, order="rotate"))
    rng = random.Random(11)
    first = Counter(
        offered(Interview(whole.questionnaire, IMF, "fr", rng=rng), "q")[0] for _ in range(DRAWS)
    )
    assert set(first) == {"a", "d"}
    assert abs(first["a"] - DRAWS / 2) < 5 * (DRAWS * 0.25) ** 0.5


def test_each_item_has_an_order_of_its_own() -> None:
    """Two with the same choices are shuffled apart: of six orders each, one in six agrees."""
    parts = [item(i, "single", choices=choices(*"abc"), order="random") for i in "xy"]
    alike = 0
    for seed in range(60):
        interview = walk(*parts, seed=seed)
        alike += offered(interview, "x") == offered(interview, "y")
    assert 0 < alike < 30


def test_keys_follow_the_order_shown() -> None:
    """The first on the screen is chosen by 1; what is stored is its code."""
    interview = walk(item("q", "single", choices=choices(*"abc"), order="random"), seed=3)
    options = interview.options(interview.questionnaire.items["q"])
    assert [one.key for one in options] == ["1", "2", "3"]
    assert sorted(str(one.value) for one in options) == ["a", "b", "c"]


def test_an_entry_keeps_its_order_however_often_it_is_opened() -> None:
    """Entries of one repeat are asked alike."""
    fields = [
        item("role", "text", required=True),
        item("q", "single", choices=choices(*"abcdef"), order="random"),
    ]
    drawn = set()
    for seed in range(10):
        interview = walk(item("actors", "repeat", label="role", items=fields), seed=seed)
        actors = interview.questionnaire.items["actors"]
        assert isinstance(actors, RepeatItem)
        orders = []
        for number in ("a1", "a2"):
            add_entry(interview, actors, number)
            opened = EntryInterview(interview, actors, number)
            orders += [
                offered(opened, "q"),
                offered(EntryInterview(interview, actors, number), "q"),
            ]
        assert orders == [orders[0]] * 4
        drawn.add(tuple(orders[0]))
    assert len(drawn) > 5


def test_the_page_before_is_the_one_that_was_shown_before() -> None:
    """When a page of a shuffled section is hidden, one is left beside it, not at its place in the
    file."""
    parts = [item(i, "yes_no") for i in "abcd"]
    for seed in range(30):
        interview = walk(
            section("zero", item("seen", "yes_no")),
            section("one", *parts, item("x", "yes_no", show_if="seen == 'yes'"), order="random"),
            seed=seed,
        )
        say(interview, seen="yes")
        order = shown(interview)
        interview.go_to("x")
        say(interview, seen="no")
        assert interview.page.item.id == order[order.index("x") - 1]


def test_nothing_of_an_order_is_recorded() -> None:
    """The same answers give the same bytes, whatever was drawn."""
    parts = [
        item("q", "single", choices=choices(*"abc"), order="random"),
        item("m", "multi", choices=choices(*"abc"), order="rotate"),
        item("s", "yes_no"),
    ]
    records, orders = set(), set()
    for seed in range(30):
        interview = walk(section("one", *parts, order="random"), seed=seed, named=False)
        for one in shown(interview):
            say(interview, **{one: {"q": "b", "m": ("c", "a"), "s": "no"}[one]})
        orders.add((*shown(interview), *offered(interview, "q"), *offered(interview, "m")))
        records.add(encode(interview.questionnaire, interview.response()))
    assert len(orders) > 10
    assert len(records) == 1


def test_the_chance_of_the_machine_draws_orders_too() -> None:
    """Respondents are asked in one order and another, and all are asked everything."""
    whole = walk(section("one", *(item(i, "yes_no") for i in "abcdefgh"), order="random"))
    orders = {
        tuple(
            shown(
                Interview(
                    whole.questionnaire,
                    IMF,
                    "fr",
                    groups=GROUPS,
                    today=TODAY,
                    rng=random.SystemRandom(),
                )
            )
        )
        for _ in range(5)
    }
    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset("abcdefgh")}
