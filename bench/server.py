"""Rows about a PostgreSQL server: the store beside plain psycopg with the same bytes."""

from __future__ import annotations

import random
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from threading import Barrier, Thread

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


def together(work: Callable[[], None]) -> float:
    """Milliseconds of all writers at once."""
    ready = Barrier(WRITERS + 1)

    def one() -> None:
        ready.wait()
        work()

    threads = [Thread(target=one) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - start) * 1000


def writing(url: str, each: int, turns: int) -> Row:
    """All of them through one store, as the browser server does; the peer has one connection
    for each writer, made before the clock runs."""
    store = PostgresStore(url, "writing")
    store.reserve(WRITERS * each)
    connections = [psycopg.connect(url, autocommit=True) for _ in range(WRITERS)]

    def ours() -> None:
        for _ in range(each):
            store.add(uuid.uuid4(), PAYLOAD)

    def plain_turn() -> float:
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
    what = f"PostgreSQL, {WRITERS} writers, {each} responses each"
    return Row(what, Sample.of(mine), "plain psycopg", Sample.of(peer), "ratio", 1.5)


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

        def ours() -> float:
            return measure.timed(lambda: _all_of(store.payloads(), stored))

        def plain() -> float:
            with connection.cursor("streamed", binary=True) as cursor:
                cursor.itersize = 1_000
                cursor.execute("SELECT payload FROM plain WHERE box = 'streaming'")
                took = measure.timed(lambda: _all_of((row[0] for row in cursor), stored))
            connection.rollback()
            return took

        mine, peer = measure.in_turns(turns, ours, plain)
    store.close()
    what = f"PostgreSQL, streaming {stored:,}"
    return Row(what, Sample.of(mine), "plain psycopg", Sample.of(peer), "ratio", 1.5)


def _all_of(payloads: Iterator[bytes], count: int) -> None:
    assert sum(1 for _ in payloads) == count
