"""What the study knows and the policy asks: offered for taking over, never written by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.answers import Entry
from imfsurvey.questionnaire import DateItem, RepeatItem, TextItem
from imfsurvey.study.actions.action import Action
from imfsurvey.study.actions.proposals import AIM_FROM, binding_topics
from imfsurvey.study.folder import Study
from imfsurvey.study.identity import Person
from imfsurvey.study.policy.smart import ACTIONS, OPERATIONAL
from imfsurvey.study.results import WaveResults

_RISKS = "po_risks"


@dataclass(frozen=True)
class Suggestion:
    """A value for an item of the policy: a text, a date, or one entry of a list."""

    item: str
    words: str
    """What it is, on one line."""
    value: str = ""
    entry: Entry | None = None


class Suggestions:
    """What a study suggests for its policy, in the language in which that is written."""

    def __init__(
        self, study: Study, waves: Sequence[WaveResults], actions: Sequence[Action], language: str
    ) -> None:
        self._study, self._t = study, translator(language)
        self._last = waves[-1] if waves else None
        self._accepted = [one for one in actions if one.decision == "accepted"]

    def open(self, interview: Interview, item_id: str) -> tuple[Suggestion, ...]:
        """What could still be taken over for an item: texts where nothing is written, entries
        that are not in the list yet."""
        item = interview.questionnaire.items.get(item_id)
        answer = interview.answer_to(item_id) if item is not None else Answer()
        if isinstance(item, RepeatItem):
            there = {entry.id for entry in answer.entries}
            fields = {field.id for field in item.items}
            return tuple(
                one
                for one in self._entries(item_id, interview)
                if one.entry is not None
                and one.entry.id not in there
                and fields >= one.entry.answers.keys()
            )
        if isinstance(item, TextItem | DateItem) and not answer.given:
            value = self._texts().get(item_id, "")
            if isinstance(item, TextItem):
                value = value[: item.max_length]
            return (Suggestion(item_id, value, value),) if value else ()
        return ()

    # --- texts and dates ----------------------------------------------------------------------

    def _texts(self) -> Mapping[str, str]:
        file = self._study.file
        period = file.entity.period
        return {
            "po_entity": file.entity.name,
            "po_first_year": str(period.start) if period else "",
            "po_last_year": str(period.end) if period else "",
            "po_mandatary": _person(file.mandatary),
            "po_officer": _person(file.officer),
            "po_needs": self._needs(),
        }

    def _needs(self) -> str:
        """The weak topics of the last wave, one on each line."""
        weak = [
            self._t("{label}: level {level}", label=self._label(topic), level=level)
            for topic, level in self._weak()
        ]
        return "\n".join(f"- {line}" for line in weak)

    def _weak(self) -> Iterator[tuple[str, int]]:
        """What holds a level down and what is not written down yet, with its level."""
        maturity = self._last.figures.maturity if self._last else None
        if maturity is None or self._last is None:
            return
        binding = binding_topics(self._last.framework, maturity)
        for topic in (*binding, *(one for one in maturity.ratings if one not in binding)):
            rating = maturity.ratings.get(topic)
            if rating is None or rating.level is None:
                continue
            if topic in binding or rating.level < AIM_FROM:
                yield topic, rating.level

    def _label(self, topic: str) -> str:
        found = self._study.framework.topic_by_id.get(topic)
        return found.label.say(self._t.language) if found else topic

    # --- entries ------------------------------------------------------------------------------

    def _entries(self, item: str, interview: Interview) -> Iterator[Suggestion]:
        if item == _RISKS:
            yield from self._risks()
        elif item == OPERATIONAL:
            for action in self._accepted:
                if action.objective:
                    yield _suggested(item, f"o-{action.id}", action.objective, _objective(action))
        elif item == ACTIONS:
            written = {one.id for one in interview.answer_to(OPERATIONAL).entries}
            for action in self._accepted:
                answers = _action(action, written)
                yield _suggested(item, f"a-{action.id}", action.text, answers)

    def _risks(self) -> Iterator[Suggestion]:
        """A risk for each weak topic of which the framework says what goes wrong."""
        for topic, level in self._weak():
            found = self._study.framework.topic_by_id.get(topic)
            if found is None or found.risk is None:
                continue
            name = self._study.framework.levels[level].name.say(self._t.language)
            answers = {
                "process": self._label(topic)[:200],
                "violation": found.risk.say(self._t.language)[:600],
                "protection": self._t("Level {level}: {name}", level=level, name=name),
            }
            yield _suggested(_RISKS, f"r-{topic}", answers["process"], answers)


def _person(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.rank) if part)


def _objective(action: Action) -> dict[str, str]:
    return {
        "result": action.objective[:400],
        "indicator": action.indicator[:300],
        "deadline": _month(action),
    }


def _action(action: Action, objectives: set[str]) -> dict[str, str]:
    return {
        "action": action.text[:300],
        "objective": f"o-{action.id}" if f"o-{action.id}" in objectives else "",
        "approach": action.approach,
        "resources": action.resources[:400],
        "owner": action.owner[:150],
        "deadline": _month(action),
    }


def _month(action: Action) -> str:
    return action.deadline.isoformat()[:7] if action.deadline else ""


def _suggested(item: str, ident: str, words: str, fields: Mapping[str, str]) -> Suggestion:
    answers = {name: Answer("answered", value) for name, value in fields.items() if value}
    return Suggestion(item, words, entry=Entry(ident, answers))
