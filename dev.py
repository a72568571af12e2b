#!/usr/bin/env python3
"""The project's own commands. Python 3.11 and pip (or uv) are all they need.

    python3 dev.py run [ARGS]              run imfsurvey (without ARGS: its worked example)
    python3 dev.py test [--system] [ARGS]  style, types, imports and tests
    python3 dev.py lock                    renew the two lock files
    python3 dev.py po [LANGUAGE FILE ...]  renew the translation catalogues from the source
    python3 dev.py screenshots [DIR]       draw the pictures of the documentation
    python3 dev.py content                 renew the coverage table of docs/content.md
    python3 dev.py bench [ARGS]            measure speed and memory beside peers, with goals
    python3 dev.py extras                  install what browser pages, SPSS files and others need
    python3 dev.py fuzz [ARGS]             give every reader broken, odd and hostile inputs

`python3 dev.py COMMAND --help` tells more. The first use installs the locked packages into .venv.
"""

import sys

# Up to here, and in syntax throughout, this file is readable for Python 3.6 and later.
if sys.version_info < (3, 11):  # noqa: UP036 - so that an older Python is told, not surprised
    sys.exit("imfsurvey needs Python 3.11 or newer; this is Python " + sys.version.split()[0])

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import inspect
import os
import re
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.txt"
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}
PATHS = sysconfig.get_paths("venv", {"base": str(VENV), "platbase": str(VENV)})
PYTHON = Path(PATHS["scripts"], "python.exe" if os.name == "nt" else "python")
COMMAND = Path(PATHS["scripts"], "imfsurvey")


# --- what the commands do ------------------------------------------------------------------


def run(args: list[str]) -> None:
    """Run imfsurvey from this folder: python3 dev.py run [ARGS].

    ARGS are those of the command `imfsurvey`, such as `run results 2026-zero --lang nl`;
    without ARGS it shows the worked example, `imfsurvey demo`. `run -- --help` gives the help
    of imfsurvey itself.
    """
    prepare("run")
    become(str(COMMAND), *(args[1:] if args[:1] == ["--"] else args or ["demo"]))


def test(args: list[str]) -> None:
    """Check everything: python3 dev.py test [--system] [PYTEST ARGS].

    Runs ruff (faults, then layout), mypy --strict, the contract of imports, and the tests on all
    cores; all of them even when one fails. Tests that failed while all cores were busy run once
    more alone: what passes then is named as a finding about the test, and does not fail the run.
    PYTEST ARGS, such as `tests/i18n -k plural`, go to pytest, which then runs on one core and
    once. --system adds the second tier, which needs the Debian packages of system-packages.txt.
    """
    prepare("test")
    tier = ["-m", "system or not system"] if "--system" in args else []
    given = [arg for arg in args if arg != "--system"]
    # All of them: on all cores, file by file, in the order that tests/conftest.py gives. A few that
    # were named: without that detour.
    spread = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"] if not given else []
    checks = {
        "ruff check": ["-m", "ruff", "check", "--quiet"],
        "ruff format": ["-m", "ruff", "format", "--check", "--quiet"],
        "mypy": ["-m", "mypy", "--strict", "src"],
        "imports": [
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-logo",
        ],
        "tests": ["-m", "pytest", *spread, *tier, *given],
    }
    failed = []
    for name, check in checks.items():
        print(f"--- {name}", flush=True)
        code = subprocess.run([PYTHON, *check], cwd=ROOT, check=False).returncode
        if name == "tests" and code == TESTS_FAILED and spread:
            code = again_alone(tier)
        if code:
            failed.append(name)
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


TESTS_FAILED = 1
"""What pytest ends with when tests ran and some of them failed; 2 and more mean something else."""


def again_alone(tier: list[str]) -> int:
    """Run what failed while all cores were busy once more, with the machine to itself.

    A test in a real terminal or browser waits for a screen for so long and no longer. On a machine
    that is busy enough it fails though the program does not. A fault of the program fails twice.
    """
    print("--- the tests that failed, once more, alone", flush=True)
    again = ["-m", "pytest", "--last-failed", "--last-failed-no-failures", "none", "-v", *tier]
    code = subprocess.run([PYTHON, *again], cwd=ROOT, check=False).returncode
    if code == 0:
        print("These failed only while all cores were busy: they wait for too little.", flush=True)
    return code


def extras(_args: list[str]) -> None:
    """Install the libraries of all extras into .venv: python3 dev.py extras.

    They are those of browser pages, PostgreSQL, SPSS and Parquet files and Word templates. The
    locked packages of `test` hold them all, so after `python3 dev.py test` they are there.
    """
    prepare("test")
    say("The libraries of all extras are installed.")


