"""What a validator of ours raises inside pydantic: a code, words and the place it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import PydanticCustomError

from imfsurvey.source.places import KeyPath

FAULT: Final = "fault"
"""Pydantic's type of these errors."""


@dataclass(frozen=True)
class Fault:
    """One finding of a validator."""

    code: str
    template: str
    at: str | KeyPath | None
    params: Mapping[str, object]


def fault(
    code: str, template: str, /, at: str | KeyPath | None = None, **params: object
) -> PydanticCustomError:
    """The error to raise in a validator.

    `at` says what it is about, below what is validated: the name of a key, or the path of a
    value; without it, the whole.
    """
    return PydanticCustomError(FAULT, FAULT, {"faults": [Fault(code, template, at, params)]})


def faults(errors: Sequence[PydanticCustomError]) -> PydanticCustomError:
    """The error to raise for several of `fault`, so that all of them are reported."""
    every = [one for error in errors for one in faults_in(error.context or {})]
    return PydanticCustomError(FAULT, FAULT, {"faults": every})


def faults_in(context: Mapping[str, Any]) -> Iterator[Fault]:
    """What was put into such an error."""
    yield from context["faults"]
