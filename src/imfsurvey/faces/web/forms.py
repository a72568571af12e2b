"""How what a browser sends is understood as an answer; what cannot be accepted is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from imfsurvey.faces.said import says_other
from imfsurvey.faces.web.offers import Offer, offered
from imfsurvey.i18n.describe import Describable
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Interview, Objection
from imfsurvey.questionnaire import (
    OTHER,
    InfoItem,
    Item,
    MultiItem,
    NumberItem,
    RankingItem,
    TextItem,
)

Form = Mapping[str, Sequence[str]]
"""The fields that were sent; what a browser leaves out is not there."""

Place = Literal["answer", "other", "comment"]

RANK: Final = "rank"
"""Begins the name of the field with the rank of a choice."""


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a field, or is worth a second look."""

    place: Place
    what: Describable
    error: bool = True
    """A warning may be passed by sending the same again."""


@dataclass
class Draft:
    """What was sent for an item and could not be accepted as it is, to be shown once more."""

    item: str
    form: Form = field(repr=False)
    troubles: tuple[Trouble, ...] = field(default=(), repr=False)


def take(interview: Interview, item: Item, form: Form) -> tuple[Trouble, ...]:
    """Record what was sent for an item; what keeps it from being accepted, the gravest first.

    What is no answer at all changes nothing.
    """
    if isinstance(item, InfoItem):
        return ()
    troubles = [*_take_answer(interview, item, form)]
    if not troubles:
        troubles += _take_words(interview, item, form)
    if interview.side_limit(item, "comment"):
        troubles += _take_side(interview, item, "comment", text_in(form, "comment"))
    if not troubles:
        troubles += _objections(interview, item)
    return tuple(sorted(troubles, key=lambda one: not one.error))


def take_back(interview: Interview, item: Item) -> None:
    """Take the answer to an item back, with the words that belong to it.

    A page without a question has none: no button of ours asks for that, but a form may.
    """
    if isinstance(item, InfoItem):
        return
    interview.clear(item.id)
    if interview.side_limit(item, "other"):
        interview.note(item.id, "other", "")


def text_in(form: Form, name: str) -> str:
    """A text that was sent, with the line ends that are used here."""
    return "\n".join(form.get(name, ("",))[0].splitlines())


# --- the answer -------------------------------------------------------------------------------


def _take_answer(interview: Interview, item: Item, form: Form) -> Iterator[Trouble]:
    try:
        _record(interview, item, form)
    except InputError as error:
        yield Trouble("answer", error)


def _record(interview: Interview, item: Item, form: Form) -> None:
    """Raises `InputError` for what is no answer to the item."""
    offers = {offer.spelled: offer for offer in offered(interview, item)}
    chosen = [_offer(spelled, offers) for spelled in form.get("answer", ()) if spelled]
    ranked = _ranked(item, form, offers)
    text = text_in(form, "text").strip() if isinstance(item, TextItem) else ""
    alone = [offer for offer in chosen if offer.alone]
    if alone and len(chosen) + len(ranked) + bool(text) > 1:
        raise InputError(
            "IMF-F161",
            "“{choice}” stands alone: take it away, or take everything else away.",
            choice=alone[0].label,
        )
    if chosen and chosen[0].status != "answered":
        interview.record(item.id, chosen[0].status)
    elif isinstance(item, TextItem):
        _record_text(interview, item, text)
    else:
        _record_chosen(interview, item, ranked or tuple(chosen))


def _offer(spelled: str, offers: Mapping[str, Offer]) -> Offer:
    if spelled not in offers:
        raise InputError("IMF-F160", "This is not one of the answers offered here any more.")
    return offers[spelled]


def _record_text(interview: Interview, item: TextItem, text: str) -> None:
    if text:
        interview.record(item.id, "answered", text)
    else:
        interview.clear(item.id)


def _record_chosen(interview: Interview, item: Item, chosen: tuple[Offer, ...]) -> None:
    if not chosen:
        interview.clear(item.id)
    elif isinstance(item, MultiItem | RankingItem):
        codes = tuple(one.code for one in chosen if isinstance(one.code, int | str))
        interview.record(item.id, "answered", codes)
    elif isinstance(item, NumberItem):
        interview.record(item.id, "answered", _within_bounds(chosen[0].code, item))
    else:
        interview.record(item.id, "answered", chosen[0].code)


def _within_bounds(band: int | float | str | None, item: NumberItem) -> int | float | str | None:
    """A number of the band: the lowest band may begin below the lowest number."""
    if isinstance(band, int | float) and item.lowest is not None:
        return max(band, item.lowest)
    return band


def _ranked(item: Item, form: Form, offers: Mapping[str, Offer]) -> tuple[Offer, ...]:
    """The choices with a rank, the first one first. Raises `InputError` for a rank given twice."""
    if not isinstance(item, RankingItem):
        return ()
    ranks: dict[int, Offer] = {}
    for spelled, offer in offers.items():
        typed = form.get(f"{RANK}{spelled}", ("",))[0]
        if not typed:
            continue
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 4):
            raise InputError("IMF-F160", "This is not one of the answers offered here any more.")
        if int(typed) in ranks:
            raise InputError(
                "IMF-F162", "Rank {rank} is given twice: give each rank once.", rank=int(typed)
            )
        ranks[int(typed)] = offer
    return tuple(ranks[rank] for rank in sorted(ranks))


# --- what is written beside it ------------------------------------------------------------------


def _take_words(interview: Interview, item: Item, form: Form) -> Iterator[Trouble]:
    """The words of "other", which belong to that choice."""
    if not interview.side_limit(item, "other"):
        return
    words = text_in(form, "other").strip()
    if words and not says_other(interview.answer_to(item.id)):
        label = next(one.label for one in offered(interview, item) if one.code == OTHER)
        yield Trouble(
            "other",
            InputError("IMF-F163", "Choose “{choice}” as well, or empty this field.", choice=label),
        )
    else:
        yield from _take_side(interview, item, "other", words)


def _take_side(
    interview: Interview, item: Item, side: Literal["other", "comment"], text: str
) -> Iterator[Trouble]:
    try:
        interview.note(item.id, side, text)
    except InputError as error:
        yield Trouble(side, error)


# --- what the interview says of it ----------------------------------------------------------------


def _objections(interview: Interview, item: Item) -> Iterator[Trouble]:
    found = interview.objections(item)
    for one in found:
        yield Trouble(_place(interview, item, one), one, one.severity == "error")
    if not found and interview.state(item) == "skipped":
        blank = Objection("IMF-F164", "No answer given.", severity="warn")
        yield Trouble("answer", blank, error=False)


def _place(interview: Interview, item: Item, objection: Objection) -> Place:
    """The field that an objection is about; one to words may be about those beside the answer."""
    if objection.side == "other" or objection.side == "comment":
        return objection.side
    if objection.code != "IMF-I124" or isinstance(item, TextItem):
        return "answer"
    return "comment" if interview.answer_to(item.id).comment else "other"
