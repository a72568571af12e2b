"""Reading a box page by page, in the order of the random ids, and around what is damaged.

A page is a query of its own, with no cursor and no transaction held open between two of them:
reading goes on where it was after a restart of the server, and a slow reader is in nobody's way.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from sqlalchemy import Connection, text

from imfsurvey.store.postgresql.faults import UnreadableError
from imfsurvey.store.postgresql.server import Server, driver

Found = tuple[uuid.UUID, bytes]
"""The id and the payload of a row."""

PAGE = 1000
"""Responses in memory at a time. Payloads of a slot's size make that four megabytes at most."""

_SPAN = 64
"""Blocks of the table that are read at once when something is damaged."""

_NIL = uuid.UUID(int=0)
_PAGE = (
    "SELECT id, payload FROM imfsurvey.response WHERE box = %s AND id > %s "
    f"ORDER BY id LIMIT {PAGE}"
)
_SPAN_OF = (
    "SELECT id, payload FROM imfsurvey.response WHERE box = %s AND id > %s "
    "AND ctid >= %s::tid AND ctid < %s::tid"
)
_BLOCKS = text(
    "SELECT pg_relation_size('imfsurvey.response') / current_setting('block_size')::bigint"
)


def pages(server: Server, box: str) -> Iterator[list[Found]]:
    """All readable responses of a box, each once, at most a page of them in memory."""
    last = _NIL
    while True:
        try:
            page = _page(server, box, last)
        except UnreadableError:
            yield from _around_damage(server, box, last)
            return
        if not page:
            return
        last = page[-1][0]  # before the page is given away, to be shuffled
        yield page


def unreadable(server: Server, box: str) -> list[int | None]:
    """The blocks of the table that cannot be read, counted from 1; None: the index.

    A block cannot tell whose rows it held, so it counts for every box.
    """
    bad: list[int | None] = []
    for found in _spans(server, box, _NIL):
        if isinstance(found, int):
            bad.append(found + 1)
    if bad:
        return bad
    try:
        last = _NIL
        while page := _page(server, box, last):
            last = page[-1][0]
    except UnreadableError:
        return [None]
    return []


def _page(server: Server, box: str, last: uuid.UUID) -> list[Found]:
    given = (box, last)
    return server.attempt(lambda connection: _rows(connection, _PAGE, given))


def _around_damage(server: Server, box: str, last: uuid.UUID) -> Iterator[list[Found]]:
    """What stands in the sound blocks and was not read yet: ids were read in their order."""
    for found in _spans(server, box, last):
        if not isinstance(found, int):
            yield found


def _spans(server: Server, box: str, last: uuid.UUID) -> Iterator[list[Found] | int]:
    """The table block by block: the entries of a sound stretch, or the number of a bad block."""
    blocks = server.attempt(lambda connection: int(connection.scalar(_BLOCKS) or 0))
    waiting = [(low, min(low + _SPAN, blocks)) for low in range(0, blocks, _SPAN)]
    while waiting:
        low, high = waiting.pop()
        try:
            yield _span(server, box, last, low, high)
        except UnreadableError:
            if high - low == 1:
                yield low
            else:
                middle = (low + high) // 2
                waiting += [(low, middle), (middle, high)]


def _span(server: Server, box: str, last: uuid.UUID, low: int, high: int) -> list[Found]:
    """The entries beyond the id `last` in the blocks from `low` up to, not including, `high`."""
    given = (box, last, f"({low},0)", f"({high},0)")
    return server.attempt(lambda connection: _rows(connection, _SPAN_OF, given))


def _rows(connection: Connection, query: str, given: tuple[object, ...]) -> list[Found]:
    """In PostgreSQL's binary format: half the bytes, and nothing to be parsed."""
    with driver(connection).cursor(binary=True) as cursor:
        return cursor.execute(query, given).fetchall()
