"""A clock that is wrong or jumps: nothing in a box depends on it."""

import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.disk import LEVEL_TIME

WRITER = Path(__file__).parent.parent / "store" / "writer.py"
YEARS = ["2031-02-03 04:05:06", "2024-02-29 23:59:59", "1999-12-31 00:00:00"]


def write_in(folder: Path, moment: str, *arguments: str) -> list[str]:
    """Let a program add twenty responses while its clock says that moment; what is confirmed."""
    command = ["faketime", moment, sys.executable, WRITER, folder, "256", "64", "20", *arguments]
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    return done.stdout.split()


@pytest.mark.system
def test_clock_that_jumps_back(tmp_path: Path) -> None:
    """Programs of which each lives years before the last one add to one box; nothing is lost and
    no file tells which came when."""
    confirmed = [line for moment in YEARS for line in write_in(tmp_path, moment)]
    stored = {entry.response_id for entry in BoxStore(tmp_path, 256, 64).entries()}
    assert stored == {uuid.UUID(line) for line in confirmed} and len(stored) == 60
    times = {path.stat().st_mtime for path in (tmp_path, *tmp_path.iterdir())}
    assert times == {LEVEL_TIME}


@pytest.mark.system
def test_clock_leaves_no_trace(tmp_path: Path) -> None:
    """The same responses, stored in different years, are the same bytes in the same slots or
    others: as sets of slots two boxes are equal."""
    boxes = []
    for moment in YEARS:
        folder = tmp_path / moment[:4]
        write_in(folder, moment, "seed")
        (path,) = folder.glob("seg-*.json")
        raw = path.read_bytes()
        boxes.append(sorted(raw[at : at + 256] for at in range(0, len(raw), 256)))
    assert boxes[0] == boxes[1] == boxes[2]
