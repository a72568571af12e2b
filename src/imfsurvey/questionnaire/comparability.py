"""What each kind of change does to answers that were given before: the table of `changes`.

`safe`: no figure means anything else than it did. `comparable`: people answered to something
slightly different, or fewer of them could. `breaking`: the same stored answer now means something
else, counts elsewhere, or was given under another promise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.questionnaire.parts import Part
from imfsurvey.questionnaire.places import places
from imfsurvey.questionnaire.rated import LikertItem, MatrixItem, MaturityItem

ChangeKind = Literal["breaking", "comparable", "safe"]

GRAVITY: Final[tuple[ChangeKind, ...]] = ("breaking", "comparable", "safe")
"""The gravest first."""

How = Literal["new", "gone", "other"]


@dataclass(frozen=True)
class Both:
    """A part in the two versions of a questionnaire, in at least one of them."""

    part: Part
    """The new one, else the old one."""
    old: Part | None
    new: Part | None
    before: Questionnaire
    after: Questionnaire


Judge = Callable[[Both], ChangeKind]


@dataclass(frozen=True)
class Rule:
    """What it means that a part is new, that it is gone, that it is another."""

    new: ChangeKind | Judge
    gone: ChangeKind | Judge
    other: ChangeKind | Judge


def judged(how: How, pair: Both) -> ChangeKind:
    """How grave it is that a part is new, gone or another."""
    verdict: ChangeKind | Judge = getattr(RULES.get(pair.part.kind, _BREAKING), how)
    return verdict(pair) if callable(verdict) else verdict


def _promise(pair: Both) -> ChangeKind:
    """Fewer answers behind a figure is less than was promised; more hides figures."""
    return "breaking" if _lowered(pair) else "comparable"


def _room(pair: Both) -> ChangeKind:
    """A text that was long enough before may be too long now."""
    return "comparable" if _lowered(pair) else "safe"


def _more(pair: Both) -> ChangeKind:
    """Crossing more than was promised."""
    return "comparable" if _lowered(pair) else "breaking"


def _lowered(pair: Both) -> bool:
    values = [part.value if part else None for part in (pair.old, pair.new)]
    was, now = (value if isinstance(value, int) else 0 for value in values)
    return now < was


def _scale(pair: Both) -> ChangeKind:
    """Another scale, unless it is the same one by another name."""
    names = [str(part.value) if part else "" for part in (pair.old, pair.new)]
    was, now = pair.before.scales.get(names[0]), pair.after.scales.get(names[1])
    return "safe" if was is not None and was == now else "breaking"


def _list(pair: Both) -> ChangeKind:
    """Another list of choices, unless it is the same one by another name."""
    names = [str(part.value) if part else "" for part in (pair.old, pair.new)]
    was, now = pair.before.choice_lists.get(names[0]), pair.after.choice_lists.get(names[1])
    return "safe" if was is not None and was == now else "breaking"


def _listed(pair: Both) -> ChangeKind:
    """An entry of a list of choices. Where the whole list is new or gone, who uses it is told."""
    name = str(pair.part.key[1])
    if name not in pair.before.choice_lists or name not in pair.after.choice_lists:
        return "safe"
    return "comparable" if pair.old is None else "breaking"


def _topic(pair: Both) -> ChangeKind:
    """Ratings count in their topic; elsewhere it only says what an item is about."""
    name = str(pair.part.key[1])
    rated = any(
        item.id == name and isinstance(item, LikertItem | MaturityItem | MatrixItem)
        for _, item in places(pair.after)
    )
    return "breaking" if rated else "comparable"


_BREAKING: Final = Rule("breaking", "breaking", "breaking")
"""Also for a key that the table does not know: who adds one to the language says what it does."""
_COMPARABLE: Final = Rule("comparable", "comparable", "comparable")
_SAFE: Final = Rule("safe", "safe", "safe")
_OFFERED: Final = Rule("comparable", "breaking", "comparable")
"""What can be answered, and what is asked: another one takes nothing away from those before."""

RULES: Final[Mapping[str, Rule]] = {
    "questionnaire.id": _BREAKING,
    "questionnaire.version": _SAFE,
    "questionnaire.status": _SAFE,
    "questionnaire.kind": _BREAKING,
    "questionnaire.framework": _BREAKING,
    "questionnaire.title": _SAFE,
    "questionnaire.languages": _SAFE,
    "questionnaire.languages.*": Rule("safe", "comparable", "safe"),
    "questionnaire.default_language": _SAFE,
    "questionnaire.require_complete": _SAFE,
    "questionnaire.require_complete.*": _SAFE,
    "privacy.mode": _BREAKING,
    "privacy.k": Rule(_promise, _promise, _promise),
    "privacy.k_total": Rule(_promise, _promise, _promise),
    "privacy.breakdown_by": _SAFE,
    "privacy.breakdown_by.*": Rule("breaking", "comparable", "safe"),
    "privacy.max_breakdowns": Rule(_more, _more, _more),
    "privacy.k_comments": Rule(_promise, _promise, _promise),
    "privacy.comments": _BREAKING,
    "privacy.keep": _BREAKING,
    "privacy.keep.*": _BREAKING,
    "questionnaire.replaces": _SAFE,
    "questionnaire.replaces.version": _SAFE,
    "questionnaire.replaces.renamed.*": _SAFE,  # what it does to an item is told there
    "scales.*": _SAFE,  # what it does to an item is told there
    "scales.*.codes": _BREAKING,
    "scales.*.codes.*": _BREAKING,
    "scales.*.codes.*.text": _COMPARABLE,
    "scales.*.non_answers": _SAFE,
    "scales.*.non_answers.*": _OFFERED,
    "scales.*.favourable": _SAFE,
    "scales.*.favourable.*": _BREAKING,
    "scales.*.unfavourable": _SAFE,
    "scales.*.unfavourable.*": _BREAKING,
    "choice_lists.*": _COMPARABLE,
    "choice_lists.*.*": Rule(_listed, _listed, "comparable"),
    "choice_lists.*.*.text": _COMPARABLE,
    "choice_lists.*.*.show_if": _COMPARABLE,
    "choice_lists.*.*.exclusive": _BREAKING,
    "choice_lists.*.*.pin": _SAFE,
    "computed": _SAFE,
    "computed.*": _SAFE,  # what depends on it is told there, unless it has another meaning
    "computed.*.expr": _COMPARABLE,
    "themes": _SAFE,
    "themes.*": Rule("safe", "comparable", "safe"),
    "themes.*.label": _SAFE,
    "themes.*.apart": _COMPARABLE,
    "sections": _COMPARABLE,
    "sections.*": Rule("safe", "comparable", "comparable"),
    "sections.*.title": _COMPARABLE,
    "sections.*.introduction": _COMPARABLE,
    "sections.*.facilitation": _COMPARABLE,
    "sections.*.facilitation.open": _COMPARABLE,
    "sections.*.facilitation.polarised": _COMPARABLE,
    "sections.*.facilitation.close": _COMPARABLE,
    "sections.*.items": _COMPARABLE,
    "sections.*.show_if": _COMPARABLE,
    "sections.*.order": _COMPARABLE,
    "item": _OFFERED,
    "item.section": _COMPARABLE,
    "item.type": _BREAKING,
    "item.text": _COMPARABLE,
    "item.hint": _COMPARABLE,
    "item.help": _COMPARABLE,
    "item.show_if": _COMPARABLE,
    "item.pin": _COMPARABLE,
    "item.acknowledge": _SAFE,
    "item.required": _COMPARABLE,
    "item.required_if": _COMPARABLE,
    "item.constraint": _SAFE,
    "item.constraint.*": _COMPARABLE,
    "item.constraint.*.check": _COMPARABLE,
    "item.constraint.*.message": _SAFE,
    "item.constraint.*.severity": _COMPARABLE,
    "item.topic": Rule(_topic, _topic, _topic),
    "item.scale": Rule(_scale, _scale, _scale),
    "item.theme": _COMPARABLE,
    "item.reverse": _BREAKING,
    "item.knowledge": _BREAKING,
    "item.non_answers": _SAFE,
    "item.non_answers.*": _OFFERED,
    "item.choices": _COMPARABLE,
    "item.choices.*": _OFFERED,
    "item.choices.*.text": _COMPARABLE,
    "item.choices.*.show_if": _COMPARABLE,
    "item.choices.*.exclusive": _BREAKING,
    "item.choices.*.pin": _SAFE,
    "item.choices_ref": Rule(_list, _list, _list),
    "item.choices_from": _BREAKING,
    "item.other": _OFFERED,
    "item.other.text": _COMPARABLE,
    "item.other.max_length": Rule(_room, _room, _room),
    "item.order": _COMPARABLE,
    "item.min_choices": _COMPARABLE,
    "item.max_choices": _COMPARABLE,
    "item.top": _BREAKING,
    "item.weight": _BREAKING,
    "item.rows": _COMPARABLE,
    "item.rows.*": _OFFERED,
    "item.rows.*.text": _COMPARABLE,
    "item.rows.*.show_if": _COMPARABLE,
    "item.rows.*.topic": _BREAKING,
    "item.rows.*.theme": _COMPARABLE,
    "item.rows.*.reverse": _BREAKING,
    "item.rows.*.knowledge": _BREAKING,
    "item.rows.*.weight": _BREAKING,
    "item.decimals": _COMPARABLE,
    "item.unit": _COMPARABLE,
    "item.store_as": _BREAKING,
    "item.store_as.bands": _BREAKING,
    "item.store_as.bands.*": _BREAKING,
    "item.warn_if": _SAFE,
    "item.warn_if.*": _SAFE,
    "item.criteria": _COMPARABLE,
    "item.criteria.*": _COMPARABLE,
    "item.criteria.*.level": _COMPARABLE,
    "item.criteria.*.text": _COMPARABLE,
    "item.quasi_identifier": _SAFE,
    "item.multiline": _SAFE,
    "item.max_length": Rule(_room, _room, _room),
    "item.precision": _BREAKING,
    "item.min": _COMPARABLE,
    "item.max": _COMPARABLE,
    "item.label": _COMPARABLE,
    "item.items": _COMPARABLE,
    "item.rubric.*": _COMPARABLE,
    "item.evidence_kinds": _COMPARABLE,
    "item.evidence_kinds.*": _COMPARABLE,
    "item.evidence": _COMPARABLE,
    "item.evidence.required_from": _COMPARABLE,
    "item.evidence.max_length": Rule(_room, _room, _room),
    "item.comment": _COMPARABLE,
    "item.comment.max_length": Rule(_room, _room, _room),
    "item.next_steps.*": _SAFE,
    "item.next_steps.*.approach": _SAFE,
    "item.next_steps.*.text": _SAFE,
}
"""By the kind of a part. A list stands for the order of its entries, its `*` for one of them."""
