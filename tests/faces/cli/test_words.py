"""Help and complaints in every language, and the words that click itself says."""

import pkgutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from commandline import Cli

from imfsurvey.faces.cli import clickwords
from imfsurvey.faces.cli.app import COMMANDS, Imfsurvey
from imfsurvey.faces.cli.call import Call
from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.study.folder import Study


def commands(language: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its words, groups included."""
    t = translator(language)
    root = Imfsurvey(t)
    waiting: list[tuple[tuple[str, ...], click.Command]] = [((), root)]
    while waiting:
        words, command = waiting.pop()
        yield words, command
        if isinstance(command, click.Group):
            context = click.Context(command, obj=Call(t))
            for name in command.list_commands(context):
                below = command.get_command(context, name)
                assert below is not None
                waiting.append(((*words, name), below))


ALL = sorted(words for words, _ in commands("en"))
GROUPS = sorted({words[:1] for words in ALL if len(words) == 2})


def test_the_commands_are_there() -> None:
    """These names, no other."""
    assert set(COMMANDS) == {
        *("demo", "new", "check", "wave", "answer", "results", "report", "simulate", "template"),
        *("diff", "translate", "schema", "walk", "convert", "keys", "merge", "move", "purge"),
        *("tickets", "invite", "papers", "session", "kiosk", "serve", "actions", "policy"),
        *("export", "import"),
        *("targets", "portfolio"),
        *("print", "key-in", "completion"),
    }
    assert {words[1] for words in ALL if words[:1] == ("wave",) and len(words) == 2} == {
        *("new", "open", "close", "list", "show", "unseal", "comments", "revise")
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_of_every_command_in_every_language(
    cli: Cli, words: tuple[str, ...], language: str
) -> None:
    """`--help` works, wherever it stands, within 80 columns."""
    ran = cli(*words, "--help", lang=language)
    assert (ran.code, ran.err) == (0, "")
    assert " ".join(("imfsurvey", *words)) in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_help(language: str) -> None:
    """Each command, option and argument says what it is for."""
    silent = [
        (words, param.name)
        for words, command in commands(language)
        for param in command.params
        if not getattr(param, "help", None)
    ]
    assert silent == []
    assert [words for words, command in commands(language) if not command.help] == []


def test_the_summary_in_the_list_is_that_of_the_command() -> None:
    """The list of commands is written without loading them; it says the same all the same."""
    for words, command in commands("fr"):
        if len(words) == 1:
            summary = translator("fr").messages.gettext(COMMANDS[words[0]].summary)
            assert (command.help or "").startswith(summary)


def test_clicks_words_are_those_of_the_installed_click() -> None:
    """A text that click no longer says would never be translated."""
    folder = Path(next(iter(click.__path__)))
    code = " ".join(
        (folder / f"{module.name}.py").read_text("utf-8")
        for module in pkgutil.iter_modules([str(folder)])
    )
    joined = code.replace('"\n                    "', "")
    texts = [*clickwords.TEXTS, *(text for pair in clickwords.PLURALS for text in pair)]
    wanted = [text.replace("\n", "\\n").replace("\t", "\\t") for text in texts]
    assert [text for text in wanted if f'"{text}"' not in joined] == []


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--lnag"], "No such option '--lnag'. Did you mean '--lang'?"),
        (["resluts"], "No such command 'resluts'. Did you mean 'results'?"),
        (["results"], "Missing argument"),
        (["results", "a", "b"], "Got unexpected extra argument (b)"),
        (["simulate", "w", "-n", "0"], "0 is not in the range x>=1."),
        (["wave", "new", "--kind", "zreo"], "is not one of"),
    ],
)
def test_usage_errors(cli: Cli, arguments: list[str], part: str) -> None:
    """A wrong command line gives exit code 2 and says what is wrong."""
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert part in ran.err


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_usage_errors_are_translated(cli: Cli, language: str) -> None:
    """click's own sentences are said in the language of the interface."""
    ran = cli("--lnag", lang=language)
    assert ran.code == 2
    assert "No such option" not in ran.err
    assert "Error:" not in ran.err
    assert "'--lnag'" in ran.err


def test_the_language_may_stand_anywhere(cli: Cli, tmp_path: Path) -> None:
    """--lang behind the command counts as well, and the last one wins."""
    before = cli("results", "x", lang="nl")
    behind = cli("results", "x", "--lang", "nl", lang="fr")
    assert before == behind
    assert before != cli("results", "x", lang="fr")


def test_a_complaint_about_the_line_itself_is_in_its_language(cli: Cli) -> None:
    """Found before anything is parsed, as --lang=nl too; behind -- it is a word like others."""
    assert cli("--lang=nl", "--lnag", lang="fr") == cli("--lnag", lang="nl")
    said = cli("results", "--", "x", "--lang", "nl", lang="fr")
    assert said.code == 2
    assert said.err == cli("results", "x", "--", "--lang", "nl", lang="fr").err
    assert said.err != cli("results", "x", "--", "--lang", "nl", lang="nl").err


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_a_group_of_commands_takes_the_global_options(
    cli: Cli, study: Study, group: tuple[str, ...]
) -> None:
    """Between its name and that of the command they mean the same as before and behind them."""
    said = ("--study", str(study.folder), "--lang", "nl", "--help")
    assert cli(*group, *said, lang="fr") == cli(*group, "--help", lang="nl")


def test_a_study_is_named_behind_a_group(
    cli: Cli, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command below works on it."""
    monkeypatch.chdir(tmp_path)
    assert cli("wave", "--study", study.folder, "list").err.startswith("No wave yet.")


def test_an_unknown_language(cli: Cli) -> None:
    """A language that is not offered is a usage error."""
    ran = cli("wave", "list", lang="xx")
    assert ran.code == 2
    assert "--lang" in ran.err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("targets", "set", "code", "4", "--why", "\udcff\udce9"), "--why"),
        (("wave", "show", "\udcff"), "WAVE"),
        (("targets", "set", "code", "\udcff", "4", "--why", "x"), "TOPIC"),
    ],
)
def test_bytes_that_are_no_text_are_refused(
    cli: Cli, study: Study, words: tuple[str, ...], named: str
) -> None:
    """What a terminal could not decode gets into no file."""
    before = sorted(study.folder.rglob("*"))
    ran = cli(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "IMF-F499" in ran.err and named in ran.err
    assert sorted(study.folder.rglob("*")) == before


def test_a_file_may_be_called_anything(cli: Cli, study: Study) -> None:
    """Names of files are bytes: one that is no text is found."""
    folder = study.folder / "questionnaires"
    (folder / "\udcff.yaml").write_bytes((folder / "assessment.yaml").read_bytes())
    assert cli("check", "questionnaires/\udcff.yaml").code == 0
