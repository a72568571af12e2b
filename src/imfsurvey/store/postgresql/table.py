"""The rows of one box in the table on the server. Loads SQLAlchemy and psycopg."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, literal, select, text
from sqlalchemy.dialects.postgresql import insert

from imfsurvey.store import Entry
from imfsurvey.store.postgresql import pages, schema, settings
from imfsurvey.store.postgresql.convoy import Convoy
from imfsurvey.store.postgresql.faults import UnreadableError
from imfsurvey.store.postgresql.schema import RESPONSE
from imfsurvey.store.postgresql.server import CONNECTIONS, Server, driver

_ONE = (
    "INSERT INTO imfsurvey.response (box, id, payload) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)
_SEVERAL = (
    "INSERT INTO imfsurvey.response (box, id, payload) "
    "SELECT %s, * FROM unnest(%s::uuid[], %s::bytea[]) ON CONFLICT DO NOTHING"
)
"""No column is named after ON CONFLICT: an account that may only INSERT may do this. However many
rows, there are two statements, which the server plans once."""

_TOGETHER = 100
"""Most rows of several threads in one statement."""

_REWRITE = (
    "SET LOCAL statement_timeout = 0",
    "LOCK TABLE imfsurvey.response IN ACCESS EXCLUSIVE MODE",
    # INCLUDING STORAGE: else payloads would come back compressed.
    "CREATE TEMPORARY TABLE rewritten (LIKE imfsurvey.response INCLUDING STORAGE) ON COMMIT DROP",
    "INSERT INTO pg_temp.rewritten (box, id, payload) "
    "SELECT box, id, payload FROM imfsurvey.response WHERE box IS DISTINCT FROM :without",
    # Not DELETE: the old rows would stay in the file until a VACUUM, and their bytes after it.
    # TRUNCATE begins new files for table, index and large payloads, and is undone by a crash.
    "TRUNCATE imfsurvey.response",
    "INSERT INTO imfsurvey.response (box, id, payload) "
    "SELECT box, id, payload FROM pg_temp.rewritten ORDER BY box, id",
)


class BoxRows:
    """What `store.PostgresStore` asks of the server, for one box."""

    def __init__(self, url: str, box: str, patience: float) -> None:
        self._server = Server(url, patience)
        self._box = box
        self._ready = False
        self._convoy = Convoy(self._send, CONNECTIONS, _TOGETHER)

    def add(self, entry: Entry) -> None:
        """Add one row, in one statement with those of other threads when there is a rush."""
        self._get_ready()
        self._convoy.add(entry)

    def insert(self, entries: Sequence[Entry]) -> int:
        """Add rows in one statement, all or none; returns how many were new."""
        self._get_ready()
        return self._send(entries)

    def pages(self) -> Iterator[list[pages.Found]]:
        """All readable rows, a page at a time."""
        if self._there():
            yield from pages.pages(self._server, self._box)

    def count(self) -> int:
        """How many rows `pages` gives."""
        if not self._there():
            return 0
        query = select(func.count()).select_from(RESPONSE).where(RESPONSE.c.box == self._box)
        try:
            return self._server.attempt(lambda connection: connection.scalars(query).one())
        except UnreadableError:
            return sum(len(page) for page in self.pages())

    def prepare(self, patience: float) -> None:
        """Make or renew the tables, and find out whether rows may be added."""
        patience = min(patience, self._server.patience)
        self._server.attempt(self._check_settings, patience)
        self._renew(patience)
        self._server.attempt(self._try_to_write)

    def unreadable(self) -> list[int | None]:
        """Blocks of the table that cannot be read, counted from 1; None: the index."""
        return pages.unreadable(self._server, self._box) if self._there() else []

    def rewrite(self, *, without_mine: bool = False) -> None:
        """Write all rows of the table anew, in one transaction, in the order of box and id.

        `without_mine`: leave out those of this box, which are gone then.
        """
        without = self._box if without_mine else None
        if self._there():
            self._server.attempt(lambda connection: _rewrite(connection, without))

    def close(self) -> None:
        """Close the connections."""
        self._ready = False
        self._server.close()

    def _send(self, entries: Sequence[Entry]) -> int:
        return self._server.attempt(lambda connection: self._insert(connection, entries))

    def _get_ready(self) -> None:
        if not self._ready:
            self._renew(self._server.patience)

    def _there(self) -> bool:
        """Whether the tables are on the server. StorageError S127: in a newer version."""
        if not self._ready:
            found = self._server.attempt(schema.version)
            schema.check(found, self._server.url)
            return found > 0
        return True

    def _renew(self, patience: float) -> None:
        """Bring the tables up to date. When they are, no right to change them is needed."""
        found = self._server.attempt(schema.version, patience)
        schema.check(found, self._server.url)
        if found < len(schema.STEPS):
            url = self._server.url
            self._server.attempt(lambda connection: schema.migrate(connection, url))
        self._ready = True

    def _insert(self, connection: Connection, entries: Sequence[Entry]) -> int:
        if len(entries) == 1:
            return driver(connection).execute(_ONE, (self._box, *entries[0])).rowcount
        given = (
            self._box,
            [entry.response_id for entry in entries],
            [entry.payload for entry in entries],
        )
        return driver(connection).execute(_SEVERAL, given, binary=True).rowcount

    def _check_settings(self, connection: Connection) -> None:
        settings.check(connection, self._server.url)

    def _try_to_write(self, connection: Connection) -> None:
        """Insert no row, which takes the same rights as inserting one and leaves no trace."""
        nothing = select(literal(self._box), literal(uuid.uuid4()), literal(b"")).where(
            literal(False)
        )
        connection.execute(insert(RESPONSE).from_select(["box", "id", "payload"], nothing))


def _rewrite(connection: Connection, without: str | None) -> None:
    connection.execution_options(isolation_level="READ COMMITTED")
    with connection.begin():
        for statement in _REWRITE:
            given = {"without": without} if ":without" in statement else {}
            connection.execute(text(statement), given)
