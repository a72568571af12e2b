"""Targets: the framework's defaults, those that were set, and what a closed wave keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from measured import FRAMEWORK
from zone import CLOSED, OPENED, QUESTIONNAIRES, rate

from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError, StorageError
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave, released, results
from imfsurvey.study.results import Target
from imfsurvey.study.targets import Change, Targets, doubts, framework_of
from imfsurvey.study.wave import Wave

DEFAULTS = "targets: {core: 3, complementary: 2}\n"


@pytest.fixture
def wanting(study: Study) -> Study:
    """A study whose framework wants level 3 of core topics, and 1 of the cycle."""
    file = study.folder / "questionnaires" / "imf.framework.yaml"
    text = file.read_text("utf-8").replace("tree:\n", f"{DEFAULTS}tree:\n")
    text = text.replace("{id: cycle, under", "{id: cycle, target: 1, under")
    file.write_text(text, "utf-8")
    return study


def opened(study: Study) -> Wave:
    """Its zero wave, with all four topics at level 2."""
    wave = study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    wave = open_wave(study, wave, OPENED)
    rate(wave, {"sa_code": 2, "sa_rules": 2, "sa_training": 2, "sa_cycle": "na"})
    return wave


def levels(targets: tuple[Target, ...]) -> dict[str, tuple[int, bool]]:
    """Level and whether it is a default, by topic."""
    return {one.topic: (one.level, one.default) for one in targets}


def test_without_defaults_there_is_no_target(study: Study) -> None:
    """Nothing is invented for a framework that names none."""
    assert Targets(study.folder).of(framework_of(study)) == ()


def test_defaults_come_from_the_framework(wanting: Study) -> None:
    """By layer, or of the topic itself; what was set counts before them, and can be given back."""
    framework, store = framework_of(wanting), Targets(wanting.folder)
    assert levels(store.of(framework)) == {
        "code": (3, True),
        "rules": (3, True),
        "training": (3, True),
        "cycle": (1, True),
    }
    store.set(framework, ["code", "cycle"], 4, "  Deux incidents\nen 2024 ", CLOSED)
    found = {one.topic: one for one in store.of(framework)}
    assert found["code"] == Target("code", 4, False, "Deux incidents en 2024", CLOSED)
    store.clear(framework, ["code"], CLOSED)
    assert levels(store.of(framework))["code"] == (3, True)
    stored = json.loads((wanting.folder / "study.json").read_text("utf-8"))
    assert [one["level"] for one in stored["targets"].values()] == [4, 4, None]


@pytest.mark.parametrize(
    ("topic", "level", "why", "code"),
    [
        ("cod", 3, "x", "IMF-T440"),
        ("code", 6, "x", "IMF-T441"),
        ("code", -1, "x", "IMF-T441"),
        ("code", 3, " \n", "IMF-T442"),
        ("code", 3, "x" * 601, "IMF-T443"),
    ],
)
def test_what_is_no_target(study: Study, topic: str, level: int, why: str, code: str) -> None:
    """An unknown topic, a level off the scale, no reason or too long a one: nothing is kept."""
    with pytest.raises(InputError, match=code):
        Targets(study.folder).set(framework_of(study), ["rules", topic], level, why, CLOSED)
    assert Targets(study.folder).set_ones() == {}


def test_a_target_off_the_scale_of_now_is_the_default(study: Study) -> None:
    """Level 5 was wanted where the scale went to 5; it goes to 4 since."""
    store = Targets(study.folder)
    store.add([Change("code", 5, "Risque", CLOSED)])
    wide = {**FRAMEWORK, "targets": {"core": 3}}
    narrow = {**wide, "levels": FRAMEWORK["levels"][:5]}
    for plain, wanted in ((wide, (5, False)), (narrow, (3, True))):
        assert levels(store.of(Framework.model_validate(plain)))["code"] == wanted


def test_a_damaged_target_is_named(study: Study) -> None:
    """And nothing is changed."""
    file: Path = study.folder / "study.json"
    file.write_text('{"targets": {"1": {"topic": "code", "level": "high"}}}', "utf-8")
    with pytest.raises(StorageError, match="IMF-T446"):
        Targets(study.folder).of(framework_of(study))


def test_a_closed_wave_keeps_its_targets(wanting: Study) -> None:
    """While it is open they follow; a later change does not rewrite the past."""
    wave = opened(wanting)
    store = Targets(wanting.folder)
    store.set(wave.framework, ["code"], 4, "Risque", CLOSED)
    open_ones = levels(results(wanting, wave, CLOSED).figures.targets)
    assert open_ones["code"] == (4, False)
    close_wave(wanting, wave, CLOSED)
    store.set(wave.framework, ["code"], 5, "Plus haut", CLOSED)
    assert levels(released(wave).targets) == open_ones


def test_odd_targets_are_told(wanting: Study) -> None:
    """Below the level that is reached, or of a topic without a level; the others say nothing."""
    wave = opened(wanting)
    figures = results(wanting, wave, CLOSED).figures
    below, met, unrated = (
        Target("code", 1, False),
        Target("rules", 2, False),
        Target("cycle", 2, False),
    )
    assert [one.code for one in doubts(below, figures)] == ["IMF-T444"]
    assert [one.code for one in doubts(unrated, figures)] == ["IMF-T445"]
    assert doubts(met, figures) == doubts(below, None) == []
