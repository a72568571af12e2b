"""The tables on what the staff said, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from e2e import three_years_story as story

from independent import change, groups, staff
from independent.printing import (
    NONE,
    between,
    number,
    p_value,
    percent,
    shares,
    signed,
    signs,
)
from independent.zone import SURVEY, Measurement, items_moved, themes_moved

Cell = str | None | frozenset[str] | re.Pattern[str]
"""The text itself, any text without a number, one of several, or what matches."""
Table = list[Sequence[Cell]]
WORDS = (
    (0.9, "very strong"),
    (0.7, "strong"),
    (0.5, "moderate"),
    (0.3, "weak"),
    (-1.0, None),
)


def named(part: str) -> str:
    """A part or topic."""
    return "Overall" if part == "overall" else story.label(part)


def inverse(item: str) -> str:
    """A statement; one that is turned round says so."""
    return f"{story.stem(item)} (inverse)" if item in story.REVERSED else story.stem(item)


def read_as(found: staff.Reliability) -> str:
    """The convention on a coefficient."""
    value = found.both if found.alpha is None else found.alpha
    assert value is not None
    if value < 0.7:
        return "low (under 0.70): read the statements one by one"
    return "good" if value >= 0.8 else "sufficient"


def without_empty(rows: Table) -> Table:
    """Columns that no row has a figure in are left out."""
    kept = [n for n, _ in enumerate(rows[0]) if any(row[n] != NONE for row in rows)] if rows else []
    return [[row[n] for n in kept] for row in rows]


@dataclass(frozen=True)
class StaffTables:
    """Of a measurement, beside those before it."""

    now: Measurement
    past: Mapping[str, Measurement]

    def tables(self) -> dict[str, Table]:
        """By caption."""
        found = {
            "Share of favourable answers, by theme": self.themes(),
            "Do the statements of a theme measure one thing?": self.reliability(),
            "How far do the answers lie together?": self.agreement(),
            "Answers to the statements": self.answers(),
            "Statements: what chance leaves open": self.chance(),
            "The groups": self.groups(),
            "Share of favourable answers, by theme and group": self.themes_by_group(),
            "Share of favourable answers, by statement and group": self.statements_by_group(),
        }
        for name, then in self.past.items():
            found |= self.since(name, then)
        return found

    def themes(self) -> Table:
        """Shares and indices."""
        rows: Table = []
        for theme, one in self.now.themes.items():
            interval = between(*one.index_interval) if one.index_interval else NONE
            people = NONE if one.scores is None else str(len(one.scores))
            cells = (percent(one.favourable), str(one.items), number(one.index), interval, people)
            rows.append([named(theme), *cells])
        return rows

    def reliability(self) -> Table:
        """What the coefficients say."""
        rows: Table = []
        for theme, one in self.now.themes.items():
            found = one.reliability
            if found is None:
                continue
            cells = (number(found.alpha, 2), number(found.both, 2))
            assert found.interval is not None
            interval, omega = between(*found.interval, 2), number(found.omega, 2)
            counts = (str(found.items), str(found.n))
            rows.append([named(theme), *counts, *cells, interval, omega, read_as(found)])
        return without_empty(rows)

    def agreement(self) -> Table:
        """How far the answers lie together."""
        return [
            [
                named(theme),
                number(one.agreement, 2),
                next(word for above, word in WORDS if one.agreement > above),
                number(one.lenient, 2),
            ]
            for theme, one in self.now.themes.items()
        ]

    def answers(self) -> Table:
        """The most favourable statement of a theme first."""
        rows: Table = []
        for theme in story.THEMES:
            items = sorted(SURVEY.of(theme), key=lambda item: -self.now.items[item].share(0))
            for item in items:
                one = self.now.items[item]
                sides = [percent(one.share(side)) for side in range(3)]
                figures = (number(one.mean, 1), str(one.n), percent(one.dont_know))
                counts = " / ".join(map(str, one.counts))
                rows.append([inverse(item), named(theme), *sides, *figures, counts])
        return rows

    def chance(self) -> Table:
        """Intervals."""
        return [
            [
                inverse(item),
                percent(one.share(0)),
                shares(*one.favourable_interval),
                number(one.mean, 1),
                between(*one.mean_interval, 1),
                number(one.sd, 1),
                str(one.n),
            ]
            for item, one in self.now.items.items()
        ]

    def since(self, name: str, then: Measurement) -> dict[str, Table]:
        """What changed since one measurement."""
        return {
            f"Favourable answers by theme: {name} and now": self.themes_since(then),
            f"Favourable answers by statement: {name} and now": self.items_since(then),
        }

    def _moved(self, found: Mapping[str, change.Moved], of: str) -> list[str]:
        one = found.get(of)
        if one is None:
            return [NONE, NONE, NONE, "not tested"]
        return [signed(one.points), signs(*one.interval), p_value(one.p), one.word]

    def themes_since(self, then: Measurement) -> Table:
        """Themes."""
        found, rows = themes_moved(then, self.now), []
        for theme in story.THEMES:
            before, now = (wave.themes[theme].favourable for wave in (then, self.now))
            cells = (percent(before), percent(now), signed(100 * (now - before)))
            rows.append([named(theme), *cells, *self._moved(found, theme)])
        return without_empty(rows)

    def items_since(self, then: Measurement) -> Table:
        """Statements."""
        found, rows = items_moved(then, self.now), []
        for item, now in self.now.items.items():
            before = then.items[item]
            change_ = signed(100 * (now.share(0) - before.share(0)))
            low, high = change.share_interval(before, now)
            cells = (percent(before.share(0)), percent(now.share(0)), change_)
            tested = self._moved(found, item)
            interval = signs(100 * low, 100 * high)
            ranks = p_value(change.ranks(before, now))
            rows.append([inverse(item), *cells, interval, *tested, ranks])
        return without_empty(rows)

    # --- by group ----------------------------------------------------------------------------

    def groups(self) -> Table:
        """Who answered."""
        return [
            [str(place), None, groups.responses(self.now, group)]
            for place, group in enumerate(story.GROUPS, 1)
        ]

    def themes_by_group(self) -> Table:
        """Groups by row: there are more of them than of themes."""
        return [
            [None, *(groups.of_theme(self.now, group, theme) for theme in story.THEMES)]
            for group in story.GROUPS
        ]

    def statements_by_group(self) -> Table:
        """Groups by column."""
        return [
            [inverse(item), *(groups.of_statement(self.now, one, item) for one in story.GROUPS)]
            for item in story.STATEMENTS
        ]
