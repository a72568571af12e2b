"""A PostgreSQL server that is killed, restarted, full, or whose files are damaged."""

import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from postgres import Cluster

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Damage
from imfsurvey.store.postgresql.store import PostgresStore

WRITER = Path(__file__).parents[1] / "store" / "postgresql" / "writer.py"
BLOCK = 8192


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server of one's own, since it will be killed."""
    server = Cluster()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def store(cluster: Cluster) -> Iterator[PostgresStore]:
    """A store on it, with its tables made."""
    opened = PostgresStore(cluster.url, "w/survey/answers", patience=5)
    opened.reserve(1)
    yield opened
    opened.close()


def stored(cluster: Cluster) -> int:
    """How many responses the server holds now."""
    return len(cluster.sql("SELECT id FROM imfsurvey.response"))


def test_killed_in_the_middle_of_a_load(cluster: Cluster, store: PostgresStore) -> None:
    """Server and backends are killed twice while four clients send: they go on by themselves,
    and what they confirmed is there exactly once."""
    command = [sys.executable, WRITER, "4", store.url, store.box, "150"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as clients:
        for reached in (100, 350):
            while stored(cluster) < reached:
                assert clients.poll() is None
                time.sleep(0.005)
            assert clients.poll() is None
            cluster.kill()
            time.sleep(0.2)
            cluster.start()
        assert clients.stdout is not None
        confirmed = clients.stdout.read().split()
    assert clients.returncode == 0
    assert len(confirmed) == len(set(confirmed)) == 600
    found = [(entry.response_id, entry.payload) for entry in store.entries()]
    # Every id was sent until it was confirmed, so nothing else can be there either.
    assert sorted(found) == sorted(
        (uuid.UUID(line), uuid.UUID(line).bytes * 40) for line in confirmed
    )


def test_restarted_while_reading(cluster: Cluster, store: PostgresStore) -> None:
    """A reading goes on after a restart where it was: each response once."""
    ids = [uuid.uuid4() for _ in range(2500)]
    rows = ", ".join(f"('{store.box}', '{key}', '')" for key in ids)
    cluster.sql(f"INSERT INTO imfsurvey.response VALUES {rows}")
    reading = store.entries()
    first = [next(reading).response_id for _ in range(900)]
    cluster.stop()
    cluster.start()
    assert sorted(first + [entry.response_id for entry in reading]) == sorted(ids)


def test_gone_for_good(cluster: Cluster, store: PostgresStore) -> None:
    """A server that does not come back is given up in the end, with words; nothing hangs."""
    store.add(uuid.uuid4(), b"before")
    cluster.kill()
    impatient = PostgresStore(store.url, store.box, patience=0.3)
    with pytest.raises(StorageError, match="IMF-S123"):
        impatient.add(uuid.uuid4(), b"refused")
    cluster.start()
    assert list(store.payloads()) == [b"before"]


class Cutting:
    """A way to a server that breaks when an INSERT was carried out and before its answer."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.inserts = 0
        self._server = server
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / ".s.PGSQL.5432"))
        self._door.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            with client, socket.socket(socket.AF_UNIX) as server:
                server.connect(str(self._server))
                self._carry(client, server)

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        """Carry question and answer to and fro, as long as both are there."""
        client.settimeout(0.02)
        server.settimeout(0.02)
        cut = False
        while True:
            for source, target in ((client, server), (server, client)):
                try:
                    piece = source.recv(65536)
                except TimeoutError:
                    continue
                if not piece or (cut and source is server):
                    return
                target.sendall(piece)
                if b"INSERT INTO imfsurvey.response" in piece and b"VALUES" in piece:
                    self.inserts += 1
                    cut = self.inserts == 1


@pytest.fixture
def socket_folder() -> Iterator[Path]:
    """A folder with a short path: the address of a socket has 107 characters at most."""
    with tempfile.TemporaryDirectory(prefix="imfcut-", dir="/tmp") as folder:
        yield Path(folder)


def test_an_answer_that_is_lost(cluster: Cluster, socket_folder: Path) -> None:
    """An INSERT whose answer is lost on the way is sent again and stored once."""
    url = f"postgresql://postgres@/postgres?host={quote(str(socket_folder), safe='')}"
    store, response_id = PostgresStore(url, "answers", patience=5), uuid.uuid4()
    with closing(Cutting(socket_folder, cluster.folder / ".s.PGSQL.5432")) as way, closing(store):
        store.add(response_id, b"answer")
        assert way.inserts == 2
        assert list(store.entries()) == [(response_id, b"answer")]


def table_file(cluster: Cluster, name: str) -> Path:
    """The file of a table or an index, with everything written to it."""
    cluster.sql("CHECKPOINT")
    ((path,),) = cluster.sql(f"SELECT pg_relation_filepath('imfsurvey.{name}')")
    return cluster.data / str(path)


def spoil(file: Path, block: int) -> None:
    """Change some bytes in the middle of a block."""
    with file.open("r+b") as opened:
        opened.seek(block * BLOCK + BLOCK // 2)
        opened.write(b"\xaa" * 64)


def test_a_damaged_block(cluster: Cluster, store: PostgresStore) -> None:
    """A damaged block of the table is named; everything that lies elsewhere is read, counted."""
    for number in range(300):
        store.add(uuid.uuid4(), number.to_bytes(2, "big") * 350)
    lost = cluster.sql(
        "SELECT payload FROM imfsurvey.response WHERE ctid >= '(7,0)' AND ctid < '(8,0)'"
    )
    assert 5 < len(lost) < 15
    file = table_file(cluster, "response")
    cluster.stop()
    spoil(file, 7)
    cluster.start()
    assert store.damaged() == [Damage("imfsurvey.response", 8)]
    whole = {number.to_bytes(2, "big") * 350 for number in range(300)}
    readable = sorted(whole - {bytes(row[0]) for row in lost})
    assert sorted(store.payloads()) == readable
    assert store.count() == len(readable)


def test_a_damaged_index(cluster: Cluster, store: PostgresStore) -> None:
    """A damaged index is named; it hides no response."""
    for number in range(300):
        store.add(uuid.uuid4(), number.to_bytes(2, "big"))
    file = table_file(cluster, "response_pkey")
    cluster.stop()
    for block in range(1, file.stat().st_size // BLOCK):
        spoil(file, block)
    cluster.start()
    assert store.damaged() == [Damage("imfsurvey.response", None)]
    assert sorted(store.payloads()) == [number.to_bytes(2, "big") for number in range(300)]
    assert store.count() == 300


def fill(store: PostgresStore, code: str) -> None:
    """Add until the server refuses with that code; what was confirmed is there, and no more."""
    confirmed: list[uuid.UUID] = []
    with pytest.raises(StorageError, match=code):
        for response_id in (uuid.uuid4() for _ in range(50)):
            store.add(response_id, b"x" * 100_000)
            confirmed.append(response_id)
    # 42 times 100,000 bytes are more than four megabytes.
    assert 20 < len(confirmed) < 42
    assert sorted(entry.response_id for entry in store.entries()) == sorted(confirmed)


def test_a_file_that_cannot_grow(cluster: Cluster, store: PostgresStore) -> None:
    """A limit on the server's files refuses a response without harm to those before it."""
    cluster.stop()
    cluster.start(longest_file=4 * 2**20)
    fill(store, "IMF-S129")


@pytest.mark.system
def test_full_disk(cluster: Cluster, store: PostgresStore) -> None:
    """On a full disk of the server the words say so; once there is space, storing goes on."""
    disk = cluster.folder / "disk"
    disk.mkdir()
    options = f"size=4m,mode=700,uid={cluster.folder.stat().st_uid}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=True)
    try:
        cluster.sql(f"CREATE TABLESPACE small LOCATION '{disk}'")
        cluster.sql("ALTER TABLE imfsurvey.response SET TABLESPACE small")
        fill(store, "IMF-S126")
        subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
        store.add(uuid.uuid4(), b"after")
        assert b"after" in set(store.payloads())
    finally:
        cluster.kill()
        subprocess.run(["umount", disk], check=True)
