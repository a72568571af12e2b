"""Rows about a PostgreSQL server: the store beside plain psycopg with the same bytes."""

from __future__ import annotations

import random
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from threading import Barrier, Thread
from typing import NamedTuple

import measure
import psycopg
from measure import ROOT, Row, Sample

from imfsurvey.store import Entry
from imfsurvey.store.postgresql.store import PostgresStore

sys.path.append(str(ROOT / "tests"))
from postgres import Cluster

WRITERS = 32
PAYLOAD = random.Random(1).randbytes(600)
TABLE = "CREATE TABLE plain (box text, id uuid, payload bytea, PRIMARY KEY (box, id))"


def rows(stored: int, each: int, turns: int) -> Iterator[Row]:
    """Both rows, on a server of its own."""
    cluster = Cluster()
    try:
        cluster.start()
        cluster.sql(TABLE)
        yield writing(cluster.url, each, turns)
        yield streaming(cluster.url, stored, turns)
    finally:
        cluster.remove()


class Turn(NamedTuple):
    """Milliseconds of one turn."""

    wall: float
    cpu: float
    """Processor time of the program, the server's left out: other work on the machine changes it
    less."""


def turn(work: Callable[[], object]) -> Turn:
    """What it takes."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return Turn(1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - used))


def together(work: Callable[[], None]) -> Turn:
    """All writers at once."""
    ready = Barrier(WRITERS + 1)

    def one() -> None:
        ready.wait()
        work()

    threads = [Thread(target=one) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()

    def until_done() -> None:
        ready.wait()
        for thread in threads:
            thread.join()

    return turn(until_done)


def row_of(what: str, ours: Sequence[Turn], peer: Sequence[Turn]) -> Row:
    """Both beside each other."""
    cpu = statistics.median(one.cpu for one in ours) / statistics.median(one.cpu for one in peer)
    mine, theirs = (Sample.of([one.wall for one in turns]) for turns in (ours, peer))
    return Row(what, mine, "plain psycopg", theirs, "ratio", 1.5, cpu=cpu)


def writing(url: str, each: int, turns: int) -> Row:
    """All of them through one store, as the browser server does; the peer has one connection
    for each writer, made before the clock runs."""
    store = PostgresStore(url, "writing")
    store.reserve(WRITERS * each)
    connections = [psycopg.connect(url, autocommit=True) for _ in range(WRITERS)]

    def ours() -> None:
        for _ in range(each):
            store.add(uuid.uuid4(), PAYLOAD)

    def plain_turn() -> Turn:
        free = list(connections)

        def plain() -> None:
            connection = free.pop()
            for _ in range(each):
                row = ("writing", uuid.uuid4(), PAYLOAD)
                connection.execute("INSERT INTO plain VALUES (%s, %s, %s)", row)

        return together(plain)

    mine, peer = measure.in_turns(turns, lambda: together(ours), plain_turn)
    assert store.count() == WRITERS * each * (turns + 1)
    store.close()
    for connection in connections:
        connection.close()
    return row_of(f"PostgreSQL, {WRITERS} writers, {each} responses each", mine, peer)


class _Filling:
    """Entries for a box that is taken over."""

    def __init__(self, count: int) -> None:
        self.count = count

    def entries(self) -> Iterator[Entry]:
        """So many."""
        return (Entry(uuid.uuid4(), PAYLOAD) for _ in range(self.count))


def streaming(url: str, stored: int, turns: int) -> Row:
    """Everything once, a page at a time, beside a cursor of the server."""
    store = PostgresStore(url, "streaming")
    store.merge(_Filling(stored))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO plain SELECT 'streaming', gen_random_uuid(), %s"
            " FROM generate_series(1, %s)",
            (PAYLOAD, stored),
        )
        connection.execute("VACUUM ANALYZE")
        connection.autocommit = False

        def ours() -> Turn:
            return turn(lambda: _all_of(store.payloads(), stored))

        def plain() -> Turn:
            with connection.cursor("streamed", binary=True) as cursor:
                cursor.itersize = 1_000
                cursor.execute("SELECT payload FROM plain WHERE box = 'streaming'")
                took = turn(lambda: _all_of((row[0] for row in cursor), stored))
            connection.rollback()
            return took

        mine, peer = measure.in_turns(turns, ours, plain)
    store.close()
    return row_of(f"PostgreSQL, streaming {stored:,}", mine, peer)


def _all_of(payloads: Iterator[bytes], count: int) -> None:
    assert sum(1 for _ in payloads) == count
