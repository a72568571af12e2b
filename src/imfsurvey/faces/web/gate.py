"""What every request passes: is it meant for us, is it small, does it come from our own pages.

And what every answer carries: headers that keep it out of caches, frames and other sites' reach.
Whatever goes wrong behind it becomes a page without values; nothing of a request is logged.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from types import TracebackType
from typing import Final

from h11 import LocalProtocolError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from imfsurvey.faces.crash import where_it_broke
from imfsurvey.faces.web.addresses import Announced

BODY_WITHIN: Final = 10.0
"""Seconds in which the whole of a form must have arrived."""

METHODS: Final = frozenset({"GET", "HEAD", "POST"})
FORM: Final = "application/x-www-form-urlencoded"

POLICY: Final = (
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HEADERS: Final = (
    ("content-security-policy", POLICY),
    # Browsers then write "Origin: null" above our own forms too; see `_from_here`.
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-robots-tag", "noindex"),
)

Refuse = Callable[[Scope, int], ASGIApp]
"""The page that says why a request is not answered, by its status."""
Complain = Callable[[str], None]
"""Told where in the program something went wrong; never what was in the request."""


class Gate:
    """The outermost part of the application. `most` is the size of the largest form in bytes."""

    def __init__(
        self, app: ASGIApp, announced: Announced, most: int, refuse: Refuse, complain: Complain
    ) -> None:
        self._app, self._announced, self._most = app, announced, most
        self._refuse, self._complain = refuse, complain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        answer = _Answer(send, receive)
        with _Caught() as caught:
            await self._answered(scope, receive, answer)
        if caught.where:
            self._complain(caught.where)
            if not answer.begun:
                await self._refuse(scope, 500)(scope, receive, answer)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._objection(scope)
        if not refused and scope["method"] == "POST":
            refused, body = await self._body(receive)
            receive = _again(body)
        app = self._refuse(scope, refused) if refused else self._app
        await app(scope, receive, send)

    def _objection(self, scope: Scope) -> int:
        """The status with which a request is refused before it is read; 0 for none."""
        names = [name for name, _ in scope["headers"]]
        if _header(scope, "host").lower() not in self._announced.hosts or names.count(b"host") > 1:
            return 421
        if scope["method"] not in METHODS:
            return 405
        if scope["method"] != "POST":
            return 0
        if not self._from_here(scope):
            return 403
        if _header(scope, "content-type").partition(";")[0].strip().lower() != FORM:
            return 415
        length = _header(scope, "content-length")
        return 413 if length.isdecimal() and int(length[:20]) > self._most else 0

    def _from_here(self, scope: Scope) -> bool:
        """Whether a form comes from our own pages, as far as the browser tells.

        Under our referrer policy browsers hide the origin ("null"); modern ones then say by
        `Sec-Fetch-Site` where it came from. Whoever says neither still needs the value that goes
        with every form.
        """
        origin, site = _header(scope, "origin"), _header(scope, "sec-fetch-site")
        if origin not in ("", "null"):
            return origin.lower() in self._announced.origins
        return site in ("", "same-origin")

    async def _body(self, receive: Receive) -> tuple[int, bytes]:
        """The body of a request, or the status with which it is refused."""
        body, more = b"", True
        try:
            async with asyncio.timeout(BODY_WITHIN):
                while more:
                    message = await receive()
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > self._most:
                        return 413, b""
        except TimeoutError:
            return 408, b""
        return 0, body


def _header(scope: Scope, name: str) -> str:
    """A header of a request; empty where it has none."""
    found: Iterable[tuple[bytes, bytes]] = scope["headers"]
    return next((value.decode("latin-1") for key, value in found if key == name.encode()), "")


def _again(body: bytes) -> Callable[[], Awaitable[Message]]:
    """What was read already, once more for the page behind."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


class _Answer:
    """Sends an answer with the headers that all have; one of its own is not replaced."""

    def __init__(self, send: Send, receive: Receive) -> None:
        self._send, self._receive = send, receive
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            own = {name.lower() for name, _ in message["headers"]}
            more = [(name.encode(), value.encode()) for name, value in HEADERS]
            added = [(name, value) for name, value in more if name not in own]
            message = {**message, "headers": [*message["headers"], *added]}
        try:
            await self._send(message)
        except LocalProtocolError:
            # The rest of what came is no HTTP: the server has said so and is closing the line.
            async with asyncio.timeout(BODY_WITHIN):
                while (await self._receive())["type"] != "http.disconnect":
                    pass


class _Caught:
    """Whatever goes wrong inside is kept as a place in the program: no value, no traceback."""

    def __init__(self) -> None:
        self.where = ""

    def __enter__(self) -> _Caught:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self.where = where_it_broke(error)
        return True
