"""Claims beside the staff's view, the action plan, and the end of the mandate in the report.

The survey of `measured` asks four statements about the code, on a scale from 1 to 5. Its figures
are set by hand: means 3.6, 3.5, 3.7 and 3.0 of 5 are 65, 62.5, 67.5 and 50 of 100, mean 61.25;
favourable are 40, 36, 39 and 24 of 60, mean 139 / 240 = 57.9 %.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from measured import maturity, perception, wave
from reported import english, said, section_ids, table

from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.study.actions.action import Action
from imfsurvey.study.results import Target, WaveResults

MEANS = {"clear": 3.6, "known": 3.5, "silent": 3.7, "alone": 3.0}
LATE, LATER = datetime.date(2027, 1, 31), datetime.date(2027, 6, 30)


def survey(favourable: float | None = None) -> PerceptionFigures:
    """The survey with means and intervals; `favourable`: the share of every statement."""
    plain = perception()
    items = tuple(
        replace(
            one,
            mean=MEANS[one.item],
            mean_interval=(MEANS[one.item] - 0.2, MEANS[one.item] + 0.2),
            favourable=one.favourable if favourable is None else favourable,
        )
        for one in plain.items
    )
    return replace(plain, items=items)


def measured_at(level: int, favourable: float | None = None, **more: Any) -> WaveResults:
    """A wave that rates the code at a level."""
    kind = more.pop("kind", "annual")
    return wave("2027", kind, maturity({"code": level}, 40.0), (survey(favourable),), **more)


def test_what_few_see_is_called_higher_and_no_strength() -> None:
    """Level 1 claims 20, seen is 61.25: -41.25, a strength where 57.9 % are favourable. With means
    that high and 10 % favourable it is none, and near to the claim it is not either."""
    most, few = (
        table(english(measured_at(1, share)), "gap", "Topics measured").rows[0][-1]
        for share in (None, 0.1)
    )
    assert (most, few) == ("large hidden strength", "seen higher than claimed")


def test_a_confirmed_claim_with_its_gap() -> None:
    """Level 4 claims 80; seen is 61.25, so +18.75; the interval is 61.25 ± 5."""
    report = english(measured_at(4))
    (row,) = table(report, "gap", "Topics measured").rows
    assert row == ("Code FR (en)", "4", "80", "61", "56 to 66", "+19", "57.9%", "blind spot")
    assert "The staff confirm the 1 topic that is claimed" in said(report, "gap")
    assert "Mean gap, claimed minus seen: +19 points of 100; without the signs 19." in said(
        report, "gap"
    )


def test_a_doubtful_pillar_is_the_first_headline() -> None:
    """Exactly half favourable does not confirm: the one claim of the instruments fails."""
    report = english(measured_at(3, favourable=0.5))
    sentence = "“Instruments (en)”: the staff do not confirm most of what is claimed there."
    assert report.headlines[0] == sentence
    assert len(report.headlines) <= 6  # five, then where to begin
    assert "Code FR (en) (level 3 claimed, 50.0% favourable)" in said(report, "gap")
    (row,) = table(report, "gap", "Topics measured").rows
    assert row[-1] == "not confirmed; close"
    confirmed = english(measured_at(3, favourable=31 / 60))
    assert sentence not in confirmed.headlines


def test_hidden_figures_give_no_gap() -> None:
    """With two of the four statements hidden the topic stands there with dashes."""
    found = wave("2027", "annual", maturity({"code": 4}, 40.0), (perception("some"),))
    (row,) = table(english(found), "gap", "Topics measured").rows
    assert row == ("Code FR (en)", "4", "80", "–", "–", "–", "–", "not shown")
    assert "gap" not in section_ids(english(wave("2027", "annual", maturity({}, 40.0))))


def plan() -> tuple[Action, ...]:
    """One late, one carried out whose target is reached, one proposed, one rejected."""
    return (
        Action("a1", "cycle", "Tourner", "both", owner="Anne", deadline=LATE, target=3,
               decision="accepted", step="do", wave="2026", level=1),
        Action("a2", "code", "Écrire", "controlling", target=3, decision="accepted",
               step="check", wave="2026", level=1, objective="Un code"),
        Action("a3", "roles", "Nommer", "both", grounds=("binding", "unconfirmed"), wave="2027"),
        Action("a4", "review", "Revoir", "both", decision="rejected", reason="Trop tôt"),
    )  # fmt: skip


def test_actions_late_first_with_levels_then_and_now() -> None:
    """The code went from 1 to 3 since its action was decided; nobody claims a cause."""
    zero = wave("2026", "zero", maturity({}, 30.0))
    report = english(zero, measured_at(3), actions=plan())
    assert "1 carried out, 1 planned or under way, 1 of these overdue, 1 to be decided" in said(
        report, "actions"
    )
    late, done = table(report, "actions", "Actions that were decided").rows
    assert late == (
        "a1: Tourner",
        "Cycle FR (en)",
        "Anne; 31 January 2027",
        "overdue",
        "1 → 1",
        "3",
    )
    assert done[3:] == ("carried out, effect to be seen", "1 → 3", "3, reached")
    assert "does not prove that the action was the cause" in said(report, "actions")
    (proposed,) = table(report, "actions", "Proposed").rows
    assert proposed[2] == "holds a level down; not confirmed by the staff"
    assert table(report, "actions", "Rejected").rows[0][2] == "Trop tôt"
    assert section_ids(report).index("gap") < section_ids(report).index("actions")
    assert "actions" not in section_ids(english(measured_at(3)))


def test_the_final_report_says_what_is_handed_over() -> None:
    """Open actions, targets that were not reached, claims that are not confirmed."""
    targets = (Target("code", 3, True), Target("cycle", 2, True))
    zero = wave("2026", "zero", maturity({}, 30.0))
    final = measured_at(3, favourable=0.5, kind="final", targets=targets)
    report = english(zero, final, actions=plan())
    rows = table(report, "handover", "Targets of the mandate").rows
    assert [(row[0], *row[2:]) for row in rows] == [
        ("Code FR (en)", "3", "3", "reached"),
        ("Cycle FR (en)", "1", "2", "not reached"),
    ]
    objectives = table(report, "handover", "Objectives").rows
    assert [(row[0], row[3]) for row in objectives] == [
        ("a1: Tourner", "not reached"),
        ("a2: Un code", "reached"),
    ]
    still_open = table(report, "handover", "Actions that are still").rows
    assert [row[0] for row in still_open] == ["a1: Tourner", "a2: Écrire", "a3: Nommer"]
    assert [row[3] for row in still_open] == [
        *("overdue", "carried out, effect to be seen"),
        "proposed, to be decided",  # nobody has planned it
    ]
    assert "Cycle FR (en) (level 1, target 2)" in said(report, "handover")
    assert "Code FR (en) (level 3 claimed, 50.0% favourable)" in said(report, "handover")
    assert "handover" not in section_ids(english(zero, measured_at(3), actions=plan()))
