"""What is drawn is what is said: every mark at its value, every colour with its meaning."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from imfsurvey.i18n.catalogue import translator
from imfsurvey.report.charts.drawing import NARROW, WIDE
from imfsurvey.report.charts.gauge import Gauge, draw_gauge
from imfsurvey.report.charts.groupheat import HeatCell, HeatRow, draw_heat
from imfsurvey.report.charts.likert import LikertGroup, LikertRow, draw_likert
from imfsurvey.report.charts.matrix import TopicGroup, TopicRow, draw_matrix
from imfsurvey.report.charts.multiples import Panel, draw_multiples
from imfsurvey.report.charts.profile import ProfileRow, draw_profile
from imfsurvey.report.charts.slope import SlopeLine, draw_slope

T = translator("en")
LEVELS = ("None", "Some", "Half", "Most", "All", "More")
PAPER = "#ffffff"

Element = ElementTree.Element


def elements(svg: str, kind: str) -> list[Element]:
    """All elements of a kind, in the order in which they are drawn; none of the hatching."""
    root = ElementTree.fromstring(svg)
    return [one for one in root if one.tag == f"{{http://www.w3.org/2000/svg}}{kind}"]


def value(element: Element, name: str) -> float:
    """A measure of an element."""
    return float(element.attrib[name])


def place(svg: str, words: str) -> float:
    """How far to the right a text stands that is there once."""
    (found,) = (one for one in elements(svg, "text") if one.text == words)
    return value(found, "x")


def heads(svg: str) -> dict[int, float]:
    """Where the levels stand above a chart: the texts that are drawn first."""
    first = elements(svg, "text")[: len(LEVELS)]
    assert [one.text for one in first] == [str(level) for level in range(len(LEVELS))]
    return {level: value(one, "x") for level, one in enumerate(first)}


def legend(svg: str) -> dict[str, str]:
    """The colour of each box of the legend by the words behind it."""
    boxes = {
        (value(one, "x") + 20, value(one, "y") + 10): one.attrib["fill"]
        for one in elements(svg, "rect")
        if (one.get("width"), one.get("height")) == ("14", "12")
    }
    said = {(value(one, "x"), value(one, "y")): one.text or "" for one in elements(svg, "text")}
    assert boxes and boxes.keys() <= said.keys()
    return {said[at]: fill for at, fill in boxes.items()}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_marks_of_a_profile_stand_at_their_levels(width: int) -> None:
    """A ring at 1, a dot at 2, a diamond at 3, a whisker from 2 to 4, a bar at 5."""
    row = ProfileRow("Guide", 1, 0, 1, 3, 2, 4, "2 (at most 4)", "", target=5)
    svg = draw_profile("p", width, "T", [row], LEVELS, T)
    at = heads(svg)
    ring, dot = elements(svg, "circle")[:2]
    assert (value(ring, "cx"), ring.attrib["fill"], value(dot, "cx")) == (at[1], PAPER, at[2])
    assert dot.attrib["fill"] == dot.attrib["stroke"]
    diamond = elements(svg, "polygon")[0]
    assert float(diamond.attrib["points"].partition(",")[0]) == at[3]
    whisker = next(one for one in elements(svg, "line") if one.get("stroke-dasharray"))
    assert (value(whisker, "x1"), value(whisker, "x2")) == (at[2], at[4])
    thick = [one for one in elements(svg, "line") if one.get("stroke-width") == "3"]
    bar = next(one for one in thick if one.get("x1") == one.get("x2"))
    assert value(bar, "x1") == at[5]


def test_the_legend_of_a_profile_names_its_marks() -> None:
    """Beside each mark of the legend stands what the same mark means above."""
    row = ProfileRow("Guide", 1, 0, 1, 3, 2, 2, "2", "")
    svg = draw_profile("p", WIDE, "T", [row], LEVELS, T)
    (now, zero), (diamond,) = elements(svg, "circle")[-2:], elements(svg, "polygon")[-1:]
    assert now.attrib["fill"] != PAPER and zero.attrib["fill"] == PAPER
    assert place(svg, "now") == value(now, "cx") + 13
    assert place(svg, "zero measurement") == value(zero, "cx") + 13
    left = min(float(point.partition(",")[0]) for point in diamond.attrib["points"].split())
    assert place(svg, "previous measurement") == left + 18


RATED = TopicRow("Code", 2, "", unknown=False, binding=False, spoken="", zero=1, target=4)


def matrix(*rows: TopicRow) -> str:
    """A matrix of some topics under one heading."""
    return draw_matrix("m", WIDE, "T", [TopicGroup("Core", "", False, rows)], LEVELS, T)


def cells(svg: str) -> list[str]:
    """The colours of the cells of all rows, row by row."""
    return [one.attrib["fill"] for one in elements(svg, "rect") if one.get("height") == "18"]


def test_cells_of_a_matrix_have_the_colours_of_the_legend() -> None:
    """Level 2: the cells 0, 1 and 2 as the legend names them, the others empty."""
    svg = matrix(RATED)
    colours = legend(svg)
    named = [colours[f"{level} {name}"] for level, name in enumerate(LEVELS)]
    assert cells(svg) == [*named[:3], PAPER, PAPER, PAPER]
    assert len(set(named)) == 6


def test_marks_of_a_matrix_stand_at_their_levels() -> None:
    """The ring in the middle of cell 1, the bar at the end of cell 4: half a cell behind it."""
    svg = matrix(RATED)
    at = heads(svg)
    assert value(elements(svg, "circle")[0], "cx") == at[1]
    bar = next(one for one in elements(svg, "line") if one.get("stroke-width") == "3")
    half = (at[1] - at[0]) / 2
    assert value(bar, "x1") == pytest.approx(at[4] + half - 1, abs=0.11)
    unmoved = matrix(replace(RATED, zero=2, target=None))
    assert not elements(unmoved, "circle")


def test_why_a_topic_has_no_level_is_drawn() -> None:
    """Not known is hatched, not applicable an empty frame; each has its words in the legend."""
    unknown = TopicRow("Code", None, "don't know", True, False, "")
    outside = TopicRow("Code", None, "not applicable", False, False, "")
    words = ("not known: any level is possible", "not applicable: does not count")
    for row, hatched, said in ((unknown, True, words[0]), (outside, False, words[1])):
        svg = matrix(row)
        assert cells(svg) == ["url(#m-hatch)" if hatched else PAPER]
        assert said in legend(svg)
        assert len(set(words) & legend(svg).keys()) == 1


def test_only_what_holds_a_level_down_bears_the_mark() -> None:
    """One of three rows, on the height of its label, and once more in the legend."""
    rows = [replace(RATED, label=f"Topic {n}", binding=n == 1) for n in range(3)]
    texts = elements(matrix(*rows), "text")
    marked, in_legend = (value(one, "y") for one in texts if one.text == "◆")
    (label,) = (value(one, "y") for one in texts if one.text == "Topic 1")
    assert marked == label < in_legend


ASKED = LikertRow(
    label="Clear",
    shares=(0.1, 0.15, 0.2, 0.25, 0.3),
    unknown=0.0,
    parts=("0", "10", "15", "20", "25", "30"),
    favourable="55%",
    n="80",
    dont_know="6%",
    remark="",
    spoken="",
)


def likert(row: LikertRow, width: int = WIDE) -> str:
    """One statement under a theme with 64 percent."""
    return draw_likert("l", width, "T", [LikertGroup("Clarity", "64%", (row,))], T)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_parts_of_a_bar_have_their_colour_and_figure(width: int) -> None:
    """From very unfavourable at the left to very favourable, each with its own share inside."""
    svg = likert(ASKED, width)
    bars = [one for one in elements(svg, "rect") if one.get("height") == "20.0"]
    meaning = {fill: words for words, fill in legend(svg).items()}
    assert [meaning[one.attrib["fill"]] for one in bars] == [
        *("very unfavourable", "unfavourable", "neutral", "favourable", "very favourable")
    ]
    inside = {value(one, "x"): one.text for one in elements(svg, "text")}
    middles = [value(one, "x") + value(one, "width") / 2 for one in bars]
    for middle, figure in zip(middles, ASKED.parts[1:], strict=True):
        near = [text for x, text in inside.items() if abs(x - middle) < 0.2]
        assert near == [figure]


@pytest.mark.parametrize(
    "meant",
    [
        ("unfavourable", "favourable"),
        ("unfavourable", "neutral", "favourable"),
        ("very unfavourable", "unfavourable", "favourable", "very favourable"),
    ],
)
def test_a_scale_of_fewer_categories_has_its_own_words(meant: tuple[str, ...]) -> None:
    """Without a middle none is called neutral; the first is at the unfavourable end."""
    equal = (1 / len(meant),) * len(meant)
    svg = likert(replace(ASKED, shares=equal, parts=("0", *("33",) * len(meant))))
    bars = [one for one in elements(svg, "rect") if one.get("height") == "20.0"]
    meaning = {fill: words for words, fill in legend(svg).items()}
    assert tuple(meaning[one.attrib["fill"]] for one in bars) == meant


def test_figures_stand_under_their_heads() -> None:
    """55 % favourable, 80 answers, 6 % don't know; the theme's share above the first of them."""
    svg = likert(ASKED)
    by_place: dict[float, list[str]] = {}
    for one in elements(svg, "text"):
        if one.get("text-anchor") == "end":
            by_place.setdefault(value(one, "x"), []).append(one.text or "")
    assert [" ".join(texts) for texts in by_place.values()] == [
        *("Favourable 64% 55%", "Answers 80", "Don't know 6%")
    ]


def test_a_narrow_bar_has_its_figures_in_words() -> None:
    """There is no room for columns."""
    said = " ".join(one.text or "" for one in elements(likert(ASKED, NARROW), "text"))
    assert "favourable: 55% · answers: 80 · don't know: 6%" in said


def test_not_knowing_is_the_outermost_part_at_the_left() -> None:
    """Where knowing is what is asked: hatched, with its share, left of the centre line by all that
    is unfavourable."""
    shares = (0.1, 0.1, 0.0, 0.2, 0.4)
    row = replace(ASKED, unknown=0.2, shares=shares, parts=("20", "10", "10", "0", "20", "40"))
    svg = likert(row)
    bars = [one for one in elements(svg, "rect") if one.get("height") == "20.0"]
    assert bars[0].attrib["fill"] == "url(#l-hatch)"
    centre = value(elements(svg, "line")[-1], "x1")
    whole = sum(value(one, "width") for one in bars)
    assert (centre - value(bars[0], "x")) / whole == pytest.approx(0.4, abs=0.01)
    assert "don't know, where knowing is what is asked" in legend(svg)


def test_cells_of_a_heatmap_stand_under_their_group() -> None:
    """Ten groups are more than fit beside each other: those of the second block as well."""
    shown = [HeatCell(number / 10, f"{number}0%") for number in range(1, 11)]
    rows = [HeatRow(label, tuple(shown), "") for label in ("Clarity", "Speaking")]
    svg = draw_heat("h", WIDE, "T", [str(n) for n in range(1, 11)], rows, (), T)
    texts = [one for one in elements(svg, "text") if one.get("text-anchor") == "middle"]
    above = [one for one in texts if one.get("font-weight") == "700"]
    found: dict[str, list[str]] = {}
    for one in (one for one in texts if one not in above):
        over = [head for head in above if head.get("x") == one.get("x")]
        nearest = max(
            (h for h in over if value(h, "y") < value(one, "y")), key=lambda h: value(h, "y")
        )
        found.setdefault(nearest.text or "", []).append(one.text or "")
    assert found == {str(n): [f"{n}0%"] * 2 for n in range(1, 11)}


def test_colours_of_a_heatmap_are_those_of_its_legend() -> None:
    """Nobody and everybody favourable, and hidden with its reason."""
    row = HeatRow("Clarity", (HeatCell(0.0, "0%"), HeatCell(1.0, "100%"), HeatCell(None, "a")), "")
    svg = draw_heat("h", WIDE, "T", ["1", "2", "3"], [row], [("a", "few")], T)
    fills = [one.attrib["fill"] for one in elements(svg, "rect") if one.get("width") == "60.0"]
    said = legend(svg)
    assert fills == [said["0% favourable"], said["100% favourable"], "url(#h-hatch)"]
    assert fills[0] != fills[1]
    assert said["a: few"] == "url(#h-hatch)"


def test_points_of_a_panel_stand_at_their_value() -> None:
    """0 on the lowest line, 50 on the middle one, 100 on the highest; each with its own figure."""
    panel = Panel("Clarity", -1, (0.0, 50.0, 100.0), ("0", "50", "100"), "")
    svg = draw_multiples("m", WIDE, "T", ("2025", "2026", "2027"), [panel])
    highest, middle, lowest = (value(one, "y1") for one in elements(svg, "line")[:3])
    dots = [(value(one, "cx"), value(one, "cy")) for one in elements(svg, "circle")]
    assert [y for _, y in dots] == [lowest, middle, highest]
    for (x, _), figure in zip(dots, panel.words, strict=True):
        assert place(svg, figure) == x
    first, last = dots[0][0], dots[-1][0]
    assert place(svg, "2025") < first < last < place(svg, "2027")


def test_a_slope_leads_from_then_to_now() -> None:
    """One part rises, one falls: the figures stand beside their ends, a label has its colour."""
    lines = [
        SlopeLine("Rising", 0, 20.0, 60.0, "20", "60", ""),
        SlopeLine("Falling", 1, 50.0, 30.0, "50", "30", ""),
    ]
    svg = draw_slope("s", WIDE, "T", ("zero 2026", "now 2027"), lines)
    strokes = [one for one in elements(svg, "line") if one.get("stroke-width") == "2"]
    texts = {one.text: one for one in elements(svg, "text")}
    for line, drawn in zip(lines, strokes, strict=True):
        ends = value(drawn, "y1"), value(drawn, "y2")
        assert (ends[0] > ends[1]) == (line.now > line.then)
        beside = value(texts[line.then_words], "y"), value(texts[line.now_words], "y")
        assert beside == pytest.approx([end + 4 for end in ends], abs=0.2)
        assert texts[line.label].attrib["fill"] == drawn.attrib["stroke"]
        assert value(drawn, "x1") < value(drawn, "x2")
    assert place(svg, "zero 2026") < place(svg, "now 2027")


def test_a_gauge_points_at_its_balance() -> None:
    """By hand: from 14 to 706 for -1 to +1, so -0.4 at 14 + 692 x 0.3 = 221.6; the band from -0.2
    to +0.3 is 290.8 to 463.8."""
    said = ("-0.40", "-0.20", "+0.30")
    gauge = Gauge(-0.4, -0.2, 0.3, *said, ("all controlling", "all stimulating"), "band", "")
    svg = draw_gauge("g", WIDE, "T", gauge)
    (pointer,) = (one for one in elements(svg, "line") if one.get("stroke-width") == "4")
    assert (value(pointer, "x1"), value(pointer, "x2")) == (221.6, 221.6)
    band = next(one for one in elements(svg, "rect") if one.get("stroke-width") == "2")
    assert (value(band, "x"), value(band, "width")) == (290.8, 173.0)
    assert [place(svg, one) for one in said] == [221.6, 290.8, 463.8]
    assert place(svg, "all controlling") < place(svg, "all stimulating")
    assert legend(svg)["band"] == band.attrib["fill"]
