"""click's own sentences in the language of the interface.

click passes its texts through `gettext.gettext`, which reads compiled catalogues from disk only.
Ours are read from `.po` files, so the name `_` in click's modules is pointed at our translator.
"""

from __future__ import annotations

import sys
from typing import Final

from imfsurvey.i18n.catalogue import N_, Marked, Translator


def plural(one: str, many: str) -> tuple[Marked, Marked]:
    """Mark a text with its plural for collection; the name is known to the translators' tool."""
    return Marked(one), Marked(many)


TEXTS: Final = (
    N_("Usage:"),
    N_("Options"),
    N_("Positional arguments"),
    N_("Show this message and exit."),
    N_("default: {default}"),
    N_("required"),
    N_("Try '{command} {option}' for help."),
    N_("Error: {message}"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Choose from:\n\t{choices}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
)
PLURALS: Final = (
    plural("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    plural("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    plural("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    plural(
        "{value!r} does not match the format {format}.",
        "{value!r} does not match the formats {formats}.",
    ),
    plural("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""What a person can meet here; a test compares the words with those of the installed click."""


def speak(t: Translator) -> None:
    """Let click speak the language of `t` from now on."""
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] == "click":
            for function in ("_", "ngettext"):
                if hasattr(module, function):
                    own = t.messages.gettext if function == "_" else t.messages.ngettext
                    setattr(module, function, own)
