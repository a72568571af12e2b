"""A YAML file as a `Document`: limits, encoding, characters; then its values with their places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from imfsurvey.i18n.catalogue import N_, Marked
from imfsurvey.source.builder import build, places
from imfsurvey.source.characters import HIDDEN, hidden_in_line, holds_hidden, lines_of, visible
from imfsurvey.source.places import Document, Place
from imfsurvey.source.problems import MAX_PROBLEMS, Problem, ProblemsFoundError

__all__ = ["MAX_BYTES", "Document", "bytes_in", "parse", "read", "why_unreadable"]

MAX_BYTES: Final = 1024 * 1024

_UNREADABLE: Final = (
    (FileNotFoundError, N_("there is no such file")),
    (IsADirectoryError, N_("it is a folder")),
    (PermissionError, N_("reading it is not permitted")),
)
_ELSE: Final = N_("the system refuses it")


def why_unreadable(error: OSError) -> Marked:
    """Why a file cannot be opened, as a word inside a sentence."""
    return next((words for kind, words in _UNREADABLE if isinstance(error, kind)), _ELSE)


def bytes_in(path: Path, most: int, name: str | None = None) -> bytes:
    """What a file holds; of one that is larger than `most`, one byte more than that.

    Raises `ProblemsFoundError` (IMF-E002) when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        reason = {"reason": why_unreadable(error)}
        raise ProblemsFoundError(
            [Problem("IMF-E002", "cannot be read: {reason}", reason, name or str(path))]
        ) from error


def read(path: Path, name: str | None = None) -> Document:
    """The document in a file. Raises `ProblemsFoundError` with everything that is wrong."""
    shown = name or str(path)
    data = bytes_in(path, MAX_BYTES, shown)
    if len(data) > MAX_BYTES:
        raise ProblemsFoundError(
            [Problem("IMF-E003", "is larger than {limit} bytes", {"limit": MAX_BYTES}, shown)]
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemsFoundError([_not_utf8(data, error.start, shown)]) from error
    return parse(text, shown)


def parse(text: str, name: str = "<text>") -> Document:
    """The document in a text. Raises `ProblemsFoundError` with everything that is wrong."""
    document = Document(name, text.removeprefix("\ufeff"), places)
    # The parsers refuse most of these too, but one at a time and without a line.
    if holds_hidden(document.text):
        problems = list(islice(_hidden_characters(document), MAX_PROBLEMS))
    else:
        problems = build(document)
    if problems:
        raise ProblemsFoundError(problems)
    return document


def _not_utf8(data: bytes, start: int, name: str) -> Problem:
    """The problem at the first byte that is not UTF-8."""
    before = lines_of(data[:start].decode("utf-8").removeprefix("\ufeff"))
    whole = lines_of(data.decode("utf-8", errors="replace").removeprefix("\ufeff"))
    return Problem(
        "IMF-E004",
        "is not UTF-8 here; save it as UTF-8",
        {},
        name,
        line=len(before),
        column=len(before[-1]) + 1,
        excerpt=visible(whole[len(before) - 1]),
    )


def _hidden_characters(document: Document) -> Iterator[Problem]:
    for number, line in enumerate(lines_of(document.text), start=1):
        for column, character in hidden_in_line(line):
            place = Place(number, column)
            yield document.problem_at("IMF-E005", HIDDEN, place, character=character)
