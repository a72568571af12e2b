"""The tool that gives every reader broken inputs: it notices what may not happen, and goes on."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def fuzzed(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """`python3 dev.py fuzz`, without the installation."""
    program = [sys.executable, ROOT / "fuzz" / "run.py", *words]
    return subprocess.run(program, capture_output=True, encoding="utf-8", check=False)


def test_everything_that_may_not_happen_is_found_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A refusal is none; an error, a file outside, no end and a crash are, each kept as a file."""
    done = fuzzed("--only", "selftest", "--inputs", "8", "--folder", tmp_path)
    assert done.returncode == 1, done.stderr
    line = done.stdout.splitlines()[-1]
    # Of eight inputs one ends the process: seven were done. The first is good, and so is the one
    # that reaches out, as far as the reader can tell.
    assert line.startswith("| selftest | 7 | 2 |"), done.stdout
    assert "X001 1" in line and "usage 1" in line and line.endswith("| 5 (4 kinds) |")
    said = {path.stem: path.read_text("utf-8") for path in tmp_path.glob("*.txt")}
    assert set(said) == {f"selftest-1-{number}" for number in (3, 4, 5, 6, 7)}
    assert "KeyError: 'on purpose'" in said["selftest-1-3"]
    assert "outside: open" in said["selftest-1-4"]
    assert "slow: " in said["selftest-1-5"]
    assert "slow: " in said["selftest-1-7"]
    assert "crash (9): " in said["selftest-1-6"]
    again = "python3 dev.py fuzz --only selftest --seed 1 --number 6\n"
    assert said["selftest-1-6"].startswith(again)
    assert (tmp_path / "selftest-1-3.input").stat().st_size == 3


def test_what_the_tool_takes_from_the_program_is_there() -> None:
    """No reader is left behind by a renaming: each runs in a process of its own, on demand only."""
    own = {path.stem for path in (ROOT / "fuzz").rglob("*.py")} | {"readers"}
    wanted = {
        (node.module, one.name)
        for path in (ROOT / "fuzz").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module not in own
        for one in node.names
    }
    assert ("imfsurvey.faces.cli", "main") in wanted
    assert not [
        f"{module}: {name}"
        for module, name in sorted(wanted)
        if module.startswith("imfsurvey") and not is_in(name, module)
    ]


def is_in(name: str, module: str) -> bool:
    """Whether a module has something of that name, or a module of that name below it."""
    found = importlib.import_module(module)
    below = hasattr(found, "__path__") and importlib.util.find_spec(f"{module}.{name}")
    return hasattr(found, name) or bool(below)
