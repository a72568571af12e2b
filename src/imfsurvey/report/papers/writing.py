"""Papers as files: Word for who goes on editing, Markdown for who keeps versions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.document import Block, Heading, Paragraph, Section
from imfsurvey.report.papers.dpia import assessment, draft_note
from imfsurvey.report.papers.facts import Asked, Facts
from imfsurvey.report.papers.notice import topics
from imfsurvey.report.papers.paper import Paper, to_do
from imfsurvey.report.papers.register import entry
from imfsurvey.report.render import markdown_page
from imfsurvey.report.writing import put

PaperForm = Literal["docx", "md"]


def papers(facts: Facts, t: Translator, day: datetime.date) -> tuple[Paper, ...]:
    """Impact assessment, register and, where somebody answers anonymously, the notice."""
    made = [assessment(facts, t, day), entry(facts, t, day)]
    if facts.anonymous:
        made.append(_notice(facts, t, day))
    return tuple(made)


def write_papers(
    made: Sequence[Paper], folder: Path, wave: str, forms: Sequence[PaperForm]
) -> list[Path]:
    """Write them as `<wave>-<paper>.<language>.<form>`. Raises `StorageError`."""
    written = []
    for paper in made:
        for form in forms:
            path = folder / f"{wave}-{paper.name}.{paper.language}.{form}"
            content = word(paper) if form == "docx" else markdown_page(paper).encode("utf-8")
            put(path, content)
            written.append(path)
    return written


def word(paper: Paper) -> bytes:
    """A paper as a Word document."""
    from imfsurvey.report.docx.blocks import add_sections  # python-docx behind it takes time
    from imfsurvey.report.docx.word import WordDocument

    document = WordDocument(
        title=paper.title,
        subject=paper.subtitle,
        author=paper.entity,
        language=paper.language,
        day=paper.day,
        numbered=paper.numbered,
    )
    document.title(paper.title, subtitle=f"{paper.entity}\n{paper.subtitle}")
    for note in paper.notes:
        document.paragraph(note, "note")
    if paper.numbered:
        document.contents()
    add_sections(document, paper.sections)
    return document.to_bytes()


def _notice(facts: Facts, t: Translator, day: datetime.date) -> Paper:
    several = len(facts.anonymous) > 1
    sections = [part for one in facts.anonymous for part in _topics(facts, one, several, t)]
    return Paper(
        name="notice",
        language=t.language,
        title=t("What we store and what we do not"),
        entity=facts.entity,
        subtitle=t("Draft of {date}: {wave}", date=formats.date(day, t.language), wave=facts.wave),
        notes=(draft_note(t), t("Articles 13 and 14 of the GDPR.")),
        sections=tuple(sections),
        numbered=False,
        day=day,
    )


def _topics(facts: Facts, asked: Asked, several: bool, t: Translator) -> list[Section]:
    """A section for each topic; of several questionnaires, one for each of these."""
    told = topics(facts, asked, t, browser=False)
    confirm = to_do(
        t(
            "the legal basis, confirmed by the data protection officer, and the contact of "
            "that officer"
        ),
        t,
    )
    bodies: list[tuple[str, tuple[Block, ...]]] = [
        (
            one.title,
            (*map(Paragraph, one.sentences), *([confirm] if one.to_confirm else [])),
        )
        for one in told
    ]
    if not several:
        return [Section("topic", title, blocks) for title, blocks in bodies]
    inside = [block for title, blocks in bodies for block in (Heading(title), *blocks)]
    return [Section("topic", asked.title, tuple(inside))]
