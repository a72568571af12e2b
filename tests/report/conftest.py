"""Waves whose figures are set by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from measured import maturity, perception, wave

from imfsurvey.analysis.figures import Rating
from imfsurvey.study.results import Unfinished, WaveResults


@pytest.fixture
def zero() -> WaveResults:
    """The zero measurement: overall level 0, core index 74.636."""
    return wave("2026-zero", "zero", maturity({"overall": 0, "cycle": 4}, 74.636))


@pytest.fixture
def now() -> WaveResults:
    """A rich annual wave: bounds, N/A, don't know, blank, binding topics, a survey, core 75.436."""
    scored = maturity(
        {"overall": 1, "cycle": 2, "roles": 3, "instruments": 0, "training": 0},
        75.436,
        {"processes": ("cycle", "review"), "instruments": ("guide", "monitor")},
    )
    ratings = dict(scored.ratings)
    ratings["code"] = Rating("na", reason="Sans arme de service")
    ratings["example"] = Rating("dk")
    ratings["openness"] = Rating("blank")
    nodes = dict(scored.nodes)
    nodes["leadership"] = replace(nodes["leadership"], demonstrated=0, at_most=5, coverage=0.0)
    overall = replace(scored.overall, at_most=3, binding=("instruments",), coverage=2 / 3)
    scored = replace(scored, ratings=ratings, nodes=nodes, overall=overall)
    return wave("2027", "annual", scored, (perception("some"),))


@pytest.fixture
def flagged(now: WaveResults) -> WaveResults:
    """The same wave with everything that a reader must be warned of."""
    scored = now.figures.maturity
    assert scored is not None
    nodes = dict(scored.nodes)
    nodes["guide"] = replace(nodes["guide"], reduced_scope=True)
    nodes["leadership"] = replace(nodes["leadership"], incomplete=True)
    overall = replace(scored.overall, incomplete=True, binding=())
    figures = replace(
        now.figures,
        status="open",
        closed_on=None,
        policy_approved_on=None,
        raters=("mandatary", "officer"),
        unfinished=(Unfinished("test.self", "officer", 3),),
        maturity=replace(scored, nodes=nodes, overall=overall, gate_holds=True),
    )
    return replace(now, figures=figures)
