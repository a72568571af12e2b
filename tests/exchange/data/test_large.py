"""A large survey: 10,000 responses to 60 statements, in a process of its own to see its memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

MIB = 1024
PROGRAM = """
import json, random, re, sys
from pathlib import Path
from imfsurvey.exchange.data.codebook import Category, Codebook, Table, Variable, missing_values
from imfsurvey.exchange.data.delivery import deliver
from imfsurvey.exchange.data.formats.separated import SpreadsheetCsv
from imfsurvey.exchange.data.formats.workbook import Workbook
from imfsurvey.i18n.catalogue import translator

rng = random.Random(1)
categories = tuple(Category(n, f"D'accord {n}", n) for n in range(1, 6))
categories += tuple(Category(n, name, status=name) for name, n in missing_values(1).items())
values = [one.value for one in categories]
variables = tuple(
    Variable(f"v{n}", f"Question {n}", "category", categories=categories) for n in range(60)
)
table = Table(
    "large",
    Codebook("Large", "fr", (), "large 1", variables),
    tuple(rng.choices(values, k=10_000) for _ in variables),
)
kinds = (SpreadsheetCsv(), Workbook(translator("fr")))
files = [deliver(table, kind, Path(sys.argv[1])) for kind in kinds]
print(json.dumps({
    "shapes": [[one.rows, one.columns] for one in files],
    "alike": len({one.checksum for one in files}),
    # Not ru_maxrss, which a program inherits from the one that starts it.
    "memory": int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]),
}))
"""


def test_ten_thousand_responses(tmp_path: Path) -> None:
    """Each file read back with all its rows and the same values, in less than 400 MiB."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["shapes"] == [[10_000, 60]] * 2
    assert told["alike"] == 1
    assert told["memory"] < 400 * MIB
    assert len((tmp_path / "large.fr.csv").read_bytes().splitlines()) == 10_001
