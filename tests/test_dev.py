"""The project's own commands, tried on a small project that installs one tiny package."""

import ast
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

dev = importlib.import_module("dev")
ROOT = Path(__file__).resolve().parent.parent
BASE_PYTHON = Path(sys.base_prefix, "bin", "python3")  # .venv has no pip of its own

CLI = """
import sys
import tiny
def main():
    print(tiny.WORD, *sys.argv[1:], sys.stdin.read())
    return 3
"""


class Project:
    """A copy of dev.py with a source of its own, and packages found in a folder only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {
            **os.environ,
            **{"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder / "packages")},
            **{"UV_NO_INDEX": "1", "UV_FIND_LINKS": str(folder / "packages")},
            **{"PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1"},
        }
        shutil.copy(ROOT / "dev.py", folder)
        program = folder / "src" / "imfsurvey" / "__main__.py"
        program.parent.mkdir(parents=True)
        program.write_text(CLI, "utf-8")
        wheel = folder / "packages" / "tiny-1-py3-none-any.whl"
        wheel.parent.mkdir()
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("tiny.py", "WORD = 'tiny'\n")
            archive.writestr(
                "tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n"
            )
            archive.writestr(
                "tiny-1.dist-info/WHEEL",
                "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            )
            archive.writestr("tiny-1.dist-info/RECORD", "")
        self.digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        self.lock(self.digest)

    def lock(self, digest: str) -> None:
        """Write both locks, with the hash that the package has to have."""
        for name in ("requirements.lock", "requirements-dev.lock"):
            text = f"tiny==1 \\\n    --hash=sha256:{digest}\n"
            (self.folder / name).write_text(text, "utf-8")

    def start(self, *args: str) -> subprocess.Popen[str]:
        """Start `python3 dev.py` with some arguments, without waiting."""
        return subprocess.Popen(
            [BASE_PYTHON, self.folder / "dev.py", *args],
            env=self.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *args: str, typed: str = "") -> tuple[int, str, str]:
        """Run `python3 dev.py` and give exit code, standard output and standard error."""
        process = self.start(*args)
        out, err = process.communicate(typed, timeout=120)
        return process.returncode, out, err


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small project that nothing was installed for yet."""
    return Project(tmp_path)


def test_the_first_run_installs_and_the_second_does_not(project: Project) -> None:
    """The program gets its arguments and input, its output and exit code come through."""
    code, out, err = project.run("run", "a", "--b", typed="from stdin")
    assert (code, out) == (3, "tiny a --b from stdin\n")
    assert "Installing 1 packages into .venv" in err
    assert project.run("run") == (3, "tiny demo \n", "")
    assert project.run("run", "--", "--help") == (3, "tiny --help \n", "")


def test_our_own_code_is_compiled_once(project: Project) -> None:
    """A start does not compile it anew where Python may not write beside the code."""
    project.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    assert project.run("run")[0] == 3
    compiled = project.folder.glob("src/imfsurvey/__pycache__/__main__.*.pyc")
    assert len(list(compiled)) == 1


def test_two_first_runs_at_once_both_succeed(project: Project) -> None:
    """The second one waits for the installation of the first and uses it."""
    processes = [project.start("run", "x"), project.start("run", "x")]
    ends = [process.communicate("", timeout=120) for process in processes]
    assert [out for out, _ in ends] == ["tiny x \n", "tiny x \n"]
    assert sum("Installing" in err for _, err in ends) == 1


def test_a_failed_installation_is_told_and_done_again(project: Project) -> None:
    """A package with a wrong hash stops the run, without a traceback; put right, it runs."""
    project.lock("0" * 64)
    code, out, err = project.run("run")
    assert code not in (0, 3)
    assert out == ""
    assert "The packages could not be installed" in err
    assert f"exit code {code}" in err
    assert "Traceback" not in err
    project.lock(project.digest)
    assert project.run("run", "x")[:2] == (3, "tiny x \n")


def test_an_installation_cut_short_is_done_afresh(project: Project) -> None:
    """What an interrupted installation left behind is not trusted."""
    assert project.run("run")[0] == 3
    rest = next((project.folder / ".venv").rglob("tiny.py"))
    rest.write_text("torn", "utf-8")
    (project.folder / ".venv" / "installed.txt").unlink()
    assert project.run("run", "x")[:2] == (3, "tiny x \n")


def test_the_environment_of_the_tests_serves_the_program_too(project: Project) -> None:
    """`run` after `test` installs nothing; a changed lock is installed at the next start."""
    assert "Installing" in project.run("test")[2]
    assert project.run("run") == (3, "tiny demo \n", "")
    lock = project.folder / "requirements.lock"
    lock.write_text(f"# newer\n{lock.read_text('utf-8')}", "utf-8")
    assert "Installing" in project.run("run")[2]


@pytest.mark.parametrize("command", dev.COMMANDS)
def test_each_command_has_help(project: Project, command: str) -> None:
    """`dev.py COMMAND --help` tells how to call it, and installs nothing."""
    code, out, err = project.run(command, "--help")
    assert (code, err) == (0, "")
    assert f"python3 dev.py {command}" in out
    assert not (project.folder / ".venv").exists()


def test_an_unknown_command_is_refused(project: Project) -> None:
    """A mistyped command ends with exit code 2 and the list of commands."""
    code, _, err = project.run("tset")
    assert code == 2
    assert "run, test, lock, po" in err


@pytest.mark.parametrize("always", [False, True])
def test_what_failed_on_a_busy_machine_runs_once_more_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], always: bool
) -> None:
    """Only what failed runs again; what fails twice fails the run."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    (tmp_path / "test_two.py").write_text(
        "from pathlib import Path\n"
        "def test_good():\n    Path('good').write_text(str(Path('good').exists()))\n"
        "def test_busy():\n    seen = Path('seen').exists()\n    Path('seen').touch()\n"
        f"    assert seen and not {always}\n",
        "utf-8",
    )
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    first = [sys.executable, "-m", "pytest", "-q"]
    assert subprocess.run(first, cwd=tmp_path, check=False).returncode == dev.TESTS_FAILED
    assert dev.again_alone([]) == (dev.TESTS_FAILED if always else 0)
    assert ("only while all cores were busy" in capfd.readouterr().out) is not always
    assert (tmp_path / "good").read_text("utf-8") == "False"  # ran once


def test_a_renewed_lock_tells_what_changed() -> None:
    """By name, with both versions; what only gained a hash is not named."""
    before = "a==1.0 \\\n    --hash=sha256:1\nb==2.0 ; os_name == 'nt' \\\n    --hash=x\nc==3.0\n"
    after = "a==1.0 \\\n    --hash=sha256:2\nb==2.1 ; os_name == 'nt' \\\n    --hash=y\nd==0.1\n"
    assert dev.changed(before, after) == ["  b 2.0 -> 2.1", "  c 3.0 -> -", "  d - -> 0.1"]
    assert dev.changed(before, before) == ["  nothing changed"]


def test_an_older_python_gets_as_far_as_the_message() -> None:
    """An old Python tells which one is needed, instead of stopping at syntax it does not know."""
    source = (ROOT / "dev.py").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    assert "__future__" not in source
    first = [node for node in tree.body if not isinstance(node, ast.Expr)][:2]
    assert [type(node) for node in first] == [ast.Import, ast.If]
