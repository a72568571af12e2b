"""Items that a new version calls differently, as its `replaces.renamed` says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.parser import MAX_LENGTH
from imfsurvey.questionnaire.expressions.tokens import KEYWORDS
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.questionnaire.places import places, row_places
from imfsurvey.questionnaire.rated import MatrixItem
from imfsurvey.source.model import Text
from imfsurvey.source.places import Document
from imfsurvey.source.problems import Problem

_NAME_OR_STRING: Final = re.compile(r"'[^']*'|(?<![\w.])[a-z][a-z0-9_]*\b(?!\s*\()")
"""In an expression: a text in quotes, or a name that is neither a function nor a field."""

_PIPED: Final = re.compile(r"\{\{|\{([a-z][a-z0-9_]*)(?=[.}])")
"""In a text: a brace to be printed, or the name that an answer is put in by."""


def renames(old: Questionnaire, new: Questionnaire) -> dict[str, str]:
    """Old id -> new id of the items that are the same by another name.

    What does not fit both versions (see `rename_problems`) is left out, as is a new name that no
    condition could have.
    """
    before, now = _ids(old), _ids(new)
    return {
        was: called
        for was, called in _declared(new).items()
        if called in now and called not in KEYWORDS and _fault(was, called, before, now) is None
    }


def rename_problems(
    old: Questionnaire, new: Questionnaire, document: Document
) -> Iterator[Problem]:
    """What is wrong with the renames of a version, `document`, in the light of the one before."""
    before, now = _ids(old), _ids(new)
    for was, called in _declared(new).items():
        found = _fault(was, called, before, now)
        if found is not None:
            at = ("questionnaire", "replaces", "renamed", was)
            code, template = found
            yield document.problem(code, template, at, key=True, old=was, new=called)


def called_now(old: Questionnaire, names: Mapping[str, str]) -> Questionnaire:
    """The old version with the new ids, wherever it names an item; else as it was."""
    if not names:
        return old
    plain = _renamed(old, old.model_dump(mode="json", exclude_defaults=True), names)
    for section in plain["sections"]:
        for item in section["items"]:
            for one in (item, *item.get("rows", ())):
                one["id"] = names.get(one["id"], one["id"])
    privacy = plain["privacy"]
    if "breakdown_by" in privacy:
        privacy["breakdown_by"] = [names.get(one, one) for one in privacy["breakdown_by"]]
    return Questionnaire.model_validate(plain)


def _declared(new: Questionnaire) -> Mapping[str, str]:
    replaces = new.questionnaire.replaces
    return replaces.renamed if replaces is not None else {}


def _ids(questionnaire: Questionnaire) -> set[str]:
    """Every item's, a matrix and its rows each."""
    found = set()
    for path, item in places(questionnaire):
        found.add(item.id)
        if isinstance(item, MatrixItem):
            found |= {row.id for _, row in row_places(item, path)}
    return found


def _fault(was: str, called: str, before: set[str], now: set[str]) -> tuple[str, str] | None:
    """Code and words of what does not fit; the first thing that does not."""
    if was not in before:
        return "IMF-T160", "the version before has no item '{old}' that could be renamed"
    if was in now:
        return "IMF-T161", "item '{old}' is still there: it cannot be called '{new}' as well"
    if called in before:
        return (
            "IMF-T162",
            "the version before has an item '{new}' already: '{old}' cannot take its id",
        )
    return None


def _renamed(value: object, plain: Any, names: Mapping[str, str]) -> Any:
    """`plain`, the dump of `value`, with new names in its conditions, sources and texts."""
    if isinstance(value, Expression):
        followed = _NAME_OR_STRING.sub(lambda found: names.get(found[0], found[0]), plain)
        return followed if len(followed) <= MAX_LENGTH else plain  # then it counts as another one
    if isinstance(value, Text):
        return {language: _piped(words, names) for language, words in plain.items()}
    if isinstance(value, BaseModel):
        inside = {name: _renamed(getattr(value, name), one, names) for name, one in plain.items()}
        if "choices_from" in inside:
            inside["choices_from"] = names.get(plain["choices_from"], plain["choices_from"])
        return inside
    if isinstance(value, Mapping):
        return {name: _renamed(value[name], one, names) for name, one in plain.items()}
    if isinstance(value, tuple):
        return [_renamed(one, dumped, names) for one, dumped in zip(value, plain, strict=True)]
    return plain


def _piped(words: str, names: Mapping[str, str]) -> str:
    return _PIPED.sub(lambda found: "{" + names[found[1]] if found[1] in names else found[0], words)
