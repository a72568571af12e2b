"""The action plan and the policy in a real terminal, killed in between, and what is on disk."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from keyholders import close_and_unseal
from zone import CLOSED, OPENED, QUESTIONNAIRES, make_zone, rate

from e2e.terminal import DOWN, ENTER, ESC, LEFT, Terminal
from e2e.test_zone import run
from imfsurvey.source.document import read
from imfsurvey.study.life import open_wave

F8, ERASE = "\x1b[19~", "\x7f"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study on the sample questionnaires, its zero wave rated and closed.

    Training 0 holds guide and the whole down, rules 1 determine, cycle 2 processes.
    """
    study = make_zone(tmp_path / "zone")
    wave = study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    wave = open_wave(study, wave, OPENED)
    rate(wave, {"sa_code": 3, "sa_rules": 1, "sa_training": 0, "sa_cycle": 2})
    close_and_unseal(study, wave, CLOSED)
    return study.folder


def started(folder: Path, *arguments: str, size: tuple[int, int] = (80, 24)) -> Terminal:
    """The program in English."""
    return Terminal(*arguments, cwd=folder, size=size, LANG="en_GB.UTF-8")


def see(terminal: Terminal, *words: str) -> None:
    """Each of them on the screen."""
    for one in words:
        terminal.wait_for(one)


def killed(terminal: Terminal) -> None:
    """The power is cut."""
    terminal.signal(signal.SIGKILL)
    assert terminal.end() == 128 + signal.SIGKILL


def plan(folder: Path) -> list[dict[str, Any]]:
    """What the command says of the plan, the rejected ones too."""
    found: list[dict[str, Any]] = json.loads(run("actions", "--rejected", "--json", cwd=folder))
    return found


def test_a_plan_is_made_on_the_board(folder: Path) -> None:
    """Proposed, accepted, owner and day given, moved, rejected, undone; kill -9 loses nothing."""
    terminal = started(folder)
    see(terminal, "A Actions")
    terminal.press("a")
    see(terminal, "No action yet")
    terminal.press("p")
    see(terminal, "3 actions are proposed", "? a1 [FR] Formation")
    terminal.press("a")
    see(terminal, "1 accepted")
    terminal.press(ENTER)
    see(terminal, "Plan: planned", "Hint: nobody answers for it")
    terminal.press(DOWN, DOWN, DOWN, ENTER)
    see(terminal, "Which function or service")
    terminal.press("HR", ENTER)
    terminal.wait_gone("nobody answers for it")
    terminal.press(DOWN, ENTER)
    see(terminal, "By which day")
    terminal.press("31/02/2020", ENTER)
    see(terminal, "'31/02/2020' is no day")
    terminal.press(*[ERASE] * 10, "31/03/2020", ENTER)
    see(terminal, "31 March 2020")
    killed(terminal)
    one, two, three = plan(folder)
    assert (one["topic"], one["owner"], one["deadline"]) == ("training", "HR", "2020-03-31")
    assert (one["decision"], two["decision"], three["decision"]) == (
        "accepted",
        "proposed",
        "proposed",
    )

    terminal = started(folder, size=(120, 40))
    see(terminal, "A Actions")
    terminal.press("a")
    see(terminal, "[Plan 3]", "Do 0", "Check 0", "Act 0", "OVERDUE · 31/03/2020 · HR")
    terminal.press("o")
    see(terminal, "[Plan 1]")
    terminal.press("o")
    see(terminal, "[Plan 3]")
    terminal.press("+")
    see(terminal, "[Do 1]")
    terminal.press(LEFT, "r")
    see(terminal, "Reject action a2")
    terminal.press(ENTER)
    see(terminal, "Say why it is rejected")
    terminal.press("Later", ENTER)
    terminal.wait_gone("a2 [FR]")
    terminal.press("u")
    see(terminal, "Undone: rejected: a2", "? a2 [FR]")
    terminal.press(ESC)
    see(terminal, "A Actions")
    terminal.press(ESC)
    assert terminal.end() == 0
    assert [(one["decision"], one["step"]) for one in plan(folder)] == [
        ("accepted", "do"),
        ("proposed", "plan"),
        ("proposed", "plan"),
    ]


def test_the_policy_is_written_and_approved(tmp_path: Path) -> None:
    """What the study suggests is taken over key by key, kept through kill -9, then approved."""
    folder = tmp_path / "zone"
    named = ("--entity", "Zone 5399", "--mandatary", "A. Dubois", "--officer", "J. Peeters")
    run("new", str(folder), *named, "--period", "2026-2030", cwd=tmp_path)
    terminal = started(folder, "policy")
    see(terminal, "Nothing written yet", "1. Identification")
    terminal.press(ENTER)
    see(terminal, "From the study: Zone 5399")
    terminal.press(F8)
    see(terminal, "9 of 150 characters")
    terminal.press(ENTER)
    see(terminal, "From the study: 2026")
    killed(terminal)
    status = json.loads(run("policy", "status", "--json", cwd=folder))
    assert (status["state"], status["sections"][0]["share"]) == ("draft", 0.2)  # one of five

    terminal = started(folder, "policy")
    see(terminal, "Draft, not approved", "20%")
    terminal.press(ENTER)
    for words in ("From the study: 2026", "From the study: 2030", "A. Dubois", "J. Peeters"):
        see(terminal, words)
        terminal.press(F8)
        see(terminal, "Taken over")
        terminal.press(ENTER)
    see(terminal, "codes, values, standards")
    terminal.press(ESC)
    see(terminal, "100%", "fully there")
    terminal.press("a")
    see(terminal, "On which day was the policy approved?")
    terminal.press(*[ERASE] * 10, "01/01/2199", ENTER)
    see(terminal, "today or before")
    terminal.press(*[ERASE] * 10, "04/05/2024", ENTER)
    see(terminal, "Who approved it?")
    terminal.press("Conseil de police", ENTER)
    see(terminal, "Written into study.yaml", "Approved on 4 May 2024 by Conseil de police")
    terminal.press(ESC)
    assert terminal.end() == 0
    approval = read(folder / "study.yaml").value["policy"]
    assert approval == {"approved_on": "2024-05-04", "approved_by": "Conseil de police"}
    run("policy", "write", "--format", "md", "--languages", "fr", cwd=folder)
    document = (folder / "reports" / "policy.fr.md").read_text("utf-8")
    assert "Zone 5399" in document and "A. Dubois" in document
