"""Claims beside what the staff see, against figures worked out by hand.

The survey of `measured` has a scale from 1 to 5: a mean m is 25 (m - 1) of 100. A level L is 20 L.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from measured import FRAMEWORK, framework, hidden_item, item_figures, likert, survey

from imfsurvey.analysis.figures import ItemFigures, PerceptionFigures, Rating, ResponseFigures
from imfsurvey.analysis.gap import (
    TopicGap,
    doubtful_pillars,
    gaps,
    mean_distance,
    mean_gap,
    unconfirmed,
)
from imfsurvey.framework import Framework
from imfsurvey.questionnaire import Questionnaire


def asked(*items: dict[str, Any], **themes: bool) -> Questionnaire:
    """A survey of these statements; `themes`: which of its themes stand apart."""
    value = survey().model_dump(mode="json", exclude_defaults=True)
    value["sections"][0]["items"] = list(items)
    for theme in value["themes"]:
        if theme["id"] in themes:
            theme["apart"] = themes[theme["id"]]
    return Questionnaire.model_validate(value)


def found(
    form: Questionnaire, levels: dict[str, int], *figures: ItemFigures
) -> dict[str, TopicGap]:
    """The gaps by topic."""
    ratings = {topic: Rating("answered", level) for topic, level in levels.items()}
    response = ResponseFigures(90, 60, 60 / 90, None)
    seen = PerceptionFigures(form.id, 5, response, figures, (), 0)
    return {one.topic: one for one in gaps(framework(), ratings, [(seen, form)])}


def of_mean(ident: str, mean: float, half: float = 0.2) -> ItemFigures:
    """A statement with that mean, and an interval of `half` on each side."""
    plain = item_figures(ident, (2, 8, 10, 25, 15))
    return replace(plain, mean=mean, mean_interval=(mean - half, mean + half))


THREE = ("code", "checks", "cycle")
FORM = asked(*(likert(f"s_{topic}", topic, None, topic=topic) for topic in THREE))


def test_the_mean_alone_would_say_aligned() -> None:
    """Levels 3, 4, 2 and means 3.2, 2.8, 3.9: claimed 60, 80, 40 and seen 55, 45, 72.5, so +5, +35,
    -32.5; their mean is 2.5, the mean of their sizes 72.5 / 3."""
    means = (3.2, 2.8, 3.9)
    one = found(
        FORM,
        dict(zip(THREE, (3, 4, 2), strict=True)),
        *(of_mean(f"s_{topic}", mean) for topic, mean in zip(THREE, means, strict=True)),
    )
    every = tuple(one.values())
    assert [gap.gap for gap in every] == pytest.approx([5, 35, -32.5])
    assert mean_gap(every) == pytest.approx(2.5)
    assert mean_distance(every) == pytest.approx(72.5 / 3)
    assert [gap.size for gap in every] == ["small", "large", "large"]
    assert [gap.topic for gap in every if gap.blind_spot] == ["checks"]
    assert [gap.topic for gap in every if gap.hidden_strength] == ["cycle"]


def test_what_most_do_not_see_is_no_strength() -> None:
    """Level 0 claims 0; of ten answers "1", forty "2", two "3" and eight "4", 8 of 60 are
    favourable. Their mean is (10 + 80 + 6 + 32) / 60 = 2.13, seen 28.3: far more than 0, and still
    no strength."""
    counts = item_figures("s_code", (10, 40, 2, 8, 0))
    few = found(FORM, {"code": 0}, replace(counts, mean_interval=(2.0, 2.3)))["code"]
    assert (few.size, few.hidden_strength, few.blind_spot) == ("large", False, False)
    most = found(FORM, {"code": 0}, of_mean("s_code", 3.6))["code"]
    assert most.favourable == Fraction(40, 60) and most.hidden_strength


@pytest.mark.parametrize(
    ("mean", "half", "size"),
    [
        (3.0, 0.1, "notable"),  # 60 against 50: exactly 10 points
        (3.01, 0.1, "small"),  # 9.75 points
        (2.4, 0.1, "large"),  # 60 against 35: exactly 25
        (2.41, 0.1, "notable"),
        (3.0, 0.4, "chance"),  # 50 ± 10 reaches the 60 that is claimed
        (3.0, 0.39, "notable"),
    ],
)
def test_bands_and_chance(mean: float, half: float, size: str) -> None:
    """Ten and twenty-five points belong to the band above; a claim inside the interval to none."""
    assert found(FORM, {"code": 3}, of_mean("s_code", mean, half))["code"].size == size


@pytest.mark.parametrize(
    ("level", "total", "size"),
    [
        (2, 11, "notable"),  # 40 against 25 (11/5 - 1) = 30: exactly 10 points
        (4, 16, "large"),  # 80 against 25 (16/5 - 1) = 55: exactly 25
    ],
)
def test_bands_begin_where_they_say(level: int, total: int, size: str) -> None:
    """Neither 2.2 nor 3.2 is a float, and what they give lies a hair beside 30 and 55."""
    five = of_mean("s_code", total / 5, 0.1)
    assert found(FORM, {"code": level}, five)["code"].size == size


def test_without_an_interval_only_a_census_says_more_than_chance() -> None:
    """Everybody answered: nothing is left to chance. Figures of before intervals say nothing."""
    plain = replace(of_mean("s_code", 2.0), mean_interval=None)
    assert found(FORM, {"code": 3}, plain)["code"].size == "chance"
    assert found(FORM, {"code": 3}, replace(plain, census=True))["code"].size == "large"


@pytest.mark.parametrize(
    ("level", "favourable", "confirmed"),
    [(3, 31, True), (3, 30, False), (5, 29, False), (2, 10, None)],
)
def test_a_claim_needs_more_than_half(level: int, favourable: int, confirmed: bool | None) -> None:
    """Of 60 answers 31 confirm, 30 are exactly half and do not; nothing is claimed below 3."""
    one = item_figures("s_code", (60 - favourable, 0, 0, favourable, 0))
    gap = found(FORM, {"code": level}, one)["code"]
    assert gap.confirmed is confirmed
    assert gap.favourable == Fraction(favourable, 60)


def test_several_statements_weigh_alike_to_the_last_answer() -> None:
    """20 of 60 and 46 of 69: 1/3 and 2/3 are exactly a half, whatever floats make of it; 47 of 69
    are more. Bounds are the mean of the bounds: 1.8 to 2.2 and 3.6 to 4.4 are 25 x (1.7) to
    25 x (2.3)."""
    form = asked(likert("a", "A", None), likert("b", "B", None))
    first = replace(item_figures("a", (40, 0, 0, 20, 0)), mean=2.0, mean_interval=(1.8, 2.2))
    for favourable, confirmed in ((46, False), (47, True)):
        second = item_figures("b", (69 - favourable, 0, 0, favourable, 0))
        second = replace(second, mean=4.0, mean_interval=(3.6, 4.4))
        gap = found(form, {"code": 3}, first, second)["code"]
        assert gap.confirmed is confirmed
        assert gap.seen == pytest.approx(50)
        assert gap.interval == pytest.approx((42.5, 57.5))


def test_a_statement_that_everybody_answered_has_no_width() -> None:
    """2 of everybody is 25, 4 with 3.6 to 4.4 is 65 to 85: 45 to 55 together, and no census."""
    form = asked(likert("a", "A", None), likert("b", "B", None))
    first = replace(of_mean("a", 2.0), mean_interval=None, census=True)
    gap = found(form, {"code": 3}, first, of_mean("b", 4.0, 0.4))["code"]
    assert gap.interval == pytest.approx((45, 55))
    assert (gap.census, gap.size) == (False, "notable")


def test_a_scale_without_sides_measures_no_topic() -> None:
    """Where nothing is favourable, 100 would mean nothing."""
    plain = {name: [] for name in ("favourable", "unfavourable")}
    value = asked(likert("a", "A", None)).model_dump(mode="json", exclude_defaults=True)
    value["scales"]["agree"] |= plain
    none = dict.fromkeys(("favourable", "neutral", "unfavourable"))
    unsided = replace(of_mean("a", 1.0), **none)
    assert found(Questionnaire.model_validate(value), {"code": 3}, unsided) == {}


def test_what_is_hidden_gives_no_gap() -> None:
    """One statement of two that is not shown leaves the topic without figures, and unjudged."""
    form = asked(likert("a", "A", None), likert("b", "B", None))
    gap = found(form, {"code": 4}, of_mean("a", 1.0), hidden_item("b", "too_few"))["code"]
    assert (gap.statements, gap.seen, gap.gap, gap.size, gap.confirmed) == (2, *(None,) * 4)
    assert mean_gap([gap]) is None


def test_themes_apart_and_topics_without_a_level_are_left_out() -> None:
    """What is said of invented cases measures no topic; nor is what nobody could rate compared."""
    form = asked(likert("a", "A", "clarity"), likert("b", "B", "speaking"), speaking=True)
    gap = found(form, {"code": 3}, of_mean("a", 5.0), of_mean("b", 1.0))["code"]
    assert (gap.statements, gap.seen) == (1, pytest.approx(100))
    assert found(form, {"cycle": 3}, of_mean("a", 5.0), of_mean("b", 1.0)) == {}


def test_unconfirmed_topics_least_seen_first_and_their_pillars() -> None:
    """Code 10 of 60 and checks 20 of 60 in instruments are not confirmed, the cycle with 40 is:
    both claims of instruments fail, none of processes. One of two is no majority."""
    levels = dict.fromkeys(THREE, 3)

    def seen(code: int, checks: int) -> tuple[TopicGap, ...]:
        counts = {"code": code, "checks": checks, "cycle": 40}
        figures = [item_figures(f"s_{t}", (60 - n, 0, 0, n, 0)) for t, n in counts.items()]
        return tuple(found(FORM, levels, *figures).values())

    assert unconfirmed(seen(10, 20)) == ("code", "checks")
    assert unconfirmed(seen(20, 10)) == ("checks", "code")
    assert [node.id for node in doubtful_pillars(framework(), seen(10, 20))] == ["instruments"]
    assert doubtful_pillars(framework(), seen(10, 40)) == ()


@pytest.mark.parametrize(
    ("values", "claimed"), [((None,) * 4, 200 / 3), ((0.0, 0.25, 0.5, 1.0), 50)]
)
def test_the_highest_level_is_a_hundred_on_every_scale(
    values: tuple[float | None, ...], claimed: float
) -> None:
    """A framework of levels 0 to 3: level 2 claims 200 / 3, or what the framework says it is
    worth."""
    levels = [
        one if value is None else {**one, "value": value}
        for one, value in zip(FRAMEWORK["levels"][:4], values, strict=True)
    ]
    short = Framework.model_validate({**FRAMEWORK, "levels": levels})
    response = ResponseFigures(90, 60, 60 / 90, None)
    seen = PerceptionFigures(FORM.id, 5, response, (of_mean("s_code", 3.0),), (), 0)
    (gap,) = gaps(short, {"code": Rating("answered", 2)}, [(seen, FORM)])
    assert gap.claimed == pytest.approx(claimed)
