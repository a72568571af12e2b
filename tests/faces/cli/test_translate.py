"""`imfsurvey translate`: what is missing, a catalogue for a translator, and its way back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import polib
import pytest
import yaml
from commandline import Cli
from marked import FRAMEWORK, SURVEY, with_change

from imfsurvey.faces.cli import translate
from imfsurvey.faces.cli.translation_status import texts_of_file
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.document import read
from imfsurvey.source.hashes import content_hash
from imfsurvey.source.model import validated

SHIPPED = sorted((Path(__file__).resolve().parents[3] / "questionnaires").rglob("*.yaml"))
CLEAR = "Dans mon service, les règles sont claires."
NEW = with_change(SURVEY, (CLEAR, "Les règles sont claires."), (", nl: Welkom", ""))
"""The survey with a statement in other words, and a title that is not translated."""


def save(name: str, text: str) -> Path:
    """A file in the current folder."""
    Path(name).write_bytes(text.encode("utf-8"))
    return Path(name)


def place_of(text: str, words: str) -> str:
    """`line:column` of the first brace behind some words of a file."""
    index = text.index("{fr", text.index(words))
    line = text.count("\n", 0, index)
    return f"{line + 1}:{len(text[:index].split(chr(10))[-1]) + 1}"


def meaning(path: Path) -> str:
    """The hash of a file, whatever its layout."""
    document = read(path)
    if "framework" in document.value:
        return content_hash(document.value)
    return validated(Questionnaire, document).form_hash


def fill(path: Path, **translations: str) -> None:
    """Do a translator's work: by the last part but one of a key, the translation."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for row in book["texts"].iter_rows(min_row=2):
            name = str(row[0].value).split(".")[-2]
            row[3].value = translations.get(name, row[3].value)
        book.save(path)
        return
    file = polib.pofile(str(path))
    for entry in file:
        name = str(entry.msgctxt).split(".")[-2]
        if name in translations:
            entry.msgstr, entry.flags = translations[name], []
    file.save()


# --- status -----------------------------------------------------------------------------------


def test_status(cli: Cli) -> None:
    """By language how many there are and are missing, and which ones."""
    ran = cli("translate", "status", save("new.yaml", NEW))
    total = SURVEY.count("{fr: ")
    assert ran == (
        0,
        "new.yaml\n"
        f"  fr: {total} texts, 0 missing\n"
        f"  nl: {total - 1} texts, 1 missing\n"
        f"    new.yaml:{place_of(NEW, 'id: welcome')}: missing: "
        "sections.welcome.title\n",
        "",
    )


def test_status_since(cli: Cli) -> None:
    """With an earlier version, also what was translated from words that have changed."""
    ran = cli("translate", "status", save("new.yaml", NEW), "--since", save("old.yaml", SURVEY))
    place = place_of(NEW, "id: clear")
    assert "1 missing, source changed since: 1\n" in ran.out
    assert f"new.yaml:{place}: source changed since: items.clear.text\n" in ran.out


def test_status_for_programs(cli: Cli) -> None:
    """--json lists all; what was not compared is null, not none."""
    save("old.yaml", SURVEY)
    ran = cli("translate", "status", save("new.yaml", NEW), save("f.yaml", FRAMEWORK), "--json")
    new, framework = json.loads(ran.out)["files"]
    assert (new["id"], framework["id"], framework["source_language"]) == (
        "sample.survey",
        "sample",
        "fr",
    )
    dutch = new["languages"][1]
    assert (dutch["language"], dutch["required"], dutch["source_changed"]) == ("nl", True, None)
    assert [one["key"] for one in dutch["missing"]] == ["sections.welcome.title"]
    ran = cli("translate", "status", "new.yaml", "f.yaml", "--json", "--since", "old.yaml")
    new, framework = json.loads(ran.out)["files"]
    changed = [one["key"] for one in new["languages"][1]["source_changed"]]
    assert changed == ["items.clear.text"]
    assert framework["languages"][1]["source_changed"] is None


