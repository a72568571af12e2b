"""Every chart: well-formed, described in words, nothing cut, nothing by colour alone."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from measured import MADE_ON, framework, maturity, perception, wave

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.report import summary
from imfsurvey.report.charts.metrics import text_width
from imfsurvey.report.charts.multiples import Panel, draw_multiples
from imfsurvey.report.charts.slope import SlopeLine, draw_slope
from imfsurvey.report.document import Chart
from imfsurvey.study.results import WaveResults

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Consultation motivée et contrôlée des banques de données " * 3 + "W" * 200


def charts(*waves: WaveResults, language: str = "fr") -> list[Chart]:
    """The charts of a report."""
    report = summary(waves, language, MADE_ON)
    blocks = [block for section in report.sections for block in section.blocks]
    return [block for block in blocks if isinstance(block, Chart)]


def drawings(*waves: WaveResults, language: str = "fr") -> list[str]:
    """Both drawings of every chart."""
    found = charts(*waves, language=language)
    return [svg for chart in found for svg in (chart.svg, chart.narrow)]


@pytest.fixture
def rich(zero: WaveResults, now: WaveResults) -> tuple[WaveResults, ...]:
    """Three waves, long and hostile labels, figures shown and hidden."""
    middle = wave("2026-b", "annual", maturity({"overall": 5}, 60.0))
    frame = framework({"cycle": LONG, "roles": "<b>R&D</b> {{ 7*7 }}"})
    surveys = (perception("some"), perception())
    figures = replace(now.figures, perception=surveys)
    return zero, middle, replace(now, figures=figures, framework=frame)


def extent(text: ElementTree.Element) -> tuple[float, float]:
    """Left and right end of a line of text, by the widths of the layout."""
    bold = text.get("font-weight") == "700"
    wide = text_width(text.text or "", float(text.attrib["font-size"]), bold)
    x = float(text.attrib["x"])
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "start")]
    return left, left + wide


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_leaves_the_drawing(rich: tuple[WaveResults, ...], language: str) -> None:
    """Every line of text lies within the view box, in every language and both widths."""
    for svg in drawings(*rich, language=language):
        root = ElementTree.fromstring(svg)
        _x, _y, width, height = map(float, root.attrib["viewBox"].split())
        for text in root.iter(f"{SVG}text"):
            left, right = extent(text)
            assert left >= -0.5, text.text
            assert right <= width + 0.5, text.text
            assert float(text.attrib["y"]) <= height - 2, text.text
            assert float(text.attrib["y"]) >= 8, text.text


@pytest.mark.parametrize("indices", [(0, 0, 0, 0), (12, 11, 10, 10), (100, 100, 99, 98)])
def test_labels_of_a_slope_stay_inside(indices: tuple[int, ...]) -> None:
    """Parts that lie together at the border of the chart have their labels apart and inside."""
    lines = [
        SlopeLine(f"P{number}", number - 1, index, 50, str(index), "50", "")
        for number, index in enumerate(indices)
    ]
    root = ElementTree.fromstring(draw_slope("s", 720, "T", ("zero", "now"), lines))
    height = float(root.attrib["viewBox"].split()[3])
    texts = [one for one in root.iter(f"{SVG}text") if one.get("text-anchor") == "end"]
    places = sorted(float(one.attrib["y"]) for one in texts)
    assert len(places) == len(indices)
    assert places[-1] <= height - 2 and places[0] >= 8
    assert all(below - above >= 12 for above, below in pairwise(places))


def test_no_two_texts_overlap(rich: tuple[WaveResults, ...]) -> None:
    """Lines of text on one baseline stand beside each other."""
    for svg in drawings(*rich):
        lines: dict[str, list[tuple[float, float]]] = {}
        for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
            lines.setdefault(text.attrib["y"], []).append(extent(text))
        for spans in lines.values():
            spans.sort()
            assert all(a[1] <= b[0] + 1 for a, b in pairwise(spans))


def test_long_labels_are_wrapped_not_cut(rich: tuple[WaveResults, ...]) -> None:
    """All of a label is in the drawing, whatever its length."""
    matrix = next(c for c in charts(*rich) if "Processus" in c.title)
    for svg in (matrix.svg, matrix.narrow):
        texts = [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]
        assert LONG.replace(" ", "") in "".join(texts).replace(" ", "")


def test_title_and_description_name_the_drawing(rich: tuple[WaveResults, ...]) -> None:
    """role=img, a title, a description; ids differ between the drawings of one page."""
    seen: set[str] = set()
    for svg in drawings(*rich):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert description is not None
        assert root.attrib["aria-labelledby"].split() == [title.get("id"), description.get("id")]
        assert title.text
        assert description.text
        ids = {str(element.get("id")) for element in root.iter() if element.get("id")}
        assert not ids & seen
        seen |= ids
        assert set(re.findall(r"url\(#([^)]*)\)", svg)) <= ids


def test_the_description_says_every_value(rich: tuple[WaveResults, ...]) -> None:
    """Who cannot see the drawing hears the level of each row, or why it has none."""
    profile, *matrices = charts(*rich, language="en")[:4]
    spoken = description(profile)
    assert "Overall: level 1 (at most 3). Zero measurement: level 0." in spoken
    assert "Previous measurement: level 5." in spoken
    spoken = " ".join(description(matrix) for matrix in matrices)
    assert "<b>R&D</b> {{ 7*7 }}: level 3." in spoken
    assert "Review FR (en): level 1, holds the level down." in spoken
    assert "Example FR (en): don't know." in spoken


def test_the_description_of_a_survey(rich: tuple[WaveResults, ...]) -> None:
    """Shares, number and don't know are said; of a hidden statement only what may be said."""
    spoken = description(charts(*rich, language="en")[5])
    shares = "favourable 67%, neutral 17%, unfavourable 17%, 60 answers, don't know 6%."
    assert f"Règles claires FR (en): {shares}" in spoken
    assert "Je sais FR (en): fewer than 5 answers: not shown." in spoken
    assert "On se tait FR (en) (inverse): large majority unfavourable." in spoken


