"""The notice "what we store and what we don't", made from the questionnaire and the wave.

It holds what articles 13 and 14 of the GDPR ask for as far as the program knows it. What only a
lawyer can settle is marked as to be confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.papers import facts as say
from imfsurvey.report.papers.facts import Asked, Facts


@dataclass(frozen=True)
class Topic:
    """One question that people have, answered in a few sentences."""

    title: str
    sentences: Sequence[str]
    to_confirm: bool = False
    """The data protection officer has to confirm it."""


def topics(facts: Facts, asked: Asked, t: Translator, *, browser: bool) -> list[Topic]:
    """Everything that people are told before the first question of one questionnaire.

    `browser`: whether they read it in the browser that they answer in; else what concerns
    browsers is said apart, for those who will use one.
    """
    seen = [*_in_memory(t)] if browser else []
    beside = [] if browser or asked.session else [*_in_memory(t)]
    return [
        Topic(t("Who asks"), [_asks(facts, asked, t), say.who(facts, t)]),
        Topic(t("Why"), [say.why(facts, t)]),
        Topic(t("What is stored"), [*_stored(facts, asked, t)]),
        Topic(t("What is not stored"), [*_not_stored(facts, asked, t), *seen]),
        Topic(t("Who can open the answers"), [*say.holders(facts, t), *_room(asked, t)]),
        Topic(t("What is published"), [*_published(asked, t)]),
        *common_topics(facts, t),
        *_device(t, asked, browser, beside),
    ]


def common_topics(facts: Facts, t: Translator) -> list[Topic]:
    """What is told in the same words about every questionnaire."""
    return [
        Topic(t("How long it is kept"), [say.kept(facts, t)]),
        Topic(t("Your rights"), [*_rights(t)]),
        Topic(t("Legal basis"), [say.basis(t), say.supervision(t), _contact(t)], to_confirm=True),
        Topic(t("This is not a reporting channel"), [say.not_a_channel(t), _channels(t)]),
    ]


def _asks(facts: Facts, asked: Asked, t: Translator) -> str:
    return t(
        "{entity} asks, in its survey “{title}” ({wave}).",
        entity=facts.entity,
        title=asked.title,
        wave=facts.wave,
    )


def _stored(facts: Facts, asked: Asked, t: Translator) -> Iterator[str]:
    yield t(
        "Only what you chose, when you send it at the end: one record, sealed (encrypted) before "
        "it is written, in a random place of a file that is as long for everybody."
    )
    if asked.texts:
        yield t(
            "What you write in your own words is kept apart, without any link to your other "
            "answers."
        )
    if asked.breakdowns:
        yield t(
            "The results may be split by what you answer here: {questions}. It is part of your "
            "answers.",
            questions=say.splitting(asked, t),
        )
    if _can_put_aside(facts, asked):
        yield t(
            "If you ask for it, what you have answered so far is put aside, sealed with your "
            "ticket: only who has its code can open it. It is destroyed when you send, when you "
            "leave without sending, and when the survey closes."
        )


def _can_put_aside(facts: Facts, asked: Asked) -> bool:
    """Whether somebody may go on later: with a ticket, and not in the room of a session."""
    return facts.tickets and not asked.session


def _not_stored(facts: Facts, asked: Asked, t: Translator) -> Iterator[str]:
    yield from say.nothing_of_the_person(t, aside=_can_put_aside(facts, asked))
    if _can_put_aside(facts, asked):
        yield t(
            "Your ticket is marked as used, and nothing links it to your answers. Nobody wrote "
            "down who drew which ticket."
        )


def _in_memory(t: Translator) -> Iterator[str]:
    yield t(
        "While you answer, your answers are in the memory of the computer that offers these "
        "pages, and nowhere else. They are forgotten after half an hour without a sign of life."
    )
    yield t(
        "One cookie holds a random value, so that your pages belong together. It is gone when you "
        "have sent your answers."
    )


def _room(asked: Asked, t: Translator) -> Iterator[str]:
    if asked.session:
        yield say.key_of_the_room(t)


def _published(asked: Asked, t: Translator) -> Iterator[str]:
    yield from say.shown_in_the_room(asked, t) if asked.session else say.published(asked, t)


def _rights(t: Translator) -> Iterator[str]:
    yield t(
        "Once sent, a single answer cannot be found again, not even by those who hold "
        "the keys. It can therefore be neither shown to you nor corrected nor erased."
    )
    yield t(
        "Taking part is voluntary. You may leave any question open that does not ask "
        "for an answer, and you may leave before you send: then nothing is stored."
    )


def _contact(t: Translator) -> str:
    return t("Questions and complaints: the data protection officer of the entity.")


def _channels(t: Translator) -> str:
    return t(
        "To report an integrity violation, use the internal reporting channel of your entity. The "
        "external channel is the Standing Police Monitoring Committee (Comité P, comitep.be). The "
        "Act of 8 December 2022 protects persons who report."
    )


def _device(t: Translator, asked: Asked, browser: bool, before: Sequence[str]) -> Iterator[Topic]:
    if asked.session and not browser:
        return
    title = t("What your own device may remember") if browser else t("If you answer in a browser")
    yield Topic(title, [*before, *of_a_browser(t)])


def of_a_browser(t: Translator) -> Iterator[str]:
    """What a browser and its network give away."""
    yield t(
        "Your browser may list the address of these pages in its history. Use a private "
        "window, and a device that is not managed by your employer, if that matters to you."
    )
    yield t(
        "Whoever runs the network can see that you opened these pages, but not what you "
        "answered, as long as the address begins with https."
    )
