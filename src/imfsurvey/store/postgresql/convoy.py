"""Responses that arrive together travel together: one statement, one flush of the server's disk.

As long as a connection is free everybody sends at once, alone. Who finds all of them busy waits,
not for a connection, but for company: whoever gets the next free one takes along all who wait.
So a rush costs the server no more connections, and fewer flushes than responses.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Entry

Send = Callable[[Sequence[Entry]], object]
"""Sends entries, all or none. Sending again is harmless."""


class Convoy:
    """Sends for many threads, at most `lanes` statements at a time, each of at most `most`."""

    def __init__(self, send: Send, lanes: int, most: int) -> None:
        self._send = send
        self._lanes = lanes
        self._most = most
        self._begin()

    def add(self, entry: Entry) -> None:
        """Send one entry, alone or with others; returns when it is stored.

        A StorageError of the statement is everybody's who travelled in it: none of them is stored.
        """
        if self._program != os.getpid():
            self._begin()  # in a forked copy: its parent's threads are not here
        with self._lock:
            waiting: Future[bool] | None = None
            if self._free:
                self._free -= 1
            else:
                waiting = Future()
                self._waiting.append((entry, waiting))
        if waiting is None or not waiting.result():
            self._lead(entry)

    def _begin(self) -> None:
        self._lock = Lock()
        self._free = self._lanes
        self._waiting: list[tuple[Entry, Future[bool]]] = []
        self._program = os.getpid()

    def _lead(self, mine: Entry) -> None:
        """Send one's own entry with those of all who wait, then leave the lane to the next."""
        with self._lock:
            company = self._waiting[: self._most - 1]
            del self._waiting[: self._most - 1]
        try:
            # In the order of the ids: it is nobody's, and two programs that send the same
            # responses do not lock each other out.
            self._send(sorted([mine, *(entry for entry, _ in company)]))
        except StorageError as fault:
            for _, waiting in company:
                waiting.set_exception(fault)
            company = []
            raise
        else:
            for _, waiting in company:
                waiting.set_result(True)
            company = []
        finally:
            self._leave(company)

    def _leave(self, untold: list[tuple[Entry, Future[bool]]]) -> None:
        """Hand the lane on. `untold`: whose statement was broken off here, by Ctrl+C say; they
        are still to be sent."""
        with self._lock:
            self._waiting[:0] = untold
            if self._waiting:
                _, following = self._waiting.pop(0)
                following.set_result(False)
            else:
                self._free += 1
