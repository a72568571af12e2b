"""The draft of an entry in the record of processing activities (article 30(1) of the GDPR)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.document import Block, Section
from imfsurvey.report.papers import facts as say
from imfsurvey.report.papers import shared
from imfsurvey.report.papers.dpia import draft_note
from imfsurvey.report.papers.facts import Facts
from imfsurvey.report.papers.paper import Paper, listed, said, to_do


def entry(facts: Facts, t: Translator, day: datetime.date) -> Paper:
    """The whole draft, in the order of article 30(1)."""
    return Paper(
        name="register",
        language=t.language,
        title=t("Entry in the record of processing activities"),
        entity=facts.entity,
        subtitle=t("Draft of {date}: {wave}", date=formats.date(day, t.language), wave=facts.wave),
        notes=(draft_note(t), t("Order of the fields: article 30(1) of the GDPR.")),
        sections=tuple(_fields(facts, t)),
        numbered=True,
        day=day,
    )


def _fields(facts: Facts, t: Translator) -> Iterable[Section]:
    controller = said(t("Controller: {entity}.", entity=facts.entity), say.who(facts, t))
    yield _field(
        "controller",
        t("Controller and data protection officer"),
        controller,
        shared.contact_to_do(t),
    )
    yield _field("purposes", t("Purposes"), listed([*shared.purposes(facts, t)]))
    yield _field(
        "basis",
        t("Legal basis"),
        *shared.basis(t),
    )
    yield _field("persons", t("Persons concerned"), *_persons(facts, t))
    yield _field(
        "data",
        t("Categories of data"),
        listed([*shared.data(facts, t)]),
        said(t("Not stored:")),
        listed([*shared.not_stored(facts, t)]),
    )
    yield _field("recipients", t("Recipients"), listed([*shared.recipients(facts, t)]))
    yield _field("transfers", t("Third countries"), said(shared.transfers(t)))
    yield _field("retention", t("How long it is kept"), listed([*shared.retention(facts, t)]))
    yield _field(
        "security",
        t("Security measures"),
        listed([*shared.security(facts, t)]),
        shared.measures_to_do(t),
    )
    yield _field(
        "assessment",
        t("Impact assessment"),
        said(t("A draft was made with this entry.")),
        to_do(t("number and date of the entry, reference of the impact assessment"), t),
    )


def _persons(facts: Facts, t: Translator) -> Iterable[Block]:
    if facts.groups:
        people = formats.number(facts.headcount, t.language)
        yield said(t("Staff of the entity: {n} people in the declared groups.", n=people))
    else:
        yield shared.groups_to_do(t)
    yield said(shared.named_persons(t))


def _field(ident: str, title: str, *blocks: Block) -> Section:
    return Section(ident, title, blocks)
