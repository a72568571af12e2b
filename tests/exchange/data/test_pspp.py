"""The SPSS files as PSPP reads them: a statistics program that is not ours."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest
from collected import subject_of, unsealed
from commandline import in_process

from imfsurvey.exchange.data.tables import coded_parts
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

NAME = "2026-zero-anonymous-microdata-CONFIDENTIAL.fr"
VARIABLES = ("category", "example_given", "seen", "what.gifts", "told.chief", "trusted.other")
BYTES = {"blank": 255, "dk": 251, "refused": 253, "na": 252, "not_shown": 254}

Frequencies = dict[tuple[str, str, bool], int]
"""How often, by label of the variable, label of the value, and whether it is user-missing."""


def frequencies(folder: Path, opening: str) -> Frequencies:
    """What PSPP counts."""
    syntax, out = folder / "job.sps", folder / "out.csv"
    syntax.write_text(f"{opening}\nFREQUENCIES /VARIABLES={' '.join(VARIABLES)}.\n", "utf-8")
    command = ["pspp", "--no-statrc", "-o", str(out), "-O", "format=csv", str(syntax)]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr + done.stdout
    found: Frequencies = {}
    variable, group = "", ""
    for row in csv.reader(out.read_text("utf-8").splitlines()):
        if row and row[0].startswith("Table: "):
            variable = row[0].removeprefix("Table: ")
        elif variable != "Statistics" and row and row[0] in ("Valid", "Missing", "") and row[1]:
            group = row[0] or group
            found[variable, row[1], group == "Missing"] = int(row[2])
    return found


def held(wave: Wave) -> Frequencies:
    """The same, counted byte by byte in the unsealed records."""
    found: Frequencies = {}
    data = unsealed(wave)
    parts = coded_parts(subject_of(wave, "anonymous", "fr"))
    for variable in (one for part in parts for one in part.variables):
        column = data.columns[variable.name]
        codes = data.codes[variable.name]
        for one in variable.categories:
            byte = BYTES[one.status] if one.missing else codes.index(one.code or 0)
            if variable.name in VARIABLES and column.count(byte):
                found[variable.label, one.label, one.missing] = column.count(byte)
    return found


@pytest.mark.system
def test_the_same_frequencies_from_both_files(
    collected: tuple[Study, Wave], tmp_path: Path
) -> None:
    """Syntax with CSV and .sav give the counts of the sealed box; statuses are user-missing."""
    study, wave = collected
    words = ("anonymous", "--microdata", "--yes", "--format", "sps,sav", "--out", tmp_path)
    assert in_process("--study", study.folder, "export", wave.id, *words, lang="fr").code == 0
    expected = held(wave)
    assert len(expected) > 20 and any(missing for _, _, missing in expected)
    assert frequencies(tmp_path, f"INSERT FILE='{NAME}.sps'.") == expected
    assert frequencies(tmp_path, f"GET FILE='{NAME}.sav'.") == expected
