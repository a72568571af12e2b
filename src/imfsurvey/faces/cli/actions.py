"""`imfsurvey actions`: the action plan, its proposals, and what is changed about them."""

from __future__ import annotations

from typing import Any, Final

import click

from imfsurvey.faces.action_words import change_words
from imfsurvey.faces.cli.actions_list import list_actions, said
from imfsurvey.faces.cli.call import Call, Command, CommandGroup
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import json_option, require_apart, wave_argument
from imfsurvey.faces.cli.terminal import narrate, say, say_json
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study import life
from imfsurvey.study.actions.action import ACTION, APPROACHES, STEPS, Action, Step, day_of
from imfsurvey.study.actions.making import own_action
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.actions.proposals import proposals

_DROP: Final = "-"
"""Written for a value that is to be taken away."""

_DIGITS: Final = 4
"""Of a number that could be a level; whether it is one, the framework says."""


def command(t: Translator, summary: str) -> click.Command:
    """The group of commands in the language of `t`."""
    details = t("Without a command, the plan is printed; --json gives it to programs.")
    group = CommandGroup(
        "actions",
        t,
        callback=_list,
        invoke_without_command=True,
        help=f"{summary}\n\n{details}",
        params=[
            click.Option(["--overdue"], is_flag=True, help=t("Only those whose day has passed.")),
            click.Option(["--rejected"], is_flag=True, help=t("Those that were rejected as well.")),
            json_option(t),
        ],
    )
    for build in (
        *(_propose_command, _accept_command, _reject_command, _new_command, _change_command),
        *(_move_command, _done_command, _undo_command, _history_command),
    ):
        group.add_command(build(t))
    return group


@click.pass_context
def _list(context: click.Context, overdue: bool, rejected: bool, as_json: bool) -> None:
    if context.invoked_subcommand is not None:
        of_the_list = {"--overdue": overdue, "--rejected": rejected, "--json": as_json}
        require_apart(context.invoked_subcommand, True, of_the_list)
        return
    call = context.ensure_object(Call)
    list_actions(call, overdue=overdue, rejected=rejected, as_json=as_json)


# --- proposals --------------------------------------------------------------------------------


def _propose_command(t: Translator) -> click.Command:
    return Command(
        "propose",
        t,
        callback=_propose,
        help=t(
            "Let a wave propose actions: for topics that hold a level down, and for those that "
            "the staff do not confirm."
        ),
        params=[wave_argument(t), json_option(t)],
    )


@click.pass_obj
def _propose(call: Call, name: str, as_json: bool) -> None:
    t, study = call.t, call.study()
    found = life.results(study, study.wave(name), call.today)
    added = ActionPlan(study).propose(proposals(found, t.language), call.today)
    if as_json:
        say_json([ACTION.dump_python(one, mode="json") for one in added])
        return
    for one in added:
        for line in said(one, study, call):
            say(line)
    narrate(t.plural("{n} action is proposed.", "{n} actions are proposed.", len(added)))
    if added:
        narrate(t("Next: 'imfsurvey actions accept {action}', or reject it with --reason.",
                  action=added[0].id))  # fmt: skip


def _accept_command(t: Translator) -> click.Command:
    return Command(
        "accept",
        t,
        callback=_accept,
        help=t("Decide to carry actions out; what is given is changed about them first."),
        params=[_idents(t), *_fields(t)],
    )


@click.pass_obj
def _accept(call: Call, /, idents: tuple[str, ...], **given: Any) -> None:
    plan, fields = ActionPlan(call.study()), _given(given)
    for ident in idents:
        _tell(call, plan.accept(ident, call.today, **fields))


def _reject_command(t: Translator) -> click.Command:
    return Command(
        "reject",
        t,
        callback=_reject,
        help=t("Decide against actions. The reason is kept."),
        params=[
            _idents(t),
            click.Option(["--reason"], metavar=t("TEXT"), required=True, help=t("Why.")),
        ],
    )


@click.pass_obj
def _reject(call: Call, idents: tuple[str, ...], reason: str) -> None:
    plan = ActionPlan(call.study())
    for ident in idents:
        _tell(call, plan.reject(ident, reason, call.today))


# --- what somebody writes ---------------------------------------------------------------------


def _new_command(t: Translator) -> click.Command:
    return Command(
        "new",
        t,
        callback=_new,
        help=t("Add an action that no wave has proposed."),
        params=[
            click.Option(
                ["--topic"],
                required=True,
                metavar=t("TOPIC"),
                help=t("Id of the topic that it is about, such as dilemma-training."),
            ),
            *_fields(t),
        ],
    )


@click.pass_obj
def _new(call: Call, /, topic: str, **given: Any) -> None:
    study = call.study()
    draft = own_action(study, topic, call.today, **_given(given))
    _tell(call, ActionPlan(study).add(draft, call.today))


