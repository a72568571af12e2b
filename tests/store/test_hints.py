"""What the lock file tells, and what it must not tell."""

import os
import random
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from imfsurvey.store import disk
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.hints import SIGN_SIZE, Hints

SIGN = bytes(range(16))


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[int]:
    """The descriptor of an empty lock file."""
    (tmp_path / ".lock").touch()
    with disk.opened_for_update(tmp_path / ".lock") as descriptor:
        yield descriptor


def test_no_order_in_the_lock_file(tmp_path: Path) -> None:
    """The same responses in three orders leave the same lock file; only its sign, of the random
    names of the segments, differs."""
    ids = [uuid.uuid4() for _ in range(300)]
    left = []
    for number, order in enumerate((ids, ids[::-1], random.sample(ids, 300))):
        store = BoxStore(tmp_path / str(number), 128)
        store.reserve(300)
        for response_id in order:
            store.add(response_id, b"")
        left.append((tmp_path / str(number) / ".lock").read_bytes()[SIGN_SIZE:])
    assert left[0] == left[1] == left[2]
    assert any(left[0])


def test_what_is_noted_is_suspected(lock: int) -> None:
    """Every id that was noted is suspected, and of others fewer than one in a thousand."""
    ids = [uuid.uuid4().int for _ in range(4_000)]
    hints = Hints(5_000)
    hints.make(lock, SIGN, ids[:2_000])
    for doc_id in ids[2_000:]:
        hints.note(lock, doc_id)
    assert not any(hints.note_new(lock, doc_id) for doc_id in ids)
    # 12.8 of 16 ids in a block set about 51 of its 504 bits: (51 / 504) ** 4 is one in ten
    # thousand, so five are expected, and more than fifty never come about.
    before = os.pread(lock, 100_000, 0)
    suspected = 0
    for _ in range(50_000):
        suspected += not hints.note_new(lock, uuid.uuid4().int)
        disk.write_at(lock, before, 0)
    assert suspected <= 50


def test_made_at_once_or_one_by_one(tmp_path: Path, lock: int) -> None:
    """What is made anew from all ids is what became of it by noting each."""
    ids = [uuid.uuid4().int for _ in range(100)]
    hints = Hints(200)
    hints.make(lock, SIGN, ids)
    at_once = (tmp_path / ".lock").read_bytes()
    hints.make(lock, SIGN, [])
    for doc_id in ids:
        hints.note(lock, doc_id)
    assert (tmp_path / ".lock").read_bytes() == at_once


def test_what_fits(tmp_path: Path, lock: int) -> None:
    """Hints fit the segments and the number of responses that they were made from, no others."""
    ids = [uuid.uuid4().int for _ in range(40)]
    hints = Hints(200)
    assert not hints.fit(lock, SIGN, 0)
    hints.make(lock, SIGN, ids)
    assert hints.fit(lock, SIGN, 40)
    assert not hints.fit(lock, SIGN, 41)
    assert not hints.fit(lock, SIGN[::-1], 40)
    assert not Hints(300).fit(lock, SIGN, 40)
    with (tmp_path / ".lock").open("ab") as file:
        file.write(b"more")
    assert not hints.fit(lock, SIGN, 40)


def test_cut_off_file(tmp_path: Path, lock: int) -> None:
    """A lock file that somebody emptied excludes nothing: the box itself is read then."""
    hints = Hints(200)
    hints.make(lock, SIGN, [])
    (tmp_path / ".lock").write_bytes(SIGN)
    assert not hints.note_new(lock, uuid.uuid4().int)
