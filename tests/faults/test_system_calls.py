"""Programs killed (SIGKILL) at every single system call that they make, by means of strace."""

import itertools
import os
import re
import shutil
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from imfsurvey.store import Entry, digests_of
from imfsurvey.store.boxes import BoxStore

STEPS = Path(__file__).with_name("steps.py")
FRAME = (256, 16)
BEFORE = [Entry(uuid.uuid4(), b"stored before %d" % number) for number in range(3)]
THERE = [Entry(uuid.uuid4(), b"on the stick %d" % number) for number in range(6)]
# Equal at every run, so that the same call has the same number.
ENVIRONMENT = os.environ | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def a_box(folder: Path, entries: list[Entry]) -> Path:
    """A folder with these responses."""
    store = BoxStore(folder, *FRAME)
    for entry in entries:
        store.add(*entry)
    return folder


def run(options: list[str], *step: object) -> subprocess.CompletedProcess[str]:
    """The step under strace."""
    command = ["strace", "-qq", *options, sys.executable, STEPS, *step]
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=ENVIRONMENT, check=False
    )


def calls_of(log: Path, *step: object) -> Iterator[tuple[str, int]]:
    """Each kind of system call between "begin" and "done", and how many came before "begin"."""
    assert run(["-o", str(log)], *step).stdout == "begin\ndone\n"
    before, _, after = log.read_text().partition('write(1, "begin')
    names = re.compile(r"^(?:\d+ +)?(\w+)\(", re.MULTILINE)
    earlier = Counter(names.findall(before))
    during = set(names.findall(after.partition('write(1, "done')[0]))
    return ((name, earlier[name]) for name in sorted(during))


def kill_everywhere(
    tmp_path: Path, template: Path, step: Callable[[Path], list[object]]
) -> Iterator[tuple[Path, bool]]:
    """A copy of the template for every system call at which the step was killed.

    With each: whether it had been confirmed. The numbers of a kind of call go up until the
    program ends by itself.
    """
    probe = shutil.copytree(template, tmp_path / "probe")
    for name, earlier in calls_of(tmp_path / "log", *step(probe)):
        for number in itertools.count(earlier + 1):
            folder = shutil.copytree(template, tmp_path / f"{name}-{number}")
            inject = f"inject={name}:signal=KILL:when={number}"
            done = run(["-e", f"trace={name}", "-e", inject, "-o", "/dev/null"], *step(folder))
            if done.returncode == 0:
                break
            assert done.returncode in (-9, 137), done.stderr
            yield folder, "done" in done.stdout
            shutil.rmtree(folder)


def check(folder: Path) -> dict[uuid.UUID, bytes]:
    """What is stored: nothing is damaged, nothing left behind, and plain TinyDB finds the same."""
    store = BoxStore(folder, *FRAME)
    assert store.damaged() == [] and store.check() == []
    assert not list(folder.glob("*.tmp"))
    stored = dict(store.entries())
    read: list[int] = []
    for path in folder.glob("seg-*.json"):
        with TinyDB(path, access_mode="r") as database:
            read += [document.doc_id for document in database.table("responses")][1:]
    assert sorted(read) == sorted(response_id.int for response_id in stored)
    return stored


@pytest.mark.system
def test_adding(tmp_path: Path) -> None:
    """Killed at any call of an insert, the response is stored or not; sent again it is, once."""
    template, new = a_box(tmp_path / "template", BEFORE), uuid.uuid4()
    points = 0
    for folder, confirmed in kill_everywhere(
        tmp_path, template, lambda folder: ["add", folder, new]
    ):
        stored = check(folder)
        assert stored.keys() - {new} == dict(BEFORE).keys()
        assert new in stored or not confirmed
        BoxStore(folder, *FRAME).add(new, b"the one")
        assert check(folder) == dict(BEFORE) | {new: b"the one"}
        points += 1
    assert points > 20
    print(f"insert: killed at {points} system calls, 0 lost, 0 twice")


@pytest.mark.system
def test_reserving(tmp_path: Path) -> None:
    """Killed at any call of a reservation, nothing is lost and reserving again gives the room."""
    template, new = a_box(tmp_path / "template", BEFORE), Entry(uuid.uuid4(), b"after")
    points = 0
    for folder, confirmed in kill_everywhere(
        tmp_path, template, lambda folder: ["reserve", folder]
    ):
        store = BoxStore(folder, *FRAME)
        if confirmed:
            assert store.room() >= 30
        store.reserve(30)
        store.add(*new)
        assert store.room() >= 29
        assert check(folder) == dict([*BEFORE, new])
        points += 1
    assert points > 30
    print(f"reserve: killed at {points} system calls, 0 lost")


@pytest.mark.system
def test_merging(tmp_path: Path) -> None:
    """Killed at any call of a merge, both boxes are whole; repeated it gives the union, once."""
    stick = a_box(tmp_path / "stick", [*THERE, BEFORE[0]])
    template, union = a_box(tmp_path / "template", BEFORE), [*BEFORE, *THERE]
    files = {path: path.read_bytes() for path in stick.iterdir()}
    points = 0
    for folder, confirmed in kill_everywhere(
        tmp_path, template, lambda folder: ["merge", folder, stick]
    ):
        stored = check(folder)
        assert dict(BEFORE).items() <= stored.items() <= dict(union).items()
        assert len(stored) == len(union) or not confirmed
        store = BoxStore(folder, *FRAME)
        assert store.merge(BoxStore(stick, *FRAME)) == len(union) - len(stored)
        assert check(folder) == dict(union)
        assert store.digests() == digests_of(union)
        points += 1
    assert {path: path.read_bytes() for path in stick.iterdir()} == files
    assert points > 50
    print(f"merge: killed at {points} system calls, 0 lost, 0 twice")
