"""Looking at a folder that calls itself a box, such as one from a stick: what in it is none."""

from __future__ import annotations

import re
from pathlib import Path

from imfsurvey.store import Damage, slots
from imfsurvey.store.segments import LOCK_NAME, Segment

QUARANTINE = "quarantine"
"""Folder inside the box folder for the bytes of damaged slots that were blanked."""

SEGMENT_NAME = re.compile(r"seg-[0-9a-f]{16}\.json")


def damages(folder: Path, slot_size: int) -> list[Damage]:
    """What of a folder is no sound box with slots of that size (bytes): see `BoxStore.check`."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        names = []
    found = [d for name in names if not _is_beside(name) for d in _of(folder / name, slot_size)]
    if not any(SEGMENT_NAME.fullmatch(name) for name in names):
        found.append(Damage(folder.name, None))
    return found


def _of(path: Path, slot_size: int) -> list[Damage]:
    if not SEGMENT_NAME.fullmatch(path.name):
        return [Damage(path.name, None)]
    try:
        contents = Segment(path, slot_size).contents()
        with path.open("rb") as file:
            frame = slots.frame_of(file.read(slots.LARGEST_SLOT))
    except OSError:
        return [Damage(path.name, None)]
    if frame is not None and frame.slot_size != slot_size:
        return [Damage(path.name, None)]
    return [Damage(path.name, slot) for slot in contents.damaged]


def _is_beside(name: str) -> bool:
    """Whether it belongs into a box folder and is no segment: an unfinished one, too."""
    return name in (LOCK_NAME, QUARANTINE) or bool(
        name.endswith(".tmp") and SEGMENT_NAME.fullmatch(name.removesuffix(".tmp"))
    )
