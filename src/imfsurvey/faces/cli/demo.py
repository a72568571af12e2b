"""`imfsurvey demo`: the worked example, made once, reported, shown."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.results import print_sheet
from imfsurvey.faces.cli.terminal import narrate, say, screens_possible
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report import write
from imfsurvey.study import life
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.demo import complete_demo, make_demo
from imfsurvey.study.folder import REPORTS, Study
from imfsurvey.study.results import WaveResults

_NAME = "demo-valombre"
_LANGUAGES = ("fr", "nl")


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "The zone, its people and all answers are invented. The study is made the first time and "
        "used again later; on a terminal its home screen opens, elsewhere the figures are printed."
    )
    return Command(
        "demo",
        t,
        callback=_demo,
        help=f"{summary}\n\n{details}",
        params=[
            click.Argument(
                ["folder"],
                type=click.Path(path_type=Path),
                metavar=t("[DIR]"),
                required=False,
                help=t("Where to make it (default: your folder for application data)."),
            )
        ],
    )


@click.pass_obj
def _demo(call: Call, folder: Path | None) -> int:
    t = call.t
    folder = (folder or _default_folder()).resolve()
    study = complete_demo(folder)
    if study is None:
        narrate(t("Making the worked example in {folder} ...", folder=folder))
        study = make_demo(folder)
    html = _reported(study, call)
    if screens_possible():
        from imfsurvey.faces.tui import run_home

        code = run_home(study, t.language)
        say(t("The report: {path}", path=html))
        return code
    before, found = _closed(study, call)[-2:]
    print_sheet(found, t, before)
    say()
    say(t("The report: {path}", path=html))
    return 0


def _default_folder() -> Path:
    """A place of the person's own that can be written to, outside any project."""
    home = os.environ.get("XDG_DATA_HOME")
    try:
        base = (Path(home) if home else Path.home() / ".local" / "share") / "imfsurvey"
        base.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no home, or one that is read-only
        base = Path(tempfile.mkdtemp(prefix="imfsurvey-"))
    if not os.access(base, os.W_OK):
        base = Path(tempfile.mkdtemp(prefix="imfsurvey-"))
    return base / _NAME


def _reported(study: Study, call: Call) -> Path:
    """Write the report of both waves; the HTML file in the language of the interface, if any."""
    narrate(call.t("Writing the report ..."))
    written = write(
        _closed(study, call),
        study.folder / REPORTS,
        _LANGUAGES,
        ("html", "pdf"),
        call.today,
        actions=ActionPlan(study).actions,
    )
    pages = [path for path in written if path.suffix == ".html"]
    spoken = [path for path in pages if path.stem.endswith(f".{call.t.language}")]
    return (spoken or pages)[0]


def _closed(study: Study, call: Call) -> list[WaveResults]:
    """The waves that are closed: whoever plays with the example may have opened another."""
    closed = [wave for wave in study.waves if wave.file.status == "closed"]
    return [life.results(study, wave, call.today) for wave in closed]
