"""Several programs on one server."""

import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

from postgres import Cluster

from imfsurvey.store.postgresql import schema
from imfsurvey.store.postgresql.store import PostgresStore

WRITER = Path(__file__).with_name("writer.py")

MIGRATING = """
import os, sys
from imfsurvey.store.postgresql import table
from imfsurvey.store.postgresql.store import PostgresStore

children = []
for _ in range(4):
    child = os.fork()
    if not child:
        for url in sys.argv[1:]:
            store = PostgresStore(url, "raced")
            store.reserve(1)
            store.close()
        sys.exit()
    children.append(child)
print([os.waitpid(child, 0)[1] for child in children])
"""


def confirmed_by(processes: int, store: PostgresStore, count: int, seed: str = "") -> list[str]:
    """Let processes fill a box; returns all lines that they confirmed."""
    command = [WRITER, processes, store.url, store.box, count, seed]
    done = subprocess.run(
        [sys.executable, *map(str, command)], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.split()


def test_eight_writers(opened: Callable[[str], PostgresStore]) -> None:
    """What eight processes add at the same time is all there, as it was sent."""
    store = opened("eight")
    confirmed = confirmed_by(8, store, 50)
    assert len(set(confirmed)) == 400
    assert {entry.response_id.hex: entry.payload for entry in store.entries()} == {
        line: uuid.UUID(line).bytes * 40 for line in confirmed
    }


def test_four_writers_with_the_same_responses(opened: Callable[[str], PostgresStore]) -> None:
    """Processes that send the same ids at the same time store each once, and confirm to all."""
    store = opened("same")
    confirmed = confirmed_by(4, store, 100, "seed")
    assert len(confirmed) == 400 and len(set(confirmed)) == store.count() == 100


def test_four_programs_make_the_tables(cluster: Cluster) -> None:
    """Programs that meet an empty database at one moment all go on; no step is taken twice."""
    names = ["raced0", "raced1", "raced2"]
    for name in names:
        cluster.sql(f"CREATE DATABASE {name}")
    urls = [cluster.address(database=name) for name in names]
    done = subprocess.run(
        [sys.executable, "-c", MIGRATING, *urls], check=True, stdout=subprocess.PIPE, text=True
    )
    assert done.stdout == "[0, 0, 0, 0]\n"
    steps = [(number,) for number in range(1, len(schema.STEPS) + 1)]
    for name in names:
        found = cluster.sql("SELECT number FROM imfsurvey.step ORDER BY number", database=name)
        assert found == steps
