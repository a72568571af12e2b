"""`imfsurvey targets`, the trend of results, and a wave that is closed too early."""

import json

from commandline import Cli
from zone import CLOSED, OPENED, QUESTIONNAIRES, rate

from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.wave import Wave

ALL = {"sa_code": 3, "sa_rules": 2, "sa_training": 2, "sa_cycle": 2}


def test_targets_are_set_listed_and_given_back(cli: Cli, study: Study, wave: Wave) -> None:
    """With what is odd about them; the list marks those that were set."""
    rate(wave, ALL)
    ran = cli("targets", "set", "code", "cycle", "2", "--why", "Peu de risques")
    assert ran.code == 0
    assert "IMF-T444: The target 2 of topic 'code' is below the level 3 reached" in ran.err
    assert "2 targets are set." in ran.err
    listed = cli("targets").out.splitlines()
    code = next(n for n, line in enumerate(listed) if line.strip() == "code")
    assert listed[code - 1].split()[-2:] == ["3", "2*"]
    assert listed[code + 1].strip() == "Peu de risques"
    (first, _) = json.loads(cli("targets", "--json").out)
    assert first == {
        "topic": "code",
        "target": 2,
        "default": False,
        "why": "Peu de risques",
        "set_on": first["set_on"],
        "level": 3,
        "gap": 0,
        "wave": "2026-zero",
    }
    assert "1 topic has" in cli("targets", "clear", "code").err
    assert [one["topic"] for one in json.loads(cli("targets", "--json").out)] == ["cycle"]


def test_a_target_needs_a_reason_and_a_topic(cli: Cli, study: Study) -> None:
    """Told in one sentence each."""
    assert cli("targets", "set", "code", "2").code == 2
    ran = cli("targets", "set", "cod", "2", "--why", "x")
    assert ran.code == 1
    assert "IMF-T440" in ran.err
    assert "did you mean code" in ran.err


def test_the_sheet_names_the_targets_that_are_not_reached(cli: Cli, wave: Wave) -> None:
    """Beside their topic, and in the trend; those that are reached stay unmarked."""
    rate(wave, ALL)
    cli("targets", "set", "code", "rules", "training", "3", "--why", "x")
    sheet = cli("results", wave.id).out
    assert "[FR] Règles (target: 3)" in sheet
    assert "[FR] Code\n" in sheet
    trend = cli("results", wave.id, "--trend").out
    # levels 3, 2 and 2, targets 3 each: 1 - 2/9
    assert "Percent to target: 78%" in trend
    assert "Targets reached: 1 of 3." in trend
    assert "2 → 3  [FR] Règles" in trend and "2 → 3  [FR] Formation" in trend
    assert "no earlier measurement" in trend


def test_measurements_in_a_row(cli: Cli, study: Study, wave: Wave) -> None:
    """Core index 0 to 100: the cycle at 2 is 40, at 3 it is 60."""
    rate(wave, ALL)
    close_wave(study, wave, CLOSED)
    draft = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
    later = open_wave(study, draft, OPENED.replace(year=2027))
    rate(later, {**ALL, "sa_cycle": 3})
    lines = cli("results", "2027-annual", "--trend").out.splitlines()
    heads = next(line for line in lines if "2026-zero" in line)
    assert heads.split() == ["2026-zero", "2027-annual"]
    row = next(line for line in lines if "Processus" in line)
    assert row.split()[-4:] == ["2", "(40)", "3", "(60)"]
    data = json.loads(cli("results", "2027-annual", "--trend", "--json").out)
    found = [one["nodes"]["processes"]["core_index"] for one in data["points"]]
    assert (data["since"], found) == ("2026-zero", [40.0, 60.0])


def test_too_few_topics_close_only_when_that_is_accepted(
    cli: Cli, study: Study, wave: Wave
) -> None:
    """With --yes it takes --incomplete too; what is missing is said before."""
    rate(wave, {"sa_code": 1}, finished=False)
    refused = cli("wave", "close", wave.id, "--yes")
    assert refused.code == 3
    assert "IMF-T430: Only 1 of the 4 core topics in scope are rated" in refused.err
    assert "IMF-F430" in refused.err
    assert study.wave(wave.id).file.status == "open"
    assert cli("wave", "close", wave.id, "--yes", "--incomplete").code == 0
    sheet = cli("results", wave.id).out
    assert "IMF-T430" in sheet
    remarks = json.loads(cli("results", wave.id, "--json").out)["remarks"]
    assert [one["code"] for one in remarks] == ["IMF-T430"]
    opened = cli("wave", "new", "--kind", "annual", "--name", "late", "--questionnaire",
                 "assessment.yaml")  # fmt: skip
    assert opened.code == 0
    assert "IMF-T435" in cli("wave", "open", "late").err
