"""Rows about commands that nobody should wait for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import invented
import measure
import yaml
from measure import ROOT, Row, Sample

from imfsurvey.framework import load_framework
from imfsurvey.questionnaire import Questionnaire, checks
from imfsurvey.questionnaire.shipped import FRAMEWORK, shipped
from imfsurvey.source.document import read
from imfsurvey.source.model import validated

OURS = (sys.executable, ROOT / "bench" / "peers" / "program.py")
"""The installed command, which is this script and a first line."""
ONE_MODEL = """
import click, yaml
from pydantic import BaseModel
class One(BaseModel):
    number: int
One(number=1)
"""
"""What `import pydantic` leaves for later: it loads its parts when a model is made and built."""
SMALL = 5
LONG = 300


def starts(folder: Path, turns: int) -> Iterator[Row]:
    """Help, version and a check beside the imports that they cannot do without."""
    file = folder / "small.yaml"
    file.write_text(invented.long_survey(SMALL), "utf-8")
    click = (sys.executable, "-c", "import click")
    all_three = (sys.executable, "-c", "import click, pydantic, yaml")
    runs = measure.in_turns(
        turns,
        lambda: measure.ran(*click),
        lambda: measure.ran(*all_three),
        lambda: measure.ran(*OURS, "--help"),
        lambda: measure.ran(*OURS, "--version"),
        lambda: measure.ran(*OURS, "check", file),
        lambda: measure.ran(sys.executable, "-c", ONE_MODEL),
    )
    floor, imports, *ours, model = runs
    for name, found in zip(("--help", "--version"), ours, strict=False):
        yield measure.of_programs(name, found, "import click", floor, "ratio", 1.6)
    against = "import click, pydantic, yaml"
    yield measure.of_programs("check of a small file", ours[2], against, imports, "ratio", 1.6)
    against = "the same, one model made and built"
    yield measure.of_programs("check of a small file", ours[2], against, model, "shown", 0)


def long_check(folder: Path, turns: int) -> Row:
    """Reading and checking a long questionnaire, with every place for every message."""
    file = folder / "long.yaml"
    file.write_text(invented.long_survey(LONG), "utf-8")
    framework = load_framework(shipped(FRAMEWORK))

    def check() -> float:
        return measure.timed(lambda: _checked(file, framework))

    def compose() -> float:
        text = file.read_text("utf-8")
        return measure.timed(lambda: yaml.compose(text, Loader=yaml.CSafeLoader))

    ours, peer = measure.in_turns(turns, check, compose)
    what = f"check of {LONG} items, imports left out"
    return Row(what, Sample.of(ours), "PyYAML C compose", Sample.of(peer), "ratio", 3.0)


def _checked(file: Path, framework: object) -> None:
    from imfsurvey.framework import Framework

    assert isinstance(framework, Framework)
    document = read(file)
    assert not checks.check(validated(Questionnaire, document), framework, document)
