"""What a walk keeps from answer to answer, beside a walk begun with the same answers."""

from __future__ import annotations

import random

import pytest
from small import IMF, TODAY, choices, form, item

from imfsurvey.interview import Interview
from imfsurvey.questionnaire import MultiItem, RankingItem

_FORM = form(
    item("seen", "yes_no", non_answers=["dk"]),
    item("what", "multi", choices=choices("a", "b", "c", "d"), show_if="seen == 'yes'"),
    item("worst", "ranking", choices_from="what"),
    item("first", "single", choices_from="what", required_if="len(what) >= 2"),
    item("often", "likert", scale="agree", show_if="first == 'a'"),
    item("why", "single", choices=choices("x", "y", y={"show_if": "twice >= 6"}), required=True),
    item("alone", "likert", scale="agree", required=True),
    item(
        "limit",
        "likert",
        scale="agree",
        constraint=[{"check": "this != 2 or alone == 1", "message": {"fr": "non"}}],
    ),
    computed=[{"id": "twice", "expr": "often * 2"}],
)


def _answer(walk: Interview, rng: random.Random) -> None:
    """Choose an option of some item that is asked, or take its answer back."""
    asked = rng.choice(walk.asked())
    options = walk.options(asked)
    if not options or rng.random() < 0.2:
        walk.clear(asked.id)
        return
    option = rng.choice(options)
    if option.value is not None and isinstance(asked, MultiItem | RankingItem):
        walk.toggle(asked.id, option.value)
    else:
        walk.record(asked.id, option.status, option.value)


def _told(walk: Interview) -> object:
    """All that is worked out of the answers."""
    return (
        [(page.item.id, page.number) for page in walk.pages],
        [(one.id, walk.state(one), walk.options(one)) for one in walk.asked()],
        walk.progress,
        [one.id for one in walk.unfinished()],
        walk.response(),
    )


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_what_would_be_worked_out_anew(seed: int) -> None:
    """Conditions, sources of choices and constraints reach on from one answer to the next."""
    rng = random.Random(seed)
    walk = Interview(_FORM, IMF, "fr", today=TODAY)
    for _ in range(100):
        _answer(walk, rng)
        anew = Interview(_FORM, IMF, "fr", answers=walk.answers, today=TODAY)
        assert _told(walk) == _told(anew)


def test_an_answer_reaches_those_that_ask_for_it_and_on_from_them() -> None:
    """`seen` shows `what`, from which `worst` and `first` choose, and so on; `alone` ends soon."""
    reach = _FORM.reach
    assert reach.of("seen") == {"seen", "what", "worst", "first", "often", "twice", "why"}
    assert reach.of("alone") == {"alone", "limit"}
    assert reach.of("limit") == {"limit"}
