"""The page "what we store and what we don't", made from the questionnaire and the wave.

It holds what articles 13 and 14 of the GDPR ask for as far as the program knows it. What only a
lawyer can settle is marked as to be confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.comments import comment_fields
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave


@dataclass(frozen=True)
class Topic:
    """One question that people have, answered in a few sentences."""

    title: str
    sentences: Sequence[str]
    to_confirm: bool = False
    """The data protection officer has to confirm it."""


def topics(
    study: Study, wave: Wave, questionnaire: Questionnaire, t: Translator, *, tickets: bool
) -> list[Topic]:
    """Everything that people are told before the first question."""
    return [
        _who(study, wave, questionnaire, t),
        Topic(t("Why"), [_why(study, t)]),
        Topic(t("What is stored"), [*_stored(questionnaire, t, tickets=tickets)]),
        Topic(t("What is not stored"), [*_not_stored(t, tickets=tickets)]),
        Topic(t("Who can open the answers"), [*_holders(wave, t)]),
        Topic(t("What is published"), [*_published(questionnaire, t)]),
        Topic(t("How long it is kept"), [_kept(wave, t)]),
        Topic(
            t("Your rights"),
            [
                t(
                    "Once sent, a single answer cannot be found again, not even by those who hold "
                    "the keys. It can therefore be neither shown to you nor corrected nor erased."
                ),
                t(
                    "Taking part is voluntary. You may leave any question open that does not ask "
                    "for an answer, and you may leave before you send: then nothing is stored."
                ),
            ],
        ),
        Topic(t("Legal basis"), [*_basis(t)], to_confirm=True),
        Topic(t("This is not a reporting channel"), [*_channels(t)]),
        Topic(t("What your own device may remember"), [*_device(t)]),
    ]


def _who(study: Study, wave: Wave, questionnaire: Questionnaire, t: Translator) -> Topic:
    file, language = study.file, t.language
    asks = t(
        "{entity} asks, in its survey “{title}” ({wave}).",
        entity=file.entity.name,
        title=questionnaire.questionnaire.title.say(language),
        wave=wave.file.label.say(language),
    )
    answers = t(
        "{mandatary} answers for it as mandate holder; the integrity officer is {officer}.",
        mandatary=_named(file.mandatary.rank, file.mandatary.name),
        officer=_named(file.officer.rank, file.officer.name),
    )
    return Topic(t("Who asks"), [asks, answers])


def _named(rank: str, name: str) -> str:
    return f"{rank} {name}".strip()


def _why(study: Study, t: Translator) -> str:
    return t(
        "To measure how the staff of {entity} see its integrity policy, and to improve it.",
        entity=study.file.entity.name,
    )


def _stored(questionnaire: Questionnaire, t: Translator, *, tickets: bool) -> Iterator[str]:
    yield t(
        "Only what you chose, when you send it at the end: one record, sealed (encrypted) before "
        "it is written, in a random place of a file that is as long for everybody."
    )
    if comment_fields(questionnaire):
        yield t(
            "What you write in your own words is kept apart, without any link to your other "
            "answers."
        )
    if questionnaire.privacy.breakdown_by:
        yield t("If you name the staff category that you belong to, it is part of your answers.")
    if tickets:
        yield t(
            "If you ask for it, what you have answered so far is put aside, sealed with your "
            "ticket: only who has its code can open it. It is destroyed when you send, when you "
            "leave without sending, and when the survey closes."
        )


def _not_stored(t: Translator, *, tickets: bool) -> Iterator[str]:
    yield t("No name, no number, no e-mail address, no network address, no kind of device.")
    if not tickets:
        yield t("No time, no order of arrival, no language, no half-finished answers.")
    else:
        yield t(
            "No time, no order of arrival, no language; no half-finished answers, unless you ask "
            "to put them aside."
        )
        yield t(
            "Your ticket is marked as used, and nothing links it to your answers. Nobody wrote "
            "down who drew which ticket."
        )
    yield t(
        "While you answer, your answers are in the memory of the computer that offers these "
        "pages, and nowhere else. They are forgotten after half an hour without a sign of life."
    )
    yield t(
        "One cookie holds a random value, so that your pages belong together. It is gone when you "
        "have sent your answers."
    )


def _holders(wave: Wave, t: Translator) -> Iterator[str]:
    holders = [
        f"{one.holder} ({one.office})" if one.office else one.holder for one in wave.seal.keys
    ]
    names = formats.joined(holders, t.language)
    if wave.seal.opening == "all_of" and len(holders) > 1:
        yield t("Only all of these together: {holders}.", holders=names)
    else:
        yield t("Each of these: {holders}.", holders=names)
    yield t(
        "They find answers without a name. The computer that collects the answers cannot open them."
    )


def _published(questionnaire: Questionnaire, t: Translator) -> Iterator[str]:
    privacy = questionnaire.privacy
    yield t(
        "Figures of the whole entity from {k_total} answers on, of a part of it from {k} answers "
        "on. Never a single answer.",
        k_total=privacy.k_total,
        k=privacy.k,
    )
    if comment_fields(questionnaire):
        yield t(
            "What people wrote is shown only when at least {k} people have answered.",
            k=privacy.k_comments,
        )


def _kept(wave: Wave, t: Translator) -> str:
    until = wave.file.keep_until
    if until is None:
        return t("No day has been set yet. Ask the integrity officer.")
    return t(
        "Until {day}. After that the answers are destroyed; the published figures stay.",
        day=formats.date(until, t.language),
    )


def _basis(t: Translator) -> Iterator[str]:
    yield t(
        "Task in the public interest: article 6(1)(e) of the General Data Protection Regulation."
    )
    yield t("Supervision: the Supervisory Body for Police Information (COC).")
    yield t("Questions and complaints: the data protection officer of the entity.")


def _channels(t: Translator) -> Iterator[str]:
    yield t("What you answer here is not treated as a report, and nobody can follow it up.")
    yield t(
        "To report an integrity violation, use the internal reporting channel of your entity. The "
        "external channel is the Standing Police Monitoring Committee (Comité P, comitep.be). The "
        "Act of 8 December 2022 protects persons who report."
    )


def _device(t: Translator) -> Iterator[str]:
    yield t(
        "Your browser may list the address of these pages in its history. Use a private window, "
        "and a device that is not managed by your employer, if that matters to you."
    )
    yield t(
        "Whoever runs the network can see that you opened these pages, but not what you answered, "
        "as long as the address begins with https."
    )
