"""The integrity policy as a document: what is written, in the order of its sections."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from imfsurvey import __version__
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.interview import EntryInterview, Interview
from imfsurvey.interview.answers import BLANK, Entry
from imfsurvey.interview.entries import entry_name
from imfsurvey.questionnaire import (
    ChoosingItem,
    InfoItem,
    Item,
    RepeatItem,
)
from imfsurvey.questionnaire import Section as Asked
from imfsurvey.report.document import Block, Bullets, Heading, Paragraph, Section, Summary, Table
from imfsurvey.report.words import NO_FIGURE, clean
from imfsurvey.report.writing import Form, content, put
from imfsurvey.study.identity import PolicyApproval
from imfsurvey.study.policy.approval import state_of
from imfsurvey.study.policy.labels import field_label, item_label
from imfsurvey.study.policy.text import PolicyText, Version

_DASHES: Final = ("- ", "– ", "• ", "* ")

_NUMBER: Final = re.compile(r"^\d+\.\s*")
"""Of a section's title; the forms of a document number their sections themselves."""


@dataclass(frozen=True)
class PolicyStanding:
    """What a reader must know of the text besides what it says."""

    entity: str
    approval: PolicyApproval
    current: bool = True
    """Whether it is the text that was approved."""

    @classmethod
    def of(cls, text: PolicyText, version: Version | None = None) -> PolicyStanding:
        """Of the text of a study as it stands, or of a version of it."""
        file = text.study.file
        if version is None:
            approved = state_of(text) == "approved"
            return cls(file.entity.name, file.policy, approved)
        if version.approved_on is None:
            return cls(file.entity.name, PolicyApproval())
        approval = PolicyApproval(approved_on=version.approved_on, approved_by=version.approved_by)
        return cls(file.entity.name, approval)


def policy_document(
    interview: Interview, standing: PolicyStanding, made_on: datetime.date
) -> Summary:
    """The policy that an interview holds, with labels in the interview's language.

    It has no headlines, no tiles and belongs to no wave. What is not written yet is said to be so.
    """
    t = translator(interview.language)
    return Summary(
        language=t.language,
        wave="",
        title=t("Integrity policy"),
        entity=clean(standing.entity),
        subtitle=_period(interview, t),
        facts=tuple(_facts(standing, t)),
        warnings=tuple(_warnings(standing, t)),
        headlines=(),
        tiles=(),
        sections=tuple(_section(interview, one, t) for one in interview.questionnaire.sections),
        made=t(
            "Made with imfsurvey {version} on {date}.",
            version=__version__,
            date=formats.date(made_on, t.language),
        ),
    )


def write_policy(
    interview: Interview,
    standing: PolicyStanding,
    folder: Path,
    languages: Sequence[str],
    forms: Sequence[Form],
    made_on: datetime.date,
) -> list[Path]:
    """The document in every language of its labels and every form: `policy.<language>.<form>`.

    What was written is not translated. Raises `StorageError` when the folder cannot be written.
    """
    written = []
    for language in languages:
        interview.speak(language)
        document = policy_document(interview, standing, made_on)
        for form in forms:
            path = folder / f"policy.{language}.{form}"
            put(path, content(document, form, made_on))
            written.append(path)
    return written


def _period(interview: Interview, t: Translator) -> str:
    asked = interview.questionnaire.items
    ids = ("po_first_year", "po_last_year")
    first, last = (interview.answer_to(one).value if one in asked else None for one in ids)
    return t("{start} to {end}", start=first, end=last) if first and last else t("Draft")


def _facts(standing: PolicyStanding, t: Translator) -> Iterator[tuple[str, str]]:
    approval = standing.approval
    if approval.approved_on is not None and standing.current:
        yield t("Approved on"), formats.date(approval.approved_on, t.language)
        yield t("Approved by"), clean(approval.approved_by) or NO_FIGURE


def _warnings(standing: PolicyStanding, t: Translator) -> Iterator[str]:
    if standing.approval.approved_on is None:
        yield t("This is a draft: it has not been approved.")
    elif not standing.current:
        yield t("This is a draft: it is not the text that was approved.")


