"""The row about the summary report: all files of four languages beside Typst alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measure
import typst
from invented import DAY
from measure import Row, Sample

from imfsurvey.report import write
from imfsurvey.study import life
from imfsurvey.study.demo import make_demo
from imfsurvey.study.results import WaveResults

LANGUAGES = ("fr", "nl", "en", "de")


def report(folder: Path, turns: int) -> Row:
    """On the two waves of the worked example."""
    study = make_demo(folder / "demo")
    waves = [life.results(study, wave, DAY) for wave in study.waves]

    def ours() -> float:
        place = folder / "reports"
        took = measure.timed(lambda: write(waves, place, LANGUAGES, ("pdf", "html", "docx"), DAY))
        shutil.rmtree(place)
        return took

    compiling = _compilings(waves, folder)

    def alone() -> float:
        return measure.timed(lambda: [work() for work in compiling])

    mine, peer = measure.in_turns(turns, ours, alone)
    what = "summary report, 4 languages, PDF + HTML + DOCX"
    against = "Typst, compiling the 4 PDFs"
    return Row(what, Sample.of(mine), against, Sample.of(peer), "ratio", 2.5)


def _compilings(waves: list[WaveResults], folder: Path) -> list[Callable[[], Any]]:
    """The calls of the compiler that the PDFs make, to be made again without all the rest."""
    calls: list[Callable[[], Any]] = []
    compile_ = typst.compile

    def noted(*args: Any, **options: Any) -> Any:
        calls.append(lambda: compile_(*args, **options))
        return compile_(*args, **options)

    typst.compile = noted
    try:
        write(waves, folder / "noted", LANGUAGES, ("pdf",), DAY)
    finally:
        typst.compile = compile_
    return calls