def test_a_long_list_is_cut(cli: Cli) -> None:
    """Ten of a sort on a screen, all of them in JSON."""
    bare = re.sub(r", nl: [^}]*}", "}", SURVEY)
    assert validated(Questionnaire, read(save("new.yaml", bare)))
    total = SURVEY.count("{fr: ")
    out = cli("translate", "status", "new.yaml").out
    assert out.count(": missing: ") == 10
    assert f"… and {total - 10} more; --json lists all" in out
    listed = json.loads(cli("translate", "status", "new.yaml", "--json").out)["files"][0]
    assert len(listed["languages"][1]["missing"]) == total


def test_strict(cli: Cli) -> None:
    """Exit code 1 for what is missing or outdated where it must be complete, else 0."""
    good, new = save("good.yaml", SURVEY), save("new.yaml", NEW)
    free = save("free.yaml", NEW.replace("require_complete: [fr, nl]", "require_complete: [fr]"))
    outdated = save("outdated.yaml", with_change(SURVEY, (CLEAR, "Autre")))
    for arguments, code in (
        ([good], 0),
        ([new], 1),
        ([free], 0),
        ([good, new], 1),
        ([outdated], 0),
        ([outdated, "--since", good], 1),
    ):
        assert cli("translate", "status", "--strict", *arguments).code == code
    assert cli("translate", "status", new).code == 0


def test_an_earlier_version_of_another_file(cli: Cli) -> None:
    """Cannot be compared with: F126."""
    ran = cli("translate", "status", save("a.yaml", SURVEY), "--since", save("f.yaml", FRAMEWORK))
    assert ran.code == 1
    assert "IMF-F126" in ran.err


# --- export -----------------------------------------------------------------------------------


def test_export_prints_a_po_file(cli: Cli) -> None:
    """Without --output it is printed, with --since it marks what has changed."""
    new, old = save("new.yaml", NEW), save("old.yaml", SURVEY)
    ran = cli("translate", "export", new, "nl", "--since", old)
    entries = {entry.msgctxt: entry for entry in polib.pofile(ran.out)}
    assert ran.code == 0
    assert len(entries) == SURVEY.count("{fr: ")
    assert entries["sections.welcome.title"].msgstr == ""
    clear = entries["items.clear.text"]
    assert (clear.fuzzy, clear.previous_msgid) == (True, CLEAR)
    from_dutch = cli("translate", "export", new, "fr", "--from", "nl").out
    sources = {entry.msgctxt: entry.msgid for entry in polib.pofile(from_dutch)}
    assert sources["sections.about.title"] == "U"


def test_export_does_not_overwrite(cli: Cli) -> None:
    """A translator's work is not lost to a second export: F128, exit code 3."""
    save("a.yaml", SURVEY)
    ran = cli("translate", "export", "a.yaml", "nl", "--output", "nl.xlsx")
    assert (ran.code, ran.out) == (0, "nl.xlsx\n")
    assert "0 without a translation" in ran.err
    before = Path("nl.xlsx").read_bytes()
    ran = cli("translate", "export", "a.yaml", "nl", "--output", "nl.xlsx")
    assert (ran.code, ran.out) == (3, "")
    assert "IMF-F128" in ran.err
    assert Path("nl.xlsx").read_bytes() == before


def test_export_to_another_kind_of_file(cli: Cli) -> None:
    """Is wrong use: F127, exit code 2, and nothing is written."""
    ran = cli("translate", "export", save("a.yaml", SURVEY), "nl", "--output", "nl.csv")
    assert ran.code == 2
    assert "IMF-F127" in ran.err
    assert not Path("nl.csv").exists()


def test_export_into_a_language_that_is_not_there(cli: Cli) -> None:
    """Says what to do: F129."""
    ran = cli("translate", "export", save("a.yaml", SURVEY), "de")
    assert ran.code == 1
    assert "IMF-F129" in ran.err
    assert "add it to 'languages' first" in ran.err


