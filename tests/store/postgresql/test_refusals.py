"""What a server may refuse, and in which words it is said."""

import subprocess
import sys
import uuid
from collections.abc import Callable

import psycopg
import pytest
from postgres import Cluster, until
from sqlalchemy import text

from imfsurvey.i18n.errors import InputError, StorageError
from imfsurvey.store.postgresql import schema, server
from imfsurvey.store.postgresql.server import Server
from imfsurvey.store.postgresql.store import PostgresStore

Opener = Callable[..., PostgresStore]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql://nobody@127.0.0.1:1/survey", "refused"),
        ("postgresql://nobody@no-such-server.invalid/survey", "no-such-server.invalid"),
        ("postgresql:///survey?host=%2Fno-such-folder", "No such file"),
        ("postgresql:///?service=no-such-service", "no-such-service"),
    ],
)
def test_no_server(url: str, reason: str) -> None:
    """A server that is not there is found by `reserve`; the words name it and the reason."""
    store = PostgresStore(url, "a", patience=0.1)
    with pytest.raises(StorageError, match="IMF-S123") as refusal:
        store.reserve(10)
    assert refusal.value.params["server"] == url
    assert reason in str(refusal.value.params["reason"])


@pytest.mark.parametrize("wrong", ["account", "database"])
def test_no_account(cluster: Cluster, wrong: str) -> None:
    """An account or a database that the server does not know is not reached."""
    names = {"account": "postgres", "database": "postgres"} | {wrong: "unknown"}
    store = PostgresStore(cluster.address(**names), "a", patience=0.1)
    with pytest.raises(StorageError, match="IMF-S123") as refusal:
        store.reserve(10)
    assert "unknown" in str(refusal.value.params["reason"])


def test_an_option_that_libpq_does_not_know() -> None:
    """It is refused when the store is made."""
    with pytest.raises(InputError, match="IMF-S121"):
        PostgresStore("postgresql://server/survey?no_such_option=1", "a")


def make_account(cluster: Cluster, database: str, name: str, *rights: str) -> None:
    """An account that may log in, and what is granted to it."""
    grants = [f"GRANT {right} TO {name}" for right in rights]
    cluster.sql(f"DROP ROLE IF EXISTS {name}", f"CREATE ROLE {name} LOGIN")
    cluster.sql("SELECT 1", *grants, database=database)


def remove_account(cluster: Cluster, database: str, name: str) -> None:
    """Take its rights back and remove it."""
    cluster.sql(f"DROP OWNED BY {name}", database=database)
    cluster.sql(f"DROP ROLE {name}")


USE = ("USAGE ON SCHEMA imfsurvey", "SELECT ON imfsurvey.step")


def test_rights(cluster: Cluster, database: str, opened: Opener) -> None:
    """An account that may only add collects; counting, and levelling the order, take more."""
    opened("a").reserve(1)
    make_account(cluster, database, "collecting", *USE, "INSERT ON imfsurvey.response")
    store, response_id = opened("a", "collecting"), uuid.uuid4()
    store.reserve(5)
    for _ in range(2):
        store.add(response_id, b"answer")
    for refused in (store.count, lambda: list(store.payloads()), store.equalise):
        with pytest.raises(StorageError, match="IMF-S124"):
            refused()
    more = "GRANT SELECT, TRUNCATE ON imfsurvey.response TO collecting"
    cluster.sql(more, database=database)
    store.equalise()
    assert list(store.entries()) == [(response_id, b"answer")]
    store.close()
    remove_account(cluster, database, "collecting")


@pytest.mark.parametrize("rights", [(), USE, (*USE, "SELECT ON imfsurvey.response")])
def test_no_right_to_add(
    cluster: Cluster, database: str, opened: Opener, rights: tuple[str, ...]
) -> None:
    """Whatever right is missing, `reserve` finds out; what is stored stays."""
    opened("a").add(uuid.uuid4(), b"before")
    make_account(cluster, database, "reading", *rights)
    store = opened("a", "reading")
    with pytest.raises(StorageError, match="IMF-S124"):
        store.reserve(5)
    with pytest.raises(StorageError, match="IMF-S124"):
        store.add(uuid.uuid4(), b"refused")
    store.close()
    remove_account(cluster, database, "reading")
    assert list(opened("a").payloads()) == [b"before"]


def test_no_right_to_make_the_tables(cluster: Cluster, database: str, opened: Opener) -> None:
    """In an empty database it takes the right to create."""
    make_account(cluster, database, "creating")
    store = opened("a", "creating")
    assert store.count() == 0
    with pytest.raises(StorageError, match="IMF-S124"):
        store.reserve(5)
    cluster.sql(f"GRANT CREATE ON DATABASE {database} TO creating")
    store.reserve(5)
    store.close()
    remove_account(cluster, database, "creating")


