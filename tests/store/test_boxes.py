import errno
import hashlib
import stat
import subprocess
import sys
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB
from tinydb.table import Document

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Damage, Entry, ResponseStore, disk, slots
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.segments import Segment

WRITER = Path(__file__).with_name("writer.py")


def segments(folder: Path) -> list[Path]:
    """The segment files of a box folder."""
    return sorted(folder.glob("seg-*.json"))


def stock(folder: Path) -> list[Document]:
    """What unmodified TinyDB finds in all segments, anchors left out."""
    found = []
    for path in segments(folder):
        with TinyDB(path, access_mode="r") as database:
            documents = database.table("responses").all()
        assert documents[0] == {"_": "anchor"}
        # JSON keeps one of two equal keys; a slot filled twice must not hide behind that.
        assert path.read_bytes().count(b'"_c"') == len(documents) - 1
        found += documents[1:]
    return found


def test_keeps_the_contract(tmp_path: Path) -> None:
    """The box store is a ResponseStore; a folder that is not there yet is an empty one."""
    store: ResponseStore = BoxStore(tmp_path / "boxes" / "answers", 512)
    assert (store.count(), list(store.payloads()), store.damaged()) == (0, [], [])
    assert not (tmp_path / "boxes").exists()


@settings(max_examples=25)
@given(payloads=st.lists(st.binary(max_size=300), max_size=12))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, payloads: list[bytes]) -> None:
    """Any bytes, equal ones and none at all included, are read back by another opening."""
    folder = tmp_path_factory.mktemp("box")
    store = BoxStore(folder, 512, 8)
    for payload in payloads:
        store.add(uuid.uuid4(), payload)
    assert Counter(BoxStore(folder, 512, 8).payloads()) == Counter(payloads)
    assert store.count() == len(payloads)


@settings(max_examples=25)
@given(ids=st.lists(st.uuids(version=4), max_size=8, unique=True), data=st.data())
def test_repeating_is_harmless(
    tmp_path_factory: pytest.TempPathFactory, ids: list[uuid.UUID], data: st.DataObject
) -> None:
    """However often and in whatever order ids are repeated, each response is stored once."""
    folder = tmp_path_factory.mktemp("box")
    repeated = data.draw(st.permutations(ids * 3))
    for response_id in repeated:
        BoxStore(folder, 256, 4).add(response_id, response_id.bytes)
    assert sorted(document.doc_id for document in stock(folder)) == sorted(i.int for i in ids)


def test_repeating_across_segments(tmp_path: Path) -> None:
    """An id that lies in another segment, a full one included, is not stored again."""
    store = BoxStore(tmp_path, 256, 4)
    ids = [uuid.uuid4() for _ in range(10)]
    for response_id in ids:
        store.add(response_id, b"first")
    files = {path: path.read_bytes() for path in segments(tmp_path)}
    assert len(files) == 4
    for response_id in ids:
        BoxStore(tmp_path, 256, 4).add(response_id, b"again")
        store.add(response_id, b"again")
    assert {path: path.read_bytes() for path in segments(tmp_path)} == files


@pytest.mark.parametrize("response_id", [uuid.uuid1(), uuid.uuid3(uuid.NAMESPACE_DNS, "x")])
def test_only_random_ids(tmp_path: Path, response_id: uuid.UUID) -> None:
    """An id that tells the time or the machine is refused before anything is written."""
    with pytest.raises(ValueError, match="uuid4"):
        BoxStore(tmp_path / "box", 256).add(response_id, b"")
    assert not (tmp_path / "box").exists()


def test_too_long_a_payload(tmp_path: Path) -> None:
    """A payload that does not fit is refused before anything is written."""
    with pytest.raises(StorageError, match="IMF-S104"):
        BoxStore(tmp_path / "box", 256).add(uuid.uuid4(), b"x" * 200)
    assert not (tmp_path / "box").exists()


def test_stock_tinydb_opens_it(tmp_path: Path) -> None:
    """Unmodified TinyDB finds every response, with checksum and payload and no other field."""
    store = BoxStore(tmp_path, 512, 16)
    ids = {uuid.uuid4() for _ in range(30)}
    for response_id in ids:
        store.add(response_id, b"payload")
    found = stock(tmp_path)
    assert {document.doc_id for document in found} == {response_id.int for response_id in ids}
    assert all(document.keys() == {"_c", "p"} for document in found)
    assert {document["p"] for document in found} == {"cGF5bG9hZA=="}


