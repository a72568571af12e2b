"""A whole team session: twelve people on three laptops, one of which dies in the middle.

Three folders and three processes of their own vote at the same time in plain lines; the laptop
that dies is killed while somebody is answering. Sticks bring the boxes together, the console
closes the round, and every count is the one that was worked out beforehand.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from commandline import as_program
from keyholders import SECRETS
from room import DAY, ITEMS, ROUND, make_session, make_team_study

from imfsurvey.store.seal import Unsealer
from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.box import VoteBox, holders_part
from imfsurvey.study.sessions.record import session_differences
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import Session, session_of

WAVE, NAME = "2026-zero", "team-a"
VOTES = {
    # By laptop: what each person answers to the four statements, from 1 to 5.
    "a": ("1455", "2455", "1453", "5452", "5453"),
    "b": ("5451", "1452", "2453", "5454"),
    "c": ("1455", "5451", "4354"),
}
PEOPLE = """
import sys
from pathlib import Path
from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.session import session_of
from imfsurvey.faces.voting import SessionTurns

session = session_of(Study(Path(".")).waves[0], "team-a")
for codes in sys.argv[1:]:
    turn = SessionTurns(session).begin()
    sitting = turn.sit("fr", None)
    items = list(sitting.interview.questionnaire.asking_items())
    for item, code in zip(items, codes):
        sitting.interview.record(item.id, "answered", int(code))
    if len(codes) < len(items):
        print("sitting", flush=True)
        sys.stdin.read()  # answers, until the laptop dies
    sitting.finish()
    turn.end()
"""


def laptop(folder: Path, *votes: str) -> subprocess.Popen[str]:
    """A process in which people answer one after the other; an unfinished vote waits for ever."""
    return subprocess.Popen(
        [sys.executable, "-c", PEOPLE, *votes],
        cwd=folder,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_twelve_people_on_three_laptops_one_of_which_dies(tmp_path: Path) -> None:
    """Every vote that was thanked for is there once; the half one of the dead laptop is not."""
    folders = {name: tmp_path / name for name in VOTES}
    wave = make_team_study(folders["a"])[1]
    room = Room(make_session(wave))
    room.open_round(ROUND)
    for name in ("b", "c"):
        shutil.copytree(folders["a"], folders[name])

    busy = [laptop(folders["a"], *VOTES["a"]), laptop(folders["c"], *VOTES["c"])]
    dying = laptop(folders["b"], *VOTES["b"][:2], "54")
    assert dying.stdout is not None and dying.stdout.readline() == "sitting\n"
    dying.kill()
    assert dying.communicate()[0] == ""
    assert [process.communicate()[0] for process in busy] == ["", ""]
    assert [process.wait() for process in busy] == [0, 0]
    assert counted(folders["b"]) == 2
    # The laptop is started again: who was interrupted and who comes after vote there, in lines.
    for codes in VOTES["b"][2:]:
        typed = "\n".join(["", "", *codes, "f", "f"])
        done = subprocess.run(
            [sys.executable, "-m", "imfsurvey", "answer", WAVE, "--session", NAME, "--plain"],
            input=f"{typed}\n",
            cwd=folders["b"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    sticks = [folders["c"], folders["b"], folders["c"]]
    merged = as_program(folders["a"], "merge", *sticks)
    assert merged.code == 0, merged.err
    assert [line.split(": ")[1] for line in merged.out.splitlines()] == [
        "3 records are new in wave 2026-zero, 0 were here already.",
        "4 records are new in wave 2026-zero, 0 were here already.",
        "0 records are new in wave 2026-zero, 3 were here already.",
    ]
    closed = room.close_round(ROUND)
    everybody = [codes for votes in VOTES.values() for codes in votes]
    assert (closed.votes, closed.outcome) == (len(everybody), "shown") == (12, "shown")
    first, second, third, fourth = closed.items
    # First statement, counted above: 1 four times, 2 twice, 4 once, 5 five times.
    assert first.counts == (4, 2, 0, 1, 5) and first.polarised
    # Second: 4 eleven times, 3 once. Third: always 5. Both are said in words only.
    assert (second.hidden, third.hidden) == ("large_majority", "large_majority")
    # Fourth: 1 twice, 2 twice, 3 three times, 4 twice, 5 three times.
    assert fourth.counts == (2, 2, 3, 2, 3)
    room.note(ROUND, conclusion="Les cadeaux", actions="Une note")
    room.close(DAY)

    shown = as_program(folders["a"], "session", WAVE, NAME)
    assert shown.code == 0, shown.err
    assert "12 votes cast" in shown.out and "Les cadeaux" in shown.out
    assert stored(room.session) == sorted(everybody)
    assert as_program(folders["b"], "merge", folders["a"]).code == 0
    copy = session_of(Study(folders["b"]).waves[0], NAME)
    assert session_differences(copy) == [] and copy.file == room.session.refresh()


def counted(folder: Path) -> int:
    """How many votes lie on a laptop."""
    session = session_of(Study(folder).waves[0], NAME)
    return VoteBox(session, ROUND, 1).count()


def stored(session: Session) -> list[str]:
    """What a key holder finds: each vote as its four codes, in no order."""
    box = VoteBox(session, ROUND, 1)
    seal = session.wave.seal
    unsealer = Unsealer([SECRETS["officer"]], seal.opening, seal.public_keys)
    with box.store() as store:
        found = [box.box.record_in(unsealer.unseal(holders_part(p))) for p in store.payloads()]
    rows = [box.codec.row(record) for record in found if record is not None]
    assert len(rows[0]) == len(ITEMS)
    return sorted("".join(str(byte + 1) for byte in row) for row in rows)
