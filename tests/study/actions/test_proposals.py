"""What a wave proposes, and what later waves say of it, against figures set by hand.

The sample framework: code and rules in determine, training in guide (both in instruments), cycle
in processes; all core. More than half at a level, more than 85 % at each step below, at most one
above the lowest:

    determine    code 3, rules 1: level 1; rules is not at 2       rules binds
    guide        training 0: level 0                               training binds
    instruments  1 and 0: level 0                                  guide binds
    processes    cycle 2: level 2                                  cycle binds
    overall      0 and 2: level 0                                  instruments binds

So training holds the whole down, rules and cycle hold a part down.
"""

from __future__ import annotations

import datetime

import pytest
from keyholders import close_and_unseal
from measured import maturity
from measured import wave as measured_wave
from zone import CLOSED, OPENED, QUESTIONNAIRES, rate, respond

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.actions.action import Action
from imfsurvey.study.actions.effect import Effect, effects
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.actions.proposals import proposals, unconfirmed_topics
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave, results
from imfsurvey.study.planning import band_of, measured
from imfsurvey.study.results import WaveResults

LEVELS = {"sa_code": 3, "sa_rules": 1, "sa_training": 0, "sa_cycle": 2}


def closed(study: Study, year: int, levels: dict[str, int], clear: int = 0) -> WaveResults:
    """A wave of that year, rated and closed; `clear`: what nine of twelve say of the code."""
    wave = open_wave(
        study,
        study.new_wave("zero" if year == 2026 else "annual", year, questionnaires=QUESTIONNAIRES),
        OPENED.replace(year=year),
    )
    rate(wave, levels)
    if clear:
        respond(wave, 9, clear=clear, unclear=6 - clear)
        respond(wave, 3, clear=6 - clear, unclear=clear)
    close_and_unseal(study, wave, CLOSED.replace(year=year))
    return results(study, study.wave(wave.id), CLOSED.replace(year=year))


def test_binding_topics_come_first_and_aim_one_level_up(study: Study) -> None:
    """What binds the whole first; nobody aims lower than level 2."""
    found = proposals(closed(study, 2026, LEVELS), "fr")
    assert [(one.topic, one.level, one.target) for one in found] == [
        ("training", 0, 2),
        ("rules", 1, 2),
        ("cycle", 2, 3),
    ]
    assert {one.grounds for one in found} == {("binding",)}
    assert [one.approach for one in found] == ["stimulating", "controlling", "both"]
    # The definition of level 2, as far as it says what is there then.
    words = "Objectif, responsable, moyens et modalités écrits et approuvés."
    assert found[0].objective == words
    assert found[0].wave == "2026-zero"


@pytest.mark.parametrize(("clear", "doubted"), [(5, False), (2, True)])
def test_a_claim_is_confirmed_by_more_than_half(study: Study, clear: int, doubted: bool) -> None:
    """Code is claimed at 3: nine of twelve favourable confirm it, three of twelve do not."""
    found = closed(study, 2026, LEVELS, clear)
    assert unconfirmed_topics(found) == (frozenset({"code"}) if doubted else frozenset())
    topics = {one.topic: one for one in proposals(found, "fr")}
    assert ("code" in topics) == doubted
    if doubted:
        assert (topics["code"].grounds, topics["code"].target) == (("unconfirmed",), None)


def test_a_view_holds_nothing_down_and_the_highest_level_has_no_next() -> None:
    """Figures set by hand: the code, at 5, binds the function that guides; the example binds the
    leadership, which is only another view of the structures."""
    scored = maturity({"code": 5}, 20.0, {"guide": ("code",), "leadership": ("example",)})
    found = proposals(measured_wave("2026", "zero", scored), "fr")
    assert [(one.topic, one.level, one.target, one.objective) for one in found] == [
        ("code", 5, None, "")
    ]


def test_somebody_else_may_say_what_is_unconfirmed(study: Study) -> None:
    """Also of a topic that binds, which then has two grounds."""
    found = proposals(closed(study, 2026, LEVELS), "fr", {"rules"})
    assert [one.grounds for one in found if one.topic == "rules"] == [("binding", "unconfirmed")]


def test_a_wave_that_nobody_has_rated_proposes_nothing(study: Study) -> None:
    """And says what to do first."""
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    with pytest.raises(RefusedError, match="IMF-T411"):
        proposals(results(study, wave, OPENED), "fr")


def test_a_topic_that_nobody_could_rate_is_looked_into_first(study: Study) -> None:
    """It has no level, so the action is to find out."""
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    rate(wave, {**LEVELS, "sa_training": "dk"})
    found = {one.topic: one for one in proposals(results(study, wave, OPENED), "en")}
    assert (found["training"].level, found["training"].target) == (None, 2)
    assert found["training"].text.startswith("Find out")


def test_later_waves_show_the_level_then_and_now(study: Study) -> None:
    """Training moved from 0 to 2 in 2027; an action of that year has nothing after it."""
    closed(study, 2026, LEVELS)
    closed(study, 2027, {**LEVELS, "sa_training": 2})
    waves = measured(study, datetime.date(2028, 1, 1))
    before, after = (proposals(wave, "fr")[0] for wave in waves)
    assert effects(before, waves) == (Effect("2027-annual", 2, comparable=True),)
    assert effects(after, waves) == ()
    assert effects(Action("a1", "training", "x", "both"), waves) == ()


def test_the_band_is_the_study_s_or_the_framework_s(study: Study) -> None:
    """The sample framework means -0.2 to 0.2; the proposals fit into the plan."""
    assert band_of(study) == (-0.2, 0.2)
    found = proposals(closed(study, 2026, LEVELS), "fr")
    assert [one.id for one in ActionPlan(study).propose(found, CLOSED)] == ["a1", "a2", "a3"]
