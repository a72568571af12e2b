"""A program that kills copies of itself (SIGKILL) at each step behind the last word of a closing.

    closing_steps.py STUDY WAVE CODE

The last word is wave.yaml, which says that the wave is closed. A copy is killed at its first audit
event after that, the next three later (`EACH`), until one comes through. Says for each, as JSON,
what lay beside the boxes then, and what still does once a key holder has unsealed the wave.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from copies import STEPS, killed_copies
from draft_steps import put
from keyholders import SECRETS
from ticket_steps import ANSWERS
from zone import CLOSED, rate

from imfsurvey.interview import Interview
from imfsurvey.store.seal import new_key
from imfsurvey.study.folder import Study
from imfsurvey.study.importing import import_responses
from imfsurvey.study.keying.batch import Batch
from imfsurvey.study.life import close_wave
from imfsurvey.study.merging import merge
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave

EACH = 3
"""Steps from one kill to the next: each of them takes a closing and an unsealing."""


def filled(study: Study, wave: Wave, code: str) -> None:
    """Everything that may lie beside the boxes of an open wave."""
    laptop = Study(shutil.copytree(study.folder, study.folder.with_name("laptop")))
    survey = wave.questionnaire("anonymous")
    said = Interview(survey, wave.framework, "fr", groups=wave.groups, answers=ANSWERS).response()
    import_responses(laptop.wave(wave.id), survey, [said] * 6)
    close_wave(laptop, laptop.wave(wave.id), CLOSED)
    (taken,) = merge(study, laptop.folder)
    assert not taken.problems
    import_responses(wave, survey, [said] * 3)
    secret, _ = new_key()
    Batch(wave, survey, (secret, secret.encode())).save()
    put(wave, code, ANSWERS)
    rate(wave, {"sa_code": 3})


def beside(wave: Wave) -> list[str]:
    """What is there of it."""
    names = ("merged/*.txt", "drafts/*", "keying/*.json", "assessment.json")
    found = [name for name in names if any(wave.folder.glob(name))]
    record = wave.folder / "imports" / "imports.yaml"
    return [*found, *(["digest"] if "digest:" in record.read_text("utf-8") else [])]


def kill_after_closing(number: int) -> None:
    """Die at that event behind the renaming that closes the wave."""
    left = iter(range(1, number))
    closed: list[str] = []

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event not in STEPS:
            return
        if closed and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        if event == "os.rename" and str(arguments[1]).endswith("/wave.yaml"):
            closed.append(event)

    sys.addaudithook(count)


def killed_everywhere(study: Study, wave: Wave) -> Iterator[Mapping[str, object]]:
    """What came of each copy."""

    def close() -> None:
        close_wave(study, study.wave(wave.id), CLOSED, sealing_named=True)

    for ended, _ in killed_copies(wave, study.folder / "kept", kill_after_closing, close, EACH):
        closed = study.wave(wave.id)
        then, status = beside(closed), closed.file.status
        figures = unseal_wave(closed, [SECRETS["officer"]]).figures
        yield {
            "ended": ended,
            "status": status,
            "then": then,
            "left": beside(closed),
            "counted": figures.collected[0].counted,
        }


def main(folder: str, name: str, code: str) -> None:
    """Close again and again."""
    study = Study(Path(folder))
    wave = study.wave(name)
    filled(study, wave, code)
    for line in killed_everywhere(study, wave):
        print(json.dumps(line))


if __name__ == "__main__":
    main(*sys.argv[1:])
