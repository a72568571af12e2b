"""The pages of a session as a process of their own: what the console asks it to do."""

from __future__ import annotations

import time
from pathlib import Path

from room import make_session, make_team_study

from imfsurvey.faces.phones import PhonePages


def test_unencrypted_pages_for_others_are_never_taken_for_granted(tmp_path: Path) -> None:
    """Unless the facilitator was told what it means, the process refuses, and says why."""
    study, wave = make_team_study(tmp_path / "zone")
    pages = PhonePages(study, make_session(wave))
    pages.start("198.51.100.7", "en")  # documentation's own address, RFC 5737
    end = time.monotonic() + 60
    while pages.poll() == "starting":
        assert time.monotonic() < end
        time.sleep(0.05)
    assert pages.state == "dead" and pages.words.startswith("IMF-F180")
    pages.stop()
