"""What sealing costs: storing one sealed response, and unsealing all of them.

    python3 dev.py bench sealed [--quick] [--folder FOLDER]

As in `boxes.py` all contenders take turns: read the ratios. The shipped staff survey is sealed
to two key holders, either of whom can open it.
"""

from __future__ import annotations

import datetime
import itertools
import json
import os
import random
import statistics
import sys
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import boxes
import pyrage
from measure import table, timed
from pyrage import x25519

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.simulate import Climate, simulated
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.store.batches import Batches
from imfsurvey.store.seal import public_key
from imfsurvey.study.boxes import (
    Submission,
    answers_box,
    box_folder,
    response_store,
    submit,
)
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import add_public_key, new_content, rehearse
from imfsurvey.study.life import open_wave
from imfsurvey.study.unsealing import microdata_of
from imfsurvey.study.wave import Wave

DAY = datetime.date(2026, 3, 2)
SECRETS = (  # made once with `age-keygen`; they open nothing but benches
    "AGE-SECRET-KEY-1SS24A3FXM8ZWZVE204TFWNDH3V5EGXHWLAKZ2Q8KJTL4FJGWHP8Q5CERAK",
    "AGE-SECRET-KEY-1QE55ER349DUT5TLEVPRE3GSUH9RU4MPM2AYAYRRK27T2FCW9TGYS24CDFM",
)
LENGTH = 600
"""Bytes of a sealed response of the shipped survey, within the little that age fills in."""


def opened_wave(folder: Path, people: int) -> Wave:
    """A wave with the shipped survey, open for so many people."""
    group = {"id": "ops", "label": {"fr": "Tous", "nl": "Allen"}, "headcount": people}
    person = {"name": "Somebody"}
    study = Study.create(
        folder,
        {
            "imfsurvey": 1,
            "entity": {"name": "Bench", "languages": ["fr", "nl"]},
            "mandatary": person,
            "officer": person,
            "groups": [group],
        },
    )
    for name, secret in zip(("one", "two"), SECRETS, strict=True):
        content = new_content(name, "", "safe", public_key(secret), DAY)
        rehearse(add_public_key(folder, name, content), secret, "file", DAY)
    draft = study.new_wave("zero", 2026, questionnaires=["perception.yaml"])
    return open_wave(study, draft, DAY)


def invented(wave: Wave, survey: Questionnaire, seed: int) -> dict[str, Answer]:
    """The answers of somebody, without words of their own."""
    language = survey.questionnaire.default_language
    interview = Interview(survey, wave.framework, language, groups=wave.groups, today=DAY)
    simulated(interview, random.Random(seed), Climate())
    coded = {item.id for item in wave.codec(survey).items}
    return {item: said for item, said in interview.response().items() if item in coded}


class Append(boxes.Append):
    """The floor, for as many bytes."""

    payload = boxes.PAYLOAD[:LENGTH]


class Sealing(boxes.Contender):
    """Writing the record and sealing it; nothing is stored."""

    name = "encode + seal, not stored"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / "study").exists():
            self.wave = opened_wave(folder / "study", 1)
        else:
            self.wave = Study(folder / "study").wave("2026-zero")
        (self.survey,) = self.wave.questionnaires.values()
        self.box = answers_box(self.wave, self.survey)
        self.answers = invented(self.wave, self.survey, 1)

    def sealed(self) -> bytes:
        """One response, sealed afresh."""
        return self.box.sealed(self.wave.codec(self.survey).encode(self.answers))

    def fill(self, count: int, more: int) -> None:
        """See `Contender`."""

    def add(self) -> None:
        """See `Contender`."""
        self.sealed()

    def read(self) -> Iterator[bytes]:
        """See `Contender`."""
        with response_store(self.box) as store:
            yield from store.payloads()


