"""What the server must not tell: who came when. And what it does tell, as the papers say."""

import re
import subprocess
import threading
import uuid
from collections.abc import Callable

from arrival import NOISE, follows
from postgres import Cluster

from imfsurvey.store.postgresql.store import PostgresStore

Opener = Callable[[str], PostgresStore]

COUNT = 600

SYSTEM = ("tableoid", "cmax", "xmax", "cmin", "xmin", "ctid")
"""The columns that PostgreSQL adds to every table, by their numbers from -6 to -1."""


def arrive(store: PostgresStore, count: int = COUNT, size: int = 4) -> None:
    """Responses whose payload is their number of arrival."""
    for number in range(count):
        store.add(uuid.uuid4(), number.to_bytes(size, "big"))


def in_order_of(what: str, cluster: Cluster, database: str, box: str) -> list[int]:
    """The numbers of arrival, sorted by something that PostgreSQL notes of a row."""
    query = f"SELECT payload FROM imfsurvey.response WHERE box = '{box}' ORDER BY {what}"
    return [int.from_bytes(row[0], "big") for row in cluster.sql(query, database=database)]


def test_nothing_beside_the_payload(cluster: Cluster, database: str, opened: Opener) -> None:
    """The server holds box, id and payload, and the numbers of our steps: no time, no counter."""
    opened("a").reserve(1)
    columns = cluster.sql(
        "SELECT table_name, column_name, data_type, column_default, is_identity, is_generated "
        "FROM information_schema.columns WHERE table_schema = 'imfsurvey' ORDER BY 1, 2",
        database=database,
    )
    assert columns == [
        ("response", "box", "text", None, "NO", "NEVER"),
        ("response", "id", "uuid", None, "NO", "NEVER"),
        ("response", "payload", "bytea", None, "NO", "NEVER"),
        ("step", "number", "integer", None, "NO", "NEVER"),
    ]
    # Columns that a view may not show: the system's own, which every table has, and no dropped one.
    attributes = cluster.sql(
        "SELECT attname, attnum, attisdropped FROM pg_attribute "
        "WHERE attrelid = 'imfsurvey.response'::regclass ORDER BY attnum",
        database=database,
    )
    assert attributes == [
        *[(name, number, False) for name, number in zip(SYSTEM, range(-6, 0), strict=True)],
        ("box", 1, False),
        ("id", 2, False),
        ("payload", 3, False),
    ]
    kinds = cluster.sql(
        "SELECT DISTINCT relkind::text FROM pg_class "
        "WHERE relnamespace = 'imfsurvey'::regnamespace",
        database=database,
    )
    # r tables, i indexes; S would be a sequence.
    assert sorted(kinds) == [("i",), ("r",)]
    triggers = "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'imfsurvey.response'::regclass"
    assert cluster.sql(triggers, database=database) == [(0,)]


def test_place_and_transaction(cluster: Cluster, database: str, opened: Opener) -> None:
    """Before the rewriting `ctid` and `xmin` are the order of arrival; after it they are noise."""
    store = opened("a")
    arrive(store)
    for trace in ("ctid", "xmin::text::bigint"):
        assert follows(in_order_of(trace, cluster, database, "a")) > 0.999999
    # What an administrator might try instead renews the places, and keeps the transactions.
    cluster.sql("VACUUM (FULL, FREEZE) imfsurvey.response", database=database)
    assert follows(in_order_of("xmin::text::bigint", cluster, database, "a")) > 0.999999
    before = sorted(store.entries())
    store.equalise()
    assert follows(in_order_of("ctid", cluster, database, "a")) < NOISE
    assert in_order_of("ctid", cluster, database, "a") == in_order_of("id", cluster, database, "a")
    xmins = "SELECT count(DISTINCT xmin::text) FROM imfsurvey.response"
    assert cluster.sql(xmins, database=database) == [(1,)]
    assert sorted(store.entries()) == before


