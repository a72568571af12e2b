"""Rows 4 and 5: somebody with the rights of an administrator compares copies of the boxes. This
cannot be prevented; here its size is measured, as docs/anonymity.md states it."""

from __future__ import annotations

import math
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from asking import make_asking, write
from zone import SAMPLES

from imfsurvey.interview.comments import Comment
from imfsurvey.study.boxes import answers_box, box_folder, comments_box
from imfsurvey.study.sealed import Box
from imfsurvey.study.wave import Wave

PEOPLE = 12
DOC = SAMPLES.parents[1] / "docs" / "anonymity.md"
PAGE = 4096
"""Bytes that a disk writes at least."""


def boxes(wave: Wave) -> tuple[Box, Box]:
    """Answers and texts."""
    (survey,) = wave.questionnaires.values()
    apart = comments_box(wave, survey)
    assert apart is not None
    return answers_box(wave, survey), apart


def ids_in(folder: Path) -> set[int]:
    """The ids that stand in a copy of a box: what can be read without any key."""
    raw = b"".join(path.read_bytes() for path in folder.glob("seg-*.json"))
    return {int(one) for one in re.findall(rb'"(\d{20,})"', raw)}


class Copier:
    """Copies both boxes again and again, and notes what was not there before."""

    def __init__(self, wave: Wave, place: Path) -> None:
        self._folders, self._place = [box_folder(box) for box in boxes(wave)], place
        self._known: set[int] = set()
        self.seen: list[set[int]] = []
        """By copy: ids of answers and of texts that are new in it."""

    def copy(self) -> None:
        """Once more."""
        found: set[int] = set()
        for folder in self._folders:
            shutil.copytree(folder, self._place / f"{len(self.seen)}-{folder.name}")
            found |= ids_in(self._place / f"{len(self.seen)}-{folder.name}")
        self.seen.append(found - self._known)
        self._known |= found


def orders_left(batches: Sequence[int]) -> int:
    """In how many orders people may have come, when it is known who came in which batch."""
    return math.prod(math.factorial(batch) for batch in batches)


# By hand: 12! = 479001600 orders, log2 of which is 28.8 bits. A copy after each person leaves one
# order. After each third 3!^4 = 6^4 = 1296 (10.3 bits), after each fourth 4!^3 = 24^3 = 13824
# (13.8 bits), after each sixth 6!^2 = 720^2 = 518400 (19.0 bits), and a single copy leaves all.
LEFT = {
    1: (1, 0.0),
    3: (1296, 10.3),
    4: (13_824, 13.8),
    6: (518_400, 19.0),
    12: (479_001_600, 28.8),
}


@pytest.mark.parametrize("every", LEFT)
def test_what_copies_tell_of_the_order(every: int, tmp_path: Path) -> None:
    """Row 4: twelve people, a copy after every so many. Whoever compares the copies knows of each
    response in which interval it came, nothing within an interval; and a text is tied to the
    answers that came between the same two copies: to one at 1, to one of four at 4."""
    wave = make_asking(tmp_path / "zone")[1]
    copier = Copier(wave, tmp_path / "copies")
    people: list[tuple[int, int]] = []
    for number in range(PEOPLE):
        text = f"Un mot {number}"
        submission = write(wave, wish=text)
        text_id = submission.text_id(Comment("wish", "text", text))
        people.append((submission.answers_id.int, text_id.int))
        if (number + 1) % every == 0:
            copier.copy()
    for place, seen in enumerate(copier.seen):
        came = people[place * every : (place + 1) * every]
        assert seen == {one for person in came for one in person}
    answers = {person[0] for person in people}
    batches = [len(seen & answers) for seen in copier.seen]
    orders, bits = LEFT[every]
    assert orders_left(batches) == orders
    assert round(math.log2(orders), 1) == bits
    assert {len(seen - answers) for seen in copier.seen} == {every}


def test_what_the_old_blocks_tell(tmp_path: Path) -> None:
    """Row 5: storing a response changes one page of the answers, and one of the texts for each
    text. An expert who recovers every old page of an SSD has what copies after each person show:
    28.8 bits for twelve people, and no more."""
    wave = make_asking(tmp_path / "zone")[1]
    files = [next(box_folder(box).glob("seg-*.json")) for box in boxes(wave)]
    before = [path.read_bytes() for path in files]
    for number in range(PEOPLE):
        write(wave, wish=f"Un mot {number}")
        after = [path.read_bytes() for path in files]
        for old, new in zip(before, after, strict=True):
            assert len(old) == len(new)
            starts = range(0, len(old), PAGE)
            changed = [at for at in starts if old[at : at + PAGE] != new[at : at + PAGE]]
            assert len(changed) == 1
        before = after


def test_the_manual_states_the_size() -> None:
    """The figures of the table are those computed here."""
    text = DOC.read_text("utf-8")
    for every, (orders, bits) in LEFT.items():
        assert (
            f"| {every} | {orders:,} | {bits} | {round(28.8 - bits, 1)} | one of {every} |" in text
        )