def _section(interview: Interview, asked: Asked, t: Translator) -> Section:
    items = [
        page.item
        for page in interview.pages
        if page.section.id == asked.id and not isinstance(page.item, InfoItem)
    ]
    short = [item for item in items if _is_short(item)]
    blocks: list[Block] = []
    if short:
        rows = tuple((item_label(item, t), _said(interview, item)) for item in short)
        blocks.append(Table(t("Who and when"), ("", t("Value")), rows, words=(1,)))
    for item in items:
        if item not in short:
            blocks.append(Heading(clean(item_label(item, t))))
            blocks += _blocks(interview, item, t)
    title = _NUMBER.sub("", interview.say(asked.title))
    return Section(f"section-{asked.id}".replace("_", "-"), clean(title), tuple(blocks))


def _is_short(item: Item) -> bool:
    """Whether what is said takes one line and may stand in a table of such."""
    return not isinstance(item, RepeatItem) and not getattr(item, "multiline", False)


def _said(interview: Interview, item: Item) -> str:
    return clean(interview.words(item)) or NO_FIGURE


def _blocks(interview: Interview, item: Item, t: Translator) -> Iterator[Block]:
    if isinstance(item, RepeatItem):
        yield from _entries(interview, item, t)
        return
    answer = interview.answer_to(item.id)
    written = str(answer.value or "") if answer.status == "answered" else ""
    yield from list(_paragraphs(written)) or [_nothing(t)]


def _paragraphs(text: str) -> Iterator[Block]:
    """One for each line; lines that begin with a dash make a list."""
    dashes: list[str] = []
    for line in (*filter(None, map(clean, text.split("\n"))), ""):
        if line.startswith(_DASHES):
            dashes.append(line[2:].strip())
            continue
        if dashes:
            yield Bullets(tuple(dashes))
            dashes = []
        if line:
            yield Paragraph(line)


def _nothing(t: Translator) -> Paragraph:
    return Paragraph(t("Not written yet."), "note")


# --- lists of entries -------------------------------------------------------------------------


def _entries(interview: Interview, repeat: RepeatItem, t: Translator) -> Iterator[Block]:
    """One table; where each entry belongs to one of another list, one table for each of those."""
    entries = interview.answer_to(repeat.id).entries
    if not entries:
        yield _nothing(t)
        return
    owner = _owner(interview, repeat)
    if owner is None:
        counted = t.plural("{n} entry", "{n} entries", len(entries))
        yield _table(interview, repeat, entries, counted, t)
        return
    field, other = owner
    left = list(entries)
    for number, one in enumerate(interview.answer_to(other.id).entries, start=1):
        own = [entry for entry in left if entry.answers.get(field, BLANK).value == one.id]
        left = [entry for entry in left if entry not in own]
        if own:
            label = one.answers.get(other.label, BLANK).value
            name = label if isinstance(label, str) else entry_name(other, one, number, t)
            yield _table(interview, repeat, own, name, t, without=field)
    if left:
        yield _table(interview, repeat, left, t("Without an objective"), t, without=field)


def _owner(interview: Interview, repeat: RepeatItem) -> tuple[str, RepeatItem] | None:
    """The required field by which an entry belongs to one of another list, and that list."""
    for field in repeat.items:
        if isinstance(field, ChoosingItem) and field.required:
            other = interview.questionnaire.items.get(field.choices_from or "")
            if isinstance(other, RepeatItem):
                return field.id, other
    return None


def _table(
    interview: Interview,
    repeat: RepeatItem,
    entries: Sequence[Entry],
    caption: str,
    t: Translator,
    *,
    without: str = "",
) -> Table:
    """The entries as rows; columns in which nothing is said are left out."""
    fields = [field for field in repeat.items if field.id != without]
    walks = [EntryInterview(interview, repeat, entry.id) for entry in entries]
    return Table(
        clean(caption),
        tuple(clean(field_label(repeat.id, field, t)) for field in fields),
        tuple(tuple(clean(walk.words(field)) or NO_FIGURE for field in fields) for walk in walks),
        words=tuple(range(1, len(fields))),
    ).without_empty()
