"""A codebook in words: the page to read first, and its variables as rows."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.exchange.data.codebook import STATUSES, Cell, Codebook, Variable, missing_values
from imfsurvey.i18n.catalogue import Translator


def read_me(book: Codebook, t: Translator) -> list[list[Cell]]:
    """What a reader must know before the data: a name and what there is to say, by row."""
    heading = t("Confidential").upper() if book.confidential else t("Data file")
    rows: list[list[Cell]] = [[heading, book.title]]
    rows += [[name, value] for name, value in book.facts]
    rows += [[t("Note"), remark] for remark in book.remarks]
    if any(variable.statuses for variable in book.variables):
        rows.append([t("Missing values"), status_sentence(t)])
    return rows


def status_sentence(t: Translator) -> str:
    """What the values of the statuses are."""
    values = missing_values(0)
    equals = "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}"
    words = (
        f"{values[status]}{equals}{t.messages.gettext(text)}" for status, text in STATUSES.items()
    )
    return t(
        "{values}. Where answers may be as low as that, they are -99 to -95 and so on; the "
        "codebook says so.",
        values=", ".join(words),
    )


def codebook_rows(book: Codebook, t: Translator) -> list[list[Cell]]:
    """One row for each value of each variable, under a heading."""
    head: list[Cell] = [
        *(t("variable"), t("question"), t("value"), t("meaning"), t("code"), t("note"))
    ]
    return [head, *(row for variable in book.variables for row in _rows(variable, t))]


def _rows(variable: Variable, t: Translator) -> Iterator[list[Cell]]:
    first: list[Cell] = [variable.name, variable.label]
    note = " ".join(about(variable, t))
    if not variable.categories:
        yield [*first, None, kind_word(variable, t), None, note]
        return
    if not variable.answers:
        yield [*first, None, kind_word(variable, t), None, note]
        first = [variable.name, None]
        note = ""
    for category in variable.categories:
        code = str(category.code) if category.code is not None else category.status
        yield [*first, category.value, category.label, code, note]
        first, note = [variable.name, None], ""


def kind_word(variable: Variable, t: Translator) -> str:
    """What a variable holds, where that is no list of values."""
    return t("text") if variable.kind == "text" else t("number")


def about(variable: Variable, t: Translator) -> list[str]:
    """What else there is to say of a variable."""
    asked = (
        [t("Asked when: {condition}", condition=variable.condition)] if variable.condition else []
    )
    return [*variable.notes, *asked]
