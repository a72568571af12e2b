"""A program that changes a desk until killed and says on stdout what is confirmed.

    transactions.py FILE

Each transaction writes the same number into two tables, so half a transaction can be seen.
"""

import itertools
import os
import sys
from pathlib import Path

from imfsurvey.store.desk import Desk

PADDING = "x" * 20_000  # several pages, so that a write in place could be cut


def main(path: str) -> None:
    """Count up, confirming each number."""
    desk = Desk(Path(path))
    first = max((document["n"] for document in desk.read().table("one")), default=0) + 1
    for number in itertools.count(first):
        with desk.transaction() as database:
            for table in ("one", "two"):
                database.table(table).truncate()
                database.table(table).insert({"n": number, "text": PADDING[number % 7000 :]})
        os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
