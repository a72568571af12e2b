"""`imfsurvey diff`: the changes of a questionnaire, sorted, at their places in both files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commandline import Cli
from marked import SURVEY, with_change

FIRST = "imfsurvey: 1\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The survey that was answered, in the current folder."""
    (tmp_path / "old.yaml").write_text(SURVEY, "utf-8")
    return Path("old.yaml")


def next_one(folder: Path, *pairs: tuple[str, str]) -> Path:
    """The next version, with words changed; one line further down, so that places differ."""
    text = "# the next one\n" + with_change(SURVEY, *pairs)
    (folder / "new.yaml").write_text(text, "utf-8")
    return Path("new.yaml")


def line_of(text: str) -> int:
    """The line of the survey that holds a text, from 1."""
    return next(n for n, line in enumerate(SURVEY.split("\n"), start=1) if text in line)


def test_the_same_meaning(cli: Cli, old: Path, tmp_path: Path) -> None:
    """A remark more is no change: nothing on stdout, exit code 0."""
    assert cli("diff", old, next_one(tmp_path)) == (0, "", "No change.\n")


def test_a_wording_is_comparable(cli: Cli, old: Path, tmp_path: Path) -> None:
    """One statement in other words: listed with a note, at its place in both, exit code 0."""
    new = next_one(tmp_path, ("on ferme les yeux", "on regarde ailleurs"))
    ran = cli("diff", old, new)
    line = line_of("on ferme les yeux")
    assert ran.code == 0
    title, change = ran.out.splitlines()
    assert title == "Comparable with a note"
    assert change.startswith(f"  old.yaml:{line}:")
    assert f" → new.yaml:{line + 1}:" in change
    assert change.endswith("the wording of 'items.unclear.text' is another in: fr")
    assert ran.err == "Breaking: 0, comparable with a note: 1, safe: 0\n"


def test_breaking_changes_come_first_and_count(cli: Cli, old: Path, tmp_path: Path) -> None:
    """A statement turned round is breaking: exit code 1, its title before the others."""
    new = next_one(tmp_path, ("reverse: true, ", ""), ('version: "1"', 'version: "2"'))
    ran = cli("diff", old, new)
    assert ran.code == 1
    titles = [line for line in ran.out.splitlines() if not line.startswith(" ")]
    assert titles == ["Breaking: answers of before and after are not alike", "Safe"]
    assert "'items.unclear.reverse' was true, is now false" in ran.out
    assert ran.err == "Breaking: 1, comparable with a note: 0, safe: 1\n"


def test_for_programs(cli: Cli, old: Path, tmp_path: Path) -> None:
    """--json gives the sums and each change with both places; none where a file lacks it."""
    new = next_one(tmp_path, ("id: unclear", "id: hidden"))
    ran = cli("diff", old, new, "--json")
    data = json.loads(ran.out)
    line = line_of("id: unclear")
    assert ran.code == 1
    assert (data["breaking"], data["comparable"], data["safe"]) == (1, 1, 0)
    gone, added = data["changes"]
    assert gone["kind"] == "breaking"
    assert gone["old"] == {"file": "old.yaml", "line": line, "column": 9}
    assert gone["new"] is None
    assert added["old"] is None
    assert added["new"] == {"file": "new.yaml", "line": line + 1, "column": 9}
    assert added["message"] == "'items.hidden' is new"


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_in_every_language(cli: Cli, old: Path, tmp_path: Path, language: str) -> None:
    """The sentences are translated; names of keys and values stay those of the file."""
    new = next_one(tmp_path, ("k: 10", "k: 7"))
    ran = cli("diff", old, new, lang=language)
    assert "privacy.k" in ran.out
    assert "is now" not in ran.out
    assert "Breaking" not in ran.out


def test_a_file_that_is_no_questionnaire(cli: Cli, old: Path, tmp_path: Path) -> None:
    """Problems of a file are told as `check` tells them."""
    (tmp_path / "x.yaml").write_text(FIRST + "framework: {}\n", "utf-8")
    ran = cli("diff", old, "x.yaml")
    assert (ran.code, ran.out) == (1, "")
    assert "x.yaml:" in ran.err
    assert cli("diff", "missing.yaml", old).code == 1


def renaming(**names: str) -> tuple[str, str]:
    """The line of the new file that says which items are called differently."""
    said = ", ".join(f"{was}: {called}" for was, called in names.items())
    return ('version: "1"', f'version: "2"\n  replaces: {{version: "1", renamed: {{{said}}}}}')


def test_a_renamed_item_is_followed(cli: Cli, old: Path, tmp_path: Path) -> None:
    """One comparable change at its place in both files, exit code 0."""
    new = next_one(tmp_path, ("id: unclear", "id: hidden"), renaming(unclear="hidden"))
    ran = cli("diff", old, new)
    line = line_of("id: unclear")
    assert ran.code == 0
    (told,) = [one for one in ran.out.splitlines() if "is now called" in one]
    place = f"  old.yaml:{line}:9 → new.yaml:{line + 2}:9"
    assert told == f"{place}: 'unclear' is now called 'hidden'"
    assert "is gone" not in ran.out


def test_renames_that_do_not_fit(cli: Cli, old: Path, tmp_path: Path) -> None:
    """All of them are told at once, at their places; nothing is compared, exit code 1."""
    names = renaming(nobody="hidden", category="about_you", unclear="category")
    ran = cli("diff", old, next_one(tmp_path, ("id: unclear", "id: hidden"), names))
    assert (ran.code, ran.out) == (1, "")
    for code in ("IMF-T160", "IMF-T161", "IMF-T162"):
        assert ran.err.count(code) == 1
    assert ran.err.count("new.yaml:6:") == 3
