"""Counts of group x item x value of a matrix in a file, one byte an answer, by one of four ways.

    python counts.py ours|numpy|polars|pandas FILE ITEMS GROUPS

The first column is the group, the others have the values 0 to 4. It prints the sum of the squares
of all counts, so that one can see that all ways count the same, and its peak memory in megabytes:
what the system tells of an ended process counts the one that it was forked from, too.
"""

import sys
from pathlib import Path
from typing import NamedTuple

MISSING = 77
VALUES = 5
PIECE = 1_000
"""Rows that are read at a time."""


class Variable(NamedTuple):
    """What counting needs to know of one."""

    name: str
    codes: tuple[int, ...]


def by_ours(path: Path, items: int, groups: int) -> int:
    """As the program does it: rows to columns, then the cells of the groups."""
    from imfsurvey.analysis.microdata import Microdata
    from imfsurvey.analysis.tally import places, tallies

    width = items + 1
    variables = [Variable(f"v{place}", tuple(range(VALUES))) for place in range(width)]
    with path.open("rb") as file:
        data = Microdata.from_rows(variables, iter(lambda: file.read(width * PIECE), b""))
    where = places(data.columns["v0"])
    return sum(
        count * count
        for name in list(data.columns)[1:]
        for tally in tallies(where, groups, data.columns[name])
        for count in tally.values()
    )


def by_numpy(path: Path, items: int, groups: int) -> int:
    """A count cube."""
    import numpy as np

    matrix = np.fromfile(path, np.uint8).reshape(-1, items + 1)
    group = matrix[:, 0].astype(np.int64) * VALUES
    cube = np.stack(
        [
            np.bincount(group + matrix[:, place], minlength=groups * VALUES)
            for place in range(1, items + 1)
        ]
    )
    return int((cube * cube).sum())


def by_polars(path: Path, items: int, groups: int) -> int:
    """Group and count, item by item, all in one plan."""
    import numpy as np
    import polars as pl

    matrix = np.fromfile(path, np.uint8).reshape(-1, items + 1)
    frame = pl.DataFrame({f"v{place}": matrix[:, place] for place in range(items + 1)})
    counted = pl.collect_all(
        [
            frame.lazy()
            .group_by("v0", f"v{place}")
            .len()
            .select((pl.col("len").cast(pl.Int64) ** 2).sum())
            for place in range(1, items + 1)
        ]
    )
    return sum(int(one.item()) for one in counted)


def by_pandas(path: Path, items: int, groups: int) -> int:
    """Group and count, item by item."""
    import numpy as np
    import pandas as pd

    frame = pd.DataFrame(np.fromfile(path, np.uint8).reshape(-1, items + 1))
    return sum(
        int((frame.groupby([0, place], sort=False).size() ** 2).sum())
        for place in range(1, items + 1)
    )


def peak() -> float:
    """The most memory that this program ever held."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


WAYS = {"ours": by_ours, "numpy": by_numpy, "polars": by_polars, "pandas": by_pandas}

if __name__ == "__main__":
    way, file, items, groups = sys.argv[1:]
    try:
        print(WAYS[way](Path(file), int(items), int(groups)))
        print(peak())
    except ModuleNotFoundError as fault:
        print(fault, file=sys.stderr)
        sys.exit(MISSING)
