"""Random answers to random small forms with conditions, against a model that is worked out anew.

The model knows nothing of the language: a condition is a tuple, and every answer is looked at
again from the first item on.
"""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from records import decode, encode
from small import IMF, choices, form, item, shown

from imfsurvey.interview import Answer, Interview

CODES = ("a", "b", "c")
Condition = tuple[Any, ...]


def conditions(before: int) -> st.SearchStrategy[Condition]:
    """Conditions on the items before one."""
    index = st.integers(0, before - 1)
    atom = st.one_of(
        st.tuples(st.sampled_from(["==", "!="]), index, st.sampled_from(CODES)),
        st.tuples(st.sampled_from(["answered", "is_dk", "shown"]), index),
    )
    return st.recursive(
        atom,
        lambda inner: (
            st.tuples(st.sampled_from(["and", "or"]), inner, inner)
            | st.tuples(st.just("not"), inner)
        ),
        max_leaves=3,
    )


def text(one: Condition) -> str:
    """As an author writes it."""
    match one:
        case ("==" | "!=" as operator, index, code):
            return f"q{index} {operator} '{code}'"
        case ("and" | "or" as word, left, right):
            return f"({text(left)}) {word} ({text(right)})"
        case ("not", inner):
            return f"not ({text(inner)})"
        case (function, index):
            return f"{function}(q{index})"
    raise ValueError(one)


@st.composite
def forms(draw: st.DrawFn) -> list[tuple[Condition | None, Condition | None]]:
    """For each item: its condition, and that of its last choice."""
    count = draw(st.integers(2, 5))
    made: list[tuple[Condition | None, Condition | None]] = [(None, None)]
    for index in range(1, count):
        made.append(tuple(draw(st.none() | conditions(index)) for _ in range(2)))  # type: ignore[arg-type]
    return made


def truth(one: Condition | None, told: list[str]) -> bool | None:
    """True, false or unknown, from what counts so far: a code, or a status with `~`."""
    match one:
        case None:
            return True
        case ("==", index, code):
            return None if told[index].startswith("~") else told[index] == code
        case ("!=", index, code):
            return None if told[index].startswith("~") else told[index] != code
        case ("answered", index):
            return not told[index].startswith("~")
        case ("is_dk", index):
            return told[index] == "~dk"
        case ("shown", index):
            return told[index] != "~not_shown"
        case ("not", inner):
            value = truth(inner, told)
            return None if value is None else not value
        case (word, left, right):
            both = [truth(left, told), truth(right, told)]
            if word == "and":
                return False if False in both else None if None in both else True
            return True if True in both else None if None in both else False
    raise ValueError(one)


class ConditionalWalk(RuleBasedStateMachine):
    """One respondent who answers in any order and changes their mind."""

    @initialize(made=forms())
    def begin(self, made: list[tuple[Condition | None, Condition | None]]) -> None:
        """A form, and the same conditions for the model."""
        self.made = made
        self.said: dict[int, str] = {}
        items = []
        for index, (condition, of_choice) in enumerate(made):
            own = {"c": {"show_if": text(of_choice)}} if of_choice else {}
            keys: dict[str, Any] = {"choices": choices(*CODES, **own), "non_answers": ["dk"]}
            if condition:
                keys["show_if"] = text(condition)
            items.append(item(f"q{index}", "single", **keys))
        self.interview = Interview(form(*items, named=False), IMF, "fr")

    @rule(index=st.integers(0, 4), answer=st.sampled_from([*CODES, "~dk", "~blank"]))
    def answer(self, index: int, answer: str) -> None:
        """Answer an item, shown or not; take an answer back."""
        index %= len(self.made)
        self.said[index] = answer
        if answer == "~blank":
            self.interview.clear(f"q{index}")
        elif answer == "~dk":
            self.interview.record(f"q{index}", "dk")
        else:
            self.interview.record(f"q{index}", "answered", answer)

    def expected(self) -> list[str]:
        """What counts, from the first item on."""
        told: list[str] = []
        for index, (condition, of_choice) in enumerate(self.made):
            answer = self.said.get(index, "~blank")
            if truth(condition, told) is not True:
                answer = "~not_shown"
            elif answer == "c" and truth(of_choice, told) is not True:
                answer = "~blank"
            told.append(answer)
        return told

    @invariant()
    def what_counts_is_what_the_model_says(self) -> None:
        """On the pages, in the response, in the record, and after being read again."""
        expected = self.expected()
        visible = [f"q{i}" for i, one in enumerate(expected) if one != "~not_shown"]
        assert shown(self.interview) == visible
        questionnaire = self.interview.questionnaire
        for interview in (
            self.interview,
            Interview(questionnaire, IMF, "fr", answers=self.interview.answers),
        ):
            response = interview.response()
            record = decode(encode(questionnaire, response), questionnaire)
            assert list(record.values()) == expected
            assert all(
                response[f"q{i}"]
                == (Answer(one[1:]) if one.startswith("~") else Answer("answered", one))  # type: ignore[arg-type]
                for i, one in enumerate(expected)
            )
        assert self.interview.page.item.id in visible


TestConditionalWalk = ConditionalWalk.TestCase
TestConditionalWalk.settings = settings(max_examples=60, stateful_step_count=12)
