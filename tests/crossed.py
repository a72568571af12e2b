"""Small surveys with breakdowns, and small tables for the audit: what tests by group share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import Any

from imfsurvey.analysis.breakdown import Breakdown, break_down
from imfsurvey.analysis.disclosure.cells import Layout
from imfsurvey.analysis.disclosure.hiding import Statement
from imfsurvey.analysis.groups import GroupFigures, GroupShare
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.perception import perceive
from imfsurvey.interview.variables import STATUS_BYTES, coded_items
from imfsurvey.questionnaire import Questionnaire

Row = Mapping[str, Any]
"""What one person answered: a code by item, or a status with a leading `~`."""


def survey(
    by: Mapping[str, Sequence[str]],
    statements: Sequence[Mapping[str, Any]] = ({"id": "a"},),
    *,
    k: int = 10,
    crossed: int = 1,
    themes: Sequence[str] = (),
    more: Sequence[Mapping[str, Any]] = (),
) -> Questionnaire:
    """A survey with breakdown items (by id, their codes) and statements on a scale of 1 to 5."""
    choices = [
        {
            "id": item,
            "type": "single",
            "text": {"en": item},
            "non_answers": ["refused"],
            "choices": [{"code": code, "text": {"en": code.upper()}} for code in codes],
        }
        for item, codes in by.items()
    ]
    likert = {"type": "likert", "scale": "agree", "topic": "t1", "text": {"en": "stem"}}
    codes = [{"code": code, "text": {"en": f"{code}"}} for code in range(1, 6)]
    scale = {
        "codes": codes,
        "non_answers": ["dk"],
        "favourable": [4, 5],
        "unfavourable": [1, 2],
    }
    return Questionnaire.model_validate(
        {
            "imfsurvey": 1,
            "questionnaire": {
                "id": "staff",
                "version": "1.0",
                "kind": "perception",
                "framework": "sample",
                "title": {"en": "Staff"},
                "languages": ["en"],
                "default_language": "en",
            },
            "privacy": {
                "mode": "anonymous",
                "k": k,
                "breakdown_by": [*by, *(one["id"] for one in more)],
                "max_breakdowns": crossed,
            },
            "scales": {"agree": scale, "mood": {"codes": codes}},
            "themes": [{"id": theme, "label": {"en": theme}} for theme in themes],
            "sections": [
                {
                    "id": "all",
                    "title": {"en": "All"},
                    "items": [*choices, *more, *({**likert, **one} for one in statements)],
                }
            ],
        }
    )


def microdata(questionnaire: Questionnaire, rows: Sequence[Row]) -> Microdata:
    """The responses; what a row does not say is blank."""
    variables = [one for item in coded_items(questionnaire) for one in item.variables]
    columns = {}
    for variable in variables:
        places: dict[object, int] = {code: place for place, code in enumerate(variable.codes)}
        places |= {f"~{status}": byte for status, byte in STATUS_BYTES.items()}
        columns[variable.name] = bytes(places[row.get(variable.name, "~blank")] for row in rows)
    return Microdata(len(rows), {one.name: one.codes for one in variables}, columns)


def people(count: int, **said: Any) -> list[Row]:
    """As many people who answered the same."""
    return [said] * count


def broken(
    questionnaire: Questionnaire,
    rows: Sequence[Row],
    headcounts: Mapping[Any, int] | None = None,
    **how: Any,
) -> Breakdown:
    """The survey by group."""
    data = microdata(questionnaire, rows)
    whole = perceive(questionnaire, data, 10_000)
    return break_down(questionnaire, data, whole, headcounts or {}, **how)


def groups_of(found: Breakdown, *by: str) -> dict[Any, GroupFigures]:
    """The groups of one breakdown, by code (by codes, when it is crossed)."""
    (figures,) = (one for one in found.figures if one.by == by)
    return {one.codes if len(by) > 1 else one.codes[0]: one for one in figures.groups}


def shares_of(found: Breakdown, item: str, *by: str) -> dict[Any, GroupShare]:
    """What is shown of a statement, by group."""
    return {
        codes: next(share for share in group.items if share.of == item)
        for codes, group in groups_of(found, *by).items()
    }


def hidden_of(found: Breakdown, item: str, *by: str) -> dict[Any, str | None]:
    """Why groups are hidden on a statement."""
    return {codes: share.hidden for codes, share in shares_of(found, item, *by).items()}


# --- tables for the audit -----------------------------------------------------------------------

Table = Mapping[tuple[int, ...], tuple[int, ...]]
"""By cell (the place of the answer to each breakdown item; -1 without one): answers by kind."""


def statement(table: Table, k: int, crossed: int) -> Statement:
    """A table as the statement that the audit works on."""
    width = len(next(iter(table)))
    names = [f"item{place}" for place in range(width)]
    offered = {
        name: [f"{n}" for n in range(max(1, *(key[place] + 1 for key in table)))]
        for place, name in enumerate(names)
    }
    questionnaire = survey(offered, k=max(k, 5), crossed=min(crossed, width))
    rows = [
        {name: f"{code}" for name, code in zip(names, key, strict=True) if code >= 0}
        for key, answers in table.items()
        for _ in range(sum(answers))
    ]
    layout = Layout.of(questionnaire, microdata(questionnaire, rows))
    answers = tuple(table[key] for key in layout.keys)
    return Statement(layout, answers, k)


def consistent(given: Statement, hidden: Mapping[int, object]) -> list[tuple[int, ...]]:
    """Every table of counts of the first kind of answer that gives the figures that are shown.

    By brute force: all whole numbers from 0 to the people of each cell.
    """
    layout = given.layout
    shown = [one.cells for place, one in enumerate(layout.groups) if place not in hidden]
    rows = [layout.everybody, *shown]
    real = [answers[0] for answers in given.answers]
    sums = [sum(real[cell] for cell in row) for row in rows]
    tables = product(*(range(sum(answers) + 1) for answers in given.answers))
    return [
        table
        for table in tables
        if all(
            sum(table[cell] for cell in row) == wanted
            for row, wanted in zip(rows, sums, strict=True)
        )
    ]


def known_sums(given: Statement, tables: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The sets of fewer than k people whose count is the same in every table."""
    cells = range(len(given.layout.people))
    return [
        some
        for size in range(1, len(given.layout.people) + 1)
        for some in combinations(cells, size)
        if given.n(some) < given.k
        and len({sum(table[cell] for cell in some) for table in tables}) == 1
    ]


def known_to_agree(
    given: Statement, hidden: Mapping[int, object], tables: Sequence[tuple[int, ...]]
) -> list[frozenset[int]]:
    """The small cells and the hidden groups of which, in every table, all or all but one gave the
    same answer; not those of which one figure that is shown says it."""
    groups = given.layout.groups
    apart = {frozenset({cell}) for cell in range(len(given.layout.people))}
    apart = {one for one in apart if given.n(one) < given.k}
    apart |= {groups[place].cells for place in hidden if not given.fit(groups[place].cells)}
    shown = [one.cells for place, one in enumerate(groups) if place not in hidden]
    alike = [row for row in (given.layout.everybody, *shown) if 0 in given.given(row)]
    found = []
    for some in apart:
        people = given.n(some)
        counts = [sum(table[cell] for cell in some) for table in tables]
        nearly = max(1, people - 1)
        if min(counts) >= nearly or people - max(counts) >= nearly:
            found += [some] if people and not any(some <= row for row in alike) else []
    return found
