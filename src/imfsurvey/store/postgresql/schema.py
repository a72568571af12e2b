"""The tables on the server, and the numbered steps by which they came about.

A step never changes once released; the next version adds one. Steps run in one transaction under
a lock of the whole database, so several programs may start at the same moment.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    text,
)

from imfsurvey.i18n.errors import StorageError

_METADATA = MetaData(schema="imfsurvey")

RESPONSE = Table(
    "response",
    _METADATA,
    Column("box", Text, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)
"""The responses of all boxes. No further column, for ever: any would tell something."""

_STEP = Table("step", _METADATA, Column("number", Integer, primary_key=True))

_LOCK = 0x696D_6673_7572_7665
"""Number of the advisory lock: the letters of `imfsurve`."""

_THERE = text(
    "SELECT 1 FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace "
    "WHERE relname = 'step' AND nspname = 'imfsurvey'"
)
"""Not `to_regclass`: it answers from a cache of the session, which may not know yet what another
one made while this one waited for the lock."""

_FOUNDATION = (
    "CREATE SCHEMA IF NOT EXISTS imfsurvey",
    "CREATE TABLE IF NOT EXISTS imfsurvey.step (number integer PRIMARY KEY)",
)

STEPS: tuple[tuple[str, ...], ...] = (
    (
        # Byte order for box: the order of a language changes with the system's libraries, and
        # an index made under the old one then misses rows.
        """
        CREATE TABLE imfsurvey.response (
            box text COLLATE "C" NOT NULL,
            id uuid NOT NULL CHECK (substr(id::text, 15, 1) = '4'),
            payload bytea NOT NULL,
            PRIMARY KEY (box, id)
        )
        """,
        # The planner's statistics would hold whole payloads, beyond a purge too.
        "ALTER TABLE imfsurvey.response ALTER COLUMN payload SET STATISTICS 0",
        # Sealed bytes do not compress; unsealed ones would get lengths that tell something.
        "ALTER TABLE imfsurvey.response ALTER COLUMN payload SET STORAGE EXTERNAL",
    ),
)
"""Step 1, step 2 ..., each the statements that lead there."""


def version(connection: Connection) -> int:
    """The number of the last step taken on the server; 0 when there is nothing of ours."""
    if connection.scalar(_THERE) is None:
        return 0
    return int(connection.scalar(select(func.coalesce(func.max(_STEP.c.number), 0))) or 0)


def check(found: int, url: str) -> None:
    """StorageError S127: the server was set up by a newer program."""
    if found > len(STEPS):
        raise StorageError(
            "IMF-S127",
            "The tables on {server} have version {found}; this program knows {known}. "
            "Install the newer imfsurvey that is used elsewhere. Nothing was changed.",
            server=url,
            found=found,
            known=len(STEPS),
        )


def migrate(connection: Connection, url: str) -> None:
    """Take the steps that are missing: all or none. Harmless when nothing is missing."""
    connection.execution_options(isolation_level="READ COMMITTED")
    with connection.begin():
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        found = version(connection)
        check(found, url)
        if found == 0:
            for statement in _FOUNDATION:
                connection.execute(text(statement))
        for number, statements in enumerate(STEPS[found:], found + 1):
            for statement in statements:
                connection.execute(text(statement))
            connection.execute(insert(_STEP).values(number=number))
