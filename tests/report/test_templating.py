"""Templates of an office: copied, checked, used; never a program, never a silent fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from measured import MADE_ON, maturity, wave

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report import bounded, render, summary, write
from imfsurvey.report.sample import sample
from imfsurvey.report.templating import FILES, SHIPPED, check_templates, copy_templates
from imfsurvey.source.problems import ProblemsFoundError

ZERO = wave("2026-zero", "zero", maturity({"overall": 1}, 50.0))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with copies of the shipped templates."""
    copy_templates(tmp_path / "house")
    return tmp_path / "house"


def changed(folder: Path, name: str, line: int, text: str) -> None:
    """Put a line before a line of a template."""
    path = folder / name
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines[: line - 1], text, *lines[line - 1 :]]) + "\n", "utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_copies_give_the_same_report(house: Path, language: str) -> None:
    """Unchanged, they say what the shipped ones say, and there is nothing to mend."""
    assert check_templates(house, sample(language)) == []
    made = summary([ZERO], language, MADE_ON)
    for form in ("html", "md"):
        assert render(made, form, house) == render(made, form)


def test_a_change_is_seen_in_the_file(house: Path, tmp_path: Path) -> None:
    """A line of the office's own stands in the report; the other form stays the shipped one."""
    changed(house, "summary.md.j2", 1, "OUR OFFICE {{ summary.entity }}")
    (house / "summary.html.j2").unlink()
    made = write([ZERO], tmp_path / "out", ["fr"], ["html", "md"], MADE_ON, house=house)
    assert made[1].read_text("utf-8").startswith("OUR OFFICE ")
    assert made[0].read_text("utf-8") == render(summary([ZERO], "fr", MADE_ON), "html")


def test_nothing_is_written_over(house: Path) -> None:
    """A second copy is refused, and what was changed stays."""
    changed(house, "summary.css", 1, "/* ours */")
    with pytest.raises(RefusedError) as caught:
        copy_templates(house)
    assert caught.value.code == "IMF-R102"
    assert (house / "summary.css").read_text("utf-8").startswith("/* ours */")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{% if summary.entity %}", "IMF-R105"),
        ("{{ summary.nothing }}", "IMF-R107"),
        ("{{ nothing }}", "IMF-R107"),
        ("{{ summary.__class__.__mro__ }}", "IMF-R106"),
        ("{{ summary.entity.format.__globals__ }}", "IMF-R106"),
        ('{% include "../../../../etc/passwd" %}', "IMF-R104"),
        ('{% include "not_there.j2" %}', "IMF-R104"),
        ("{{ 1 // 0 }}", "IMF-R108"),
        ("{% for n in range(10 ** 9) %}{% endfor %}", "IMF-R108"),
        ("{{ summary.entity + 1 }}", "IMF-R108"),
    ],
)
def test_faults_are_told_with_file_and_line(house: Path, text: str, code: str) -> None:
    """Each kind of fault on line 2; one that is not closed is found where it is missed."""
    changed(house, "summary.md.j2", 2, text)
    (problem,) = check_templates(house, sample("en"))
    assert (problem.code, problem.file) == (code, str(house / "summary.md.j2"))
    assert problem.line == 2 or (code == "IMF-R105" and problem.line > 2)
    with pytest.raises(ProblemsFoundError):
        render(summary([ZERO], "en", MADE_ON), "md", house)


def test_both_forms_are_checked_at_once(house: Path) -> None:
    """A fault in each gives two problems."""
    changed(house, "summary.md.j2", 1, "{{ a }}")
    changed(house, "summary.html.j2", 1, "{{ b }}")
    found = check_templates(house, sample("en"))
    assert [Path(one.file).name for one in found] == ["summary.html.j2", "summary.md.j2"]


def test_a_template_cannot_write_markup_of_texts(house: Path) -> None:
    """What the study says is escaped in a template of an office as well."""
    changed(house, "summary.html.j2", 1, "{{ summary.entity }}")
    made = render(sample("en"), "html", house)
    assert made.startswith("R&amp;D &lt;b&gt;")


def test_a_folder_without_templates(tmp_path: Path) -> None:
    """It is said, with the command that makes them."""
    (problem,) = check_templates(tmp_path, sample("en"))
    assert problem.code == "IMF-R103"


def test_what_is_copied_is_what_is_shipped(house: Path) -> None:
    """Every file of the report in the shipped folder, byte for byte."""
    assert {path.name for path in SHIPPED.glob("summary.*")} == set(FILES)
    for name in FILES:
        assert (house / name).read_bytes() == (SHIPPED / name).read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% set n = namespace(s='xx') %}"
        "{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'x' * 9999999999 }}",
        "{{ 'x' | center(9999999999) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_a_template_that_asks_for_too_much_is_told(
    house: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loops within loops, a text that doubles sixty times, a number of 369 million digits."""
    monkeypatch.setattr(bounded, "SECONDS", 0.3)
    changed(house, "summary.md.j2", 2, text)
    (problem,) = check_templates(house, sample("en"))
    assert (problem.code, problem.file) == ("IMF-R108", str(house / "summary.md.j2"))
    assert problem.params["reason"]


def test_a_report_by_such_a_template_is_told_as_well(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is held back is the template of the report that is written, too; no file is left."""
    monkeypatch.setattr(bounded, "SECONDS", 0.3)
    loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    changed(house, "summary.md.j2", 2, loops)
    with pytest.raises(ProblemsFoundError) as found:
        write([ZERO], tmp_path / "reports", ["en"], ["md"], MADE_ON, house=house)
    assert [problem.code for problem in found.value.problems] == ["IMF-R108"]
    assert list(tmp_path.glob("reports/*")) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ _('{s.__class__.__init__.__globals__}', s=summary) }}", "IMF-R106"),
        ("{{ _('{s[0]}', s=1) }}", "IMF-R107"),
        ("{{ _('{nothing}') }}", "IMF-R108"),
        ("{{ _(1) }}", "IMF-R108"),
        ("{{ _.messages }}", "IMF-R107"),
    ],
)
def test_the_texts_of_the_program_are_no_way_into_it(house: Path, text: str, code: str) -> None:
    """Placeholders that a template writes for `_` reach what the sandbox lets it reach, no more."""
    changed(house, "summary.md.j2", 2, text)
    (problem,) = check_templates(house, sample("en"))
    assert problem.code == code
