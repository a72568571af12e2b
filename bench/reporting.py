"""The row about the summary report: all files of four languages beside Typst alone."""

from __future__ import annotations

import compileall
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import measure
import typst
from invented import DAY
from measure import PEERS, ROOT, Ran, Row

from imfsurvey.report import write
from imfsurvey.report.pdf.engine import FONTS
from imfsurvey.study import life
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.demo import make_demo
from imfsurvey.study.folder import Study

LANGUAGES = ("fr", "nl", "en", "de")
FORMS = ("pdf", "html", "docx")


def report(folder: Path, turns: int) -> Row:
    """On the two waves of the worked example.

    Both are whole programs, started anew each turn: within one process Typst keeps what it has
    compiled, and would compile the same again in an eighth of the time.
    """
    compileall.compile_dir(ROOT / "src", quiet=2)  # as an installed program is
    study = make_demo(folder / "demo")
    calls = folder / "calls.json"
    calls.write_text(json.dumps(_compilings(study, folder / "noted")), "utf-8")
    named = [wave.id for wave in study.waves]
    asked = ("--languages", ",".join(LANGUAGES), "--format", ",".join(FORMS))
    place = folder / "reports"

    def ours() -> Ran:
        program = (sys.executable, PEERS / "program.py")
        done = measure.ran(
            *program, "report", *named, *asked, "--output", place, cwd=folder / "demo"
        )
        written = len(list(place.iterdir()))
        assert written == len(LANGUAGES) * len(FORMS), f"{written} files"
        shutil.rmtree(place)
        return done

    mine, peer = measure.in_turns(
        turns, ours, lambda: measure.peer("typeset", calls, FONTS, folder / "typeset.pdf")
    )
    what = "summary report, 4 languages, PDF + HTML + DOCX"
    return measure.of_programs(what, mine, "Typst, compiling the 4 PDFs", peer, "ratio", 2.5)


def _compilings(study: Study, folder: Path) -> list[dict[str, Any]]:
    """The calls of the compiler that the PDFs make, to be made again without all the rest."""
    calls: list[dict[str, Any]] = []
    compile_ = typst.compile

    def noted(file: str, font_paths: typst.Fonts, **options: Any) -> Any:
        calls.append({"file": file, "options": options})
        return compile_(file, font_paths=font_paths, **options)

    waves = [life.results(study, wave, DAY) for wave in study.waves]
    typst.compile = noted
    try:
        write(waves, folder, LANGUAGES, ("pdf",), DAY, actions=ActionPlan(study).actions)
    finally:
        typst.compile = compile_
    assert len(calls) == len(LANGUAGES)
    return calls
