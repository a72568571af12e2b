"""Programs killed at random moments (SIGKILL). IMFSURVEY_KILLS=500 for a long run."""

import os
import random
import subprocess
import sys
import time
import uuid
from pathlib import Path

from tinydb import TinyDB

from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.desk import Desk

HERE = Path(__file__).parent
WRITER = HERE.parent / "store" / "writer.py"
TRANSACTIONS = HERE / "transactions.py"
KILLS = int(os.environ.get("IMFSURVEY_KILLS", "40"))
SLOT_SIZE, SEGMENT_SLOTS = 512, 32


def confirmed_until_killed(*command: object) -> list[str]:
    """Start a program, kill it at a random moment, return the whole lines it had confirmed.

    One time in four the moment may lie before its first confirmation: during start, opening or
    the making of a segment.
    """
    with subprocess.Popen(
        [sys.executable, *map(str, command)], stdout=subprocess.PIPE, bufsize=0
    ) as program:
        assert program.stdout is not None
        first = b""
        if random.random() < 0.75:
            first = program.stdout.readline()
            time.sleep(random.uniform(0, 0.06))
        else:
            time.sleep(random.uniform(0.05, 0.25))
        program.kill()
        rest = program.stdout.read()
    assert program.returncode == -9
    lines = (first + rest).split(b"\n")
    return [line.decode() for line in lines[:-1]]


def test_box(tmp_path: Path) -> None:
    """Every confirmed response is read back after any kill, and unmodified TinyDB opens the box."""
    confirmed: set[uuid.UUID] = set()
    for _ in range(KILLS):
        lines = confirmed_until_killed(WRITER, tmp_path, SLOT_SIZE, SEGMENT_SLOTS, 0)
        confirmed.update(uuid.UUID(line) for line in lines)
        store = BoxStore(tmp_path, SLOT_SIZE, SEGMENT_SLOTS)
        assert store.damaged() == []
        assert not list(tmp_path.glob("*.tmp"))
        stored = dict(store.entries())
        assert confirmed <= stored.keys()
        # At most the one response per kill that was written and not yet confirmed.
        assert len(stored) <= len(confirmed) + KILLS
    read: list[int] = []
    for path in tmp_path.glob("seg-*.json"):
        with TinyDB(path, access_mode="r") as database:
            read += [document.doc_id for document in database.table("responses")][1:]
    assert sorted(read) == sorted(response_id.int for response_id in stored)
    print(f"{KILLS} kills, {len(confirmed)} confirmed, {len(stored)} stored, 0 lost")


def test_desk(tmp_path: Path) -> None:
    """After any kill the file is the old or the new one, whole, and nothing confirmed is lost."""
    path = tmp_path / "study.json"
    last = 0
    for _ in range(KILLS):
        lines = confirmed_until_killed(TRANSACTIONS, path)
        confirmed = int(lines[-1]) if lines else last
        tables = Desk(path).read()
        found = [[document["n"] for document in tables.table(name)] for name in ("one", "two")]
        last = found[0][0] if found[0] else 0
        assert found[0] == found[1]
        assert last in (confirmed, confirmed + 1)
        if path.exists():
            with TinyDB(path, access_mode="r", encoding="utf-8") as plain:
                assert plain.table("one").all() == tables.table("one").all()
    with Desk(path).transaction() as database:
        database.table("one").truncate()
    assert not (tmp_path / "study.json.tmp").exists()
    print(f"{KILLS} kills, {last} transactions, 0 lost")
