"""Addresses of servers as they may stand in a file of a study: everything but a password.

The text is handed to libpq, PostgreSQL's own client library, as it is; so `sslmode`, `service`,
several hosts and whatever else it knows pass through. Nothing is loaded for looking at it.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from imfsurvey.i18n.errors import InputError

_URL = re.compile(
    r"(?P<scheme>postgres(?:ql)?)://"
    r"(?:(?P<account>[^/?#]*)@)?(?P<hosts>[^/?#@]*)"
    r"(?:/(?P<database>[^/?#]*))?(?:\?(?P<options>[^#?]*))?"
)
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.%]*\]|[^:\[\]]*)(?::\d{0,5})?")
_ESCAPED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")

_SECRETS = ("password", "secret", "scram_client_key", "scram_server_key")
"""Parts of the names of options that hold something by which one can log in."""


def checked_url(text: str) -> str:
    """An address fit for a file of the study, without blanks around it.

    InputError S122: it holds a password, which would lie in the open there; S121: it is no
    address of a PostgreSQL server. Neither message repeats the text, which may hold a password.
    """
    url = text.strip()
    found = _URL.fullmatch(url)
    account = (found["account"] if found else url.partition("://")[2].rpartition("@")[0]) or ""
    options = _options(found["options"] if found else url.partition("?")[2])
    if ":" in account or any(word in name for name in options for word in _SECRETS):
        raise InputError(
            "IMF-S122",
            "The address of the server holds a password, and would lie in the open in the study. "
            "Leave it out; put it into ~/.pgpass, PGPASSWORD or a service (PGSERVICE).",
        )
    if found is None or not _sound(url, found["hosts"], options):
        raise no_address()
    return url


def no_address() -> InputError:
    """The error for what is no address of a server, in words that do not repeat it."""
    return InputError(
        "IMF-S121",
        "This is no address of a PostgreSQL server. "
        "Write it like postgresql://account@server/database?sslmode=verify-full",
    )


def _options(query: str | None) -> list[str]:
    """The names of the options, as libpq will read them, in small letters."""
    return [unquote(pair.partition("=")[0]).lower() for pair in (query or "").split("&") if pair]


def _sound(url: str, hosts: str, options: list[str]) -> bool:
    """Whether nothing is in it that libpq would stumble over, or that cannot be seen."""
    return (
        url.isprintable()
        and " " not in url
        and _ESCAPED.fullmatch(url) is not None
        and all(_HOST.fullmatch(host) for host in hosts.split(","))
        and all(re.fullmatch(r"[a-z_]+", name) for name in options)
    )