# --- there and back ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
@pytest.mark.parametrize("end", ["po", "xlsx"])
def test_an_unchanged_catalogue_changes_nothing(cli: Cli, path: Path, end: str) -> None:
    """Exported and imported, the file is byte for byte the same."""
    save("copy.yaml", path.read_text("utf-8"))
    for language in ("de", "nl"):
        out = f"{language}.{end}"
        assert cli("translate", "export", "copy.yaml", language, "--output", out).code == 0
        assert cli("translate", "import", "copy.yaml", out).code == 0
    assert Path("copy.yaml").read_bytes() == path.read_bytes()


def without(text: str, language: str) -> str:
    """A file without one language."""
    cuts: list[tuple[int, int]] = []

    def look(node: Any) -> None:
        for below in node.value if not isinstance(node, yaml.ScalarNode) else ():
            key, value = below if isinstance(below, tuple) else (None, below)
            if key is not None and key.value == language:
                start, end = key.start_mark.index, value.end_mark.index
                if node.flow_style:  # the German comes last between the braces
                    cuts.append((text.rindex(",", 0, start), end))
                else:
                    cuts.append((text.rindex("\n", 0, start), end))
            look(value)

    look(yaml.compose(text))
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
@pytest.mark.parametrize("end", ["po", "xlsx"])
def test_a_language_dropped_and_imported(cli: Cli, path: Path, end: str) -> None:
    """Every shipped file gets its German back: the same hash, and every comment."""
    text = path.read_text("utf-8")
    whole, bare = save("whole.yaml", text), save("bare.yaml", without(text, "de"))
    assert meaning(bare) != meaning(whole)
    assert cli("translate", "export", whole, "de", "--output", f"de.{end}").code == 0
    ran = cli("translate", "import", bare, f"de.{end}")
    assert (ran.code, ran.out) == (0, "")
    assert meaning(bare) == meaning(whole)
    comments = re.compile(r"(?m)^ *#.*$")
    assert comments.findall(bare.read_text("utf-8")) == comments.findall(text)


@pytest.mark.parametrize("end", ["po", "xlsx"])
def test_a_translation_comes_back(cli: Cli, end: str) -> None:
    """One new, one other: these two places change in the file and nothing else."""
    new, out = save("new.yaml", NEW), Path(f"nl.{end}")
    cli("translate", "export", new, "nl", "--output", out)
    fill(out, welcome='"Welkom"', clear="De regels zijn duidelijk.")
    ran = cli("translate", "import", new, out, "--dry-run")
    assert ran.code == 0
    place = place_of(NEW, "id: welcome")
    assert ran.out.startswith(f"new.yaml:{place}: sections.welcome.title\n")
    assert ran.err.startswith("2 translations would be written")
    assert new.read_text("utf-8") == NEW
    ran = cli("translate", "import", new, out)
    assert ran == (0, "", "2 translations are written, 0 are still missing in 'nl'.\n")
    assert new.read_text("utf-8") == with_change(
        NEW,
        ("{fr: Bienvenue}", '{fr: Bienvenue, nl: "\\"Welkom\\""}'),
        ("nl: In mijn dienst zijn de regels duidelijk.", 'nl: "De regels zijn duidelijk."'),
    )


def test_a_source_that_changed_meanwhile(cli: Cli) -> None:
    """Is listed and not taken; with --accept-changed it is taken."""
    file = save("a.yaml", SURVEY)
    cli("translate", "export", file, "nl", "--output", "nl.po")
    fill(Path("nl.po"), clear="De regels zijn duidelijk.")
    changed = with_change(SURVEY, (CLEAR, "Les règles sont claires."))
    save("a.yaml", changed)
    ran = cli("translate", "import", file, "nl.po")
    assert ran.code == 0
    assert re.search(r"nl\.po:\d+:1: source changed since, not taken: items\.clear\.text", ran.err)
    assert file.read_text("utf-8") == changed
    assert cli("translate", "import", file, "nl.po", "--accept-changed").code == 0
    assert "De regels zijn duidelijk." in file.read_text("utf-8")