def test_reserved_space_is_allocated(tmp_path: Path) -> None:
    """After reserving, that many responses are stored without any file changing its size."""
    store = BoxStore(tmp_path, 512, 16)
    store.reserve(30)
    before = {path.name: path.stat() for path in segments(tmp_path)}
    # Of 38 slots fewer than 80 % are taken: 30.
    assert len(before) == 1
    assert all(stat.st_blocks * 512 >= stat.st_size == 39 * 512 + 3 for stat in before.values())
    for _ in range(30):
        store.add(uuid.uuid4(), b"x" * 300)
    after = {path.name: path.stat() for path in segments(tmp_path)}
    assert before.keys() == after.keys()
    for name, was in before.items():
        now = after[name]
        assert (now.st_size, now.st_blocks, now.st_ino) == (was.st_size, was.st_blocks, was.st_ino)


def test_reserving_again_allocates_nothing(tmp_path: Path) -> None:
    """Reserving what is already free allocates nothing."""
    store = BoxStore(tmp_path, 512, 16)
    store.reserve(12)
    store.reserve(12)
    assert len(segments(tmp_path)) == 1


def test_occupancy_stays_below_four_fifths(tmp_path: Path) -> None:
    """No segment is ever filled to 80 %; one that has its share becomes read-only."""
    store = BoxStore(tmp_path, 256, 10)
    for _ in range(40):
        store.add(uuid.uuid4(), b"")
    used = [path.read_bytes().count(b'"_c"') for path in segments(tmp_path)]
    assert sum(used) == 40 and max(used) == 7
    modes = [stat.S_IMODE(path.stat().st_mode) for path in segments(tmp_path)]
    assert all(mode == (0o400 if n == 7 else 0o600) for n, mode in zip(used, modes, strict=True))


def test_sees_what_another_program_wrote(tmp_path: Path) -> None:
    """A store that is already open counts and recognises the responses of another one."""
    one, other = BoxStore(tmp_path, 256, 16), BoxStore(tmp_path, 256, 16)
    response_id = uuid.uuid4()
    one.add(uuid.uuid4(), b"from one")
    other.add(response_id, b"from the other")
    one.add(response_id, b"again")
    assert one.count() == other.count() == 2
    assert sorted(one.payloads()) == [b"from one", b"from the other"]
    assert len(stock(tmp_path)) == 2


def test_sees_what_tinydb_wrote(tmp_path: Path) -> None:
    """A response that TinyDB put in through the segment storage is recognised too."""
    store, entry = BoxStore(tmp_path, 256, 16), Entry(uuid.uuid4(), b"through TinyDB")
    store.add(uuid.uuid4(), b"before")
    with TinyDB(segments(tmp_path)[0], storage=Segment) as database:
        document = Document(slots.document(entry), doc_id=entry.response_id.int)
        database.table("responses").insert(document)
    store.add(*entry)
    assert len(stock(tmp_path)) == 2


def run_writers(folder: Path, *arguments: str) -> list[str]:
    """Four programs side by side; returns all lines that they confirmed."""
    command = [sys.executable, str(WRITER), str(folder), *arguments]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    outputs = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    return [line for output in outputs for line in output.split()]


def test_four_programs_side_by_side(tmp_path: Path) -> None:
    """What four programs add at the same time is all there, each response once."""
    confirmed = run_writers(tmp_path, "512", "64", "150")
    assert len(set(confirmed)) == 600
    assert sorted(document.doc_id for document in stock(tmp_path)) == sorted(
        uuid.UUID(line).int for line in confirmed
    )


def test_four_programs_with_the_same_responses(tmp_path: Path) -> None:
    """Four programs that add the same ids at the same time fill each one slot only."""
    confirmed = run_writers(tmp_path, "512", "64", "120", "seed")
    assert len(confirmed) == 480 and len(set(confirmed)) == 120
    assert len(stock(tmp_path)) == 120


FORKED = """
import os, sys, uuid
from pathlib import Path
from imfsurvey.store.boxes import BoxStore

store = BoxStore(Path(sys.argv[1]), 256, 16)
first, second = uuid.uuid4(), uuid.uuid4()
store.add(first, b"first")
child = os.fork()
store.add(second, b"second")
if child:
    assert os.waitpid(child, 0)[1] == 0
    store.add(second, b"second")
"""


