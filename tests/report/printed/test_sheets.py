"""Questionnaires on paper: an independent reader finds every text, code and condition."""

import datetime
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from printed import DAY, HOSTILE, assert_inside, opened, words
from small import GROUPS, IMF, choices, form, item, section

from imfsurvey.framework import load_framework
from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.interview.sheet import Sheet
from imfsurvey.questionnaire import load_questionnaire
from imfsurvey.questionnaire.shipped import shipped
from imfsurvey.report.printed import PrintedSheet, printed_sheet
from imfsurvey.report.printed.conditions import Conditions
from imfsurvey.report.printed.sheet import held_by_qr

SAMPLES = Path(__file__).parents[2] / "samples"
SHIPPED = (
    *("perception.yaml", "policy.yaml", "team-session.yaml"),
    *(f"self-assessment/{part}.yaml" for part in ("instruments", "processes")),
    *(f"self-assessment/{part}.yaml" for part in ("structures", "leadership")),
)
PROMISES = ("Do not write your name.",)


def loaded(name: str, folder: Path | None = None) -> tuple[Sheet, Mapping[str, Any]]:
    """A questionnaire as a sheet in French, and its file as a reader of YAML sees it."""
    path = (folder / name) if folder else shipped(name)
    return sheet_of(path, "fr"), yaml.safe_load(path.read_text("utf-8"))


def sheet_of(path: Path, language: str) -> Sheet:
    """A file as a sheet in a language, for two groups."""
    beside = path.parent / "imf.framework.yaml"
    framework = load_framework(beside if beside.is_file() else shipped("imf.framework.yaml"))
    return Sheet(load_questionnaire(path, framework), framework, language, GROUPS)


def printed(sheet: Sheet, day: datetime.date = DAY) -> bytes:
    """The sheet of a wave with tickets."""
    return printed_sheet(PrintedSheet(sheet, "Zone d'essai – 2026", PROMISES, True, True), day)


def squeezed(text: str) -> str:
    """Without blanks and hyphens: how lines were broken does not matter."""
    return re.sub(r"[\s\u200b\u00ad-]", "", text)


