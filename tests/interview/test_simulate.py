"""Invented respondents: they finish, offer nothing that is not asked, and hang together."""

import random
from statistics import correlation, mean

import marked
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import GROUPS, IMF

from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.simulate import Climate, simulated
from imfsurvey.questionnaire import Questionnaire, questionnaire_from
from imfsurvey.source.document import parse

SURVEY = questionnaire_from(parse(marked.SURVEY), IMF)
ASSESSMENT = questionnaire_from(parse(marked.ASSESSMENT), IMF)


def walk(
    questionnaire: Questionnaire, seed: int, climate: Climate | None = None
) -> dict[str, Answer]:
    """One respondent."""
    interview = Interview(questionnaire, IMF, "fr", groups=GROUPS)
    return simulated(interview, random.Random(seed), climate)


def codes(item: str, respondents: list[dict[str, Answer]]) -> list[int]:
    """The codes given to an item by those who gave one to both items of the survey."""
    return [
        int(answers[item].value or 0)
        for answers in respondents
        if all(answers.get(one, Answer()).status == "answered" for one in ("clear", "unclear"))
    ]


@given(st.integers(), st.sampled_from([SURVEY, ASSESSMENT]))
def test_a_simulated_response_is_accepted(seed: int, questionnaire: Questionnaire) -> None:
    """Every respondent finishes, and the interview takes the answers as its own."""
    answers = walk(questionnaire, seed)
    again = Interview(questionnaire, IMF, "fr", groups=GROUPS, answers=answers)
    assert again.unfinished() == ()


@given(st.integers())
def test_the_same_chance_gives_the_same_answers(seed: int) -> None:
    """Nothing but the generator decides."""
    assert walk(SURVEY, seed) == walk(SURVEY, seed)


def test_statements_that_are_turned_round_are_answered_the_other_way() -> None:
    """Who agrees with the one tends to disagree with the other."""
    respondents = [walk(SURVEY, seed) for seed in range(400)]
    assert correlation(codes("clear", respondents), codes("unclear", respondents)) < -0.3


def test_a_theme_has_a_climate_of_its_own() -> None:
    """Raising a theme raises what is said about it."""
    themes = [Climate(themes={"clarity": shift}) for shift in (-0.2, 0.2)]
    low, high = (
        mean(codes("clear", [walk(SURVEY, seed, climate) for seed in range(200)]))
        for climate in themes
    )
    assert high - low > 1


def test_every_answer_and_non_answer_occurs() -> None:
    """All codes, don't know, blank and refusal are met in a large survey."""
    respondents = [walk(SURVEY, seed, Climate(group_sizes=(3, 1))) for seed in range(600)]
    said = {(one.status, one.value) for answers in respondents for one in answers.values()}
    assert {("answered", code) for code in (1, 2, 3, 4, 5, "ops", "calog")} <= said
    assert {("dk", None), ("refused", None)} <= said
    assert any("clear" not in answers for answers in respondents)
    groups = [answers["category"].value for answers in respondents if "category" in answers]
    assert groups.count("ops") > 2 * groups.count("calog")


@pytest.mark.parametrize("seed", range(20))
def test_an_item_on_groups_stays_blank_without_groups(seed: int) -> None:
    """A study without groups has nothing to choose from."""
    interview = Interview(SURVEY, IMF, "fr")
    answers = simulated(interview, random.Random(seed))
    assert answers.get("category", Answer()).status in ("blank", "refused")
