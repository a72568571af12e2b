"""Pydantic's findings in our words, each at the place where the author has to look.

Pydantic knows no file. Its location of a finding names the keys on the way and, for an item, its
type as well, which is no key. A missing key is reported at the block that lacks it, an unknown
one at the key itself, everything else at the value.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from imfsurvey.i18n.catalogue import N_
from imfsurvey.source.faults import FAULT, faults_in
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem, nearest

Location = tuple[int | str, ...]

_TYPES: Final = ("type", "rule")
"""The keys that tell the kinds of one thing apart: of items, of aggregation rules."""

_EXPECTED: Final[Mapping[str, str]] = {
    "string": N_("a text"),
    "int": N_("a whole number"),
    "float": N_("a number"),
    "bool": N_("true or false"),
    "list": N_("a list"),
    "tuple": N_("a list"),
    "dict": N_("a block of keys"),
    "model": N_("a block of keys"),
    "date": N_("a date like 2026-03-31"),
}

_BOUNDS: Final[Mapping[str, str]] = {
    "ge": N_("at least {limit} is needed here"),
    "gt": N_("more than {limit} is needed here"),
    "le": N_("at most {limit} is allowed here"),
    "lt": N_("less than {limit} is needed here"),
    "min_length": N_("at least {limit} entries or characters are needed here"),
    "max_length": N_("at most {limit} entries or characters are allowed here"),
}


def problems_of(
    details: ErrorDetails, document: Document, model: type[BaseModel]
) -> Iterator[Problem]:
    """The problems that one finding of pydantic stands for; none when it only echoes another."""
    kind, location = details["type"], details["loc"]
    context: Mapping[str, Any] = details.get("ctx", {})
    path, models = _followed(location, document, model)
    if kind == FAULT:
        yield from _faults(context, document, path)
    elif kind == "missing":
        yield document.problem("IMF-E020", "'{name}' is missing here", path, name=location[-1])
    elif kind == "union_tag_not_found":
        name = _discriminator(context)
        yield document.problem("IMF-E020", "'{name}' is missing here", path, name=name)
    elif kind == "extra_forbidden":
        yield _unknown_key(str(location[-1]), document, path, models)
    elif kind == "union_tag_invalid":
        name = _discriminator(context)
        yield _not_among(document, (*path, name), details["input"][name], context["expected_tags"])
    elif kind == "literal_error":
        yield _not_among(document, path, details["input"], context["expected"])
    elif not _is_echo(details, context):
        yield _mistyped(details, document, path, context)


def _discriminator(context: Mapping[str, Any]) -> str:
    """The key that would choose one of several models; pydantic gives it in quotes."""
    return str(context["discriminator"]).strip("'")


def _is_echo(details: ErrorDetails, context: Mapping[str, Any]) -> bool:
    """Pydantic calls a list too short when some of its entries are wrong in themselves, and says
    of what may be any number that it is no whole number and that it is no number."""
    if details["type"] == "int_type":
        return details["loc"][-1] == "int"
    return details["type"] == "too_short" and len(details["input"]) >= context["min_length"]


def _faults(context: Mapping[str, Any], document: Document, path: KeyPath) -> Iterator[Problem]:
    for one in faults_in(context):
        below = (one.at,) if isinstance(one.at, str) else one.at or ()
        place = document.place((*path, *below), key=isinstance(one.at, str))
        yield document.problem_at(one.code, one.template, place, **one.params)


def _unknown_key(
    name: str, document: Document, path: KeyPath, models: Sequence[type[BaseModel]]
) -> Problem:
    near = nearest(name, [field for model in models for field in model.model_fields])
    if near is None:
        return document.problem("IMF-E021", "unknown key '{name}'", path, key=True, name=name)
    return document.problem(
        "IMF-E021",
        "unknown key '{name}': did you mean '{near}'?",
        path,
        key=True,
        name=name,
        near=near,
    )


def _not_among(document: Document, path: KeyPath, found: object, known: str) -> Problem:
    """`known` is pydantic's list: `'a', 'b' or 'c'`."""
    if found is None or isinstance(found, list | dict):
        return _expected(document, path, "string")
    word = found if isinstance(found, str) else document.written(path)
    words = [one.strip().strip("'") for one in known.replace(" or ", ", ").split(",")]
    near = nearest(word, words)
    if near is None:
        return document.problem(
            "IMF-E023", "'{found}' is not one of: {known}", path, found=word, known=", ".join(words)
        )
    return document.problem(
        "IMF-E023",
        "'{found}' is not one of: {known}. Did you mean '{near}'?",
        path,
        found=word,
        known=", ".join(words),
        near=near,
    )


def _mistyped(
    details: ErrorDetails, document: Document, path: KeyPath, context: Mapping[str, Any]
) -> Problem:
    kind, found = details["type"], details["input"]
    if kind == "string_type" and isinstance(found, int | float):
        return document.problem(
            "IMF-E024",
            'this must be a text: put it in quotes, "{found}"',
            path,
            found=document.written(path),
        )
    wanted = kind.split("_")[0]
    if kind.endswith("_type") and wanted in _EXPECTED:
        return _expected(document, path, wanted)
    if kind == "string_pattern_mismatch":
        return document.problem(
            "IMF-E026",
            "'{found}' is not allowed here: lower-case letters, digits and '_', a letter first "
            "(in codes and file names also '-' and a digit first)",
            path,
            key=details["loc"][-1] == "[key]",
            found=found,
        )
    for name, template in _BOUNDS.items():
        if name in context:
            return document.problem("IMF-E027", template, path, limit=context[name])
    return document.problem("IMF-E028", "this value is not allowed here", path)


def _expected(document: Document, path: KeyPath, wanted: str) -> Problem:
    return document.problem(
        "IMF-E025", "{expected} is expected here", path, expected=_EXPECTED[wanted]
    )


def _followed(
    location: Location, document: Document, model: type[BaseModel]
) -> tuple[KeyPath, Sequence[type[BaseModel]]]:
    """The part of a location that stands in the file, and the models that its end may be."""
    path: KeyPath = ()
    models: Sequence[type[BaseModel]] = [model]
    for part in location:
        chosen = [one for one in models if part in _types_of(one)] if len(models) > 1 else []
        if chosen:
            models = chosen  # the kind of a thing, which pydantic tells on the way
        elif (*path, part) in document.values:
            path = (*path, part)
            models = _models_below(models, part) or models  # else a place in a list, a free key
    return path, models


def _models_below(models: Iterable[type[BaseModel]], part: int | str) -> list[type[BaseModel]]:
    fields = [one.model_fields[str(part)] for one in models if part in one.model_fields]
    return [below for field in fields for below in _models_in(field.annotation)]


def _types_of(model: type[BaseModel]) -> tuple[object, ...]:
    """The words by which a model is chosen: ("likert",)."""
    fields = [model.model_fields[name] for name in _TYPES if name in model.model_fields]
    return tuple(word for field in fields for word in typing.get_args(field.annotation))


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The models that a field may hold."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)
