"""Rounds without a result that a key holder can still read.

When the console ends while a round is open, the key of the vote is gone, but what was voted is
sealed to the key holders of the wave too. They can make the figures after the session, once for
each round, and only where there are none yet: two votes of nearly the same people, laid side by
side, could tell what those answered who took part in one of them only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.store.seal import Unsealer
from imfsurvey.study.sessions.box import VoteBox, holders_part
from imfsurvey.study.sessions.figures import counted
from imfsurvey.study.sessions.file import ByHolders, ItemOutcome, RoundFile, VoteFile
from imfsurvey.study.sessions.record import session_differences
from imfsurvey.study.sessions.session import Session
from imfsurvey.study.unsealing import require_accepted, require_kept


class Recovered(NamedTuple):
    """A round that has figures now."""

    round_id: str
    number: int
    """Which vote on it."""
    votes: int
    left_out: int
    """Records that were not cast in this vote, or changed since."""


def require_lost(session: Session) -> tuple[VoteBox, ...]:
    """The boxes that key holders can make figures from. Raises `RefusedError` when there are
    none, people may still vote, or the votes were destroyed."""
    require_kept(session.wave)
    if session.file.status == "open" and session.wave.file.status == "open":
        raise RefusedError(
            "IMF-T321",
            "Session '{session}' is still open. End it first: 'imfsurvey session {wave} "
            "{session}', then E.",
            session=session.name,
            wave=session.wave.id,
        )
    boxes = tuple(_lost(session))
    if not boxes:
        raise RefusedError(
            "IMF-T322",
            "No round of session '{session}' can be unsealed: each has its result, was not voted "
            "on, or has fewer than {k} votes.",
            session=session.name,
            k=session.questionnaire.privacy.k_total,
        )
    return boxes


def unseal_lost(
    session: Session, secrets: Sequence[str], *, despite_differences: bool = False
) -> tuple[Recovered, ...]:
    """Make and keep the figures of every round that has none and votes enough.

    `secrets`: secret keys, one or all that the wave asks for. Raises `RefusedError` as
    `require_lost` does, when keys are missing, or when the boxes are not those of the closing
    record and that was not accepted. The wave is held: nobody destroys the votes meanwhile.
    """
    seal = session.wave.seal
    unsealer = Unsealer(secrets, seal.opening, seal.public_keys)
    with session.wave.held(session.wave.file.status), session.held():
        boxes = require_lost(session)
        changed = session_differences(session)
        require_accepted(changed, despite_differences)
        made = []
        for box in boxes:
            found = counted(box, unsealer, holders_part)
            stored = box.count()
            how: ByHolders = "changed" if changed else "as_closed"
            _keep(session, box, stored, found.items, how)
            made.append(Recovered(box.round_id, box.number, found.votes, stored - found.votes))
    return tuple(made)


def _lost(session: Session) -> Iterator[VoteBox]:
    """The last vote with enough in its box, on each round that has no figures."""
    k = session.questionnaire.privacy.k_total
    for one in session.file.rounds:
        if any(vote.outcome == "shown" for vote in one.votes):
            continue
        boxes = [VoteBox(session, one.id, vote.number) for vote in reversed(one.votes)]
        yield from [box for box in boxes if box.count() >= k][:1]


def _keep(
    session: Session, box: VoteBox, votes: int, items: tuple[ItemOutcome, ...], how: ByHolders
) -> None:
    def told(vote: VoteFile) -> VoteFile:
        if vote.number != box.number:
            return vote
        return vote.shown(votes, items).model_copy(update={"by_holders": how})

    def change(one: RoundFile) -> RoundFile:
        return one.model_copy(update={"votes": tuple(map(told, one.votes))})

    session.write(session.file.with_round(box.round_id, change))
