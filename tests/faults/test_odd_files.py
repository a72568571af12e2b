"""Files in a box folder that somebody copied, mixed up, emptied or put there by mistake."""

import shutil
import uuid
from pathlib import Path

import pytest

from imfsurvey.store import Damage, slots
from imfsurvey.store.boxes import QUARANTINE, BoxStore
from imfsurvey.store.checking import damages

FRAME = (256, 32)
ODD = "seg-0123456789abcdef.json"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """The only segment of a folder, with twenty responses."""
    store = BoxStore(tmp_path / "box", *FRAME)
    for number in range(20):
        store.add(uuid.uuid4(), b"%d" % number)
    (path,) = (tmp_path / "box").glob("seg-*.json")
    return path


def payloads(path: Path) -> list[bytes]:
    """What is read in the folder of a segment, in order."""
    return sorted(BoxStore(path.parent, *FRAME).payloads())


def test_a_copy_under_another_name(box: Path) -> None:
    """A segment that lies twice in the folder counts once, and more responses are stored."""
    before = payloads(box)
    shutil.copy(box, box.with_name(ODD))
    store = BoxStore(box.parent, *FRAME)
    assert (payloads(box), store.damaged(), store.check()) == (before, [], [])
    store.add(uuid.uuid4(), b"more")
    assert payloads(box) == sorted([*before, b"more"])


@pytest.mark.parametrize("name", ["seg-1 (copy).json", "notes.txt", "study.json"])
def test_a_file_with_another_name(box: Path, name: str) -> None:
    """A file that is no segment by its name is named by a check, and never read."""
    before = payloads(box)
    shutil.copy(box, box.with_name(name))
    store = BoxStore(box.parent, *FRAME)
    assert store.check() == [Damage(name, None)]
    assert (payloads(box), store.damaged()) == (before, [])


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1, 2]", b'{"responses": {"1": {"name": "J."}}}', b"\x00" * 5000]
)
def test_a_foreign_file(box: Path, content: bytes) -> None:
    """An empty or a foreign file with the name of a segment is named; everything else works."""
    before = payloads(box)
    box.with_name(ODD).write_bytes(content)
    store = BoxStore(box.parent, *FRAME)
    assert list(store.damaged()) == list(store.check()) == [Damage(ODD, None)]
    store.add(uuid.uuid4(), b"more")
    assert payloads(box) == sorted([*before, b"more"])
    assert box.with_name(ODD).read_bytes() == content


def test_an_id_that_tells_the_time(box: Path) -> None:
    """A response whose id is not random, put there by some other program, is named, not taken."""
    before, raw = payloads(box), box.read_bytes()
    at = raw.index(b" " * 256, 256) // 256 * 256
    while raw[at : at + 256].strip():
        at += 256
    box.write_bytes(raw[:at] + slots.encode(uuid.uuid1(), b"when", 256) + raw[at + 256 :])
    store = BoxStore(box.parent, *FRAME)
    assert list(store.damaged()) == [Damage(box.name, at // 256)]
    assert BoxStore(box.parent.with_name("all"), *FRAME).merge(store) == len(before) == 20


def test_halves_of_the_slots_swapped(box: Path) -> None:
    """Responses do not depend on their place: slots may be mixed up, and nothing is damaged."""
    before, raw = payloads(box), box.read_bytes()
    head, first, second, end = raw[:256], raw[256:4352], raw[4352:-3], raw[-3:]
    box.write_bytes(head + second + first + end)
    assert box.read_bytes() != raw and len(box.read_bytes()) == len(raw)
    assert payloads(box) == before
    assert BoxStore(box.parent, *FRAME).damaged() == []


def test_halves_of_the_file_swapped(box: Path) -> None:
    """A file of which the halves were swapped is named, and what is read of it is true."""
    before, raw = payloads(box), box.read_bytes()
    middle = len(raw) // 2
    box.write_bytes(raw[middle:] + raw[:middle])
    assert {damage.file for damage in BoxStore(box.parent, *FRAME).damaged()} == {box.name}
    found = payloads(box)
    assert len(found) >= 19 and set(found) <= set(before)


def test_a_segment_that_was_cut_off(box: Path) -> None:
    """Although it has blank slots, nothing is written into it: what comes goes elsewhere."""
    whole = box.read_bytes()
    box.write_bytes(whole[: -256 - 3])
    before, kept = box.read_bytes(), payloads(box)
    store = BoxStore(box.parent, *FRAME)
    for _ in range(3):
        store.add(uuid.uuid4(), b"more")
    assert box.read_bytes() == before
    assert payloads(box) == sorted([*kept, b"more", b"more", b"more"])


def test_a_folder_of_another_kind(tmp_path: Path, box: Path) -> None:
    """A check names boxes of another slot size, folders without a box, and folders that are not."""
    assert BoxStore(box.parent, 512).check() == [Damage(box.name, None)]
    assert BoxStore(tmp_path, *FRAME).check() == [
        Damage("box", None),
        Damage(tmp_path.name, None),
    ]
    assert BoxStore(tmp_path / "nowhere", *FRAME).check() == [Damage("nowhere", None)]
    assert BoxStore(box, *FRAME).check() == [Damage(box.name, None)]


@pytest.mark.parametrize(
    ("name", "odd"),
    [(f"{ODD}.tmp", False), (QUARANTINE, False), ("notes.json.tmp", True), ("x.tmp", True)],
)
def test_what_belongs_beside_segments(box: Path, name: str, odd: bool) -> None:
    """On a stick that cannot be written there may be a segment that a killed program has begun."""
    box.with_name(name).write_bytes(b"begun")
    assert damages(box.parent, FRAME[0]) == ([Damage(name, None)] if odd else [])


def test_damage_of_a_slot_is_not_foreign(box: Path) -> None:
    """A check names a damaged slot by its number, so that the rest may be merged."""
    raw = bytearray(box.read_bytes())
    slot = raw.index(b',"', 256) // 256
    raw[slot * 256 + 70] ^= 1
    box.write_bytes(raw)
    assert BoxStore(box.parent, *FRAME).check() == [Damage(box.name, slot)]
    target = BoxStore(box.parent.with_name("all"), *FRAME)
    assert target.merge(BoxStore(box.parent, *FRAME)) == 19
