"""Every byte of a small box and of a small desk, changed or cut off one by one."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Damage
from imfsurvey.store.boxes import QUARANTINE, BoxStore
from imfsurvey.store.desk import Desk
from imfsurvey.store.slots import Frame

FRAME = Frame(128, 4)
PAYLOADS = [b"one", b"two", b"three"]


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A box with three responses in four slots; the only segment of its folder."""
    store = BoxStore(tmp_path, *FRAME)
    for payload in PAYLOADS:
        store.add(uuid.uuid4(), payload)
    (path,) = tmp_path.glob("seg-*.json")
    path.chmod(0o600)
    return path


def payload_by_slot(path: Path) -> dict[int, bytes]:
    """Which payload lies in which slot, found by its base64 text."""
    raw = path.read_bytes()
    texts = {b"b25l": b"one", b"dHdv": b"two", b"dGhyZWU=": b"three"}
    return {raw.index(b'"' + text) // 128: payload for text, payload in texts.items()}


def flips(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """All files that differ in one byte: by its lowest bit, its highest bit, all bits."""
    for position in range(len(raw)):
        for change in (0x01, 0x80, 0xFF):
            changed = bytearray(raw)
            changed[position] ^= change
            yield position, bytes(changed)


def check_usable(folder: Path) -> None:
    """Whatever is damaged, one more response is stored and read."""
    BoxStore(folder, *FRAME).add(uuid.uuid4(), b"one more")
    assert b"one more" in BoxStore(folder, *FRAME).payloads()
    for path in folder.glob("seg-*.json"):
        path.unlink()


def test_every_flip_of_a_box(box: Path) -> None:
    """A changed byte damages the slot it lies in, by name, and no other response."""
    raw, places = box.read_bytes(), payload_by_slot(box)
    for position, changed in flips(raw):
        box.write_bytes(changed)
        slot = position // 128
        store = BoxStore(box.parent, *FRAME)
        assert store.damaged() == [Damage(box.name, slot)], position
        assert sorted(store.payloads()) == sorted(p for s, p in places.items() if s != slot)
        check_usable(box.parent)


def test_every_cut_of_a_box(box: Path) -> None:
    """A file cut anywhere gives all responses before the cut and names the rest as damaged."""
    raw, places = box.read_bytes(), payload_by_slot(box)
    for length in range(len(raw)):
        box.write_bytes(raw[:length])
        store = BoxStore(box.parent, *FRAME)
        whole = length // 128 - 1
        expected = [Damage(box.name, slot) for slot in range(whole + 1, 6)]
        if whole < 0:
            expected = [Damage(box.name, None)]
        assert store.damaged() == expected, length
        assert sorted(store.payloads()) == sorted(p for s, p in places.items() if s <= whole)
        check_usable(box.parent)


def test_mending_every_flip(box: Path) -> None:
    """Mending blanks a damaged slot, keeps its bytes apart, and plain TinyDB opens the rest."""
    raw = box.read_bytes()
    for position in range(128, 5 * 128):
        changed = bytearray(raw)
        changed[position] ^= 0xFF
        box.write_bytes(changed)
        store, slot = BoxStore(box.parent, *FRAME), position // 128
        assert store.mend() == [Damage(box.name, slot)]
        assert store.damaged() == [] == store.mend()
        with TinyDB(box, access_mode="r") as database:
            assert len(database.table("responses")) == 1 + store.count()
        (kept,) = (box.parent / QUARANTINE).iterdir()
        assert kept.read_bytes() == changed[slot * 128 : slot * 128 + 128]
        kept.unlink()


def test_frame_is_not_mended(box: Path) -> None:
    """A box whose header or end is damaged is read and left as it is."""
    raw = box.read_bytes()
    for position in (0, 40, 127, 641):
        changed = bytearray(raw)
        changed[position] ^= 0xFF
        box.write_bytes(changed)
        assert BoxStore(box.parent, *FRAME).mend() == []
        assert box.read_bytes() == changed


def test_torn_response_may_be_submitted_again(box: Path) -> None:
    """A response whose slot was torn by a power cut is stored anew under its own id."""
    whole = box.read_bytes()
    response_id, payload = next(iter(BoxStore(box.parent, *FRAME).entries()))
    start = whole.index(b'"%d"' % response_id.int)
    box.write_bytes(whole[: start + 60] + b" " * 67 + whole[start + 127 :])
    store = BoxStore(box.parent, *FRAME)
    assert store.count() == 2
    store.add(response_id, payload)
    assert sorted(store.payloads()) == sorted(PAYLOADS)


def test_every_flip_of_a_packed_box(box: Path) -> None:
    """A box rewritten by plain TinyDB loses to a changed byte one response at most."""
    with TinyDB(box) as plain:
        plain.table("responses").insert({"_": "rewritten"})
        plain.table("responses").remove(doc_ids=[max(d.doc_id for d in plain.table("responses"))])
    raw = box.read_bytes()
    assert BoxStore(box.parent, *FRAME).damaged() == []
    for position, changed in flips(raw):
        box.write_bytes(changed)
        store = BoxStore(box.parent, *FRAME)
        found = list(store.payloads())
        assert set(found) <= set(PAYLOADS) and len(found) >= 2, position
        assert len(found) == 3 or store.damaged() == [Damage(box.name, None)]
        check_usable(box.parent)


@pytest.mark.parametrize("number", [b"NaN", b"-Infinity", b"1e999"])
def test_a_number_without_an_end(tmp_path: Path, number: bytes) -> None:
    """What Python's reader takes and its writer refuses is damage, told before anything is lost."""
    desk = Desk(tmp_path / "study.json")
    content = b'{"actions": {"1": {"weeks": %b}}}' % number
    desk.path.write_bytes(content)
    with pytest.raises(StorageError, match="IMF-S105"), desk.transaction() as database:
        database.table("actions").insert({})
    assert desk.path.read_bytes() == content


def test_every_flip_and_cut_of_a_desk(tmp_path: Path) -> None:
    """A changed or cut desk is read or named as damaged, and never overwritten when damaged."""
    desk = Desk(tmp_path / "study.json")
    with desk.transaction() as database:
        database.table("actions").insert({"owner": "Éléonore", "weeks": [1, 2.5, None]})
    raw = desk.path.read_bytes()
    cuts = ((length, raw[:length]) for length in range(len(raw) - 2))
    refused = 0
    for position, changed in (*flips(raw), *cuts):
        desk.path.write_bytes(changed)
        try:
            with desk.transaction() as database:
                database.table("actions").all()
        except StorageError as error:
            assert error.code == "IMF-S105", position
            refused += 1
        assert desk.path.read_bytes() == changed
    assert refused > len(raw)
