"""The files that pages refer to: how they look, and the one script."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from imfsurvey.faces.web.gate import POLICY
from imfsurvey.faces.web.rendering import static

_WITH_SCRIPT: Final = f"{POLICY}; script-src 'self'"


def with_script(page: Response) -> None:
    """Let a page have its script. Only one that asks for a ticket has any: it copies the code that
    a card's QR code holds."""
    page.headers["content-security-policy"] = _WITH_SCRIPT


async def style(_request: Request) -> Response:
    """How the pages look."""
    return _file("style.css", "text/css; charset=utf-8")


async def script(_request: Request) -> Response:
    """Copies a ticket's code into its field; the page works without it."""
    return _file("ticket.js", "text/javascript; charset=utf-8")


def _file(name: str, kind: str) -> Response:
    headers = {"content-type": kind, "cache-control": "private, max-age=3600"}
    return Response(static(name), headers=headers)
