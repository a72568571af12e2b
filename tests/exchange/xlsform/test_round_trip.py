"""What is written as a workbook and read again is the same questionnaire."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert as independent
from xlsforms import FRAMEWORK, convert, plain

from imfsurvey.exchange.workbook.opening import Sheet
from imfsurvey.exchange.xlsform.convert import from_sheets, workbook_of
from imfsurvey.exchange.xlsform.inward.questionnaire import Wishes
from imfsurvey.exchange.xlsform.inward.yaml_text import yaml_of
from imfsurvey.framework import load_framework
from imfsurvey.questionnaire import Questionnaire, load_questionnaire, questionnaire_from
from imfsurvey.questionnaire.shipped import shipped
from imfsurvey.source.document import parse

FULL = Path(__file__).with_name("full.yaml")
ROOT = Path(__file__).parents[3]
SHIPPED = sorted(
    path for path in (ROOT / "questionnaires").rglob("*.yaml") if path.name != "imf.framework.yaml"
)

texts = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="{}$"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and "_x000D_" not in text)
said = st.fixed_dictionaries({"fr": texts}, optional={"nl": texts})
maybe: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {}, optional={"hint": said, "help": said, "required": st.just(True)}
)
codes = st.one_of(
    st.integers(-9, 99), st.sampled_from(["yes", "no", "on", "a-b", "x_1", "null", "7", "1e3"])
)
choices = st.lists(
    st.fixed_dictionaries(
        {"code": codes, "text": said}, optional={"pin": st.sampled_from(["first", "last"])}
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda one: str(one["code"]),
)
orders = st.sampled_from(["random", "rotate"])
kinds = st.one_of(
    st.fixed_dictionaries({"type": st.just("info")}, optional={"acknowledge": st.just(True)}),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["single", "multi", "ranking"]), "choices": choices},
        optional={
            "order": orders,
            "non_answers": st.just(["dk", "na"]),
            "other": st.sampled_from([{}, {"max_length": 9}]),
        },
    ),
    st.fixed_dictionaries(
        {"type": st.just("yes_no")}, optional={"non_answers": st.just(["refused"])}
    ),
    st.fixed_dictionaries(
        {"type": st.just("likert"), "scale": st.just("scale")},
        optional={"reverse": st.just(True), "non_answers": st.just(["na"])},
    ),
    st.fixed_dictionaries(
        {"type": st.just("number")},
        optional={"min": st.integers(-5, 0), "max": st.integers(1, 9), "unit": said},
    ),
    st.fixed_dictionaries(
        {"type": st.just("number"), "decimals": st.integers(1, 6), "max": st.just(2.5)}
    ),
    st.fixed_dictionaries(
        {"type": st.just("text")},
        optional={"multiline": st.just(True), "max_length": st.integers(1, 4000)},
    ),
    st.fixed_dictionaries(
        {"type": st.just("date")},
        optional={
            "precision": st.sampled_from(["month", "year"]),
            "min": st.just("2020-01-01"),
            "max": st.just("today"),
        },
    ),
)
CONDITIONS = ("q0 == 'yes'", "q0 != 'no'", "not answered(q0)", "is_dk(q0) or q0 == 'no'")


@st.composite
def questionnaires(draw: st.DrawFn) -> dict[str, Any]:
    """The plain values of a questionnaire file."""
    first = {"id": "q0", "type": "yes_no", "text": {"fr": "?"}, "non_answers": ["dk"]}
    items: list[dict[str, Any]] = [first]
    for number, kind in enumerate(draw(st.lists(kinds, min_size=1, max_size=5)), start=1):
        own = {"id": f"q{number}", **kind, "text": draw(said), **draw(maybe)}
        if kind["type"] == "info":
            own.pop("required", None)
        if condition := draw(st.sampled_from(("", *CONDITIONS))):
            own["show_if"] = condition
        items.append(own)
    middle = draw(st.integers(1, len(items)))
    groups = [group for group in (items[:middle], items[middle:]) if group]
    return {
        "imfsurvey": 1,
        "questionnaire": {
            "id": "a.b",
            "version": draw(st.sampled_from(["1", "1.10", "2026"])),
            "kind": "self_assessment",
            "framework": FRAMEWORK.framework.id,
            "title": draw(said),
            "languages": ["nl", "fr"],
            "default_language": "fr",
        },
        "privacy": {"mode": "named"},
        "scales": {
            "scale": {
                "codes": [{"code": code, "text": draw(said)} for code in (1, 2, 3)],
                "non_answers": ["dk"],
                "favourable": [3],
            }
        },
        "sections": [
            {"id": f"s{number}", "title": draw(said), "items": group}
            for number, group in enumerate(groups)
        ],
    }


def loaded(values: dict[str, Any]) -> Questionnaire:
    """The questionnaire that plain values are."""
    return questionnaire_from(parse(yaml_of(values)), FRAMEWORK)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(values=questionnaires())
def test_out_and_in_again_is_the_same_form(values: dict[str, Any]) -> None:
    """The law of the round trip, by the hash of the form."""
    questionnaire = loaded(values)
    data, _ = workbook_of(questionnaire, FRAMEWORK)
    again = convert(plain(data)).questionnaire
    assert again.model_dump(mode="json", exclude_defaults=True) == questionnaire.model_dump(
        mode="json", exclude_defaults=True
    )
    assert again.form_hash == questionnaire.form_hash


@pytest.mark.parametrize("path", [FULL, *SHIPPED], ids=lambda path: path.name)
def test_whole_questionnaires_survive_and_are_good_xlsforms(path: Path, tmp_path: Path) -> None:
    """Every construct and every shipped set; pyxform, written by others, converts the workbook."""
    framework = load_framework(shipped("imf.framework.yaml"))
    questionnaire = load_questionnaire(path, framework)
    data, _ = workbook_of(questionnaire, framework)
    assert data == workbook_of(questionnaire, framework)[0]  # reproducible
    again = from_sheets(plain(data), framework, Wishes(), {})
    assert again.questionnaire.form_hash == questionnaire.form_hash
    file = tmp_path / "form.xlsx"
    file.write_bytes(data)
    asked = [item.id for item in questionnaire.asking_items()]
    xform = independent(str(file)).xform
    assert all(f"/{one}" in xform for one in asked)


def test_no_text_becomes_a_formula() -> None:
    """A title such as =1+1 stays a text in the file."""
    framework = load_framework(shipped("imf.framework.yaml"))
    data, _ = workbook_of(load_questionnaire(FULL, framework), framework)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
        assert b"=1+1" in archive.read("xl/sharedStrings.xml")
    assert sheets and not any(b"<f>" in sheet for sheet in sheets)


def test_without_our_columns_the_standard_ones_tell_the_same() -> None:
    """What ODK understands comes back from the standard columns alone, conditions included."""
    framework = load_framework(shipped("imf.framework.yaml"))
    questionnaire = load_questionnaire(FULL, framework)
    data, _ = workbook_of(questionnaire, framework)
    bare = []
    for sheet in plain(data):
        kept = [n for n, name in enumerate(sheet.rows[0][1]) if not name.startswith("imf::")]
        rows = [(number, [cells[n] for n in kept]) for number, cells in sheet.rows]
        bare.append(Sheet(sheet.name, rows))
    again = from_sheets(bare, framework, Wishes(), {}).questionnaire
    assert list(again.items) == list(questionnaire.items)
    for name in ("what", "rank_measures", "hours", "helpx", "worry"):
        before, after = (
            getattr(one.items.get(name), "show_if", None) for one in (questionnaire, again)
        )
        assert str(before) == str(after)
    assert again.items["what"].model_dump() == questionnaire.items["what"].model_dump()
