"""HTML and Markdown read back: the same figures, as written, whole, accessible, safe."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from measured import MADE_ON, framework, perception, wave

from imfsurvey.analysis.figures import Rating
from imfsurvey.report import Summary, render, summary
from imfsurvey.report.document import Chart, Table
from imfsurvey.report.templating import markdown
from imfsurvey.study.results import WaveResults

HOSTILE = "<b>R&D</b> [/] {{ 7*7 }} | `x` *y* _z_ $q$ \\ ![i](j) <script>alert(1)</script>"
NBSP = "\u00a0"

Tables = list[tuple[str, list[list[str]]]]
"""Caption and rows (head first) of every table, in order."""


class Page(HTMLParser):
    """What a test wants to know of an HTML page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.tables: Tables = []
        self.texts: list[str] = []
        self._cell: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count it, and open tables, rows and cells."""
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag == "table":
            self.tables.append(("", []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("th", "td", "caption"):
            self._cell = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Check that what closes is what was opened last."""
        assert self.open.pop() == tag
        if tag == "caption":
            self.tables[-1] = ("".join(self._cell or ()), self.tables[-1][1])
        elif tag in ("th", "td"):
            self.tables[-1][1][-1].append("".join(self._cell or ()))

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        if self.open and self.open[-1] != "style":
            self.texts.append(data)
        if self._cell is not None:
            self._cell.append(data)

    def having(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]


def shown_by_markdown(text: str) -> str:
    """What a reader sees of escaped text: a backslash before punctuation is gone."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def markdown_tables(text: str) -> Tables:
    """Every table of a Markdown text, as its reader sees it."""
    found: Tables = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.startswith("|"):
            continue
        cells = re.split(r"(?<!\\) ?\| ?", line)[1:-1]
        if all(re.fullmatch("-+:?", cell.strip()) for cell in cells):
            continue
        if not lines[number - 1].startswith("|"):
            found.append((shown_by_markdown(lines[number - 2].strip("*")), []))
        found[-1][1].append([shown_by_markdown(cell.strip()) for cell in cells])
    return found


def tables_of(report: Summary) -> Tables:
    """Every table of the view model."""
    blocks = [block for section in report.sections for block in section.blocks]
    tables = [block.table if isinstance(block, Chart) else block for block in blocks]
    return [
        (one.caption, [[*one.columns], *([*row] for row in one.rows)])
        for one in tables
        if isinstance(one, Table)
    ]


@pytest.fixture
def hostile(now: WaveResults) -> WaveResults:
    """Hostile texts wherever a text comes from outside."""
    scored = now.figures.maturity
    assert scored is not None
    ratings = {**scored.ratings, "code": Rating("na", reason=f"{HOSTILE}\n\n# {HOSTILE}")}
    figures = replace(
        now.figures,
        entity=HOSTILE,
        mandatary=HOSTILE,
        officer="- \u202e\x00",
        maturity=replace(scored, ratings=ratings),
    )
    labels = {"cycle": HOSTILE, "checks": "1. # A\u2028B " + "W" * 300}
    return replace(now, figures=figures, framework=framework(labels))


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_both_forms_show_the_tables_of_the_view_model(
    zero: WaveResults, now: WaveResults, language: str
) -> None:
    """Every cell of every table is read back, the same, from HTML and from Markdown."""
    report = summary([zero, now], language, MADE_ON)
    assert Page(render(report, "html")).tables == tables_of(report)
    assert markdown_tables(render(report, "md")) == tables_of(report)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["Ensemble", "1 (au plus 3)", "Nom1", "75", "75", "0"]),
        ("nl", ["Geheel", "1 (ten hoogste 3)", "Naam1", "75", "75", "0"]),
    ],
)
def test_levels_are_written_as_the_language_does(
    zero: WaveResults, now: WaveResults, language: str, expected: list[str]
) -> None:
    """Level 1 of at most 3, index 75.436, level 0 at the zero measurement."""
    report = summary([zero, now], language, MADE_ON)
    assert Page(render(report, "html")).tables[0][1][1] == expected
    assert markdown_tables(render(report, "md"))[0][1][1] == expected


@pytest.mark.parametrize(
    ("language", "share", "mean", "dont_know"),
    [("fr", f"67{NBSP}%", "3,7", f"6{NBSP}%"), ("nl", "67%", "3,7", "6%")],
)
def test_perception_is_written_as_the_language_does(
    now: WaveResults, language: str, share: str, mean: str, dont_know: str
) -> None:
    """40 of 60 favourable, mean 223/60, 6.25% don't know."""
    report = summary([now], language, MADE_ON)
    for tables in (
        Page(render(report, "html")).tables,
        markdown_tables(render(report, "md")),
    ):
        rows = [row for _caption, rows in tables for row in rows if "claires" in row[0]]
        rows += [row for _caption, rows in tables for row in rows if row[0] == "Règles claires NL"]
        assert (rows[0][2], rows[0][5], rows[0][7]) == (share, mean, dont_know)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_nothing_stays_english(flagged: WaveResults, zero: WaveResults, language: str) -> None:
    """No sentence of the report is the same in French or Dutch as in English."""
    names = re.compile(r"Nom\d|Naam\d")
    english = _sentences(summary([zero, flagged], "en", MADE_ON))
    ours = _sentences(summary([zero, flagged], language, MADE_ON))
    assert len(ours) > 60
    outside = {"Sans arme de service"}
    assert {text for text in english & ours if not names.search(text)} == outside


