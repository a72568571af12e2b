"""`imfsurvey wave`: from making to closing, and what is said on the way."""

import json

import pytest
from commandline import Cli
from zone import rate, respond

from imfsurvey.questionnaire.hashes import data_hash
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

LOCAL = ["--questionnaire", "assessment.yaml", "--questionnaire", "survey.yaml"]


def test_a_whole_life(cli: Cli, study: Study) -> None:
    """Made, opened, closed: each step says the next one, on stderr."""
    steps = [
        ["new", "--kind", "zero", "--year", "2026", *LOCAL],
        ["open", "2026-zero"],
        ["close", "2026-zero", "--yes"],
    ]
    for step, status in zip(steps, ("draft", "open", "closed"), strict=True):
        ran = cli("wave", *step)
        assert (ran.code, ran.out) == (0, "")
        assert "2026-zero" in ran.err
        assert study.wave("2026-zero").file.status == status


def test_opening_warns_of_small_cells(cli: Cli, study: Study) -> None:
    """52 people in two groups are 26 each: enough for k = 10, too few for 27."""
    survey = study.folder / "questionnaires" / "survey.yaml"
    for name, k, warned in (("enough", 10, False), ("few", 27, True)):
        survey.write_text(survey.read_text("utf-8").replace("k: 10,", f"k: {k},"), "utf-8")
        assert cli("wave", "new", "--kind", "zero", "--name", name, *LOCAL).code == 0
        ran = cli("wave", "open", name)
        assert ran.code == 0
        assert ("warning IMF-W103" in ran.err) == warned
        assert study.wave(name).file.status == "open"


def test_the_year_is_this_one(cli: Cli, study: Study) -> None:
    """Without --year the wave is of the current year; --name names it otherwise."""
    assert cli("wave", "new", "--kind", "annual").code == 0
    assert cli("wave", "new", "--kind", "final", "--name", "last").code == 0
    names = {wave.id for wave in study.waves}
    assert "last" in names
    assert any(name.endswith("-annual") and name[:2] == "20" for name in names)


def test_closing_asks(cli: Cli, study: Study, wave: Wave, at_a_terminal: None) -> None:
    """What is open and how many responded is said, then a yes is needed, in any language."""
    rate(wave, {"sa_code": 1, "sa_rules": 4}, finished=False)
    respond(wave, 7, clear=4)
    refused = cli("wave", "close", wave.id, typed="\n")
    assert refused.code == 3
    assert "IMF-F103" in refused.err
    assert "Mandate holder: 2 items of" in refused.err
    assert "7 responses" in refused.err
    assert study.wave(wave.id).file.status == "open"
    assert cli("wave", "close", wave.id, typed="jamais\n").code == 3  # though it begins like "ja"
    assert cli("wave", "close", wave.id, typed="Oui\n").code == 0
    assert study.wave(wave.id).file.status == "closed"


@pytest.mark.parametrize("n", [0, 1, 4])
@pytest.mark.parametrize("command", ["close", "show"])
def test_few_responses_are_not_counted_aloud(cli: Cli, wave: Wave, n: int, command: str) -> None:
    """Below five no number is said: not before closing, not while the wave is open."""
    respond(wave, n, clear=4)
    ran = cli("wave", command, wave.id)
    said = ran.out + ran.err
    assert "fewer than 5 responses" in said
    assert f" {n} response" not in said


def test_closing_without_an_assessment(cli: Cli, wave: Wave) -> None:
    """That nobody began the self-assessment is said."""
    assert "Nobody has started" in cli("wave", "close", wave.id).err


def test_list(cli: Cli, study: Study, wave: Wave) -> None:
    """Each wave with its state; a draft comes last."""
    study.new_wave("annual", 2027)
    ran = cli("wave", "list")
    assert ran.out.splitlines() == [
        "2026-zero        open since 2 March 2026",
        "2027-annual      in preparation",
    ]
    data = json.loads(cli("wave", "list", "--json").out)
    assert [(one["id"], one["status"], one["opened_on"], one["headcount"]) for one in data] == [
        ("2026-zero", "open", "2026-03-02", 52),
        ("2027-annual", "draft", None, None),
    ]


def test_list_without_waves(cli: Cli, study: Study) -> None:
    """An empty list is empty on stdout; what to do comes on stderr."""
    ran = cli("wave", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "imfsurvey wave new" in ran.err


def test_show(cli: Cli, study: Study, wave: Wave) -> None:
    """The questionnaires with their short names, how far raters are, how many responded."""
    rate(wave, {"sa_code": 1}, finished=False)
    rate(wave, {"sa_code": 1}, rater="officer")
    respond(wave, 6, clear=4)
    ran = cli("wave", "show", wave.id)
    assert "52 people in the groups" in ran.out
    for part in ("assessment", "survey", "Mandate holder: begun", "Integrity officer: finished"):
        assert part in ran.out
    assert "6 responses" in ran.out
    data = json.loads(cli("wave", "show", wave.id, "--json").out)
    assert [one["name"] for one in data["questionnaires"]] == ["assessment", "survey"]
    assert data["questionnaires"][1]["hash"] == wave.questionnaire("survey").form_hash
    assert data["questionnaires"][1]["data_hash"] == data_hash(wave.questionnaire("survey"))


def test_a_broken_wave_file(cli: Cli, study: Study, wave: Wave) -> None:
    """A wave.yaml that somebody spoilt is told with its place, in the excerpt's own line."""
    file = wave.folder / "wave.yaml"
    file.write_text(file.read_text("utf-8").replace("status: open", "status: opened"), "utf-8")
    ran = cli("wave", "list")
    assert ran.code == 1
    assert "IMF-E023" in ran.err
    assert "wave.yaml:" in ran.err
    assert "status: opened" in ran.err


def test_a_missing_questionnaire(cli: Cli, study: Study) -> None:
    """A file that is nowhere is told when the wave is opened."""
    assert cli("wave", "new", "--kind", "zero", "--questionnaire", "none.yaml").code == 0
    ran = cli("wave", "open", study.waves[0].id)
    assert ran.code == 1
    assert "IMF-E002" in ran.err
