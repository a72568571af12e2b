"""The program as a whole: exit codes, streams, no traceback, nothing loaded in vain."""

import errno
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from commandline import Cli, as_program

from imfsurvey import __version__
from imfsurvey.faces.cli import app, main
from imfsurvey.study import life
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

SECRET = "rather not say"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["--version"], 0),
        ([], 0),
        (["nonsense"], 2),
        (["new", "zone"], 2),
        (["check", "missing.yaml"], 1),
        (["results", "2026-zero"], 1),
        (["--study", "nowhere", "wave", "list"], 1),
    ],
)
def test_exit_codes_without_a_study(tmp_path: Path, arguments: list[str], code: int) -> None:
    """0 done, 1 the input is wrong, 2 usage; words but no traceback."""
    ran = as_program(tmp_path, *arguments)
    assert ran.code == code
    assert "Traceback" not in ran.err
    assert bool(ran.err) or code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["wave", "open", "2026-zero"], 3, "IMF-T103"),
        (["wave", "close", "2026-zero"], 3, "IMF-F102"),
        (["wave", "close", "2026-zero", "--yes"], 0, "closed"),
        (["results", "2026-zerro"], 1, "IMF-T114"),
        (["results", "2026-zero"], 0, ""),
        (["answer", "2026-zero", "perception"], 3, "IMF-T105"),
        (["answer", "2026-zero", "survey"], 3, "IMF-F101"),
        (["simulate", "2026-zero", "-n", "5"], 3, "IMF-F102"),
        (["simulate", "2026-zero", "-n", "53", "--yes"], 3, "IMF-T151"),
        (["report", "2026-zero", "--format", "odt"], 2, "IMF-F125"),
    ],
)
def test_exit_codes_in_a_study(wave: Wave, arguments: list[str], code: int, part: str) -> None:
    """3 where something is refused; the code of the message is there to be looked up."""
    ran = as_program(wave.folder, *arguments)
    assert ran.code == code
    assert part in ran.err
    assert "Traceback" not in ran.err


def test_version(tmp_path: Path) -> None:
    """The version is data: alone on stdout."""
    assert as_program(tmp_path, "--version").out == f"imfsurvey {__version__}\n"


def test_the_installed_command_and_the_module_are_the_same() -> None:
    """`python -m imfsurvey` and the entry point call one function."""
    text = Path(str(sys.modules["imfsurvey"].__file__)).with_name("__main__.py").read_text("utf-8")
    assert "from imfsurvey.faces.cli import main" in text


def test_without_a_terminal_the_help_is_shown(tmp_path: Path) -> None:
    """`imfsurvey` alone, in a pipe, gives the overview instead of a screen."""
    assert as_program(tmp_path).out == as_program(tmp_path, "--help").out


class TestInternalErrors:
    @pytest.fixture
    def broken(self, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
        """A fault of ours in the middle of a command, with an answer in its message."""

        def fail(*_: Any) -> None:
            raise ValueError(SECRET)

        monkeypatch.setattr(life, "results", fail)
        monkeypatch.setattr(Study, "wave", lambda *_: None)

    def test_no_value_is_shown(self, cli: Cli, broken: None) -> None:
        """Class and place of the error, nothing that it carries, exit code 70."""
        ran = cli("results", "w")
        assert (ran.code, ran.out) == (70, "")
        assert "ValueError, imfsurvey.faces.cli.results:" in ran.err
        assert SECRET not in ran.err
        assert "Traceback" not in ran.err
        assert len(ran.err.splitlines()) == 1

    def test_the_traceback_is_for_whoever_asks(
        self, cli: Cli, broken: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """IMFSURVEY_DEBUG=1 shows it."""
        monkeypatch.setenv("IMFSURVEY_DEBUG", "1")
        ran = cli("results", "w")
        assert ran.code == 70
        assert "Traceback" in ran.err


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "Broken off"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 3, "IMF-F104"),
        (BrokenPipeError(), 0, ""),
        (MemoryError(), 70, "Internal error (MemoryError"),
    ],
)
def test_other_ends(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    """Ctrl-C, the system's refusal, a reader who left: each ends without a traceback."""

    def fail(*_: Any) -> int:
        raise error

    monkeypatch.setattr("imfsurvey.faces.cli.run", fail)
    ran = cli("wave", "list")
    assert ran.code == code
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("order", "code", "words"),
    [(KeyboardInterrupt(), 130, "Broken off"), (SystemExit(143), 143, "")],
)
def test_what_fails_because_of_an_order_to_end_is_no_fault_of_ours(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, order: BaseException, code: int, words: str
) -> None:
    """In the middle of a lock of Python's own, its release fails as well; the order counts."""

    def fail(*_: Any) -> int:
        try:
            raise order
        finally:
            threading.Lock().release()

    monkeypatch.setattr("imfsurvey.faces.cli.run", fail)
    ran = cli("wave", "list")
    assert ran.code == code
    assert words in ran.err and "Internal error" not in ran.err


