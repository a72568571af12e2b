"""Boxes from elsewhere: a wave folder on a stick of which some files are not as they were."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from changing import changed_bytes, changed_json
from mutations import changed
from reading import Input, Place, codes_said, command
from samplestudy import OPEN, TICKETED, make_study


class Sticks:
    """`imfsurvey merge` of a changed copy."""

    seconds = 30

    def __init__(self, folder: Path) -> None:
        study, _ = make_study(folder / "study")
        shutil.copytree(study.folder / "waves", folder / "stick")
        closing = ("wave", "close", OPEN, "--yes", "--incomplete", "--end-sessions")
        (folder / "third").mkdir()
        shutil.copytree(study.folder, folder / "third" / "study")
        there = ("--drop-sheets", "--study", str(folder / "third" / "study"))
        said = command(*closing, *there)
        assert said.code == 0, said
        shutil.copytree(folder / "third" / "study" / "waves" / OPEN, folder / "stick" / "closed")
        shutil.rmtree(folder / "third")
        self._stick, self._study = Place(folder / "stick"), Place(study.folder)
        wanted = (OPEN, TICKETED, "closed")
        self._names = [
            name
            for name in self._stick.files
            if name.startswith(wanted) and not name.endswith((".lock", ".txt", "kinds.yaml"))
        ]
        os.chdir(folder)

    def make(self, rng: random.Random) -> Input:
        """One of the files of a wave, changed."""
        name = rng.choice(self._names)
        data = self._stick.files[name]
        if "/seg-" in name and rng.random() < 0.6:
            return Input(changed_bytes(rng, data, (b" " * 256,)), name)
        if name.endswith(".json"):
            return Input(changed_json(rng, data), name)
        if name.endswith(".yaml"):
            return Input(changed(rng, data.decode()), name)
        return Input(changed_bytes(rng, data), name)

    def read(self, given: Input) -> Sequence[str]:
        """Take it in."""
        try:
            (self._stick.folder / given.name).write_bytes(given.data)
            wave = self._stick.folder / given.name.partition("/")[0]
            more = ("--despite-differences",) if len(given.data) % 2 else ()
            where = ("--study", str(self._study.folder), "--lang", "en")
            said = command("merge", str(wave), *more, *where)
        finally:
            self._stick.restore()
            self._study.restore()
        return codes_said(said)
