"""A team session in words: for the facilitator's screens and for lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from imfsurvey.analysis.agreement import Strength, strength
from imfsurvey.faces.words import leaning_word
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import LikertItem, Questionnaire
from imfsurvey.study.sessions.file import ItemOutcome, RoundFile, VoteFile

_BAR: Final = 30
"""Signs of the longest bar."""


def round_words(one: RoundFile, voted: int, expected: int, t: Translator) -> str:
    """How far a round is: on one line, without anything about who."""
    if one.state == "not_yet":
        return t("not yet")
    number = len(one.votes)
    if one.state == "open":
        counted = t("{voted} of {expected} voted", voted=voted, expected=expected)
        words = t("open: {counted}", counted=counted)
    else:
        words = t.plural("closed: {n} vote cast", "closed: {n} votes cast", voted)
    return words if number == 1 else f"{words} ({t('vote no. {number}', number=number)})"


def outcome_words(vote: VoteFile, k: int, t: Translator) -> str:
    """Why a vote has no figures; empty when it has."""
    if vote.outcome == "too_few":
        return t(
            "Fewer than {k} have voted: nothing was unsealed, and nothing is shown. The votes are "
            "stored, sealed for the key holders.",
            k=k,
        )
    if vote.outcome == "key_lost":
        return t(
            "The program was started anew while this round was open, so the key for this room is "
            "gone. The votes are stored, sealed for the key holders. Open the round once more to "
            "vote again; or a key holder makes the result after the session."
        )
    return ""


def bars(outcome: ItemOutcome, item: LikertItem, asked: Questionnaire, t: Translator) -> list[str]:
    """The distribution, a line for each code of the scale: the first thing that is shown."""
    if outcome.counts is None:
        return [hidden_words(outcome, t)]
    choices = asked.scales[item.scale].codes
    labels = [choice.text.say(t.language) for choice in choices]
    width = max(len(label) for label in labels)
    most = max(outcome.counts) or 1
    return [
        f"{label:<{width}}  {count:>3}  {'█' * round(_BAR * count / most)}"
        for label, count in zip(labels, outcome.counts, strict=True)
    ]


def hidden_words(outcome: ItemOutcome, t: Translator) -> str:
    """Why there are no figures of a statement."""
    if outcome.hidden != "large_majority":
        return t("Too few answers: not shown.")
    words = t("Large majority: no figures, since nearly everybody gave the same answer.")
    if outcome.leaning is None:
        return words
    return f"{words} ({leaning_word(outcome.leaning, t)})"


def beside_words(outcome: ItemOutcome, t: Translator) -> list[str]:
    """What is said below the distribution: who gave no answer, and two camps."""
    shares = (
        (t("don't know"), outcome.dont_know),
        (t("no answer"), outcome.blank),
    )
    lines = [
        formats.labelled(name, formats.percent(share, t.language), t.language)
        for name, share in shares
        if share
    ]
    if outcome.polarised:
        lines.append(
            t(
                "! Two camps: a quarter or more on each side, and fewer in the middle. Do not look "
                "for who; look for why."
            )
        )
    return lines


def agreement_words(
    outcome: ItemOutcome, item: LikertItem, asked: Questionnaire, t: Translator
) -> list[str]:
    """Agreement and mean: shown after the distribution, when asked for."""
    if outcome.agreement is None or outcome.mean is None:
        return []
    values = asked.scales[item.scale].values
    strengths: dict[Strength, str] = {
        "none": t("lacking"),
        "weak": t("weak"),
        "moderate": t("moderate"),
        "strong": t("strong"),
        "very_strong": t("very strong"),
    }
    figure = formats.number(outcome.agreement, t.language, 2)
    mean = formats.number(outcome.mean, t.language, 1)
    return [
        t(
            "Agreement in the room: {word} (r_wg {figure}, from 0 to 1)",
            word=strengths[strength(outcome.agreement)],
            figure=figure,
        ),
        t("Mean: {mean}, from {low} to {high}", mean=mean, low=values[0], high=values[-1]),
    ]


def statements(asked: Questionnaire) -> Sequence[LikertItem]:
    """The statements of a round."""
    return [item for item in asked.asking_items() if isinstance(item, LikertItem)]


def vote_lines(vote: VoteFile, asked: Questionnaire, k: int, t: Translator) -> Iterator[str]:
    """A closed vote in lines, distribution first."""
    found = {one.item: one for one in vote.items}
    if why := outcome_words(vote, k, t):
        yield why
        return
    if vote.by_holders is not None:
        yield t("A key holder made this result after the session, from the sealed votes.")
    if vote.by_holders == "changed":
        yield t("The box was not what the closing record says: votes may be missing or added.")
    for item in statements(asked):
        outcome = found[item.id]
        yield item.text.say(t.language)
        yield from (f"  {line}" for line in bars(outcome, item, asked, t))
        yield from (f"  {line}" for line in beside_words(outcome, t))
        yield from (f"  {line}" for line in agreement_words(outcome, item, asked, t))
