"""Which tables of a wave go out, as which files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from imfsurvey.exchange.data.codebook import Codebook, Table
from imfsurvey.exchange.data.delivery import Delivered, deliver, delivering
from imfsurvey.exchange.data.figures import maturity_table, perception_table
from imfsurvey.exchange.data.formats.ddi import Ddi
from imfsurvey.exchange.data.formats.kinds import Kind
from imfsurvey.exchange.data.formats.pages import Page, ReadMe
from imfsurvey.exchange.data.formats.parquet import Parquet
from imfsurvey.exchange.data.formats.plain_json import CodebookJson, Json
from imfsurvey.exchange.data.formats.separated import RawCsv, SpreadsheetCsv, SyntaxCsv
from imfsurvey.exchange.data.formats.spss import Sav, Syntax
from imfsurvey.exchange.data.formats.workbook import Workbook
from imfsurvey.exchange.data.identifying import left_out
from imfsurvey.exchange.data.tables import (
    Subject,
    anonymous_codebook,
    microdata_table,
    named_codebook,
    named_tables,
    sealed_answers,
)
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.questionnaire import Choice, Questionnaire
from imfsurvey.store.batches import Batches
from imfsurvey.study import life
from imfsurvey.study.boxes import count_responses
from imfsurvey.study.folder import Study
from imfsurvey.study.results import WaveResults
from imfsurvey.study.unsealing import Progress, microdata_of, require_unsealed
from imfsurvey.study.wave import Wave

Format = Literal["csv", "xlsx", "sps", "sav", "parquet", "ddi", "json", "codebook"]
FORMATS: Final[tuple[Format, ...]] = (
    *("csv", "xlsx", "sps", "sav", "parquet", "ddi", "json", "codebook"),
)
USUAL: Final[tuple[Format, ...]] = ("csv", "xlsx", "sps", "codebook")
"""What nothing more need be installed for."""

_LIBRARIES: Final[Mapping[Format, tuple[str, ...]]] = {
    "sav": ("pandas", "pyreadstat"),
    "parquet": ("pyarrow",),
}


@dataclass(frozen=True)
class Opened:
    """What a key holder brings for microdata."""

    secrets: Sequence[str]
    identifying: bool = False
    """Whether the items that could single people out come along."""
    progress: Progress | None = None


@dataclass(frozen=True)
class Order:
    """One export: of which questionnaires, in which formats, in which language."""

    study: Study
    wave: Wave
    questionnaires: Sequence[Questionnaire]
    formats: Sequence[Format]
    today: datetime.date
    t: Translator
    opened: Opened | None = None
    """None: released figures instead of the responses to surveys."""
    by_name: bool = False
    """Whether one questionnaire was asked for: its answers are refused when they were sealed, and
    passed over where all are meant."""


def asked_for(wave: Wave, name: str | None) -> tuple[Questionnaire, ...]:
    """The questionnaire of that name; without a name, all that have data files.

    Raises `RefusedError` for one of a team session, whose votes stay with the session.
    """
    if name is None:
        return tuple(one for one in wave.questionnaires.values() if one.kind != "session")
    found = wave.questionnaire(name)
    if found.kind == "session":
        raise RefusedError(
            "IMF-F443",
            "'{questionnaire}' is voted on in team sessions: their results are in the session, "
            "single votes are never exported.",
            questionnaire=found.id,
        )
    return (found,)


def require_libraries(formats: Sequence[Format]) -> None:
    """Raise `RefusedError` when a format needs a library that is not installed."""
    for one in formats:
        if any(find_spec(name) is None for name in _LIBRARIES.get(one, ())):
            raise RefusedError(
                "IMF-F442",
                "The format '{format}' needs a further library. Install it: "
                "pip install 'imfsurvey[{format}]', in a clone python3 dev.py extras",
                format=one,
            )


def require_microdata(wave: Wave, surveys: Sequence[Questionnaire]) -> None:
    """Raise `RefusedError` unless the responses of single people may be given to a key holder.

    As for the figures: the wave is closed and was unsealed, and no survey has fewer responses
    than a figure needs.
    """
    require_unsealed(wave)
    if not surveys:
        raise RefusedError("IMF-F446", "There is no anonymous survey here: leave out --microdata.")
    for survey in surveys:
        if count_responses(wave, survey) < survey.privacy.k_total:
            raise RefusedError(
                "IMF-F444",
                "Too few answered '{questionnaire}' for its microdata to be given to anybody: "
                "{k} responses are needed.",
                questionnaire=survey.id,
                k=survey.privacy.k_total,
            )


def export(order: Order, folder: Path) -> Iterator[Delivered]:
    """Write every file, each told once it is in its place.

    Raises `RefusedError` as `require_microdata` and `named_tables` do and when there is nothing at
    all to export, `StorageError` when the disk fails.
    """
    require_libraries(order.formats)
    if order.opened is not None:
        require_microdata(order.wave, [one for one in order.questionnaires if one.anonymous])
    nothing = True
    with delivering(folder):
        for table, kinds in _planned(order):
            for kind in kinds:
                yield deliver(table, kind, folder)
                nothing = False
    if nothing:
        raise RefusedError(
            "IMF-F445",
            "Wave '{wave}' has nothing to export yet in these formats: figures of surveys are "
            "there once it was closed and unsealed, a codebook at any time.",
            wave=order.wave.id,
        )


def _planned(order: Order) -> Iterator[tuple[Table, list[Kind]]]:
    data, described = _data_kinds(order), _describing_kinds(order)
    found = _results(order)
    for questionnaire in order.questionnaires:
        subject = _subject(order, questionnaire)
        if questionnaire.anonymous and order.opened is not None:
            yield _opened(subject, order.opened), [*data, *described, ReadMe(order.t)]
            continue
        if questionnaire.anonymous:
            yield _empty(subject, anonymous_codebook(subject)), described
            for figures in found.figures.perception if found is not None else ():
                if figures.questionnaire == questionnaire.id:
                    yield perception_table(subject, figures), data
            continue
        if order.wave.file.status == "draft" or _passed_over(order, data):
            yield _empty(subject, named_codebook(subject)), described
            continue
        for table in named_tables(subject):
            yield table, [*data, *described]
    rated = [one for one in order.questionnaires if one.kind == "self_assessment"]
    if found is not None and rated:
        levels = maturity_table(_subject(order, rated[0]), found)
        if levels is not None:
            yield levels, data


def _passed_over(order: Order, data: Sequence[Kind]) -> bool:
    """Whether named answers were sealed and only their description is given."""
    return sealed_answers(order.wave) is not None and not (order.by_name and data)


def _results(order: Order) -> WaveResults | None:
    if order.wave.file.status == "draft":
        return None
    return life.results(order.study, order.wave, order.today)


def _subject(order: Order, questionnaire: Questionnaire) -> Subject:
    groups = order.wave.groups or tuple(
        Choice(code=group.id, text=group.label) for group in order.study.file.groups
    )
    return Subject(order.wave, questionnaire, groups, order.study.file.entity.name, order.t)


def _opened(subject: Subject, opened: Opened) -> Table:
    seal = subject.wave.seal
    batches = Batches(opened.secrets, seal.opening, seal.public_keys)
    found = microdata_of(subject.wave, subject.questionnaire, batches, opened.progress)
    without = () if opened.identifying else left_out(subject.questionnaire)
    return microdata_table(subject, found, without)


def _empty(subject: Subject, codebook: Codebook) -> Table:
    return Table(subject.stem, codebook, ((),) * len(codebook.variables))


def _data_kinds(order: Order) -> list[Kind]:
    makers: dict[Format, list[Kind]] = {
        "csv": [SpreadsheetCsv(), RawCsv()],
        "xlsx": [Workbook(order.t)],
        "sps": [SyntaxCsv(), Syntax()],
        "sav": [Sav()],
        "parquet": [Parquet()],
        "json": [Json()],
    }
    return [kind for one in order.formats for kind in makers.get(one, ())]


def _describing_kinds(order: Order) -> list[Kind]:
    t = order.t
    makers: dict[Format, list[Kind]] = {
        "ddi": [Ddi()],
        "codebook": [Page("html", t), Page("md", t), CodebookJson()],
    }
    return [kind for one in order.formats for kind in makers.get(one, ())]
