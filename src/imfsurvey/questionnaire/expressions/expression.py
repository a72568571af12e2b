"""An expression as the value of a key: what a model's field holds."""

from __future__ import annotations

from typing import Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from imfsurvey.questionnaire.expressions.findings import Finding, SyntaxFaultError
from imfsurvey.questionnaire.expressions.parser import MAX_LENGTH, parsed
from imfsurvey.questionnaire.expressions.tree import Node, Truth

_DESCRIPTION: Final = "An expression, such as: seen == 'yes' and trust >= 4"


class Expression:
    """A condition or a computation: its text as the author wrote it, and its tree.

    Two expressions are equal when their texts are. Raises `SyntaxFaultError`; as a field of a
    model it keeps its `fault` instead, so that a check can tell it beside everything else.
    """

    __slots__ = ("_fault", "_text", "_tree")
    _text: str
    _tree: Node
    _fault: Finding | None

    def __init__(self, text: str) -> None:
        self._set(text, parsed(text), None)

    def _set(self, text: str, tree: Node, wrong: Finding | None) -> None:
        object.__setattr__(self, "_text", text)
        object.__setattr__(self, "_tree", tree)
        object.__setattr__(self, "_fault", wrong)

    @property
    def text(self) -> str:
        """As the author wrote it."""
        return self._text

    @property
    def tree(self) -> Node:
        """What it means; nothing ever, when it cannot be read."""
        return self._tree

    @property
    def fault(self) -> Finding | None:
        """Why it cannot be read."""
        return self._fault

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
            broken = cls.__new__(cls)
            broken._set(value, Truth(value=False, column=1), error.finding)
            return broken
