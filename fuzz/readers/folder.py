"""The study folder: every file in it changed, and the commands that read it run."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from changing import changed_bytes, changed_json
from lockedkeys import LOCKED, PHRASE, is_cheap
from mutations import changed
from reading import Input, Place, codes_said, command
from samplestudy import CLOSED, OPEN, SESSION, TICKETED, make_study

_SHOWN: Final = ("wave list --json", f"wave show {OPEN} --json", f"results {CLOSED} --json")
_ANSWERED: Final = (f"answer {OPEN} kinds --plain", f"answer {TICKETED} anonymous --plain")
_RATED: Final = (f"results {OPEN} --json", f"export {CLOSED} kinds --output ../out")

COMMANDS: Final[Mapping[str, Sequence[str]]] = {
    "study.yaml": (*_SHOWN, "portfolio . --json", "targets", f"papers {OPEN} --output ../out"),
    "keys/*.yaml": ("keys status --json", "keys rehearse officer", "wave open draft"),
    "keys/*.age": ("keys rehearse officer", "keys rehearse dpo", f"wave unseal {CLOSED}"),
    "waves/*/wave.yaml": (*_SHOWN, *_ANSWERED, f"wave close {OPEN} --yes --incomplete"),
    "waves/*/framework.yaml": (*_SHOWN, f"results {OPEN}", *_ANSWERED),
    "waves/*/kinds.yaml": (*_SHOWN, *_ANSWERED, *_RATED),
    "waves/*/anonymous.yaml": (*_SHOWN, *_ANSWERED, f"serve {OPEN} --port 999999"),
    "waves/*/closing.yaml": (f"wave show {CLOSED}", f"wave unseal {CLOSED}"),
    "waves/*/imports/*.yaml": (
        f"wave close {OPEN} --yes --incomplete --drop-sheets --end-sessions",
    ),
    "waves/*/merged/*": (f"wave close {OPEN} --yes --incomplete --drop-sheets --end-sessions",),
    "waves/*/sessions/*.yaml": (f"session {OPEN} {SESSION}", f"session {OPEN} --json"),
    "questionnaires/*": ("wave open draft", "check questionnaires/kinds.yaml", "policy status"),
    "study.json": (
        *("actions --json", "actions history --json", "targets --json", "policy status --json"),
        *(f"results {OPEN}", "policy write --output ../out --format html", "actions undo"),
        *(f"report {CLOSED} --format html --output ../out", "policy edit --plain"),
        f"actions propose {CLOSED}",
    ),
    "waves/*/assessment.json": (*_RATED, f"answer {OPEN} kinds --plain", f"results {CLOSED}"),
    "waves/*/released.json": (
        *(
            f"results {CLOSED} --json",
            f"export {CLOSED} --output ../out",
            "actions propose " + CLOSED,
        ),
        *(f"report {CLOSED} --format md --output ../out", f"results {CLOSED}", f"results {OPEN}"),
        *(f"report {CLOSED} --format html --output ../out", "portfolio . --json", "portfolio ."),
        *(f"report {OPEN} --format html --output ../out", "actions --json"),
    ),
    "waves/*/tickets.json": (
        *(f"tickets {TICKETED} --json", f"wave show {TICKETED}", f"tickets {TICKETED} --torn-up 1"),
        f"answer {TICKETED} anonymous --plain",
    ),
    "waves/*/keying/*.json": (
        *(f"key-in {OPEN} anonymous", f"wave close {OPEN} --yes --incomplete"),
        f"wave show {OPEN}",
    ),
    "waves/*/drafts/*": (f"answer {TICKETED} anonymous --plain", f"wave show {TICKETED}"),
}
"""By the name of a file, the commands that read it."""


class Folder:
    """Files of a study."""

    seconds = 20
    patterns: Sequence[str] = ()

    def __init__(self, folder: Path) -> None:
        study, ticket = make_study(folder / "a" / "study")
        study.new_wave("final", 2029, name="draft", questionnaires=("anonymous.yaml",))
        (study.folder / "keys" / "officer.age").write_bytes(LOCKED["officer"])
        self._place = Place(study.folder)
        os.chdir(study.folder)
        self._typed = f"1\n{ticket}\n1\n2\ntext\np\nq\n".encode()
        self._phrase = f"{PHRASE}\n".encode()
        names = {
            pattern: [name for name in self._place.files if fnmatch(name, pattern)]
            for pattern in self.patterns
        }
        missing = [pattern for pattern, found in names.items() if not found]
        assert not missing, f"no file of the study is called {missing}"
        self._names = names

    def make(self, rng: random.Random) -> Input:
        """A file and its new content; a command."""
        pattern = rng.choice(self.patterns)
        name = rng.choice(self._names[pattern])
        data, others = self._place.files[name], [self._place.files["study.yaml"]]
        if name.endswith(".json"):
            made = changed_json(rng, data)
        elif name.endswith((".yaml", ".txt")) and rng.random() < 0.9:
            made = changed(rng, data.decode())
        else:
            made = changed_bytes(rng, data, others)
        return Input(made, f"{name}: {rng.choice(COMMANDS[pattern])}")

    def read(self, given: Input) -> Sequence[str]:
        """Run the command on the study with that file."""
        name, _, words = given.name.partition(": ")
        locked = name.endswith(".age")
        if locked and not is_cheap(given.data):
            return ["not tried: dear"]
        try:
            (self._place.folder / name).write_bytes(given.data)
            where = ("--study", str(self._place.folder), "--lang", "en")
            typed = self._phrase if locked else self._typed
            said = command(*words.split(), *where, typed=typed)
        finally:
            self._place.restore()
        left_early = (3,) if "--plain" in words else ()
        return codes_said(said, left_early)


class Settings(Folder):
    """Files in YAML, and the lists beside them."""

    patterns = tuple(one for one in COMMANDS if one.endswith((".yaml", "*")) and "dr" not in one)


class Desks(Folder):
    """Files in JSON."""

    patterns = tuple(one for one in COMMANDS if one.endswith(".json"))


class Sealed(Folder):
    """Key files and drafts: what is sealed."""

    patterns = ("keys/*.age", "waves/*/drafts/*")
