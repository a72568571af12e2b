"""The way to a server: pooled connections, and attempts that outlive a restart.

Work is handed over as a function of a connection and may be run several times, so it has to be
harmless when repeated. Connections are in autocommit; what needs a transaction begins one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from imfsurvey.store.postgresql import faults
from imfsurvey.store.postgresql.address import no_address

Result = TypeVar("Result")

CONNECTIONS = 8
"""Most connections of one program. One that shows the survey to one person uses one."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0

LOCK_PATIENCE = "30s"
"""How long the server lets one statement wait for what others hold."""

_DEFAULTS = {
    "application_name": "imfsurvey",
    "connect_timeout": "5",
    # A server whose cable was pulled is noticed within some 20 seconds, not after two hours.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "2",
    "tcp_user_timeout": "20000",
}
"""What libpq is told unless the address tells it otherwise."""

_SESSION = """
    SELECT set_config('lock_timeout', %s, false),
           CASE WHEN current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
                THEN set_config('synchronous_commit', 'on', false) END
"""
"""Confirmed means on the medium, whatever is set for the server or the account; a stricter
setting (`remote_apply`) stays."""


class Server:
    """A server by its address, which holds no password.

    `patience` (seconds) bounds the pauses between the attempts at one piece of work. It is
    counted, not read from a clock.
    """

    def __init__(self, url: str, patience: float) -> None:
        self.url = url
        self.patience = patience
        try:
            given = conninfo_to_dict(url)
            missing = {name: value for name, value in _DEFAULTS.items() if name not in given}
            self._address = make_conninfo(url, **missing)
        except psycopg.Error:
            # Its message quotes what it did not understand.
            raise no_address() from None
        self._engine = self._make_engine()
        self._program = os.getpid()

    def attempt(
        self, work: Callable[[Connection], Result], patience: float | None = None
    ) -> Result:
        """Do a piece of work, again and again while its fault is one that passes.

        Raises StorageError (`faults.explained`), never an error of the libraries: those carry
        statements and payloads.
        """
        waited, pause = 0.0, _FIRST_PAUSE
        limit = self.patience if patience is None else patience
        while True:
            try:
                with self._own_engine().connect() as connection:
                    return _done(work, connection)
            except (SQLAlchemyError, psycopg.Error) as fault:
                if waited >= limit or not faults.passes(fault):
                    raise faults.explained(fault, self.url) from None
                # The others that wait in the pool are most likely broken as well.
                self._engine.dispose()
            time.sleep(pause)
            waited, pause = waited + pause, min(2 * pause, _LONGEST_PAUSE)

    def close(self) -> None:
        """Close all connections; the next attempt opens new ones."""
        self._own_engine().dispose()

    def _own_engine(self) -> Engine:
        """The pool of this process: a forked copy must not speak on its parent's connections."""
        if self._program != os.getpid():
            self._engine.dispose(close=False)
            self._program = os.getpid()
        return self._engine

    def _make_engine(self) -> Engine:
        engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: psycopg.connect(self._address),
            isolation_level="AUTOCOMMIT",
            # No ping before each use: a connection that broke meanwhile is one of the faults that
            # `attempt` passes over, and the ping would be a way to the server and back.
            pool_size=CONNECTIONS,
            max_overflow=0,
            # The last one used first: no more are opened than are needed at once.
            pool_use_lifo=True,
            pool_timeout=30,
            hide_parameters=True,
        )
        event.listen(engine, "connect", _prepare)
        return engine


def driver(connection: Connection) -> psycopg.Connection:
    """The connection of psycopg below one of SQLAlchemy, for what is done once a response.

    Building a statement and converting rows in Python costs SQLAlchemy several times what the
    server needs; psycopg converts in C.
    """
    found = connection.connection.driver_connection
    assert isinstance(found, psycopg.Connection)
    return found


def _done(work: Callable[[Connection], Result], connection: Connection) -> Result:
    try:
        return work(connection)
    except psycopg.Error:
        # SQLAlchemy has not seen this one; it must not put a broken connection back.
        if driver(connection).closed:
            connection.invalidate()
        raise


def _prepare(connection: psycopg.Connection, _record: object) -> None:
    before, connection.autocommit = connection.autocommit, True
    connection.execute(_SESSION, (LOCK_PATIENCE,))
    connection.autocommit = before
