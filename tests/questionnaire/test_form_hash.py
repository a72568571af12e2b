"""`form_hash` follows what a questionnaire means and asks, not how its file is written."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest
import yaml
from marked import ASSESSMENT, FRAMEWORK, POLICY, SURVEY, with_change
from plainvalues import turned_round

from imfsurvey.framework.load import framework_from
from imfsurvey.questionnaire import Questionnaire, questionnaire_from
from imfsurvey.source.document import parse

IMF = framework_from(parse(FRAMEWORK))


def form_hash(text: str) -> str:
    """The hash of the questionnaire in a text."""
    return questionnaire_from(parse(text), IMF).form_hash


def rewritten(text: str) -> list[str]:
    """The same questionnaire in other layouts."""
    value = parse(text).value
    spaced = "\n".join(f"{line}  # remark" for line in text.splitlines())
    return [
        f"# A remark.\n\n{text}",
        spaced,
        text.replace("\n", "\r\n"),
        "\ufeff" + text,
        json.dumps(value, ensure_ascii=False),
        json.dumps(value),
        json.dumps(turned_round(value)),
        yaml.dump(value, sort_keys=True, allow_unicode=True, width=40),
    ]


def without_defaults(value: Any) -> Any:
    """The values of a sample without what it writes down of defaults, picked out by hand."""
    if value["privacy"]["mode"] == "anonymous":
        assert (value["privacy"].pop("k"), value["privacy"].pop("k_total")) == (10, 5)
    return value


@pytest.mark.parametrize("text", [SURVEY, ASSESSMENT, POLICY])
def test_the_hash_is_that_of_what_the_file_says(text: str) -> None:
    """As JSON without blanks, keys sorted, defaults left out: anybody can compute it, today and
    when the language knows more keys."""
    value = without_defaults(yaml.safe_load(text))
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert form_hash(text) == hashlib.sha256(canonical.encode()).hexdigest()


@pytest.mark.parametrize("text", [SURVEY, ASSESSMENT])
def test_layout_does_not_change_the_hash(text: str) -> None:
    """Remarks, quotes, order of keys, line ends, block or flow style."""
    wanted = form_hash(text)
    assert re.fullmatch("[0-9a-f]{64}", wanted)
    for other in rewritten(text):
        assert other != text
        assert form_hash(other) == wanted


def test_what_is_left_out_is_the_same_as_its_default() -> None:
    """Writing a default down asks nothing else."""
    text = with_change(
        SURVEY, ("quasi_identifier: true", "quasi_identifier: true\n        required: false")
    )
    assert form_hash(text) == form_hash(SURVEY)


def test_composed_and_decomposed_letters_are_the_same() -> None:
    """Two keyboards write é in two ways, and nobody sees a difference."""
    assert form_hash(SURVEY.replace("é", "e\u0301")) == form_hash(SURVEY)


TEXTS = re.findall(r"(?:fr|nl): (?:\"[^\"]+\"|[^,{}\"]+)(?=[,}])", SURVEY)
CHANGES = [
    [("id: sample.survey", "id: sample.surveys")],
    [('version: "1"', 'version: "2"')],
    [("status: published", "status: draft")],
    [("languages: [fr, nl]", "languages: [nl, fr]")],
    [("default_language: fr", "default_language: nl")],
    [("require_complete: [fr, nl]", "require_complete: [fr]")],
    [("k: 10", "k: 11")],
    [("k_total: 5", "k_total: 6")],
    [("breakdown_by: [category]", "breakdown_by: []")],
    [
        *(("{code: 1", "{code: 0"), ("{code: 5", "{code: 6")),
        *(("[4, 5]", "[4, 6]"), ("unfavourable: [1, 2]", "unfavourable: [0, 2]")),
    ],
    [("non_answers: [dk]", "non_answers: [dk, na]")],
    [("favourable: [4, 5]", "favourable: [5, 4]")],
    [("unfavourable: [1, 2]", "unfavourable: [1]")],
    [("id: about", "id: abouts")],
    [("id: category", "id: categorie"), ("[category]", "[categorie]")],
    [("non_answers: [refused]", "non_answers: []")],
    [("quasi_identifier: true", "quasi_identifier: false")],
    [("id: unclear", "id: vague")],
    [("topic: code, theme", "topic: rules, theme")],
    [(", theme: clarity, text", ", text")],
    [("reverse: true", "reverse: false")],
    [("reverse: true", "reverse: true, knowledge: true")],
    [("reverse: true", "reverse: true, required: true")],
    *[[(text, f"{text[:-1]}x{text[-1]}")] for text in TEXTS],
]


def test_every_change_of_a_text_or_a_code_changes_the_hash() -> None:
    """Every single text changed by one letter, and every kind of code: all have their own hash."""
    assert len(TEXTS) == 2 * 14
    hashes = {form_hash(with_change(SURVEY, *change)): change for change in CHANGES}
    assert len(hashes) == len(CHANGES)
    assert form_hash(SURVEY) not in hashes


def test_a_key_that_the_language_learns_later_changes_no_hash() -> None:
    """Responses of today stay readable: an optional key that a file does not use is not hashed."""
    questionnaire = questionnaire_from(parse(SURVEY), IMF)

    class Longer(Questionnaire):
        """A later release."""

        colour: str = "none"

    later = Longer.model_validate(questionnaire.model_dump())
    assert later.form_hash == questionnaire.form_hash
