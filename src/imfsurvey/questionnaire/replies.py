"""What came back from a translator, set against the file: what is taken, what is not and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from imfsurvey.questionnaire.translations import Texts, placeholders, same
from imfsurvey.source.characters import HIDDEN, hidden_in_value
from imfsurvey.source.places import KeyPath
from imfsurvey.source.problems import MAX_PROBLEMS, Problem, ProblemsFoundError, nearest

_NONE: Final = "–"


@dataclass(frozen=True)
class Reply:
    """One entry of a catalogue that came back."""

    key: str
    source: str
    translation: str
    line: int
    column: int = 1
    excerpt: str = ""
    unfinished: bool = False
    """Marked by the translator, or by us, as still to be looked at."""


@dataclass(frozen=True)
class Replies:
    """A catalogue that came back."""

    name: str
    """Of its file."""
    id: str
    """Of the questionnaire or framework that it was made from."""
    source_language: str
    language: str
    replies: tuple[Reply, ...]

    def problem(
        self, code: str, template: str, reply: Reply | None = None, /, **params: object
    ) -> Problem:
        """A problem at an entry, or of the catalogue as a whole."""
        if reply is None:
            return Problem(code, template, params, self.name)
        return Problem(
            code,
            template,
            params,
            self.name,
            reply.line,
            reply.column,
            excerpt=reply.excerpt,
        )


@dataclass(frozen=True)
class Outcome:
    """What becomes of a catalogue that has no problems."""

    taken: Mapping[str, str]
    """The translations that are new or other than in the file, by key."""
    outdated: tuple[Reply, ...]
    """Not taken: the source in the file is not the one that was translated."""
    unfinished: tuple[Reply, ...]
    """Not taken: still to be looked at."""
    missing: int
    """Texts that have no translation in the file and get none."""

    def by_path(self, texts: Texts) -> dict[KeyPath, str]:
        """The translations by the paths of their texts in the file."""
        return {texts.entries[key].path: text for key, text in self.taken.items()}


def judged(texts: Texts, replies: Replies, *, accept_changed: bool = False) -> Outcome:
    """What is taken of a catalogue, to be written into the file.

    Raises `ProblemsFoundError` with everything that is wrong; then nothing is to be written.
    """
    if foreign := list(_foreign(texts, replies)):
        raise ProblemsFoundError(foreign)  # then its entries say nothing
    problems = list(_repeated(replies))
    taken: dict[str, str] = {}
    outdated: list[Reply] = []
    unfinished: list[Reply] = []
    for reply in replies.replies:
        if len(problems) >= MAX_PROBLEMS:
            break
        entry = texts.entries.get(reply.key)
        if entry is None:
            problems.append(_unknown(texts, replies, reply))
            continue
        if same(reply.translation, entry.said(replies.language) or ""):
            continue
        source = entry.source(replies.source_language, replies.language)
        as_then = source is not None and same(source, reply.source)
        to_take = not reply.unfinished and (as_then or accept_changed)
        problems += _faults(replies, reply, source if to_take and source else reply.source)
        if to_take:
            taken[reply.key] = reply.translation
        else:
            (unfinished if reply.unfinished else outdated).append(reply)
    if problems:
        raise ProblemsFoundError(problems[:MAX_PROBLEMS])
    missing = [
        key
        for key, entry in texts.entries.items()
        if entry.said(replies.language) is None and key not in taken
    ]
    return Outcome(taken, tuple(outdated), tuple(unfinished), len(missing))


def _foreign(texts: Texts, replies: Replies) -> Iterator[Problem]:
    """A catalogue of another file, or in a language that this one does not have."""
    if replies.id != texts.id:
        yield replies.problem(
            "IMF-E173",
            "made from '{found}', but {file} is '{id}'",
            found=replies.id,
            file=texts.document.name,
            id=texts.id,
        )
    if replies.language not in texts.languages:
        yield replies.problem(
            "IMF-E174",
            "{file} is not made for language '{language}': add it to its 'languages' first",
            file=texts.document.name,
            language=replies.language,
        )
    if replies.language == replies.source_language:
        yield replies.problem(
            "IMF-E174",
            "'{language}' is both the language of the source and that of the translation",
            language=replies.language,
        )


def _repeated(replies: Replies) -> Iterator[Problem]:
    seen: dict[str, Reply] = {}
    for reply in replies.replies:
        first = seen.setdefault(reply.key, reply)
        if first is not reply:
            yield replies.problem(
                "IMF-E179",
                "key '{key}' stands here a second time (first on line {line})",
                reply,
                key=reply.key,
                line=first.line,
            )


def _unknown(texts: Texts, replies: Replies, reply: Reply) -> Problem:
    near = nearest(reply.key, texts.entries)
    if near is None:
        return replies.problem(
            "IMF-E175",
            "{file} has no text '{key}'",
            reply,
            file=texts.document.name,
            key=reply.key,
        )
    return replies.problem(
        "IMF-E175",
        "{file} has no text '{key}': did you mean '{near}'?",
        reply,
        file=texts.document.name,
        key=reply.key,
        near=near,
    )


def _faults(replies: Replies, reply: Reply, source: str) -> Iterator[Problem]:
    """What keeps a translation of a source from being taken as it is."""
    text = reply.translation
    if not text.strip():
        yield replies.problem(
            "IMF-E176",
            "the translation of '{key}' is empty; one that is there is not removed",
            reply,
            key=reply.key,
        )
        return
    hidden = hidden_in_value(text)
    if hidden is not None:
        yield replies.problem("IMF-E178", HIDDEN, reply, character=hidden)
    wanted, found = placeholders(source), placeholders(text)
    if wanted != found:
        yield replies.problem(
            "IMF-E177",
            "the source has {wanted} in braces, the translation {found}",
            reply,
            wanted=", ".join(sorted(wanted)) or _NONE,
            found=", ".join(sorted(found)) or _NONE,
        )
