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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from imfsurvey.faces.sitting import Sitting
from imfsurvey.faces.web.forms import Draft
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview import Interview

IDLE: Final = 30 * 60.0
"""Seconds without a request after which what somebody answered is forgotten."""

MOST: Final = 2000
"""Visits at a time: each takes some 100 kB of memory."""


@dataclass
class Known:
    """Somebody whose browser is known."""

    sitting: Sitting | None = field(default=None, repr=False)
    """None when nothing is being answered (any more)."""
    seen: float = 0.0
    check: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)
    """Goes with every form, so that no other page can send one."""
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)
    fault: ImfsurveyError | None = None
    """Why the answers could not be sent when that was tried last."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    """One request of a person after the other, however often they click."""

    @property
    def interview(self) -> Interview:
        """The interview. Raises ValueError once the answers are sent."""
        if self.sitting is None:
            raise ValueError("the answers of this visit are sent")
        return self.sitting.interview

    def forget(self) -> None:
        """The answers are sent, or it was left: nothing of them stays here."""
        self.sitting = self.fault = None

    def address_of(self, item_id: str) -> str:
        """What an item is called for this person: the browser's history shows none."""
        return hashlib.blake2s(item_id.encode(), key=self.secret, digest_size=6).hexdigest()


@dataclass
class Visit(Known):
    """One person's way through the pages of a survey.

    Once the answers are sent only the fact is left, for who clicked twice.
    """

    draft: Draft | None = field(default=None, repr=False)
    """What was typed and could not be accepted."""
    welcomed: bool = False
    """Whether the person was told that they go on with what they put aside."""
    reviewed: bool = False
    """Whether the person has been at the overview."""

    def forget(self) -> None:
        """Nothing of the answers stays here."""
        super().forget()
        self.draft = None

    @property
    def here(self) -> str:
        """The address of the page that the person is at."""
        return f"/q/{self.address_of(self.interview.page.item.id)}"

    def item_at(self, address: str) -> str | None:
        """The item of a page that is shown now."""
        ids = (page.item.id for page in self.interview.pages)
        return next((one for one in ids if self.address_of(one) == address), None)


_K = TypeVar("_K", bound=Known)


class Register(Generic[_K]):
    """All who are known to this process."""

    idle: float = IDLE

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._visits: dict[str, _K] = {}

    @property
    def under_way(self) -> int:
        """How many people are answering."""
        return sum(visit.sitting is not None for visit in self._visits.values())

    @property
    def full(self) -> bool:
        """Whether there is no room for one more."""
        return len(self._visits) >= MOST

    def add(self, visit: _K) -> str:
        """Know somebody from now on; the value by which they are found again."""
        key = secrets.token_urlsafe(32)
        visit.seen = self._clock()
        self._visits[key] = visit
        return key

    def __iter__(self) -> Iterator[_K]:
        return iter(list(self._visits.values()))

    def find(self, key: str) -> _K | None:
        """Who is known by it, and thereby alive; None when there is nobody (any more)."""
        self.forget_idle()
        visit = self._visits.get(key)
        if visit is not None:
            visit.seen = self._clock()
        return visit

    def end(self, key: str) -> None:
        """Forget a visit and all that was answered in it."""
        visit = self._visits.pop(key, None)
        if visit is not None:
            visit.forget()

    def forget_idle(self) -> None:
        """Forget whoever gave no sign of life for too long."""
        since = self._clock() - self.idle
        for key in [key for key, visit in self._visits.items() if visit.seen < since]:
            self.end(key)


class Visits(Register[Visit]):
    """Those who are answering a survey, and for a while those who have sent their answers."""

    @property
    def full(self) -> bool:
        """Whether so many are answering that there is no room for one more."""
        return self.under_way >= MOST

    def add(self, visit: Visit) -> str:
        """Know somebody; who has sent their answers longest ago makes room."""
        if len(self._visits) >= MOST:
            sent = (key for key, one in self._visits.items() if one.sitting is None)
            self._visits.pop(next(sent, ""), None)
        return super().add(visit)

    def begin(self, sitting: Sitting) -> tuple[str, Visit]:
        """Begin a visit; the value by which it is found again, and the visit."""
        visit = Visit(sitting)
        return self.add(visit), visit
