"""The rows of a file as responses, each put through the interview that people go through.

What the interview would not take is a problem: a value that is not offered, an answer to what was
not asked after these answers, something required that is missing. Problems name row and column,
never what stands there.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.exchange.data.codebook import Category
from imfsurvey.exchange.data.inward.columns import Columns, Known, known_parts, matched
from imfsurvey.exchange.data.inward.reading import Grid, Row
from imfsurvey.exchange.data.inward.values import typed
from imfsurvey.framework import Framework
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.answers import Status
from imfsurvey.interview.comments import kept_text
from imfsurvey.questionnaire import (
    Choice,
    MultiItem,
    NumberItem,
    Questionnaire,
    RankingItem,
    TextItem,
)
from imfsurvey.source.formulas import unguarded
from imfsurvey.source.problems import MAX_PROBLEMS, Problem, ProblemsFoundError

Progress = Callable[[int, int], None]
"""Told how many rows were looked at, and how many there are."""

_EVERY: Final = 500


@dataclass(frozen=True)
class Intake:
    """Where the rows of a file go, and how strict that is."""

    questionnaire: Questionnaire
    framework: Framework
    groups: Sequence[Choice]
    day: datetime.date | None
    """The day on which they count as answered."""
    blank_allowed: bool = False
    """Whether something required may be missing, as on paper."""

    def interview(self) -> Interview:
        """A fresh one."""
        language = self.questionnaire.questionnaire.default_language
        return Interview(
            self.questionnaire, self.framework, language, groups=self.groups, today=self.day
        )


def responses_in(
    grid: Grid, intake: Intake, progress: Progress | None = None
) -> list[Mapping[str, Answer]]:
    """Every row as a response. Raises `ProblemsFoundError` with all that is wrong with any."""
    parts = known_parts(intake.questionnaire, intake.framework, intake.groups)
    columns = matched(grid, parts)
    found, problems = [], []
    for number, row in enumerate(grid.rows, start=1):
        reader = _Reader(grid.file, row, columns, intake)
        found.append(reader.response())
        problems += reader.problems
        if len(problems) >= MAX_PROBLEMS:
            break
        if progress is not None and (number % _EVERY == 0 or number == len(grid.rows)):
            progress(number, len(grid.rows))
    if problems:
        raise ProblemsFoundError(problems[:MAX_PROBLEMS])
    if not found:
        raise ProblemsFoundError(
            [Problem("IMF-E191", "holds names of variables but no responses", {}, grid.file)]
        )
    return found


@dataclass
class _Reader:
    """One row on its way through an interview."""

    file: str
    row: Row
    columns: Columns
    intake: Intake
    problems: list[Problem] = field(default_factory=list)
    _unasked: list[str] = field(default_factory=list)
    """Items of which the row says that they were not asked."""

    def response(self) -> Mapping[str, Answer]:
        """What counts of it; `problems` holds what is wrong."""
        interview = self.intake.interview()
        order = {item_id: place for place, item_id in enumerate(self.intake.questionnaire.items)}
        for known in sorted(self.columns.parts, key=lambda one: order[one.item.id]):
            try:
                self._take(interview, known)
            except InputError as error:
                self._add(error.code, error.template, known.item.id, **error.params)
        if not self.problems:
            self._check(interview)
        return interview.response()

    # --- from cells to answers ----------------------------------------------------------------

    def _take(self, interview: Interview, known: Known) -> None:
        texts = self._texts(known)
        if not any(texts):
            return
        item = known.item
        if known.part.side is not None:
            lines = known.part.side == "comment"
            interview.note(item.id, known.part.side, self._free(texts[0], lines))
        elif isinstance(item, TextItem):
            text = self._free(texts[0], item.multiline)
            if text:
                interview.record(item.id, "answered", text)
        elif isinstance(item, MultiItem | RankingItem):
            self._several(interview, known, texts)
        else:
            self._single(interview, known, texts[0])

    def _texts(self, known: Known) -> list[str]:
        """The cells of a part, empty where there is none."""
        places = (self.columns.places.get(variable.name, 0) for variable in known.part.variables)
        return [self.row.cells.get(place, "").strip() for place in places]

    @staticmethod
    def _free(text: str, lines: bool) -> str:
        return kept_text(unguarded(text), lines=lines)

    def _single(self, interview: Interview, known: Known, text: str) -> None:
        meant = known.meanings[0].meant(text)
        number = typed(text)
        if meant == "unknown" and isinstance(known.item, NumberItem) and number is not None:
            interview.record(known.item.id, "answered", number)
            return
        category = self._category(known, 0, text)
        if category is None:
            return
        if category.missing or category.code is None:
            self._status(interview, known.item.id, category.status)
        else:
            interview.record(known.item.id, "answered", category.code)

    def _several(self, interview: Interview, known: Known, texts: Sequence[str]) -> None:
        """Ticks or ranks: an empty cell beside others is a choice that was not taken."""
        item = known.item
        told = {
            place: self._category(known, place, text) for place, text in enumerate(texts) if text
        }
        found = {place: one for place, one in told.items() if one is not None}
        if len(found) < len(told):
            return
        statuses = {one.status for one in found.values()}
        if len(statuses) > 1:
            self._add(
                "IMF-E197",
                "the columns of '{item}' contradict each other: some say that there is no answer",
                item.id,
                item=item.id,
            )
            return
        (status,) = statuses
        if status != "answered":
            self._status(interview, item.id, status)
            return
        given = {place: one.value for place, one in found.items() if one.value}
        codes = [code for code, _ in known.part.choices if not isinstance(code, float)]
        ranks = sorted(given, key=given.__getitem__)
        if isinstance(item, RankingItem) and [given[place] for place in ranks] != list(
            range(1, len(ranks) + 1)
        ):
            self._add(
                "IMF-E198",
                "the ranks of '{item}' are not 1, 2, 3 …, each once",
                item.id,
                item=item.id,
            )
        elif given:
            interview.record(item.id, "answered", tuple(codes[place] for place in ranks))

    def _status(self, interview: Interview, item_id: str, status: Status) -> None:
        if status == "not_shown":
            self._unasked.append(item_id)
        elif status != "blank":
            interview.record(item_id, status)

    def _category(self, known: Known, place: int, text: str) -> Category | None:
        meant = known.meanings[place].meant(text)
        if isinstance(meant, Category):
            return meant
        variable = known.part.variables[place]
        column = self.columns.places[variable.name]
        if meant == "unknown":
            self._at(
                "IMF-E195",
                "'{variable}' has no such value, code or label; the codebook lists them",
                column,
                variable=variable.name,
            )
        else:
            self._at(
                "IMF-E196",
                "this may be read in two ways for '{variable}': give the value of the codebook",
                column,
                variable=variable.name,
            )
        return None

    # --- what the interview says to it --------------------------------------------------------

    def _check(self, interview: Interview) -> None:
        for item_id, answer in interview.answers.items():
            counted = interview.counted(item_id)
            if counted.status == "not_shown":
                self._add(
                    "IMF-E199",
                    "'{item}' is not asked after the other answers of this row, but is answered",
                    item_id,
                    item=item_id,
                )
            elif counted.value != answer.value:
                self._add(
                    "IMF-E199",
                    "a choice of '{item}' is not offered after the other answers of this row",
                    item_id,
                    item=item_id,
                )
        for item_id in self._unasked:
            if interview.situation.shown(item_id):
                self._add(
                    "IMF-E199",
                    "'{item}' is asked after the other answers of this row, but the row says not",
                    item_id,
                    item=item_id,
                )
        self._check_open(interview)

    def _check_open(self, interview: Interview) -> None:
        for item in interview.unfinished():
            answered = interview.answer_to(item.id).given
            if not answered and self.intake.blank_allowed:
                continue
            for one in interview.objections(item):
                if one.severity == "error":
                    self._add(one.code, one.template, item.id, **one.params)

    def _add(self, code: str, template: str, item_id: str, /, **params: object) -> None:
        self._at(code, template, self.columns.first(item_id), **params)

    def _at(self, code: str, template: str, column: int, /, **params: object) -> None:
        self.problems.append(Problem(code, template, params, self.file, self.row.number, column))
