"""A server for all tests of this folder, a database of its own for each of them."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from postgres import Cluster

from imfsurvey.store.postgresql.store import PostgresStore

Opener = Callable[..., PostgresStore]

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running server."""
    server = Cluster()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def database(cluster: Cluster) -> str:
    """The name of a new, empty database."""
    name = f"test{next(_NUMBERS)}"
    cluster.sql(f"CREATE DATABASE {name}")
    return name


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
