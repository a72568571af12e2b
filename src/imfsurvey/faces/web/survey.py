"""One survey that is offered: what all its pages share."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from anyio import CapacityLimiter
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from imfsurvey.faces.web import rendering
from imfsurvey.faces.web.addresses import Announced
from imfsurvey.faces.web.doorway import Doorway
from imfsurvey.faces.web.forms import Form
from imfsurvey.faces.web.languages import preferred
from imfsurvey.faces.web.visits import Visit, Visits
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.detached import detached_fields
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

SMALLEST: Final = 16 * 1024
"""Bytes that a form may always have."""
_SPELLED: Final = 12
"""Most bytes of one character in a form: four in UTF-8, three signs for each of them."""
_FIELDS: Final = 400
"""Most fields of a form."""


@dataclass
class Survey:
    """The questionnaire of a wave, and who is answering it."""

    study: Study
    wave: Wave
    questionnaire: Questionnaire
    announced: Announced
    visits: Visits = field(default_factory=Visits)
    check: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)
    """Goes with the form of the first page, where there is no visit yet."""
    closing: bool = False
    """Whether nobody may begin any more."""

    def __post_init__(self) -> None:
        self.doorway = Doorway(ticket_book(self.wave))
        self.storing = CapacityLimiter(1)
        """The study is used by one thread at a time; it holds a lock for each response anyway."""

    @property
    def languages(self) -> Sequence[str]:
        """Those in which it can be answered."""
        return self.questionnaire.questionnaire.languages

    @property
    def largest_form(self) -> int:
        """Bytes of the largest form that a page of ours may send."""
        limits: dict[str, int] = {}
        for (item, _), limit in detached_fields(self.questionnaire).items():
            limits[item] = limits.get(item, 0) + limit
        # Twice what fits, so that a text that is too long is told so and not cut off.
        return max(SMALLEST, 2 * _SPELLED * max(limits.values(), default=0))

    # --- the browser ------------------------------------------------------------------------

    @property
    def cookie(self) -> str:
        """What the one cookie is called; the prefix binds it to this host, encrypted."""
        return "__Host-sitting" if self.announced.secure else "sitting"

    def key_of(self, request: HTTPConnection) -> str:
        """The value by which a browser's visit is found; empty without one."""
        return request.cookies.get(self.cookie, "")

    def visit_of(self, request: HTTPConnection) -> Visit | None:
        """The visit of a browser."""
        return self.visits.find(self.key_of(request))

    def language_of(self, request: HTTPConnection) -> str:
        """What the browser prefers, among the languages of the survey."""
        return preferred(request.headers.get("accept-language", ""), self.languages)

    def give_cookie(self, response: Response, key: str) -> None:
        """Let a browser find its visit again, until it is closed."""
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
            survey=self.questionnaire.questionnaire.title.say(language),
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
