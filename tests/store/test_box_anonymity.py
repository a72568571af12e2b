"""What the box must not tell: who came when."""

import stat
import uuid
from pathlib import Path

from arrival import NOISE, follows

from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.disk import LEVEL_TIME


def arrive(store: BoxStore, count: int) -> list[uuid.UUID]:
    """Responses whose payload is their number of arrival."""
    ids = [uuid.uuid4() for _ in range(count)]
    for number, response_id in enumerate(ids):
        store.add(response_id, number.to_bytes(4, "big"))
    return ids


def test_place_in_the_file(tmp_path: Path) -> None:
    """The slot of a response is not correlated with its arrival."""
    ids = arrive(BoxStore(tmp_path, 256, 1024), 600)
    (path,) = tmp_path.glob("seg-*.json")
    raw = path.read_bytes()
    assert follows([raw.index(b'"%d"' % response_id.int) for response_id in ids]) < NOISE


def test_place_when_several_programs_write(tmp_path: Path) -> None:
    """Nor is it when programs take turns that do not know what the others have filled."""
    stores = [BoxStore(tmp_path, 256, 1024) for _ in range(3)]
    ids = [uuid.uuid4() for _ in range(600)]
    for number, response_id in enumerate(ids):
        stores[number % 3].add(response_id, b"")
    (path,) = tmp_path.glob("seg-*.json")
    raw = path.read_bytes()
    assert follows([raw.index(b'"%d"' % response_id.int) for response_id in ids]) < NOISE


def test_segment_of_a_response(tmp_path: Path) -> None:
    """With the segments reserved beforehand, the segment too says nothing about arrival."""
    store = BoxStore(tmp_path, 256, 256)
    for people in (200, 400, 600):
        store.reserve(people)
    ids = arrive(store, 600)
    segments = [path.read_bytes() for path in tmp_path.glob("seg-*.json")]
    assert len(segments) == 3
    places = [
        next(n for n, raw in enumerate(segments) if b'"%d"' % response_id.int in raw)
        for response_id in ids
    ]
    assert follows(places) < NOISE
    assert len(set(places[:60])) == 3


def test_a_small_segment_beside_a_large_one(tmp_path: Path) -> None:
    """Every blank slot is as likely as every other, so the small segment does not fill up first."""
    BoxStore(tmp_path, 128, 300).reserve(1)
    (small,) = tmp_path.glob("seg-*.json")
    store = BoxStore(tmp_path, 128, 1200)
    store.reserve(600)
    assert len(list(tmp_path.glob("seg-*.json"))) == 2
    arrive(store, 100)
    # 300 of 1,500 slots: 20 of 100 responses are expected there, with a standard deviation of 4;
    # beyond 42 they are not once in ten million times. Half of them would be 50.
    assert small.read_bytes().count(b'"_c"') < 42


def test_order_of_reading(tmp_path: Path) -> None:
    """Responses are read in an order that is neither that of arrival nor that of the file."""
    store = BoxStore(tmp_path, 256, 1024)
    arrive(store, 600)
    first, second = list(store.payloads()), list(store.payloads())
    assert first != second and sorted(first) == sorted(second)
    assert follows([int.from_bytes(payload, "big") for payload in first]) < NOISE
    position = {payload: number for number, payload in enumerate(first)}
    assert follows([position[payload] for payload in second]) < NOISE


def test_times_after_each_response(tmp_path: Path) -> None:
    """After every response all files and the folder bear the same constant time."""
    store = BoxStore(tmp_path, 256, 8)
    for number in range(20):
        store.add(uuid.uuid4(), b"")
        times = {path.stat().st_mtime_ns for path in (tmp_path, *tmp_path.iterdir())}
        assert times == {LEVEL_TIME * 10**9}, number


def changed(paths: list[Path]) -> list[int]:
    """When the system says that they were last changed, which nobody can set."""
    return [path.stat().st_ctime_ns for path in paths]


def test_all_segments_are_touched_alike(tmp_path: Path) -> None:
    """The time that cannot be set moves on for every segment and the lock file, whichever of them
    a response went into."""
    store = BoxStore(tmp_path / "box", 256, 64)
    for people in (50, 100, 150):
        store.reserve(people)
    files = sorted((tmp_path / "box").iterdir())
    assert len(files) == 4
    clock = tmp_path / "clock"
    for _ in range(3):
        before = changed(files)
        clock.touch()
        while changed([clock])[0] <= max(before):  # the system counts in thousandths of a second
            clock.touch()
        store.add(uuid.uuid4(), b"")
        assert all(now > then for now, then in zip(changed(files), before, strict=True))


def test_times_after_closing(tmp_path: Path) -> None:
    """When a wave closes, every file of the box and the folder bear the constant time."""
    folder = tmp_path / "box"
    store = BoxStore(folder, 256, 8)
    arrive(store, 20)
    path = next(folder.glob("seg-*.json"))
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b'"p"', b'"q"', 1))
    assert len(store.mend()) == 1  # which leaves a file in a folder of its own
    store.equalise()
    files = list(folder.rglob("*"))
    assert len(files) == len(list(folder.iterdir())) + 1
    # Looking into a folder is noted as well, and this test has looked.
    assert {path.stat().st_atime for path in files if path.is_file()} == {LEVEL_TIME}
    assert {path.stat().st_mtime for path in (folder, *files)} == {LEVEL_TIME}


def test_nothing_is_left_of_a_destroyed_box(tmp_path: Path) -> None:
    """Segments and what was put aside as damaged are gone; of the ids that the lock file told of
    not a bit is left."""
    store = BoxStore(tmp_path, 256, 8)
    arrive(store, 20)
    path = next(tmp_path.glob("seg-*.json"))
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b'"p"', b'"q"', 1))
    assert len(store.mend()) == 1
    assert any((tmp_path / ".lock").read_bytes())
    store.destroy()
    assert [path.name for path in tmp_path.rglob("*")] == [".lock"]
    assert not any((tmp_path / ".lock").read_bytes())
    assert (store.count(), store.room()) == (0, 0)


def test_nothing_else_lies_in_the_folder(tmp_path: Path) -> None:
    """A box folder holds private segments with random names and the lock file, no more."""
    arrive(BoxStore(tmp_path, 256, 8), 20)
    names = sorted(path.name for path in tmp_path.iterdir())
    # Of the lock file one block of 64 bytes at its start, and one for each 16 slots.
    slots = sum(path.stat().st_size // 256 - 1 for path in tmp_path.glob("seg-*.json"))
    assert names[0] == ".lock"
    assert (tmp_path / ".lock").stat().st_size == 64 * (1 + -(-slots // 16))
    assert all(name.startswith("seg-") and len(name) == 25 for name in names[1:])
    assert all(stat.S_IMODE((tmp_path / name).stat().st_mode) in (0o600, 0o400) for name in names)


def test_size_does_not_tell_how_many(tmp_path: Path) -> None:
    """Boxes with three and with thirty responses have the same size."""
    for count in (3, 30):
        arrive(BoxStore(tmp_path / str(count), 256, 64), count)
    sizes = {path.stat().st_size for path in tmp_path.rglob("seg-*.json")}
    assert len(sizes) == 1
