"""Rows 3, 22 and 26: what the boxes of a whole study tell whoever has no key.

Each attack is made on a database of TinyDB as it comes as well, where it succeeds.
"""

from __future__ import annotations

import os
import re
import stat
import statistics
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from arrival import rho
from asking import copied, make_asking, write
from scipy.stats import chisquare, ks_2samp
from tinydb import TinyDB

from imfsurvey.interview.comments import Comment, encode_comment
from imfsurvey.store.disk import LEVEL_TIME
from imfsurvey.study.boxes import answers_box, box_folder, comments_box
from imfsurvey.study.sealed import Box
from imfsurvey.study.wave import Wave

SESSIONS, PEOPLE = 60, 12

NOISE = 0.2
"""Spearman's rho of 12 people in random order has the variance 1/11, so the mean over 60 sessions
the standard deviation (1 / (11 * 60)) ** 0.5 = 0.039. Five of it are exceeded once in about four
million times, and the tests below look at six such means."""


@dataclass
class Session:
    """One evening: what its boxes show of each person, in order of arrival."""

    wave: Wave
    answers: list[uuid.UUID]
    texts: list[uuid.UUID]
    slots: list[int]
    """Where their answers lie."""
    text_slots: list[int]
    """Where their texts lie."""


def answers_of(wave: Wave) -> Box:
    """The box with the answers."""
    (survey,) = wave.questionnaires.values()
    return answers_box(wave, survey)


def texts_of(wave: Wave) -> Box:
    """The box with the texts."""
    (survey,) = wave.questionnaires.values()
    box = comments_box(wave, survey)
    assert box is not None
    return box


def segment(box: Box) -> Path:
    """The one file that the responses of so few people lie in."""
    (path,) = box_folder(box).glob("seg-*.json")
    return path


def slot_size(box: Box) -> int:
    """As the file says at its beginning."""
    found = re.search(rb'"slot":(\d+)', segment(box).read_bytes())
    assert found is not None
    return int(found[1])


