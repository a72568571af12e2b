"""`imfsurvey portfolio`: several studies side by side, for the inspectorate."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import click

from imfsurvey.analysis.figures import NodeFigures
from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.faces.cli.options import json_option, output_option, require_apart
from imfsurvey.faces.cli.terminal import WIDTH, narrate, say, say_json
from imfsurvey.framework.model import OVERALL
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.report.words import Words, clean
from imfsurvey.source.formulas import guarded
from imfsurvey.store.disk import explained, replace_file
from imfsurvey.study.portfolio import Entry, Unreadable, portfolio

_NAME: Final = 20


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Of each study the last closed self-assessment, corrected if need be. What the staff said "
        "is never in it. A study that cannot be read is named with its error."
    )
    return Command(
        "portfolio",
        t,
        callback=_portfolio,
        help=f"{summary}\n\n{details}",
        params=[
            click.Argument(
                ["folders"],
                nargs=-1,
                required=True,
                type=click.Path(path_type=Path),
                metavar=t("DIR…"),
                help=t("Study folders."),
            ),
            output_option(t, t("Write a CSV file for a spreadsheet instead."), "FILE"),
            json_option(t),
        ],
    )


@click.pass_obj
def _portfolio(call: Call, folders: tuple[Path, ...], output: Path | None, as_json: bool) -> int:
    require_apart("--output", output is not None, {"--json": as_json})
    found = portfolio(folders)
    entries = [one for one in found if isinstance(one, Entry)]
    broken = [one for one in found if isinstance(one, Unreadable)]
    if output is not None:
        _write(entries, output, call.t)
    elif as_json:
        errors = [{"folder": one.folder, "code": one.error.code, "message": str(one.error)}
                  for one in broken]  # fmt: skip
        say_json({"studies": [_plain(one) for one in entries], "errors": errors})
    else:
        for line in _lines(entries, call.t):
            say(line)
    for one in broken:
        narrate(f"{clean(one.folder)}: {one.error.code}: {describe(one.error, call.t)}")
    return 1 if broken else 0


def _lines(entries: Sequence[Entry], t: Translator) -> Iterator[str]:
    """A table for each framework: levels under different ones are not comparable."""
    by_framework: dict[str, list[Entry]] = {}
    for one in entries:
        by_framework.setdefault(one.framework.framework.id, []).append(one)
    for number, group in enumerate(by_framework.values()):
        if number:
            yield ""
        yield from _table(group, t)


def _table(entries: Sequence[Entry], t: Translator) -> Iterator[str]:
    framework = entries[-1].framework
    words = Words(t.language, framework)
    pillars = [pillar.id for pillar in framework.pillars]
    column = min((WIDTH - _NAME) // (len(pillars) + 3), 14)
    heads = [t("Overall"), *map(words.label, pillars), t("Index"), t("Coverage")]
    cut = [one if len(one) < column else one[: column - 2] + "…" for one in heads]
    yield f"{t('LEVELS'):<{_NAME}}" + "".join(f"{one:>{column}}" for one in cut)
    for one in entries:
        *above, name = wrapped(clean(one.entity), width=_NAME - 1)
        yield from above
        overall = one.nodes[OVERALL]
        shown = [overall, *(one.nodes.get(pillar) for pillar in pillars)]
        cells = [_level(node, words) for node in shown]
        cells += [words.index(overall.index), words.share(overall.coverage)]
        yield f"{name:<{_NAME}}" + "".join(f"{cell:>{column}}" for cell in cells)
        yield from wrapped(_beside(one, words), "  ")


def _level(node: NodeFigures | None, words: Words) -> str:
    """A level as `1 ≤3`, when another one is possible."""
    if node is None or node.demonstrated is None:
        return words.bounded(None, None)
    most = node.at_most
    return f"{node.demonstrated}" + (f" ≤{most}" if most not in (None, node.demonstrated) else "")


def _beside(one: Entry, words: Words) -> str:
    t = words.t
    closed = t("closed on {date}", date=words.date(one.closed_on)) if one.closed_on else ""
    approved = one.policy_approved_on
    parts = [
        one.wave,
        closed,
        t("policy approved on {date}", date=words.date(approved))
        if approved
        else t("policy not approved"),
        t("revision {number}", number=one.revision) if one.revision > 1 else "",
        "" if one.external is None else t("external rating: level {level}", level=one.external),
        "" if one.serves else t("incomplete: no measurement"),
    ]
    return " · ".join(filter(None, parts))


def _plain(one: Entry) -> dict[str, Any]:
    overall = one.nodes[OVERALL]
    return {
        "folder": one.folder,
        "entity": one.entity,
        "wave": one.wave,
        "kind": one.kind,
        "revision": one.revision,
        "closed_on": one.closed_on.isoformat() if one.closed_on else None,
        "policy_approved_on": one.policy_approved_on.isoformat()
        if one.policy_approved_on
        else None,
        "counted": one.counted,
        "framework": one.framework.framework.id,
        "serves": one.serves,
        "level": overall.demonstrated,
        "at_most": overall.at_most,
        "index": overall.index,
        "core_index": overall.core_index,
        "coverage": overall.coverage,
        "external_level": one.external,
        "pillars": {
            pillar.id: one.nodes[pillar.id].demonstrated
            for pillar in one.framework.pillars
            if pillar.id in one.nodes
        },
    }


def _write(entries: Sequence[Entry], out: Path, t: Translator) -> None:
    """The same as a CSV file: semicolons, UTF-8 with a mark, as spreadsheets here read it."""
    if out.exists():
        raise WrongUseError(
            "IMF-F431", "'{file}' is there already: name another file.", file=str(out)
        )
    rows = [_flat(one) for one in entries]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    with explained(out):
        replace_file(out.absolute(), text.getvalue().encode("utf-8-sig"))
    narrate(t("Written: {file}", file=out))


def _flat(one: Entry) -> dict[str, object]:
    row = _plain(one)
    pillars = row.pop("pillars")
    row |= {f"level_{pillar}": level for pillar, level in pillars.items()}
    return {name: _safe(value) for name, value in row.items()}


def _safe(value: object) -> object:
    """A text that no spreadsheet takes for a formula, and nothing for what there is not."""
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else value
