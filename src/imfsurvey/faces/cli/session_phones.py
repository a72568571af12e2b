"""`imfsurvey session`, as far as it says how the console offers pages for phones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import tls_options, tls_pair
from imfsurvey.faces.phones import Where
from imfsurvey.i18n.catalogue import Translator


def phones_options(t: Translator) -> list[click.Parameter]:
    """How the console offers pages for phones."""
    return [
        click.Option(
            ["--address"],
            default="",
            metavar=t("ADDRESS"),
            help=t("Where phones find the session (default: the console offers a choice)."),
        ),
        click.Option(
            ["--port"],
            type=click.IntRange(0, 65535),
            metavar=t("NUMBER"),
            help=t("Its port (default: 8420, or any that is free)."),
        ),
        *tls_options(t),
    ]


def phones_from(given: Mapping[str, Any]) -> Where:
    """What the options of the command say about it.

    Raises `WrongUseError` for a certificate without its key, or without the name in it.
    """
    address, port = given["address"], given["port"]
    pair = tls_pair(given["certificate"], given["key"])
    if pair is None:
        return Where(address, port)
    if not address:
        raise WrongUseError(
            "IMF-F302",
            "A certificate is made for a name: say with --address which one people type.",
        )
    return Where(address, port, *(file.resolve() for file in pair))
