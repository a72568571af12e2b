"""A simulated survey of a continent: rows on a real server, added to, read, counted, closed.

    python3 dev.py bench crowd [--people 200000 2000000]

A row has the length of a sealed response of the shipped survey and random bytes, brought there by
COPY; what is inside is not opened. Each step runs in a program of its own, so that its peak memory
is its own. Two sizes show whether what is linear is linear. It takes some minutes and about eight
gigabytes of `/tmp`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import measure
import psycopg
from measure import ROOT

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.tally import places, tallies
from imfsurvey.store.postgresql.store import PostgresStore

sys.path.append(str(ROOT / "tests"))
from postgres import Cluster

BOX, OTHER = "crowd", "other"
LENGTH, ITEMS, GROUPS, VALUES = 600, 60, 12, 5
ADDED = 500
SETTINGS = "\nshared_buffers = 256MB\nmax_wal_size = 2GB\n"
COPY = "COPY imfsurvey.response (box, id, payload) FROM STDIN (FORMAT BINARY)"
SIZE = "SELECT pg_total_relation_size('imfsurvey.response')"


class Variable(NamedTuple):
    """What counting needs to know of one."""

    name: str
    codes: tuple[int, ...]


def fill(url: str, people: int) -> str:
    """That many rows in the order of their arrival, as random as that is."""
    chance = random.Random(people)
    with (
        psycopg.connect(url, autocommit=True) as connection,
        connection.cursor() as cursor,
        cursor.copy(COPY) as copy,
    ):
        copy.set_types(["text", "uuid", "bytea"])
        for _ in range(people):
            copy.write_row((BOX, uuid.uuid4(), chance.randbytes(LENGTH)))
    return ""


def add(store: PostgresStore) -> str:
    """Some more, one after the other, each durable before the next."""
    for _ in range(ADDED):
        store.add(uuid.uuid4(), bytes(LENGTH))
    return ""


def stream(store: PostgresStore) -> str:
    """Everything once; how much longer the last tenth took than the first."""
    total = store.count()
    source, tenths = store.payloads(), []
    for _ in range(10):
        begun = time.perf_counter()
        read = sum(1 for _ in islice(source, -(-total // 10)))
        tenths.append((time.perf_counter() - begun) / max(read, 1))
    assert next(source, None) is None
    return f"last tenth {tenths[-1] / tenths[0]:.2f}x the first"


def counted(store: PostgresStore) -> str:
    """Read and counted by group, item and value: the first bytes of a row stand for its answers."""
    table = bytes(byte % VALUES for byte in range(256))
    rows = (payload[: ITEMS + 1].translate(table) for payload in store.payloads())
    variables = [Variable(f"v{place}", tuple(range(VALUES))) for place in range(ITEMS + 1)]
    data = Microdata.from_rows(variables, rows)
    where = places(data.columns["v0"])
    cells = [
        count
        for name in list(data.columns)[1:]
        for tally in tallies(where, GROUPS, data.columns[name])
        for count in tally.values()
    ]
    assert sum(cells) == data.responses * ITEMS
    return f"{len(cells)} cells"


def digests(store: PostgresStore) -> str:
    """What the closing record is made of."""
    return f"{len(store.digests()):,} digests"


def damaged(store: PostgresStore) -> str:
    """The table block by block, then by its index."""
    return f"{len(store.damaged())} damaged"


def close(store: PostgresStore) -> str:
    """The table written anew, as when a wave closes."""
    store.equalise()
    return ""


STEPS: dict[str, tuple[str, Callable[[PostgresStore], str]]] = {
    "add": (f"add {ADDED} one by one", add),
    "count": ("count", lambda store: f"{store.count():,}"),
    "stream": ("stream the payloads", stream),
    "digests": ("digests for the closing record", digests),
    "damaged": ("look for damage", damaged),
    "close": ("write the table anew", close),
    "counted": ("stream and count by group", counted),
}
ORDER = (
    "add",
    "fill",
    "add",
    "count",
    "stream",
    "close",
    "stream",
    "digests",
    "damaged",
    "counted",
)


def step(name: str, url: str, people: int) -> None:
    """One of them, in this program; prints its seconds, its processor time, its peak, its words."""
    store = PostgresStore(url, OTHER if name == "add" else BOX)
    store.reserve(1)
    begun, used = time.perf_counter(), time.process_time()
    told = fill(url, people) if name == "fill" else STEPS[name][1](store)
    took, cpu = time.perf_counter() - begun, time.process_time() - used
    store.close()
    status = Path("/proc/self/status").read_text("ascii")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1e3
    print(took, cpu, peak, told, sep="\t")


def steps(people: int) -> Iterator[list[str]]:
    """All of them, on a server of its own."""
    cluster = Cluster()
    try:
        cluster.configure(SETTINGS)
        cluster.start()
        for place, name in enumerate(ORDER):
            done = measure.ran(sys.executable, __file__, "step", name, cluster.url, str(people))
            took, cpu, peak, told = done.out.rstrip("\n").split("\t")
            if name == "fill":
                cluster.sql("VACUUM ANALYZE imfsurvey.response")
                ((size,),) = cluster.sql(SIZE)
                told = f"{int(str(size)) / people:,.0f} bytes each, index included"
            what = "fill by COPY (not measured)" if name == "fill" else STEPS[name][0]
            if name in ORDER[:place]:
                what += ", again"
            each = 1e6 / (ADDED if name == "add" else people)
            figures = [f"{float(took):,.1f} s", f"{float(took) * each:,.1f} µs"]
            yield [what, *figures, f"{float(cpu) * each:,.1f} µs", f"{float(peak):,.0f} MB", told]
    finally:
        cluster.remove()


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["step"]:
        name, url, people = sys.argv[2:]
        step(name, url, int(people))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[200_000, 2_000_000])
    for people in parser.parse_args().people:
        head = [f"{people:,} responses", "wall", "each", "program, each", "peak memory", ""]
        print(measure.table(head, list(steps(people))), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
