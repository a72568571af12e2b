"""Power cuts by a model: of what was being written, each sector of the disk is old or new."""

import itertools
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from imfsurvey.store import Damage, Entry
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.slots import capacity

SECTOR = 512


def mixtures(old: bytes, new: bytes) -> Iterator[bytes]:
    """Every content that a disk may have: as many as two to the power of the sectors."""
    places = range(0, len(new), SECTOR)
    for chosen in itertools.product((old, new), repeat=len(places)):
        pieces = zip(chosen, places, strict=True)
        yield b"".join(source[place : place + SECTOR] for source, place in pieces)


@pytest.mark.parametrize("slot_size", [2048, 4096])
def test_a_torn_slot(tmp_path: Path, slot_size: int) -> None:
    """However a slot is torn: confirmed responses are read, the torn one is whole or named, plain
    TinyDB opens the file after mending, and the response sent again is stored once."""
    store = BoxStore(tmp_path, slot_size, 8)
    confirmed = [Entry(uuid.uuid4(), bytes([n]) * capacity(slot_size)) for n in range(3)]
    for entry in confirmed:
        store.add(*entry)
    (path,) = tmp_path.glob("seg-*.json")
    old, lock = path.read_bytes(), (tmp_path / ".lock").read_bytes()
    cut = Entry(uuid.uuid4(), b"\xaa" * capacity(slot_size))
    store.add(*cut)
    new = path.read_bytes()
    slot = new.index(b'"%d"' % cut.response_id.int) // slot_size
    at = slice(slot * slot_size, (slot + 1) * slot_size)
    cases = 0
    for torn, stale in itertools.product(mixtures(old[at], new[at]), (True, False)):
        path.write_bytes(old[: at.start] + torn + old[at.stop :])
        if stale:
            (tmp_path / ".lock").write_bytes(lock)
        again = BoxStore(tmp_path, slot_size, 8)
        whole = [cut] if torn == new[at] else []
        named = [] if torn in (old[at], new[at]) else [Damage(path.name, slot)]
        assert sorted(again.entries()) == sorted(confirmed + whole)
        assert again.damaged() == named
        again.add(*cut)
        assert sorted(again.entries()) == sorted([*confirmed, cut])
        assert again.mend() == named
        with TinyDB(path, access_mode="r") as database:
            assert len(database.table("responses")) == 5  # with the anchor
        assert path.read_bytes().count(b'"_c"') == 4
        cases += 1
    assert cases == 2 * 2 ** (slot_size // SECTOR)


def test_stale_hints(tmp_path: Path) -> None:
    """However much of the lock file is older than the box, a response is stored once."""
    store = BoxStore(tmp_path, 128, 400)
    store.reserve(300)
    old = (tmp_path / ".lock").read_bytes()
    entries = [Entry(uuid.uuid4(), b"%d" % number) for number in range(60)]
    for entry in entries:
        store.add(*entry)
    (path,) = tmp_path.glob("seg-*.json")
    new, raw = (tmp_path / ".lock").read_bytes(), path.read_bytes()
    # One block of 64 bytes, and one for each 16 of 400 slots.
    assert len(new) == 64 * 26 and len(old) == len(new)
    for mixture in mixtures(old, new):
        (tmp_path / ".lock").write_bytes(mixture)
        again = BoxStore(tmp_path, 128, 400)
        for entry in entries:
            again.add(*entry)
        assert path.read_bytes() == raw
        assert (tmp_path / ".lock").read_bytes() == new
