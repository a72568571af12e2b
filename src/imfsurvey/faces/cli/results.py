"""`imfsurvey results`: the figures of a wave, for people or for programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.groups_sheet import groups_sheet
from imfsurvey.faces.cli.layout import say_lines
from imfsurvey.faces.cli.options import json_option, wave_argument
from imfsurvey.faces.cli.raters_sheet import raters_data, raters_sheet
from imfsurvey.faces.cli.sheet import results_sheet
from imfsurvey.faces.cli.terminal import say, say_json
from imfsurvey.faces.gap_lines import gap_data, gap_lines
from imfsurvey.faces.progress_lines import progress_lines, trend_data
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.groupwords import GroupWords
from imfsurvey.report.words import Words
from imfsurvey.study import life
from imfsurvey.study.breakdowns import broken_down
from imfsurvey.study.kinds import RATERS, Rater
from imfsurvey.study.raters import require_seen
from imfsurvey.study.results import FIGURES, WaveResults


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "While a wave is open its maturity figures are provisional, and there are no perception "
        "figures at all."
    )
    return Command(
        "results",
        t,
        callback=_results,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            click.Option(
                ["--raters"],
                is_flag=True,
                help=t("What each rater said, side by side, and what they agreed on."),
            ),
            click.Option(
                ["--trend"],
                is_flag=True,
                help=t("How far from its targets, and all measurements up to this one in a row."),
            ),
            click.Option(
                ["--gap"],
                is_flag=True,
                help=t("What is claimed beside what the staff see, topic by topic."),
            ),
            click.Option(
                ["--as", "viewer"],
                type=click.Choice(RATERS),
                help=t(
                    "Who looks: while the wave is open, a rater sees the others after finishing "
                    "their own part; anybody else, when all have finished."
                ),
            ),
            click.Option(
                ["--by"],
                multiple=True,
                metavar=t("ITEM"),
                help=t(
                    "Results by group instead: an item that the survey declares in 'breakdown_by'. "
                    "Twice: crossed."
                ),
            ),
            json_option(t),
        ],
    )


@click.pass_obj
def _results(
    call: Call,
    name: str,
    by: tuple[str, ...],
    raters: bool,
    trend: bool,
    gap: bool,
    viewer: Rater | None,
    as_json: bool,
) -> None:
    _require_one_view({"--raters": raters, "--trend": trend, "--gap": gap, "--by": bool(by)})
    study = call.study()
    wave = study.wave(name)
    found = life.results(study, wave, call.today, viewer)
    if trend:
        earlier = life.closed_before(study, wave)
        waves = (*(life.results(study, one, call.today) for one in earlier), found)
        _print_trend(waves, as_json, call.t)
    elif gap:
        _print_gap(found, as_json, call.t)
    elif by:
        _print_groups(found, by, as_json, call.t)
    elif raters:
        _print_raters(found, as_json, call.t)
    elif as_json:
        remarks = [{"code": one.code, "message": one.message} for one in found.remarks]
        say_json({**FIGURES.dump_python(found.figures, mode="json"), "remarks": remarks})
    else:
        asked = bool(found.figures.perception)
        print_sheet(found, call.t, life.before(study, wave, call.today) if asked else None)


def _require_one_view(wanted: Mapping[str, bool]) -> None:
    """Raise `WrongUseError` where several were asked for: none is passed over in silence."""
    views = [option for option, given in wanted.items() if given]
    if len(views) > 1:
        raise WrongUseError(
            "IMF-F492",
            "Each of {options} is a view of its own: give one.",
            options=", ".join(views),
        )


def _print_raters(found: WaveResults, as_json: bool, t: Translator) -> None:
    require_seen(found.figures)
    if as_json:
        say_json(raters_data(found))
        return
    for line in raters_sheet(found, t):
        say(line)


def _print_trend(waves: Sequence[WaveResults], as_json: bool, t: Translator) -> None:
    if as_json:
        say_json(trend_data(waves))
        return
    say_lines(progress_lines(waves, t))


def _print_gap(found: WaveResults, as_json: bool, t: Translator) -> None:
    if as_json:
        say_json(gap_data(found))
        return
    say_lines(gap_lines(found, t))


def _print_groups(found: WaveResults, by: tuple[str, ...], as_json: bool, t: Translator) -> None:
    chosen = broken_down(found, by)
    if as_json:
        whole = FIGURES.dump_python(replace(found.figures, breakdowns=chosen), mode="json")
        say_json(whole["breakdowns"])
        return
    words = Words(t.language, found.framework)
    shown = [one for one in GroupWords.all_of(found, words) if one.figures in chosen]
    for line in groups_sheet(shown):
        say(line)


def print_sheet(found: WaveResults, t: Translator, before: WaveResults | None = None) -> None:
    """The figures as text, with bars that the terminal can show; what staff said before beside."""
    for line in results_sheet(found, t, before, encoding=sys.stdout.encoding or "ascii"):
        say(line)