def lock(_args: list[str]) -> None:
    """Renew requirements.lock and requirements-dev.lock: python3 dev.py lock.

    Takes the newest versions that pyproject.toml allows, for every platform, with hashes and
    without the address of any registry, and says what changed. Uses uv, from the PATH or from a
    temporary folder.
    """
    before = {locked: locked.read_text("utf-8") for locked in LOCKS.values()}
    options = "--quiet --universal --python-version 3.11 --generate-hashes --upgrade"
    options += " --no-emit-index-url --no-emit-find-links --no-annotate --no-header"
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if uv is None:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "uv"]
            attempt([pip], "uv could not be installed, so nothing was locked")
            uv = str(Path(folder, "bin", "uv"))
        dev = ["--group", "dev", "--all-extras", "-c", str(LOCKS["run"])]
        for locked, more in ((LOCKS["run"], []), (LOCKS["test"], dev)):
            compiling = [uv, "pip", "compile", *options.split(), "pyproject.toml", *more]
            compiling += ["-o", str(locked)]
            attempt([compiling], "uv could not resolve the requirements")
    for locked, text in before.items():
        print("\n".join([f"{locked.name}:", *changed(text, locked.read_text("utf-8"))]))


def changed(before: str, after: str) -> list[str]:
    """Tell what is new, gone or of another version between two locks, a line each."""
    old, new = (dict(re.findall(r"^([^\s=]+)==([^\s;]+)", text, re.M)) for text in (before, after))
    lines = [
        f"  {name} {old.get(name, '-')} -> {new.get(name, '-')}"
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]
    return lines or ["  nothing changed"]


def po(args: list[str]) -> None:
    """Renew the catalogues src/imfsurvey/i18n/locales/*.po: python3 dev.py po [LANGUAGE FILE ...].

    Collects the texts of the source and of the templates, adds the new ones untranslated, drops
    those no longer used, keeps every translation, and says how many are missing per language.
    With a LANGUAGE and further .po FILES, the translations in these are taken over.
    """
    prepare("test")
    become(str(ROOT / "tools" / "catalogues.py"), *args)


def screenshots(args: list[str]) -> None:
    """Draw the pictures of the documentation: python3 dev.py screenshots [DIR].

    Makes the worked example in a temporary folder, shows its screens without a terminal and
    writes them as SVG into docs/images, or into DIR.
    """
    prepare("run")
    become(str(ROOT / "tools" / "screenshots.py"), *args)


def content(args: list[str]) -> None:
    """Renew the coverage table of docs/content.md: python3 dev.py content."""
    prepare("run")
    become(str(ROOT / "tools" / "content.py"), *args)


def bench(args: list[str]) -> None:
    """Measure speed and memory beside peers: python3 dev.py bench [--full] [--only WORD].

    Prints a table (what, ours, peer, ratio, goal, met or not) and writes bench.json; a few
    minutes, with --full half an hour. `bench boxes`, `sealed`, `disclosure`, `web`, `scale` and
    `crowd` give the tables of one subject, `day` tells what piles up. bench/README.md and
    docs/performance.md explain the rows.
    """
    prepare("test")
    compile_sources()  # it may have changed since
    become(str(ROOT / "bench" / "table.py"), *args)


def fuzz(args: list[str]) -> None:
    """Give every reader hostile inputs: python3 dev.py fuzz [--inputs 10000] [--only WORD].

    Also [--minutes M] [--seed N] [--number N] [--folder FOLDER]. Prints a table (reader, inputs,
    accepted, refused by which codes, slowest, memory, findings) and saves each finding in
    fuzz/findings. fuzz/README.md says what is a finding, and how to repeat one.
    """
    prepare("test")
    become(str(ROOT / "fuzz" / "run.py"), *args)


# --- the virtual environment ---------------------------------------------------------------


def prepare(tier: str) -> None:
    """Make sure that .venv holds the packages of a tier ("run" or "test", which includes it)."""
    if is_installed(tier):
        return
    with one_at_a_time():
        if is_installed(tier):  # another dev.py did it while this one waited
            return
        extends = tier == "test" and is_installed("run")
        STAMP.unlink(missing_ok=True)  # an installation that is cut short is done again, afresh
        if not extends:
            making = [sys.executable, "-m", "venv", "--without-pip", "--clear", str(VENV)]
            attempt([making], "The virtual environment .venv could not be made")
        install(LOCKS[tier])
        compile_sources()
        Path(PATHS["purelib"], "imfsurvey-src.pth").write_text(f"{ROOT / 'src'}\n", "utf-8")
        script = "import sys\n\nfrom imfsurvey.__main__ import main\n\nsys.exit(main())\n"
        COMMAND.write_text(f"#!{PYTHON}\n{script}", "utf-8")
        COMMAND.chmod(0o755)
        tiers = ["run", "test"] if tier == "test" else ["run"]
        STAMP.write_text("".join(f"{stamp(each)}\n" for each in tiers), "utf-8")


