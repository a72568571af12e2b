"""The risks for those who answer, what the program does against each, and what remains.

They are those of docs/anonymity.md. None is called solved that is not: whoever decides must know
what only people can prevent.
"""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.papers.facts import Facts

Risk = tuple[str, str, str]
"""The risk, the measures of the program, what remains."""


def risks(facts: Facts, t: Translator) -> Iterator[Risk]:
    """Those that concern this wave."""
    if facts.anonymous:
        yield from _of_figures(facts, t)
        yield from _of_storage(facts, t)
        yield from _of_people(facts, t)
    if facts.texts:
        yield _texts(t)
    if facts.sessions:
        yield from _of_sessions(t)
    if facts.named:
        yield (
            t("The self-assessment names persons in its evidence and comments."),
            t("It can be sealed when the measurement closes, and destroyed apart."),
            t("Whoever may open the study folder reads it until then. Write down no names."),
        )
    yield (
        t("Answers are kept longer than announced, in copies and backups."),
        t("A last day is fixed and announced; destruction leaves a record."),
        t("Copies on sticks and in backups are not reached: list them and destroy them too."),
    )


def _of_figures(facts: Facts, t: Translator) -> Iterator[Risk]:
    least = min(one.k_total for one in facts.anonymous)
    yield (
        t("A figure on a small group tells what single persons answered."),
        t(
            "No figure on fewer than {k} answers; none where all, or all but one, gave the same "
            "answer; a band instead of a small response rate.",
            k=least,
        ),
        t(
            "Those who know a team well may still guess. In very small entities a conversation is "
            "better than a survey."
        ),
    )
    yield (
        t("Colleagues put together what they answered, and work out the answers of the last one."),
        t("Thresholds, which make the groups larger that would have to agree."),
        t("It cannot be prevented: seven of eight find the eighth. Say so."),
    )


def _of_storage(facts: Facts, t: Translator) -> Iterator[Risk]:
    yield (
        t("Somebody reads answers on a stolen or copied computer, stick or backup."),
        t("Answers are sealed before they are written; a computer that only collects has no key."),
        t("A secret key that lies on the same computer, its passphrase beside it, undoes this."),
    )
    held_by = (
        t("Only all key holders together can unseal.")
        if facts.together
        else t("Key holders are named beforehand; a second one is asked for.")
    )
    yield (
        t("A key holder reads whole responses: without a name, but all answers of one person."),
        t("The commands show figures, and texts above their threshold; never a response.")
        + " "
        + held_by,
        t("Who has key, passphrase and box can open single records with other tools."),
    )
    yield (
        t("The keys are lost, and the answers with them."),
        t("A second key holder is asked for; recovery sheets; a rehearsal before opening."),
        t("As things stand, one lost key is enough.")
        if facts.together or len(facts.holders) == 1
        else t("Recovery sheets have to lie in a safe place, and passphrases have to be known."),
    )
    yield (
        t(
            "An administrator copies the box after every person and learns the order of the "
            "answers."
        ),
        t("Random places, equal lengths, constant file times."),
        t("With a key as well, it tells whose answer is which. Do not leave them alone with it."),
    )
    yield (
        t("The computer that collects is manipulated, or records screen and keys."),
        t(
            "Nothing is written before it is sealed. Where a laptop is handed round, logs, "
            "screenshots and clipboard are off and the screen is cleared between two people."
        ),
        t("A recorder that hides itself, a camera or a look over the shoulder remain."),
    )


def _of_people(facts: Facts, t: Translator) -> Iterator[Risk]:
    tickets = (
        t("Tickets: one response each; the closing record counts them.")
        if facts.tickets
        else t("A measurement with more responses than people cannot be closed.")
    )
    yield (
        t("Somebody answers several times, or in the place of others, and the figures are wrong."),
        tickets,
        t("Who keeps cards back or gets those of others is noticed by counting only, or not."),
    )
    yield (
        t("A superior asks somebody how they answered, or whether they did."),
        t(
            "Nobody can prove what they answered; who has answered is not recorded; all are "
            "reminded."
        ),
        t("The pressure itself is not prevented. Management has to rule it out."),
    )
    yield (
        t("Somebody takes the survey for a reporting channel, and a report is lost."),
        t("The shipped survey, the letters and the notice name the channels."),
        t("A serious fact in a free text cannot be followed up."),
    )


def _texts(t: Translator) -> Risk:
    return (
        t("A free text tells by its words who wrote it, or accuses a person."),
        t(
            "Texts are kept apart, sorted by their letters and shown above a threshold; names, "
            "number plates and addresses are warned of."
        ),
        t("Style and subject remain. A second person reads the texts before they are passed on."),
    )


def _of_sessions(t: Translator) -> Iterator[Risk]:
    yield (
        t("In a team session, everybody sees who has just voted, and who missed a vote."),
        t("Counts without names; no figures under the threshold; a second vote has its own box."),
        t(
            "Two results of nearly the same people can tell about those who took part in one only. "
            "What is said aloud is not anonymous."
        ),
    )
    yield (
        t("Who changes the facilitator's program reads the votes of a round while it is open."),
        t("The key of a round is in memory only and forgotten when it closes."),
        t("Trust in the facilitator's computer is needed; else show no results in the room."),
    )