def test_a_reader_who_leaves_early(wave: Wave) -> None:
    """`imfsurvey results … | head -1` prints no complaint."""
    command = f"{sys.executable} -m imfsurvey results 2026-zero --lang en | head -1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=wave.folder, capture_output=True, text=True, check=False
    )
    assert done.stdout == "Zone d'essai\n"
    assert done.stderr == ""


def test_nobody_reads_what_is_told_on_the_way(study: Study, wave: Wave) -> None:
    """A wave is closed all the same, and the exit code says so."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "imfsurvey", "wave", "close", wave.id, "--yes"]
    done = subprocess.run([*command, "--incomplete"], cwd=study.folder, stderr=writing, check=False)
    os.close(writing)
    assert (done.returncode, study.wave(wave.id).file.status) == (0, "closed")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_that_knows_few_characters(wave: Wave, encoding: str) -> None:
    """What cannot be shown is replaced: the command does not fail for it."""
    environ = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "imfsurvey", "--lang", "fr", "--help"],
        cwd=wave.folder,
        capture_output=True,
        env=environ,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""


def test_json_is_whole_in_any_encoding(wave: Wave) -> None:
    """Programs read the same data, whatever the terminal is set to."""
    found = []
    for encoding in ("utf-8", "ascii"):
        ran = as_program(
            wave.folder, "wave", "list", "--json", environ={"PYTHONIOENCODING": encoding}
        )
        found.append(json.loads(ran.out))
    assert found[0] == found[1]
    assert found[0][0]["label"]["fr"] == "Mesure zéro 2026"


def read_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system refuse every write below a folder, as it does to anybody but root."""
    real_open, real_mkdir = os.open, Path.mkdir

    def refuse(path: Any) -> None:
        if Path(os.fsdecode(path)).resolve().is_relative_to(folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def guarded_open(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            refuse(path)
        return real_open(path, flags, *rest, **more)

    def guarded_mkdir(path: Path, *rest: Any, **more: Any) -> None:
        refuse(path)
        real_mkdir(path, *rest, **more)

    monkeypatch.setattr(os, "open", guarded_open)
    monkeypatch.setattr(Path, "mkdir", guarded_mkdir)


@pytest.mark.parametrize(
    "arguments",
    [
        ["wave", "close", "2026-zero", "--yes"],
        ["wave", "new", "--kind", "annual"],
        ["simulate", "2026-zero", "-n", "5", "--yes"],
        ["new", "sub"],
    ],
)
def test_a_read_only_folder(
    cli: Cli, wave: Wave, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """What needs to write is refused in words; nothing is changed."""
    names = ["--entity", "Z", "--mandatary", "M", "--officer", "O"]
    study = wave.folder.parent.parent
    before = sorted(study.rglob("*"))
    read_only(study, monkeypatch)
    ran = cli(*arguments, *(names if arguments[0] == "new" else []))
    assert ran.code == 3
    assert "IMF-S102" in ran.err
    assert sorted(study.rglob("*")) == before


def test_a_read_only_folder_can_be_read(
    cli: Cli, wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures are read from a stick that cannot be written."""
    read_only(wave.folder.parent.parent, monkeypatch)
    assert [cli(*words).code for words in (["results", wave.id], ["wave", "show", wave.id])] == [
        0,
        0,
    ]


NUMBERS = {"numpy", "scipy", "pandas", "pyarrow", "pyreadstat"}
"""For figures of a survey and data files; whoever has none does not wait for them."""
FILES = {"typst", "docx", "docxtpl", "lxml", "xlsxwriter", "python_calamine", "segno"}
"""For documents and workbooks."""
SERVERS = {"sqlalchemy", "psycopg", "starlette", "uvicorn"}
"""For responses on a server, and pages in browsers."""
SCREENS = {"textual", "rich"}
HEAVY = NUMBERS | FILES | SERVERS | SCREENS
FAULTS = {"difflib", "traceback", "imfsurvey.i18n.describe", "imfsurvey.i18n.formats"}
"""For words about what went wrong."""
NOT_FOR_CHECK = {
    *("jinja2", "tinydb", "pyrage", "pydantic.root_model"),
    *("imfsurvey.interview", "imfsurvey.store.slots", "imfsurvey.study.folder"),
    *("imfsurvey.faces.cli.annotations", "imfsurvey.questionnaire.cells"),
    *FAULTS,
    *HEAVY,
}
NOT_FOR_HELP = {
    *("pydantic", "jinja2", "yaml", "tinydb", "pyrage", "pathlib", "imfsurvey.source"),
    *FAULTS,
    *HEAVY,
}

LOADED = """
import json, sys
from imfsurvey.faces.cli import main
code = main(sys.argv[1:])
loaded = sorted({*sys.modules, *(name.partition(".")[0] for name in sys.modules)})
print(json.dumps([code, loaded]), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (["--help"], NOT_FOR_HELP),
        (["--version"], {"shutil", "textwrap", *NOT_FOR_HELP}),
        (["check", "questionnaires/imf.framework.yaml"], NOT_FOR_CHECK),
        (
            [
                "check",
                "questionnaires/survey.yaml",
                "--framework",
                "questionnaires/imf.framework.yaml",
            ],
            NOT_FOR_CHECK,
        ),
        (["diff", *["questionnaires/survey.yaml"] * 2], {"jinja2", "tinydb", *HEAVY}),
        (["schema", "questionnaire"], {"jinja2", "tinydb", *HEAVY}),
        (["results", "2026-zero"], HEAVY),
        (["report", "2026-zero", "--format", "md"], HEAVY),
        (["wave", "list"], {"jinja2", *HEAVY}),
        (["wave", "show", "2026-zero"], HEAVY),
    ],
)
def test_what_is_not_needed_is_not_loaded(
    study: Study, wave: Wave, arguments: list[str], without: set[str]
) -> None:
    """Help waits for no library, and no command but those with screens for Textual."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=study.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    code, loaded = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    assert "click" in loaded
    assert without.isdisjoint(loaded)


TO_A_QUESTION = ("cli.answer", "tui.start", "tui.app", "tui.respondents", "turns")
"""Modules of `faces` that bring somebody to a first question; all else comes with them."""
OTHERS = ("report", "exchange", "analysis", "faces.plain", "faces.web", "study.sessions")
"""Whole rooms and parts of rooms that only others need."""
LATER = (
    *("study.life", "study.results", "study.scoring", "study.unsealing", "study.assessment"),
    *("study.keying", "store.batches", "store.desk", "faces.aside", "faces.voting"),
    *("faces.named_sitting", "faces.tui.dialogs", "faces.tui.writing", "faces.tui.ticket"),
    *("faces.tui.review", "faces.tui.criteria"),
)
"""What respondents need later if at all: windows, drafts, what key holders do."""


def test_a_respondent_waits_for_no_results() -> None:
    """A first question waits for no figures, documents, servers, windows or second face."""
    importing = ", ".join(f"imfsurvey.faces.{name}" for name in TO_A_QUESTION)
    program = f"import {importing}, json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    loaded = set(json.loads(done.stdout))
    assert loaded.isdisjoint((HEAVY | {"jinja2", "multiprocessing", "ctypes"}) - SCREENS)
    ours = {name.removeprefix("imfsurvey.") for name in loaded if name.startswith("imfsurvey.")}
    assert not [name for name in ours if name in LATER or name.startswith(OTHERS)]


def test_no_other_package_looks_at_what_is_validated() -> None:
    """pydantic hands all values to plugins of any package that is installed: here to none."""
    program = "import imfsurvey.source.model, pydantic.plugin._loader as p; print(p.get_plugins())"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout.strip() == b"()"


class TestHome:
    def test_home_opens_on_the_study_around(
        self, study: Study, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """On a terminal `imfsurvey` opens the home screen of the study that one is in."""
        shown: list[tuple[str | None, str]] = []

        def home(found: Study | None, language: str) -> int:
            shown.append((found.file.entity.name if found else None, language))
            return 5

        monkeypatch.setattr("imfsurvey.faces.tui.run_home", home)
        monkeypatch.setattr(app, "screens_possible", lambda: True)
        assert main(["--lang", "nl"]) == 5
        monkeypatch.chdir(study.folder.parent)
        assert main(["--lang", "de"]) == 5
        assert shown == [("Zone d'essai", "nl"), (None, "de")]

    def test_a_study_that_was_named_must_be_one(
        self, cli: Cli, study: Study, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A slip in --study does not open another study."""
        monkeypatch.setattr(app, "screens_possible", lambda: True)
        ran = cli("--study", study.folder / "waves")
        assert ran.code == 1
        assert "IMF-T110" in ran.err
