"""A program that kills copies of itself (SIGKILL) at each step of a submission with a ticket.

    ticket_steps.py STUDY WAVE CODE

A copy is killed at its first audit event, the next at its second, until one comes through. Says
for each, as JSON, what was confirmed and stored, and what then comes of answering with the ticket
once more.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from copies import STEPS, killed_copies

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview import Answer
from imfsurvey.study.boxes import Submission, boxes_of, response_store, submit, ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

ANSWERS = {
    "category": Answer("answered", "ops"),
    "wish": Answer("answered", "Un texte"),
}


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
    for ended, confirmed in killed_copies(wave, kept, kill_at, lambda: answer(wave, code)):
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


if __name__ == "__main__":
    wave = Study(Path(sys.argv[1])).wave(sys.argv[2])
    for line in killed_everywhere(wave, sys.argv[3], Path(sys.argv[1]) / "kept"):
        print(json.dumps(line))
