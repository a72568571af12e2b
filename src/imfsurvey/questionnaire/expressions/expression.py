"""An expression as the value of a key: what a model's field holds."""

from __future__ import annotations

from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from imfsurvey.questionnaire.expressions.findings import SyntaxFaultError
from imfsurvey.questionnaire.expressions.parser import MAX_LENGTH, parsed
from imfsurvey.questionnaire.expressions.tree import Node
from imfsurvey.source.faults import fault

_DESCRIPTION: Final = "An expression, such as: seen == 'yes' and trust >= 4"


class Expression:
    """A condition or a computation: its text as the author wrote it, and its tree.

    Two expressions are equal when their texts are. Raises `SyntaxFaultError`.
    """

    __slots__ = ("_text", "_tree")
    _text: str
    _tree: Node

    def __init__(self, text: str) -> None:
        object.__setattr__(self, "_text", text)
        object.__setattr__(self, "_tree", parsed(text))

    @property
    def text(self) -> str:
        """As the author wrote it."""
        return self._text

    @property
    def tree(self) -> Node:
        """What it means."""
        return self._tree

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an expression cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Expression({self._text!r})"

    def __reduce__(self) -> tuple[type[Expression], tuple[str]]:
        return type(self), (self._text,)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validated,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema(), when_used="json"
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "minLength": 1,
            "maxLength": MAX_LENGTH,
            "description": _DESCRIPTION,
        }

    @classmethod
    def _validated(cls, value: object) -> Expression:
        if isinstance(value, Expression):
            return value
        if not isinstance(value, str):
            raise PydanticKnownError("string_type")
        try:
            return cls(value)
        except SyntaxFaultError as error:
            wrong = error.finding
        params: dict[str, Any] = dict(wrong.params)
        raise fault(wrong.code, wrong.template, None, wrong.column - 1, **params)
