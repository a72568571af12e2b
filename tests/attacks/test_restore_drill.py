"""Row 23: the passphrase is forgotten, and what was sealed is opened all the same."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import textwrap
import time
from pathlib import Path

import pytest
from commandline import as_program
from e2e.terminal import ENTER, Terminal
from keyholders import MADE_ON, SECRETS, give_keys
from pypdf import PdfReader
from zone import SAMPLES

from imfsurvey.interview import Answer
from imfsurvey.report.pdf.recovery import COMMANDS
from imfsurvey.store.seal import new_key, protect
from imfsurvey.study.boxes import Submission, answers_box, response_store, submit
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import add_public_key, new_content, rehearse
from imfsurvey.study.life import released
from imfsurvey.study.wave import Wave

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "howto-keys.md").read_text("utf-8")
WAVE = "2026-zero"
PEOPLE = 6


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    """A study whose second office has a key; the officer has none yet."""
    folder = tmp_path / "zone"
    identity = ("--entity", "Zone d'essai", "--mandatary", "A. Dubois", "--officer", "J. Peeters")
    groups = ("--group", "ops=Opérationnel|Operationeel:40")
    assert as_program(tmp_path, "new", folder, *identity, *groups).code == 0
    (folder / "questionnaires").mkdir(exist_ok=True)
    shutil.copy(SAMPLES / "imf.framework.yaml", folder / "questionnaires")
    shutil.copy(SAMPLES / "survey.yaml", folder / "questionnaires" / "perception.yaml")
    give_keys(folder)
    for name in ("officer.yaml", "officer.age", "dpo.age"):  # what is secret of dpo stays there
        (folder / "keys" / name).unlink()
    return folder


def in_terminal(folder: Path, *words: str) -> Terminal:
    """The program in a terminal in English."""
    return Terminal(*words, cwd=folder, size=(100, 40), LANG="en_GB.UTF-8")


def made_key(folder: Path) -> str:
    """A key, made as a person does it, with the proposed passphrase; the text of its sheet."""
    terminal = in_terminal(folder, "keys", "new", "officer")
    terminal.wait_for("Who knows the passphrase")
    terminal.press(ENTER)
    terminal.wait_for("Type it, or one of your own")
    proposed = re.search(r"^ {4}(\S.*)$", terminal.text, re.MULTILINE)
    assert proposed is not None and len(proposed[1].split()) == 7
    terminal.press(proposed[1], ENTER)
    terminal.wait_for("Once more, to be sure")
    terminal.press(proposed[1], ENTER)
    terminal.wait_for("move the secret file")
    assert terminal.end() == 0
    sheet = folder / "keys" / "officer.recovery.pdf"
    (page,) = PdfReader(sheet).pages
    text = page.extract_text()
    sheet.unlink()  # into the envelope
    return text


def typed_from(sheet: str) -> list[str]:
    """The lines of the secret key, as somebody types them who holds the sheet."""
    lines = [re.sub(r"^\d\s+", "", line.strip()) for line in sheet.splitlines()]
    start = next(n for n, line in enumerate(lines) if line.startswith("AGE-"))
    end = next(n for n, line in enumerate(lines[start:], start) if "numbers" in line)
    return [
        line
        for line in lines[start:end]
        if re.fullmatch(r"[A-Z0-9-]{1,4}( +[A-Z0-9-]{1,4})*", line)
    ]


def answered(folder: Path, *how: str) -> Wave:
    """A wave that some people answered, closed; one of them was not of the others' opinion."""
    new = ("wave", "new", "--kind", "zero", "--name", WAVE, "--questionnaire", "perception.yaml")
    for words in (new, ("wave", "open", WAVE, *how)):
        done = as_program(folder, *words)
        assert done.code == 0, done.err
    wave = Study(folder).wave(WAVE)
    for clear in (4, *[2] * (PEOPLE - 1)):
        said = {"category": Answer("answered", "ops"), "clear": Answer("answered", clear)}
        submit(wave, wave.questionnaire("perception"), Submission(), said)
    done = as_program(folder, "wave", "close", WAVE, "--yes")
    assert done.code == 0, done.err
    return Study(folder).wave(WAVE)


def restored(folder: Path, sheet: str, phrase: str) -> None:
    """A new passphrase, from the sheet."""
    terminal = in_terminal(folder, "keys", "restore", "officer")
    terminal.wait_for("The secret key from the recovery sheet")
    terminal.press(" ".join(typed_from(sheet)).lower(), ENTER)
    terminal.wait_for("Type it, or one of your own")
    terminal.press(phrase, ENTER)
    terminal.wait_for("Once more, to be sure")
    terminal.press(phrase, ENTER)
    terminal.wait_for("The new passphrase opens the key")
    assert terminal.end() == 0


