"""Rows from the benches that have tables of their own: boxes, disclosure, browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import disclosure
import sealed
import web
from measure import Kind, Row, Sample

AUDIT = (2_021, 40)
AUDITED_SECONDS = 1.0


def storing(folder: Path, plan: sealed.Plan) -> Iterator[Row]:
    """Sealed inserts beside the floor, SQLite and TinyDB; unsealing beside age alone."""
    found = sealed.adding(folder, plan)
    for size, column in zip(plan.sizes, found, strict=True):
        told = f"sealed insert, sealing taken off, {size:,} stored"
        beyond = column[sealed.Submit.name] - column[sealed.Sealing.name]
        floor, lite = (Sample.of([column[one.name]]) for one in (sealed.Append, sealed.Sqlite))
        yield Row(told, Sample.of([beyond]), sealed.Append.name, floor, "ratio", 2)
        yield Row(told, Sample.of([beyond]), sealed.Sqlite.name, lite, "ratio", 2)
    last, column = plan.sizes[-1], found[-1]
    whole, stock = (Sample.of([column[one.name]]) for one in (sealed.Submit, sealed.Stock))
    wanted = 5_000 * last / 100_000
    told = f"sealed insert, {last:,} stored"
    yield Row(told, whole, sealed.Stock.name, stock, "faster", wanted)
    opened = sealed.unsealing(folder / "unsealing", plan.unsealed)
    told = f"opening and decoding {plan.unsealed:,} sealed responses"
    mine, age = Sample.of([opened.whole]), Sample.of([opened.age])
    yield Row(told, mine, "age alone", age, "ratio", 1.5)


def audits(most: int, turns: int) -> Iterator[Row]:
    """One exact audit of all tables; the goal is for 2,000 people, the others show the growth."""
    for people, units in disclosure.SIZES:
        if people > most:
            continue
        cells = disclosure.people_in(people, units)
        took = disclosure.audit(cells, turns).seconds
        told = f"disclosure audit, {people:,} people, {units} units"
        kind: Kind = "below" if (people, units) == AUDIT else "shown"
        yield Row(told, Sample.of([took]), "-", None, kind, AUDITED_SECONDS, "s")


def browsers(folder: Path, people: int, within: float, pause: float) -> Iterator[Row]:
    """Everybody sends, beside the same pages without storing."""
    found = web.offered(folder / "served", people, within, pause)
    assert found.stored == people
    told = f"{people} people in browsers"
    sending, leaving = (
        Sample.of([1000 * one for one in w.times]) for w in (found.sending, found.leaving)
    )
    yield Row(f"{told}, one request", sending, "the same, nothing stored", leaving, "ratio", 1.5)
    p95 = Sample.of([found.sending.percentile(95)])
    yield Row(f"{told}, p95", p95, "-", None, "below", 250)
