"""What a report says of actions and of what is handed over: levels then and now, and targets."""

from __future__ import annotations

from collections.abc import Iterator

from e2e import three_years_story as story

from independent.printing import NONE
from independent.stafftables import Cell, Table, named
from independent.zone import Measurement

ACCEPTED = "HR; 31 December 2024"
"""Who, until when, of the first action, the only one that was decided on."""


def level(wave: Measurement, topic: str) -> str:
    """As a table shows it."""
    said = wave.ratings[topic]
    return str(said) if isinstance(said, int) else NONE


def aim(topic: str, zero: Measurement) -> int:
    """One step above the zero measurement, which proposed it; at least level 2."""
    said = zero.ratings[topic]
    return max(said + 1, 2) if isinstance(said, int) else 2


def moved(topic: str, zero: Measurement, now: Measurement) -> tuple[str, str]:
    """Level then and now, and the target, reached or not."""
    then, after, target = level(zero, topic), level(now, topic), aim(topic, zero)
    shown = then if after in (NONE, then) or now is zero else f"{then} → {after}"
    reached = after != NONE and int(after) >= target
    return shown, f"{target}, reached" if reached else str(target)


def _row(number: int, topic: str, zero: Measurement, now: Measurement) -> list[Cell]:
    who, state = (ACCEPTED, None) if number == 1 else (None, None)
    return [_named(number), named(topic), who, state, *moved(topic, zero, now)]


def _named(number: int) -> Cell:
    """An action by its id; what is to be done is in words of the questionnaire."""
    return frozenset(f"a{number}: {words}" for words in story.STEPS)


def tables(zero: Measurement, now: Measurement) -> Iterator[tuple[str, Table]]:
    """By caption."""
    plan = list(enumerate(story.PROPOSED, start=1))
    yield "Actions that were decided on", [_row(*plan[0], zero, now)]
    yield (
        "Proposed, to be decided",
        [[_named(number), named(topic), None] for number, topic in plan[1:]],
    )
    if now.year.kind != "final":
        return
    yield "Actions that are still open", [_row(*one, zero, now) for one in plan]
    first = story.PROPOSED[0]
    target = moved(first, zero, now)[1].removesuffix(", reached")
    yield "Objectives of the actions", [["a1: It is defined.", named(first), target, None]]
    yield (
        "Targets of the mandate",
        [
            [
                named(topic),
                level(zero, topic),
                level(now, topic),
                str(now.targets[topic]),
                _state(level(now, topic), now.targets[topic]),
            ]
            for topic in story.TOPICS
        ],
    )


def _state(said: str, target: int) -> str:
    return "reached" if said != NONE and int(said) >= target else "not reached"


def sentences(now: Measurement) -> Iterator[str]:
    """Where the plan stands, and which targets are handed over."""
    left = len(story.PROPOSED) - 1
    day = f"{now.year.unsealed.day} April {now.year.unsealed.year}"
    yield (
        f"On {day}: 1 carried out, 0 planned or under way, 0 of these overdue, {left} to be "
        "decided, 0 rejected."
    )
    if now.year.kind == "final":
        for topic in story.TOPICS:
            said, target = level(now, topic), now.targets[topic]
            if _state(said, target) == "not reached":
                yield f"{named(topic)} (level {said}, target {target})"
