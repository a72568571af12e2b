"""One report in four forms, read back: the same tables and the same sentences in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import pytest
from laden import rich, sized
from measured import MADE_ON, maturity, perception, wave
from readback import READERS, Found, plain

from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.report import FORMS, Summary, summary
from imfsurvey.report.annex import annex_title
from imfsurvey.report.document import Block, Bullets, Chart, Heading, Paragraph, Table
from imfsurvey.report.writing import Form, content

HOSTILE = (
    '#read("x") =HYPERLINK("http://x";"y") R&D <b>x</b> {{ 7 * 7 }} {% raw %} | `a` *b* $c$ \\',
    "שלום مرحبا \u202eright\u202c 😀 fin",
    "Long: " + "preuve écrite, " * 330 + "fin.",
    "W" * 300,
)


def blocks(made: Summary) -> Iterator[Block]:
    """Every block of a report."""
    return chain.from_iterable(section.blocks for section in made.sections)


def tables(made: Summary) -> list[Table]:
    """Every table, also those behind charts."""
    found = [one.table if isinstance(one, Chart) else one for one in blocks(made)]
    return [one for one in found if isinstance(one, Table)]


def grids(found: list[tuple[tuple[str, ...], ...]]) -> list[tuple[tuple[str, ...], ...]]:
    """Tables whatever their order and the ends of their lines."""
    return sorted(tuple(tuple(map(plain, row)) for row in one) for one in found)


def sentences(made: Summary) -> list[str]:
    """What stands on lines of its own."""
    found = [made.title, made.made, *made.warnings, *made.headlines]
    for section in made.sections:
        found.append(section.title)
        for block in section.blocks:
            if isinstance(block, Paragraph | Heading):
                found.append(block.text)
            elif isinstance(block, Bullets):
                found += block.items
    return found + [one.caption for one in tables(made)]


def parts(made: Summary) -> list[str]:
    """What stands on a line with other words, in some form."""
    found = [made.entity, made.subtitle, *chain.from_iterable(made.facts)]
    for tile in made.tiles:
        level = f"{tile.level} {tile.scale}"
        found += [tile.label, level, tile.name, tile.index, tile.at_most, tile.change]
    return [one for one in found if one]


def labels(made: Summary) -> list[str]:
    """What a form adds to find one's way."""
    t = translator(made.language)
    found = [t("In brief"), t("To know before reading"), t("Contents"), annex_title(t)]
    found += [t("The same figures as a table"), t("Go to the essentials")]
    return found + [one.title for one in blocks(made) if isinstance(one, Chart)]


def read_back(made: Summary, form: Form) -> Found:
    """What a reader finds in the file."""
    return READERS[form](content(made, form, MADE_ON))


def printable(text: str, form: Form) -> str:
    """Signs of which the shipped fonts have no picture are shown as such on paper."""
    from imfsurvey.report.pdf.texts import printable as shown

    return str(shown(text)) if form == "pdf" else text


def assert_whole(made: Summary, form: Form) -> None:
    """Nothing of the report is missing in the file, and nothing else is in it."""
    found = read_back(made, form)
    asked = [
        tuple(tuple(printable(cell, form) for cell in row) for row in (one.columns, *one.rows))
        for one in tables(made)
    ]
    assert grids(found.tables) == grids(asked)
    lines = {plain(re.sub(r"^\s*\d+\. ", "", line)) for line in found.lines}
    said = {plain(printable(one, form)) for one in sentences(made)}
    assert said - lines == set()
    together = "\n".join(lines)
    beside = {plain(printable(one, form)) for one in parts(made)}
    assert [one for one in beside if one not in together] == []
    added = {plain(printable(one, form)) for one in labels(made)}
    for known in sorted(said | beside | added, key=len, reverse=True):
        together = together.replace(known, "")
    assert re.sub(r"\(\d+/\d+\)|[\s•:–.]", "", together) == ""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_says_the_same(language: str, form: Form) -> None:
    """Every cell and every sentence of a rich report, no more and no less, in each language."""
    made = summary(rich(), language, MADE_ON)
    ids = {one.id for one in made.sections}
    assert {"levels", "steps", "groups-1", "targets", "change", "method"} <= ids
    assert made.warnings and made.tiles and made.headlines
    assert_whole(made, form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("said", "name"), [HOSTILE[:2], HOSTILE[2:]])
def test_hostile_and_long_texts_come_out_as_they_are(said: str, name: str, form: Form) -> None:
    """What people wrote and what things are called is neither run, nor cut, nor lost."""
    made = summary(rich(said, name), "en", MADE_ON)
    cells = {plain(cell) for one in tables(made) for row in one.rows for cell in row}
    assert plain(said) in cells
    assert made.entity == re.sub("[\u202e\u202c]", "\ufffd", name)
    assert_whole(made, form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("topics", "statements"), [(1, 1), (200, 300)])
def test_small_and_large_reports_are_whole(topics: int, statements: int, form: Form) -> None:
    """One topic and two hundred, one statement and three hundred."""
    made = summary([sized(topics, statements)], "de", MADE_ON)
    assert sum(len(one.rows) for one in tables(made)) >= topics + statements
    assert_whole(made, form)


@pytest.mark.parametrize("form", FORMS)
def test_a_wave_of_ratings_alone_and_a_survey_alone(form: Form) -> None:
    """The parts adapt to what there is; nothing stands empty."""
    for found in (
        wave("2027", "annual", maturity({"overall": 2}, 50.0)),
        wave("2027", "annual", None, (perception(),)),
    ):
        made = summary([found], "de", MADE_ON)
        assert all(section.blocks for section in made.sections)
        assert_whole(made, form)
