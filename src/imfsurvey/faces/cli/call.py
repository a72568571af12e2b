"""What every command is given: the language, the study, the day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import click

from imfsurvey.faces.garbage import resume
from imfsurvey.i18n.catalogue import LANGUAGES, Translator, translator

if TYPE_CHECKING:  # pydantic behind it takes 80 ms, pathlib 3, which --help need not wait for
    from pathlib import Path

    from imfsurvey.study.folder import Study

_WHOLE: Final = 1_000
"""Letters of a summary that are shown: more than any has."""


@dataclass
class Call:
    """One run of the command line."""

    t: Translator
    named_study: Path | None = None
    """What --study says."""
    today: datetime.date = field(default_factory=datetime.date.today)

    def study(self) -> Study:
        """The study that was named, else the one that the current folder lies in.

        A study that was named is not looked for upwards: a slip of the pen must not hit another.
        """
        from pathlib import Path

        from imfsurvey.study.folder import Study

        if self.named_study is not None:
            return Study(self.named_study.resolve())
        return Study.find(Path.cwd())

    def study_if_any(self) -> Study | None:
        """The same; None when no study was named and none is around the current folder."""
        from pathlib import Path

        from imfsurvey.study.folder import Study

        return Study.around(Path.cwd()) if self.named_study is None else self.study()

    def framework_file(self, named: Path | None) -> Path:
        """The framework of questionnaires: the one that was named, else that of the study around,
        else the shipped one. No study is read for it."""
        from pathlib import Path

        from imfsurvey.questionnaire.shipped import FRAMEWORK, shipped
        from imfsurvey.study.place import folder_around, source_of

        if named is not None:
            return named
        study = self.named_study or folder_around(Path.cwd())
        return shipped(FRAMEWORK) if study is None else source_of(study, FRAMEWORK)


class Command(click.Command):
    """A command that also takes the global options behind its name."""

    def __init__(self, name: str, t: Translator, **settings: Any) -> None:
        settings["params"] = [*settings.get("params", ()), *global_options(t)]
        super().__init__(
            name,
            context_settings={"help_option_names": ["-h", "--help"]},
            options_metavar=t("[OPTIONS]"),
            **settings,
        )

    def invoke(self, ctx: click.Context) -> Any:
        """Do it: all that is loaded for it is there by now."""
        resume()
        return super().invoke(ctx)


class CommandGroup(click.Group):
    """Commands below one name, listed in the order in which they are needed; it takes the global
    options as well."""

    def __init__(self, name: str, t: Translator, **settings: Any) -> None:
        settings["params"] = [*settings.get("params", ()), *global_options(t)]
        bare = settings.get("invoke_without_command", False)
        super().__init__(
            name,
            context_settings={"help_option_names": ["-h", "--help"]},
            options_metavar=t("[OPTIONS]"),
            subcommand_metavar=t("[COMMAND …]") if bare else t("COMMAND …"),
            **settings,
        )
        self._t = t

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names as they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help; click would cut each sentence off at 45 letters."""
        rows = [(name, one.get_short_help_str(_WHOLE)) for name, one in self.commands.items()]
        with formatter.section(self._t("Commands")):
            formatter.write_dl(rows)


def global_options(t: Translator) -> list[click.Parameter]:
    """--study and --lang; whatever stands last on the line counts."""
    return [
        click.Option(
            ["--study"],
            type=click.Path(),
            metavar=t("DIR"),
            help=t("The study folder (default: the current folder or one above it)."),
            expose_value=False,
            callback=_take_study,
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            help=t("Language of the interface (default: that of the system)."),
            expose_value=False,
            callback=_take_language,
        ),
    ]


def _take_study(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None:
        from pathlib import Path

        context.ensure_object(Call).named_study = Path(value)


def _take_language(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(Call).t = translator(value)
