"""From the votes of a round to what may be shown of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from imfsurvey.analysis.agreement import polarised, r_wg
from imfsurvey.analysis.figures import ItemFigures
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.perception import fewest, perceive
from imfsurvey.i18n.errors import InputError
from imfsurvey.questionnaire import LikertItem, Questionnaire
from imfsurvey.store.seal import Unsealer
from imfsurvey.study.sessions.box import VoteBox, room_part
from imfsurvey.study.sessions.file import ItemOutcome, VoteFile

_DIGITS: Final = 9
"""Decimals of a mean: enough to tell apart any two means of as many people as a room holds."""


class Counted(NamedTuple):
    """What was made of a box of votes."""

    votes: int
    """That were unsealed and belong there."""
    items: tuple[ItemOutcome, ...]


def closed_vote(box: VoteBox, vote: VoteFile, secret: str | None) -> VoteFile:
    """A vote as it is kept once it has closed; `secret` is its own key, None when that is gone.

    With fewer votes than a result needs, nothing is unsealed at all.
    """
    count = box.count()
    if count < box.questionnaire.privacy.k_total:
        return vote.without_figures(count, "too_few")
    if secret is None:
        return vote.without_figures(count, "key_lost")
    unsealer = Unsealer([secret], "any_of", [vote.public_key])
    return vote.shown(count, counted(box, unsealer, room_part).items)


def counted(box: VoteBox, unsealer: Unsealer, part: Callable[[bytes], bytes]) -> Counted:
    """The figures of a vote after disclosure control; `part` is the seal that the key opens.

    What was unsealed for them is gone when this returns.
    """
    with box.store() as store:
        rows = [_row(box, unsealer.unseal(part(payload))) for payload in store.payloads()]
    known = [row for row in rows if row is not None]
    microdata = Microdata.from_rows(box.codec.variables, known)
    expected = max(box.session.file.expected, len(known))
    figures = perceive(box.questionnaire, microdata, expected)
    return Counted(len(known), tuple(_outcome(box.questionnaire, one) for one in figures.items))


def _row(box: VoteBox, unsealed: bytes | None) -> bytes | None:
    """The answers of one vote; None for what was not cast in this vote: it is left out."""
    record = box.box.record_in(unsealed)
    if record is None:
        return None
    try:
        return box.codec.row(record)
    except InputError:
        return None


def _outcome(questionnaire: Questionnaire, figures: ItemFigures) -> ItemOutcome:
    """Figures as they are kept, with agreement and camps where counts may be shown."""
    counts, mean = figures.counts, figures.mean
    enough = counts is not None and sum(counts) >= fewest(questionnaire, figures.item)
    item = questionnaire.items[figures.item]
    if mean is not None and isinstance(item, LikertItem) and item.reverse:
        values = questionnaire.scales[item.scale].values
        # Turned back, 4.15 of twenty must be 1.85 and not a hair less, which is printed as 1.8.
        mean = round(values[0] + values[-1] - mean, _DIGITS)
    return ItemOutcome(
        item=figures.item,
        hidden=figures.hidden,
        leaning=figures.leaning,
        n=figures.n,
        counts=counts,
        mean=mean,
        agreement=r_wg(counts) if counts is not None and enough else None,
        polarised=polarised(counts) if counts is not None and enough else False,
        dont_know=figures.dont_know,
        blank=figures.blank,
    )
