"""The draft of a data protection impact assessment (article 35 of the GDPR).

The program fills in what it knows of the measurement; what only the office can know or decide is
marked as to be completed. Its order is that of article 35(7).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.document import Block, Bullets, Heading, Section, Table
from imfsurvey.report.papers import facts as say
from imfsurvey.report.papers import shared
from imfsurvey.report.papers.facts import Asked, Facts
from imfsurvey.report.papers.paper import Paper, listed, said, to_do
from imfsurvey.report.papers.risks import risks
from imfsurvey.report.words import NO_FIGURE


def assessment(facts: Facts, t: Translator, day: datetime.date) -> Paper:
    """The whole draft."""
    parts = (_processing, _necessity, _risks, _consultation, _decision)
    return Paper(
        name="dpia",
        language=t.language,
        title=t("Data protection impact assessment"),
        entity=facts.entity,
        subtitle=t("Draft of {date}: {wave}", date=formats.date(day, t.language), wave=facts.wave),
        notes=(draft_note(t), t("Order of the chapters: article 35(7) of the GDPR.")),
        sections=tuple(part(facts, t) for part in parts),
        numbered=True,
        day=day,
    )


def draft_note(t: Translator) -> str:
    """What such a draft is."""
    return t(
        "This draft was made from the study and its questionnaires. It is no legal advice: what is "
        "marked “To be completed” is for the entity and its data protection officer."
    )


def _processing(facts: Facts, t: Translator) -> Section:
    blocks = [
        Heading(t("Who is responsible")),
        said(t("Controller: {entity}.", entity=facts.entity), say.who(facts, t)),
        shared.contact_to_do(t),
        to_do(t("processors, if others run the computers or the server (article 28)"), t),
        Heading(t("Purposes")),
        listed([*shared.purposes(facts, t)]),
        Heading(t("Persons concerned")),
        *_persons(facts, t),
        Heading(t("Data")),
        _questionnaires(facts, t),
        listed([*shared.data(facts, t)]),
        to_do(t("whether a question asks for data of articles 9 or 10 of the GDPR"), t),
        Heading(t("What is not stored")),
        listed([*shared.not_stored(facts, t)]),
        Heading(t("From the answer to the figure")),
        listed([*_course(facts, t)]),
        Heading(t("Recipients")),
        listed([*shared.recipients(facts, t)]),
        Heading(t("How long it is kept")),
        listed([*shared.retention(facts, t)]),
        to_do(
            t("whether archive law allows the destruction, and on which selection list it rests"), t
        ),
        Heading(t("Third countries")),
        said(shared.transfers(t)),
        to_do(t("where computers, server and backups stand"), t),
    ]
    return Section("processing", t("Description of the processing"), tuple(blocks))


def _persons(facts: Facts, t: Translator) -> Iterator[Block]:
    if facts.groups:
        rows = [(label, formats.number(people, t.language)) for label, people in facts.groups]
        total = (t("Total"), formats.number(facts.headcount, t.language))
        yield Table(t("Staff by declared group"), (t("Group"), t("People")), (*rows, total))
    else:
        yield shared.groups_to_do(t)
    yield said(shared.named_persons(t))


def _questionnaires(facts: Facts, t: Translator) -> Block:
    columns = (
        t("Questionnaire"),
        t("Kind"),
        t("Questions"),
        t("Free texts"),
        t("Figures from"),
        t("Parts from"),
        t("Texts from"),
    )
    rows = tuple(_row(one, t) for one in facts.asked)
    return Table(t("What is asked, and from how many answers on it is shown"), columns, rows, (1,))


def _row(one: Asked, t: Translator) -> tuple[str, ...]:
    if not one.anonymous:
        return (one.title, t("named"), str(one.questions), *(NO_FIGURE,) * 4)
    kind = t("anonymous, in a team session") if one.session else t("anonymous")
    part = str(one.k) if one.breakdowns else NO_FIGURE
    texts = str(one.k_comments) if one.texts else NO_FIGURE
    return (one.title, kind, str(one.questions), str(one.texts), str(one.k_total), part, texts)


def _course(facts: Facts, t: Translator) -> Iterator[str]:
    if facts.anonymous:
        yield t("Answers are in memory until they are sent, sealed at once, and then stored.")
        yield t(
            "While the measurement is open, nobody unseals answers of a survey and nobody sees "
            "figures."
        )
        yield t("On closing, a record with counts and fingerprints is made, printed and signed.")
        yield t(
            "Key holders unseal in memory; figures are kept after disclosure control, single "
            "answers are not written anywhere."
        )
        yield t("After the last day the sealed answers are overwritten and removed.")
    if facts.named:
        yield t("Self-assessments are saved in the study folder at every answer.")


def _necessity(facts: Facts, t: Translator) -> Section:
    blocks = [
        Heading(t("Legal basis")),
        *shared.basis(t),
        Heading(t("Minimisation")),
        listed([*_minimisation(facts, t)]),
        Heading(t("Information and rights")),
        listed([*_rights(facts, t)]),
        to_do(t("how and when staff are informed, with the notice that goes with this paper"), t),
    ]
    return Section("necessity", t("Necessity and proportionality"), tuple(blocks))


def _minimisation(facts: Facts, t: Translator) -> Iterator[str]:
    if facts.anonymous:
        yield t("Taking part is voluntary; questions may be left open.")
        yield from shared.thresholds(facts, t)
    if any(one.breakdowns for one in facts.anonymous):
        yield t(
            "Questions that split the results make people easier to find. Leave them out unless "
            "the results are needed by group."
        )
    if facts.named:
        yield t("The self-assessment concerns the organisation; it asks for no names.")


def _rights(facts: Facts, t: Translator) -> Iterator[str]:
    if facts.anonymous:
        yield t(
            "A notice by articles 13 and 14 of the GDPR is there, in the languages of the survey."
        )
        yield t(
            "Access, correction and erasure of single answers are not possible, because nobody can "
            "find them (article 11 of the GDPR). People are told before they begin."
        )
    if facts.named:
        yield t("Those named in a self-assessment have all rights; requests go to the controller.")
    yield say.supervision(t)


def _risks(facts: Facts, t: Translator) -> Section:
    columns = (t("Risk"), t("What the program does"), t("What remains"))
    blocks = (
        Table(t("Risks for the persons concerned"), columns, tuple(risks(facts, t)), (1, 2)),
        to_do(t("how likely and how serious each risk is here, and what is accepted"), t),
        to_do(t("risks of your own network, buildings and customs"), t),
        Heading(t("Security measures")),
        listed([*shared.security(facts, t)]),
        shared.measures_to_do(t),
    )
    return Section("risks", t("Risks and measures"), blocks)


def _consultation(facts: Facts, t: Translator) -> Section:
    blocks = (
        to_do(
            t(
                "whether this assessment is mandatory (article 35(1) and (3)); staff depend on "
                "their employer"
            ),
            t,
        ),
        to_do(t("advice of the data protection officer, with date (article 35(2))"), t),
        to_do(
            t(
                "views of the staff or their representatives, or why they were not heard (article "
                "35(9))"
            ),
            t,
        ),
        to_do(
            t(
                "whether the trade unions of the police services have to be heard (act of 24 March "
                "1999)"
            ),
            t,
        ),
        said(
            t(
                "Where a high risk remains, the Supervisory Body for Police Information is "
                "consulted before the processing begins (article 36)."
            )
        ),
        to_do(t("whether prior consultation is needed, and why"), t),
    )
    return Section("consultation", t("Consultation"), blocks)


def _decision(facts: Facts, t: Translator) -> Section:
    open_points = [
        t("contact of the controller and of the data protection officer"),
        t("legal basis"),
        t("likelihood and severity of each risk"),
        t("advice of the data protection officer, views of the staff"),
        t("places of computers, keys and backups"),
        t("selection list for the destruction"),
    ]
    if not facts.settled:
        open_points.append(
            t("key holders and last day, which are fixed when the measurement opens")
        )
    blocks = (
        said(t("Before the measurement begins, the following must be settled:")),
        Bullets(tuple(open_points)),
        to_do(t("decision, name, date and signature of the controller"), t),
        to_do(t("when this assessment is reviewed"), t),
    )
    return Section("decision", t("What is still open, and the decision"), blocks)