def test_a_fuzzy_entry_is_not_taken(cli: Cli) -> None:
    """What a translator still has to look at is listed."""
    new, old = save("new.yaml", NEW), save("old.yaml", SURVEY)
    cli("translate", "export", new, "nl", "--since", old, "--output", "nl.po")
    file = polib.pofile("nl.po")
    next(entry for entry in file if entry.fuzzy).msgstr = "Iets anders"
    file.save()
    ran = cli("translate", "import", new, "nl.po", "--accept-changed")
    assert "still marked as to be looked at, not taken: items.clear.text" in ran.err
    assert new.read_text("utf-8") == NEW


def test_with_problems_nothing_is_written(cli: Cli) -> None:
    """All of them are told, each with its line, and no good translation is taken either."""
    new = save("new.yaml", NEW)
    cli("translate", "export", new, "nl", "--output", "nl.po")
    fill(Path("nl.po"), welcome="Welkom", clear="{naam}", culture=" ")
    ran = cli("translate", "import", new, "nl.po")
    assert (ran.code, ran.out) == (1, "")
    assert sorted(re.findall(r"nl\.po:\d+:1: error (IMF-E\d+)", ran.err)) == [
        "IMF-E176",
        "IMF-E177",
    ]
    assert new.read_text("utf-8") == NEW


def test_a_language_that_the_file_does_not_have(cli: Cli) -> None:
    """Is not added to it by the way: E174 says what to do first."""
    german = SURVEY.replace("languages: [fr, nl]", "languages: [fr, nl, de]")
    cli("translate", "export", save("de.yaml", german), "de", "--output", "de.po")
    ran = cli("translate", "import", save("a.yaml", SURVEY), "de.po")
    assert ran.code == 1
    assert "IMF-E174" in ran.err
    assert "add it to its 'languages' first" in ran.err


def test_layout_and_rights_of_the_file_stay(cli: Cli) -> None:
    """Line ends of another system, a mark at the beginning, a protected group."""
    new = save("new.yaml", "\ufeff" + NEW.replace("\n", "\r\n"))
    new.chmod(0o640)
    cli("translate", "export", new, "nl", "--output", "nl.po")
    fill(Path("nl.po"), welcome="Welkom")
    assert cli("translate", "import", new, "nl.po").code == 0
    wanted = with_change(NEW, ("{fr: Bienvenue}", '{fr: Bienvenue, nl: "Welkom"}'))
    assert new.read_bytes() == ("\ufeff" + wanted.replace("\n", "\r\n")).encode()
    assert new.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["new.yaml", "nl.po"]


def test_a_file_that_changes_meanwhile(tmp_path: Path) -> None:
    """What another program has written since it was read is not lost: E182."""
    file = save(str(tmp_path / "a.yaml"), SURVEY)
    texts = texts_of_file(file)
    save(str(file), SURVEY + "# more\n")
    with pytest.raises(RefusedError) as caught:
        translate.write(file, texts, "imfsurvey: 1\n")
    assert caught.value.code == "IMF-E182"
    assert file.read_text("utf-8").endswith("# more\n")


def test_what_is_no_questionnaire(cli: Cli) -> None:
    """A file of another kind, one that is broken, none at all."""
    save("x.yaml", "imfsurvey: 1\n")
    save("y.yaml", "questionnaire: {\n")
    for command in (["status", "x.yaml"], ["export", "x.yaml", "nl"], ["import", "x.yaml", "a.po"]):
        ran = cli("translate", *command)
        assert ran.code == 1
        assert "IMF-F110" in ran.err
    assert "IMF-E006" in cli("translate", "status", "y.yaml").err
    assert "IMF-E002" in cli("translate", "status", "none.yaml").err
    save("a.yaml", SURVEY)
    assert "IMF-E002" in cli("translate", "import", "a.yaml", "none.po").err
