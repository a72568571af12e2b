"""The action plan as it stood when the report was made, and where its topics are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imfsurvey.i18n import formats
from imfsurvey.report.document import Block, Paragraph, Section, Table
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE, clean
from imfsurvey.study.actions.action import Action


def section(view: View) -> Section | None:
    """Overdue, running, carried out, to be decided; None without a plan."""
    if not view.actions:
        return None
    t = view.t
    blocks: list[Block] = [Paragraph(_counted(view))]
    decided = [one for one in view.actions if one.decision == "accepted"]
    decided.sort(key=lambda one: (not one.overdue(view.made_on), one.step in ("check", "act")))
    if decided:
        blocks += [plan_table(view, t("Actions that were decided on"), decided), *_no_proof(view)]
    proposed = [one for one in view.actions if one.decision == "proposed"]
    if proposed:
        blocks.append(_proposed(view, proposed))
    rejected = [one for one in view.actions if one.decision == "rejected"]
    if rejected:
        blocks.append(_rejected(view, rejected))
    return Section("actions", t("Actions"), tuple(blocks))


def _counted(view: View) -> str:
    accepted = [one for one in view.actions if one.decision == "accepted"]
    done = sum(one.step in ("check", "act") for one in accepted)
    return view.t(
        "On {date}: {done} carried out, {running} planned or under way, {late} of these overdue, "
        "{proposed} to be decided, {rejected} rejected.",
        date=view.words.date(view.made_on),
        done=done,
        running=len(accepted) - done,
        late=sum(one.overdue(view.made_on) for one in accepted),
        proposed=sum(one.decision == "proposed" for one in view.actions),
        rejected=sum(one.decision == "rejected" for one in view.actions),
    )


def plan_table(view: View, caption: str, actions: Sequence[Action]) -> Table:
    """Actions with who and when, how far they are, and the level of their topic then and now."""
    t = view.t
    columns = (
        *(t("Action"), t("Topic"), t("Who, until when"), t("State")),
        *(t("Level then → now"), t("Target")),
    )
    rows = tuple(_row(view, one) for one in actions)
    return Table(caption, columns, rows, words=(1, 2, 3))


def _row(view: View, action: Action) -> tuple[str, ...]:
    words = view.words
    return (
        named(view, action, action.text),
        words.label(action.topic),
        _who(view, action),
        state(view, action),
        _levels(view, action),
        _target(view, action),
    )


def named(view: View, action: Action, words: str) -> str:
    """The id of an action, by which all speak of it, and its text or its objective."""
    return formats.labelled(action.id, clean(words), view.words.language)


def _who(view: View, action: Action) -> str:
    t = view.t
    owner = clean(action.owner) or t("no owner yet")
    if action.deadline is None:
        return t("; ").join((owner, t("no date yet")))
    return t("; ").join((owner, view.words.date(action.deadline)))


def state(view: View, action: Action) -> str:
    """How far an action is; overdue said in words. What is only proposed is not planned yet."""
    t = view.t
    if action.decision == "proposed":
        return t("proposed, to be decided")
    if action.overdue(view.made_on):
        return t("overdue")
    return {
        "plan": t("planned"),
        "do": t("being carried out"),
        "check": t("carried out, effect to be seen"),
        "act": t("evaluated and taken on"),
    }[action.step]


def _levels(view: View, action: Action) -> str:
    """In the action's own wave and, where it comes after that, in the reported one."""
    then, found = view.words.bounded(action.level, None), view.effects.of(action)
    if not found or found[-1].level is None:
        return then
    said = view.words.count(found[-1].level)
    if not found[-1].comparable:
        said = view.t("{level}, asked otherwise", level=said)
    return f"{then} → {said}"


def reached(view: View, action: Action) -> bool | None:
    """Whether the topic is at the action's target in the reported wave; None if it is unknown."""
    maturity = view.figures.maturity
    rating = maturity.ratings.get(action.topic) if maturity else None
    if action.target is None or rating is None or rating.level is None:
        return None
    return rating.level >= action.target


def _target(view: View, action: Action) -> str:
    if action.target is None:
        return NO_FIGURE
    said = view.words.count(action.target)
    if not view.effects.of(action):
        return said
    return view.t("{target}, reached", target=said) if reached(view, action) else said


def _no_proof(view: View) -> Iterator[Block]:
    if any(view.effects.of(one) for one in view.actions):
        yield Paragraph(
            view.t(
                "A level that has risen does not prove that the action was the cause: other "
                "things have changed as well."
            ),
            "note",
        )


def _proposed(view: View, actions: Sequence[Action]) -> Table:
    t, words = view.t, view.words
    rows = tuple(
        (named(view, one, one.text), words.label(one.topic), _grounds(view, one)) for one in actions
    )
    return Table(
        t("Proposed, to be decided"), (t("Action"), t("Topic"), t("Why")), rows, words=(1, 2)
    )


def _grounds(view: View, action: Action) -> str:
    t = view.t
    said = {"binding": t("holds a level down"), "unconfirmed": t("not confirmed by the staff")}
    return t("; ").join(said[one] for one in action.grounds) or NO_FIGURE


def _rejected(view: View, actions: Sequence[Action]) -> Table:
    t, words = view.t, view.words
    rows = tuple(
        (named(view, one, one.text), words.label(one.topic), clean(one.reason)) for one in actions
    )
    columns = (t("Action"), t("Topic"), t("Reason given"))
    return Table(t("Rejected"), columns, rows, words=(1, 2), folded=True)