def _sentences(report: Summary) -> set[str]:
    page = Page(render(report, "html"))
    return {text.strip() for text in page.texts if len(re.findall(r"[^\W\d]{2,}", text)) > 3}


def test_an_accessible_page(zero: WaveResults, now: WaveResults) -> None:
    """Language, one h1, headings without a gap, scopes, captions, a skip link that leads on."""
    html = render(summary([zero, now], "nl", MADE_ON), "html")
    page = Page(html)
    assert page.having("html") == [{"lang": "nl"}]
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(after - before < 2 for before, after in pairwise(headings))
    assert {cell.get("scope") for cell in page.having("th")} == {"col", "row"}
    assert len(page.having("caption")) == len(page.having("table"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [(link["href"] or "")[1:] for link in page.having("a")]
    assert links[0] == "brief"
    assert set(links) < set(ids)
    assert len(page.having("figure")) == html.count("<figcaption>") > 0
    assert page.open == []


def test_a_page_fetches_nothing(zero: WaveResults, now: WaveResults) -> None:
    """The only address is the name of the SVG language; no script, no picture, no import."""
    html = render(summary([zero, now], "fr", MADE_ON), "html")
    assert set(re.findall(r'[^\s"]*//[^\s"]*', html)) == {"http://www.w3.org/2000/svg"}
    assert not Page(html).having("script") + Page(html).having("link") + Page(html).having("img")
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)


def test_hostile_texts_are_shown_as_written_in_html(hostile: WaveResults) -> None:
    """Markup and template language from outside are text, and nothing else."""
    html = render(summary([hostile], "fr", MADE_ON), "html")
    page = Page(html)
    assert not page.having("script") + page.having("b") + page.having("img")
    assert "49" not in re.findall(r"\d+", " ".join(page.texts).replace(" ", ""))
    assert HOSTILE in page.texts
    assert any(HOSTILE in cell for _caption, rows in page.tables for row in rows for cell in row)


def test_hostile_texts_are_shown_as_written_in_markdown(hostile: WaveResults) -> None:
    """Every sign that Markdown takes as markup is escaped; tables keep their columns."""
    report = summary([hostile], "fr", MADE_ON)
    text = render(report, "md")
    assert markdown(HOSTILE) in text
    assert not re.search(r"(?<!\\)[<`$&]", text)
    assert markdown_tables(text) == tables_of(report)
    assert all(len(row) == len(rows[0]) for _caption, rows in markdown_tables(text) for row in rows)


def test_control_and_turning_marks_are_made_visible(hostile: WaveResults) -> None:
    """What could reverse or cut a line is shown as U+FFFD in both forms."""
    report = summary([hostile], "fr", MADE_ON)
    for text in (render(report, "html"), render(report, "md")):
        assert "\u202e" not in text
        assert "\x00" not in text
        assert "- \ufffd\ufffd" in text.replace("\\", "")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. Cadeaux", "1\\. Cadeaux"),
        ("12) Cadeaux", "12\\) Cadeaux"),
        ("- a - b", "\\- a - b"),
        ("+ a", "\\+ a"),
        ("=", "\\="),
        ("# a", "\\# a"),
        ("2027", "2027"),
        ("R&D | *a* [b](c)", "R\\&D \\| \\*a\\* \\[b\\](c)"),
    ],
)
def test_markdown_escapes(text: str, escaped: str) -> None:
    """Signs are escaped where Markdown would take them as markup, at the start of a line too."""
    assert markdown(text) == escaped


def test_the_output_is_the_same_every_time(zero: WaveResults, now: WaveResults) -> None:
    """The same figures on the same day give the same bytes."""
    for form in ("html", "md"):
        once = render(summary([zero, now], "fr", MADE_ON), form)
        assert render(summary([zero, now], "fr", MADE_ON), form) == once


def test_nothing_hidden_means_no_word_of_hiding() -> None:
    """Words of hiding stand where figures are hidden, and in no report that hides none."""
    hiding = ("pour protéger", "large majorité défavorable", "non affiché")
    for hidden, said in (("some", hiding), ("nothing", ())):
        report = summary([wave("2027", "annual", None, (perception(hidden),))], "fr", MADE_ON)
        text = plain_text(render(report, "md"))
        assert tuple(one for one in hiding if one in text) == said


def plain_text(text: str) -> str:
    """Markdown as it is read, its no-break spaces as blanks."""
    return shown_by_markdown(text).replace(NBSP, " ")
