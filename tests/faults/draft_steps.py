"""A program that kills copies of itself (SIGKILL) at each step of something done with a draft.

    draft_steps.py STUDY WAVE CODE aside|send|close

A copy is killed at its first audit event, the next at its second, until one comes through. Says
for each, as JSON, what was confirmed, what is stored, and what the holder of the ticket finds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from copies import STEPS, killed_copies
from ticket_steps import ANSWERS, stored
from zone import CLOSED

from imfsurvey.faces.sitting import AnonymousSitting
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview import Interview
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.drafts import DRAFTS
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave
from imfsurvey.study.wave import Wave

EARLIER = {"category": ANSWERS["category"]}
"""What was put aside before; what is put aside or sent now is `ANSWERS`."""


def sitting(wave: Wave, code: str) -> AnonymousSitting:
    """Somebody enters the ticket."""
    survey = wave.questionnaire("anonymous")
    return AnonymousSitting(wave, survey, "fr", ticket_book(wave).check(code), drafts=True)


def saying(one: AnonymousSitting, answers: Mapping[str, object]) -> AnonymousSitting:
    """Somebody who has given these answers."""
    was = one.interview
    one.interview = Interview(
        was.questionnaire, was.framework, "fr", groups=was.groups, answers=dict(answers)
    )
    return one


def put(wave: Wave, code: str, answers: Mapping[str, object]) -> None:
    """Put answers aside."""
    one = saying(sitting(wave, code), answers)
    assert one.aside is not None
    one.aside.put(one.interview)


def found(wave: Wave, code: str) -> str:
    """What the holder of the ticket goes on with, or why not."""
    try:
        one = sitting(wave.like(), code)
    except RefusedError as error:
        return error.code
    assert one.aside is not None and one.aside.fault is None
    told = {(): "nothing", tuple(EARLIER): "earlier", tuple(ANSWERS): "now"}
    return told[tuple(one.interview.answers)]


def kill_near(number: int, near: Sequence[str]) -> None:
    """Die at that event among those of files whose path holds one of some words."""
    left = iter(range(1, number))

    def count(event: str, arguments: tuple[object, ...]) -> None:
        here = event in STEPS and any(one in str(arguments[0]) for one in near)
        if here and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def killed_everywhere(
    study: Study, wave: Wave, code: str, act: Callable[[], None], near: Sequence[str]
) -> Iterator[Mapping[str, object]]:
    """What came of each copy."""
    kept = study.folder / "kept"
    for ended, confirmed in killed_copies(wave, kept, lambda number: kill_near(number, near), act):
        yield {
            "ended": ended,
            "confirmed": confirmed,
            "stored": stored(wave),
            "found": found(wave, code),
            "status": wave.like().file.status,
            "files": sorted(path.name for path in (wave.folder / DRAFTS).glob("*")),
        }


def main(folder: str, name: str, code: str, what: str) -> None:
    """Do one thing again and again."""
    study = Study(Path(folder))
    wave = study.wave(name)
    put(wave, code, EARLIER)
    acts: dict[str, Callable[[], None]] = {
        "aside": lambda: put(wave, code, ANSWERS),
        "send": lambda: saying(sitting(wave, code), ANSWERS).finish(),
        "close": lambda: close_wave(study, wave, CLOSED) and None,
    }
    near = ("wave.yaml", "closing.yaml", f"/{DRAFTS}") if what == "close" else ("",)
    for line in killed_everywhere(study, wave, code, acts[what], near):
        print(json.dumps(line))


if __name__ == "__main__":
    main(*sys.argv[1:])
