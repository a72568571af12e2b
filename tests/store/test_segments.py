import os
import stat
import uuid
from collections import Counter
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Entry, disk, slots
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.segments import Segment, create
from imfsurvey.store.slots import Frame


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new segment of eight slots."""
    path = tmp_path / "seg-0123456789abcdef.json"
    create(path, Frame(256, 8))
    return path


def a_document(payload: bytes) -> Document:
    """A response as TinyDB takes it."""
    entry = Entry(uuid.uuid4(), payload)
    return Document(slots.document(entry), doc_id=entry.response_id.int)


def test_works_under_tinydb(path: Path) -> None:
    """TinyDB over this storage inserts, searches and removes, and the file keeps its length."""
    with TinyDB(path, storage=Segment) as database:
        table = database.table("responses")
        kept, removed = a_document(b"kept"), a_document(b"removed")
        table.insert_multiple([kept, removed])
        assert table.search(where("p") == kept["p"]) == [kept]
        table.remove(doc_ids=[removed.doc_id])
        assert [document.doc_id for document in table.all()] == [kept.doc_id]
    assert path.stat().st_size == Frame(256, 8).length


def test_removal_leaves_blanks(path: Path) -> None:
    """A removed response is gone from the file: its slot is blank again."""
    with TinyDB(path, storage=Segment) as database:
        doc_id = database.table("responses").insert(a_document(b"withdrawn"))
        database.table("responses").remove(doc_ids=[doc_id])
    assert path.read_bytes() == slots.empty_segment(Frame(256, 8))


def test_changed_document_is_refused(path: Path) -> None:
    """A stored response cannot be changed through TinyDB, and stays as it was."""
    with TinyDB(path, storage=Segment) as database:
        database.table("responses").insert(a_document(b"one"))
        before = path.read_bytes()
        with pytest.raises(StorageError, match="IMF-S109"):
            database.table("responses").update({"p": "AAAA"})
    assert path.read_bytes() == before


def test_foreign_document_is_refused(path: Path) -> None:
    """A document with other fields than checksum and payload never enters a box."""
    with TinyDB(path, storage=Segment) as database, pytest.raises(StorageError, match="IMF-S109"):
        database.table("responses").insert({"name": "J. Peeters"})
    assert path.read_bytes() == slots.empty_segment(Frame(256, 8))


def test_full_segment_is_refused(path: Path) -> None:
    """A ninth response does not fit into eight slots and harms none of the eight."""
    with TinyDB(path, storage=Segment) as database:
        table = database.table("responses")
        for number in range(8):
            table.insert(a_document(bytes([number])))
        with pytest.raises(StorageError, match="IMF-S110"):
            table.insert(a_document(b"ninth"))
        assert len(table) == 8


def test_flushed_before_marked_full(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment marked as full needs no flush any more: it was flushed before being marked."""
    modes = []
    monkeypatch.setattr(disk, "flush_path", lambda p: modes.append(stat.S_IMODE(p.stat().st_mode)))
    segment = Segment(path)
    segment.look()
    segment.retire()
    assert modes == [0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert segment.room == 0


def test_packed_file_is_not_written(path: Path) -> None:
    """A file that plain TinyDB has rewritten is still read, and never written in place."""
    mine, theirs = a_document(b"mine"), a_document(b"theirs")
    with TinyDB(path, storage=Segment) as database:
        database.table("responses").insert(mine)
    with TinyDB(path) as plain:
        plain.table("responses").insert(theirs)
    before = path.read_bytes()
    with TinyDB(path, storage=Segment) as database:
        read = {document.doc_id for document in database.table("responses")}
        assert read == {mine.doc_id, theirs.doc_id}
        with pytest.raises(StorageError, match="IMF-S108"):
            database.table("responses").insert(a_document(b"more"))
    assert path.read_bytes() == before


def test_every_slot_is_drawn_as_often(path: Path) -> None:
    """The first and the last one too, and never the header before them."""
    blank, record = path.read_bytes(), slots.encode(uuid.uuid4(), b"x", 256)
    segment, drawn = Segment(path), Counter[int]()
    for _ in range(800):
        segment.look()
        placed = segment.place(record)
        assert placed is not None
        os.close(placed.descriptor)
        drawn[path.read_bytes().index(record) // 256] += 1
        path.write_bytes(blank)
    # Each of eight 100 times; the standard deviation is 9.4, so 50 is 5.3 of it away.
    assert sorted(drawn) == list(range(1, 9))
    assert all(50 < often < 150 for often in drawn.values())


@pytest.mark.parametrize("reading", ["read_stretch", "read_segment"])
def test_a_slot_that_is_just_being_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    """Another program has half of it on the disk at the first look, and is ready at the second:
    nothing is damaged, and the response counts."""
    store = BoxStore(path.parent, 256, 8)
    store.add(uuid.uuid4(), b"answer")
    whole, look = path.read_bytes(), getattr(slots, reading)
    at = whole.index(b'"_c"')
    path.write_bytes(whole[:at] + b" " * 40 + whole[at + 40 :])

    def meanwhile(raw: bytes, slot_size: int) -> slots.Contents:
        found: slots.Contents = look(raw, slot_size)
        path.write_bytes(whole)
        return found

    monkeypatch.setattr(slots, reading, meanwhile)
    if reading == "read_stretch":
        assert list(store.payloads()) == [b"answer"]
    else:
        assert store.damaged() == []


def test_torn_slot_with_blank_start_is_not_chosen(path: Path) -> None:
    """A slot is taken only if all of it is blank, also when its first bytes are."""
    with path.open("r+b") as file:
        for slot in range(1, 8):
            file.seek(slot * 256 + 200)
            file.write(b"torn")
    segment = Segment(path)
    segment.look()
    record = slots.encode(uuid.uuid4(), b"x", 256)
    while (placed := segment.place(record)) is None:
        assert segment.blanks > 0
    os.close(placed.descriptor)
    before = path.read_bytes()
    assert before[8 * 256 : 9 * 256] == record
    while segment.blanks:
        assert segment.place(record) is None
    assert path.read_bytes() == before
