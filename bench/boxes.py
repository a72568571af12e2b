"""What it costs to store one response, beside what it must cost and beside other stores.

    python3 dev.py bench boxes [--quick] [--folder FOLDER]

All contenders take turns in one run, so that a busy machine slows them alike: read the ratios.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from measure import ROOT, table, timed
from tinydb import TinyDB

from imfsurvey.store import slots
from imfsurvey.store.boxes import BoxStore

PAYLOAD = bytes(random.Random(1).randbytes(600))
"""Of the length of a survey with sixty items."""

SLOT = slots.slot_size_for(len(PAYLOAD))
TINYDB_MOST = 1_000
WRITERS = 8
PlanT = TypeVar("PlanT")


class Contender(Protocol):
    """One way of storing. `__init__` takes its folder; `fill` is not measured."""

    name: str
    payload: bytes = PAYLOAD
    """What is stored each time; its subclasses in other benches store something else."""

    def __init__(self, folder: Path) -> None: ...
    def fill(self, count: int, more: int) -> None:
        """Store `count` responses in bulk and make ready for `more`."""

    def add(self) -> None:
        """Store one response durably."""

    def read(self) -> Iterator[bytes]:
        """All that is stored."""


class Append(Contender):
    """The floor: append to a file, flush."""

    name = "append + fsync"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "appended"
        self.descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def fill(self, count: int, more: int) -> None:
        """See `Contender`."""
        os.write(self.descriptor, self.payload * count)
        os.fsync(self.descriptor)

    def add(self) -> None:
        """See `Contender`."""
        os.write(self.descriptor, self.payload)
        os.fsync(self.descriptor)

    def read(self) -> Iterator[bytes]:
        """See `Contender`."""
        with self.path.open("rb") as file:
            while piece := file.read(len(self.payload)):
                yield piece


class Overwrite(Contender):
    """The floor of a slotted file: overwrite what is allocated, at random, flush the contents."""

    name = "overwrite + fdatasync"

    def __init__(self, folder: Path) -> None:
        self.descriptor = os.open(folder / "overwritten", os.O_RDWR | os.O_CREAT)
        self.size = 0

    def fill(self, count: int, more: int) -> None:
        """See `Contender`."""
        self.size = count + more
        for _ in range(0, self.size, 16):  # in small pieces, as the boxes are made
            os.write(self.descriptor, b" " * SLOT * 16)
        os.fsync(self.descriptor)

    def add(self) -> None:
        """See `Contender`."""
        os.pwrite(self.descriptor, self.payload.ljust(SLOT), random.randrange(self.size) * SLOT)
        os.fdatasync(self.descriptor)

    def read(self) -> Iterator[bytes]:
        """See `Contender`."""
        return (os.pread(self.descriptor, SLOT, slot * SLOT) for slot in range(self.size))


def fill_slots(folder: Path, payload: bytes, count: int) -> None:
    """Fill slots of the reserved segments of a box, all of them equally full, flushed once."""
    frames = {path: slots.frame_of(path.read_bytes()) for path in folder.glob("seg-*")}
    room = sum(frame.limit for frame in frames.values() if frame is not None)
    done = seen = 0
    for path, frame in frames.items():
        assert frame is not None
        seen += frame.limit
        share = count * seen // room - done
        done += share
        with path.open("r+b") as file:
            for slot in random.sample(range(1, frame.slots + 1), share):
                file.seek(frame.offset(slot))
                file.write(slots.encode(uuid.uuid4(), payload, frame.slot_size))
            file.flush()
            os.fsync(file.fileno())


class Box(Contender):
    """The store of this program."""

    name = "BoxStore"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "box"
        self.store = BoxStore(self.folder, SLOT)

    def fill(self, count: int, more: int) -> None:
        """Slots are written straight into the reserved segments, equally full, flushed once."""
        self.store.reserve(count + more)
        fill_slots(self.folder, self.payload, count)
        self.store.close()

    def add(self) -> None:
        """See `Contender`."""
        self.store.add(uuid.uuid4(), self.payload)

    def read(self) -> Iterator[bytes]:
        """See `Contender`."""
        return self.store.payloads()


class Sqlite(Contender):
    """SQLite as durable as the others: write-ahead log, flushed at each commit."""

    name = "SQLite WAL FULL"

    def __init__(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "responses.db", timeout=60, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=FULL")
        self.database.execute(
            "CREATE TABLE IF NOT EXISTS responses (id BLOB PRIMARY KEY, payload BLOB) WITHOUT ROWID"
        )

    def fill(self, count: int, more: int) -> None:
        """See `Contender`."""
        rows = ((uuid.uuid4().bytes, self.payload) for _ in range(count))
        self.database.execute("BEGIN")
        self.database.executemany("INSERT INTO responses VALUES (?, ?)", rows)
        self.database.execute("COMMIT")
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def add(self) -> None:
        """See `Contender`."""
        row = (uuid.uuid4().bytes, self.payload)
        self.database.execute("INSERT INTO responses VALUES (?, ?)", row)

    def read(self) -> Iterator[bytes]:
        """See `Contender`."""
        return (row[0] for row in self.database.execute("SELECT payload FROM responses"))


class Stock(Contender):
    """TinyDB as it comes; it does not flush."""

    name = "TinyDB (no flush)"

    def __init__(self, folder: Path) -> None:
        self.database = TinyDB(folder / "stock.json")

    def fill(self, count: int, more: int) -> None:
        """See `Contender`."""
        self.database.insert_multiple(self.document() for _ in range(count))

    def add(self) -> None:
        """See `Contender`."""
        self.database.insert(self.document())

    def document(self) -> dict[str, object]:
        """One response."""
        return {"p": self.payload.hex()}

    def read(self) -> Iterator[bytes]:
        """See `Contender`."""
        return (bytes.fromhex(document["p"]) for document in self.database)


ADDING: list[type[Contender]] = [Append, Overwrite, Box, Sqlite, Stock]
SHARED: list[type[Contender]] = [Append, Box, Sqlite]


class Plan(NamedTuple):
    """How much is measured."""

    sizes: tuple[int, ...]
    rounds: int
    each: int
    """Responses of each of the writers at once."""


FULL = Plan((0, 100, 1_000, 10_000, 100_000), 300, 500)
QUICK = Plan((0, 100, 1_000), 20, 10)


def filled(kind: type[Contender], folder: Path, count: int, more: int) -> Contender:
    """A contender that stores so many already, warmed up by one more."""
    folder.mkdir(parents=True)
    contender = kind(folder)
    contender.fill(count, more + 1)
    contender.add()
    return contender


def adding(folder: Path, sizes: tuple[int, ...], rounds: int) -> list[dict[str, float]]:
    """Median milliseconds of one durable add, for each size by contender; all, of all sizes,
    take turns, since what is compared is also a large store with a small one."""
    contenders = [
        (size, filled(kind, folder / f"add-{size}" / kind.__name__, size, rounds))
        for size in sizes
        for kind in ADDING
        if kind is not Stock or size <= TINYDB_MOST
    ]
    os.sync()
    times: dict[tuple[int, str], list[float]] = {}
    for _ in range(rounds):
        random.shuffle(contenders)
        for size, contender in contenders:
            times.setdefault((size, contender.name), []).append(timed(contender.add))
    medians = {key: statistics.median(found) for key, found in times.items()}
    return [{name: m for (at, name), m in medians.items() if at == size} for size in sizes]


def reading(folder: Path, size: int) -> dict[str, float]:
    """Median milliseconds of reading everything three times, from what `adding` left."""
    kinds = [kind for kind in ADDING if kind is not Stock or size <= TINYDB_MOST]
    times: dict[str, list[float]] = {kind.name: [] for kind in kinds}
    for kind in kinds * 3:
        if kind is Overwrite:
            continue
        reader = kind(folder / kind.__name__).read()
        times[kind.name].append(timed(lambda reader=reader: sum(1 for _ in reader)))
    return {name: statistics.median(found) for name, found in times.items() if found}


def write_many(kind: type[Contender], folder: Path, each: int) -> float:
    """What one of the writers does; returns its milliseconds, opening included."""

    def work() -> None:
        contender = kind(folder)
        for _ in range(each):
            contender.add()

    return timed(work)


def together(
    folder: Path, size: int, each: int, kinds: Sequence[type[Contender]] = SHARED
) -> dict[str, tuple[float, int]]:
    """Responses per second of all writers together, and how many confirmed ones were lost."""
    found = {}
    for kind in kinds:
        place = folder / kind.__name__
        filled(kind, place, size, WRITERS * each)
        with ProcessPoolExecutor(WRITERS, multiprocessing.get_context("spawn")) as pool:
            work = [pool.submit(write_many, kind, place, each) for _ in range(WRITERS)]
            slowest = max(done.result() for done in work)
        stored = sum(1 for _ in kind(place).read())
        lost = size + 1 + WRITERS * each - stored
        found[kind.name] = (WRITERS * each / slowest * 1000, lost)
    return found


def ratios(
    title: str,
    sizes: tuple[int, ...],
    found: list[dict[str, float]],
    kinds: Sequence[type[Contender]] = ADDING,
) -> str:
    """Medians, with the ratio to the floor of the same size."""
    rows = []
    for kind in kinds:
        if not any(kind.name in column for column in found):
            continue
        cells = [
            f"{column[kind.name]:.3f} ms ({column[kind.name] / column[Append.name]:.2f}x)"
            if kind.name in column
            else "-"
            for column in found
        ]
        rows.append([kind.name, *cells])
    return table([title, *(f"{size:,} stored" for size in sizes)], rows)


def report(plan: Plan, folder: Path) -> Iterator[str]:
    """The tables, one after the other."""
    found = adding(folder, plan.sizes, plan.rounds)
    yield ratios("add one", plan.sizes, found)
    first, last = (column[Box.name] / column[Append.name] for column in (found[0], found[-1]))
    yield f"BoxStore, ratio at {plan.sizes[-1]:,} to ratio at 0: {last / first:.2f}"
    last_size = plan.sizes[-1]
    yield ratios("read all", (last_size,), [reading(folder / f"add-{last_size}", last_size)])
    rows = []
    for size in (0, last_size):
        for name, (speed, lost) in together(folder / f"many-{size}", size, plan.each).items():
            rows.append([name, f"{size:,}", f"{speed:,.0f}", str(lost)])
    yield table([f"{WRITERS} writers at once", "stored before", "responses/s", "lost"], rows)


def run(
    about: str | None, report: Callable[[PlanT, Path], Iterator[str]], full: PlanT, quick: PlanT
) -> int:
    """Print the tables of a bench, in whole or quickly, and remove what it stored."""
    parser = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="small sizes, a few seconds")
    parser.add_argument("--folder", type=Path, default=ROOT, help="on which disk to measure")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="bench-") as folder:
        for text in report(quick if options.quick else full, Path(folder)):
            print(text, end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(run(__doc__, report, FULL, QUICK))
