"""The ResponseStore on a PostgreSQL server: one box of many that share a table."""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Damage, Entry, EntrySource, digests_of, require_random
from imfsurvey.store.postgresql.address import checked_url

if TYPE_CHECKING:
    from imfsurvey.store.postgresql.table import BoxRows

Item = TypeVar("Item")

PATIENCE = 30.0
"""Seconds of pauses for which a server that went away is waited for."""

FIRST_CONTACT = 3.0
"""The same for a server not met before: a wrong address must not look like a slow program."""

_BATCH = 200
"""Responses that are sent at a time when a box is taken over."""


class PostgresStore:
    """The box `box` (any text, the same for all who collect into it) on the server at `url`.

    The address is one that `checked_url` lets through. Making a store loads the libraries
    (StorageError S120 when they are missing) and connects to nothing; a box, a schema that is
    not there yet is an empty store, which the first `add` or `reserve` makes. May be used by
    several threads, and in a forked copy.

    Faults of the server, from any method: S123 not reached within `patience` seconds, S124 a
    right is missing, S125 read-only, S126 its disk is full, S127 set up by a newer program, S106
    the table is held, S129 any other.
    """

    def __init__(self, url: str, box: str, patience: float = PATIENCE) -> None:
        self.url = checked_url(url)
        self.box = box
        self._rows = _rows(self.url, box, patience)

    def add(self, response_id: uuid.UUID, payload: bytes) -> None:
        """Store one response; durable when this returns, a known id changes nothing.

        When the connection breaks before the answer, it is sent again: the id makes that
        harmless. ValueError: the id is no uuid4.
        """
        require_random(response_id)
        self._rows.add(Entry(response_id, payload))

    def payloads(self) -> Iterator[bytes]:
        """Every readable payload once, in no meaningful order; a page of them is in memory."""
        pages = self._rows.pages()
        return chain.from_iterable(_shuffled([payload for _, payload in page]) for page in pages)

    def entries(self) -> Iterator[Entry]:
        """Payloads with their ids, in the order of the random ids, shuffled page by page.

        What others add meanwhile may be among them or not. What is damaged is left out.
        """
        return chain.from_iterable(map(Entry._make, _shuffled(page)) for page in self._rows.pages())

    def count(self) -> int:
        """How many responses are readable now, those of other programs included."""
        return self._rows.count()

    def reserve(self, slots: int) -> None:
        """Find out before the first question whether the answers can be stored.

        Reaches the server, makes or renews the tables, looks whether this account may write and
        whether the server's settings keep our promises (S128: they do not). Space cannot be
        reserved on a server: `slots` changes nothing, and its disk is to be watched there.
        """
        self._rows.prepare(FIRST_CONTACT)

    def damaged(self) -> Sequence[Damage]:
        """Which blocks of the table cannot be read, counted from 1; None: its index.

        It takes the server's checksums (`data_checksums`) to notice changed bytes. A block
        cannot tell whose it was, so it is named for every box. Reads the whole table.
        """
        return [Damage("imfsurvey.response", block) for block in self._rows.unreadable()]

    def equalise(self) -> None:
        """Write the table anew in the order of box and id. Used when a wave closes.

        Afterwards all rows have one `xmin` and their `ctid` follows the random ids, so neither
        tells an order of arrival. Others wait as long (5 s for 100,000). S106: somebody
        reads the table or copies the database, and did not finish in half a minute.
        """
        self._rows.rewrite()

    def digests(self) -> list[bytes]:
        """A digest of each response, sorted: depends on nothing but their set."""
        return digests_of(self.entries())

    def merge(self, *others: EntrySource) -> int:
        """Take in what other stores hold and this one does not; returns how many.

        The number may be too small when the connection broke on the way; what is stored is not.
        """
        entries = chain.from_iterable(other.entries() for other in others)
        added = 0
        while batch := list(islice(entries, _BATCH)):
            for response_id, _ in batch:
                require_random(response_id)
            added += self._rows.insert(batch)
        return added

    def destroy(self) -> None:
        """Write the table anew without the rows of this box: its new file never held them.

        The server's log and its backups are not reached. Faults as with `equalise`.
        """
        self._rows.rewrite(without_mine=True)

    def close(self) -> None:
        """Close the connections; the store may be used again and then opens new ones."""
        self._rows.close()


def _shuffled(page: list[Item]) -> list[Item]:
    """In an order of its own, so that no reading is like another.

    Seeded by the system once a page: to ask it for each row takes longer than reading the row.
    """
    random.Random(os.urandom(32)).shuffle(page)
    return page


def _rows(url: str, box: str, patience: float) -> BoxRows:
    """Load what speaks to servers, at the latest possible moment."""
    try:
        from imfsurvey.store.postgresql.table import BoxRows
    except ImportError as fault:
        raise StorageError(
            "IMF-S120",
            "Storing on a PostgreSQL server needs further libraries. "
            "Install them: pip install 'imfsurvey[postgres]', in a clone python3 dev.py extras",
        ) from fault
    return BoxRows(url, box, patience)
