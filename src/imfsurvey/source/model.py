"""What the models of all YAML files share: strictness, texts in several languages, error places."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    RootModel,
    StringConstraints,
    ValidationError,
)
from pydantic.types import Strict
from pydantic_core import ErrorDetails, PydanticCustomError

from imfsurvey.i18n.catalogue import LANGUAGES, N_
from imfsurvey.source.document import Document, KeyPath
from imfsurvey.source.problems import Problem, ProblemsFoundError, nearest

_CODE, _TEMPLATE, _AT = "_code", "_template", "_at"

T = TypeVar("T")
ModelT = TypeVar("ModelT", bound=BaseModel)

Many = Annotated[tuple[T, ...], Strict(False)]
"""A list in the file, a tuple in the model."""

ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""Id of an item, section or scale: stable for ever, also a name in expressions."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""Code of a choice, group or topic: what is stored."""


class SourceModel(BaseModel):
    """Base of all that is read from YAML: unknown keys refused, no silent conversion, frozen."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, revalidate_instances="never"
    )


def fault(
    code: str, template: str, /, at: str | KeyPath | None = None, **params: object
) -> PydanticCustomError:
    """The error that a validator of ours raises.

    `at` says what it is about, below what was validated: the name of a key, or the path of a
    value; without it, the whole.
    """
    return faults([PydanticCustomError("fault", "fault", _context(code, template, at, params))])


def faults(found: Sequence[PydanticCustomError]) -> PydanticCustomError:
    """One error to raise for several, each made by `fault`; all of them are reported."""
    every = [one for error in found for one in (error.context or {}).get(_FAULTS, [error.context])]
    return PydanticCustomError("fault", "fault", {_FAULTS: every})


def _known_languages(texts: dict[str, str]) -> dict[str, str]:
    found = [unknown_language(code, at=code) for code in texts if code not in LANGUAGES]
    found += [
        fault("IMF-E031", "the text in '{language}' is empty", at=(code,), language=code)
        for code, text in texts.items()
        if not text.strip()
    ]
    if not texts:
        found.append(fault("IMF-E032", "a text in at least one language is needed"))
    if found:
        raise faults(found)
    return texts


def unknown_language(language: str, at: str | KeyPath) -> PydanticCustomError:
    """The error for a language that the interface does not have either."""
    return fault(
        "IMF-E030",
        "language '{language}' is not one of {known}",
        at=at,
        language=language,
        known=", ".join(LANGUAGES),
    )


class Text(RootModel[Annotated[dict[str, str], AfterValidator(_known_languages)]]):
    """One text in one to four languages, by language code."""

    model_config = ConfigDict(frozen=True, strict=True)

    def say(self, language: str) -> str:
        """The text in a language; where it is missing, in another one, marked with its code."""
        texts = self.root
        if language in texts:
            return texts[language]
        other = next(code for code in LANGUAGES if code in texts)
        return f"[{other.upper()}] {texts[other]}"

    def languages(self) -> frozenset[str]:
        """The languages that are there."""
        return frozenset(self.root)


def validated(model: type[ModelT], document: Document) -> ModelT:
    """The document as a model. Raises `ProblemsFoundError`, each problem at its own place."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        names = frozenset(_field_names(model))
        problems = [
            _problem(details, document, names)
            for details in error.errors(include_url=False, include_input=True)
        ]
    raise ProblemsFoundError(problems)


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


def _problem(details: ErrorDetails, document: Document, names: frozenset[str]) -> Problem:
    """Our words and the author's place for one of pydantic's findings."""
    kind = details["type"]
    path = _path_in_file(details["loc"], document)
    context = dict(details.get("ctx", {}))
    last = str(details["loc"][-1]) if details["loc"] else ""
    if kind == "fault":
        code, template, at = context.pop(_CODE), context.pop(_TEMPLATE), context.pop(_AT)
        if at is None:
            return document.problem(code, template, path, **context)
        return document.problem(code, template, (*path, at), key=True, **context)
    if kind == "missing":
        return document.problem("IMF-E020", "'{name}' is missing here", path, name=last)
    if kind == "extra_forbidden":
        near = nearest(last, names)
        if near is None:
            return document.problem("IMF-E021", "unknown key '{name}'", path, key=True, name=last)
        return document.problem(
            "IMF-E021",
            "unknown key '{name}': did you mean '{near}'?",
            path,
            key=True,
            name=last,
            near=near,
        )
    if kind in ("literal_error", "union_tag_invalid", "enum"):
        return _not_among(details, document, path, context)
    if kind == "union_tag_not_found":
        return document.problem("IMF-E020", "'{name}' is missing here", path, name="type")
    return _mistyped(details, document, path, context)


def _not_among(
    details: ErrorDetails, document: Document, path: KeyPath, context: Mapping[str, Any]
) -> Problem:
    if details["type"] == "union_tag_invalid":
        path = (*path, str(context["discriminator"]).strip("'"))
        found, known = str(context["tag"]), str(context["expected_tags"])
    else:
        found, known = str(details["input"]), str(context["expected"])
    words = [word.strip().strip("'") for word in known.replace(" or ", ", ").split(",")]
    near = nearest(found, words)
    if near is None:
        return document.problem(
            "IMF-E023",
            "'{found}' is not one of: {known}",
            path,
            found=found,
            known=", ".join(words),
        )
    return document.problem(
        "IMF-E023",
        "'{found}' is not one of: {known}. Did you mean '{near}'?",
        path,
        found=found,
        known=", ".join(words),
        near=near,
    )


def _mistyped(
    details: ErrorDetails, document: Document, path: KeyPath, context: Mapping[str, Any]
) -> Problem:
    kind, found = details["type"], details["input"]
    if kind == "string_type" and isinstance(found, int | float):
        return document.problem(
            "IMF-E024", 'this must be a text: put it in quotes, "{found}"', path, found=found
        )
    expected = _EXPECTED.get(kind.split("_")[0])
    if expected is not None and kind.endswith("_type"):
        return document.problem("IMF-E025", "{expected} is expected here", path, expected=expected)
    if kind == "string_pattern_mismatch":
        return document.problem(
            "IMF-E026",
            "'{found}' is no valid id: lower-case letters, digits and '_' (codes: also '-')",
            path,
            found=found,
        )
    for name, template in _BOUNDS.items():
        if name in context:
            return document.problem("IMF-E027", template, path, limit=context[name])
    return document.problem("IMF-E028", "this value is not allowed here", path)


def _path_in_file(location: tuple[int | str, ...], document: Document) -> KeyPath:
    """The part of pydantic's location that stands in the file (tags of unions do not)."""
    path: KeyPath = ()
    for part in location:
        if (*path, part) in document.values:
            path = (*path, part)
    return path


def _field_names(model: type[BaseModel]) -> Iterator[str]:
    """The names of all fields of a model and of the models inside it."""
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [model]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for name, info in current.model_fields.items():
            yield name
            waiting.extend(_models_in(info.annotation))


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)
