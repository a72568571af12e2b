"""What the Tab key offers in a shell: the waves of the study, the questionnaires of a wave."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from imfsurvey.i18n.errors import ImfsurveyError

if TYPE_CHECKING:  # which offers this with its arguments
    from click.shell_completion import CompletionItem

    from imfsurvey.faces.cli.call import Call

Offer = Callable[[click.Context, click.Parameter, str], list[str]]
"""What click asks for: the words that can stand where a word has been begun."""


def _offering(words: Callable[[click.Context], Iterable[str]]) -> Offer:
    """Offer words that begin like the one begun; none where the study cannot be read.

    The command itself says what is wrong with a study. In the middle of a line there is no place
    to say it.
    """

    def offer(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
        try:
            return [word for word in words(context) if word.startswith(begun)]
        except ImfsurveyError:
            return []

    return offer


def _waves(context: click.Context) -> Iterable[str]:
    call: Call = context.obj
    study = call.study_if_any()
    return [wave.id for wave in study.waves] if study is not None else []


def _questionnaires(context: click.Context) -> Iterable[str]:
    call: Call = context.obj
    return call.study().wave(context.params["name"]).stems


waves = _offering(_waves)
"""The ids of the waves of the study around, or of the one that --study names."""


def waves_or_files(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[str] | list[CompletionItem]:
    """A wave that begins like this; where there is none, the shell offers its files."""
    from click.shell_completion import CompletionItem

    return waves(context, parameter, begun) or [CompletionItem(begun, type="file")]


questionnaires = _offering(_questionnaires)
"""The short names in the wave that stands before it on the line."""
