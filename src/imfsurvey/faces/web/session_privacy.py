"""The page "what we store and what we don't" of a team session."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.faces.web.privacy import Topic, common_topics, holders
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.session import Session


def session_topics(study: Study, session: Session, t: Translator, *, tickets: bool) -> list[Topic]:
    """Everything that people are told before they vote."""
    k = session.questionnaire.privacy.k_total
    return [
        Topic(t("Who asks"), [_who(study, session, t)]),
        Topic(
            t("Why"),
            [t("To talk in the team about what is seen alike and what is not, and to improve it.")],
        ),
        Topic(t("What is stored"), [*_stored(t)]),
        Topic(t("What is not stored"), [*_not_stored(t, tickets=tickets)]),
        Topic(t("Who can open the votes"), [*_openers(session, t)]),
        Topic(
            t("What is shown"),
            [
                t(
                    "When a round is closed, figures of the whole room, from {k} votes on; no "
                    "figure where nearly everybody gave the same answer. They are shown in the "
                    "room, never on these pages.",
                    k=k,
                )
            ],
        ),
        *common_topics(session.wave, t),
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
    yield t("No name, no number, no e-mail address, no network address, no kind of device.")
    yield t("No time, no order of arrival, no language, no half-finished answers.")
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


def _openers(session: Session, t: Translator) -> Iterator[str]:
    yield holders(session.wave, t)
    yield t("They find votes without a name.")
    yield t(
        "While a round is open, the program of the facilitator has a key as well, in its memory "
        "alone, to show the result in the room. It forgets it when the round closes."
    )
