"""Texts in several languages: one text, all texts of a file, those that are missing."""

from __future__ import annotations

import typing
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.source.faults import fault, faults
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem

_LINES_TOLD: Final = 8


def unknown_language(language: str, at: str | KeyPath) -> PydanticCustomError:
    """The error for a language that the interface does not have either."""
    return fault(
        "IMF-E030",
        "language '{language}' is not one of {known}",
        at=at,
        language=language,
        known=", ".join(LANGUAGES),
    )


def _good_texts(texts: dict[str, str]) -> dict[str, str]:
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


class Text:
    """One text in one to four languages, by language code."""

    # No RootModel of pydantic: loading and building one takes longer than a file of the study.

    __slots__ = ("_root",)
    _root: dict[str, str]

    def __init__(self, texts: dict[str, str]) -> None:
        object.__setattr__(self, "_root", _good_texts(texts))

    @property
    def root(self) -> dict[str, str]:
        """The texts by language; not to be changed."""
        return self._root

    def say(self, language: str) -> str:
        """The text in a language; where it is missing, in another one, marked with its code."""
        texts = self._root
        if language in texts:
            return texts[language]
        other = next(code for code in LANGUAGES if code in texts)
        return f"[{other.upper()}] {texts[other]}"

    def languages(self) -> frozenset[str]:
        """The languages that are there."""
        return frozenset(self._root)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a text cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._root == other._root

    def __repr__(self) -> str:
        return f"Text({self._root!r})"

    def __reduce__(self) -> tuple[type[Text], tuple[dict[str, str]]]:
        return type(self), (self._root,)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        text = core_schema.str_schema(strict=True)
        return core_schema.no_info_wrap_validator_function(
            cls._validated,
            core_schema.dict_schema(text, text, strict=True),
            ref="imfsurvey.Text",
            serialization=core_schema.plain_serializer_function_ser_schema(_by_language),
        )

    @classmethod
    def _validated(cls, value: object, plain: core_schema.ValidatorFunctionWrapHandler) -> Text:
        return value if isinstance(value, Text) else cls(plain(value))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        in_one_language = {"type": "string", "pattern": r"\S"}
        return {
            "type": "object",
            "title": cls.__name__,
            "description": cls.__doc__,
            "properties": dict.fromkeys(LANGUAGES, in_one_language),
            "additionalProperties": False,
            "minProperties": 1,
        }


def _by_language(text: Text) -> dict[str, str]:
    return text.root


_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


def texts_of(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Text]]:
    """Every text of a model and of the models inside it, with its path in the file."""
    found: list[tuple[KeyPath, Text]] = []
    _collect(value, path, found)
    return iter(found)


def _collect(value: object, path: KeyPath, found: list[tuple[KeyPath, Text]]) -> None:
    if type(value) in _PLAIN:  # most values, so this stands first
        return
    if isinstance(value, Text):
        found.append((path, value))
    elif isinstance(value, BaseModel):
        for name in _fields(type(value)):
            _collect(getattr(value, name), (*path, name), found)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            _collect(inner, (*path, index), found)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            _collect(inner, (*path, key), found)


@cache
def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that can hold a text, which few of them can."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if _can_hold_texts(field.annotation))


def _can_hold_texts(annotation: object) -> bool:
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return issubclass(annotation, Text | BaseModel)
    return any(_can_hold_texts(part) for part in typing.get_args(annotation))


def missing_texts(
    model: BaseModel,
    document: Document,
    at: KeyPath,
    languages: Sequence[str],
    required: Collection[str],
) -> Iterator[Problem]:
    """One problem for each language in which texts are missing: how many, and the first lines.

    `at` is the path of the list of languages. An error where the language is required to be
    complete, else a warning.
    """
    texts = list(texts_of(model))
    for index, language in enumerate(languages):
        missing = [path for path, text in texts if language not in text.root]
        if not missing:
            continue
        lines = sorted({document.place(path).line for path in missing})
        told = ", ".join(str(line) for line in lines[:_LINES_TOLD])
        problem = document.problem(
            "IMF-E067",
            "'{language}' is missing {count} text(s), lines {lines}",
            (*at, index),
            language=language,
            count=len(missing),
            lines=told + (" …" if len(lines) > _LINES_TOLD else ""),
        )
        if language not in required:
            problem = replace(problem, code="IMF-W067", severity="warning")
        yield problem
