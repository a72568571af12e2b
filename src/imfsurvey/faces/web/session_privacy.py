"""The page "what we store and what we don't" of a team session."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.papers import facts as say
from imfsurvey.report.papers.facts import Facts, asked_of, facts_of
from imfsurvey.report.papers.notice import Topic, common_topics, of_a_browser
from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.session import Session


def session_topics(study: Study, session: Session, t: Translator, *, tickets: bool) -> list[Topic]:
    """Everything that people are told before they vote."""
    facts = facts_of(study, session.wave, t)
    shown = say.shown_in_the_room(asked_of(session.questionnaire, t), t)
    why = t("To talk in the team about what is seen alike and what is not, and to improve it.")
    return [
        Topic(t("Who asks"), [_who(study, session, t), say.who(facts, t)]),
        Topic(t("Why"), [why]),
        Topic(t("What is stored"), [*_stored(t)]),
        Topic(t("What is not stored"), [*_not_stored(t, tickets=tickets)]),
        Topic(t("Who can open the votes"), [*_openers(facts, t)]),
        Topic(t("What is shown"), [*shown, t("Nothing of it is shown on these pages.")]),
        *common_topics(facts, t),
        Topic(t("What your own device may remember"), [*of_a_browser(t)]),
    ]


def _who(study: Study, session: Session, t: Translator) -> str:
    entity = study.file.entity.name
    if session.file.facilitator:
        return t(
            "{entity} asks, in the session “{title}”, which {facilitator} leads.",
            entity=entity,
            title=session.file.title,
            facilitator=session.file.facilitator,
        )
    return t("{entity} asks, in the session “{title}”.", entity=entity, title=session.file.title)


def _stored(t: Translator) -> Iterator[str]:
    yield t(
        "Only what you ticked, when you send the votes of a round: one record for each round, "
        "sealed (encrypted) before it is written, in a random place of a file that is as long for "
        "everybody. Nothing joins what you vote in two rounds."
    )


def _not_stored(t: Translator, *, tickets: bool) -> Iterator[str]:
    yield from say.nothing_of_the_person(t)
    if tickets:
        yield t(
            "Your ticket is marked as used in a round, and nothing links it to your votes. Nobody "
            "wrote down who drew which ticket."
        )
    yield t(
        "As long as you take part, the computer that offers these pages remembers in its memory "
        "that this browser takes part, with which ticket, and in which rounds votes came from it; "
        "of the votes themselves nothing once they are sent."
    )
    yield t(
        "One cookie holds a random value, so that your pages belong together. It is gone when you "
        "leave, when the session ends, or when you close the browser."
    )


def _openers(facts: Facts, t: Translator) -> Iterator[str]:
    yield from say.who_holds(facts, t)
    yield t("They find votes without a name.")
    yield say.key_of_the_room(t)