class Stored(Sealing):
    """The same, and stored in a box."""

    name = "encode + seal + BoxStore"

    def fill(self, count: int, more: int) -> None:
        """See `Contender`."""
        with response_store(self.box) as store:
            store.reserve(count + more)
            boxes.fill_slots(box_folder(self.box), self.sealed(), count)
            store.close()

    def add(self) -> None:
        """See `Contender`."""
        with response_store(self.box) as store:
            store.add(uuid.uuid4(), self.sealed())


class Submit(Stored):
    """What the program does at the end of an interview: the wave is looked at and held, too."""

    name = "submit"

    def add(self) -> None:
        """See `Contender`."""
        submit(self.wave, self.survey, Submission(), self.answers)


class Sqlite(boxes.Sqlite):
    """SQLite for as many bytes, sealed before."""

    payload = Append.payload


class Stock(boxes.Stock):
    """TinyDB as it comes, for what its users store: a document of answers, readable by anybody.

    Sealed bytes as one text would be no use of TinyDB; it takes about half the time for them.
    """

    def document(self) -> dict[str, object]:
        """Sixty answers of somebody in a group: 630 bytes of JSON."""
        answers = {f"q{place:02}": random.randint(1, 5) for place in range(60)}
        return {"group": "ops", "revision": 1, **answers}

    def read(self) -> Iterator[bytes]:
        """See `Contender`."""
        return (json.dumps(document).encode() for document in self.database)


ADDING: list[type[boxes.Contender]] = [Append, Sealing, Stored, Submit, Sqlite, Stock]
SHARED: list[type[boxes.Contender]] = [Append, Submit]


class Plan(NamedTuple):
    """How much is measured."""

    sizes: tuple[int, ...]
    rounds: int
    each: int
    """Responses of each of the writers at once."""
    unsealed: int


FULL = Plan((0, 1_000, 10_000, 100_000), 300, 200, 100_000)
QUICK = Plan((100,), 20, 3, 500)


class Goal(NamedTuple):
    """A figure that was promised."""

    what: str
    goal: str
    found: str
    met: bool

    @property
    def row(self) -> list[str]:
        """Cells of a table."""
        return [self.what, self.goal, self.found, "yes" if self.met else "NO"]


# --- storing ----------------------------------------------------------------------------------