def test_forked_copies(tmp_path: Path) -> None:
    """A program and its forked copy that add the same response fill one slot."""
    subprocess.run([sys.executable, "-c", FORKED, str(tmp_path)], check=True)
    assert len(stock(tmp_path)) == 2


def test_repeated_response_is_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A response whose flush failed is not confirmed; submitted again it is, once."""
    response_id = uuid.uuid4()
    store = BoxStore(tmp_path, 256, 16)
    store.reserve(1)

    def failing(descriptor: int) -> None:
        raise OSError(errno.EIO, "flush failed")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "flush", failing)
        for _ in range(2):
            with pytest.raises(StorageError, match="IMF-S103"):
                store.add(response_id, b"answer")
    store.add(response_id, b"answer")
    assert len(stock(tmp_path)) == 1


def test_threads(tmp_path: Path) -> None:
    """Threads that share one store lose nothing and fill no slot twice."""
    store = BoxStore(tmp_path, 256, 32)
    ids = [uuid.uuid4() for _ in range(160)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda response_id: store.add(response_id, b"x"), ids + ids))
    assert sorted(document.doc_id for document in stock(tmp_path)) == sorted(i.int for i in ids)


@settings(max_examples=20)
@given(
    ids=st.lists(st.uuids(version=4), max_size=10, unique=True),
    left=st.integers(0, 10),
    right=st.integers(0, 10),
)
def test_union(
    tmp_path_factory: pytest.TempPathFactory, ids: list[uuid.UUID], left: int, right: int
) -> None:
    """Merging is a union of sets: either way round and repeated, it gives the same responses."""
    folder = tmp_path_factory.mktemp("union")
    here, there = ids[:left], ids[len(ids) - min(right, len(ids)) :]
    stores = [BoxStore(folder / name, 256, 8) for name in ("here", "there", "all")]
    for store, own in zip(stores, (here, there), strict=False):
        for response_id in own:
            store.add(response_id, response_id.bytes)
    both = {*here, *there}
    assert stores[2].merge(stores[0]) == len(here)
    assert stores[2].merge(stores[1]) == len(both) - len(here)
    assert stores[0].merge(stores[1]) == len(both) - len(here)
    assert stores[0].merge(stores[1]) == 0
    for store in (stores[0], stores[2]):
        assert sorted(store.payloads()) == sorted(i.bytes for i in both)


def test_merging_several(tmp_path: Path) -> None:
    """Boxes merged at a time share one segment, none of the responses counts twice, and each of
    the boxes lies spread over all of it."""
    here = [BoxStore(tmp_path / name, 128, 64) for name in "abc"]
    shared = uuid.uuid4()
    for number, store in enumerate(here):
        store.add(shared, b"shared")
        for _ in range(200):
            store.add(uuid.uuid4(), b"%d" % number)
    target = BoxStore(tmp_path / "all", 128, 64)
    assert target.merge(*here) == 601
    assert target.merge(*here) == 0
    assert Counter(target.payloads()) == {b"shared": 1, b"0": 200, b"1": 200, b"2": 200}
    (path,) = segments(tmp_path / "all")
    raw = path.read_bytes()
    # Of 752 slots the halves hold about 100 each; beyond 60 to 140 less than once in a million.
    for text in (b'"MA=="', b'"MQ=="', b'"Mg=="'):
        assert 60 < raw[: len(raw) // 2].count(text) < 140


def test_merging_with_oneself(tmp_path: Path) -> None:
    """A box merged with itself gains nothing."""
    store = BoxStore(tmp_path, 128, 64)
    store.add(uuid.uuid4(), b"")
    assert store.merge(BoxStore(tmp_path, 128, 64), store) == 0
    assert store.count() == 1


def test_merged_again_is_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge flushes what an earlier one, which was killed, may have left unflushed."""
    stick, target = BoxStore(tmp_path / "stick", 128), BoxStore(tmp_path / "all", 128)
    stick.add(uuid.uuid4(), b"")
    target.merge(stick)
    flushed = []
    monkeypatch.setattr(disk, "flush_path", lambda path: flushed.append(path))
    assert target.merge(stick) == 0
    assert set(segments(tmp_path / "all")) <= set(flushed)


