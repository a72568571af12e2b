"""What keeps an answer from being acceptable: what is missing in it, what contradicts it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from imfsurvey.framework import Framework
from imfsurvey.interview.answers import BLANK, Answer, Entry, Objection
from imfsurvey.interview.dates import shown_date
from imfsurvey.interview.identifying import EVERY_SUSPICION, suspicions
from imfsurvey.interview.options import Say
from imfsurvey.interview.rules import exclusive
from imfsurvey.interview.situation import Situation
from imfsurvey.questionnaire import (
    OTHER,
    AskingItem,
    Choice,
    ChoosingItem,
    DateItem,
    InfoItem,
    Item,
    MaturityItem,
    MultiItem,
    NumberItem,
    RankingItem,
    RepeatItem,
    SingleItem,
    TextItem,
)
from imfsurvey.questionnaire.written import TODAY, Suspicion

Choosing = SingleItem | MultiItem | RankingItem


@dataclass(frozen=True)
class Needs:
    """What is asked of the answers of one response at one moment."""

    framework: Framework
    situation: Situation
    offered: Callable[[Item, Situation], Sequence[Choice]]
    """The choices that an item offers at a moment."""
    say: Say

    def objections(self, item: Item, answer: Answer) -> tuple[Objection, ...]:
        """What keeps an answer from being acceptable, the gravest first."""
        if isinstance(item, RepeatItem):
            return tuple(self._of_entries(item, answer.entries))
        if isinstance(item, InfoItem):
            return ()
        if answer.given:
            found = [*self._of_value(item, answer), *self._of_constraints(item, answer)]
        else:
            found = list(self._of_silence(item))
        found += self._of_texts(item, answer)
        return tuple(sorted(found, key=lambda one: one.severity == "warn"))

    # --- nothing said -------------------------------------------------------------------------

    def required(self, item: Item) -> bool:
        """Whether silence is not accepted."""
        if not isinstance(item, AskingItem):
            return isinstance(item, RepeatItem) and item.required
        if item.required_if is not None and self.situation.holds(item.required_if) is True:
            return True
        return item.required

    def _of_silence(self, item: Item) -> Iterator[Objection]:
        if not self.required(item):
            return
        if isinstance(item, TextItem | DateItem | NumberItem):
            yield Objection("IMF-I110", "Something has to be written here.")
        elif isinstance(item, ChoosingItem) and not self._choices(item):
            yield from self._of_nothing_offered(item)
        else:
            yield Objection("IMF-I110", "Choose an answer first.")

    def _of_nothing_offered(self, item: Choosing) -> Iterator[Objection]:
        """Where nothing can be done about it, nobody can be asked to choose.

        So when conditions hide all that could be chosen, when the list that it comes from is not
        asked for or was answered by "don't know", and when the study has no groups.
        """
        if self.situation.questionnaire.offered_non_answers(item):
            yield Objection("IMF-I110", "Choose an answer first.")
        elif self.waits_for_list(item):
            yield Objection(
                "IMF-I113", "Nothing to choose from yet: first fill the list that this refers to."
            )

    def waits_for_list(self, item: ChoosingItem) -> bool:
        """Whether the item that an item takes its choices from is still open, and can be answered.

        So long it offers nothing. Where it offers nothing and waits for no list, it never will.
        """
        source = self.situation.questionnaire.items.get(item.choices_from or "")
        if source is None or Situation.answer(self.situation, source.id).status != "blank":
            return False
        if isinstance(source, ChoosingItem) and not self.offered(source, self.situation):
            return self.waits_for_list(source)
        return True

    def _choices(self, item: Choosing) -> Sequence[Choice]:
        return self.offered(item, self.situation)

    # --- what was said ------------------------------------------------------------------------

    def _of_value(self, item: Item, answer: Answer) -> Iterator[Objection]:
        if isinstance(item, MaturityItem):
            yield from self._of_rating(item, answer)
        elif answer.status != "answered":
            return
        elif isinstance(item, ChoosingItem):
            yield from self._of_choices(item, answer)
        elif isinstance(item, DateItem):
            yield from self._of_date(item, str(answer.value))

    def _of_choices(self, item: Choosing, answer: Answer) -> Iterator[Objection]:
        count = len(answer.codes)
        # Where answers are anonymous, whether words go with it must not stand beside them.
        voluntary = self.situation.questionnaire.anonymous
        if OTHER in answer.codes and item.other is not None and not (answer.other or voluntary):
            yield Objection("IMF-I117", "Say in your own words what it is.", side="other")
        if isinstance(item, MultiItem) and (needed := self._needed(item, answer)) > count:
            yield Objection("IMF-I125", "Choose at least {min}.", {"min": needed})
        if isinstance(item, RankingItem):
            every = len(self._choices(item))
            wanted = every if item.top is None else min(item.top, every)
            if count < wanted:
                params = {"count": count, "wanted": wanted}
                yield Objection("IMF-I116", "{count} of {wanted} are ranked so far.", params)

    def _of_texts(self, item: Item, answer: Answer) -> Iterator[Objection]:
        """What tells of a person; where answers are anonymous, in any text and whatever it is."""
        anonymous = self.situation.questionnaire.anonymous
        texts = [answer.comment, answer.other] if anonymous else []
        own: Collection[Suspicion] = ()
        if isinstance(item, TextItem):
            texts.append(str(answer.value) if answer.status == "answered" else "")
            own = item.warn_if
        kinds = EVERY_SUSPICION if anonymous else own
        for what in dict.fromkeys(one for text in texts for one in suspicions(text, kinds)):
            yield Objection(
                "IMF-I124",
                "This seems to hold {what}: leave out what tells of a person.",
                {"what": what},
                severity="warn",
            )

    def _needed(self, item: MultiItem, answer: Answer) -> int:
        """How many have to be ticked: no more than can be, one where that excludes all others."""
        alone = exclusive(item, self.situation.questionnaire)
        if alone & set(answer.codes):
            return 1
        together = [one for one in self._choices(item) if one.code not in alone]
        return min(item.min_choices, len(together))

    def _of_date(self, item: DateItem, value: str) -> Iterator[Objection]:
        for bound, early in ((item.min, True), (item.max, False)):
            if bound is None:
                continue
            day = self.situation.today.isoformat() if bound == TODAY else bound
            cut = day[: len(value)]  # a month is compared with a month
            if early and value < cut:
                yield Objection("IMF-I126", "Not before {day}.", {"day": shown_date(cut)})
            if not early and value > cut:
                yield Objection("IMF-I126", "Not after {day}.", {"day": shown_date(cut)})

    def _of_rating(self, item: MaturityItem, answer: Answer) -> Iterator[Objection]:
        if answer.status == "na" and not answer.reason:
            yield Objection("IMF-I111", "Say why this is not applicable.", side="reason")
        if not isinstance(answer.value, int):
            return
        for criterion in sorted(item.criteria, key=lambda one: one.level):
            if criterion.level <= answer.value and criterion.id not in answer.criteria:
                params = {"level": criterion.level, "criterion": self.say(criterion.text)}
                yield Objection(
                    "IMF-I118", "Level {level} asks for this, not ticked yet: {criterion}", params
                )
                break
        needed = item.evidence.required_from if item.evidence is not None else None
        if needed is None:
            needed = self.framework.aggregation.evidence_from
        if item.evidence is not None and answer.value >= needed and not answer.evidence:
            yield Objection(
                "IMF-I112",
                "From level {level} on, evidence is required.",
                {"level": needed},
                side="evidence",
            )

    def _of_constraints(self, item: AskingItem, answer: Answer) -> Iterator[Objection]:
        here = self.situation.about(answer)
        for constraint in item.constraint:
            if answer.status == "answered" and here.holds(constraint.check) is False:
                message = {"message": self.say(constraint.message)}
                yield Objection("IMF-I119", "{message}", message, severity=constraint.severity)

    # --- entries ------------------------------------------------------------------------------

    def _of_entries(self, item: RepeatItem, entries: Sequence[Entry]) -> Iterator[Objection]:
        if len(entries) < item.min:
            yield Objection("IMF-I114", "Entries needed here: at least {min}.", {"min": item.min})
            return
        for number, entry in enumerate(entries, start=1):
            if not self.is_complete(item, entry):
                yield Objection("IMF-I115", "Entry {number} is not complete.", {"number": number})
                return

    def is_complete(self, item: RepeatItem, entry: Entry) -> bool:
        """Whether all that is required of an entry is there."""
        inside = Needs(
            self.framework, self.situation.within(item.id, entry.answers), self.offered, self.say
        )
        for field in item.items:
            answer = self.situation.field_answer(item, entry, field.id)
            if answer.status == "not_shown":
                continue
            found = inside.objections(field, answer or BLANK)
            if any(one.severity == "error" for one in found):
                return False
        return True
