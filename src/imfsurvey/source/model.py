"""What the models of all YAML files share: strictness, kinds of ids, from document to model."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic.types import Strict

from imfsurvey.source.faults import fault, faults
from imfsurvey.source.findings import problems_of
from imfsurvey.source.places import Document
from imfsurvey.source.problems import MAX_PROBLEMS, ProblemsFoundError
from imfsurvey.source.texts import Text

__all__ = [
    "Code",
    "ItemId",
    "LanguageVersion",
    "Many",
    "SourceModel",
    "Text",
    "fault",
    "faults",
    "validated",
]

LANGUAGE_VERSION: Final = 1
"""Of the language that the files are written in: their first key, `imfsurvey`."""

T = TypeVar("T")
ModelT = TypeVar("ModelT", bound=BaseModel)

Many = Annotated[tuple[T, ...], Strict(False)]
"""A list in the file, a tuple in the model."""

ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""Id of an item, section or scale: stable for ever, also a name in expressions."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""Code of a choice, group or topic: what is stored."""


def _known_version(version: int) -> int:
    if version != LANGUAGE_VERSION:
        raise fault(
            "IMF-E022",
            "this file is written for version {found} of imfsurvey's language; known is {known}",
            found=version,
            known=LANGUAGE_VERSION,
        )
    return version


LanguageVersion = Annotated[int, AfterValidator(_known_version)]
"""The version of the language that a file is written in."""


class SourceModel(BaseModel):
    """Base of all that is read from YAML: unknown keys refused, no silent conversion, frozen.

    Built when something is read: most models stand inside others and need no validator of their
    own, and a command that reads nothing does not wait for them. The modules of models do without
    `from __future__ import annotations`, which would have each annotation compiled at every start.
    """

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        revalidate_instances="never",
        defer_build=True,
    )


def validated(model: type[ModelT], document: Document) -> ModelT:
    """The document as a model. Raises `ProblemsFoundError`, each problem at its own place."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        problems = (
            problem
            for details in error.errors(include_url=False)
            for problem in problems_of(details, document, model)
        )
        found = list(islice(problems, MAX_PROBLEMS))
    raise ProblemsFoundError(found)
