"""The summary report of one or more waves as a view model, in one language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import islice

from imfsurvey import __version__
from imfsurvey.report.document import Section, Summary
from imfsurvey.report.parts import (
    actions as plan,
)
from imfsurvey.report.parts import (
    beside,
    change,
    gap,
    groups,
    handover,
    identity,
    method,
    overview,
    perception,
    progress,
    raters,
    series,
    steps,
    topics,
)
from imfsurvey.report.view import View
from imfsurvey.report.words import clean
from imfsurvey.study.actions.action import Action
from imfsurvey.study.results import WaveResults


def summary(
    waves: Sequence[WaveResults],
    language: str,
    made_on: datetime.date,
    actions: Sequence[Action] = (),
) -> Summary:
    """The report on the last of `waves` (in order of time), in one of the interface's languages.

    `actions`: the action plan of the study as it is on the day `made_on`.
    The first zero measurement and the wave before the last are compared with it. What a wave does
    not have (a self-assessment, a survey) is left out. ValueError without a wave, or for a
    language that the interface does not have.
    """
    view = View.of(waves, language, actions, made_on)
    t = view.t
    return Summary(
        language=language,
        wave=view.figures.wave,
        title=t("Integrity policy: summary report"),
        entity=clean(view.figures.entity),
        subtitle=identity.subtitle(view),
        facts=tuple(identity.facts(view)),
        warnings=tuple(identity.warnings(view)),
        headlines=tuple(_headlines(view)),
        tiles=overview.tiles(view) if view.has_maturity else (),
        sections=tuple(_sections(view)),
        made=t(
            "Made with imfsurvey {version} on {date}.",
            version=__version__,
            date=view.words.date(made_on),
        ),
    )


def _headlines(view: View) -> Iterator[str]:
    """At most five sentences: claims that are not confirmed first, a survey beside a
    self-assessment last; then where to begin."""
    said = list(islice(perception.headlines(view), overview.MOST_HEADLINES))
    if not view.has_maturity:
        yield from said
        return
    about_themes, doubts = said[1:2], list(gap.headlines(view))
    yield from doubts
    left = max(overview.MOST_HEADLINES - len(about_themes) - len(doubts), 1)
    yield from islice(overview.headlines(view), left)
    yield from about_themes
    if next_step := steps.headline(view):
        yield next_step


def _sections(view: View) -> Iterator[Section]:
    """The parts of the report, in the order in which they are read."""
    found: list[Section | None] = []
    if view.has_maturity:
        found += [overview.section(view), topics.section(view), raters.section(view)]
        if beside.has_leadership(view):
            found.append(beside.leadership(view))
        if view.framework.balance is not None:
            found.append(beside.balance(view))
    found += [*perception.sections(view), *groups.sections(view)]
    if view.has_maturity:
        found += [gap.section(view), change.section(view), series.section(view)]
        found += [progress.section(view), plan.section(view), steps.section(view)]
        found.append(handover.section(view))
    yield from (section for section in found if section is not None)
    yield method.section(view)
