"""The command `imfsurvey`: global options, and its commands, loaded when they are used."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import click
from click.exceptions import NoSuchCommand

from imfsurvey import __version__
from imfsurvey.faces.cli import clickwords
from imfsurvey.faces.cli.call import Call, global_options
from imfsurvey.faces.cli.terminal import screens_possible
from imfsurvey.i18n.catalogue import N_, Marked, Translator

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Entry(NamedTuple):
    """Where a command is, and the one line about it."""

    module: str
    summary: Marked


COMMANDS: Final[Mapping[str, Entry]] = {
    "demo": Entry("demo", N_("Show a worked example: a fictitious zone, measured twice.")),
    "new": Entry("new", N_("Make a study: the folder of one police entity.")),
    "keys": Entry("keys", N_("Make and try out the keys that open what the staff answer.")),
    "wave": Entry("wave", N_("Make, open, close and list the measurements of a study.")),
    "tickets": Entry("tickets", N_("Print cards with codes: one entitles to one response.")),
    "invite": Entry("invite", N_("Write letters with a code each, for a survey from afar.")),
    "papers": Entry("papers", N_("Draft the papers for data protection, from the wave.")),
    "answer": Entry("answer", N_("Answer the questionnaires of a wave on this terminal.")),
    "serve": Entry(
        "serve", N_("Let people answer a survey in the browser of a phone or computer.")
    ),
    "kiosk": Entry("kiosk", N_("Hand one laptop round: everybody answers, nothing stays.")),
    "print": Entry("print", N_("Print questionnaires to be filled in with a pen.")),
    "key-in": Entry("key_in", N_("Type in sheets of paper: each twice, then compared.")),
    "session": Entry("session", N_("Lead a team session: open rounds, show what was voted.")),
    "merge": Entry("merge", N_("Take in the boxes of other laptops and sticks.")),
    "results": Entry("results", N_("Print the maturity and perception figures of a wave.")),
    "targets": Entry("targets", N_("List and set the level that is wanted for each topic.")),
    "report": Entry("report", N_("Write the summary report of one or more waves.")),
    "portfolio": Entry("portfolio", N_("Lay the levels of several studies side by side.")),
    "template": Entry("template", N_("Make the report look like those of your office.")),
    "actions": Entry("actions", N_("Plan actions, decide on them, follow them up.")),
    "policy": Entry("policy", N_("Write the integrity policy, and say when it was approved.")),
    "export": Entry("export", N_("Write data files and codebooks of a wave.")),
    "import": Entry("import_", N_("Take responses from a table into an open wave.")),
    "move": Entry("move", N_("Move the answers of a wave to another store.")),
    "purge": Entry("purge", N_("Destroy the answers of a wave that need not be kept any longer.")),
    "check": Entry("check", N_("List every problem of questionnaires and frameworks.")),
    "diff": Entry("diff", N_("Tell which changes of a questionnaire keep answers comparable.")),
    "translate": Entry("translate", N_("Give texts to translators, and take translations back.")),
    "schema": Entry("schema", N_("Give the file formats as JSON Schema, for editors.")),
    "convert": Entry("convert", N_("Turn XLSForm workbooks into questionnaires, and back.")),
    "simulate": Entry("simulate", N_("Fill a wave with invented respondents, to try it out.")),
    "walk": Entry("walk", N_("Let invented respondents look for what nobody can reach.")),
    "completion": Entry("completion", N_("Make the Tab key of your shell complete commands.")),
}


def run(arguments: Sequence[str], t: Translator) -> int:
    """Run the command line in a language; the exit code. Raises what goes wrong."""
    clickwords.speak(t)
    code = Imfsurvey(t).main(
        list(arguments), prog_name="imfsurvey", standalone_mode=False, obj=Call(t)
    )
    return int(code or 0)


class Imfsurvey(click.Group):
    """The whole command line in one language."""

    def __init__(self, t: Translator) -> None:
        super().__init__(
            "imfsurvey",
            callback=_home,
            invoke_without_command=True,
            help=t(
                "Measure and follow the integrity policy of a police entity.\n\n"
                "Without a command, the home screen opens."
            ),
            context_settings={"help_option_names": ["-h", "--help"]},
            options_metavar=t("[OPTIONS]"),
            subcommand_metavar=t("[COMMAND …]"),
            params=[_json_option(t), *global_options(t), _version_option(t)],
        )
        self._t = t

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which they are needed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module of a command and build it."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module = importlib.import_module(f"imfsurvey.faces.cli.{entry.module}")
        built: click.Command = module.command(self._t, self._t.messages.gettext(entry.summary))
        return built

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A name that is none of ours is answered with the nearest ones."""
        if args[0] not in COMMANDS:
            raise NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The names for the Tab key, without loading one of the commands."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=self._t.messages.gettext(entry.summary))
            for name, entry in COMMANDS.items()
            if name.startswith(incomplete) and not incomplete.startswith("-")
        ]
        return found or click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without loading one of them."""
        t = self._t
        rows = [(name, t.messages.gettext(entry.summary)) for name, entry in COMMANDS.items()]
        with formatter.section(t("Commands")):
            formatter.write_dl(rows)


def _version_option(t: Translator) -> click.Option:
    def show(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"imfsurvey {__version__}")
            context.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=t("Show the version and leave."),
    )


def _json_option(t: Translator) -> click.Option:
    """--json without a command: the dashboard for programs."""
    return click.Option(
        ["--json", "as_json"],
        is_flag=True,
        help=t("Without a command: print the dashboard of the study as JSON."),
    )


@click.pass_context
def _home(context: click.Context, as_json: bool) -> int:
    """The home screen; where there is no terminal for it, the dashboard, or the help if there is
    no study either."""
    call = context.ensure_object(Call)
    if context.invoked_subcommand is not None:
        if as_json:
            from imfsurvey.faces.cli.faults import WrongUseError

            raise WrongUseError(
                "IMF-F490",
                "'--json' before a command is for the dashboard alone: put it behind '{command}'.",
                command=context.invoked_subcommand,
            )
        return 0
    if as_json or not screens_possible():
        study = call.study() if as_json else call.study_if_any()
        if study is None:
            click.echo(context.get_help())
        else:
            from imfsurvey.faces.cli.glance import print_dashboard

            print_dashboard(study, call, as_json=as_json)
        return 0
    from imfsurvey.faces.memory import keep_memory
    from imfsurvey.faces.tui import run_home

    keep_memory()  # people answer there, too

    return run_home(call.study_if_any(), call.t.language)
