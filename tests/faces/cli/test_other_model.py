"""Another maturity model, as data: from its file to its report, without a line of code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commandline import Cli
from zone import IDENTITY, SAMPLES

from imfsurvey.interview import Interview
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.folder import Study

WAVE = "2026-zero"
ASSESSMENT = "mean.assessment.yaml"

RATED = {
    **{"m_code": 3, "m_gifts": 2, "m_intranet": 0},
    **{"m_courses": 3, "m_coaching": 0, "m_contact": 3, "m_follow_up": 2},
}

# By hand: level = mean of the children, unrounded on the way up, rounded down to be said;
# index = 100/3 x mean level, core 2, complementary 1; core index = without the complementary one.
EXPECTED = {
    "rules": (2, 200 / 3, 250 / 3),  # core 3, 2: 2.5; (2x3 + 2x2 + 1x0) / 5 = 2
    "training": (1, 50, 50),  # 3, 0: 1.5
    "voice": (2, 250 / 3, 250 / 3),  # 3, 2: 2.5
    "people": (2, 200 / 3, 200 / 3),  # (1.5 + 2.5) / 2 = 2; of rounded levels it would be 1
    "overall": (2, 200 / 3, 75),  # (2.5 + 2) / 2 = 2.25; index (2 + 2) / 2
}
HELD = {
    "rules": ["gifts"],
    "training": ["coaching"],
    "voice": ["follow-up"],
    "people": ["training", "voice"],
    "overall": ["rules", "people"],
}


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study whose folder holds the other model and a questionnaire on it."""
    study = Study.create(tmp_path / "other", IDENTITY)
    own = study.folder / "questionnaires"
    own.mkdir(exist_ok=True)
    shutil.copy(SAMPLES / "mean.framework.yaml", own / "imf.framework.yaml")
    shutil.copy(SAMPLES / ASSESSMENT, own)
    monkeypatch.chdir(study.folder)
    return study


def measured(cli: Cli, study: Study) -> None:
    """Its wave, opened, answered and closed."""
    assert (
        cli("wave", "new", "--kind", "zero", "--name", WAVE, "--questionnaire", ASSESSMENT)[0] == 0
    )
    assert cli("wave", "open", WAVE).code == 0
    wave = study.wave(WAVE)
    questionnaire = next(iter(wave.questionnaires.values()))
    interview = Interview(questionnaire, wave.framework, "nl", groups=wave.groups)
    for item, level in RATED.items():
        interview.record(item, "answered", level)
        if level == 3:
            interview.note(item, "evidence", "Note")
    assert interview.unfinished() == ()
    Assessment(wave).save(questionnaire, "mandatary", interview, finished=True)
    assert cli("wave", "close", WAVE, "--yes").code == 0


def test_the_files_are_checked(cli: Cli, other: Study) -> None:
    """The framework by itself, the questionnaire against it; neither has a problem."""
    framework = "questionnaires/imf.framework.yaml"
    assert cli("check", framework).code == 0
    assert cli("check", "--framework", framework, f"questionnaires/{ASSESSMENT}").code == 0


def test_a_study_checks_by_its_own_framework(
    cli: Cli, other: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside it nothing has to be named; elsewhere the IMF is meant, or --study says which."""
    file = str(other.folder / "questionnaires" / ASSESSMENT)
    assert cli("check", file).code == 0
    assert cli("walk", file, "-n", "5").code == 0
    monkeypatch.chdir(other.folder.parent)
    assert "IMF-E060" in cli("check", file).out
    assert cli("check", "--study", str(other.folder), file).code == 0


def test_of_another_framework_one_thing_is_said(cli: Cli, other: Study) -> None:
    """Not that each of its topics and levels is missing, which would be hundreds of lines."""
    assert cli("wave", "new", "--kind", "zero").code == 0
    said = cli("wave", "show", WAVE)
    assert said.err.count("IMF-") == 1
    assert "made for the framework 'be.police.imf'" in said.err


def test_its_figures_are_those_of_a_hand_count(cli: Cli, other: Study) -> None:
    """Levels by the mean, indices as ever, and no balance that nobody declared."""
    measured(cli, other)
    maturity = json.loads(cli("results", WAVE, "--json").out)["maturity"]
    found = {**maturity["nodes"], "overall": maturity["overall"]}
    for node, (level, index, core) in EXPECTED.items():
        assert (found[node]["demonstrated"], found[node]["at_most"]) == (level, level)
        assert found[node]["index"] == pytest.approx(index)
        assert found[node]["core_index"] == pytest.approx(core)
    assert {node: one["binding"] for node, one in found.items()} == HELD
    assert maturity["gate_holds"] is False
    assert maturity["balance"]["balance"] is None
    assert "BALANCE" not in cli("results", WAVE).out


@pytest.mark.parametrize(
    ("language", "said", "shares", "balance"),
    [
        ("fr", "arrondie vers le bas", "85", "Équilibre"),
        ("nl", "naar beneden afgerond", "85", "Evenwicht"),
    ],
)
def test_its_report_claims_no_other_rule(
    cli: Cli, other: Study, language: str, said: str, shares: str, balance: str
) -> None:
    """The method page tells of the mean, not of shares; no balance, no policy that it asks for."""
    measured(cli, other)
    assert cli("report", WAVE, "--format", "html,md", "--languages", "fr,nl").code == 0
    assert (other.folder / "reports" / f"{WAVE}-summary.{language}.html").exists()
    report = (other.folder / "reports" / f"{WAVE}-summary.{language}.md").read_text("utf-8")
    assert said in report
    assert balance not in report
    assert f"{shares} %" not in report
    assert "ISO" not in report
