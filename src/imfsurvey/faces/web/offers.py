"""What can be chosen on a page, and how a form spells it."""

from __future__ import annotations

from dataclasses import dataclass

from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview import Answer, Interview, Option, Status
from imfsurvey.interview.numbers import shown_number
from imfsurvey.questionnaire import Item, MultiItem, NumberItem


@dataclass(frozen=True)
class Offer:
    """One answer that can be chosen."""

    spelled: str
    """The value of its field: a code, or a status with a leading `~`."""
    label: str
    description: str
    status: Status
    code: int | float | str | None
    alone: bool
    """Nothing else can be said beside it."""

    def chosen_in(self, answer: Answer) -> bool:
        """Whether it is (one of) what was answered."""
        if answer.status != self.status:
            return False
        return self.status != "answered" or self.code in (*answer.codes, answer.value)


def offered(interview: Interview, item: Item) -> tuple[Offer, ...]:
    """What can be chosen for an item, non-answers last.

    Of a number these are its bands: the number itself need not leave the person's device.
    """
    options = tuple(_as_offer(one, item) for one in interview.options(item))
    return (
        (*_bands(item, interview.language), *options) if isinstance(item, NumberItem) else options
    )


def _as_offer(option: Option, item: Item) -> Offer:
    answers = option.status == "answered"
    kind = "#" if isinstance(option.value, int) else "="
    return Offer(
        f"{kind}{option.value}" if answers else f"~{option.status}",
        option.label,
        option.description,
        option.status,
        option.value,
        not answers or (option.exclusive and isinstance(item, MultiItem)),
    )


def _bands(item: NumberItem, language: str) -> tuple[Offer, ...]:
    t = translator(language)
    return tuple(
        Offer(f"#{band}", shown_number(band, item, t), "", "answered", band, alone=False)
        for band in item.bands
    )
