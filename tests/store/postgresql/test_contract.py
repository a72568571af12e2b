"""What both kinds of ResponseStore promise, tried on both."""

import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imfsurvey.store import ResponseStore
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.postgresql.store import PostgresStore

Store = BoxStore | PostgresStore
Maker = Callable[[str], Store]


@pytest.fixture(params=["boxes", "postgresql"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Maker:
    """Opens the store of a name; the same name is the same store."""
    if request.param == "boxes":
        return lambda name: BoxStore(tmp_path / name, 512, 16)
    opened = request.getfixturevalue("opened")
    return lambda name: opened(f"w/survey/{name}")


def test_keeps_the_contract(make: Maker) -> None:
    """What is not there yet is an empty, sound store; levelling and closing it harm nothing."""
    store: ResponseStore = make("answers")
    assert (store.count(), list(store.payloads()), list(store.damaged())) == (0, [], [])
    whole = make("answers")
    whole.reserve(3)
    whole.equalise()
    whole.close()
    assert (whole.count(), list(whole.entries()), list(whole.damaged())) == (0, [], [])


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payloads=st.lists(st.binary(max_size=300), max_size=12))
def test_round_trip(make: Maker, payloads: list[bytes]) -> None:
    """Any bytes, equal ones and none at all included, are read back by another opening."""
    name = uuid.uuid4().hex
    with closing(make(name)) as store, closing(make(name)) as other:
        for payload in payloads:
            store.add(uuid.uuid4(), payload)
        assert Counter(other.payloads()) == Counter(payloads)
        assert store.count() == len(payloads)


def test_a_known_id_changes_nothing(make: Maker) -> None:
    """A response that is sent again, even with other bytes, stays as it is, and alone."""
    store, response_id = make("answers"), uuid.uuid4()
    store.add(response_id, b"first")
    for opening in (store, make("answers")):
        opening.add(response_id, b"second")
        assert list(opening.entries()) == [(response_id, b"first")]


@pytest.mark.parametrize(
    "made", [uuid.uuid1(), uuid.uuid5(uuid.NAMESPACE_DNS, "x"), uuid.UUID(int=0)]
)
def test_an_id_that_tells_something(make: Maker, made: uuid.UUID) -> None:
    """Ids that hold a time, a computer or a name are refused before anything is written."""
    store = make("answers")
    with pytest.raises(ValueError, match="uuid4"):
        store.add(made, b"answer")
    assert store.count() == 0


def test_sees_what_others_wrote(make: Maker) -> None:
    """A store that is already open counts and recognises the responses of another one."""
    one, other = make("answers"), make("answers")
    response_id = uuid.uuid4()
    one.add(uuid.uuid4(), b"from one")
    other.add(response_id, b"from the other")
    one.add(response_id, b"again")
    assert one.count() == other.count() == 2
    assert sorted(one.payloads()) == [b"from one", b"from the other"]


def test_boxes_do_not_see_each_other(make: Maker) -> None:
    """The same id may lie in two boxes; neither counts, reads nor hides what the other holds."""
    answers, comments = make("answers"), make("comments")
    response_id = uuid.uuid4()
    answers.add(response_id, b"answer")
    comments.add(response_id, b"comment")
    comments.add(uuid.uuid4(), b"further")
    assert list(answers.entries()) == [(response_id, b"answer")]
    answers.equalise()
    assert sorted(comments.payloads()) == [b"comment", b"further"]
    assert (answers.count(), comments.count()) == (1, 2)


def test_threads(make: Maker) -> None:
    """Threads that share one store lose nothing and store nothing twice."""
    store = make("answers")
    ids = [uuid.uuid4() for _ in range(80)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda response_id: store.add(response_id, b"x"), ids + ids))
    assert sorted(entry.response_id for entry in store.entries()) == sorted(ids)


def test_closed_store_may_be_used_again(make: Maker) -> None:
    """Closing lets go of files and connections only."""
    store = make("answers")
    store.add(uuid.uuid4(), b"one")
    store.close()
    store.add(uuid.uuid4(), b"two")
    assert sorted(store.payloads()) == [b"one", b"two"]


def test_union(make: Maker) -> None:
    """Merging is a union of sets: repeated, it adds nothing."""
    here, there = make("here"), make("there")
    shared = uuid.uuid4()
    for store in (here, there):
        store.add(shared, b"shared")
        store.add(uuid.uuid4(), b"own")
    assert (here.merge(there), here.merge(there), there.merge(here)) == (1, 0, 1)
    assert sorted(here.payloads()) == sorted(there.payloads()) == [b"own", b"own", b"shared"]


def test_moving_between_the_kinds(tmp_path: Path, opened: Callable[[], PostgresStore]) -> None:
    """What was collected in boxes goes to a server and back, ids and payloads unchanged."""
    box, server = BoxStore(tmp_path / "there", 512, 64), opened()
    for number in range(450):
        box.add(uuid.uuid4(), number.to_bytes(2, "big"))
    assert server.merge(box) == 450
    back = BoxStore(tmp_path / "back", 512, 64)
    for entry in server.entries():
        back.add(*entry)
    assert sorted(back.entries()) == sorted(server.entries()) == sorted(box.entries())


FORKED = """
import os, sys, uuid
from imfsurvey.store.postgresql.store import PostgresStore

store = PostgresStore(sys.argv[1], "forked")
first, second = uuid.uuid4(), uuid.uuid4()
store.add(first, b"first")
child = os.fork()
for _ in range(50):
    store.add(second, b"second")
    store.add(uuid.uuid4(), b"own")
if child:
    assert os.waitpid(child, 0)[1] == 0
    store.add(second, b"second")
store.close()
"""


def test_forked_copies(opened: Callable[[str], PostgresStore]) -> None:
    """A program and its forked copy do not speak on one connection, and add a response once."""
    store = opened("forked")
    subprocess.run([sys.executable, "-c", FORKED, store.url], check=True)
    found = Counter(store.payloads())
    assert found == {b"first": 1, b"second": 1, b"own": 100}
