"""Settings of a server under which a promise cannot be kept."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from imfsurvey.i18n.errors import StorageError

_ALLOWED = {
    # What is confirmed must outlive a power cut.
    "fsync": ("on",),
    # The time of every row, kept beside it.
    "track_commit_timestamp": ("off",),
    # The server's log would hold the time of every response, most with its id and payload.
    "log_statement": ("none", "ddl"),
    "log_duration": ("off",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "pgaudit.log": ("", "none", "ddl"),
}
"""Setting and the values that keep our promise. One that a server does not know is kept."""


def check(connection: Connection, url: str) -> None:
    """StorageError S128: the server would lose responses in a power cut, or note when each came."""
    names = list(_ALLOWED)
    values = connection.execute(select(*(func.current_setting(name, True) for name in names))).one()
    broken = [
        f"{name} = {value}"
        for name, value in zip(names, values, strict=True)
        if value is not None and value not in _ALLOWED[name]
    ]
    if broken:
        raise StorageError(
            "IMF-S128",
            "The server {server} is set to lose responses in a power cut, or to note when each one "
            "came: {settings}. Ask its administrator to change this for the account of the "
            "survey, as docs/howto-postgresql.md says.",
            server=url,
            settings=", ".join(broken),
        )
