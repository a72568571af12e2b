"""Putting aside, sending and closing, killed between their steps, where a draft lies aside."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from faults.killing import killed_at_every_step
from zone import OPENED, make_zone

from imfsurvey.study.life import open_wave
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook


def killed(folder: Path, what: str) -> list[dict[str, Any]]:
    """What came of each copy of the program; the last one came through."""
    study = make_zone(folder)
    draft = study.new_wave("zero", 2026, questionnaires=("assessment.yaml", "anonymous.yaml"))
    wave = open_wave(study, draft, OPENED)
    (code,) = TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    told = killed_at_every_step("draft_steps.py", folder, wave.id, code, what)
    assert told[-1]["confirmed"]
    return told


def test_putting_aside_keeps_the_old_or_the_new(tmp_path: Path) -> None:
    """Never neither, nothing is stored of it, and the ticket stays good; what was confirmed is
    found. Nothing is left lying about once it was done anew."""
    told = killed(tmp_path / "zone", "aside")
    for one in told:
        assert one["stored"] == [0, 0, 0, 0]
        assert one["found"] == "now" if one["confirmed"] else one["found"] in ("earlier", "now")
    assert {one["found"] for one in told} == {"earlier", "now"}
    assert len(told[-1]["files"]) == 1


def test_sending_loses_nothing_that_was_thanked_for(tmp_path: Path) -> None:
    """As long as the ticket is not marked, the draft is there; from then on the ticket opens
    nothing, and a response that was confirmed is stored once, its draft gone."""
    told = killed(tmp_path / "zone", "send")
    for one in told:
        used, answers, texts, damaged = one["stored"]
        assert texts <= answers <= used <= 1 and damaged == 0
        assert one["found"] == ("IMF-T194" if used else "earlier")
        if one["confirmed"]:
            assert (one["stored"], one["files"]) == ([1, 1, 1, 0], [])
    seen = Counter((*one["stored"][:3], bool(one["files"])) for one in told)
    assert seen.keys() >= {
        (0, 0, 0, True),
        (1, 0, 0, True),
        (1, 1, 0, True),
        (1, 1, 1, True),
        (1, 1, 1, False),
    }


def test_closing_loses_no_draft_of_a_wave_that_stays_open(tmp_path: Path) -> None:
    """As long as the wave is open, so is the draft; when closing came through, it is gone."""
    told = killed(tmp_path / "zone", "close")
    for one in told:
        if one["status"] == "open":
            assert one["found"] == "earlier"
    assert (told[-1]["status"], told[-1]["files"]) == ("closed", [])