def is_installed(tier: str) -> bool:
    """Tell whether .venv was made by this Python, in this folder, from the lock as it is now."""
    return PYTHON.exists() and STAMP.exists() and stamp(tier) in STAMP.read_text("utf-8").split()


def stamp(tier: str) -> str:
    """Give a fingerprint of what decides whether an installation is still good."""
    origin = f"{tier} {sys.version} {ROOT}".encode()
    return hashlib.sha256(origin + LOCKS[tier].read_bytes()).hexdigest()


def install(locked: Path) -> None:
    """Install a lock into .venv: by uv if there is one, else by pip, else by a pip of its own."""
    lines = locked.read_text("utf-8").splitlines()
    count = sum("==" in line and not line.startswith((" ", "#")) for line in lines)
    say(f"Installing {count} packages into .venv, about a minute ...")
    wanted = ["install", "--quiet", "--require-hashes", "-r", str(locked)]
    ways = []
    uv = shutil.which("uv")
    if uv:
        ways.append([uv, "pip", *wanted, "--compile-bytecode", "--python", str(PYTHON)])
    if importlib.util.find_spec("pip") and version_of("pip") >= (22, 3):  # the first with --python
        ways.append([sys.executable, "-m", "pip", "--python", str(PYTHON), *wanted])
    elif importlib.util.find_spec("ensurepip") and not ways:
        attempt([[str(PYTHON), "-m", "ensurepip"]], "pip could not be put into .venv")
        ways.append([str(PYTHON), "-m", "pip", *wanted])
    if not ways:
        sys.exit("Neither pip nor uv is here. On Debian: apt-get install python3-pip")
    attempt(ways, "The packages could not be installed (is the network there?)")
    say("Installed.")


def compile_sources() -> None:
    """Compile our own code, as an installed wheel is: else every start does it where Python may
    not write beside the code (PYTHONDONTWRITEBYTECODE), and takes several times as long."""
    compiling = [PYTHON, "-m", "compileall", "-q", "-j", "0", ROOT / "src"]
    subprocess.run(compiling, stdout=sys.stderr, check=False)


def version_of(package: str) -> tuple[int, ...]:
    """Give the first two numbers of an installed package's version."""
    return tuple(int(part) for part in re.findall(r"\d+", importlib.metadata.version(package))[:2])


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold a lock that the system frees by itself when this process ends, however it ends."""
    with (ROOT / ".venv.lock").open("w") as file:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Waiting for another dev.py that is installing ...")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


# --- starting other programs ---------------------------------------------------------------


def attempt(ways: list[list[str]], trouble: str) -> None:
    """Try commands until one succeeds; else say the trouble and end with the last exit code.

    Standard output stays free for the program that is started afterwards.
    """
    for way in ways:
        code = subprocess.run(way, cwd=ROOT, stdout=sys.stderr, check=False).returncode
        if code == 0:
            return
    say(f"{trouble}: exit code {code} from {' '.join(ways[-1])}")
    sys.exit(code)


def become(*args: str) -> NoReturn:
    """Go on as the Python of .venv: terminal, signals and exit code are then its own."""
    if os.name == "nt":
        sys.exit(subprocess.run([PYTHON, *args], check=False).returncode)
    os.execv(PYTHON, [str(PYTHON), *args])


def say(text: str) -> None:
    """Tell what is going on, on stderr."""
    print(text, file=sys.stderr, flush=True)


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "run": run,
    "test": test,
    "lock": lock,
    "po": po,
    "screenshots": screenshots,
    "content": content,
    "bench": bench,
    "extras": extras,
    "fuzz": fuzz,
}


def main(args: list[str]) -> None:
    """Hand over to a command, or give help."""
    if not args or args[0] in ("-h", "--help"):
        print(inspect.cleandoc(__doc__ or ""))
    elif args[0] not in COMMANDS:
        say(f"No command {args[0]!r}. There are: {', '.join(COMMANDS)}.")
        sys.exit(2)
    elif args[1:2] in (["-h"], ["--help"]):
        print(inspect.getdoc(COMMANDS[args[0]]))
    else:
        COMMANDS[args[0]](args[1:])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
