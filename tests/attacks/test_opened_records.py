"""Row 10: what a key holder reads who opens a box with the public tool instead of our program."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asking import make_asking, write
from keyholders import SECRETS
from tinydb import TinyDB

from imfsurvey.study.boxes import box_folder, boxes_of
from imfsurvey.study.sealed import Box, Part
from imfsurvey.study.wave import Wave

WORDS = ("Non", "Le suivi", "é" * 400)
"""What people write, from three to four hundred signs."""


@pytest.fixture
def answered(tmp_path: Path) -> Wave:
    """A wave that five people answered, three of whom wrote something."""
    wave = make_asking(tmp_path / "zone")[1]
    for text in WORDS:
        write(wave, wish=text)
    for value in (1, 5):
        write(wave, example_given=value)
    return wave


def box_of(wave: Wave, part: Part) -> Box:
    """One of the boxes of its only questionnaire."""
    (survey,) = wave.questionnaires.values()
    (box,) = (one for one in boxes_of(wave, survey) if one.part == part)
    return box


def opened(box: Box, secret: str, folder: Path) -> Iterator[bytes]:
    """Every record of a box as `age` gives it, the box read as the JSON file that it is."""
    key = folder / "key.txt"
    key.write_text(f"{secret}\n", "ascii")
    for path in box_folder(box).glob("seg-*.json"):
        for number, document in json.loads(path.read_bytes())["responses"].items():
            if number != "0":
                assert document.keys() == {"_c", "p"}
                yield subprocess.run(
                    ["age", "--decrypt", "--identity", str(key)],
                    input=base64.b64decode(document["p"]),
                    capture_output=True,
                    check=True,
                ).stdout


def one_only(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object that has each of its keys once."""
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


@pytest.mark.system
@pytest.mark.parametrize("holder", ["officer", "dpo"])
def test_a_record_holds_these_fields_and_no_other(
    answered: Wave, tmp_path: Path, holder: str
) -> None:
    """Row 10: the wave, the box, the questionnaire and the answers; all equally long, written in
    one way only. No person, time, language, number or text."""
    (survey,) = answered.questionnaires.values()
    found = list(opened(box_of(answered, "answers"), SECRETS[holder], tmp_path))
    assert len(found) == 5
    assert len({len(text) for text in found}) == 1
    for text in found:
        told = json.loads(text, object_pairs_hook=one_only)
        assert list(told) == ["wave", "box", "record"]
        assert (told["wave"], told["box"]) == (answered.file.uid, "anonymous/answers")
        assert list(told["record"]) == ["form", "answers"]
        assert told["record"]["form"] == survey.form_hash
        row = base64.b64decode(told["record"]["answers"], validate=True)
        assert len(row) == len(answered.codec(survey).variables)
        assert text.rstrip(b" ") == json.dumps(told, separators=(",", ":")).encode()


@pytest.mark.system
def test_a_text_holds_these_fields_and_no_other(answered: Wave, tmp_path: Path) -> None:
    """Row 10: the item and what was written there, equally long whether little or much."""
    (survey,) = answered.questionnaires.values()
    found = list(opened(box_of(answered, "comments"), SECRETS["dpo"], tmp_path))
    assert len({len(text) for text in found}) == 1
    records = []
    for text in found:
        told = json.loads(text, object_pairs_hook=one_only)
        assert list(told) == ["wave", "box", "record"]
        assert (told["wave"], told["box"]) == (answered.file.uid, "anonymous/comments")
        assert list(told["record"]) == ["form", "item", "field", "text"]
        assert told["record"]["form"] == survey.form_hash
        whole = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
        assert text.rstrip(b" ") == whole.encode()
        records.append(told["record"])
    assert {(one["item"], one["field"]) for one in records} == {("wish", "text")}
    assert {one["text"] for one in records} == set(WORDS)


def test_stock_tinydb_numbers_and_measures_them(tmp_path: Path) -> None:
    """The control: TinyDB's records are numbered as people came, and as long as what they said."""
    with TinyDB(tmp_path / "responses.json") as database:
        database.insert_multiple({"text": text} for text in WORDS)
    found = json.loads((tmp_path / "responses.json").read_bytes())["_default"]
    assert [found[number]["text"] for number in ("1", "2", "3")] == list(WORDS)
    assert len({len(json.dumps(one)) for one in found.values()}) == 3
