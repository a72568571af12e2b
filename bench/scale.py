"""What one more respondent costs, in processor time and bytes: the figures of docs/scale.md.

    python3 dev.py bench scale [--people 5000]

Processor time of this process and its children, because it changes least on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import boxes
import disclosure
import measure
import sealed
from measure import ROOT

from imfsurvey.store.batches import Batches
from imfsurvey.store.boxes import BoxStore
from imfsurvey.study.boxes import answers_box, box_folder, response_store
from imfsurvey.study.unsealing import microdata_of


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    before = os.times()
    work()
    after = os.times()
    return 1000 * (sum(after[:4]) - sum(before[:4]))


def costs(folder: Path, people: int) -> list[list[str]]:
    """What is done once for each respondent, in microseconds and bytes."""
    store = sealed.Submit(folder)
    store.fill(people, people)
    some = max(people // 10, 1)
    sealing = cpu(lambda: [store.sealed() for _ in range(some)]) / some
    submitting = cpu(lambda: [store.add() for _ in range(some)]) / some
    box = box_folder(answers_box(store.wave, store.survey))
    held = sum(path.stat().st_blocks * 512 for path in box.iterdir()) / (people + some)
    batches = Batches(sealed.SECRETS[:1], "any_of", store.wave.seal.public_keys)
    unsealing = cpu(lambda: microdata_of(store.wave, store.survey, batches)) / (people + some)
    other = BoxStore(folder / "other", boxes.SLOT)
    other.reserve(people)
    boxes.fill_slots(folder / "other", sealed.Append.payload, people)
    with response_store(answers_box(store.wave, store.survey)) as mine:
        merging = cpu(lambda: mine.merge(other)) / people
    rows = [
        ("encode and seal", sealing),
        ("send: seal and store durably", submitting),
        ("merge into another box", merging),
        ("unseal and decode", unsealing),
    ]
    told = [[what, f"{1000 * took:,.0f} µs"] for what, took in rows]
    return [*told, ["room in the box, reserved slots included", f"{held:,.0f} bytes"]]


def audits() -> list[list[str]]:
    """Processor time of one audit and of a release by unit, growing."""
    found = []
    for people, units in disclosure.SIZES:
        cells = disclosure.people_in(people, units)
        one = cpu(lambda cells=cells: disclosure.audit(cells, 1))
        whole = cpu(lambda cells=cells, units=units: disclosure.released(cells, units, 1, 40))
        found.append([f"{people:,} / {units}", f"{one / 1000:.2f} s", f"{whole / 1000:.2f} s"])
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=ROOT, prefix="bench-") as folder:
        rows = costs(Path(folder), wanted.people)
    print(measure.table(["for each respondent", "cost"], rows), end="\n\n")
    head = ["people / units", "one audit", "a release of 40 statements"]
    print(measure.table(head, audits()))


if __name__ == "__main__":
    main()
