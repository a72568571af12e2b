"""The summary report on paper: the same figures as everywhere, all of every chart, tagged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from laden import rich
from measured import MADE_ON, framework, perception, wave
from printed import HOSTILE, letters, opened, report, structure, words

from imfsurvey.i18n.catalogue import translator
from imfsurvey.report import summary
from imfsurvey.report.document import Bullets, Chart, Table
from imfsurvey.report.pdf.cutting import MOST, pages
from imfsurvey.report.pdf.summary import summary_pdf
from imfsurvey.study.results import WaveResults


def plain(text: str) -> str:
    """Without spaces, and without the hyphens that the end of a line may add."""
    return re.sub(r"[-\u2010\u00ad]", "", letters(text))


def test_the_first_page_is_enough_for_a_reader_in_a_hurry(
    zero: WaveResults, now: WaveResults
) -> None:
    """Entity, levels and headlines stand on page one; the contents follow behind it."""
    made = summary([zero, now], "fr", MADE_ON)
    first, second = (
        plain(page.extract_text()) for page in opened(summary_pdf(made, MADE_ON)).pages[:2]
    )
    for text in (made.entity, *made.headlines, *(tile.name for tile in made.tiles)):
        assert plain(text) in first
    assert "Sommaire" in second and "Sommaire" not in first


def test_a_long_name_leaves_room_above_and_below_a_page(zero: WaveResults) -> None:
    """The whole of it stands on the first page, its beginning in the lines of all others."""
    long = "Zone " + "très longue " * 40 + "Fin"
    made = summary([replace(zero, figures=replace(zero.figures, entity=long))], "fr", MADE_ON)
    first, second = (
        plain(page.extract_text()) for page in opened(summary_pdf(made, MADE_ON)).pages[:2]
    )
    assert plain(long) in first
    assert second.count(plain("Zone très longue")) == 2 and "Fin" not in second


def test_headings_lead_through_the_file(zero: WaveResults, now: WaveResults) -> None:
    """The bookmarks of a reader are the numbered parts, and the annex."""
    made = summary([zero, now], "nl", MADE_ON)
    marks: list[Any] = opened(summary_pdf(made, MADE_ON)).outline
    titles = [mark["/Title"] for mark in marks if not isinstance(mark, list)]
    titles += [mark["/Title"] for inner in marks if isinstance(inner, list) for mark in inner]
    numbered = [f"{n}. {part.title}" for n, part in enumerate(made.sections, start=1)]
    assert [title for title in titles if title in numbered] == numbered


def test_a_screen_reader_is_led_through_the_report() -> None:
    """Headings go down one level at a time, heads of tables say for what, pictures have words."""
    made = summary(rich(), "nl", MADE_ON)
    tree = list(structure(opened(summary_pdf(made, MADE_ON)).root_object["/StructTreeRoot"]))
    levels = [int(kind[2]) for kind, _ in tree if kind in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    charts = [one for part in made.sections for one in part.blocks if isinstance(one, Chart)]
    tables = [one for part in made.sections for one in part.blocks if isinstance(one, Table)]
    tables += [one.table for one in charts]
    heads = [one for kind, one in tree if kind == "/TH"]
    assert len(heads) == sum(len(one.columns) for one in tables)
    for head in heads:
        given = head["/A"].get_object()
        owned = [one.get_object() for one in (given if isinstance(given, list) else [given])]
        assert "/Column" in [one.get("/Scope") for one in owned]
    figures = [one["/Alt"] for kind, one in tree if kind == "/Figure"]
    assert len(figures) == len(charts)
    for chart, words_for_it in zip(charts, figures, strict=True):
        assert chart.title in words_for_it
    kinds = [kind for kind, _ in tree]
    lists = [one for part in made.sections for one in part.blocks if isinstance(one, Bullets)]
    assert kinds.count("/LBody") >= sum(len(one.items) for one in lists) + len(made.headlines)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_printed_and_not_run(now: WaveResults, text: str) -> None:
    """Names of topics and entity come out as they are, or with a mark for what no font has."""
    named = replace(now, framework=framework({"code": text}))
    named = replace(named, figures=replace(now.figures, entity=text))
    printed = plain(words(report(named)(translator("en"))))
    for word in re.findall(r"[A-Za-z]{3,30}", text):
        assert word in printed


# --- charts that are higher than a page -----------------------------------------------------------


def drawing(height: float, *breaks: float, parts: Sequence[float] = ()) -> str:
    """An empty chart, 100 wide."""
    marks, heads = (" ".join(map(str, some)) for some in (breaks, parts))
    look = f'viewBox="0 0 100 {height:g}" data-breaks="{marks}" data-parts="{heads}"'
    return f"<svg {look}></svg>"


def windows(svg: str) -> list[list[tuple[float, float]]]:
    """Top and bottom of each strip of each page."""
    found = []
    for page in pages(svg):
        views = [re.search(r'viewBox="0 ([\d.]+) 100 ([\d.]+)"', strip) for strip in page]
        tops = [(float(view[1]), float(view[2])) for view in views if view]
        found.append([(top, top + height) for top, height in tops])
    return found


def test_a_chart_that_fits_is_one_piece() -> None:
    """As high as a page at most, or without a place to cut at."""
    assert windows(drawing(100 * MOST, 10, 50, 90)) == [[(0, 100 * MOST)]]
    assert windows(drawing(900)) == [[(0, 900)]]


def test_a_high_chart_is_cut_between_rows() -> None:
    """By hand: 136 high at most, head 16 and legend 20 leave 100; rows of 40 go two to a page."""
    svg = drawing(236, 16, 56, 96, 136, 176, 216)
    head, foot = (0, 16), (216, 236)
    assert windows(svg) == [
        [head, (16, 96), foot],
        [head, (96, 176), foot],
        [head, (176, 216), foot],
    ]


def test_two_pages_of_a_chart_are_about_as_full() -> None:
    """Twelve rows of 10, where ten have room: six and six, not ten and two."""
    found = windows(drawing(156, *range(16, 137, 10)))
    assert [page[1] for page in found] == [(16, 76), (76, 136)]


def test_a_page_ends_before_a_part_that_it_would_only_begin() -> None:
    """By hand: 100 for rows of 10, ten to a page. The part at 106 would show one row of five: the
    page ends there after nine. The one at 146 is met after four: a page would be too short."""
    rows = range(16, 267, 10)
    svg = drawing(286, *rows, parts=(16, 106, 146))
    found = [page[1] for page in windows(svg)]
    assert found == [(16, 106), (106, 206), (206, 266)]


def test_a_row_higher_than_a_page_stands_alone() -> None:
    """Nothing is left out and nothing shown twice, whatever the rows."""
    found = windows(drawing(520, 10, 20, 300, 310, 500))
    assert [page[1] for page in found] == [(10, 20), (20, 300), (300, 310), (310, 500)]


def test_two_hundred_statements_are_all_drawn() -> None:
    """The survey's chart over several pages says how many there are, each with its legend."""
    found = wave("2027", "annual", None, (perception(),))
    made = summary([found], "en", MADE_ON)
    charts = [one for part in made.sections for one in part.blocks if isinstance(one, Chart)]
    long = replace(charts[0], svg=drawing(4000, *range(20, 3990, 30)))
    parts = (replace(made.sections[0], blocks=(long,)),)
    printed = words(summary_pdf(replace(made, sections=parts), MADE_ON))
    count = len(pages(long.svg))
    assert count > 20
    for number in range(1, count + 1):
        assert f"({number}/{count})" in printed
