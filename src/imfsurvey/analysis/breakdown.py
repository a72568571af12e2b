"""From responses to the figures by group, for every breakdown that a questionnaire declares.

Only statements whose scale says what is favourable are broken down, and only favourable and
unfavourable shares: no means, no counts by category, no shares of non-answers. A theme is shown for
a group when all its statements are. A statement that only some were shown is not broken down: how
many saw it in a group would tell how they answered another one.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.analysis.disclosure.cells import Group, Layout, breakdowns
from imfsurvey.analysis.disclosure.hiding import Statement, hidden_groups, safe_beside
from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.analysis.groups import BreakdownFigures, GroupFigures, GroupHidden
from imfsurvey.analysis.groupshares import Outcome, group_responses, theme_share
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.perception import Answers, answered
from imfsurvey.interview.variables import DONT_KNOW, Code
from imfsurvey.questionnaire import STUDY_GROUPS, ChoosingItem, LikertItem, Questionnaire

RESPONSES: Final = "*"
"""Stands for the number of responses where the id of a statement is expected."""

Where = Mapping[str, Code]
"""Whom a figure is about: what they answered to breakdown items; empty for everybody."""


@dataclass(frozen=True)
class Earlier:
    """What was released before of the same survey."""

    on: datetime.date
    counted: bytes = field(repr=False)
    """By response: 1 where it was counted then."""
    shown: Mapping[str, Sequence[Where]]
    """By statement: whom figures were shown of."""


@dataclass(frozen=True)
class Breakdown:
    """All breakdowns of a survey, and what is shown of it."""

    figures: tuple[BreakdownFigures, ...]
    shown: Mapping[str, tuple[Where, ...]]
    """By statement: whom figures are shown of, the whole included; for the ledger."""
    unsafe: tuple[str, ...]
    """Statements whose figure of the whole must not stand beside an earlier release."""


def break_down(
    questionnaire: Questionnaire,
    data: Microdata,
    whole: PerceptionFigures,
    headcounts: Mapping[Code, int],
    *,
    earlier: Sequence[Earlier] = (),
    elsewhere: Mapping[str, Collection[Where]] | None = None,
) -> Breakdown:
    """The figures by group.

    `whole`: the figures of everybody, which are released with them; `headcounts`: of the study's
    groups; `elsewhere`: whom another survey of the wave showed, on statements of the same id.
    """
    layout = Layout.of(questionnaire, data, [one.counted for one in earlier])
    survey = _Survey(questionnaire, data, layout, earlier, elsewhere or {})
    statements = {one.item: survey.statement(one.item) for one in whole.items}
    told = [one.item for one in whole.items if one.hidden is None]
    outcomes = {
        item: survey.outcome(item, one, told=item in told)
        for item, one in statements.items()
        if survey.sided(item)
    }
    responses = survey.responses()
    shown: dict[str, tuple[Where, ...]] = {RESPONSES: _shown(responses)}
    if whole.responses.returned is not None:
        shown[RESPONSES] = ({}, *shown[RESPONSES])
    for item in told:
        shown[item] = ({}, *(_shown(outcomes[item]) if item in outcomes else ()))
    chosen = survey.choices(whole)
    return Breakdown(
        tuple(
            survey.figures(by, whole, outcomes, responses, headcounts)
            for by in breakdowns(questionnaire)
        ),
        {**shown, **chosen.shown},
        (*(item for item in told if not safe_beside(statements[item])), *chosen.unsafe),
    )


def choices_beside(
    questionnaire: Questionnaire,
    data: Microdata,
    whole: PerceptionFigures,
    earlier: Sequence[Earlier],
) -> Breakdown:
    """The choices of everybody alone, where they are counted after all else was released."""
    layout = Layout.of(questionnaire, data, [one.counted for one in earlier])
    return _Survey(questionnaire, data, layout, earlier, {}).choices(whole)


def _shown(outcome: Outcome) -> tuple[Where, ...]:
    groups = outcome.statement.layout.groups
    return tuple(group.where for place, group in enumerate(groups) if place not in outcome.hidden)


@dataclass(frozen=True)
class _Survey:
    """The responses in their cells, and what was released before."""

    questionnaire: Questionnaire
    data: Microdata
    layout: Layout
    earlier: Sequence[Earlier]
    elsewhere: Mapping[str, Collection[Where]]

    def asked(self) -> Iterator[LikertItem]:
        """The statements."""
        items = self.questionnaire.asking_items()
        return (item for item in items if isinstance(item, LikertItem))

    def _item(self, item: str) -> LikertItem:
        asked = self.questionnaire.items[item]
        if not isinstance(asked, LikertItem):
            raise TypeError(f"{item!r} is no statement")
        return asked

    def sided(self, item: str) -> bool:
        """Whether the scale of a statement says what is favourable."""
        scale = self.questionnaire.scales[self._item(item).scale]
        return bool(scale.favourable or scale.unfavourable)

    # --- what may be shown -------------------------------------------------------------------

    def statement(self, item: str) -> Statement:
        """Its valid answers by cell: favourable, neutral, unfavourable; else by code."""
        asked = self._item(item)
        scale = self.questionnaire.scales[asked.scale]
        tallies = self.layout.tallies(self.data.columns[item])
        counted = [Answers.tallied(asked, scale, tally) for tally in tallies]
        answers = tuple(
            tuple(one.by_side().values()) or (*one.counts, one.unknowing) for one in counted
        )
        return self._statement(item, answers)

    def _statement(self, item: str, answers: tuple[tuple[int, ...], ...]) -> Statement:
        before = tuple(
            self.layout.counted(release) & self._cells(where)
            for release, one in enumerate(self.earlier)
            for where in one.shown.get(item, ())
        )
        return Statement(self.layout, answers, self.questionnaire.privacy.k, before)

    def _cells(self, where: Where) -> frozenset[int]:
        for group in self.layout.groups:
            if group.where == where:
                return group.cells
        return self.layout.everybody

    def outcome(self, item: str, statement: Statement, *, told: bool) -> Outcome:
        """What of a statement is shown. `told`: whether the whole has a figure."""
        everywhere: GroupHidden | None = None if told else "whole"
        if self.questionnaire.conditions[item]:
            everywhere = "for_some"
        if everywhere is not None:
            hidden = dict.fromkeys(range(len(self.layout.groups)), everywhere)
        else:
            hidden = hidden_groups(statement)
        for place, group in enumerate(self.layout.groups):
            if place not in hidden and group.where in self.elsewhere.get(item, ()):
                hidden[place] = "released"
        return Outcome(item, self._item(item).weight, statement, hidden)

    def choices(self, whole: PerceptionFigures) -> Breakdown:
        """Items that offer choices: shown of everybody, never by group."""
        told = [one.item for one in whole.choices or () if one.hidden is None]
        return Breakdown(
            (),
            {item: ({},) for item in told},
            tuple(item for item in told if not safe_beside(self._choosing(item))),
        )

    def _choosing(self, item: str) -> Statement:
        """By cell how often each choice was taken; of several choices and ranks, who answered,
        which any variable tells."""
        columns = self.data.columns
        if item in columns:
            places = range(len(self.data.codes[item]))
            one_each = self.layout.tallies(columns[item])
            return self._statement(
                item, tuple(tuple(one[place] for place in places) for one in one_each)
            )
        column = next(column for name, column in columns.items() if name.startswith(f"{item}."))
        tallies = self.layout.tallies(column)
        return self._statement(
            item,
            tuple((sum(n for byte, n in one.items() if byte < DONT_KNOW),) for one in tallies),
        )

    def responses(self) -> Outcome:
        """Of which groups the number of those who answered may be told."""
        tallies = self.layout.tallies(answered(self.questionnaire, self.data))
        answers = tuple((tally[1],) for tally in tallies)
        statement = self._statement(RESPONSES, answers)
        return Outcome(RESPONSES, 1, statement, hidden_groups(statement))

    # --- figures -----------------------------------------------------------------------------

    def figures(
        self,
        by: tuple[str, ...],
        whole: PerceptionFigures,
        outcomes: Mapping[str, Outcome],
        responses: Outcome,
        headcounts: Mapping[Code, int],
    ) -> BreakdownFigures:
        """One breakdown."""
        themes = {
            theme.theme: [
                outcomes[one.id]
                for one in self.asked()
                if one.theme == theme.theme and one.id in outcomes
            ]
            for theme in whole.themes
        }
        return BreakdownFigures(
            questionnaire=self.questionnaire.id,
            by=by,
            k=self.questionnaire.privacy.k,
            groups=tuple(
                GroupFigures(
                    codes=group.codes,
                    responses=group_responses(
                        responses.statement.n(group.cells),
                        self._headcount(group, headcounts),
                        responses.hidden.get(place),
                        exact=responses.exact(place) and whole.responses.returned is not None,
                    ),
                    items=tuple(one.share(place) for one in outcomes.values()),
                    themes=tuple(theme_share(id_, place, of) for id_, of in themes.items()),
                )
                for place, group in enumerate(self.layout.groups)
                if group.by == by
            ),
            earlier=max((one.on for one in self.earlier), default=None),
        )

    def _headcount(self, group: Group, headcounts: Mapping[Code, int]) -> int | None:
        item = self.questionnaire.items[group.by[0]]
        if len(group.by) > 1 or not isinstance(item, ChoosingItem):
            return None
        return headcounts.get(group.codes[0]) if item.choices_from == STUDY_GROUPS else None
