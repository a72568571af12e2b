"""`imfsurvey` without a command, and `results --gap`: the dashboard and the gap in lines."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from commandline import Cli
from keyholders import close_and_unseal
from zone import CLOSED, rate, respond

from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

Closed = Callable[..., Wave]


@pytest.fixture
def closed(study: Study, wave: Wave) -> Wave:
    """Rated 3, 1, 0, 2. Nine of twelve do not see the code, three do."""
    rate(wave, {"sa_code": 3, "sa_rules": 1, "sa_training": 0, "sa_cycle": 2})
    respond(wave, 9, clear=2, unclear=4)
    respond(wave, 3, clear=4, unclear=2)
    close_and_unseal(study, wave, CLOSED)
    return wave


def test_the_dashboard_is_printed_without_a_terminal(cli: Cli, closed: Wave) -> None:
    """Code claims 60; both statements have mean (9 x 2 + 3 x 4) / 12 = 2.5, so 37.5 of 100: +22.5.
    Twelve of 52 answered: under 30, so a range; never more than 80 columns."""
    out = cli().out
    assert "Next step: write and read the report: imfsurvey report 2026-zero" in out
    assert "Then: let the wave propose actions" in out
    assert "Claimed and not confirmed by the staff: 1 of 1 topics: “[FR] Code”" in " ".join(
        out.split()
    )
    assert "without the signs 23." in out
    assert max(map(len, out.splitlines())) <= 80
    (rate_line,) = [line for line in out.splitlines() if line.startswith("Staff who answered")]
    assert "-" in rate_line
    assert "|" in out or "├" in out


def test_what_is_not_known_is_not_told_as_if_it_were(cli: Cli, study: Study, wave: Wave) -> None:
    """Instruments: 3 and, unknown, 0 to 5: level 0, at most 3 (one of two at 4 is not most).
    Four people answered: that it was fewer than five is said, and nowhere how many."""
    rate(wave, {"sa_code": 3, "sa_rules": "na", "sa_training": "dk", "sa_cycle": 1})
    respond(wave, 4, clear=4, unclear=2)
    close_and_unseal(study, wave, CLOSED)
    rows = {line[:30].strip(): line[30:].split() for line in cli().out.splitlines()}
    assert rows["[FR] Instruments"] == ["0-3"]
    assert rows["Staff who answered"] == ["<", "5"]
    found = json.loads(cli("--json").out)["waves"][0]
    assert found["responses"]["sample.survey"] == {"rate": None, "band": None}


def test_the_same_for_programs(cli: Cli, closed: Wave) -> None:
    """--json gives the figures unrounded, and steps with their words."""
    found = json.loads(cli("--json").out)
    assert found["waves"][0]["wave"] == closed.id
    assert found["gap"] == {"mean": 22.5, "mean_distance": 22.5, "unconfirmed": ["code"]}
    assert [one["step"] for one in found["steps"]][:3] == ["report", "propose", "policy"]
    assert found["waves"][0]["responses"]["sample.survey"]["rate"] is None


def test_json_belongs_behind_a_command(cli: Cli, study: Study) -> None:
    """Before one it is refused instead of being passed over; without a study it says so."""
    ran = cli("--json", "actions")
    assert ran.code == 2
    assert "IMF-F490" in ran.err


def test_the_gap_of_a_wave(cli: Cli, closed: Wave) -> None:
    """Label and figures; for programs the same, the topics in the same order."""
    lines = cli("results", closed.id, "--gap").out.splitlines()
    place = lines.index("! [FR] Code")
    assert lines[place + 1].split()[:5] == ["3", "60", "38", "+23", "25.0%"]
    assert "not confirmed; blind spot" in lines[place + 1]
    found = json.loads(cli("results", closed.id, "--gap", "--json").out)
    assert found["topics"][0]["confirmed"] is False
    assert found["doubtful_pillars"] == ["instruments"]


def test_an_open_wave_has_no_gap(cli: Cli, wave: Wave) -> None:
    """What staff answer is known once the wave is closed."""
    assert cli("results", wave.id, "--gap").out.startswith("No topic was measured both")
