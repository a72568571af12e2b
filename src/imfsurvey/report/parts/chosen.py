"""Questions with choices, numbers in bands and rankings: a table each, with how to read it."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.report.choicewords import ChoiceWords, choices_missing
from imfsurvey.report.document import Block, Heading, Paragraph, Table
from imfsurvey.report.view import View


def choices_of(view: View, survey: PerceptionFigures) -> Iterator[Block]:
    """The blocks of a survey; none where it offers no choices."""
    missing = choices_missing(view.now, survey, view.t)
    if missing:
        yield Paragraph(missing, "note")
    items = ChoiceWords.all_of(view.now, survey, view.words)
    if items:
        yield Heading(view.t("Questions with choices"))
        yield Paragraph(
            view.t(
                "Choices that few people took have no figure. Results by group are made of "
                "statements alone."
            ),
            "note",
        )
    for one in items:
        if not one.hidden:
            yield from _item(one)
    hidden = tuple((one.title, one.hidden) for one in items if one.hidden)
    if hidden:
        columns = (view.t("Question"), view.t("Reason"))
        yield Table(view.t("Questions without figures"), columns, hidden, words=(1,))


def _item(item: ChoiceWords) -> Iterator[Block]:
    rows = tuple((label, *cells) for label, cells, _ in item.rows())
    yield Table(item.title, (item.t("Choice"), *item.columns), rows)
    yield Paragraph(" ".join(map(_sentence, (item.answered, *item.notes()))), "note")


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