def test_digests(tmp_path: Path) -> None:
    """Digests are the SHA-256 of id and payload, sorted, and the same for the same responses."""
    entries = [Entry(uuid.uuid4(), b"%d" % number) for number in range(30)]
    for folder, order in (("a", entries), ("b", entries[::-1])):
        for entry in order:
            BoxStore(tmp_path / folder, 128, 8).add(*entry)
    expected = sorted(hashlib.sha256(e.response_id.bytes + e.payload).digest() for e in entries)
    assert BoxStore(tmp_path / "a", 128, 8).digests() == expected
    assert BoxStore(tmp_path / "b", 128, 64).digests() == expected


def test_room(tmp_path: Path) -> None:
    """The room left is what was reserved less what came, whichever program stored it."""
    store = BoxStore(tmp_path / "box", 128, 16)
    assert store.room() == 0 and not store.folder.exists()
    store.reserve(12)
    assert store.room() == 12
    for _ in range(5):
        BoxStore(store.folder, 128, 16).add(uuid.uuid4(), b"")
    assert store.room() == 7


def test_copied_segments_are_a_union_too(tmp_path: Path) -> None:
    """Segments copied into one folder by hand count each response once."""
    here, there = BoxStore(tmp_path / "here", 256, 8), BoxStore(tmp_path / "there", 256, 8)
    shared = uuid.uuid4()
    for store in (here, there):
        store.add(shared, b"shared")
        store.add(uuid.uuid4(), b"own")
    for path in segments(tmp_path / "there"):
        (tmp_path / "here" / path.name).write_bytes(path.read_bytes())
    assert sorted(here.payloads()) == [b"own", b"own", b"shared"]
    assert here.count() == 3


def test_box_of_another_slot_size(tmp_path: Path) -> None:
    """Segments with another slot size are read and recognised, and not written."""
    response_id = uuid.uuid4()
    BoxStore(tmp_path, 1024, 8).add(response_id, b"large")
    large = segments(tmp_path)[0]
    before = large.read_bytes()
    store = BoxStore(tmp_path, 256, 8)
    store.add(response_id, b"again")
    store.add(uuid.uuid4(), b"small")
    assert sorted(store.payloads()) == [b"large", b"small"]
    assert large.read_bytes() == before
    assert stat.S_IMODE(large.stat().st_mode) == 0o600
    # Readers would count a second copy once, so it is looked for in the files.
    assert sum(path.read_bytes().count(b'"_c"') for path in segments(tmp_path)) == 2


def test_sent_again_into_a_box_that_plain_tinydb_rewrote(tmp_path: Path) -> None:
    """Such a file has no slots any more; what it holds is known, and fills no slot elsewhere."""
    response_id = uuid.uuid4()
    BoxStore(tmp_path, 256, 8).add(response_id, b"first")
    (packed,) = segments(tmp_path)
    with TinyDB(packed) as plain:
        plain.table("other").insert({"name": "somebody's remark"})
    store = BoxStore(tmp_path, 256, 8)
    for _ in range(2):
        store.add(response_id, b"again")
    assert list(store.payloads()) == [b"first"]
    assert sum(path.read_bytes().count(b'"_c"') for path in segments(tmp_path)) == 1


def test_strays_are_removed(tmp_path: Path) -> None:
    """An unfinished segment of a killed program is removed at opening."""
    BoxStore(tmp_path, 256, 8).add(uuid.uuid4(), b"kept")
    stray = tmp_path / "seg-0123456789abcdef.json.tmp"
    stray.write_bytes(slots.empty_segment(slots.Frame(256, 8))[:300])
    assert list(BoxStore(tmp_path, 256, 8).payloads()) == [b"kept"]
    assert not stray.exists()


def test_vanished_segment(tmp_path: Path) -> None:
    """A segment taken away while the store is open is reported once; then the rest goes on."""
    store = BoxStore(tmp_path, 256, 4)
    store.add(uuid.uuid4(), b"gone")
    segments(tmp_path)[0].unlink()
    with pytest.raises(StorageError, match="IMF-S103"):
        store.add(uuid.uuid4(), b"refused")
    store.add(uuid.uuid4(), b"here")
    assert list(store.payloads()) == [b"here"]


