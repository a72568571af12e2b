"""What the impact assessment and the register say in the same words."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.document import Block
from imfsurvey.report.papers import facts as say
from imfsurvey.report.papers.facts import Facts
from imfsurvey.report.papers.paper import said, to_do


def purposes(facts: Facts, t: Translator) -> Iterator[str]:
    """What the data are used for, and what not."""
    if facts.anonymous:
        yield say.why(facts, t)
    if facts.named:
        yield t(
            "To describe, with evidence, how far the integrity policy of {entity} is developed, "
            "and to follow it over the years.",
            entity=facts.entity,
        )
    yield t(
        "Not to assess persons, to investigate facts or to handle reports: the answers are not "
        "used for that."
    )


def data(facts: Facts, t: Translator) -> Iterator[str]:
    """Categories of data, as the questionnaires of the wave make them."""
    if facts.anonymous:
        yield t(
            "Opinions and perceptions of staff on integrity at work, given without a name: coded "
            "answers, sealed (encrypted) one by one before they are stored."
        )
    for one in facts.anonymous:
        if one.breakdowns:
            yield t(
                "In “{title}”, information on the person that may split the results: {questions}",
                title=one.title,
                questions=say.splitting(one, t),
            )
    if facts.texts:
        yield t(
            "Free texts, kept apart from the answers and from each other. They may, against the "
            "advice beside them, hold names or facts about persons, also data of articles 9 and 10 "
            "of the GDPR."
        )
    if facts.aside:
        yield t(
            "For those who ask for it: answers that are not sent yet, each sealed with a ticket; "
            "destroyed when they are sent, and when the survey closes."
        )
    if facts.named:
        yield t(
            "Self-assessment: ratings with the role of who gave them, with evidence, comments and "
            "reasons in their own words; name and rank of the mandate holder and the integrity "
            "officer."
        )
    if facts.sessions:
        yield t(
            "Team sessions: the name of the facilitator, and what the group concludes and "
            "proposes, in its own words."
        )
    if facts.anonymous:
        yield t("Name and office of the key holders.")


def not_stored(facts: Facts, t: Translator) -> Iterator[str]:
    """What is stored of no respondent."""
    yield from say.nothing_of_the_person(t, aside=facts.aside)
    if facts.tickets:
        yield t(
            "Tickets: only a value by which a code can be checked is kept, and whether it was "
            "used; nothing links it to an answer, and no list says who drew which."
        )


def recipients(facts: Facts, t: Translator) -> Iterator[str]:
    """Who gets to see what."""
    if facts.anonymous:
        yield from _key_holders(facts, t)
        yield t("The entity and the readers of the report: figures after disclosure control only.")
    for one in facts.sessions:
        yield t("“{title}”: {rule}", title=one.title, rule=" ".join(say.shown_in_the_room(one, t)))
    if facts.named:
        yield t(
            "Mandate holder, integrity officer and whoever may open the study folder: the "
            "self-assessment, with evidence and comments."
        )
    yield t("The program sends nothing to anybody: it has no maker's server and no telemetry.")


def _key_holders(facts: Facts, t: Translator) -> Iterator[str]:
    if not facts.settled:
        yield t(
            "The key holders are fixed when the measurement opens; this is how it stands today."
        )
    yield t(
        "Key holders, who can open the sealed answers after closing. {who}",
        who=" ".join(say.holders(facts, t)),
    )


def thresholds(facts: Facts, t: Translator) -> Iterator[str]:
    """From how many answers on something is shown, for each questionnaire."""
    for one in facts.anonymous:
        rules = say.shown_in_the_room(one, t) if one.session else say.published(one, t)
        yield t("“{title}”: {rule}", title=one.title, rule=" ".join(rules))


def retention(facts: Facts, t: Translator) -> Iterator[str]:
    """How long what is kept."""
    if facts.anonymous:
        if facts.keep_until is None:
            yield t(
                "Answers of the staff: until the day that is set when the measurement opens "
                "(without another one, the end of the next year), then destroyed, with a record "
                "of the destruction."
            )
        else:
            yield t(
                "Answers of the staff: until {day}, then destroyed, with a record of the "
                "destruction.",
                day=formats.date(facts.keep_until, t.language),
            )
    if facts.named:
        yield t("Self-assessment: kept with the study; it can be sealed or destroyed apart.")
    yield t("Figures and reports, which hold no single answer: kept.")


def security(facts: Facts, t: Translator) -> Iterator[str]:
    """Technical and organisational measures."""
    if facts.anonymous:
        yield t(
            "Sealing (age, X25519) in the memory of the collecting program, to the key holders "
            "only; the computer that collects cannot read what it stored."
        )
        yield t(
            "Answers of equal length in random places of boxes of fixed size, without a time and "
            "without an order; file times set to a constant."
        )
        if facts.together:
            yield t("Four eyes: only all key holders together can unseal.")
        yield t(
            "A closing record with counts and fingerprints, to be signed: a changed, missing or "
            "stuffed box is noticed."
        )
        yield t(
            "Disclosure control: nothing is shown on groups below the thresholds, nor where nearly "
            "everybody gave the same answer."
        )
    if facts.tickets:
        yield t("Tickets drawn from a hat: nobody answers twice, and nobody notes who drew which.")
    if facts.server:
        yield t("The sealed answers lie on a database server, which gets sealed records only.")
    yield t(
        "Rights on the study folder, full-disk encryption, backups and their destruction: outside "
        "the program."
    )


def named_persons(t: Translator) -> str:
    """Who is concerned without being asked."""
    return t("Persons whom somebody names in a text are concerned too.")


def basis(t: Translator) -> Iterator[Block]:
    """The legal basis: proposed, and to be confirmed."""
    yield said(t("Proposed, to be confirmed by the data protection officer:"), say.basis(t))
    yield to_do(t("the legal basis, with the provision that gives the entity this task"), t)


def contact_to_do(t: Translator) -> Block:
    """Who can be asked: the program does not know."""
    contact = t(
        "address and contact of the controller, name and contact of the data protection officer"
    )
    return to_do(contact, t)


def groups_to_do(t: Translator) -> Block:
    """How many are concerned, while no group is declared."""
    return to_do(t("the groups of staff and their headcounts"), t)


def measures_to_do(t: Translator) -> Block:
    """What only the office knows of its security."""
    measures = t("your own measures: rights, encryption of disks, backups, places of the keys")
    return to_do(measures, t)


def transfers(t: Translator) -> str:
    """Third countries."""
    return t("None by the program: everything stays where the study folder is.")
