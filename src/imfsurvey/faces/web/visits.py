"""The people who are answering: in the memory of this process, and nowhere else.

A visit is found by an unguessable value that only the person's browser knows. It is dropped when
the answers are sent, or after half an hour without a sign of life. The clock that this needs
counts seconds since the start of the machine; nothing of it is ever written down.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.faces.sitting import AnonymousSitting
from imfsurvey.faces.web.forms import Draft
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview import Interview

IDLE: Final = 30 * 60.0
"""Seconds without a request after which what somebody answered is forgotten."""

MOST: Final = 2000
"""Visits at a time: each takes some 100 kB of memory."""


@dataclass
class Visit:
    """One person's way through the pages."""

    sitting: AnonymousSitting | None = field(repr=False)
    """None once the answers are sent: then only the fact is left, for who clicked twice."""
    seen: float
    check: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)
    """Goes with every form, so that no other page can send one."""
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)
    draft: Draft | None = field(default=None, repr=False)
    """What was typed and could not be accepted."""
    fault: ImfsurveyError | None = None
    """Why the answers could not be sent when that was tried last."""
    welcomed: bool = False
    """Whether the person was told that they go on with what they put aside."""
    reviewed: bool = False
    """Whether the person has been at the overview."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    """One request of a person after the other, however often they click."""

    @property
    def interview(self) -> Interview:
        """The interview. Raises ValueError once the answers are sent."""
        if self.sitting is None:
            raise ValueError("the answers of this visit are sent")
        return self.sitting.interview

    def forget(self) -> None:
        """The answers are sent: nothing of them stays here."""
        self.sitting = self.draft = self.fault = None

    def address_of(self, item_id: str) -> str:
        """What an item's page is called for this person: the browser's history shows no item."""
        return hashlib.blake2s(item_id.encode(), key=self.secret, digest_size=6).hexdigest()

    @property
    def here(self) -> str:
        """The address of the page that the person is at."""
        return f"/q/{self.address_of(self.interview.page.item.id)}"

    def item_at(self, address: str) -> str | None:
        """The item of a page that is shown now."""
        ids = (page.item.id for page in self.interview.pages)
        return next((one for one in ids if self.address_of(one) == address), None)


class Visits:
    """All visits of this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._visits: dict[str, Visit] = {}

    @property
    def under_way(self) -> int:
        """How many people are answering."""
        return sum(visit.sitting is not None for visit in self._visits.values())

    @property
    def full(self) -> bool:
        """Whether there is no room for one more."""
        return len(self._visits) >= MOST

    def begin(self, sitting: AnonymousSitting) -> tuple[str, Visit]:
        """Begin a visit; the value by which it is found again, and the visit."""
        key = secrets.token_urlsafe(32)
        self._visits[key] = Visit(sitting, self._clock())
        return key, self._visits[key]

    def find(self, key: str) -> Visit | None:
        """The visit of a browser, which is thereby alive; None when there is none (any more)."""
        self.forget_idle()
        visit = self._visits.get(key)
        if visit is not None:
            visit.seen = self._clock()
        return visit

    def end(self, key: str) -> None:
        """Forget a visit and all that was answered in it."""
        self._visits.pop(key, None)

    def forget_idle(self) -> None:
        """Forget whoever gave no sign of life for too long."""
        since = self._clock() - IDLE
        for key in [key for key, visit in self._visits.items() if visit.seen < since]:
            del self._visits[key]