def test_read_only(cluster: Cluster, database: str, opened: Opener) -> None:
    """A server that takes no changes is read; `reserve` and `add` refuse."""
    opened("a").add(uuid.uuid4(), b"before")
    cluster.sql(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    store = opened("a")
    for refused in (lambda: store.reserve(5), lambda: store.add(uuid.uuid4(), b"refused")):
        with pytest.raises(StorageError, match="IMF-S125"):
            refused()
    assert list(store.payloads()) == [b"before"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_statement", "mod"),
        ("log_statement", "all"),
        ("log_duration", "on"),
        ("log_min_duration_statement", "0"),
        ("log_min_duration_statement", "500"),
        ("log_transaction_sample_rate", "0.5"),
        ("pgaudit.log", "write"),
    ],
)
def test_a_log_of_statements(
    cluster: Cluster, database: str, opened: Opener, name: str, value: str
) -> None:
    """A server that writes down the time of every statement is refused before the first answer."""
    cluster.sql(f"ALTER DATABASE {database} SET {name} = '{value}'")
    with pytest.raises(StorageError, match="IMF-S128") as refusal:
        opened("a").reserve(5)
    assert str(refusal.value.params["settings"]).startswith(f"{name} = {value}")


def test_without_flushing(cluster: Cluster, opened: Opener) -> None:
    """A server that does not wait for its disk is refused."""
    cluster.sql("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    try:
        until(lambda: cluster.sql("SHOW fsync") == [("off",)])  # it arrives a moment later
        with pytest.raises(StorageError, match=r"IMF-S128.*fsync = off"):
            opened("a").reserve(5)
    finally:
        cluster.sql("ALTER SYSTEM RESET fsync", "SELECT pg_reload_conf()")


@pytest.mark.parametrize(
    ("there", "ours"), [("off", "on"), ("local", "on"), ("on", "on"), ("remote_apply",) * 2]
)
def test_confirmed_means_flushed(cluster: Cluster, database: str, there: str, ours: str) -> None:
    """A weaker `synchronous_commit` of the server is raised for our sessions, a stricter stays."""
    cluster.sql(f"ALTER DATABASE {database} SET synchronous_commit = {there}")
    ours_there = Server(cluster.address(database=database), patience=0.1)
    shown = ours_there.attempt(lambda session: session.scalar(text("SHOW synchronous_commit")))
    ours_there.close()
    assert shown == ours


def test_a_newer_schema(cluster: Cluster, database: str, opened: Opener) -> None:
    """Tables of a newer program are neither read nor written; nothing of them changes."""
    opened("a").add(uuid.uuid4(), b"before")
    newer = len(schema.STEPS) + 1
    cluster.sql(f"INSERT INTO imfsurvey.step VALUES ({newer})", database=database)
    store = opened("a")
    for refused in (
        lambda: store.reserve(5),
        lambda: store.add(uuid.uuid4(), b"refused"),
        store.count,
        lambda: list(store.payloads()),
        store.equalise,
    ):
        with pytest.raises(StorageError, match="IMF-S127") as refusal:
            refused()
        assert (refusal.value.params["found"], refusal.value.params["known"]) == (newer, newer - 1)
    assert cluster.sql("SELECT payload FROM imfsurvey.response", database=database) == [
        (b"before",)
    ]


def test_a_held_table(
    cluster: Cluster, database: str, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who closes while somebody reads the table is told when that takes too long."""
    monkeypatch.setattr(server, "LOCK_PATIENCE", "100ms")
    store = opened("a")
    store.add(uuid.uuid4(), b"answer")
    with psycopg.connect(cluster.address(database=database)) as reader:
        reader.execute("SELECT 1 FROM imfsurvey.response")
        with pytest.raises(StorageError, match="IMF-S106"):
            store.equalise()
        assert store.count() == 1
    store.equalise()
    assert list(store.payloads()) == [b"answer"]


def test_no_word_of_a_response(cluster: Cluster, database: str, opened: Opener) -> None:
    """A fault in the middle of storing tells neither payload nor statement, traceback included."""
    store = opened("a")
    store.reserve(1)
    cluster.sql(
        "ALTER TABLE imfsurvey.response ADD CHECK (length(payload) < 10)", database=database
    )
    with pytest.raises(StorageError, match="IMF-S129") as refusal:
        store.add(uuid.uuid4(), b"a long secret payload")
    assert refusal.value.params["reason"] == "CheckViolation 23514"
    assert refusal.value.__cause__ is None and refusal.value.__suppress_context__


WITHOUT = """
import sys
sys.modules["psycopg"] = None
from imfsurvey.i18n.errors import StorageError
from imfsurvey.store.postgresql.address import checked_url
from imfsurvey.store.postgresql.store import PostgresStore
assert not {"sqlalchemy", "psycopg"} & {name for name, module in sys.modules.items() if module}
try:
    PostgresStore(checked_url("postgresql://server/survey"), "a")
except StorageError as error:
    print(error)
"""


def test_without_the_libraries() -> None:
    """Nothing of them is loaded before a store is made; then the words say what to install."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("IMF-S120")
    assert "pip install 'imfsurvey[postgres]'" in done.stdout
