"""Programs killed at random moments (SIGKILL). IMFSURVEY_KILLS=500 for a long run."""

import os
import uuid
from pathlib import Path

from faults.killing import confirmed_until_killed
from tinydb import TinyDB

from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.desk import Desk

HERE = Path(__file__).parent
WRITER = HERE.parent / "store" / "writer.py"
TRANSACTIONS = HERE / "transactions.py"
KILLS = int(os.environ.get("IMFSURVEY_KILLS", "40"))
SLOT_SIZE, SEGMENT_SLOTS = 512, 32


def test_box(tmp_path: Path) -> None:
    """Every confirmed response is read back after any kill, and unmodified TinyDB opens the box."""
    confirmed: set[uuid.UUID] = set()
    for _ in range(KILLS):
        lines = confirmed_until_killed(WRITER, tmp_path, SLOT_SIZE, SEGMENT_SLOTS, 0, early=0.25)
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
        lines = confirmed_until_killed(TRANSACTIONS, path, early=0.25)
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