def turns_of(kind: type[boxes.Contender], size: int, rounds: int) -> int:
    """How often a contender takes part: TinyDB takes seconds when it is large."""
    return rounds if kind is not Stock else min(rounds, max(3, 20_000 // max(size, 1)))


def adding(folder: Path, plan: Plan) -> list[dict[str, float]]:
    """Median milliseconds of one durable add, for each size by contender."""
    contenders = [
        (size, kind, boxes.filled(kind, folder / f"{size}-{kind.__name__}", size, plan.rounds))
        for size in plan.sizes
        for kind in ADDING
    ]
    os.sync()
    times: dict[tuple[int, str], list[float]] = {}
    for turn in range(plan.rounds):
        random.shuffle(contenders)
        for size, kind, contender in contenders:
            if turn < turns_of(kind, size, plan.rounds):
                times.setdefault((size, kind.name), []).append(timed(contender.add))
    medians = {key: statistics.median(found) for key, found in times.items()}
    return [{name: m for (at, name), m in medians.items() if at == size} for size in plan.sizes]


def of_adding(sizes: tuple[int, ...], found: list[dict[str, float]]) -> Iterator[Goal]:
    """A sealed response costs at most twice the floor and the sealing itself."""
    for size, column in zip(sizes, found, strict=True):
        for name in (Stored.name, Submit.name):
            beyond = (column[name] - column[Sealing.name]) / column[Append.name]
            what = f"{name}, sealing taken off, to append + fsync, {size:,} stored"
            yield Goal(what, "at most 2x", f"{beyond:.2f}x", beyond <= 2)


# --- unsealing --------------------------------------------------------------------------------


class Unsealing(NamedTuple):
    """Milliseconds for all responses."""

    count: int
    reading: float
    age: float
    batches: float
    decoding: float
    whole: float

    def rows(self) -> list[list[str]]:
        """Cells of a table."""
        told = {
            "read the box": self.reading,
            "age alone (pyrage.decrypt in a loop)": self.age,
            "Batches, all cores": self.batches,
            "records to microdata": self.decoding,
            "box to microdata, as `wave unseal` does": self.whole,
        }
        return [
            [name, f"{took / 1000:.2f} s", f"{self.count / took * 1000:,.0f}", self.ratio(took)]
            for name, took in told.items()
        ]

    def ratio(self, took: float) -> str:
        """Beside age alone."""
        return f"{took / self.age:.2f}x"

    def goals(self) -> Iterator[Goal]:
        """Not much slower than the library alone; decoding is no matter."""
        for what, took in (("Batches", self.batches), ("box to microdata", self.whole)):
            name = f"{what}, to age alone, {self.count:,} responses"
            yield Goal(name, "at most 1.5x", self.ratio(took), took <= 1.5 * self.age)
        rate = self.count / self.decoding * 1000
        yield Goal("records to microdata", "60,000/s", f"{rate:,.0f}/s", rate >= 60_000)


@cache
def some_records(store: Sealing) -> tuple[bytes, ...]:
    """Records of thirty people."""
    codec = store.wave.codec(store.survey)
    everybody = (invented(store.wave, store.survey, seed) for seed in range(30))
    return tuple(codec.encode(answers) for answers in everybody)


def unsealing(folder: Path, count: int) -> Unsealing:
    """A box full of responses, read, unsealed and counted; each step alone and all together."""
    folder.mkdir()
    store = Stored(folder)
    wave, survey = store.wave, store.survey
    store.fill(count, 1)
    records = list(itertools.islice(itertools.cycle(some_records(store)), count))
    codec, keys = wave.codec(survey), wave.seal.public_keys
    batches = Batches(SECRETS[:1], "any_of", keys)
    identities = [x25519.Identity.from_str(SECRETS[0])]
    payloads: list[bytes] = []
    reading = timed(lambda: payloads.extend(store.read()))
    age = timed(lambda: [pyrage.decrypt(one, identities) for one in payloads])
    texts: list[bytes | None] = []
    apart = timed(lambda: texts.extend(batches.unsealed(payloads)))
    assert len(texts) == count and None not in texts
    rows = (codec.row(record) for record in records)
    decoding = timed(lambda: Microdata.from_rows(codec.variables, rows))
    found: list[Microdata] = []
    whole = timed(lambda: found.append(microdata_of(wave, survey, batches)))
    assert found[0].responses == count
    return Unsealing(count, reading, age, apart, decoding, whole)


# --- all of it --------------------------------------------------------------------------------


def report(plan: Plan, folder: Path) -> Iterator[str]:
    """The tables, one after the other."""
    found = adding(folder, plan)
    yield boxes.ratios("add one", plan.sizes, found, ADDING)
    unsealed = unsealing(folder / "unsealing", plan.unsealed)
    title = f"unseal {plan.unsealed:,}"
    yield table([title, "all", "per second", "to age alone"], unsealed.rows())
    goals = [*of_adding(plan.sizes, found), *unsealed.goals()]
    writers = boxes.together(folder / "together", plan.sizes[-1], plan.each, SHARED)
    rows = [[name, f"{speed:,.0f}", str(lost)] for name, (speed, lost) in writers.items()]
    yield table([f"{boxes.WRITERS} writers at once", "responses/s", "lost"], rows)
    lost = writers[Submit.name][1]
    goals.append(Goal(f"{boxes.WRITERS} writers, lost", "0", str(lost), lost == 0))
    yield table(["goal", "wanted", "found", "met"], [goal.row for goal in goals])


if __name__ == "__main__":
    sys.exit(boxes.run(__doc__, report, FULL, QUICK))
