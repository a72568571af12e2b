"""A program that kills copies of itself (SIGKILL) at each step of a submission with a ticket.

    ticket_steps.py STUDY WAVE CODE

A copy is killed at its first audit event ("open", "os.rename" and so on: what Python tells of
before it asks the system), the next at its second, until one comes through. Says for each, as
JSON, what was confirmed and stored, and what then comes of answering with the ticket again.
"""

import itertools
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview import Answer
from imfsurvey.study.boxes import Submission, boxes_of, response_store, submit, ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

ANSWERS = {
    "category": Answer("answered", "ops"),
    "wish": Answer("answered", "Un texte"),
}

STEPS = ("open", "os.rename", "os.remove", "os.utime", "fcntl.flock")


def answer(wave: Wave, code: str) -> None:
    """Answer with the ticket."""
    ticket = ticket_book(wave).check(code)
    submit(wave, wave.questionnaire("anonymous"), Submission(), ANSWERS, ticket)


def kill_at(number: int) -> None:
    """Die at that event, counted from now on."""
    left = iter(range(1, number))

    def count(event: str, _arguments: object) -> None:
        if event in STEPS and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def stored(wave: Wave) -> list[int]:
    """Tickets used, answers and texts stored, damaged places."""
    wave.stores.clear()
    counts, damaged = [ticket_book(wave).counts().used], 0
    for box in boxes_of(wave, wave.questionnaire("anonymous")):
        with response_store(box) as store:
            counts.append(store.count())
            damaged += len(store.damaged())
    return [*counts, damaged]


def killed_everywhere(wave: Wave, code: str, kept: Path) -> Iterator[Mapping[str, object]]:
    """What came of each copy."""
    shutil.copytree(wave.folder, kept)
    for number in itertools.count(1):
        shutil.rmtree(wave.folder)
        shutil.copytree(kept, wave.folder)
        wave.stores.clear()
        heard, confirm = os.pipe()
        child = os.fork()
        if not child:
            kill_at(number)
            answer(wave, code)
            os.write(confirm, b"stored")
            os._exit(0)
        os.close(confirm)
        confirmed = os.read(heard, 6) == b"stored"
        os.close(heard)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        found = stored(wave)
        try:
            answer(wave, code)
            again = "stored"
        except RefusedError as error:
            again = error.code
        yield {
            "ended": ended,
            "confirmed": confirmed,
            "stored": found,
            "again": again,
            "then": stored(wave),
        }
        if not ended:
            return


if __name__ == "__main__":
    wave = Study(Path(sys.argv[1])).wave(sys.argv[2])
    for line in killed_everywhere(wave, sys.argv[3], Path(sys.argv[1]) / "kept"):
        print(json.dumps(line))
