"""What a server or the way to it did wrong, in words. Every fault leaves as a StorageError.

A message names the address (which holds no password) and, where we have no words of our own, the
name that PostgreSQL gives to the kind of fault. What the server wrote is not repeated: it may
quote a statement or a row. The one exception is a connection that does not come about or breaks:
then the words are those of libpq, on this side, which knows of no statement.
"""

from __future__ import annotations

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from imfsurvey.i18n.catalogue import N_
from imfsurvey.i18n.errors import StorageError
from imfsurvey.store.disk import held_elsewhere

Fault = SQLAlchemyError | psycopg.Error

_PASSING = ("08", "40001", "40P01", "53300", "57P01", "57P02", "57P03", "57P05")
"""Beginnings of SQLSTATE that a second attempt may cure: connection lost, deadlock, too many
connections, the server stopping, crashing or starting."""

_DAMAGED = ("XX001", "XX002", "58030")
_HELD = "55P03"

_OTHER = "IMF-S129"
_OTHER_TEXT = N_(
    "The server {server} did not do what was asked: {reason}. Show this to its administrator. "
    "Everything confirmed before is kept."
)

_WORDS = {
    "42501": (
        "IMF-S124",
        N_(
            "The account lacks a right that is needed on {server}. Nothing was changed. "
            "Its administrator finds the rights in docs/howto-postgresql.md."
        ),
    ),
    "25006": (
        "IMF-S125",
        N_(
            "The server {server} takes no changes now: it is read-only, or a copy of another "
            "server. Nothing was changed. Give the address of the one that may be written."
        ),
    ),
    "53100": (
        "IMF-S126",
        N_(
            "The disk of the server {server} is full. Everything confirmed before is kept. "
            "Have space made there, then try again."
        ),
    ),
}
"""Kinds of fault that have words of their own, by SQLSTATE."""


class UnreadableError(StorageError):
    """A part of the table cannot be read; the rest can."""


def passes(fault: Fault) -> bool:
    """Whether the same may succeed in a moment."""
    if isinstance(fault, DBAPIError) and fault.connection_invalidated:
        return True
    cause = _cause(fault)
    if cause is None or cause.sqlstate is None:
        # Without a SQLSTATE the server did not speak: it is away, or the connection broke.
        return isinstance(cause, psycopg.OperationalError)
    return cause.sqlstate.startswith(_PASSING)


def explained(fault: Fault, url: str) -> StorageError:
    """The fault as an error for people (S106, S123 to S126, S129)."""
    cause = _cause(fault)
    state = (cause.sqlstate if cause is not None else None) or ""
    if state in _DAMAGED:
        return UnreadableError(_OTHER, _OTHER_TEXT, server=url, reason=_kind(cause, state))
    if state == _HELD or isinstance(fault, PoolTimeout):
        return held_elsewhere(url)
    if state in _WORDS:
        code, words = _WORDS[state]
        return StorageError(code, words, server=url)
    if passes(fault):
        return StorageError(
            "IMF-S123",
            "The server {server} cannot be reached: {reason}. Check its address, the network, the "
            "account and its password. Everything confirmed before is kept.",
            server=url,
            reason=_reached(cause),
        )
    return StorageError(_OTHER, _OTHER_TEXT, server=url, reason=_kind(cause, state))


def _cause(fault: Fault) -> psycopg.Error | None:
    if isinstance(fault, psycopg.Error):
        return fault
    original = getattr(fault, "orig", None)
    return original if isinstance(original, psycopg.Error) else None


def _kind(cause: psycopg.Error | None, state: str) -> str:
    """The name of the kind of fault, such as `QueryCanceled 57014`."""
    return f"{type(cause).__name__} {state}".strip()


def _reached(cause: psycopg.Error | None) -> str:
    """What hindered the connection, in one line; of several addresses the first."""
    if cause is None or cause.sqlstate is not None:
        return _kind(cause, (cause.sqlstate if cause is not None else None) or "")
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    return lines[0].removeprefix("connection failed: ").rstrip(".") if lines else _kind(cause, "")
