"""What disclosure control of results by group costs, and how it grows.

    python3 dev.py bench disclosure [--quick]

Invented people in units, grades and sexes. The first table takes one exact audit of all tables at
once; the second a whole release: the staff survey by unit, every statement, as `wave unseal` does;
the third the same with two of three items crossed. Read the growth, not the seconds.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from measure import table, timed

from imfsurvey.analysis.breakdown import RESPONSES, Breakdown, break_down
from imfsurvey.analysis.disclosure import span
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.perception import perceive
from imfsurvey.interview.variables import coded_items
from imfsurvey.questionnaire import Questionnaire

SIZES = ((164, 6), (522, 20), (2_021, 40), (10_000, 100), (50_000, 240))
"""People and units: the first three are those of the design."""

K = 8
GRADES, SEXES = (6, 3, 1), (3, 1)
STATEMENTS = 40
TURNS = 5


def median(work: Callable[[], object], turns: int) -> float:
    """Seconds, the median of some turns."""
    return statistics.median(timed(work) for _ in range(turns)) / 1000


def people_in(count: int, units: int) -> list[tuple[int, int, int]]:
    """Unit, grade and sex of each."""
    chance = random.Random(units)
    weights = [chance.uniform(0.5, 2) for _ in range(units)]
    return list(
        zip(
            chance.choices(range(units), weights, k=count),
            chance.choices(range(len(GRADES)), GRADES, k=count),
            chance.choices(range(len(SEXES)), SEXES, k=count),
            strict=True,
        )
    )


class Audit(NamedTuple):
    """One exact audit of all tables."""

    rows: int
    found: int
    """Small groups that follow from the rows."""
    seconds: float

    def cells(self) -> list[str]:
        """For a table."""
        return [f"{self.rows}", f"{self.found}", f"{self.seconds:.3f} s"]


def audit(people: Sequence[tuple[int, int, int]], turns: int) -> Audit:
    """Of every row that passes the plain rule."""
    cells = sorted(set(people))
    numbers = [people.count(cell) for cell in cells] if len(people) < 5_000 else _counted(people)
    rows = [frozenset(range(len(cells)))]
    for size in (1, 2, 3):
        for axes in combinations(range(3), size):
            groups: dict[tuple[int, ...], set[int]] = {}
            for place, cell in enumerate(cells):
                groups.setdefault(tuple(cell[axis] for axis in axes), set()).add(place)
            rows += [
                frozenset(group)
                for group in groups.values()
                if sum(numbers[place] for place in group) >= K
            ]
    found = span.findings(rows, numbers, K)
    seconds = median(lambda: span.findings(rows, numbers, K), turns)
    return Audit(len(rows), len(found), seconds)


def _counted(people: Sequence[tuple[int, int, int]]) -> list[int]:
    found: dict[tuple[int, int, int], int] = {}
    for one in people:
        found[one] = found.get(one, 0) + 1
    return [found[cell] for cell in sorted(found)]


def questionnaire(units: int, crossed: int, statements: int) -> Questionnaire:
    """As many statements as the shipped survey breaks down."""

    def choice(item: str, count: int) -> dict[str, Any]:
        choices = [{"code": f"{item[0]}{n}", "text": {"en": f"{n}"}} for n in range(count)]
        return {"id": item, "type": "single", "text": {"en": item}, "choices": choices}

    by = [choice("unit", units)]
    if crossed > 1:
        by += [choice("grade", len(GRADES)), choice("sex", len(SEXES))]
    likert = {"type": "likert", "scale": "agree", "topic": "t", "text": {"en": "statement"}}
    asked = [{"id": f"s{n}", **likert} for n in range(statements)]
    codes = [{"code": code, "text": {"en": f"{code}"}} for code in range(1, 6)]
    return Questionnaire.model_validate(
        {
            "imfsurvey": 1,
            "questionnaire": {
                "id": "bench",
                "version": "1",
                "kind": "perception",
                "framework": "bench",
                "title": {"en": "Bench"},
                "languages": ["en"],
                "default_language": "en",
            },
            "privacy": {
                "mode": "anonymous",
                "k": 10,
                "breakdown_by": [one["id"] for one in by],
                "max_breakdowns": crossed,
            },
            "scales": {"agree": {"codes": codes, "favourable": [4, 5], "unfavourable": [1, 2]}},
            "sections": [{"id": "all", "title": {"en": "All"}, "items": [*by, *asked]}],
        }
    )


def released(
    people: Sequence[tuple[int, int, int]], units: int, crossed: int, statements: int
) -> list[str]:
    """A whole release: seconds, groups, and how much of it is shown."""
    survey = questionnaire(units, crossed, statements)
    chance = random.Random(len(people))
    known = 1 if crossed == 1 else 3
    rows = [
        bytes([*one[:known], *chance.choices(range(5), (1, 2, 3, 5, 2), k=statements)])
        for one in people
    ]
    variables = [variable for item in coded_items(survey) for variable in item.variables]
    data = Microdata.from_rows(variables, rows)
    whole = perceive(survey, data, len(people))
    found: list[Breakdown] = []
    seconds = median(lambda: found.append(break_down(survey, data, whole, {})), 1)
    figures = found[0].figures
    groups = sum(len(one.groups) for one in figures)
    shown = sum(
        len(wheres) - 1 for statement, wheres in found[0].shown.items() if statement != RESPONSES
    )
    return [f"{groups}", f"{100 * shown / (groups * statements):.0f} %", f"{seconds:.2f} s"]


def told(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    print(table(head, rows), end="\n\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the small sizes only")
    quick = parser.parse_args().quick
    sizes = SIZES[:2] if quick else SIZES
    invented = [(count, units, people_in(count, units)) for count, units in sizes]
    names = [[f"{count:,}", f"{units}"] for count, units, _ in invented]
    turns, statements = (1, 5) if quick else (TURNS, STATEMENTS)
    told(
        ("one audit", "units", "rows", "small groups that follow", "time"),
        [[*name, *audit(one[2], turns).cells()] for name, one in zip(names, invented, strict=True)],
    )
    told(
        (f"a release of {statements} statements by unit", "units", "groups", "shown", "time"),
        [
            [*name, *released(one[2], one[1], 1, statements)]
            for name, one in zip(names, invented, strict=True)
        ],
    )
    crossed = invented[: 1 if quick else 3]
    told(
        ("two of three items crossed", "units", "groups", "shown", "time"),
        [
            [*name, *released(one[2], one[1], 2, statements)]
            for name, one in zip(names, crossed, strict=False)
        ],
    )


if __name__ == "__main__":
    main()
