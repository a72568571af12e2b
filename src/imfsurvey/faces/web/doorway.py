"""Entering a ticket: few at a time, and wrong codes wait longer and longer.

The pauses belong to this process as a whole and not to an address on the network: addresses are
neither looked at nor kept, since one that is kept tells who answered, and behind the gateway of
a police zone everybody has the same. A right code never waits for the mistakes of others; only
the page that says "wrong" does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from anyio import CapacityLimiter, to_thread

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.tickets import Ticket, TicketBook

QUEUE: Final = 60
"""Codes that may wait to be tried: at about four in a second, a quarter of a minute."""

LONGEST_PAUSE: Final = 20.0
_FORGIVEN: Final = 15.0
"""Seconds after which one wrong code is forgotten."""


def pause_after(misses: int) -> float:
    """Seconds before a wrong code is answered, after so many wrong ones of late."""
    return min(LONGEST_PAUSE, 0.25 * 2.0 ** min(misses, 10))


class Doorway:
    """The one place of a process where tickets are tried."""

    def __init__(
        self,
        book: TicketBook,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._book, self._clock, self._wait = book, clock, wait
        self._limiter = CapacityLimiter(1)  # each try takes a processor and 32 MiB
        self._misses, self._since = 0, clock()

    @property
    def guarded(self) -> bool:
        """Whether nobody enters without a ticket."""
        return self._book.exists()

    async def admit(self, code: str) -> Ticket:
        """The ticket of a code. Raises `RefusedError` for a wrong or used one, after a pause,
        and at once where too many are waiting (F167)."""
        if self._limiter.statistics().tasks_waiting >= QUEUE:
            raise RefusedError(
                "IMF-F167",
                "Many people are entering at this moment. Wait a minute, then try again: your "
                "ticket is still good.",
            )
        try:
            return await to_thread.run_sync(self._book.check, code[:100], limiter=self._limiter)
        except RefusedError:
            await self._wait(pause_after(self._counted()))
            raise

    def _counted(self) -> int:
        """One more wrong code; how many there were of late before it."""
        forgiven = int((self._clock() - self._since) / _FORGIVEN)
        before = max(0, self._misses - forgiven)
        self._misses, self._since = before + 1, self._clock()
        return before