def description(chart: Chart) -> str:
    """What a chart says to those who cannot see it."""
    found = ElementTree.fromstring(chart.svg).find(f"{SVG}desc")
    assert found is not None
    return found.text or ""


def test_a_matrix_is_filled_up_to_the_level(now: WaveResults) -> None:
    """Level 3 of 0 to 5: the row bears the figure 3, in its fourth cell."""
    matrix = next(c for c in charts(now) if "Structures" in c.title)
    root = ElementTree.fromstring(matrix.svg)
    heads = {text.text: text.attrib["x"] for text in list(root.iter(f"{SVG}text"))[:6]}
    assert list(heads) == ["0", "1", "2", "3", "4", "5"]
    figure = [t for t in root.iter(f"{SVG}text") if t.text == "3"][1]
    assert figure.attrib["x"] == heads["3"]


def test_unknown_and_hidden_are_hatched(now: WaveResults) -> None:
    """What is not known or not shown is hatched; without it there is no hatch in a chart."""
    by_title = {chart.title: chart.svg for chart in charts(now)}
    hatched = {title for title, svg in by_title.items() if "url(#" in svg}
    assert {title for title in by_title if "Structures" in title or "affirm" in title} == hatched


def test_bars_are_turned_round_for_a_reversed_statement() -> None:
    """20+19 of 60 disagree with the inverse statement: 65% lies right of the centre line."""
    only = perception()
    items = tuple(one for one in only.items if one.item == "silent")
    (chart,) = charts(wave("2027", "annual", None, (replace(only, items=items),)))
    root = ElementTree.fromstring(chart.svg)
    bars = [r for r in root.iter(f"{SVG}rect") if r.get("height") == "20.0"]
    widths = [float(bar.attrib["width"]) for bar in bars]
    total = sum(widths)
    assert [round(60 * width / total) for width in widths] == [5, 7, 9, 19, 20]
    centre = float(root.findall(f"{SVG}line")[-1].attrib["x1"])
    right = float(bars[-1].attrib["x"]) + widths[-1] - centre
    assert right / total == pytest.approx((39 + 4.5) / 60, abs=0.01)


def test_a_panel_shows_what_chance_leaves_open() -> None:
    """By hand: a panel is 70 high for 100 points, so 40 to 60 is a line of 14; a wave without an
    interval has none."""
    panel = Panel("Clarity", -1, (50.0, 60.0), ("50", "60"), "Clarity.", ((40.0, 60.0), None))

    def intervals(one: Panel) -> list[tuple[float, float]]:
        """Width and height of every thin line of the data: those of axes and slopes are others."""
        drawn = ElementTree.fromstring(draw_multiples("m", 720, "T", ("2025", "2026"), [one]))
        thin = [line for line in drawn.iter(f"{SVG}line") if line.get("stroke-width") == "1.5"]
        ends = [[float(line.get(end, "")) for end in ("x1", "x2", "y1", "y2")] for line in thin]
        return sorted((abs(x2 - x1), abs(y2 - y1)) for x1, x2, y1, y2 in ends)

    assert [round(height) for _, height in intervals(panel)] == [14, 0, 0]
    assert intervals(replace(panel, bands=())) == []