def _change_command(t: Translator) -> click.Command:
    return Command(
        "change",
        t,
        callback=_change,
        help=t("Change what an action says."),
        params=[_ident(t), *_fields(t)],
    )


@click.pass_obj
def _change(call: Call, /, ident: str, **given: Any) -> None:
    fields = _given(given)
    if not fields:
        raise WrongUseError("IMF-F400", "Say what is to be changed, such as --owner or --deadline.")
    _tell(call, ActionPlan(call.study()).edit(ident, call.today, **fields))


# --- how far they are -------------------------------------------------------------------------


def _move_command(t: Translator) -> click.Command:
    return Command(
        "move",
        t,
        callback=_move,
        help=t("Say how far an action is: plan, do, check or act."),
        params=[
            _ident(t),
            click.Argument(
                ["step"], metavar="plan|do|check|act", type=click.Choice(STEPS),
                help=t("The step of the cycle that it is at."),
            ),
        ],
    )  # fmt: skip


@click.pass_obj
def _move(call: Call, ident: str, step: Step) -> None:
    _tell(call, ActionPlan(call.study()).move(ident, step, call.today))


def _done_command(t: Translator) -> click.Command:
    return Command(
        "done",
        t,
        callback=_done,
        help=t("Actions were carried out: what they bring about is to be seen (check)."),
        params=[_idents(t)],
    )


@click.pass_obj
def _done(call: Call, idents: tuple[str, ...]) -> None:
    plan = ActionPlan(call.study())
    for ident in idents:
        _tell(call, plan.move(ident, "check", call.today))


# --- what was changed -------------------------------------------------------------------------


def _undo_command(t: Translator) -> click.Command:
    return Command(
        "undo", t, callback=_undo, help=t("Take the last change back; again, the one before it.")
    )


@click.pass_obj
def _undo(call: Call) -> None:
    undone = ActionPlan(call.study()).undo(call.today)
    narrate(call.t("Undone: {change}", change=change_words(undone, call.t)))


def _history_command(t: Translator) -> click.Command:
    return Command(
        "history",
        t,
        callback=_history,
        help=t("Print every change that was made to the plan."),
        params=[json_option(t)],
    )


@click.pass_obj
def _history(call: Call, as_json: bool) -> None:
    changes = ActionPlan(call.study()).history
    if as_json:
        say_json(
            [
                {
                    "number": one.number,
                    "day": one.day.isoformat(),
                    "verb": one.verb,
                    "undoes": one.undoes,
                    "actions": [turn.id for turn in one.turns],
                }
                for one in changes
            ]
        )
        return
    for one in changes:
        day = formats.date(one.day, call.t.language)
        say(f"{one.number:>4}  {day}  {change_words(one, call.t)}")


# --- arguments and options --------------------------------------------------------------------


def _ident(t: Translator) -> click.Argument:
    return click.Argument(["ident"], metavar=t("ID"), help=t("Of the action, such as a7."))


def _idents(t: Translator) -> click.Argument:
    return click.Argument(
        ["idents"], nargs=-1, required=True, metavar=t("ID…"), help=t("Of the actions.")
    )


def _fields(t: Translator) -> list[click.Parameter]:
    """What an action says; `-` takes away what can be left out."""

    def text(name: str, words: str) -> click.Option:
        return click.Option([name], metavar=t("TEXT"), help=words)

    return [
        text("--text", t("What is done.")),
        text("--objective", t("What it is to bring about.")),
        text("--owner", t("The function or service that answers for it.")),
        click.Option(
            ["--deadline"],
            metavar=t("DATE"),
            help=t("The day by which it is carried out, such as 31/03/2027; - for none."),
        ),
        text("--resources", t("Time and budget.")),
        text("--indicator", t("What shows whether it worked.")),
        click.Option(
            ["--approach"],
            type=click.Choice(APPROACHES),
            help=t("Controlling, stimulating or both."),
        ),
        click.Option(
            ["--target"],
            metavar=t("LEVEL"),
            help=t("Level of the topic that is aimed at; - for none."),
        ),
    ]


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The fields that were given, as an action holds them. Raises for what is none."""
    fields = {name: value for name, value in options.items() if value is not None}
    for name, value in fields.items():
        if value == _DROP and name not in ("text", "approach"):
            fields[name] = None if name in ("deadline", "target") else ""
        elif name == "deadline":
            fields[name] = day_of(value)
        elif name == "target":
            fields[name] = _level(value)
        elif name != "approach":
            fields[name] = value.strip()
    return fields


def _level(text: str) -> int:
    if not text.isdecimal() or len(text) > _DIGITS:
        raise WrongUseError("IMF-F401", "A target is a level, such as 3, not '{text}'.", text=text)
    return int(text)


def _tell(call: Call, action: Action) -> None:
    """How an action stands now."""
    for line in said(action, call.study(), call):
        say(line)
