"""A program that does one thing with a box folder, to be killed at any of its system calls.

    steps.py add FOLDER ID | steps.py reserve FOLDER | steps.py merge FOLDER OTHER

Says on stdout "begin" just before, and "done" when the store has confirmed it.
"""

import os
import sys
import uuid
from pathlib import Path

from imfsurvey.store.boxes import BoxStore

FRAME = (256, 16)


def main(kind: str, folder: str, argument: str = "") -> None:
    """Do it."""
    store = BoxStore(Path(folder), *FRAME)
    other = BoxStore(Path(argument), *FRAME)
    os.write(1, b"begin\n")
    if kind == "add":
        store.add(uuid.UUID(argument), b"the one")
    elif kind == "reserve":
        store.reserve(30)
    else:
        store.merge(other)
    os.write(1, b"done\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
