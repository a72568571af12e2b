"""Two raters in a real terminal: apart, side by side, agreed; and what was rated last time."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from commandline import as_program
from zone import CLOSED, OPENED, QUESTIONNAIRES, make_zone, rate

from e2e.terminal import DOWN, ENTER, ESC, Terminal
from imfsurvey.interview import Interview
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave

WAVE = "2027-annual"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A closed zero measurement and an open annual one that the officer has finished."""
    made = make_zone(tmp_path / "zone")
    zero = open_wave(made, made.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    rate(zero, {"sa_code": 1, "sa_rules": 1, "sa_training": "dk", "sa_cycle": 0})
    close_wave(made, zero, CLOSED)
    draft = made.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
    annual = open_wave(made, draft, OPENED + datetime.timedelta(days=365))
    officer = {"sa_code": 2, "sa_rules": 2, "sa_training": 0, "sa_cycle": 2}
    form = annual.questionnaire("assessment")
    interview = Interview(form, annual.framework, "fr", groups=annual.groups)
    for item, level in officer.items():  # too low to need evidence, and none is given
        interview.record(item, "answered", level)
    Assessment(annual).save(form, "officer", interview, finished=True)
    return made


def test_two_raters_rate_apart_and_agree(study: Study) -> None:
    """The mandatary is refused the comparison before the end, then sees it, and they agree.

    What they agree on, by hand: code 2, training 1, and the two of which both say 2. Determine 2,
    guide 1: instruments 1 (one of two at 2 is not most). Processes 2; overall 1 and 2: level 1.
    """
    terminal = Terminal("answer", WAVE, cwd=study.folder, size=(100, 44), LANG="en_GB.UTF-8")
    terminal.wait_for("Other role")
    terminal.press("s")
    terminal.wait_for("IMF-T450")
    terminal.press(ENTER)
    terminal.wait_for("1 of 4")
    terminal.wait_for("Last time (Zero measurement 2026): 1.")
    for number, key in enumerate("1212", start=1):
        terminal.wait_for(f"{number} of 4")
        terminal.press(key)
        terminal.wait_for("(•)")
        terminal.press(ENTER)
    terminal.wait_for("Finish")
    terminal.press("f")
    terminal.wait_for("Other role")
    terminal.press("s")
    terminal.wait_for("Agreed on: 0 of 4 topics")
    first, second = terminal.text.index("Code"), terminal.text.index("Règles")
    assert first < second  # they differ on the code
    terminal.press("a")
    terminal.wait_for("Agreed on: 2 of 4 topics")
    terminal.press("3")
    terminal.wait_for("nobody named any")
    terminal.press(*"Recueil", ENTER)
    terminal.wait_for("Agreed on: 3 of 4 topics")
    terminal.press("u")
    terminal.wait_for("Agreed on: 2 of 4 topics")
    terminal.press("2")
    terminal.wait_for("Agreed on: 3 of 4 topics")
    terminal.press(DOWN, "1")
    terminal.wait_for("Agreed on: 4 of 4 topics")
    terminal.press(ESC)
    terminal.wait_for("Other role")
    terminal.press(ESC)
    assert terminal.end() == 0

    found = json.loads(as_program(study.folder, "results", WAVE, "--raters", "--json").out)
    agreed = {one["topic"]: (one["agreed"], one["differs"]) for one in found["topics"]}
    assert found["counted"] == "agreed"
    assert agreed == {
        "code": (2, True),
        "training": (1, True),
        "rules": (2, False),
        "cycle": (2, False),
    }
    figures = json.loads(as_program(study.folder, "results", WAVE, "--json").out)
    nodes = {name: one["demonstrated"] for name, one in figures["maturity"]["nodes"].items()}
    assert nodes == {"instruments": 1, "determine": 2, "guide": 1, "processes": 2}
    sheet = as_program(study.folder, "results", WAVE, "--raters").out
    assert "The figures are made from what was agreed on." in sheet
