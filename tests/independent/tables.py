"""Every table of the report, cell by cell, as it has to be: here those on levels and targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from e2e import three_years_story as story

from independent import claims, maturity, planned, staff
from independent.printing import NONE, between, bounded, number, percent, signed
from independent.stafftables import Cell, StaffTables, Table, named
from independent.zone import MODEL, Measurement

__all__ = ["Cell", "Report", "Table"]

MOST_GAPS = 8
INDICES = "Index of the themes with its 95% interval, measurement by measurement"


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
            "Files and versions": self.files(),
        }
        found |= {f"Topics of “{named(one)}”": self.topics(one) for one in story.NODES}
        found |= dict(self._sometimes())
        found |= dict(planned.tables(self.waves[0], self.now))
        found["Topics measured both ways"] = claims.table(self.now)
        found["Balance and declared band"] = self.balance()[3:5]
        for name, then in self.past.items():
            found[f"Core index and level: {name} and now"] = self.parts_since(then)
            found[f"Level of the topics that moved: {name} and now"] = self.topics_since(then)
        return found | StaffTables(self.now, self.past).tables()

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
            yield INDICES, self.indices()
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

    def indices(self) -> Table:
        """Every theme in every measurement, with what chance leaves open."""
        found = [[wave.themes[theme] for wave in self.waves] for theme in story.THEMES]
        return [
            [named(theme), *map(_with_interval, themes)]
            for theme, themes in zip(story.THEMES, found, strict=True)
            if sum(one.index is not None for one in themes) > 1
        ]

    def series(self) -> Table:
        """All of them."""
        return [
            [named(part), *(number(wave.parts[part].core) for wave in self.waves)]
            for part in MODEL.parts()
        ]

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

    def files(self) -> Table:
        """Versions and hashes; what a hash is of is tested elsewhere."""
        digest = re.compile(r"[0-9a-f]{64}")
        used = (("Cadre", "walk"), ("Bilan", "walk.self"), ("Enquête", "walk.staff"))
        program = ["Program", "imfsurvey", re.compile(r"\d+\.\d+\.\d+"), NONE]
        return [*([title, ident, "1", digest] for title, ident in used), program]


def _with_interval(one: staff.Theme) -> str:
    if one.index is None or one.index_interval is None:
        return number(one.index)
    return f"{number(one.index)} ({between(*one.index_interval)})"
