"""Every code of an error is explained in docs/errors.md, and nothing else is."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"IMF-[A-Z]\d{3}")
ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
    for line in (ROOT / "docs" / "errors.md").read_text("utf-8").splitlines()
    if line.startswith("| IMF-")
]
LOWER_ROOMS = ("source", "framework", "questionnaire", "interview")


def codes_in(folder: Path) -> set[str]:
    """The codes that texts of a folder's modules are, or begin with."""
    return {
        found.group()
        for file in folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (found := CODE.match(node.value))
    }


def test_source_and_documentation_have_the_same_codes() -> None:
    """None is undocumented, none is documented that nobody raises."""
    documented = Counter(row[0] for row in ROWS)
    assert set(documented) == codes_in(ROOT / "src")
    assert max(documented.values()) == 1


def test_codes_are_documented_in_order() -> None:
    """Within each letter, so that one is found by eye."""
    for letter in {row[0][4] for row in ROWS}:
        codes = [row[0] for row in ROWS if row[0][4] == letter]
        assert codes == sorted(codes)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_code_is_explained(row: list[str]) -> None:
    """What it means and what to do, in sentences."""
    code, meaning, remedy = row
    assert CODE.fullmatch(code)
    assert meaning.endswith(".")
    assert remedy.endswith((".", "`"))


@pytest.mark.parametrize("room", LOWER_ROOMS)
def test_a_code_of_a_lower_room_has_a_test(room: str) -> None:
    """There, or where a room above makes the file that is wrong."""
    files = [file for one in LOWER_ROOMS for file in (ROOT / "tests" / one).glob("*.py")]
    tests = "".join(file.read_text("utf-8") for file in files)
    codes = codes_in(ROOT / "src" / "imfsurvey" / room)
    assert {code for code in codes if code.removeprefix("IMF-") not in tests} == set()
