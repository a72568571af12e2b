"""A Word template of an office's own: copied, filled, refused with its file."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from laden import rich
from measured import MADE_ON
from readback import from_docx, plain

from imfsurvey.report import summary
from imfsurvey.report.docx.house import example, fill_word
from imfsurvey.report.sample import sample
from imfsurvey.report.templating import WORD_FILE, check_templates
from imfsurvey.report.writing import content
from imfsurvey.source.problems import ProblemsFoundError


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """The example, in a folder of its own."""
    path = tmp_path / WORD_FILE
    path.write_bytes(example("en"))
    return path


def with_line(template: Path, text: str) -> None:
    """Put a paragraph at the end of a template."""
    document = docx.Document(str(template))
    document.add_paragraph(text)
    document.save(str(template))


@pytest.mark.parametrize("language", ["fr", "de"])
def test_the_example_says_what_the_report_says(template: Path, language: str) -> None:
    """Every table, sentence and picture of the built-in document, also hostile ones."""
    made = summary(rich("R&D <b>x</b> {{ 7 * 7 }}", "A & B ]]> {% x %}"), language, MADE_ON)
    filled, built = fill_word(template, made, MADE_ON), content(made, "docx", MADE_ON)
    ours, theirs = from_docx(filled), from_docx(built)
    assert sorted(ours.tables) == sorted(theirs.tables)
    lines = "\n".join(plain(line) for line in ours.lines)
    for line in [*made.headlines, *made.warnings, *(one.title for one in made.sections)]:
        assert plain(line) in lines
    shapes = docx.Document(io.BytesIO(filled)).inline_shapes
    assert len(shapes) == len(docx.Document(io.BytesIO(built)).inline_shapes) > 0
    assert all(shape._inline.docPr.get("descr") for shape in shapes)
    ids = [shape._inline.docPr.get("id") for shape in shapes]
    assert len(set(ids)) == len(ids)


def test_what_an_office_writes_stands_in_its_report(template: Path) -> None:
    """A line of its own, and the same bytes for the same report; the head of a table repeats."""
    with_line(template, "OUR OFFICE {{ summary.entity }}")
    made = sample("fr")
    found = content(made, "docx", MADE_ON, template.parent)
    assert found == content(made, "docx", MADE_ON, template.parent)
    document = docx.Document(io.BytesIO(found))
    assert document.paragraphs[-1].text == f"OUR OFFICE {made.entity}"
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{{ summary.nothing }}", "IMF-R107"),
        ("{% for %}", "IMF-R105"),
        ("{{ ().__class__.__mro__ }}", "IMF-R106"),
        ("{{ 1 // 0 }}", "IMF-R108"),
        ('{% include "other" %}', "IMF-R108"),
        ("{{ range(999999999) | list }}", "IMF-R108"),
    ],
)
def test_a_fault_is_named_with_its_file(template: Path, line: str, code: str) -> None:
    """Unknown names, faults of writing, ways out of the sandbox: found by the check as well."""
    with_line(template, line)
    with pytest.raises(ProblemsFoundError) as caught:
        fill_word(template, sample("en"), MADE_ON)
    problems = check_templates(template.parent, sample("en"))
    for (problem,) in (caught.value.problems, problems):
        assert (problem.code, problem.file) == (code, str(template))


def with_document(held: bytes, text: bytes) -> bytes:
    """The same package with something else for its document."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(held)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, text if name == "word/document.xml" else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize(
    "damage",
    [
        lambda held: b"no zip",
        lambda held: held[:2000],
        lambda held: with_document(held, b"<no xml"),
        lambda held: with_document(held, b" " * 70_000_000),  # 68 kB when it is packed
    ],
)
def test_a_file_that_is_no_word_document(template: Path, damage: Callable[[bytes], bytes]) -> None:
    """Anything else under this name is said to be no Word document."""
    template.write_bytes(damage(template.read_bytes()))
    (problem,) = check_templates(template.parent, sample("en"))
    assert (problem.code, problem.file) == ("IMF-R111", str(template))


def test_without_the_library_nothing_is_written(template: Path) -> None:
    """The message gives the command to be typed, in a process that cannot find the library."""
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(template.parent)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.strip() == "IMF-R110 pip install 'imfsurvey[docx-template]'", run.stderr


WITHOUT = """
import importlib.machinery, pathlib, sys
real = importlib.machinery.PathFinder.find_spec
importlib.machinery.PathFinder.find_spec = classmethod(
    lambda cls, name, path=None, target=None:
        None if name == "docxtpl" else real(name, path, target)
)
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report.sample import sample
from imfsurvey.report.templating import check_templates
try:
    check_templates(pathlib.Path(sys.argv[1]), sample("en"))
except RefusedError as error:
    command = "pip install 'imfsurvey[docx-template]'"
    print(error.code, command if command in str(error) else str(error))
"""
