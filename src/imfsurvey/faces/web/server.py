"""The server under the pages: no log, no patience with slow requests, and an end without loss."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn
from h11 import LocalProtocolError
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from imfsurvey.faces.memory import keep_memory
from imfsurvey.faces.web.addresses import Listening
from imfsurvey.faces.web.pages import Pages

HEAD_WITHIN: Final = 10.0
"""Seconds in which the head of a request must have arrived."""
_HEAD: Final = 16 * 1024
"""Bytes of the head of a request."""
_CONNECTIONS: Final = 2000
_FAREWELL: Final = 30
"""Ticks of the server for which it stays after the last person has sent: their thanks page is
asked for by a second request."""
_SWEEP: Final = 100
"""Ticks of the server, ten a second, between two looks at who has gone."""

Tell = Callable[[int], None]
"""Told how many people are still answering when the end was asked for."""


def serve(
    pages: Pages,
    listening: Listening,
    app: ASGIApp,
    *,
    tell: Tell,
    complain: Callable[[str], None],
    ends_with_input: bool = False,
) -> None:
    """Offer the pages until the end is asked for: by Ctrl+C, or by SIGTERM, which ends at once.

    After a first Ctrl+C nobody can begin any more, and the end comes when the last person has
    sent their answers and has been thanked; after a second one it comes at once, and unsent
    answers are lost. `ends_with_input`: it comes at once, too, when standard input ends, as it
    does when the program that holds its other end is gone.
    """
    _leave_no_trace(complain)
    certificate, key = listening.tls or (None, None)
    config = uvicorn.Config(
        app,
        http=PunctualProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        interface="asgi3",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        limit_concurrency=_most_connections(),
        timeout_keep_alive=20,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=_HEAD,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    server = SurveyServer(config, pages, tell)
    if ends_with_input:
        threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
    try:
        server.run(sockets=[listening.sock])
    finally:
        listening.close()


class SurveyServer(uvicorn.Server):
    """Ends when nobody is answering any more."""

    def __init__(self, config: uvicorn.Config, pages: Pages, tell: Tell) -> None:
        super().__init__(config)
        self._pages, self._tell = pages, tell
        self._alone = 0  # ticks since the last person left, once the end was asked for

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal that asks for the end."""
        under_way = self._pages.under_way
        if sig == signal.SIGINT and under_way and not self._pages.closing:
            self._pages.closing = True
            self._tell(under_way)
        elif self.should_exit:
            self.force_exit = True
        else:
            self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second."""
        if counter % _SWEEP == 0:
            self._pages.forget_idle()
        if self._pages.closing:
            self._alone = 0 if self._pages.under_way else self._alone + 1
            if self._alone > _FAREWELL:
                self.should_exit = True
        return await super().on_tick(counter)


def _end_with_input(server: uvicorn.Server) -> None:
    """Read standard input to its end, then ask for the end. Not through Python's buffer, whose
    lock would be held when the program ends."""
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    server.should_exit = True


class PunctualProtocol(H11Protocol):
    """Closes a connection on which the head of a request takes too long to arrive."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has connected."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """A piece of a request."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._forget()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._forget()  # the head is there; the gate watches over the rest
        elif self._late is None:
            self._late = self.loop.call_later(HEAD_WITHIN, self.transport.close)

    def _forget(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


class _Wordless(logging.Handler):
    """Says where a library complained: what it says might hold what somebody sent."""

    def __init__(self, complain: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._complain = complain

    def emit(self, record: logging.LogRecord) -> None:
        """Take one complaint; that somebody speaks no HTTP is none, their line is closed."""
        if record.exc_info and isinstance(record.exc_info[1], LocalProtocolError):
            return
        self._complain(f"{record.name}, {record.module}:{record.lineno}")


def _leave_no_trace(complain: Callable[[str], None]) -> None:
    """No log of libraries, and nobody reads the memory, not even when the program crashes."""
    logging.getLogger().handlers = [_Wordless(complain)]
    logging.raiseExceptions = False
    keep_memory()


def _most_connections() -> int:
    """As many as there may be open files, less what the program itself needs."""
    if sys.platform == "win32":
        return 500
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + 200
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(_CONNECTIONS, soft - 200)
