"""Figures about something else than what their wave asks are noticed before anybody reads them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from collected import TODAY, make_collected
from pydantic import ValidationError

from imfsurvey.study.life import results
from imfsurvey.study.results import FIGURES, WaveResults

Figures = dict[str, Any]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> WaveResults:
    """A closed wave with a self-assessment and a survey: 30 responses, by group as well."""
    study, wave = make_collected(tmp_path_factory.mktemp("collected") / "zone")
    return results(study, wave, TODAY)


@pytest.fixture(scope="module")
def kept(found: WaveResults) -> Figures:
    """Its figures as its file has them."""
    figures: Figures = FIGURES.dump_python(found.figures, mode="json")
    return figures


def groups(figures: Figures) -> list[Figures]:
    """Those of the first breakdown."""
    listed: list[Figures] = figures["breakdowns"][0]["groups"]
    return listed


def rename(key: str) -> Callable[[Figures], None]:
    """The first statement or theme of every group is called something else."""

    def change(figures: Figures) -> None:
        for group in groups(figures):
            group[key][0]["of"] = "nobody"

    return change


def endless(figures: Figures) -> None:
    """A part of the framework is held back by itself."""
    part = next(iter(figures["maturity"]["nodes"]))
    figures["maturity"]["nodes"][part]["binding"] = [part]


CHANGES: dict[str, Callable[[Figures], None]] = {
    "what is no statement": lambda one: one["perception"][0]["items"][0].update(item="seen"),
    "an item of the choices": lambda one: one["perception"][0]["choices"][0].update(item="nobody"),
    "a survey": lambda one: one["breakdowns"][0].update(questionnaire="nobody"),
    "an item that groups are made by": lambda one: one["breakdowns"][0].update(by=["nobody"]),
    "a code too many": lambda one: groups(one)[0]["codes"].append("ops"),
    "a statement of one group is gone": lambda one: groups(one)[1]["items"].pop(),
    "a theme of one group is gone": lambda one: groups(one)[1]["themes"].pop(),
    "a statement": rename("items"),
    "a theme": rename("themes"),
    "a part of the framework": lambda one: one["maturity"]["nodes"].update(
        nobody=one["maturity"]["overall"]
    ),
    "a level": lambda one: one["maturity"]["overall"].update(demonstrated=10**9),
    "the level of a topic": lambda one: next(iter(one["maturity"]["ratings"].values())).update(
        level=-1
    ),
    "what holds the whole back": lambda one: one["maturity"]["overall"].update(binding=["nobody"]),
    "a part that holds itself back": endless,
}


def test_figures_of_the_wave_fit(found: WaveResults, kept: Figures) -> None:
    """Also once they were written and read."""
    assert len(groups(kept)) > 1
    assert replace(found, figures=FIGURES.validate_python(kept)).fitting


@pytest.mark.parametrize("changed", CHANGES)
def test_figures_of_something_else_do_not(found: WaveResults, kept: Figures, changed: str) -> None:
    """Whichever name, number or list of them is not that of the wave."""
    figures = copy.deepcopy(kept)
    CHANGES[changed](figures)
    assert not replace(found, figures=FIGURES.validate_python(figures)).fitting


@pytest.mark.parametrize("endless", ["1e999", "-inf", "nan", float("inf")])
def test_no_figure_is_endless(kept: Figures, endless: object) -> None:
    """However it is written, wherever it stands."""
    for place in ("maturity", "perception"):
        figures = copy.deepcopy(kept)
        if place == "maturity":
            figures["maturity"]["overall"]["index"] = endless
        else:
            figures["perception"][0]["items"][0]["mean"] = endless
        with pytest.raises(ValidationError, match="finite number"):
            FIGURES.validate_python(figures)