def test_large_payloads(cluster: Cluster, database: str, opened: Opener) -> None:
    """Payloads that PostgreSQL keeps apart are numbered there; the numbers are renewed too."""
    store = opened("a")
    arrive(store, 100, size=3000)
    table = "SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = 'response'"
    ((apart,),) = cluster.sql(table, database=database)
    parts = (
        "SELECT substr(string_agg(chunk_data, ''::bytea ORDER BY chunk_seq), 2997) "
        f"FROM {apart} GROUP BY chunk_id ORDER BY chunk_id"
    )

    def numbered() -> list[int]:
        found = cluster.sql(parts, database=database)
        return [int.from_bytes(bytes(row[0]), "big") for row in found]

    assert numbered() == list(range(100))
    store.equalise()
    assert numbered() == in_order_of("id", cluster, database, "a") != list(range(100))


def test_order_of_reading(opened: Opener) -> None:
    """Responses are read in an order that is neither that of arrival nor twice the same."""
    store = opened("a")
    arrive(store)
    first, second = list(store.payloads()), list(store.payloads())
    assert first != second and sorted(first) == sorted(second)
    assert follows([int.from_bytes(payload, "big") for payload in first]) < NOISE


def test_rewriting_while_others_write(cluster: Cluster, database: str, opened: Opener) -> None:
    """Other boxes go on while one is closed: nothing that they send or read is lost."""
    closing, going = opened("closing"), opened("going")
    arrive(closing, 200)
    ids = [uuid.uuid4() for _ in range(160)]
    counts = []

    def write() -> None:
        for number, response_id in enumerate(ids):
            going.add(response_id, b"x")
            if number % 40 == 0:
                counts.append((number + 1, going.count(), sum(1 for _ in closing.payloads())))

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        closing.equalise()
    writer.join()
    assert [(sent, 200) for sent, _, _ in counts] == [(seen, old) for _, seen, old in counts]
    assert sorted(entry.response_id for entry in going.entries()) == sorted(ids)
    assert closing.count() == 200


def test_statistics_hold_no_payload(cluster: Cluster, database: str, opened: Opener) -> None:
    """What the planner learns of the table does not copy payloads, which would outlive a purge."""
    arrive(opened("a"), 50)
    cluster.sql("ANALYZE imfsurvey.response", database=database)
    learnt = (
        "SELECT attname FROM pg_stats WHERE schemaname = 'imfsurvey' AND tablename = 'response'"
    )
    assert sorted(cluster.sql(learnt, database=database)) == [("box",), ("id",)]


def test_the_write_ahead_log(cluster: Cluster, database: str, opened: Opener) -> None:
    """The log of changes tells order and time of every response, after the rewriting too, until
    its files are removed as docs/howto-postgresql.md says."""
    store, marks = opened("a"), [uuid.uuid4().bytes for _ in range(20)]
    store.reserve(1)
    ((start,),) = cluster.sql("SELECT pg_current_wal_insert_lsn()::text", database=database)
    for mark in marks:
        store.add(uuid.uuid4(), mark)
    store.equalise()
    log = cluster.data / "pg_wal"
    command = [cluster.programs / "pg_waldump", "-p", log, "-s", str(start)]
    # It ends with an error, since it reads up to where the log is still being written.
    text = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout.decode()
    inserted = dict.fromkeys(re.findall(r"rmgr: Heap .*tx: +(\d+),.*desc: INSERT", text))
    times = dict(re.findall(r"rmgr: Transaction .*tx: +(\d+),.*desc: COMMIT (\S+ \S+)", text))
    # Twenty transactions with a time of their own, and then that of the rewriting.
    stamps = [times[number] for number in list(inserted)[:20]]
    assert stamps == sorted(stamps) and len(set(stamps)) == 20

    def kept() -> int:
        files = [path.read_bytes() for path in log.iterdir() if path.is_file()]
        return sum(any(mark in content for content in files) for mark in marks)

    assert kept() == 20
    cluster.sql("CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT")
    assert kept() == 0
    assert sorted(store.payloads()) == sorted(marks)
