"""Results by group: tables, what is said of who answered, and no word more than may be said."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from laden import grouped_survey, rich
from measured import framework
from reported import charts, english, tables

from imfsurvey.analysis.groups import BreakdownFigures, GroupFigures, GroupResponses, GroupShare
from imfsurvey.report.document import Table
from imfsurvey.report.groupwords import GroupWords
from imfsurvey.report.words import Words
from imfsurvey.study.results import WaveResults


def grouped(groups: tuple[GroupFigures, ...], **more: Any) -> WaveResults:
    """The rich wave with these groups."""
    *_, now = rich(name="Rue")
    (breakdown,) = now.figures.breakdowns
    shown = replace(breakdown, groups=groups, **more)
    return replace(now, figures=replace(now.figures, breakdowns=(shown,)))


def three_groups() -> tuple[GroupFigures, ...]:
    """One told exactly, one in a band, one hidden."""
    *_, now = rich(name="Rue")
    return now.figures.breakdowns[0].groups


def by_theme(groups: int) -> Table:
    """The figures of the heatmap of two themes and so many groups."""
    found = grouped(three_groups()[:groups])
    (chart,) = charts(english(found), "groups-1")
    return chart.table


def test_more_groups_than_themes_are_rows() -> None:
    """Three groups below each other: nothing gets wider when an entity has many."""
    table = by_theme(3)
    assert table.columns == ("Group", "Clarté (en)", "Parole (en)")
    assert table.rows == (
        ("Rue (en)", "64%", "64%"),
        ("Bureau (en)", "40% to 60%", "40% to 60%"),
        ("Appui (en)", "hidden (a)", "hidden (a)"),
    )


def test_fewer_groups_than_themes_are_columns() -> None:
    """As in the heatmap: nine themes beside each other would tear their names."""
    table = by_theme(2)
    assert table.columns == ("Theme", "Rue (en)", "Bureau (en)")
    assert list(table.rows) == [
        ("Clarté (en)", "64%", "40% to 60%"),
        ("Parole (en)", "64%", "40% to 60%"),
    ]


def words_of(k: int = 10, earlier: datetime.date | None = None) -> GroupWords:
    """The words of a breakdown by service, without its groups."""
    figures = BreakdownFigures("test.survey", ("service",), k, (), earlier)
    return GroupWords(figures, grouped_survey(), (), Words("en", framework()))


@pytest.mark.parametrize(
    ("responses", "said"),
    [
        (GroupResponses(40, 33, 33 / 40, None, None), "33 of 40 people answered (83%)."),
        (GroupResponses(None, 33, None, None, None), "33 people answered."),
        (
            GroupResponses(25, None, None, (0.6, 0.8), None),
            "Between 60% and 80% of 25 people answered.",
        ),
        (GroupResponses(12, None, None, None, "too_few"), "Fewer than 10 people responded."),
        (GroupResponses(12, None, None, None, "protected"), "10 people or more responded."),
        (
            GroupResponses(0, None, None, None, "too_few"),
            "Nobody belongs to this group, says the study.",
        ),
        (
            GroupResponses(30, 33, None, None, None, too_many=True),
            "More answers than the 30 people of this group: some named the wrong one, or the "
            "headcount is wrong.",
        ),
    ],
)
def test_who_answered_is_told_as_far_as_it_may_be(responses: GroupResponses, said: str) -> None:
    """Exactly, in a band, or only on which side of the border of ten."""
    assert words_of().responses(responses) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (GroupShare("clear", None, "exact", 0.64, 0.2, n=33), "64%"),
        (GroupShare("clear", None, "rounded", 0.65, 0.2), "about 65%"),
        (GroupShare("clear", None, "band", band=(0.4, 0.6)), "40% to 60%"),
        (GroupShare("clear", "too_few"), "hidden (a)"),
        (GroupShare("clear", "protected"), "hidden (b)"),
        (GroupShare("clear", "released"), "hidden (c)"),
        (GroupShare("clear", "whole"), "hidden (d)"),
        (GroupShare("clear", "for_some"), "hidden (e)"),
        # Nothing that should not be there is said beside a reason.
        (GroupShare("clear", "too_few", "exact", 0.64, 0.2, n=3), "hidden (a)"),
    ],
)
def test_a_share_is_told_as_exactly_as_it_may_be(share: GroupShare, said: str) -> None:
    """Rounded ones say so, hidden ones give the letter of the reason and no figure."""
    assert words_of().share_or_letter(share) == said


def test_each_letter_is_explained_once_and_only_where_it_stands() -> None:
    """Beside the reason that it means; what follows from another day names the day."""
    few, released = GroupShare("clear", "too_few"), GroupShare("clear", "released")
    assert words_of().reasons([few, released, few]) == (
        ("a", "fewer than 10 answers"),
        ("c", "would follow from what another survey of this wave shows"),
    )
    day = datetime.date(2027, 3, 2)
    assert words_of(earlier=day).reasons([released]) == (
        ("c", "would follow from what was released on 2 March 2027"),
    )
    said = dict(
        words_of().reasons(GroupShare("x", why) for why in ("protected", "whole", "for_some"))
    )
    assert said["b"].startswith("so that another group")
    assert said["d"] == "not shown for everybody together either"
    assert said["e"] == "only some were asked"


def test_eight_groups_stand_in_two_tables_of_statements() -> None:
    """Six beside each other, then two: every group is there once, each with its own figures."""
    exact, *_ = three_groups()
    codes = ("a", "b", "c", "a", "b", "c", "a", "b")
    groups = tuple(
        replace(
            exact,
            codes=(code,),
            items=tuple(replace(one, favourable=n / 10) for one in exact.items),
        )
        for n, code in enumerate(codes, start=1)
    )
    report = english(grouped(groups))
    first, second = (
        one for one in tables(report, "groups-1") if one.caption.endswith("by statement and group")
    )
    assert first.columns[1:] == tuple(["Rue (en)", "Bureau (en)", "Appui (en)"] * 2)
    assert first.rows[0][1:] == ("10%", "20%", "30%", "40%", "50%", "60%")
    assert second.columns[1:] == ("Rue (en)", "Bureau (en)")
    assert second.rows[0] == ("Règles claires FR (en)", "70%", "80%")


def test_the_numbers_of_the_heatmap_are_those_of_the_groups() -> None:
    """Each group has the number under which its column stands; a rounded share is marked."""
    exact, band, _hidden = three_groups()
    rounded = replace(
        exact, themes=tuple(replace(one, detail="rounded", favourable=0.65) for one in exact.themes)
    )
    report = english(grouped((rounded, band)))
    listed = tables(report, "groups-1")[0]
    assert [row[:2] for row in listed.rows] == [("1", "Rue (en)"), ("2", "Bureau (en)")]
    (chart,) = charts(report, "groups-1")
    for svg in (chart.svg, chart.narrow):
        assert ">1</text>" in svg and ">2</text>" in svg and ">3</text>" not in svg
        assert ">≈ 65%</text>" in svg and ">40–60%</text>" in svg
        assert "Clarté (en): Rue (en): about 65%; Bureau (en): 40% to 60%." in svg
