"""Many threads, few connections: what arrives together is sent together."""

import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import psycopg
from postgres import DEADLINE, Cluster, until

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Entry
from imfsurvey.store.postgresql.convoy import Convoy
from imfsurvey.store.postgresql.server import CONNECTIONS
from imfsurvey.store.postgresql.store import PostgresStore


class Road:
    """Where a convoy of one lane goes: the first statement waits at a gate, then `fault` comes."""

    def __init__(self, fault: BaseException | None = None) -> None:
        self.sent: list[list[Entry]] = []
        self.gate = threading.Event()
        self.fault = fault
        self.convoy = Convoy(self.send, lanes=1, most=4)

    def send(self, entries: Sequence[Entry]) -> None:
        """Take a statement."""
        self.sent.append(list(entries))
        if len(self.sent) == 1:
            assert self.gate.wait(DEADLINE)
        elif self.fault is not None and len(self.sent) == 2:
            raise self.fault

    def rush(self, threads: ThreadPoolExecutor, count: int) -> list[Future[None]]:
        """One who is at the gate and `count` who wait behind; the gate then opens."""
        found = [threads.submit(self.convoy.add, Entry(uuid.uuid4(), b""))]
        until(lambda: len(self.sent) == 1)
        found += [threads.submit(self.convoy.add, Entry(uuid.uuid4(), b"")) for _ in range(count)]
        until(lambda: len(self.convoy._waiting) == count)
        self.gate.set()
        return found


def test_who_waits_travels_together() -> None:
    """Nine wait behind one: they go four, four and one at a time, in the order of their ids."""
    road = Road()
    with ThreadPoolExecutor(10) as threads:
        for one in road.rush(threads, 9):
            one.result(DEADLINE)
    assert [len(sent) for sent in road.sent] == [1, 4, 4, 1]
    assert all(sent == sorted(sent) for sent in road.sent)
    assert len({entry.response_id for sent in road.sent for entry in sent}) == 10


def test_a_fault_is_told_to_all_who_travelled() -> None:
    """Nobody is told that a response is stored when its statement failed; the others go on."""
    road = Road(StorageError("IMF-S126", "full"))
    with ThreadPoolExecutor(8) as threads:
        faults = [one.exception(DEADLINE) for one in road.rush(threads, 7)]
    assert [len(sent) for sent in road.sent] == [1, 4, 3]
    assert sum(isinstance(fault, StorageError) for fault in faults) == 4
    assert sum(fault is None for fault in faults) == 4


def test_who_leads_is_broken_off() -> None:
    """Ctrl+C in the thread that sends for others leaves nobody behind: they are sent again."""
    road = Road(KeyboardInterrupt())
    with ThreadPoolExecutor(4) as threads:
        faults = [one.exception(DEADLINE) for one in road.rush(threads, 3)]
    assert sum(isinstance(fault, KeyboardInterrupt) for fault in faults) == 1
    assert [len(sent) for sent in road.sent] == [1, 3, 2]
    assert set(road.sent[2]) < set(road.sent[1])


FORKED = """
import os, threading, uuid
from imfsurvey.store import Entry
from imfsurvey.store.postgresql.convoy import Convoy

sent, there, gate = [], threading.Event(), threading.Event()

def send(entries):
    sent.extend(entry.payload for entry in entries)
    there.set()
    if len(sent) == 1:
        gate.wait()

convoy = Convoy(send, lanes=1, most=9)
thread = threading.Thread(target=convoy.add, args=(Entry(uuid.uuid4(), b"first"),))
thread.start()
there.wait()
child = os.fork()
if not child:
    convoy.add(Entry(uuid.uuid4(), b"copy"))
    os._exit(7 if sent == [b"first", b"copy"] else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
gate.set()
"""


def test_a_forked_copy_waits_for_nobody() -> None:
    """A program that forks while a thread sends: the copy, where that thread is not, sends."""
    command = [sys.executable, "-W", "ignore", "-c", FORKED]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=DEADLINE)
    assert done.stdout == b"7\n"


OURS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'imfsurvey'"
HELD = f"{OURS} AND wait_event_type = 'Lock'"


def test_a_rush_on_a_server(
    cluster: Cluster, database: str, opened: Callable[[str], PostgresStore]
) -> None:
    """Forty threads behind a held table: eight connections, each response once, and fewer
    transactions than responses, so that less of the order is noted."""
    store = opened("rush")
    store.reserve(1)
    ids = [uuid.uuid4() for _ in range(40)]
    convoy = store._rows._convoy
    with psycopg.connect(cluster.address(database=database)) as holder:
        holder.execute("LOCK TABLE imfsurvey.response IN ACCESS EXCLUSIVE MODE")
        with ThreadPoolExecutor(40) as threads:
            done = [threads.submit(store.add, one, b"x") for one in ids[:CONNECTIONS]]
            until(lambda: cluster.sql(HELD) == [(CONNECTIONS,)])
            done += [threads.submit(store.add, one, b"x") for one in ids[CONNECTIONS:]]
            until(lambda: len(convoy._waiting) == len(ids) - CONNECTIONS)
            assert cluster.sql(OURS) == [(CONNECTIONS,)]
            holder.rollback()
            for one in done:
                one.result(DEADLINE)
    assert sorted(entry.response_id for entry in store.entries()) == sorted(ids)
    counted = "SELECT count(DISTINCT xmin::text) FROM imfsurvey.response"
    ((transactions,),) = cluster.sql(counted, database=database)
    # Eight alone; whoever gets the first free lane takes all others along, except those that
    # were given one of the other seven at the same moment.
    assert CONNECTIONS < int(str(transactions)) <= 2 * CONNECTIONS


def test_a_rush_that_is_refused(
    cluster: Cluster, database: str, opened: Callable[[str], PostgresStore]
) -> None:
    """A server that takes no changes says so to every thread."""
    opened("refused").reserve(1)
    cluster.sql(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    store = opened("refused")
    with ThreadPoolExecutor(20) as threads:
        done = [threads.submit(store.add, uuid.uuid4(), b"x") for _ in range(20)]
        faults = [one.exception(DEADLINE) for one in done]
    assert {getattr(fault, "code", "") for fault in faults} == {"IMF-S125"}
    assert store.count() == 0
