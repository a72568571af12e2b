"""Short names for what the policy asks: headings and columns of the document, lists of what lacks.

A question makes no heading. An item that is not named here (a policy of one's own) is called by
its question.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from imfsurvey.i18n.catalogue import N_, Marked, Translator
from imfsurvey.questionnaire import Item

_ITEMS: Final[Mapping[str, Marked]] = {
    "po_entity": N_("Police entity"),
    "po_first_year": N_("First year"),
    "po_last_year": N_("Last year"),
    "po_mandatary": N_("Mandate holder"),
    "po_officer": N_("Integrity officer"),
    "po_values": N_("Values and rules"),
    "po_needs": N_("Specific needs"),
    "po_risks": N_("Vulnerable processes and functions"),
    "po_vision": N_("Ambition and vision"),
    "po_tailored": N_("Tailored and feasible"),
    "po_strategic": N_("Strategic objectives"),
    "po_operational": N_("Operational objectives"),
    "po_actions": N_("Actions"),
    "po_learning": N_("Training, mentoring, coaching and advice"),
    "po_actors": N_("Actors and roles"),
    "po_reactions": N_("Reactions to integrity violations"),
    "po_managers": N_("Role of managers"),
    "po_monitoring": N_("Monitoring of conduct"),
    "po_evaluation": N_("Evaluation"),
    "po_reporting": N_("Reporting"),
    "po_internal": N_("Internal communication"),
    "po_external": N_("External communication"),
    "po_legal_limits": N_("Legal limits"),
}
_FIELDS: Final[Mapping[str, Marked]] = {
    "po_risks.process": N_("Process or function"),
    "po_risks.violation": N_("Possible violation"),
    "po_risks.protection": N_("Protection today"),
    "po_risks.priority": N_("Priority"),
    "po_strategic.objective": N_("Objective"),
    "po_strategic.risk": N_("Risk"),
    "po_strategic.until": N_("By"),
    "po_operational.result": N_("Result"),
    "po_operational.strategic": N_("Strategic objective"),
    "po_operational.indicator": N_("Indicator"),
    "po_operational.target": N_("Target value"),
    "po_operational.deadline": N_("By"),
    "po_actions.action": N_("Action"),
    "po_actions.objective": N_("Operational objective"),
    "po_actions.approach": N_("Approach"),
    "po_actions.instruments": N_("Instruments or process"),
    "po_actions.resources": N_("Resources"),
    "po_actions.owner": N_("Owner"),
    "po_actions.deadline": N_("By"),
    "po_actors.actor": N_("Actor"),
    "po_actors.objective": N_("Operational objective"),
    "po_actors.role": N_("Role"),
    "po_actors.responsibility": N_("Responsibility"),
    "po_monitoring.way": N_("Way"),
    "po_monitoring.objective": N_("Operational objective"),
    "po_monitoring.kind": N_("Kind"),
    "po_monitoring.who": N_("By whom"),
    "po_evaluation.what": N_("What"),
    "po_evaluation.objective": N_("Operational objective"),
    "po_evaluation.how": N_("How"),
    "po_evaluation.who": N_("By whom"),
    "po_evaluation.rhythm": N_("How often"),
    "po_evaluation.first": N_("First time"),
}


def item_label(item: Item, t: Translator) -> str:
    """What an item is called."""
    known = _ITEMS.get(item.id)
    return item.text.say(t.language) if known is None else t.messages.gettext(known)


def field_label(repeat: str, field: Item, t: Translator) -> str:
    """What a field of an entry is called."""
    known = _FIELDS.get(f"{repeat}.{field.id}")
    return field.text.say(t.language) if known is None else t.messages.gettext(known)