def slots_of(box: Box, ids: Sequence[uuid.UUID]) -> list[int]:
    """Which slots some responses lie in."""
    raw, size = segment(box).read_bytes(), slot_size(box)
    return [raw.index(b'"%d"' % one.int) // size for one in ids]


def filled(box: Box) -> list[bytes]:
    """The slots of a box that are not blank."""
    raw, size = segment(box).read_bytes(), slot_size(box)
    slots = (raw[start : start + size] for start in range(size, len(raw) - size + 1, size))
    return [slot for slot in slots if slot.strip()]


def respond(wave: Wave, text: str = "Un mot") -> tuple[uuid.UUID, uuid.UUID]:
    """One person answers and writes; the ids of both."""
    submission = write(wave, wish=text)
    return submission.answers_id, submission.text_id(Comment("wish", "text", text))


def held(wave: Wave, people: int) -> Session:
    """A session in which so many people answer."""
    answers, texts = zip(*(respond(wave) for _ in range(people)), strict=True)
    slots, text_slots = slots_of(answers_of(wave), answers), slots_of(texts_of(wave), texts)
    return Session(wave, list(answers), list(texts), slots, text_slots)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Wave:
    """An open wave that nobody has answered."""
    return make_asking(tmp_path_factory.mktemp("zone") / "zone")[1]


@pytest.fixture(scope="module")
def sessions(empty: Wave, tmp_path_factory: pytest.TempPathFactory) -> list[Session]:
    """Sixty sessions of twelve people, each on a laptop of its own."""
    laptops = tmp_path_factory.mktemp("laptops")
    waves = [copied(empty, laptops / f"{number}") for number in range(SESSIONS)]
    return [held(wave, PEOPLE) for wave in waves]


def mean_rho(sessions: list[Session], order: Callable[[Session], Sequence[int]]) -> float:
    """How far what is seen follows arrival, or mirrors it, over all sessions."""
    return abs(statistics.mean(rho(order(session)) for session in sessions))


# --- row 3: who answered when -----------------------------------------------------------------


def test_no_order_of_arrival(sessions: list[Session]) -> None:
    """Row 3: neither the place nor the id of answers and of texts follows arrival."""
    orders: dict[str, Callable[[Session], Sequence[int]]] = {
        "slot": lambda session: session.slots,
        "id": lambda session: [one.int for one in session.answers],
        "slot of the text": lambda session: session.text_slots,
        "id of the text": lambda session: [one.int for one in session.texts],
    }
    for name, order in orders.items():
        assert mean_rho(sessions, order) < NOISE, name


def test_no_way_from_a_text_to_its_answers(sessions: list[Session]) -> None:
    """Rows 3 and 17: neither the places nor the ids of one person's answers and text go together,
    and no id of the one is in the other."""
    places = statistics.mean(rho(one.slots, one.text_slots) for one in sessions)
    ids = statistics.mean(
        rho([a.int for a in one.answers], [text.int for text in one.texts]) for one in sessions
    )
    assert abs(places) < NOISE and abs(ids) < NOISE
    assert not any(set(one.answers) & set(one.texts) for one in sessions)


def test_no_size_follows_arrival(sessions: list[Session]) -> None:
    """Row 3: no file has grown by what lies in it."""
    sizes = {
        tuple(segment(box).stat().st_size for box in (answers_of(one.wave), texts_of(one.wave)))
        for one in sessions
    }
    assert len(sizes) == 1


def times(wave: Wave) -> dict[Path, int]:
    """When each file of a wave was last changed."""
    return {path: path.stat().st_mtime_ns for path in (wave.folder, *wave.folder.rglob("*"))}


def test_no_time_of_an_answer(empty: Wave, tmp_path: Path) -> None:
    """Row 3: every file and folder of the boxes has the constant time after each answer, and no
    other file of the wave is touched."""
    wave = copied(empty, tmp_path / "laptop")
    respond(wave)
    before = times(wave)
    for _ in range(3):
        respond(wave)
        assert times(wave) == before
    boxes = [box_folder(box) for box in (answers_of(wave), texts_of(wave))]
    level = {before[path] for box in boxes for path in (box, *box.iterdir())}
    assert level == {LEVEL_TIME * 10**9}


def test_stock_tinydb_tells_all_of_it(tmp_path: Path) -> None:
    """The control: ids and places in order of arrival, a file that grows and is dated each time."""
    path, sizes = tmp_path / "responses.json", []
    with TinyDB(path) as database:
        words = [uuid.uuid4().hex for _ in range(PEOPLE)]
        ids = []
        for word in words:
            ids.append(database.insert({"answers": word}))
            sizes.append(path.stat().st_size)
            os.utime(path, (LEVEL_TIME, LEVEL_TIME))
        database.insert({"answers": "the last one"})
        assert path.stat().st_mtime > LEVEL_TIME
    places = [path.read_bytes().index(word.encode()) for word in words]
    assert rho(ids) == rho(places) == rho(sizes) == pytest.approx(1.0)


# --- row 22: how many, and where --------------------------------------------------------------


def listing(wave: Wave) -> list[tuple[str, int, str, int]]:
    """What a copy of the boxes shows: names as patterns, sizes, modes, times."""
    boxes = wave.folder / "boxes"
    return sorted(
        (
            re.sub(r"[0-9a-f]{16}", "*", str(path.relative_to(boxes))),
            path.stat().st_size,
            stat.filemode(path.stat().st_mode),
            path.stat().st_mtime_ns,
        )
        for path in boxes.rglob("*")
        if path.is_file()
    )


def blanked(box: Box) -> bytes:
    """A segment with its filled slots wiped out."""
    raw = segment(box).read_bytes()
    for slot in filled(box):
        raw = raw.replace(slot, b" " * len(slot))
    return raw


def test_five_and_thirty_answers_look_alike(empty: Wave, tmp_path: Path) -> None:
    """Row 22: two boxes on a stick have the same names, sizes, modes and times; when the filled
    slots are wiped out, the same bytes. TinyDB's file is six times as long."""
    few, many = (copied(empty, tmp_path / name) for name in ("few", "many"))
    for wave, people in ((few, 5), (many, 30)):
        held(wave, people)
        assert len(filled(answers_of(wave))) == len(filled(texts_of(wave))) == people
    assert listing(few) == listing(many)
    for box_of in (answers_of, texts_of):
        assert blanked(box_of(few)) == blanked(box_of(many))
    sizes = []
    for people in (5, 30):
        path = tmp_path / f"{people}.json"
        with TinyDB(path) as database:
            database.insert_multiple({"answers": "x" * 600} for _ in range(people))
        sizes.append(path.stat().st_size)
    assert sizes[1] > 5.9 * sizes[0]


def test_every_slot_is_used_as_often(sessions: list[Session]) -> None:
    """Row 22: over all sessions the slots are filled equally often. (Within a session none is
    filled twice, which makes chi-square rather smaller.) TinyDB's twelve come first, always."""
    for box_of, used in (
        (answers_of, [slot for one in sessions for slot in one.slots]),
        (texts_of, [slot for one in sessions for slot in one.text_slots]),
    ):
        box = box_of(sessions[0].wave)
        count = segment(box).stat().st_size // slot_size(box) - 1
        frequency = [used.count(slot) for slot in range(1, count + 1)]
        assert sum(frequency) == SESSIONS * PEOPLE
        assert chisquare(frequency).pvalue > 1e-6
    first = [SESSIONS if place < PEOPLE else 0 for place in range(count)]
    assert chisquare(first).pvalue < 1e-6


# --- row 26: how much somebody wrote ----------------------------------------------------------

SHORT, LONG = "Non", "é" * 400


def test_three_and_four_hundred_signs_look_alike(empty: Wave, tmp_path: Path) -> None:
    """Row 26: both fill a slot of the same length, by seals of lengths of the same distribution.
    TinyDB's file tells the difference to the byte."""
    wave = copied(empty, tmp_path / "laptop")
    for text in (SHORT, LONG):
        respond(wave, text)
    box = texts_of(wave)
    assert {len(slot) for slot in filled(box)} == {slot_size(box)}
    (survey,) = wave.questionnaires.values()
    records = [
        encode_comment(survey.form_hash, Comment("wish", "text", text)) for text in (SHORT, LONG)
    ]
    lengths = [[len(box.sealed(record)) for _ in range(1_000)] for record in records]
    assert len(set(lengths[0])) > 50  # what age fills in
    assert ks_2samp(*lengths).pvalue > 1e-6
    sizes = []
    for text in (SHORT, LONG):
        path = tmp_path / f"{len(text)}.json"
        with TinyDB(path, ensure_ascii=False, encoding="utf-8") as database:
            database.insert({"text": text})
        sizes.append(path.stat().st_size)
    assert sizes[1] - sizes[0] == 2 * 400 - 3
