"""`imfsurvey new`: by options, by questions, and what it refuses."""

from pathlib import Path

import pytest
from commandline import Cli

from imfsurvey.study.folder import Study

NAMES = ["--entity", "Zone 5399", "--mandatary", "Anne", "--officer", "Jan"]


def test_by_options(cli: Cli, tmp_path: Path) -> None:
    """Everything that is given stands in study.yaml; stdout stays empty."""
    ran = cli(
        *("new", "zone", *NAMES, "--languages", "nl, fr", "--period", "2026-2030"),
        *("--group", "ops=Operationeel: dag en nacht|Opérationnel:120", "--group", "08=CALog:12"),
    )
    assert (ran.code, ran.out) == (0, "")
    assert str(tmp_path / "zone") in ran.err
    file = Study(tmp_path / "zone").file
    assert file.entity.languages == ("nl", "fr")
    assert file.entity.period is not None
    assert (file.entity.period.start, file.entity.period.end) == (2026, 2030)
    assert [(group.id, group.label.root, group.headcount) for group in file.groups] == [
        ("ops", {"nl": "Operationeel: dag en nacht", "fr": "Opérationnel"}, 120),
        ("08", {"nl": "CALog", "fr": "CALog"}, 12),
    ]
    assert (file.mandatary.name, file.officer.name) == ("Anne", "Jan")


def test_all_missing_options_are_named_at_once(cli: Cli, tmp_path: Path) -> None:
    """Without a terminal to ask on, one message names everything that is needed."""
    ran = cli("new", "zone", "--entity", " ")
    assert ran.code == 2
    assert "IMF-F120" in ran.err
    assert "--entity, --mandatary, --officer" in ran.err
    assert not (tmp_path / "zone").exists()


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--languages", "fr,xx", "IMF-F121"),
        ("--languages", "fr,fr", "IMF-F121"),
        ("--languages", ",", "IMF-F121"),
        ("--period", "2026", "IMF-F122"),
        ("--period", "2030-2026", "IMF-F122"),
        ("--group", "ops=Opérationnel|Operationeel", "IMF-F123"),
        ("--group", "ops=Opérationnel|Operationeel|Operational:12", "IMF-F123"),
        ("--group", "ops=Opérationnel|:12", "IMF-F123"),
        ("--group", "OPS=Opérationnel:12", "IMF-F123"),
        ("--group", "ops:12", "IMF-F123"),
        ("--group", "ops=Opérationnel:-1", "IMF-F123"),
    ],
)
def test_options_that_cannot_be_read(
    cli: Cli, tmp_path: Path, option: str, value: str, code: str
) -> None:
    """A slip is told with an example of how it is written; nothing is made."""
    ran = cli("new", "zone", *NAMES, option, value)
    assert ran.code == 2
    assert code in ran.err
    assert not (tmp_path / "zone").exists()


def test_two_groups_with_one_id(cli: Cli, tmp_path: Path) -> None:
    """What only the whole study can tell is told as well."""
    ran = cli("new", "zone", *NAMES, "--group", "a=A:1", "--group", "a=B:2")
    assert ran.code == 1
    assert "IMF-E053" in ran.err
    assert not (tmp_path / "zone").exists()


def test_a_study_is_not_made_twice(cli: Cli) -> None:
    """A folder that is a study is refused before anything is asked."""
    assert cli("new", "zone", *NAMES).code == 0
    ran = cli("new", "zone")
    assert ran.code == 3
    assert "IMF-T112" in ran.err


def test_by_questions(cli: Cli, tmp_path: Path, at_a_terminal: None) -> None:
    """On a terminal what is missing is asked, and asked again when it cannot be read."""
    typed = "\n".join(
        [" ", "Zone 5399", "Jan", "fr,xx", "fr", "soon", "2027-2031", "ops:12", "ops=Ops:12", ""]
    )
    ran = cli("new", "zone", "--mandatary", "Anne", typed=typed + "\n")
    assert (ran.code, ran.out) == (0, "")
    for code in ("xx", "soon", "ops:12"):
        assert f"'{code}" in ran.err or f",{code}'" in ran.err
    file = Study(tmp_path / "zone").file
    assert (file.entity.name, file.mandatary.name, file.officer.name) == (
        "Zone 5399",
        "Anne",
        "Jan",
    )
    assert file.entity.languages == ("fr",)
    assert file.entity.period is not None
    assert file.entity.period.end == 2031
    assert [(group.id, group.headcount) for group in file.groups] == [("ops", 12)]


def test_questions_have_answers_ready(cli: Cli, tmp_path: Path, at_a_terminal: None) -> None:
    """Enter takes French and Dutch, five years from now on, and no groups."""
    ran = cli("new", "zone", *NAMES, typed="\n\n\n")
    assert ran.code == 0
    file = Study(tmp_path / "zone").file
    assert file.entity.languages == ("fr", "nl")
    assert file.entity.period is not None
    assert file.entity.period.end - file.entity.period.start == 4
    assert file.groups == ()


@pytest.mark.parametrize("given", [("--period", "soon"), ("--languages", "fr,xx")])
def test_what_was_given_is_looked_at_first(
    cli: Cli, at_a_terminal: None, given: tuple[str, str]
) -> None:
    """Nobody answers all questions to learn at the end that an option cannot be read."""
    ran = cli("new", "zone", *given, typed="Zone 5399\n")
    assert ran.code == 2
    assert "Zone 5399" not in ran.out + ran.err
    assert "Name of the police entity" not in ran.err


def test_questions_broken_off(cli: Cli, tmp_path: Path, at_a_terminal: None) -> None:
    """The end of input, as Ctrl-D gives it, leaves nothing behind."""
    ran = cli("new", "zone", typed="Zone\n")
    assert ran.code == 130
    assert not (tmp_path / "zone").exists()


def test_the_next_steps_work(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `new` tells to do next can be typed as it stands."""
    told = cli("new", "zone", *NAMES, "--group", "ops=Ops:12").err
    monkeypatch.chdir(tmp_path / "zone")
    commands = [words.split()[1:] for words in told.split("'")[1::2] if "imfsurvey" in words]
    assert commands == [["keys", "new", "officer"], ["wave", "new", "--kind", "zero"]]
    phrase = "a passphrase of one's own\n"
    assert [cli(*command, typed=phrase * 2).code for command in commands] == [0, 0]
