"""JSON Schema of models: what pydantic knows, what our validators know, and explanations."""

from __future__ import annotations

import jsonschema
import pytest

from imfsurvey.questionnaire import LikertItem, Questionnaire, Scale
from imfsurvey.source.model import SourceModel, Text
from imfsurvey.source.schema import explanations, schema_of


class Said(SourceModel):
    """Something with a text."""

    text: Text


def test_a_schema_is_one() -> None:
    """The outcome is a schema of draft 2020-12, with a name of its own."""
    schema = schema_of(Questionnaire, "questionnaire")
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "urn:imfsurvey:1:questionnaire"
    assert "questionnaire" in schema["title"]


def test_fields_are_explained() -> None:
    """The text under a field explains it, in a model that inherits it as well."""
    said = explanations(LikertItem)
    assert said["text"] == "The stem: what is asked or stated."
    assert said["reverse"].startswith("Agreeing is unfavourable")
    assert "theme" not in said
    properties = schema_of(Scale, "scale")["properties"]
    assert properties["favourable"]["description"] == explanations(Scale)["favourable"]


def test_an_explanation_stands_on_one_line() -> None:
    """Line breaks of the source are none of the explanation."""
    models = [Questionnaire, LikertItem, Scale]
    assert not any("\n" in text for model in models for text in explanations(model).values())


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ({"fr": "a"}, True),
        ({"fr": "a", "nl": "b", "en": "c", "de": "d"}, True),
        ({}, False),
        ({"fr": " "}, False),
        ({"es": "a"}, False),
        ({"fr": 1}, False),
        ("a", False),
    ],
)
def test_a_text(value: object, good: bool) -> None:
    """Texts stand under known languages, at least one, none of them blank."""
    schema = schema_of(Said, "said")
    assert jsonschema.Draft202012Validator(schema).is_valid({"text": value}) is good
