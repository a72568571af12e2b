"""A submission with a ticket, killed between its steps, and two programs with one ticket."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from faults.killing import killed_at_every_step
from zone import OPENED, make_zone

from imfsurvey.study.life import open_wave
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
from imfsurvey.study.wave import Wave


@pytest.fixture
def wave(tmp_path: Path) -> Wave:
    """An open wave whose survey also asks for a free text."""
    study = make_zone(tmp_path / "zone")
    draft = study.new_wave("zero", 2026, questionnaires=("assessment.yaml", "anonymous.yaml"))
    return open_wave(study, draft, OPENED)


def test_killed_at_every_step(wave: Wave) -> None:
    """First the ticket, then the answers, then the texts, whatever happens: a kill may spoil a
    ticket and never gives two responses for one."""
    (code,) = TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(1)
    study = wave.folder.parent.parent
    *killed, last = killed_at_every_step("ticket_steps.py", study, wave.id, code)
    for one in killed:
        used, answers, texts, damaged = one["stored"]
        assert texts <= answers <= used <= 1 and damaged == 0
        assert not one["confirmed"] or texts == 1
        if used:
            assert (one["again"], one["then"]) == ("IMF-T194", one["stored"])
        else:  # the ticket is still good, and nothing left behind is in its way
            assert (one["again"], one["then"]) == ("stored", [1, 1, 1, 0])
    assert last["confirmed"] and last["stored"] == [1, 1, 1, 0]
    seen = Counter(tuple(one["stored"][:3]) for one in killed)
    assert seen.keys() >= {(0, 0, 0), (1, 0, 0), (1, 1, 0)}
    print(f"killed at {len(killed)} steps: {dict(seen)}")


RACER = """
import sys
from pathlib import Path
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.tickets import TicketBook
book = TicketBook(Path(sys.argv[1]))
tickets = [book.check(code) for code in sys.argv[2:]]
print("ready", flush=True)
sys.stdin.readline()
won = 0
for ticket in tickets:
    try:
        book.use(ticket)
        won += 1
    except RefusedError as error:
        assert error.code == "IMF-T194", error
print(won, flush=True)
"""


def test_two_programs_with_one_ticket(tmp_path: Path) -> None:
    """Both have checked all of 40 tickets and use them at the same time: each ticket wins once."""
    book = TicketBook(tmp_path / TICKETS_FILE, cost=16)
    codes = book.issue(40)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, book.path, *codes],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    won = [int(program.communicate()[0]) for program in programs]
    assert sum(won) == 40 == book.counts().used
    assert [program.returncode for program in programs] == [0, 0]
