"""The actions of a study in study.json, with everything that was ever changed about them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from pydantic import TypeAdapter, ValidationError
from tinydb import Query, TinyDB

from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.store.desk import Desk
from imfsurvey.study.actions.action import (
    ACTION,
    Action,
    Step,
    checked,
    require_accepted,
    require_topic,
)
from imfsurvey.study.folder import STUDY_DESK, Study

Verb = Literal["proposed", "made", "changed", "accepted", "rejected", "moved", "undone"]

_ACTIONS, _CHANGES = "actions", "action_changes"
_FIXED: Final = frozenset({"id", "topic", "wave", "level", "grounds", "decision", "step", "reason"})
"""Fields that no edit changes: some never change, the others have verbs of their own."""


@dataclass(frozen=True)
class Turn:
    """How one action was before a change, and after it."""

    before: Action | None
    after: Action | None

    @property
    def id(self) -> str:
        """Of the action."""
        one = self.after or self.before
        return one.id if one else ""


@dataclass(frozen=True)
class Change:
    """One change of the plan, of one action or of several at once."""

    number: int
    """From 1, in the order in which they were made."""
    day: datetime.date
    verb: Verb
    turns: tuple[Turn, ...]
    undoes: int | None = None
    """Number of the change that this one took back."""


_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


class ActionPlan:
    """The plan of a study. Every change is on disk when its method returns, or was not made."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._desk = Desk(study.folder / STUDY_DESK)

    @property
    def actions(self) -> tuple[Action, ...]:
        """All of them, in the order in which they were made. Raises `StorageError` T412."""
        return tuple(self._read(self._desk.read()).values())

    @property
    def history(self) -> tuple[Change, ...]:
        """Every change that was made, the first one first. Raises `StorageError` T412."""
        return self._changes(self._desk.read())

    def action(self, ident: str) -> Action:
        """One of them. Raises `InputError` T409 when there is none of that id."""
        return _found(self._read(self._desk.read()), ident)

    def propose(self, drafts: Sequence[Action], today: datetime.date) -> tuple[Action, ...]:
        """Add what a wave proposes, but for topics that are being dealt with; gives what is new.

        Passed over is a topic for which an action is open, or was proposed by the same wave.
        """
        added: dict[str, Turn] = {}

        def new(actions: Mapping[str, Action], last: int) -> Mapping[str, Turn]:
            dealt_with = {one.topic for one in actions.values() if one.open}
            proposed = {(one.topic, one.wave) for one in actions.values()}
            for draft in drafts:
                if draft.topic in dealt_with or (draft.topic, draft.wave) in proposed:
                    continue
                ident = f"a{last + len(added) + 1}"
                added[ident] = Turn(None, replace(draft, id=ident, decision="proposed"))
            return added

        self._change("proposed", new, today)
        return tuple(turn.after for turn in added.values() if turn.after is not None)

    def add(self, draft: Action, today: datetime.date) -> Action:
        """Add an action that somebody thought of: it is accepted. Raises `InputError`."""

        def new(_: Mapping[str, Action], last: int) -> Mapping[str, Turn]:
            require_topic(draft.topic, self._study.framework)
            made = replace(draft, id=f"a{last + 1}", decision="accepted")
            return {made.id: Turn(None, checked(made, self._study.framework))}

        return self._one("made", new, today)

    def edit(self, ident: str, today: datetime.date, **fields: Any) -> Action:
        """Change what an action says. Raises `InputError` for what it cannot say."""
        fixed = _FIXED & fields.keys()
        if fixed:
            raise ValueError(f"not to be edited: {', '.join(sorted(fixed))}")
        return self._turned("changed", ident, lambda one: replace(one, **fields), today)

    def accept(self, ident: str, today: datetime.date, **fields: Any) -> Action:
        """Decide to carry an action out, with what is changed about it. Raises as `edit` does."""

        def accepted(one: Action) -> Action:
            if one.decision == "accepted":
                raise RefusedError(
                    "IMF-T408", "Action {action} is accepted already.", action=one.id
                )
            return replace(one, **fields, decision="accepted", step="plan", reason="")

        return self._turned("accepted", ident, accepted, today)

    def reject(self, ident: str, reason: str, today: datetime.date) -> Action:
        """Decide against an action, and say why. Raises `InputError` T405 without a reason."""
        return self._turned(
            "rejected",
            ident,
            lambda one: replace(one, decision="rejected", reason=reason.strip()),
            today,
        )

    def move(self, ident: str, step: Step, today: datetime.date) -> Action:
        """Say how far an action is. Raises `RefusedError` T407 unless it is accepted."""

        def moved(one: Action) -> Action:
            require_accepted(one)
            return replace(one, step=step)

        return self._turned("moved", ident, moved, today)

    def undo(self, today: datetime.date) -> Change:
        """Take back the last change that was not taken back yet; gives that change.

        Raises `RefusedError` T410 when there is none.
        """
        with self._desk.transaction() as db:
            changes = self._changes(db)
            gone = {one.undoes for one in changes}
            left = [one for one in changes if one.verb != "undone" and one.number not in gone]
            if not left:
                raise RefusedError("IMF-T410", "There is nothing to undo.")
            last = left[-1]
            back = {turn.id: Turn(turn.after, turn.before) for turn in last.turns}
            self._store(
                db, Change(len(changes) + 1, today, "undone", (*back.values(),), last.number)
            )
        return last

    # --- one transaction ----------------------------------------------------------------------

    def _turned(
        self,
        verb: Verb,
        ident: str,
        turn: Callable[[Action], Action],
        today: datetime.date,
    ) -> Action:
        def new(actions: Mapping[str, Action], _: int) -> Mapping[str, Turn]:
            before = _found(actions, ident)
            return {before.id: Turn(before, checked(turn(before), self._study.framework))}

        return self._one(verb, new, today)

    def _one(
        self,
        verb: Verb,
        new: Callable[[Mapping[str, Action], int], Mapping[str, Turn]],
        today: datetime.date,
    ) -> Action:
        (turn,) = self._change(verb, new, today).values()
        if turn.after is None:
            raise ValueError("an action is never taken away but by undoing")
        return turn.after

    def _change(
        self,
        verb: Verb,
        new: Callable[[Mapping[str, Action], int], Mapping[str, Turn]],
        today: datetime.date,
    ) -> Mapping[str, Turn]:
        """Read, turn, and store in one step; `new` sees the actions and the highest number."""
        with self._desk.transaction() as db:
            changes = self._changes(db)
            with _readable(self._desk):
                numbers = [int(turn.id[1:]) for one in changes for turn in one.turns]
            turns = new(self._read(db), max(numbers, default=0))
            changed = tuple(turn for turn in turns.values() if turn.before != turn.after)
            if changed:
                self._store(db, Change(len(changes) + 1, today, verb, changed))
        return turns

    @staticmethod
    def _store(db: TinyDB, change: Change) -> None:
        for turn in change.turns:
            of_id = Query().id == turn.id
            if turn.after is None:
                db.table(_ACTIONS).remove(of_id)
            else:
                db.table(_ACTIONS).upsert(ACTION.dump_python(turn.after, mode="json"), of_id)
        db.table(_CHANGES).insert(_CHANGE.dump_python(change, mode="json"))

    # --- reading ------------------------------------------------------------------------------

    def _read(self, db: TinyDB) -> dict[str, Action]:
        with _readable(self._desk):
            found = [ACTION.validate_python(dict(one)) for one in db.table(_ACTIONS)]
            return {one.id: one for one in sorted(found, key=lambda one: int(one.id[1:]))}

    def _changes(self, db: TinyDB) -> tuple[Change, ...]:
        with _readable(self._desk):
            return tuple(_CHANGE.validate_python(dict(one)) for one in db.table(_CHANGES))


def _found(actions: Mapping[str, Action], ident: str) -> Action:
    found = actions.get(ident.strip().lower())
    if found is None:
        raise InputError(
            "IMF-T409",
            "There is no action '{action}'; there are: {known}.",
            action=ident,
            known=", ".join(actions) or "–",
        )
    return found


@contextmanager
def _readable(desk: Desk) -> Iterator[None]:
    """What is stored and is no action is told with its file, and left alone."""
    try:
        yield
    except (ValidationError, ValueError) as fault:
        raise StorageError(
            "IMF-T412",
            "'{file}' holds something that is no action. Nothing was changed; restore the file "
            "from a copy, or mend that entry.",
            file=str(desk.path),
        ) from fault
