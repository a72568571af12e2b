"""Every table of the report, cell by cell, as it has to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from e2e import three_years_story as story
from independent import change, groups, maturity, staff
from independent.printing import (
    NONE,
    between,
    bounded,
    number,
    p_value,
    percent,
    shares,
    signed,
    signs,
)
from independent.zone import (
    MODEL,
    SURVEY,
    Measurement,
    items_moved,
    themes_moved,
)

Cell = str | None | frozenset[str] | re.Pattern[str]
"""The text itself, any text without a number, one of several, or what matches."""
Table = list[Sequence[Cell]]
MOST_GAPS = 8
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


@dataclass(frozen=True)
class Report:
    """A report on the last of some measurements."""

    waves: Sequence[Measurement]

    @property
    def now(self) -> Measurement:
        """The one that is reported."""
        return self.waves[-1]

    @property
    def past(self) -> dict[str, Measurement]:
        """What it is compared with, by name."""
        found = {}
        if len(self.waves) > 1:
            found["zero measurement"] = self.waves[0]
        if len(self.waves) > 2:
            found["previous measurement"] = self.waves[-2]
        return found

    @property
    def main(self) -> list[str]:
        """The whole and the pillars."""
        return ["overall", *story.NODES]

    def tables(self) -> dict[str, Table]:
        """All tables by caption."""
        found = {
            "Levels and indices": self.levels(),
            "Level of every part": self.every_part(),
            "Leadership, shown alone": [self._part("leadership")],
            "Balance of the two approaches": self.balance(),
            "How far the parts are from their targets": self.to_targets(),
            "Share of favourable answers, by theme": self.themes(),
            "Do the statements of a theme measure one thing?": self.reliability(),
            "How far do the answers lie together?": self.agreement(),
            "Answers to the statements": self.answers(),
            "Statements: what chance leaves open": self.chance(),
            "The groups": self.groups(),
            "Share of favourable answers, by theme and group": self.themes_by_group(),
            "Share of favourable answers, by statement and group": self.statements_by_group(),
            "Files and versions": self.files(),
        }
        found |= {f"Topics of “{named(one)}”": self.topics(one) for one in story.NODES}
        found |= dict(self._sometimes())
        for name, then in self.past.items():
            found |= self.since(name, then)
        return found

    # --- maturity ----------------------------------------------------------------------------

    def _level(self, wave: Measurement, part: str) -> str:
        figures = wave.parts[part]
        return bounded(figures.level, figures.most)

    def _was(self, part: str) -> list[str]:
        return [self._level(then, part) for then in self.past.values()]

    def levels(self) -> Table:
        """The whole and the pillars."""
        rows: Table = []
        for part in self.main:
            one = self.now.parts[part]
            name = NONE if one.level is None else story.LEVEL_NAMES[one.level]
            indices = (number(one.index), number(one.core))
            rows.append(
                [named(part), self._level(self.now, part), name, *indices, *self._was(part)]
            )
        return rows

    def _part(self, part: str) -> list[str]:
        one = self.now.parts[part]
        figures = (number(one.index), number(one.core), percent(one.coverage))
        return [named(part), self._level(self.now, part), *figures, *self._was(part)]

    def every_part(self) -> Table:
        """With the level of the targets."""
        wanted = maturity.target_levels(MODEL, self.now.ratings, self.now.targets)
        return [[*self._part(part), str(wanted[part])] for part in MODEL.parts()]

    def topics(self, pillar: str) -> Table:
        """Core before complementary, part by part."""
        parts = (pillar, *story.NODES[pillar])
        rows: Table = []
        for part in parts:
            for layer in ("core", "complementary"):
                for topic, (under, weight, _) in story.TOPICS.items():
                    if (under, weight) == (part, layer):
                        said = self.now.ratings[topic]
                        rated = isinstance(said, int)
                        level = str(said) if rated else NONE
                        name = story.LEVEL_NAMES[said] if isinstance(said, int) else NONE
                        rows.append([named(topic), named(part), layer, level, name, None])
        return rows

    def balance(self) -> Table:
        """The two approaches."""
        found = maturity.balance(MODEL, self.now.ratings)
        low, high = found.controlling, found.stimulating
        return [
            ["Controlling approach, index 0-100", number(low)],
            ["Stimulating approach, index 0-100", number(high)],
            ["Difference, stimulating minus controlling", signed(high - low)],
            [
                "Balance, from -1 (all controlling) to +1 (all stimulating)",
                signed(found.balance, 2),
            ],
            ["Declared band", "-0.20 to +0.20"],
            ["What the weaker approach carries, index 0-100", number(min(low, high))],
        ]

    def to_targets(self) -> Table:
        """Percent to target and progress."""
        ratings, targets = self.now.ratings, self.now.targets
        wanted = maturity.target_levels(MODEL, ratings, targets)
        rows: Table = []
        for part in MODEL.parts():
            topics = MODEL.under(part)
            there = maturity.to_target(ratings, targets, topics)
            gaps = maturity.missing(ratings, targets, topics)
            done = self.progress(topics)
            level = (self._level(self.now, part), str(wanted[part]), str(gaps))
            rows.append([named(part), *level, percent(there), percent(done)])
        return rows

    def progress(self, topics: Sequence[str]) -> Fraction | None:
        """Since the zero measurement; none in its own report."""
        if len(self.waves) < 2:
            return None
        zero, now = self.waves[0].ratings, self.now.ratings
        return maturity.progress(zero, now, self.now.targets, topics)

    def gaps(self) -> list[tuple[str, int]]:
        """Topics that are short of their target, those furthest away first."""
        ratings = self.now.ratings
        found = [
            (topic, maturity.missing(ratings, self.now.targets, [topic])) for topic in story.TOPICS
        ]
        short = [one for one in found if one[1]]
        return sorted(short, key=lambda one: (-one[1], story.TOPICS[one[0]][1] != "core"))

    def _sometimes(self) -> Iterator[tuple[str, Table]]:
        """Tables that only some reports have."""
        final, gaps = self.now.year.kind == "final", self.gaps()
        if gaps:
            title = "Targets not reached" if final else "Furthest from their target"
            yield title, [self._gap(*one) for one in (gaps if final else gaps[:MOST_GAPS])]
        if self.now.set_targets:
            yield (
                "Targets that were set, and why",
                [[named(one), str(level), why] for one, (level, why) in story.TARGETS.items()],
            )
        if "na" in self.now.ratings.values():
            topics = [topic for topic, said in self.now.ratings.items() if said == "na"]
            caption = "Not applicable: these topics do not count"
            yield caption, [[named(topic), "Minutes of March"] for topic in topics]
        if len(self.now.raters) > 1:
            yield "Levels by rater", self.levels_by_rater()
            yield "Topics by rater, those that differ most first", self.topics_by_rater()
        if len(self.waves) > 1:
            first, last = (f"{one.year.kind} {one.year.year}" for one in (self.waves[0], self.now))
            yield f"Core index, {first} to {last}", self.slope()
        if len(self.waves) > 2:
            yield "Core index of every part, measurement by measurement", self.series()

    def _gap(self, topic: str, missing: int) -> list[str]:
        def level(wave: Measurement) -> str:
            said = wave.ratings[topic]
            return str(said) if isinstance(said, int) else NONE

        zero = level(self.waves[0]) if len(self.waves) > 1 else NONE
        return [named(topic), zero, level(self.now), str(self.now.targets[topic]), str(missing)]

    def levels_by_rater(self) -> Table:
        """What the ratings of each alone give; the last column counts."""
        found = [
            maturity.measured(MODEL, said, self.now.approved) for said in self.now.raters.values()
        ]
        return [[named(part), *(str(one[part].level) for one in found)] for part in self.main]

    def topics_by_rater(self) -> Table:
        """Those that differ first."""
        said = self.now.raters
        apart = {
            topic: abs(int(said["mandatary"][topic]) - int(said["officer"][topic]))
            for topic in story.TOPICS
        }
        order = sorted(story.TOPICS, key=lambda topic: -apart[topic])
        return [
            [
                named(topic),
                *(str(one[topic]) for one in said.values()),
                str(apart[topic]) if apart[topic] else "",
            ]
            for topic in order
        ]

    def slope(self) -> Table:
        """First and last."""
        rows: Table = []
        for part in self.main:
            then, now = self.waves[0].parts[part].core, self.now.parts[part].core
            assert then is not None and now is not None
            rows.append([named(part), number(then), number(now), signed(now - then)])
        return rows

    def series(self) -> Table:
        """All of them."""
        return [
            [named(part), *(number(wave.parts[part].core) for wave in self.waves)]
            for part in MODEL.parts()
        ]

    # --- the staff ---------------------------------------------------------------------------

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
        """Columns that nobody has a figure in are left out."""
        rows = []
        for theme, one in self.now.themes.items():
            found = one.reliability
            if found is None:
                continue
            cells = (number(found.alpha, 2), number(found.both, 2))
            assert found.interval is not None
            interval, omega = between(*found.interval, 2), number(found.omega, 2)
            counts = (str(found.items), str(found.n))
            rows.append([named(theme), *counts, *cells, interval, omega, read_as(found)])
        kept = [n for n in range(8) if any(row[n] != NONE for row in rows)]
        return [[row[n] for n in kept] for row in rows]

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
                rows.append([inverse(item), named(theme), *sides, *figures, counts, ""])
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
            f"Core index and level: {name} and now": self.parts_since(then),
            f"Level of the topics that moved: {name} and now": self.topics_since(then),
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
            rows.append([named(theme), *cells, *self._moved(found, theme), ""])
        return list(rows)

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
            rows.append([story.stem(item), *cells, interval, *tested, ranks])
        return list(rows)

    def parts_since(self, then: Measurement) -> Table:
        """Core indices and levels."""
        rows: Table = []
        for part in MODEL.parts():
            before, now = then.parts[part].core, self.now.parts[part].core
            assert before is not None and now is not None
            levels = (self._level(then, part), self._level(self.now, part))
            rows.append([named(part), number(before), number(now), signed(now - before), *levels])
        return rows

    def moved(self, then: Measurement) -> list[tuple[str, int, int]]:
        """The topics with another level, those that rose most first."""
        both = [
            (topic, before, now)
            for topic in story.TOPICS
            if isinstance(before := then.ratings[topic], int)
            and isinstance(now := self.now.ratings[topic], int)
            and before != now
        ]
        return sorted(both, key=lambda one: one[1] - one[2])

    def topics_since(self, then: Measurement) -> Table:
        """Topics."""
        return [
            [named(topic), str(before), str(now), signed(now - before)]
            for topic, before, now in self.moved(then)
        ]

    # --- by group ----------------------------------------------------------------------------

    def groups(self) -> Table:
        """Who answered."""
        return [
            [str(place), None, groups.responses(self.now, group)]
            for place, group in enumerate(story.GROUPS, 1)
        ]

    def themes_by_group(self) -> Table:
        """Groups by row."""
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

    def files(self) -> Table:
        """Versions and hashes; what a hash is of is tested elsewhere."""
        digest = re.compile(r"[0-9a-f]{64}")
        used = (("Cadre", "walk"), ("Bilan", "walk.self"), ("Enquête", "walk.staff"))
        program = ["Program", "imfsurvey", re.compile(r"\d+\.\d+\.\d+"), NONE]
        return [*([title, ident, "1", digest] for title, ident in used), program]
