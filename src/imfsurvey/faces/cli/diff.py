"""`imfsurvey diff`: what a new version of a questionnaire does to the answers given to the old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import json_option
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.i18n.catalogue import N_, Marked, Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.changes import Change, changes
from imfsurvey.questionnaire.comparability import GRAVITY, ChangeKind
from imfsurvey.questionnaire.renames import rename_problems
from imfsurvey.source.document import Document, read
from imfsurvey.source.model import validated
from imfsurvey.source.places import KeyPath
from imfsurvey.source.problems import ProblemsFoundError

_TITLES: Final[Mapping[ChangeKind, Marked]] = {
    "breaking": N_("Breaking: answers of before and after are not alike"),
    "comparable": N_("Comparable with a note"),
    "safe": N_("Safe"),
}


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Every change is safe, comparable with a note, or breaking. With a breaking change the "
        "exit code is 1. Both files are such as 'imfsurvey check' accepts. Items that the new "
        "file names under 'replaces' are followed by their new ids."
    )
    return Command(
        "diff",
        t,
        callback=_diff,
        help=f"{summary}\n\n{details}",
        params=[
            click.Argument(
                ["old"],
                type=click.Path(path_type=Path),
                metavar=t("OLD"),
                help=t("The questionnaire that was answered."),
            ),
            click.Argument(
                ["new"],
                type=click.Path(path_type=Path),
                metavar=t("NEW"),
                help=t("The questionnaire that is to follow it."),
            ),
            json_option(t),
        ],
    )


@click.pass_obj
def _diff(call: Call, old: Path, new: Path, as_json: bool) -> int:
    """Print what changed; the exit code."""
    documents = (read(old), read(new))
    before, after = (validated(Questionnaire, document) for document in documents)
    problems = list(rename_problems(before, after, documents[1]))
    if problems:
        raise ProblemsFoundError(problems)
    found = changes(before, after)
    count = {kind: sum(change.kind == kind for change in found) for kind in GRAVITY}
    if as_json:
        listed = [_plain(change, *documents, call.t) for change in found]
        say_json({**count, "changes": listed})
    else:
        _print(found, *documents, call.t)
        narrate(_summed_up(count, call.t))
    return 1 if count["breaking"] else 0


def _print(found: Sequence[Change], old: Document, new: Document, t: Translator) -> None:
    """The changes by their sort, each at its places."""
    for kind in GRAVITY:
        some = [change for change in found if change.kind == kind]
        if some:
            say(t.messages.gettext(_TITLES[kind]))
        for change in some:
            places = [_place(old, change.old), _place(new, change.new)]
            where = " → ".join(place for place in places if place)
            say(f"  {where}: {describe(change, t)}")


def _place(document: Document, path: KeyPath | None) -> str:
    """`file:line:column`; empty where the file has no such thing."""
    if path is None:
        return ""
    place = document.place(path)
    return f"{document.name}:{place.line}:{place.column}"


def _plain(change: Change, old: Document, new: Document, t: Translator) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "message": describe(change, t),
        "old": _plain_place(old, change.old),
        "new": _plain_place(new, change.new),
    }


def _plain_place(document: Document, path: KeyPath | None) -> dict[str, str | int] | None:
    if path is None:
        return None
    place = document.place(path)
    return {"file": document.name, "line": place.line, "column": place.column}


def _summed_up(count: Mapping[ChangeKind, int], t: Translator) -> str:
    if not any(count.values()):
        return t("No change.")
    return t(
        "Breaking: {breaking}, comparable with a note: {comparable}, safe: {safe}",
        breaking=count["breaking"],
        comparable=count["comparable"],
        safe=count["safe"],
    )
