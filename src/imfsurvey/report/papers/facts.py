"""What is true of a wave, for everything that is told about it: one place, several papers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview.comments import comment_fields
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.report.words import clean
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import keys_of
from imfsurvey.study.wave import Wave


@dataclass(frozen=True)
class Asked:
    """One questionnaire of the wave."""

    title: str
    anonymous: bool
    session: bool
    """Voted on together, in a team session."""
    questions: int
    texts: int
    """Free texts that one person may write."""
    breakdowns: tuple[str, ...]
    """The questions whose answers may split the results."""
    k: int
    k_total: int
    k_comments: int


@dataclass(frozen=True)
class Facts:
    """A wave, whether it is open already or still in preparation."""

    entity: str
    mandatary: str
    officer: str
    wave: str
    groups: tuple[tuple[str, int], ...]
    """Label and people."""
    headcount: int
    asked: tuple[Asked, ...]
    holders: tuple[str, ...]
    """Who can unseal; before the wave opens, whose keys are in the study."""
    settled: bool
    """Whether the wave has opened, which fixes all this."""
    together: bool
    """Whether only all holders together can unseal."""
    keep_until: datetime.date | None
    tickets: bool
    server: bool
    """Whether the sealed answers lie on a server."""

    @property
    def anonymous(self) -> tuple[Asked, ...]:
        """Surveys and team sessions."""
        return tuple(one for one in self.asked if one.anonymous)

    @property
    def surveys(self) -> tuple[Asked, ...]:
        """What people fill in alone."""
        return tuple(one for one in self.anonymous if not one.session)

    @property
    def sessions(self) -> tuple[Asked, ...]:
        """What is voted on together."""
        return tuple(one for one in self.anonymous if one.session)

    @property
    def named(self) -> tuple[Asked, ...]:
        """What is stored with the role of who answered."""
        return tuple(one for one in self.asked if not one.anonymous)

    @property
    def aside(self) -> bool:
        """Whether somebody may put answers aside: with a ticket, not in the room of a session."""
        return self.tickets and any(not one.session for one in self.anonymous)

    @property
    def texts(self) -> bool:
        """Whether anonymous people may write in their own words."""
        return any(one.texts for one in self.anonymous)


def facts_of(study: Study, wave: Wave, t: Translator) -> Facts:
    """The facts in the language of `t`."""
    file, seal = study.file, wave.file.seal
    groups = wave.file.groups if wave.file.status != "draft" else file.groups
    known = seal.keys if seal else tuple(key.file for key in keys_of(study.folder))
    return Facts(
        entity=clean(file.entity.name),
        mandatary=named(file.mandatary.rank, file.mandatary.name),
        officer=named(file.officer.rank, file.officer.name),
        wave=clean(wave.file.label.say(t.language)),
        groups=tuple((clean(one.label.say(t.language)), one.headcount) for one in groups),
        headcount=sum(one.headcount for one in groups),
        asked=tuple(asked_of(one, t) for one in wave.questionnaires.values()),
        holders=tuple(_holder(one.holder, one.office) for one in known),
        settled=wave.file.status != "draft",
        together=seal is not None and seal.opening == "all_of" and len(seal.keys) > 1,
        keep_until=wave.file.keep_until,
        tickets=ticket_book(wave).exists(),
        server=bool(wave.file.store),
    )


def asked_of(one: Questionnaire, t: Translator) -> Asked:
    """The facts of one questionnaire."""
    privacy = one.privacy
    return Asked(
        title=clean(one.questionnaire.title.say(t.language)),
        anonymous=one.anonymous,
        session=one.kind == "session",
        questions=sum(1 for _ in one.asking_items()),
        texts=comment_fields(one),
        breakdowns=tuple(
            clean(one.items[name].text.say(t.language)) for name in privacy.breakdown_by
        ),
        k=privacy.k,
        k_total=privacy.k_total,
        k_comments=privacy.k_comments,
    )


def named(rank: str, name: str) -> str:
    """A person with their rank, if it is known."""
    return clean(f"{rank} {name}")


def _holder(holder: str, office: str) -> str:
    return clean(f"{holder} ({office})" if office else holder)


# --- sentences that several papers say ------------------------------------------------------------


def who(facts: Facts, t: Translator) -> str:
    """Who answers for the processing."""
    return t(
        "{mandatary} answers for it as mandate holder; the integrity officer is {officer}.",
        mandatary=facts.mandatary,
        officer=facts.officer,
    )


def why(facts: Facts, t: Translator) -> str:
    """What it is for."""
    return t(
        "To measure how the staff of {entity} see its integrity policy, and to improve it.",
        entity=facts.entity,
    )


def splitting(asked: Asked, t: Translator) -> str:
    """The questions whose answers may split the results."""
    return formats.joined([t("“{text}”", text=one) for one in asked.breakdowns], t.language)


def nothing_of_the_person(t: Translator, *, aside: bool = False) -> Iterator[str]:
    """What is stored of nobody. `aside`: answers may be put aside before they are sent."""
    yield t("No name, no number, no e-mail address, no network address, no kind of device.")
    if aside:
        yield t(
            "No time, no order of arrival, no language; no half-finished answers, unless you ask "
            "to put them aside."
        )
    else:
        yield t("No time, no order of arrival, no language, no half-finished answers.")


def who_holds(facts: Facts, t: Translator) -> Iterator[str]:
    """Who has the keys."""
    names = formats.joined(list(facts.holders), t.language)
    if facts.together:
        yield t("Only all of these together: {holders}.", holders=names)
    elif facts.holders:
        yield t("Each of these: {holders}.", holders=names)


def holders(facts: Facts, t: Translator) -> Iterator[str]:
    """Who can open the answers."""
    yield from who_holds(facts, t)
    yield t(
        "They find answers without a name. The computer that collects the answers cannot open them."
    )


def published(asked: Asked, t: Translator) -> Iterator[str]:
    """From how many answers on what is shown."""
    yield t(
        "Figures of the whole entity from {k_total} answers on, of a part of it from {k} answers "
        "on. Never a single answer.",
        k_total=asked.k_total,
        k=asked.k,
    )
    if asked.texts:
        yield t(
            "What people wrote is shown only when at least {k} people have answered.",
            k=asked.k_comments,
        )


def shown_in_the_room(asked: Asked, t: Translator) -> Iterator[str]:
    """The same for a team session."""
    yield t(
        "The result of a round, in the room, from {k} votes on; fewer are not even unsealed. Where "
        "all, or all but one, gave the same answer, no figure is shown.",
        k=asked.k_total,
    )


def key_of_the_room(t: Translator) -> str:
    """Who else can open the votes of a round."""
    return t(
        "While a round is open, the program of the facilitator holds a key for it, in memory "
        "only, so that the room can see the result. It is forgotten when the round closes."
    )


def kept(facts: Facts, t: Translator) -> str:
    """Until when the answers exist."""
    if facts.keep_until is None:
        return t("No day has been set yet. Ask the integrity officer.")
    return t(
        "Until {day}. After that the answers are destroyed; the published figures stay.",
        day=formats.date(facts.keep_until, t.language),
    )


def basis(t: Translator) -> str:
    """The legal basis that is proposed."""
    return t(
        "Task in the public interest: article 6(1)(e) of the General Data Protection Regulation."
    )


def supervision(t: Translator) -> str:
    """Who supervises."""
    return t("Supervision: the Supervisory Body for Police Information (COC).")


def not_a_channel(t: Translator) -> str:
    """What an answer is not."""
    return t("What you answer here is not treated as a report, and nobody can follow it up.")