def texts(value: Any, language: str) -> Iterator[str]:
    """Every text that a person is asked or offered, anywhere in a file or in a part of one."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            if key in ("text", "title", "introduction", "hint") and isinstance(below, Mapping):
                yield below[language]
            elif key not in ("facilitation", "constraint", "next_steps", "unit"):
                yield from texts(below, language)
    elif isinstance(value, list):
        for below in value:
            yield from texts(below, language)


def pieces(text: str) -> Iterator[str]:
    """What stands between the names of answers; a doubled brace is a brace."""
    whole = text.replace("{{", "\ue000").replace("}}", "\ue001")
    for piece in re.split(r"\{[a-z0-9_.]+\}", whole):
        yield piece.replace("\ue000", "{").replace("\ue001", "}")


def assert_all_there(path: Path, language: str) -> None:
    """All texts of a file stand on its sheet, and every row and box has its codes."""
    sheet, file = sheet_of(path, language), yaml.safe_load(path.read_text("utf-8"))
    text = squeezed(words(printed(sheet)))
    for said in texts(file, language):
        for piece in pieces(said):
            assert squeezed(piece) in text, piece
    for one in sheet.questionnaire.asking_items():
        number, stem = sheet.numbers[one.id], squeezed(sheet.say(one.text))
        boxes = sheet.boxes(one)
        codes = "".join(box.code for box in boxes)
        row = f"{re.escape(number + stem)}.{{0,400}}?{codes}"  # a hint may stand between
        in_a_table = len(boxes) > 1 and re.search(row, text)
        assert in_a_table or number + stem in text, one.id
        for box in boxes:
            assert in_a_table or squeezed(box.code + box.option.label) in text, (one.id, box.code)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_questionnaire_stands_on_paper(name: str, language: str) -> None:
    """Stems, labels, introductions, hints, each with its number or code, in every language."""
    assert_all_there(shipped(name), language)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("name", ["constructs.yaml", "anonymous.yaml", "survey.yaml"])
def test_every_construct_stands_on_paper(name: str, language: str) -> None:
    """Whatever the language of questionnaires can say."""
    assert_all_there(SAMPLES / name, language)


def english(path: Path) -> Sheet:
    """A sheet whose own words are English; its questions stay in the language that they have."""
    return sheet_of(path, "en")


def test_conditions_are_sentences_with_the_numbers_of_questions() -> None:
    """Each condition of the samples, read by hand: 9 is `seen`, 10 `what`, 15 `actors`."""
    text = squeezed(words(printed(english(SAMPLES / "constructs.yaml"))))
    for sentence in (
        "Only if the answer to question 9 is “Yes”. Otherwise go on with question 11.",
        "Only if question 6 is answered and the number of years since the answer to question 6 is "
        "at least 1. Otherwise go on with question 8.",
        "Only if the number of ticks at question 10 is at least 2. Otherwise go on with question "
        "13.",
        "Only if question 9 is not answered or the answer to question 9 is “Yes”.",
        "Only if the number of entries at question 15 is at least 1.",
        "Only if the answer to question 15.3 is “Yes”.",
        "Only if the answer to question 3 is at least 2. Otherwise go on with question 25.",
        "Only if the answer to question 9 is “Yes” or ((the score (0 to 100) of question 17 + the "
        "score (0 to 100) of question 18) ÷ 2) is less than 50.",
    ):
        assert squeezed(sentence) in text, sentence
    for label in ("[FR] Intervention", "[FR] Enquête et recherche"):
        assert squeezed(f"“{label}”") in text
    assert squeezed("Otherwise you are done.") in text  # behind the last question, 26


def test_conditions_of_choices_and_rows_stand_beside_them() -> None:
    """`what has 'respect'` for a row, `seen == 'yes'` for a choice, `not … has` turned round."""
    text = squeezed(words(printed(english(SAMPLES / "constructs.yaml"))))
    assert squeezed("“[FR] Propos irrespectueux entre collègues” is ticked at question 10") in text
    assert squeezed("banques de données Only if the answer to question 9 is “Yes”.") in text
    other = squeezed(words(printed(english(SAMPLES / "anonymous.yaml"))))
    assert squeezed("“[FR] Rien de tout cela” is not ticked at question") in other


def test_a_banded_number_is_ticked_on_paper() -> None:
    """Whoever holds the sheet learns no more than what is stored: 0, 5, 15 and 30 begin bands."""
    text = squeezed(words(printed(english(SAMPLES / "anonymous.yaml"))))
    for code, band in (("1", "0 to 4"), ("2", "5 to 14"), ("3", "15 to 29"), ("4", "30 to 50")):
        assert squeezed(code + band) in text


def test_each_page_says_to_which_version_it_belongs() -> None:
    """Id, version, language and the beginning of the form hash, at the foot of every page."""
    sheet, _ = loaded("perception.yaml")
    pages = [squeezed(page.extract_text()) for page in opened(printed(sheet)).pages]
    mark = sheet.questionnaire.form_hash[:8]
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"imf.perception·2026.1·FR{mark}{number}/{len(pages)}" in page


def test_a_sheet_is_the_same_for_the_same_day() -> None:
    """Byte by byte; the day is the only thing that changes it."""
    sheet, _ = loaded("anonymous.yaml", SAMPLES)
    assert printed(sheet) == printed(sheet)
    assert printed(sheet) != printed(sheet, DAY + datetime.timedelta(days=1))


@pytest.mark.system
def test_a_camera_reads_which_sheet_it_is(tmp_path: Path) -> None:
    """zbar finds id, version, language and mark on the first page at 150 dpi."""
    sheet, _ = loaded("perception.yaml")
    (tmp_path / "sheet.pdf").write_bytes(printed(sheet))
    subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-l", "1", "sheet.pdf", "page"], cwd=tmp_path, check=True
    )
    (page,) = tmp_path.glob("page*.pgm")
    read = subprocess.run(
        ["zbarimg", "--raw", "-q", page], capture_output=True, text=True, check=True
    )
    mark = sheet.questionnaire.form_hash[:8]
    assert read.stdout.strip() == held_by_qr(sheet) == f"imfsurvey:imf.perception/2026.1/fr/{mark}"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_printed_and_not_run(text: str) -> None:
    """As title, stem, label, hint, unit and introduction; what no file lets in is left out."""
    text = re.sub("[\x07\u202c\u202e]", "", text)
    said = {"fr": text.replace("{", "{{").replace("}", "}}")}
    asked = form(
        section(
            "all_of_it",
            item("one", "single", choices=[{"code": 1, "text": said}, *choices(2)], hint=said),
            {"id": "two", "type": "likert", "scale": "agree", "text": said},
            {"id": "three", "type": "number", "text": said, "max": 10, "unit": said},
            title=said,
            introduction=said,
        )
    )
    made = words(printed(Sheet(asked, IMF, "fr", GROUPS)))
    if text.isascii() or "Ω" in text:
        assert squeezed(made).count(squeezed(text)) == 7
    else:
        assert made.count("\ufffd") > 7


def test_what_is_longer_than_a_page_goes_on_on_the_next() -> None:
    """A stem of 900 words and a label of as many: the last word of each is still on paper."""
    long = " ".join(f"mot{number}" for number in range(900))
    asked = form(item("one", "single", choices=[{"code": 1, "text": {"fr": long}}, *choices(2)]))
    made = printed(Sheet(asked, IMF, "fr", GROUPS))
    assert_inside(made)
    assert "mot899" in words(made)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("a in ['x', 'y']", "the answer to question 1 is “le x” or “le y”"),
        ("a not in ['x', 'y']", "the answer to question 1 is not “le x” or “le y”"),
        ("a != 'x'", "the answer to question 1 is not “le x”"),
        ("not a == 'x'", "the answer to question 1 is not “le x”"),
        ("is_dk(b)", "“Don't know” is ticked at question 2"),
        ("not answered(b)", "question 2 is not answered"),
        ("b >= 4", "the answer to question 2 is at least 4 (“degré 4”)"),
        ("4 > b", "the answer to question 2 is less than 4 (“degré 4”)"),
        ("not b < 4", "the answer to question 2 is at least 4 (“degré 4”)"),
        ("not b >= 4", "the answer to question 2 is less than 4 (“degré 4”)"),
        ("not b <= 4", "the answer to question 2 is more than 4 (“degré 4”)"),
        ("not b > 4", "the answer to question 2 is at most 4 (“degré 4”)"),
        ("4 <= b", "the answer to question 2 is at least 4 (“degré 4”)"),
        ("not a not in ['x']", "the answer to question 1 is “le x”"),
        ("b == 4 and (a == 'x' or n < 2.5)", "the answer to question 2 is 4 (“degré 4”) and (the "
         "answer to question 1 is “le x” or the answer to question 3 is less than 2.5)"),
        ("not (n > 1 and b == 4)", "it is not so that (the answer to question 3 is more than 1 and "
         "the answer to question 2 is 4 (“degré 4”))"),
        ("count_answered(a, b) == 2", "the number of answers to question 1 and 2 is 2"),
        ("n + 1 > 2", "(the answer to question 3 + 1) is more than 2"),
        ("abs(n) < round(n)", "the answer to question 3 without its sign is less than the answer "
         "to question 3, rounded"),
        ("d >= '2026-03-31'", "the answer to question 4 is at least 31/03/2026"),
        ("d < today", "the answer to question 4 is less than today"),
        ("if_else(n > 1, 2, 3) == 2", "(2, if the answer to question 3 is more than 1; else 3) is "
         "2"),
        ("matches(w, '[0-9]+')", "the answer to question 5 has the form [0-9]+"),
        ("shown(b)", "question 2 is one that you are asked"),
        ("twice > 3", "(the answer to question 3 × 2) is more than 3"),
    ],
)  # fmt: skip
def test_every_condition_is_put_into_words(condition: str, sentence: str) -> None:
    """In English, compared with a reading by hand."""
    asked = form(
        item("a", "single", choices=choices("x", "y", "z")),
        item("b", "likert", scale="agree"),
        item("n", "number", decimals=1),
        item("d", "date"),
        item("w", "text"),
        item("last", "yes_no", show_if=condition),
        computed=[{"id": "twice", "expr": "n * 2"}],
    )
    sheet = Sheet(asked, IMF, "en", GROUPS)
    (shown_if,) = asked.conditions["last"]
    clause = Conditions(sheet).clause(shown_if.tree)
    assert clause.replace("[FR] ", "") == sentence
