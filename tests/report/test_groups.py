"""The tables of results by group: whatever there is more of stands below each other."""

from __future__ import annotations

from dataclasses import replace

from laden import rich
from reported import charts, english

from imfsurvey.report.document import Table


def by_theme(groups: int) -> Table:
    """The figures of the heatmap of two themes and so many groups."""
    *_, now = rich(name="Rue")
    (breakdown,) = now.figures.breakdowns
    shown = replace(breakdown, groups=breakdown.groups[:groups])
    found = replace(now, figures=replace(now.figures, breakdowns=(shown,)))
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
