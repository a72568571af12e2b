"""Pages to be read: the codebook as HTML and Markdown, and the note beside confidential data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Literal

from imfsurvey.exchange.data.codebook import Category, Codebook, Table, Variable, missing_values
from imfsurvey.exchange.data.formats.kinds import Shape, shape_of
from imfsurvey.exchange.data.formats.words import about, kind_word, read_me, status_sentence
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator

TEMPLATES: Final = Path(__file__).parents[1] / "templates"

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|#~&$]")
_AT_START: Final = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")


class Page:
    """The codebook as one page: `html` or `md`."""

    def __init__(self, form: Literal["html", "md"], t: Translator) -> None:
        self.ending = f".codebook.{form}"
        self._form = form
        self.t = t

    def write(self, table: Table, path: Path) -> None:
        """Write it."""
        path.write_text(self._text(table), encoding="utf-8", newline="\n")

    def read(self, table: Table, path: Path) -> Shape:
        """Read it, and count the variables that have a heading."""
        return self._counted(path.read_text("utf-8"), table)

    def expected(self, table: Table) -> Shape:
        """The text, with a heading for every variable."""
        shape = self._counted(self._text(table), table)
        return shape._replace(columns=table.width)

    def _counted(self, text: str, table: Table) -> Shape:
        heading = '<h3 id="v-' if self._form == "html" else "\n### "
        return Shape(table.rows, text.count(heading), shape_of([[text]], 1).checksum)

    def _text(self, table: Table) -> str:
        return codebook_page(table.codebook, self._form, self.t)


class ReadMe:
    """The note that lies beside confidential data, which a CSV file could not carry."""

    ending = ".README.txt"

    def __init__(self, t: Translator) -> None:
        self.t = t

    def write(self, table: Table, path: Path) -> None:
        """Write it; the marks of UTF-8 and of line ends are those that every editor knows."""
        path.write_text(self._text(table), encoding="utf-8-sig", newline="\r\n")

    def read(self, table: Table, path: Path) -> Shape:
        """Read it."""
        text = path.read_text("utf-8-sig")
        return Shape(table.rows, table.width, shape_of([[text]], 1).checksum)

    def expected(self, table: Table) -> Shape:
        """The text."""
        return Shape(table.rows, table.width, shape_of([[self._text(table)]], 1).checksum)

    def _text(self, table: Table) -> str:
        pairs = read_me(table.codebook, self.t)
        return "".join(
            f"{formats.labelled(str(name), str(text), self.t.language)}\n" for name, text in pairs
        )


def codebook_page(book: Codebook, form: Literal["html", "md"], t: Translator) -> str:
    """A whole page; every text is escaped for what it goes into."""
    words = {
        "codebook": t("Codebook"),
        "confidential": t("Confidential").upper(),
        "missing": t("Missing values"),
        "listed": t("Values"),
        "value": t("value"),
        "meaning": t("meaning"),
        "code": t("code"),
        "skip": t("Go to the variables"),
    }
    sections = groupby(book.variables, key=lambda variable: variable.section)
    text: str = (
        _environment(form)
        .get_template(f"codebook.{form}.j2")
        .render(
            book=book,
            words=words,
            sections=[(title, list(variables)) for title, variables in sections],
            statuses=status_sentence(t) if any(one.statuses for one in book.variables) else "",
            about=partial(about, t=t),
            kind=partial(kind_word, t=t),
            unusual=_unusual,
            coded=_coded,
            labelled=partial(formats.labelled, language=t.language),
        )
    )
    return text


def _coded(categories: Sequence[Category]) -> bool:
    """Whether there are codes that say more than the values."""
    return any(one.code != one.value for one in categories)


def _unusual(variable: Variable) -> tuple[Category, ...]:
    """The statuses of a variable where they have other values than the page says of all."""
    usual = missing_values(0)
    missing = tuple(one for one in variable.categories if one.missing)
    return () if all(one.value == usual[one.status] for one in missing) else missing


@cache
def _environment(form: str) -> Any:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=form == "html",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = _markdown
    return environment


def _markdown(text: object) -> str:
    """A text that Markdown shows as it is, inside a table as well."""
    escaped = _MARKUP.sub(r"\\\g<0>", str(text))
    start = _AT_START.match(escaped)
    return escaped if start is None else _escaped_start(escaped, start.end())


def _escaped_start(text: str, end: int) -> str:
    """A sign that begins a line is escaped; of a number, the dot behind it."""
    return f"{text[:end]}\\{text[end:]}" if text[0].isdigit() else f"\\{text}"
