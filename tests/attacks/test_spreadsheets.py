"""Row 25: an answer that is a formula stays a text, in whatever a spreadsheet opens."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from collected import EVIDENCE, make_study, rate_kinds
from commandline import in_process

from imfsurvey.interview import Interview
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.kinds import Rater

FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How spreadsheets know a formula that is typed or read from CSV."""
WRITTEN = (
    EVIDENCE,
    "+32 2 123 45 67",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1;1)",
    " =1+1",
    "＝1+1",
)
"""What the six of them wrote; each is answered in a wave of its own rater."""


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A self-assessment with formulas in every place where one can write, as files."""
    study, wave = make_study(tmp_path / "zone", "kinds.yaml")
    rate_kinds(wave)
    questionnaire = wave.questionnaire("kinds")
    raters: tuple[Rater, ...] = ("mandatary", "other", "external")
    for rater, evidence, remark in zip(raters, WRITTEN[::2], WRITTEN[1::2], strict=True):
        interview = Interview(questionnaire, wave.framework, "fr")
        interview.record("sa_code", "answered", 1)
        interview.note("sa_code", "evidence", evidence)
        interview.note("sa_code", "comment", remark)
        interview.record("remark", "answered", evidence)
        Assessment(wave).save(questionnaire, rater, interview)
    ran = in_process("--study", study.folder, "export", wave.id, "--format", "csv,xlsx")
    assert ran.code == 0, ran.err
    return study.folder / "exports"


def cells_of(path: Path, delimiter: str) -> list[str]:
    """Every cell of a CSV file."""
    text = path.read_bytes().decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [cell for row in rows for cell in row]


def is_number(text: str) -> bool:
    """Whether a spreadsheet reads it as a number."""
    return re.fullmatch(r"-?\d+(,\d+)?", text) is not None


def test_no_cell_of_the_spreadsheet_file_is_a_formula(exported: Path) -> None:
    """Every text that begins like one has a mark before it; numbers such as -9 have none."""
    cells = cells_of(exported / "2026-zero-kinds.en.csv", ";")
    assert [cell for cell in cells if FORMULA.match(cell) and not is_number(cell)] == []
    assert f"'{EVIDENCE}" in cells and "-9" in cells
    marked = [cell[1:] for cell in cells if cell.startswith("'")]
    assert {text.strip() for text in WRITTEN} <= set(marked)


def test_the_control_has_formulas(exported: Path) -> None:
    """The raw file, which is for programs: the same answers stand there bare."""
    cells = cells_of(exported / "2026-zero-kinds.en.raw.csv", ",")
    found = {cell for cell in cells if FORMULA.match(cell) and not is_number(cell)}
    assert found == {text.strip() for text in WRITTEN}


def test_no_cell_of_the_workbook_is_a_formula(exported: Path, tmp_path: Path) -> None:
    """Not one element <f> in any sheet; XlsxWriter's usual way gives one for the same text."""
    assert formulas_in(exported / "2026-zero-kinds.en.xlsx") == 0
    control = tmp_path / "control.xlsx"
    book = xlsxwriter.Workbook(str(control))
    book.add_worksheet().write(0, 0, EVIDENCE)
    book.close()
    assert formulas_in(control) == 1


def formulas_in(path: Path) -> int:
    """How many formulas the sheets of a workbook have."""
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    return sum(sheet.count(b"<f>") for sheet in sheets)
