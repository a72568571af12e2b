"""A browser without a window: it asks for pages and sends what it likes."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
from starlette.types import ASGIApp

from imfsurvey.faces.web import Survey, application
from imfsurvey.faces.web.addresses import Announced
from imfsurvey.faces.web.visits import Visit

HERE = "http://127.0.0.1:8420"
ANNOUNCED = Announced(HERE, frozenset({"127.0.0.1:8420", "localhost:8420"}))


def check_in(page: httpx.Response) -> str:
    """The value that goes with the form of a page; empty where it has none."""
    found = re.search(r'name="check" value="([^"]+)"', page.text)
    return found[1] if found else ""


class Caller:
    """Speaks to the pages like a browser, and remembers what the server complained of."""

    def __init__(self, survey: Survey, made: Callable[..., ASGIApp] = application) -> None:
        """`made`: makes the pages of what is offered."""
        self.survey = survey
        self.complaints: list[str] = []
        transport = httpx.ASGITransport(made(survey, self.complaints.append))
        self.client = httpx.AsyncClient(
            transport=transport, base_url=HERE, headers={"accept-language": "fr-BE,fr;q=0.9"}
        )
        self.check = ""
        self.page = httpx.Response(200)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a page."""
        answer = await self.client.get(path, headers=headers)
        if answer.status_code == 303:
            return await self.get(answer.headers["location"])
        return self._seen(answer)

    async def post(self, path: str, fields: dict[str, object], **headers: str) -> httpx.Response:
        """Send a form with the value that the last page gave, and follow to the next page."""
        data = {"check": self.check, **fields}
        answer = await self.client.post(path, data=data, headers=headers)
        if answer.status_code == 303:
            return await self.get(answer.headers["location"].partition("#")[0])
        return self._seen(answer)

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        self.check = check_in(answer) or self.check
        self.page = answer
        return answer

    async def begin(self, language: str = "fr", **fields: object) -> httpx.Response:
        """Begin a visit."""
        await self.get(f"/{language}")
        return await self.post("/begin", {"language": language, **fields})

    async def at(self, item: str) -> httpx.Response:
        """Go to the page of an item."""
        self.visit.interview.go_to(item)
        return await self.get(self.here)

    @property
    def visit(self) -> Visit:
        """The visit of this browser."""
        visit = self.survey.visits.find(self.client.cookies.get("sitting") or "")
        assert visit is not None
        return visit

    @property
    def here(self) -> str:
        """The address of the page that the visit is at."""
        return f"/q/{self.visit.address_of(self.visit.interview.page.item.id)}"

    async def answer(self, item: str, **fields: object) -> httpx.Response:
        """Answer an item, and go on."""
        await self.at(item)
        return await self.post(self.here, {"action": "next", **fields})
