"""What is offered in browsers, as far as its pages share it: who asks, cookie, forms, headers."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Final, Literal
from urllib.parse import parse_qsl

from anyio import CapacityLimiter
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from imfsurvey.faces.web import rendering
from imfsurvey.faces.web.addresses import Announced
from imfsurvey.faces.web.doorway import Doorway
from imfsurvey.faces.web.forms import Form
from imfsurvey.faces.web.languages import preferred
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.folder import Study
from imfsurvey.study.tickets import TicketBook
from imfsurvey.study.wave import Wave

SMALLEST: Final = 16 * 1024
"""Bytes that a form may always have."""
_FIELDS: Final = 400
"""Most fields of a form."""


class Pages(ABC):
    """A questionnaire of a wave that is offered, and who is answering it."""

    kind: ClassVar[Literal["survey", "session"]]
    cookie_name: ClassVar[str]

    def __init__(
        self,
        study: Study,
        wave: Wave,
        questionnaire: Questionnaire,
        announced: Announced,
        book: TicketBook,
    ) -> None:
        self.study, self.wave, self.questionnaire = study, wave, questionnaire
        self.announced = announced
        self.check = secrets.token_urlsafe(16)
        """Goes with the form of the first page, where nobody is known yet."""
        self.closing = False
        """Whether nobody may begin any more."""
        self.doorway = Doorway(book)
        self.storing = CapacityLimiter(1)
        """The study is used by one thread at a time; it holds a lock for each response anyway."""

    @property
    @abstractmethod
    def title(self) -> str | None:
        """What it is called in every language; None where each has a title of its own."""

    @property
    @abstractmethod
    def under_way(self) -> int:
        """How many people are answering."""

    @abstractmethod
    def forget_idle(self) -> None:
        """Forget whoever gave no sign of life for too long."""

    @property
    def languages(self) -> Sequence[str]:
        """Those in which it can be answered."""
        return self.questionnaire.questionnaire.languages

    @property
    def largest_form(self) -> int:
        """Bytes of the largest form that a page of ours may send."""
        return SMALLEST

    # --- the browser ------------------------------------------------------------------------

    @property
    def cookie(self) -> str:
        """What the one cookie is called; the prefix binds it to this host, encrypted."""
        return f"__Host-{self.cookie_name}" if self.announced.secure else self.cookie_name

    def key_of(self, request: HTTPConnection) -> str:
        """The value by which a browser is known; empty without one."""
        return request.cookies.get(self.cookie, "")

    def language_of(self, request: HTTPConnection) -> str:
        """What the browser prefers, among the languages that are offered."""
        return preferred(request.headers.get("accept-language", ""), self.languages)

    def give_cookie(self, response: Response, key: str) -> None:
        """Let a browser find its place again, until it is closed."""
        response.set_cookie(
            self.cookie, key, httponly=True, samesite="strict", secure=self.announced.secure
        )

    def take_cookie(self, response: Response) -> None:
        """Nothing is left to be found."""
        response.delete_cookie(
            self.cookie, httponly=True, samesite="strict", secure=self.announced.secure
        )

    # --- pages --------------------------------------------------------------------------------

    def page(self, name: str, language: str, *, status: int = 200, **values: object) -> Response:
        """A page with what stands on all of them."""
        return rendering.page(
            name,
            language,
            status=status,
            entity=self.study.file.entity.name,
            survey=self.title or self.questionnaire.questionnaire.title.say(language),
            kind=self.kind,
            languages=self.languages,
            closing=self.closing,
            **values,
        )


def to(path: str) -> Response:
    """Go on to another page of ours, by a request that can be repeated."""
    return RedirectResponse(path, 303)


async def form_of(request: Request) -> Form | None:
    """The fields of a form; None for what is none."""
    body = await request.body()
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS, errors="replace"
        )
    except ValueError:
        return None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def same(form: Form, check: str) -> bool:
    """Whether a form carries the value that our page gave it."""
    sent = form.get("check", ("",))[0]
    return secrets.compare_digest(sent.encode(), check.encode())
