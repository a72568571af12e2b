"""A server for all tests of this folder, and an empty database for each of them."""

from collections.abc import Callable, Iterator

import pytest
from postgres import Cluster

from imfsurvey.store.postgresql.store import PostgresStore

Opener = Callable[..., PostgresStore]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running server."""
    server = Cluster()
    server.start()
    server.sql("CREATE DATABASE survey")
    yield server
    server.remove()


@pytest.fixture
def database(cluster: Cluster) -> str:
    """The name of a database without tables and settings. Always the same one: a new one has
    300 files, which take seconds to make and to remove."""
    cluster.sql("ALTER DATABASE survey RESET ALL")
    cluster.sql("DROP SCHEMA IF EXISTS imfsurvey CASCADE", database="survey")
    return "survey"


@pytest.fixture
def opened(cluster: Cluster, database: str) -> Iterator[Opener]:
    """Makes stores in that database, and closes them at the end."""
    stores = []

    def opener(box: str = "w/survey/answers", account: str = "postgres") -> PostgresStore:
        store = PostgresStore(cluster.address(account, database), box, patience=2)
        stores.append(store)
        return store

    yield opener
    for store in stores:
        store.close()