def test_closed_store_may_be_used_again(tmp_path: Path) -> None:
    """Closing lets go of the files only."""
    store = BoxStore(tmp_path, 256, 4)
    store.add(uuid.uuid4(), b"one")
    store.close()
    store.add(uuid.uuid4(), b"two")
    assert sorted(store.payloads()) == [b"one", b"two"]


@pytest.mark.parametrize("people", [1, 819, 820, 20_000])
def test_a_reservation_is_one_segment(tmp_path: Path, people: int) -> None:
    """Room for many goes into one segment, and takes no more slots than small ones would."""
    BoxStore(tmp_path, 128).reserve(people)
    (path,) = segments(tmp_path)
    taken = path.stat().st_size // 128 - 1
    # 1,024 slots take fewer than 80 %: 819. Fewer than four fifths, in whole numbers.
    assert taken <= -(-people // 819) * 1024
    assert (4 * taken - 1) // 5 >= people


def test_a_large_reservation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for more than the largest segment goes into several, with room for their share."""
    monkeypatch.setattr(slots, "LARGEST_SEGMENT", 2**25)
    store = BoxStore(tmp_path, 4096)
    store.reserve(10_000)
    # 32 MiB are 8,192 slots of 4 KiB, of which 6,553 are taken; 3,447 more need 4,309.
    assert sorted(path.stat().st_size // 4096 - 1 for path in segments(tmp_path)) == [4309, 8192]
    assert store.room() >= 10_000


def test_a_segment_of_several_stretches(tmp_path: Path) -> None:
    """A large segment is read piece by piece: all of it, and around a damaged slot."""
    store = BoxStore(tmp_path, 4096, 600)  # 256 slots are a mebibyte
    for number in range(300):
        store.add(uuid.uuid4(), number.to_bytes(2, "big"))
    assert sorted(store.payloads()) == [number.to_bytes(2, "big") for number in range(300)]
    (path,) = segments(tmp_path)
    raw = bytearray(path.read_bytes())
    at = raw.index(b',"', 400 * 4096)
    raw[at + 70] ^= 1
    path.write_bytes(raw)
    assert store.count() == 299
    assert store.damaged() == [Damage(path.name, at // 4096)]


def test_more_come_than_were_expected(tmp_path: Path) -> None:
    """Responses beyond the reservation are kept, in segments that grow with the box."""
    store = BoxStore(tmp_path, 128, 4)
    store.reserve(3)
    for number in range(300):
        store.add(uuid.uuid4(), number.to_bytes(2, "big"))
    assert sorted(store.payloads()) == [number.to_bytes(2, "big") for number in range(300)]
    # Of four slots each they would be a hundred.
    assert len(segments(tmp_path)) < 25
    assert len(stock(tmp_path)) == 300


def test_a_segment_is_not_too_large_to_read() -> None:
    """A segment never has more than 128 MiB of slots, however many are expected."""
    assert slots.roomy_frame(4096, 1_000_000).slots * 4096 == 128 * 2**20
    assert slots.roomy_frame(128, 800).limit == 800


def test_the_largest_segment_is_known_again() -> None:
    """128 MiB of the smallest slots are 1,048,576, more than a header may tell of: such a segment
    would pass for damaged as soon as it was made."""
    frame = slots.roomy_frame(128, 1_000_000)
    assert frame == slots.make_frame(128, 1_000_000)


def test_segments_of_several_sizes_are_one_box(tmp_path: Path) -> None:
    """Small and large segments lie in one folder, are read, recognised, merged and filled up."""
    small, large = BoxStore(tmp_path / "a", 128, 4), BoxStore(tmp_path / "b", 128, 64)
    ids = [uuid.uuid4() for _ in range(40)]
    for store, own in ((small, ids[:20]), (large, ids[10:])):
        for response_id in own:
            store.add(response_id, response_id.bytes)
    for path in segments(tmp_path / "b"):
        path.rename(tmp_path / "a" / path.name)
    again = BoxStore(tmp_path / "a", 128, 4)
    assert sorted(again.payloads()) == sorted(i.bytes for i in ids)
    again.add(ids[0], b"")
    again.add(ids[-1], b"")
    assert again.count() == 40
    assert BoxStore(tmp_path / "c", 128, 16).merge(again) == 40
