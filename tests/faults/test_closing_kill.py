"""Closing a wave, killed behind its last word: what may not stay goes all the same."""

from __future__ import annotations

from pathlib import Path

from faults.killing import killed_at_every_step
from zone import OPENED, make_zone

from imfsurvey.study.life import open_wave
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook


def test_what_a_killed_closing_leaves_goes_when_the_wave_is_unsealed(tmp_path: Path) -> None:
    """Which answers came from which computer or file, what was put aside or typed in, and the
    readable ratings beside the sealed ones: all of it lies there after the first kill, nothing
    once a key holder has been there. The 9 responses (6 merged, 3 imported) are counted always."""
    study = make_zone(tmp_path / "zone")
    draft = study.new_wave("zero", 2026, questionnaires=("assessment.yaml", "anonymous.yaml"))
    wave = open_wave(study, draft, OPENED)
    (code,) = TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    told = killed_at_every_step("closing_steps.py", study.folder, wave.id, code)
    every = ["merged/*.txt", "drafts/*", "keying/*.json", "assessment.json", "digest"]
    assert told[0]["then"] == every and told[-1]["then"] == []
    for one in told:
        assert (one["status"], one["counted"], one["left"]) == ("closed", 9, [])
