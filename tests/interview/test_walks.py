"""Random walks: whatever a respondent does, in whatever order, the same rules hold."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from marked import ASSESSMENT, SURVEY, with_change
from records import decode, encode
from small import IMF

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Answer, Interview, Progress
from imfsurvey.interview.answers import SIDES, Side
from imfsurvey.questionnaire import (
    Choice,
    InfoItem,
    Item,
    MaturityItem,
    Questionnaire,
    questionnaire_from,
)
from imfsurvey.source.document import parse
from imfsurvey.source.model import Text

GROUPS = tuple(Choice(code=code, text=Text({"fr": code})) for code in ("ops", "calog", "3"))

WITH_REQUIRED = with_change(
    SURVEY,
    ("reverse: true", "reverse: true, required: true"),
    ("quasi_identifier: true", "required: true"),
)
WITH_OWN_EVIDENCE = with_change(
    ASSESSMENT,
    ("topic: code", "topic: code\n        evidence: {required_from: 1, max_length: 20}"),
    ("topic: rules", "topic: rules\n        required: false\n        comment: {max_length: 3}"),
    ("topic: training", "topic: training\n        non_answers: []"),
)
QUESTIONNAIRES = [
    questionnaire_from(parse(text), IMF)
    for text in (SURVEY, WITH_REQUIRED, ASSESSMENT, WITH_OWN_EVIDENCE)
]

ANYTHING = st.tuples(
    st.sampled_from(["answered", "na", "dk", "refused", "not_shown", "blank", "other"]),
    st.none() | st.integers(-1, 7) | st.booleans() | st.sampled_from(["ops", "3", "x", 1.0]),
)
NOTES = st.text("ab \n", max_size=30)


def needs(item: Item, answer: Answer, questionnaire: Questionnaire) -> str | None:
    """What an answer lacks, in the words of the rules: "answer", "reason", "evidence"."""
    if isinstance(item, InfoItem):
        return None
    if answer.status in ("blank", "not_shown"):
        return "answer" if item.required else None
    if not isinstance(item, MaturityItem):
        return None
    if answer.status == "na":
        return None if answer.reason else "reason"
    first = item.evidence.required_from
    rated = isinstance(answer.value, int) and answer.value >= (3 if first is None else first)
    return "evidence" if rated and not answer.evidence else None


class Walks(RuleBasedStateMachine):
    """A walk beside a plain account of it: a position and a dictionary."""

    @initialize(
        questionnaire=st.sampled_from(QUESTIONNAIRES), language=st.sampled_from(["fr", "nl", "de"])
    )
    def begin(self, questionnaire: Questionnaire, language: str) -> None:
        """A fresh response."""
        self.questionnaire = questionnaire
        self.items = list(questionnaire.items.values())
        self.interview = Interview(questionnaire, IMF, language, groups=GROUPS)
        self.position = 0
        self.account: dict[str, Answer] = {}
        self.language = language if language != "de" else "fr"

    def asked(self, data: st.DataObject) -> Item:
        """One of the items that take an answer."""
        return data.draw(st.sampled_from([i for i in self.items if not isinstance(i, InfoItem)]))

    def keep(self, item: Item, answer: Answer) -> None:
        """Write into the account."""
        self.account[item.id] = answer
        if answer == Answer():
            del self.account[item.id]

    def told(self, item: Item) -> Answer:
        """What the account says of an item."""
        return self.account.get(item.id, Answer())

    @rule()
    def forward(self) -> None:
        """One page on."""
        assert self.interview.forward() == (self.position < len(self.items) - 1)
        self.position = min(self.position + 1, len(self.items) - 1)

    @rule()
    def back(self) -> None:
        """One page back."""
        assert self.interview.back() == (self.position > 0)
        self.position = max(self.position - 1, 0)

    @rule(data=st.data())
    def jump(self, data: st.DataObject) -> None:
        """To any page, as from the review."""
        self.position = data.draw(st.integers(0, len(self.items) - 1))
        self.interview.go_to(self.items[self.position].id)

    @rule(language=st.sampled_from(["fr", "nl", "en"]))
    def speak(self, language: str) -> None:
        """Another language in the middle."""
        self.interview.speak(language)
        self.language = language if language != "en" else "fr"

    @rule(data=st.data())
    def choose(self, data: st.DataObject) -> None:
        """Any of the options that are shown is taken as it is."""
        item = self.asked(data)
        option = data.draw(st.sampled_from(self.interview.options(item)))
        old = self.told(item)
        new = Answer(option.status, option.value, old.evidence, old.comment, old.reason)
        assert self.interview.record(item.id, option.status, option.value) == new
        self.keep(item, new)

    @rule(data=st.data(), anything=ANYTHING)
    def try_anything(self, data: st.DataObject, anything: tuple[str, object]) -> None:
        """Only what an option offers, or nothing at all, is taken; the rest leaves no trace."""
        item = self.asked(data)
        status, value = anything
        offered = [(o.status, o.value, type(o.value)) for o in self.interview.options(item)]
        offered += [("blank", None, type(None)), ("not_shown", None, type(None))]
        try:
            answer = self.interview.record(item.id, status, value)  # type: ignore[arg-type]
        except InputError as error:
            assert error.code == "IMF-I101"
            assert (status, value, type(value)) not in offered
        else:
            assert (status, value, type(value)) in offered
            self.keep(item, answer)

    @rule(data=st.data(), side=st.sampled_from([*SIDES]), text=NOTES)
    def note(self, data: st.DataObject, side: Side, text: str) -> None:
        """A note is kept without the blanks around it, when there is room for it."""
        item = self.asked(data)
        limit = 0
        if isinstance(item, MaturityItem) and side != "other":
            assert item.comment is not None and item.evidence is not None
            limit = item.comment.max_length if side == "comment" else item.evidence.max_length
        assert Interview.side_limit(item, side) == limit
        try:
            answer = self.interview.note(item.id, side, text)
        except InputError as error:
            assert error.code == ("IMF-I103" if limit else "IMF-I102")
            assert len(text.strip()) > limit
        else:
            assert answer.said(side) == text.strip()
            assert len(text.strip()) <= limit
            self.keep(item, answer)

    @rule(data=st.data())
    def clear(self, data: st.DataObject) -> None:
        """Taken back: blank, with its notes."""
        item = self.asked(data)
        self.interview.clear(item.id)
        old = self.told(item)
        self.keep(item, Answer("blank", None, old.evidence, old.comment, old.reason))

    @invariant()
    def nothing_but_answers_changes_answers(self) -> None:
        """Neither the way through the pages nor the language."""
        assert self.interview.answers == self.account
        assert self.interview.page.item is self.items[self.position]
        assert self.interview.language == self.language

    @invariant()
    def states_progress_and_unfinished_agree(self) -> None:
        """Each with the rules, written down a second time above."""
        asked = [item for item in self.items if not isinstance(item, InfoItem)]
        lacking = {item.id: needs(item, self.told(item), self.questionnaire) for item in asked}
        for item in asked:
            sides = [one.side or "answer" for one in self.interview.objections(item)]
            assert sides == ([lacking[item.id]] if lacking[item.id] else [])
            given = self.told(item).status not in ("blank", "not_shown")
            state = {(True, True): "attention", (True, False): "done", (False, True): "open"}.get(
                (given, bool(sides)), "skipped"
            )
            assert self.interview.state(item) == state
        done = [i for i in asked if self.interview.state(i) == "done"]
        assert self.interview.progress == Progress(len(done), len(asked))
        assert [item.id for item in self.interview.unfinished()] == [
            item.id for item in asked if lacking[item.id]
        ]

    @invariant()
    def a_stored_response_goes_on_where_it_was(self) -> None:
        """With the same answers, on the same page."""
        again = Interview(
            self.questionnaire,
            IMF,
            self.language,
            groups=GROUPS,
            answers=self.interview.answers,
            at=self.interview.page.item.id,
        )
        assert again.answers == self.account
        assert again.page == self.interview.page
        assert again.unfinished() == self.interview.unfinished()

    @invariant()
    def the_record_holds_what_was_said(self) -> None:
        """A value or a status for every item that asks; a named response has no record."""
        if not self.questionnaire.anonymous:
            return
        record = encode(self.questionnaire, self.interview.answers, GROUPS)
        values = decode(record, self.questionnaire, GROUPS)
        assert values == {
            item.id: f"~{self.told(item).status}"
            if self.told(item).status != "answered"
            else self.told(item).value
            for item in self.items
            if not isinstance(item, InfoItem)
        }


Walks.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
TestWalks = Walks.TestCase
