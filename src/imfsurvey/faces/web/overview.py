"""What the overview shows: every question, how it stands, and whether the answers can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imfsurvey.faces.said import answer_words, name_of
from imfsurvey.faces.web.visits import Visit
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.interview.pages import State
from imfsurvey.questionnaire import Item


@dataclass(frozen=True)
class Row:
    """One question."""

    number: int
    address: str
    name: str
    state: str
    answer: str
    needed: bool
    """Whether the answers cannot be sent without it."""


@dataclass(frozen=True)
class Overview:
    """All of them."""

    rows: Sequence[Row]
    needed: Sequence[Row]
    done: int

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.rows)


def overview(visit: Visit) -> Overview:
    """How a visit stands."""
    interview = visit.interview
    t, lead = translator(interview.language), interview.questionnaire.matrices
    rows = []
    for number, item in enumerate(interview.asked(), start=1):
        state = interview.state(item)
        name = name_of(item, interview)
        if item.id in lead:
            name = f"{interview.say(lead[item.id].text)} {name}"
        rows.append(
            Row(
                number,
                visit.address_of(item.id),
                name,
                _state_words(state, t),
                _answer(visit, item),
                state in ("open", "attention"),
            )
        )
    needed = [row for row in rows if row.needed]
    return Overview(rows, needed, interview.progress.done)


def _answer(visit: Visit, item: Item) -> str:
    """What was answered, with a comment beside it."""
    comment = visit.interview.answer_to(item.id).comment
    parts = (answer_words(item, visit.interview), comment)
    return "\n".join(filter(None, parts))


def _state_words(state: State, t: Translator) -> str:
    words: dict[State, str] = {
        "open": t("an answer is needed"),
        "skipped": t("left open"),
        "attention": t("something is still missing"),
    }
    return words.get(state, "")
