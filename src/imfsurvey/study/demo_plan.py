"""What the worked example plans: targets, actions and the text of the policy. All of it invented.

After the zero measurement some of the actions it proposes are taken up: most are carried out, two
come late, one was rejected. The annual measurement proposes others, left to be decided.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.study import demo_story as story
from imfsurvey.study.actions.action import Action, Step
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.actions.proposals import proposals
from imfsurvey.study.folder import Study
from imfsurvey.study.planning import measured
from imfsurvey.study.policy.approval import approve
from imfsurvey.study.policy.suggestions import Suggestions
from imfsurvey.study.policy.text import PolicyText
from imfsurvey.study.targets import Targets, framework_of

_LANGUAGE: Final = "fr"
_DECIDED: Final = datetime.date(2025, 6, 16)
_REVIEWED: Final = datetime.date(2026, 4, 20)


@dataclass(frozen=True)
class Taken:
    """A proposed action that was accepted, and how far it came by the annual measurement."""

    owner: str
    deadline: datetime.date
    step: Step


TAKEN: Final[Mapping[str, Taken]] = {
    "integrity-on-agendas": Taken("Camille Exemple", datetime.date(2025, 11, 30), "act"),
    "needs-consultation": Taken("Robin Voorbeeld", datetime.date(2025, 12, 31), "check"),
    "pdca-cycle": Taken("Robin Voorbeeld", datetime.date(2026, 2, 28), "check"),
    "ethical-leadership-training": Taken("Sacha Modèle", datetime.date(2026, 1, 31), "check"),
    "staff-participation-norms": Taken("Sacha Modèle", datetime.date(2026, 6, 30), "do"),
    "informal-reactions": Taken("Dominique Fictief", datetime.date(2026, 5, 31), "do"),
    "after-crisis-talk": Taken("Sacha Modèle", datetime.date(2027, 1, 31), "plan"),
}
"""By topic; the proposal of the zero measurement says what is done."""

REJECTED: Final[Mapping[str, str]] = {
    "advisory-bodies": "Pas avant que les quatre fonctions aient atteint le niveau 2.",
}
"""Topic and reason."""

PENDING: Final = ("role-model", "top-management-commitment", "integrity-officer")
"""Topics whose proposals of the annual measurement are still to be decided."""

TARGETS: Final[Mapping[str, tuple[int, str]]] = {
    "public-procurement-integrity": (4, "Un marché contesté en 2024 : le risque est connu."),
    "whistleblowing-system": (3, "La protection des lanceurs d’alerte est une obligation légale."),
    "after-crisis-talk": (2, "Peu d’incidents : un accord écrit suffit pour ce mandat."),
}
"""Topic, level and why; the others keep the framework's."""

MOST_ENTRIES: Final = 6
"""So many risks, objectives and actions are taken over into the policy: a modest one."""

TEXTS: Final[Mapping[str, str]] = {
    "po_values": "Respect, impartialité, transparence, courage : les quatre valeurs de la charte "
    "de la zone, affichée dans les cinq postes.",
    "po_vision": "D’ici 2030, chaque membre du personnel connaît les règles, peut parler d’un "
    "dilemme sans crainte et voit que la hiérarchie donne l’exemple.",
    "po_tailored": "Une politique modeste : deux actions par an et par service, portées par les "
    "responsables, sans moyens supplémentaires.",
}
"""Item of the policy and what is written there."""


def plan_after_zero(study: Study) -> None:
    """Targets, the decisions on what the zero measurement proposes, and the approved policy."""
    _set_targets(study)
    plan = ActionPlan(study)
    proposed = _proposed(plan, study, (*TAKEN, *REJECTED), _DECIDED)
    for action in proposed:
        taken = TAKEN.get(action.topic)
        if taken is None:
            plan.reject(action.id, REJECTED[action.topic], _DECIDED)
        else:
            plan.accept(action.id, _DECIDED, owner=taken.owner, deadline=taken.deadline)
    _write_policy(study, plan.actions)


def plan_after_annual(study: Study) -> None:
    """How far the actions came, and what the annual measurement proposes."""
    plan = ActionPlan(study)
    for action in plan.actions:
        taken = TAKEN.get(action.topic)
        if taken is not None and taken.step != action.step:
            plan.move(action.id, taken.step, _REVIEWED)
    _proposed(plan, study, PENDING, _REVIEWED)


def _set_targets(study: Study) -> None:
    targets, framework = Targets(study.folder), framework_of(study)
    for topic, (level, why) in TARGETS.items():
        targets.set(framework, [topic], level, why, _DECIDED)


def _proposed(
    plan: ActionPlan, study: Study, topics: Sequence[str], day: datetime.date
) -> tuple[Action, ...]:
    """Of what the last wave proposes, what is about these topics, put into the plan."""
    drafts = proposals(measured(study, day)[-1], _LANGUAGE)
    return plan.propose([one for one in drafts if one.topic in topics], day)


def _write_policy(study: Study, actions: Sequence[Action]) -> None:
    """The policy: three texts, and whatever the study suggests for the rest; then approved."""
    block = story.POLICY["policy"]
    on = datetime.date.fromisoformat(block["approved_on"])
    text = PolicyText(study)
    interview = text.interview(_LANGUAGE, on)
    for name, words in TEXTS.items():
        interview.record(name, "answered", words)
    suggestions = Suggestions(study, measured(study, on), actions, _LANGUAGE)
    for item in interview.questionnaire.asking_items():
        for one in suggestions.open(interview, item.id)[:MOST_ENTRIES]:
            if one.entry is None:
                interview.record(item.id, "answered", one.value)
            else:
                there = interview.answer_to(item.id).entries
                interview.record(item.id, "answered", (*there, one.entry))
    text.save(interview)
    approve(text, on, block["approved_by"], on)
