"""Processes that fill a box on a server and say on stdout, one line each, what is confirmed.

    writer.py PROCESSES URL BOX COUNT [SEED]

The libraries are loaded once, the processes are copies made before a store exists. Each adds
COUNT responses. With a SEED the ids are always the same ones, in an order of one's own.
"""

import os
import random
import sys
import uuid

from imfsurvey.store.postgresql.store import PostgresStore


def payload_of(response_id: uuid.UUID) -> bytes:
    """A payload that can be checked knowing the id only."""
    return response_id.bytes * 40


def ids(count: int, seed: str) -> list[uuid.UUID]:
    """Random ids, or those of the seed in random order."""
    if not seed:
        return [uuid.uuid4() for _ in range(count)]
    source = random.Random(seed)
    fixed = [uuid.UUID(int=source.getrandbits(128), version=4) for _ in range(count)]
    random.shuffle(fixed)
    return fixed


def write(url: str, box: str, count: int, seed: str) -> None:
    """Add responses and confirm each on stdout."""
    store = PostgresStore(url, box)
    store.reserve(count)
    for response_id in ids(count, seed):
        store.add(response_id, payload_of(response_id))
        os.write(1, f"{response_id.hex}\n".encode())
    store.close()


def main(processes: str, url: str, box: str, count: str, seed: str = "") -> None:
    """Start the processes, and fail when one of them did."""
    children = []
    for _ in range(int(processes)):
        child = os.fork()
        if not child:
            random.seed()
            write(url, box, int(count), seed)
            return
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * len(children)


if __name__ == "__main__":
    main(*sys.argv[1:])
