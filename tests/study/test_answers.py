"""Two programs that write at one text: item by item, nothing is lost of what the other wrote."""

from pathlib import Path

import pytest
from zone import OPENED, QUESTIONNAIRES, make_zone

from imfsurvey.faces.named_sitting import NamedSitting, PolicySitting
from imfsurvey.interview import Answer
from imfsurvey.study.answers import kept, plain
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.life import open_wave
from imfsurvey.study.policy.text import PolicyText

A, B, C = (Answer("answered", text) for text in "abc")


@pytest.mark.parametrize(
    ("since", "now", "stored", "expected"),
    [
        ({}, {"x": A}, {}, {"x": A}),
        ({"x": A}, {"x": A}, {"x": B}, {"x": B}),  # the other changed it
        ({"x": A}, {"x": B}, {"x": A, "y": C}, {"x": B, "y": C}),  # one each
        ({"x": A}, {"x": B}, {"x": C}, {"x": B}),  # both the same: the last one
        ({"x": A, "y": B}, {"x": A}, {"x": A, "y": B}, {"x": A}),  # taken back here
        ({"x": A, "y": B}, {"x": A, "y": B}, {"y": B}, {"y": B}),  # taken back there
        (None, {"x": A}, {"x": B, "y": C}, {"x": A}),
    ],
)
def test_what_is_kept(
    since: dict[str, Answer] | None,
    now: dict[str, Answer],
    stored: dict[str, Answer],
    expected: dict[str, Answer],
) -> None:
    """What was changed here, and of all else what is stored."""
    assert kept(now, since, plain(stored)) == plain(expected)


def test_two_write_at_the_policy(tmp_path: Path) -> None:
    """The officer's sections are there after the mandatary, who began before, has saved theirs;
    the version that is kept holds both."""
    text = PolicyText(make_zone(tmp_path / "zone"))
    officer, mandatary = PolicySitting(text, "fr"), PolicySitting(text, "nl")
    officer.interview.record("vision", "answered", "Clear rules")
    officer.keep()
    mandatary.interview.record("since", "answered", "2024-05")
    mandatary.finish()
    officer.interview.record("vision", "answered", "Clear rules for all")
    officer.keep()
    assert {item: one.value for item, one in text.answers.items()} == {
        "vision": "Clear rules for all",
        "since": "2024-05",
    }
    (version,) = text.versions
    assert version.answers["vision"].value == "Clear rules"


def test_one_rater_at_two_screens(tmp_path: Path) -> None:
    """Ratings given in one window are there when the other, opened before, saves its own."""
    study = make_zone(tmp_path / "zone")
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    asked = wave.questionnaire("assessment")
    first, second = (NamedSitting(wave, asked, "mandatary", "fr") for _ in range(2))
    first.interview.record("sa_code", "answered", 2)
    first.keep()
    second.interview.record("sa_rules", "answered", 1)
    second.keep()
    first.interview.clear("sa_code")
    first.keep()
    draft = Assessment(wave).draft(asked, "mandatary")
    assert draft is not None
    assert draft.answers["sa_rules"].value == 1
    assert not draft.answers.get("sa_code", Answer()).given
