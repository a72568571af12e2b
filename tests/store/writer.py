"""A program that fills a box folder and says on stdout, one line each, what is confirmed.

    writer.py FOLDER SLOT_SIZE SEGMENT_SLOTS COUNT [SEED]

COUNT 0: until killed. With a SEED the ids are always the same ones, in an order of one's own.
"""

import hashlib
import itertools
import os
import random
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

from imfsurvey.store.boxes import BoxStore


def payload_of(response_id: uuid.UUID) -> bytes:
    """A payload that can be checked knowing the id only."""
    return hashlib.sha256(response_id.bytes).digest() * 3


def main(folder: str, slot_size: str, segment_slots: str, count: str, seed: str = "") -> None:
    """Add responses and confirm each on stdout."""
    store = BoxStore(Path(folder), int(slot_size), int(segment_slots))
    ids: Iterator[uuid.UUID] = (uuid.uuid4() for _ in itertools.count())
    if seed:
        source = random.Random(seed)
        fixed = [uuid.UUID(int=source.getrandbits(128), version=4) for _ in range(int(count))]
        random.shuffle(fixed)
        ids = iter(fixed)
    for response_id in itertools.islice(ids, int(count) or None):
        store.add(response_id, payload_of(response_id))
        os.write(1, f"{response_id.hex}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
