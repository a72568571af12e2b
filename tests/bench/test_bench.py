"""The benches: each runs to its end on little, prints its tables and tidies up."""

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench"
KINDS = {"append + fsync", "overwrite + fdatasync", "BoxStore", "SQLite WAL FULL"}


def quick(script: str, folder: Path) -> str:
    """What a bench prints, which tidies up after itself."""
    command = [sys.executable, str(BENCH / script), "--quick", "--folder", str(folder)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert list(folder.iterdir()) == []
    return output


def rows(output: str, title: str) -> list[list[str]]:
    """The cells of one table, its head left out."""
    text = output[output.index(f"| {title} |") :].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.split("\n")][2:]


def test_the_quick_run(tmp_path: Path) -> None:
    """The command prints its tables, none of its stores loses a response, and it tidies up."""
    output = quick("boxes.py", tmp_path)
    added = {row[0]: row[1:] for row in rows(output, "add one")}
    assert added.keys() == KINDS | {"TinyDB (no flush)"}
    assert all(cell.endswith("x)") for cells in added.values() for cell in cells)
    assert {row[0] for row in rows(output, "read all")} >= {"BoxStore", "SQLite WAL FULL"}
    writers = rows(output, "8 writers at once")
    assert [row[0] for row in writers] == 2 * ["append + fsync", "BoxStore", "SQLite WAL FULL"]
    assert [row[-1] for row in writers] == 6 * ["0"]


def test_the_quick_run_with_seals(tmp_path: Path) -> None:
    """The same of what is sealed: every goal is there, and no response is lost or left sealed."""
    output = quick("sealed.py", tmp_path)
    assert {row[0] for row in rows(output, "add one")} == {
        "append + fsync",
        "encode + seal, not stored",
        "encode + seal + BoxStore",
        "submit",
        "SQLite WAL FULL",
        "TinyDB (no flush)",
    }
    assert len(rows(output, "unseal 500")) == 5
    assert {row[0]: row[-1] for row in rows(output, "8 writers at once")} == {
        "append + fsync": "0",
        "submit": "0",
    }
    goals = {row[0]: row[1:] for row in rows(output, "goal")}
    assert len(goals) == 6
    assert goals["8 writers, lost"] == ["0", "0", "yes"]


def test_a_few_people_in_browsers() -> None:
    """The command walks them through the whole survey, and none of their responses is lost."""
    command = [sys.executable, str(BENCH / "web.py"), "--people", "3"]
    command += ["--within", "0", "--pause", "0"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "stored: 3 of 3" in done.stdout
    ends = [line.split("|")[1].strip() for line in done.stdout.splitlines() if " | 3 | " in line]
    assert ends == ["leave", "send"]


def test_the_quick_run_of_disclosure_control() -> None:
    """Growing numbers of people are audited and released; something of it is shown."""
    command = [sys.executable, str(BENCH / "disclosure.py"), "--quick"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    audits = rows(output, "one audit")
    assert [row[:2] for row in audits] == [["164", "6"], ["522", "20"]]
    assert all(int(row[3]) > 0 for row in audits)  # what the plain rule lets through
    assert [row[2] for row in rows(output, "a release of 5 statements by unit")] == ["6", "20"]
    (crossed,) = rows(output, "two of three items crossed")
    assert 0 < int(crossed[3].split()[0]) < 100
