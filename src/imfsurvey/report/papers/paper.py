"""A paper as a view model: what Word and Markdown are written from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.document import Block, Bullets, Paragraph, Section


@dataclass(frozen=True)
class Paper:
    """One paper in one language."""

    name: str
    """Of its file: dpia, register, notice."""
    language: str
    title: str
    entity: str
    subtitle: str
    notes: tuple[str, ...]
    """What to know before reading it."""
    sections: tuple[Section, ...]
    numbered: bool
    day: datetime.date


def said(*sentences: str) -> Block:
    """Sentences as one paragraph."""
    return Paragraph(" ".join(sentences))


def listed(sentences: Sequence[str]) -> Block:
    """Sentences as a list."""
    return Bullets(tuple(sentences))


def to_do(what: str, t: Translator) -> Paragraph:
    """Something that only the office knows or decides: marked, so that nobody overlooks it."""
    return Paragraph(t("To be completed: {what}", what=what), tone="task")
