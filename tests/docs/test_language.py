"""The page on the questionnaire language against the language itself."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from imfsurvey.framework import Framework, load_framework
from imfsurvey.questionnaire import Questionnaire, checks, questionnaire_from
from imfsurvey.questionnaire.items import AskingItem, ChoosingItem, ItemBase
from imfsurvey.questionnaire.model import Section
from imfsurvey.questionnaire.shipped import FRAMEWORK, shipped
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated
from imfsurvey.study.identity import StudyFile
from imfsurvey.study.wave import WaveFile

DOCS = Path(__file__).resolve().parents[2] / "docs"
LANGUAGE, FOLDER = DOCS / "questionnaire-language.md", DOCS / "study-folder.md"


def example(page: Path) -> str:
    """The first YAML block of a page."""
    found = re.search(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def models(annotation: object) -> Iterator[type[BaseModel]]:
    """Every model that a field may hold, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            if annotation not in (*typing.get_args(field.annotation), field.annotation):
                yield from models(field.annotation)
    for part in typing.get_args(annotation):
        if not isinstance(part, str | int):
            yield from models(part)


def test_the_example_questionnaire_loads() -> None:
    """The complete example has neither errors nor warnings, and asks what it says."""
    framework = load_framework(shipped(FRAMEWORK))
    document = parse(example(LANGUAGE), "example")
    questionnaire = questionnaire_from(document, framework)
    assert not checks.check(questionnaire, framework, document)
    asked = [item.id for item in questionnaire.asking_items()]
    assert asked == ["rules_clear", "rules_unrealistic", "knows_officer", "staff_category"]


def test_the_example_study_loads() -> None:
    """The study.yaml of the page on the study folder is a valid one."""
    study = validated(StudyFile, parse(example(FOLDER), "example"))
    assert study.headcount == 52
    assert study.balance_band is not None
    assert study.policy.approved_on is not None


@pytest.mark.parametrize(
    ("page", "top"),
    [(LANGUAGE, Questionnaire), (LANGUAGE, Framework), (FOLDER, StudyFile), (FOLDER, WaveFile)],
)
def test_every_key_is_told_of(page: Path, top: type[BaseModel]) -> None:
    """The page names every key that its files may have."""
    text = page.read_text("utf-8")
    told = set(re.findall(r"`([a-z_]+)(?:`|:)", text)) | set(re.findall(r"(\w+):", example(page)))
    keys = {key for model in models(top) for key in model.model_fields} - {"root"}
    assert len(keys) > 5
    assert keys <= told


def tables(text: str) -> Iterator[str]:
    """The keys in the first column of the tables of keys; several may share a row."""
    for table in re.findall(r"^\| key \|.*\n(?:\|.*\n)+", text, re.MULTILINE):
        for line in table.splitlines()[2:]:
            yield from re.findall(r"`([a-z_]+)`", line.split("|")[1])


def reference() -> str:
    """The part of the page that is about questionnaires."""
    text = LANGUAGE.read_text("utf-8")
    return text[text.index("\n## Questionnaire\n") : text.index("\n## Framework\n")]


def test_every_key_told_of_is_one() -> None:
    """A table names no key that no file may have."""
    keys = {key for model in models(Questionnaire) for key in model.model_fields}
    told = set(tables(reference()))
    assert len(told) > 60
    assert told <= keys


def item_models() -> dict[str, type[ItemBase]]:
    """The models of items by type."""
    found = {
        typing.get_args(model.model_fields["type"].annotation)[0]: model
        for model in models(Section)
        if issubclass(model, ItemBase) and "type" in model.model_fields
    }
    assert len(found) == 12
    return found


@pytest.mark.parametrize(("kind", "model"), item_models().items())
def test_a_type_is_told_of_with_its_own_keys(kind: str, model: type[ItemBase]) -> None:
    """Its section names all that it has beyond what items have in common, and nothing else."""
    found = re.search(rf"^#### `{kind}`\n(.*?)^##", reference(), re.MULTILINE | re.DOTALL)
    assert found is not None
    told = set(tables(found[1]))
    common = {"type"}
    for base in (ItemBase, AskingItem, ChoosingItem):
        if issubclass(model, base):
            common |= base.model_fields.keys()
    assert model.model_fields.keys() - common <= told
    assert told <= model.model_fields.keys()


def test_what_items_have_in_common_is_told_of_once() -> None:
    """In the two tables before the types, and in that of the sources of choices."""
    text = reference()
    before = text[text.index("### Items") : text.index("#### `info`")]
    assert set(tables(before)) == {*ItemBase.model_fields, *AskingItem.model_fields, "type"}
    choices = text[text.index("### Choices") : text.index("### A section")]
    assert ChoosingItem.model_fields.keys() - AskingItem.model_fields.keys() <= set(tables(choices))
