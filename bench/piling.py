"""Whether anything piles up in a process: what the system says of it, in two quarters of a day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Look(NamedTuple):
    """A process at one moment."""

    megabytes: float
    files: int
    orphans: int
    """Children that ended and were not waited for."""


def look(pid: int) -> Look:
    """What the system says of a process."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    # Its own memory: a box that is being looked through is mapped for a moment, and no leak.
    memory = int(status.partition("RssAnon:")[2].split()[0]) / 1024
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return Look(
        memory, len(list(Path(f"/proc/{pid}/fd").iterdir())), sum(map(_is_zombie, children))
    )


def _is_zombie(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return False


class Verdict(NamedTuple):
    """What a long process held in the second and in the last quarter of the day."""

    name: str
    second: Look
    last: Look

    @property
    def flat(self) -> bool:
        """Whether nothing piled up."""
        room = max(0.05 * self.second.megabytes, 2)
        return (
            self.last.megabytes <= self.second.megabytes + room
            and self.last.files <= self.second.files
            and not self.last.orphans
        )


def most(looks: Sequence[Look]) -> Look:
    """The most memory and orphans; of files the fewest, those between two crowds of browsers:
    one that is never closed counts there, too."""
    memory, files, orphans = zip(*looks, strict=True)
    return Look(max(memory), min(files), max(orphans))


def judged(name: str, looks: Sequence[Look]) -> Verdict:
    """The second quarter beside the last."""
    quarter = max(len(looks) // 4, 1)
    return Verdict(name, most(looks[quarter : 2 * quarter]), most(looks[-quarter:]))
