"""What became of the tickets of a wave, as the closing record says it and as it is now."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from imfsurvey.source.model import Many, SourceModel
from imfsurvey.source.problems import Problem
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.tickets import TicketBook, TicketCounts
from imfsurvey.study.wave import Wave


class TicketAccount(SourceModel):
    """The tickets when collection ended. Used and torn up should make up what was printed."""

    printed: int = Field(ge=0)
    used: int = Field(ge=0)
    torn_up: int = Field(ge=0)
    laptops: Many[str] = ()
    """Whose tickets are counted, when laptops have letters."""

    @property
    def counts(self) -> TicketCounts:
        """The same, for computing."""
        return TicketCounts(self.printed, self.used, self.torn_up)


def ticket_account(wave: Wave) -> TicketAccount | None:
    """The tickets of a wave now; None when there are none. Raises `StorageError`."""
    return account_of(ticket_book(wave))


def account_of(book: TicketBook) -> TicketAccount | None:
    """What became of the tickets of a book; None when none were issued. Raises `StorageError`."""
    if not book.exists():
        return None
    counts = book.counts()
    return TicketAccount(
        printed=counts.printed,
        used=counts.used,
        torn_up=counts.torn_up,
        laptops=book.counted_laptops(),
    )


def ticket_differences(
    then: TicketAccount | None, now: TicketAccount | None, responses: int, where: str
) -> Iterator[Problem]:
    """Where the tickets are not what the record says, or fewer than the responses."""
    if then is None and now is None:
        return
    nothing = TicketCounts(0, 0, 0)
    before, here = (one.counts if one is not None else nothing for one in (then, now))
    if before != here:
        yield Problem(
            "IMF-T232",
            "when it was closed, {printed} tickets were printed, {used} used and {torn_up} torn "
            "up; now it is {printed_now}, {used_now} and {torn_up_now}",
            {
                "printed": before.printed,
                "used": before.used,
                "torn_up": before.torn_up,
                "printed_now": here.printed,
                "used_now": here.used,
                "torn_up_now": here.torn_up,
            },
            where,
        )
    used = min(before.used, here.used)
    if responses > used:
        yield Problem(
            "IMF-T231",
            "{excess} responses are more than the used tickets ({responses} and {used}): they "
            "were made up, or given without a ticket",
            {"excess": responses - used, "responses": responses, "used": used},
            where,
        )
    if here.unused < 0:
        yield Problem(
            "IMF-T233",
            "{excess} tickets more were used and torn up than printed",
            {"excess": -here.unused},
            where,
        )