def test_from_the_envelope_to_the_figures(zone: Path) -> None:
    """A key made in a terminal, its passphrase forgotten: the sheet gives a new one, with which
    the wave is unsealed. (A file of TinyDB would need no key at all: whoever has it reads it.)"""
    sheet = made_key(zone)
    answered(zone)
    restored(zone, sheet, "seven quiet otters swim home")
    terminal = in_terminal(zone, "wave", "unseal", WAVE, "--yes")
    terminal.wait_for("Passphrase of")
    terminal.press("seven quiet otters swim home", ENTER)
    terminal.wait_for("The figures of wave")
    assert terminal.end() == 0
    (collected,) = released(Study(zone).wave(WAVE)).collected
    assert (collected.stored, collected.counted) == (PEOPLE, PEOPLE)


# --- without this program ---------------------------------------------------------------------

# category: "ops" is the first group. clear: 4 is the fourth of five answers, 2 the second.
# unclear: nobody said anything. One byte for each, as the page says.
NUMBERS = sorted(["0 3 255", *["0 1 255"] * (PEOPLE - 1)])


def shell(command: str, folder: Path, typed: str = "") -> None:
    """Run a command of the page as it stands there, in a terminal that asks for what is typed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execvp("bash", ["bash", "-euo", "pipefail", "-c", command])
    heard, end = b"", time.monotonic() + 60
    while select.select([terminal], [], [], max(0.0, end - time.monotonic()))[0]:
        try:
            data = os.read(terminal, 4096)
        except OSError:  # Linux reports the other end's closing as an error
            break
        heard += data
        if typed and b"passphrase" in heard:
            os.write(terminal, f"{typed}\n".encode())
            typed = ""
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, heard.decode()
    os.close(terminal)


def steps() -> list[str]:
    """The commands of the page, in order."""
    found = re.findall(r"^( *)```sh\n(.*?)^\1```$", PAGE, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(command) for _, command in found]


@pytest.mark.system
def test_the_commands_of_the_page(zone: Path) -> None:
    """With the public tools alone: the key from the sheet opens the box, and the numbers are what
    people answered. (TinyDB's file is read without any key.)"""
    sheet = made_key(zone)
    wave = answered(zone)
    _, to_open, to_numbers = steps()
    (zone / "key.txt").write_text("".join(typed_from(sheet)).replace(" ", ""), "ascii")
    shell(to_open, zone)
    lines = (zone / "answers.jsonl").read_text("ascii").splitlines()
    assert {json.loads(line)["wave"] for line in lines} == {wave.file.uid}
    shell(to_numbers, zone)
    numbers = (zone / "numbers.txt").read_text("ascii").splitlines()
    assert sorted(" ".join(line.split()) for line in numbers) == NUMBERS


@pytest.mark.system
def test_the_key_file_opens_by_its_passphrase(zone: Path) -> None:
    """The first command of the page asks for the passphrase and gives the secret key, with which
    the command on the recovery sheet opens a sealed record."""
    phrase = "seven quiet otters swim home"
    wave = answered(zone, "--one-key")
    secret = SECRETS["dpo"]
    (zone / "keys" / "officer.age").write_bytes(protect(secret, phrase))
    shell(steps()[0], zone, phrase)
    assert (zone / "key.txt").read_text("ascii") == f"{secret}\n"
    (zone / "sealed.age").write_bytes(sealed_in(wave)[0])
    shell(COMMANDS["age"], zone)
    assert json.loads((zone / "response.json").read_bytes())["wave"] == wave.file.uid


@pytest.mark.system
def test_four_eyes_with_the_public_tool(zone: Path) -> None:
    """Two seals, one inside the other, open in the order that the page tells."""
    first, second = (new_key() for _ in range(2))
    for name, (secret, public) in zip(("a", "b"), (first, second), strict=True):
        content = new_content(name, "", "", public, MADE_ON)
        rehearse(add_public_key(zone, name, content), secret, "file", MADE_ON)
    wave = answered(zone, "--key", "a", "--key", "b", "--four-eyes")
    assert [one.public_key for one in wave.seal.keys] == [first[1], second[1]]
    for name, (secret, _) in (("first", first), ("second", second)):
        (zone / f"{name}.txt").write_text(secret, "ascii")
    (command,) = re.findall(r"`(age [^`]* \| age [^`]*)`", PAGE)
    (zone / "sealed.age").write_bytes(sealed_in(wave)[0])
    shell(f"( {command} ) < sealed.age > response.json", zone)
    assert json.loads((zone / "response.json").read_bytes())["wave"] == wave.file.uid


def sealed_in(wave: Wave) -> list[bytes]:
    """What lies in the box with the answers."""
    with response_store(answers_box(wave, wave.questionnaire("perception"))) as store:
        return list(store.payloads())
