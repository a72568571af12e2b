"""Ids that stand in a file twice, and names of things that do not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem, nearest


def repeated(ids: Iterable[tuple[KeyPath, str]], document: Document) -> Iterator[Problem]:
    """A problem for every further use of an id; `ids` in any order, each with its path."""
    named = list(ids)
    if len({one for _, one in named}) == len(named):  # then nobody needs to know their places
        return
    first: dict[str, KeyPath] = {}
    for path, one in sorted(named, key=lambda pair: document.place(pair[0])):
        if one in first:
            yield document.problem(
                "IMF-E041",
                "id '{id}' is used twice (first on line {line})",
                path,
                id=one,
                line=document.place(first[one]).line,
            )
        first.setdefault(one, path)


def unknown(
    what: str, word: str, known: Collection[str], path: KeyPath, document: Document
) -> Iterator[Problem]:
    """The problem that `word` is not among the known ones, if it is not, with the nearest.

    `what` is the kind of thing, marked for translation.
    """
    if word in known:
        return
    near = nearest(word, known)
    if near is None:
        yield document.problem(
            "IMF-E062", "{what} '{word}' does not exist", path, what=what, word=word
        )
    else:
        yield document.problem(
            "IMF-E062",
            "{what} '{word}' does not exist: did you mean '{near}'?",
            path,
            what=what,
            word=word,
            near=near,
        )
