import json
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store.desk import Desk

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=50)
@given(st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=4))
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, documents: list[dict[str, Any]]
) -> None:
    """Documents of any JSON values come back, through the desk and through plain TinyDB."""
    desk = Desk(tmp_path_factory.mktemp("desk") / "study.json")
    with desk.transaction() as database:
        database.table("actions").insert_multiple(documents)
    assert desk.read().table("actions").all() == documents
    with TinyDB(desk.path, access_mode="r", encoding="utf-8") as plain:
        assert plain.table("actions").all() == documents


def test_no_file_yet(tmp_path: Path) -> None:
    """A desk without a file is empty, and reading does not create one."""
    desk = Desk(tmp_path / "study.json")
    assert desk.read().tables() == set()
    assert list(tmp_path.iterdir()) == []


def test_all_or_nothing(tmp_path: Path) -> None:
    """A transaction that raises leaves the file as it was, byte by byte."""
    desk = Desk(tmp_path / "study.json")
    with desk.transaction() as database:
        database.table("actions").insert({"owner": "INT"})
    before = desk.path.read_bytes()
    with pytest.raises(KeyError), desk.transaction() as database:
        database.table("actions").truncate()
        database.table("actions").insert({"owner": "HRM"})
        raise KeyError("owner")
    assert desk.path.read_bytes() == before


def test_unchanged_file_is_not_replaced(tmp_path: Path) -> None:
    """A transaction that only reads leaves the very same file."""
    desk = Desk(tmp_path / "study.json")
    with desk.transaction() as database:
        database.table("actions").insert({"owner": "INT"})
    before = desk.path.stat()
    with desk.transaction() as database:
        assert database.table("actions").all() == [{"owner": "INT"}]
    assert desk.path.stat().st_ino == before.st_ino


def test_values_that_json_lacks(tmp_path: Path) -> None:
    """A value that JSON does not have is refused at once, and the file stays."""
    desk = Desk(tmp_path / "study.json")
    with desk.transaction() as database:
        with pytest.raises(TypeError):
            database.insert({"path": tmp_path})
        with pytest.raises(ValueError, match="JSON"):
            database.insert({"level": float("nan")})
    assert not desk.path.exists()


def test_snapshot_is_not_changed(tmp_path: Path) -> None:
    """A snapshot keeps what it saw and refuses changes, which would be lost."""
    desk = Desk(tmp_path / "study.json")
    with desk.transaction() as database:
        database.insert({"n": 1})
    snapshot = desk.read()
    with desk.transaction() as database:
        database.insert({"n": 2})
    assert snapshot.all() == [{"n": 1}]
    with pytest.raises(RuntimeError, match="transaction"):
        snapshot.insert({"n": 3})


def test_finished_transaction_takes_nothing(tmp_path: Path) -> None:
    """A database kept beyond its transaction refuses changes."""
    with Desk(tmp_path / "study.json").transaction() as database:
        database.insert({"n": 1})
    with pytest.raises(RuntimeError, match="transaction"):
        database.insert({"n": 2})


COUNTER = """
import sys
from pathlib import Path
from imfsurvey.store.desk import Desk

for _ in range(40):
    with Desk(Path(sys.argv[1])).transaction() as database:
        now = database.get(doc_id=1)
        database.upsert({"n": now["n"] + 1}, lambda document: True)
"""


def test_two_programs_lose_no_update(tmp_path: Path) -> None:
    """Three programs that count up 40 times each at the same time arrive at 120."""
    desk = Desk(tmp_path / "study.json")
    with desk.transaction() as database:
        database.insert({"n": 0})
    command = [sys.executable, "-c", COUNTER, str(desk.path)]
    programs = [subprocess.Popen(command) for _ in range(3)]
    assert [program.wait() for program in programs] == [0, 0, 0]
    assert desk.read().all() == [{"n": 120}]


def test_held_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that another program holds is reported as held, not waited for without end."""
    monkeypatch.setattr("imfsurvey.store.disk.PATIENCE", 0.05)
    desk = Desk(tmp_path / "study.json")
    caught: list[StorageError] = []

    def second_program() -> None:
        try:
            with desk.transaction():
                pass
        except StorageError as error:
            caught.append(error)

    with desk.transaction():
        thread = threading.Thread(target=second_program)
        thread.start()
        thread.join()
    assert [error.code for error in caught] == ["IMF-S106"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b'{\n "_default": {\n  "1": {"a": }\n }\n}\n', 3),
        (b'{\n "_default": {\n  "1": {"a": "\xff"}\n }\n}\n', 3),
        (b"[" * 100_000, 1),
        (b'{"_default": {"1": {"a": ' + b"9" * 5000 + b"}}}", 1),
        (b"[1, 2]", 1),
        (b'{"_default": 5}', 1),
        (b'{"_default": {"one": {}}}', 1),
        (b'{"_default": {"1": 5}}', 1),
    ],
)
def test_damaged_file(tmp_path: Path, content: bytes, line: int) -> None:
    """A damaged file is named with its line and never touched."""
    desk = Desk(tmp_path / "study.json")
    desk.path.write_bytes(content)
    for attempt in (desk.read, desk.transaction().__enter__):
        with pytest.raises(StorageError) as caught:
            attempt()
        assert caught.value.code == "IMF-S105"
        assert caught.value.params == {"path": str(desk.path), "line": line}
    assert desk.path.read_bytes() == content


def test_permissions(tmp_path: Path) -> None:
    """A new file is private; permissions that someone gave are kept."""
    desk = Desk(tmp_path / "study.json")
    for mode in (0o600, 0o640, 0o400):
        with desk.transaction() as database:
            database.insert({"mode": mode})
        assert stat.S_IMODE(desk.path.stat().st_mode) == mode
        desk.path.chmod(0o640 if mode == 0o600 else 0o400)


def test_link_is_followed(tmp_path: Path) -> None:
    """A desk behind a symbolic link changes the file that the link means."""
    (tmp_path / "real.json").write_text('{"_default": {"1": {"n": 1}}}', encoding="utf-8")
    (tmp_path / "study.json").symlink_to("real.json")
    with Desk(tmp_path / "study.json").transaction() as database:
        database.update({"n": 2}, where("n") == 1)
    assert json.loads((tmp_path / "real.json").read_text())["_default"]["1"] == {"n": 2}
    assert (tmp_path / "study.json").is_symlink()


def test_readable_text(tmp_path: Path) -> None:
    """Accents are written as they are: people read and compare these files."""
    desk = Desk(tmp_path / "study.json")
    with desk.transaction() as database:
        database.insert({"owner": "Éléonore"})
    assert '   "owner": "Éléonore"' in desk.path.read_text(encoding="utf-8").splitlines()
