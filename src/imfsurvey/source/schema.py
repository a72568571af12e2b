"""JSON Schema of what is read from YAML, so that editors complete and check while one writes.

A schema knows what one place of a file may hold, not what places have to do with each other: what
it lets pass, a check may still refuse. The explanations are the texts under the fields of the
models. Pydantic could collect them when the classes are made, but then every start of the program
would wait for it; here they are read from the source when a schema is asked for.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.source.model import LANGUAGE_VERSION

_LANGUAGE: Final = {"type": "string", "enum": list(LANGUAGES)}
_KNOWN: Final[Mapping[str, Mapping[str, object]]] = {
    "imfsurvey": {"type": "integer", "const": LANGUAGE_VERSION},
    "languages": {"items": _LANGUAGE},
    "require_complete": {"items": _LANGUAGE},
    "default_language": _LANGUAGE,
}
"""What the validators of these keys know and pydantic cannot tell, by name of the key."""


def schema_of(model: type[BaseModel], name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the files that hold a model; `name` is what they are."""
    schema = model.model_json_schema(schema_generator=_Generator)
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"urn:imfsurvey:{LANGUAGE_VERSION}:{name}",
        **schema,
        "title": f"imfsurvey {name}, version {LANGUAGE_VERSION} of the language",
    }


class _Generator(GenerateJsonSchema):
    """Pydantic's, with explanations, and with what only our validators know."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A title made from the key says nothing that the key does not say."""
        return False

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A block of free keys, all of them of the pattern that they have."""
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A block of known keys, each with its explanation."""
        model = schema["cls"]
        made = super().model_schema(schema)
        said = explanations(model)
        for key, value in made.get("properties", {}).items():
            value |= _KNOWN.get(key, {})
            if key in said:
                value["description"] = said[key]
        return made

    def generate(self, schema: CoreSchema, mode: Any = "validation") -> JsonSchemaValue:
        """The definitions last: who opens the file wants to see its first keys first."""
        made = super().generate(schema, mode)
        definitions = made.pop("$defs", None)
        return made if definitions is None else {**made, "$defs": definitions}


def explanations(model: type[BaseModel]) -> dict[str, str]:
    """The text under each field of a model that has one, those that it inherits included."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        found |= _by_class(one.__module__).get(one.__name__, {})
    return found


@cache
def _by_class(module: str) -> Mapping[str, Mapping[str, str]]:
    """The texts under the fields of the classes of one of our modules."""
    if not module.startswith("imfsurvey."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return {one.name: dict(_under_fields(one)) for one in classes}


def _under_fields(node: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for field, below in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            found.append((field.target.id, " ".join(below.value.value.split())))
    return found
