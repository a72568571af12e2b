"""What the questions of a workbook become: a form or a list of reasons, never anything else."""

from __future__ import annotations

import random
from typing import Any

import pytest
from xlsforms import CHOICES, SURVEY, Rows, book, codes, convert, form, plain, reasons

from imfsurvey.exchange.workbook.opening import Sheet
from imfsurvey.exchange.xlsform.extras import seal_of
from imfsurvey.exchange.xlsform.form import Row
from imfsurvey.exchange.xlsform.inward.questionnaire import Wishes
from imfsurvey.exchange.xlsform.losses import NoFormError
from imfsurvey.questionnaire import MatrixItem, MultiItem, SingleItem


def items(survey: Rows, choices: Rows = CHOICES, **more: Any) -> dict[str, Any]:
    """The items that rows below a header become."""
    rows = (("type", "name", "label", *more.pop("columns", ())), *survey)
    return form(rows, choices, **more).questionnaire.items


def test_a_plain_form() -> None:
    """A group, two questions and a shared list; a survey, since it asks for choices only."""
    made = form()
    questionnaire = made.questionnaire
    first, second = questionnaire.items["q1"], questionnaire.items["q2"]
    assert isinstance(first, SingleItem) and first.choices_ref == "ab"
    assert isinstance(second, MultiItem)
    assert questionnaire.kind == "perception" and questionnaire.anonymous
    assert codes(made.losses) == ["W152", "W156"]


def test_types_and_their_keys() -> None:
    """What each question becomes."""
    columns = ("required", "constraint", "constraint_message", "appearance", "parameters")
    made = items(
        [
            ("text", "t", "T", "yes", "string-length(.) <= 20", "", "multiline"),
            ("integer", "n", "N", "", ". >= 0 and . < 9 and . <= 50", "Small"),
            ("decimal", "x", "X"),
            ("range", "r", "R", "", "", "", "", "start=0 end=5 step=0.5"),
            ("date", "d", "D", "", ". <= today()", "", "month-year"),
            ("dateTime", "dt", "DT"),
            ("note", "i", "I"),
            ("acknowledge", "ok", "OK"),
            ("rank ab", "k", "K"),
            ("select_one ab or_other", "s", "S", "${n} > 3"),
            ("select_multiple ab", "m", "M", "", "count-selected(.) <= 2"),
            ("select_one yn", "y", "Y"),
            ("select_one abc", "l", "L", "", "", "", "likert"),
        ],
        [*CHOICES, ("yn", "1", "Yes"), ("yn", "0", "No"), ("abc", "x", "X"), ("abc", "y", "Y")],
        columns=columns,
    )
    kinds = {name: item.type for name, item in made.items()}
    assert kinds == {
        **{"t": "text", "n": "number", "x": "number", "r": "number", "d": "date", "dt": "date"},
        **{"i": "info", "ok": "info", "k": "ranking", "s": "single", "m": "multi"},
        **{"y": "yes_no", "l": "likert"},
    }
    assert (made["t"].required, made["t"].max_length, made["t"].multiline) == (True, 20, True)
    assert (made["n"].min, made["n"].max) == (0, 50)
    assert [str(one.check) for one in made["n"].constraint] == ["this < 9"]
    assert (made["r"].min, made["r"].max, made["r"].decimals) == (0, 5, 1)
    assert (made["d"].max, made["d"].precision) == ("today", "month")
    assert str(made["s"].required_if) == "n > 3" and made["s"].other is not None
    assert made["m"].max_choices == 2
    assert made["ok"].acknowledge


def test_what_is_left_out_is_told_with_its_row() -> None:
    """Metadata on purpose, places and pictures, unknown types, lists that are missing."""
    survey = [
        *SURVEY,
        ("start", "start", ""),
        ("image", "photo", "Photo"),
        ("wobble", "w", "W"),
        ("select_one missing", "s", "S"),
        ("select_one_from_file towns.csv", "f", "F"),
        ("calculate", "c", ""),
    ]
    made = form(survey)
    told = {loss.at.row: loss.code for loss in made.losses if loss.at.row}
    assert told == {
        **{6: "IMF-W141", 7: "IMF-W140", 8: "IMF-W142", 9: "IMF-W143"},
        **{10: "IMF-W140", 11: "IMF-W140"},
    }


def test_groups_repeats_and_loops() -> None:
    """Flattened with the condition kept; a nested repeat left out; a loop written out."""
    survey = [
        ("type", "name", "label", "relevant"),
        ("begin group", "outer", "Outer", ""),
        ("select_one ab", "a", "A", ""),
        ("begin group", "inner", "Inner", "${a} = 'a'"),
        ("note", "b", "B", ""),
        ("end group", "", "", ""),
        ("begin repeat", "people", "People", ""),
        ("text", "who", "Who", ""),
        ("begin repeat", "pets", "Pets", ""),
        ("text", "pet", "Pet", ""),
        ("end repeat", "", "", ""),
        ("end repeat", "", "", ""),
        ("begin loop over ab", "each", "", ""),
        ("integer", "count", "How many %(label)s?", ""),
        ("end loop", "", "", ""),
        ("end group", "", "", ""),
    ]
    made = form(survey)
    found = made.questionnaire.items
    assert str(found["b"].show_if) == "a == 'a'"
    assert [inner.id for inner in found["people"].items] == ["who"]
    assert found["count_b"].text.root == {"en": "How many B?"}
    assert {"W144", "W145", "W157", "W159"} <= set(codes(made.losses))


def test_tables_filters_and_computed_values() -> None:
    """A table becomes a matrix, a filter a condition of each choice, a calculation a value."""
    survey = [
        ("type", "name", "label", "appearance", "choice_filter", "calculation", "relevant"),
        ("integer", "n", "N", "", "", "", ""),
        ("calculate", "twice", "", "", "", "${n} * 2", ""),
        ("begin group", "tab", "Table", "table-list", "", "", ""),
        ("select_one scale", "r1", "R1", "", "", "", ""),
        ("select_one scale", "r2", "R2", "", "", "", ""),
        ("end group", "", "", "", "", "", ""),
        ("select_one place", "p", "P", "", "area = 'all' or ${n} > size", "", "${twice} > 4"),
    ]
    choices = [
        ("list_name", "name", "label", "area", "size"),
        *[("scale", n, f"S{n}", "", "") for n in (1, 2, 3)],
        *[("place", "x", "X", "all", ""), ("place", "y", "Y", "some", "7")],
    ]
    made = form(survey, choices).questionnaire
    table = next(one for one in made.sections[0].items if isinstance(one, MatrixItem))
    assert [row.id for row in table.rows] == ["r1", "r2"]
    assert [str(one.expr) for one in made.computed] == ["n * 2"]
    place = made.items["p"]
    assert isinstance(place, SingleItem)
    assert [str(choice.show_if) for choice in place.choices] == ["None", "n > 7"]
    assert str(place.show_if) == "twice > 4"


TABLE: Rows = (
    ("type", "name", "label", "appearance", "choice_filter", "constraint", "required"),
    ("integer", "n", "N", "", "", "", ""),
    ("begin group", "tab", "Table", "table-list", "", "", ""),
    ("select_one s", "r1", "R1", "", "", "", ""),
    ("select_one s", "r2", "R2", "", "", "", ""),
    ("end group", "", "", "", "", "", ""),
)
POINTS: Rows = (("list_name", "name", "label"), *(("s", n, f"S{n}") for n in (1, 2, 3)))


@pytest.mark.parametrize(
    ("column", "cell", "at"),
    [
        ("choice_filter", "name > 1 or ${n} > 3", "survey!5 choice_filter"),
        ("constraint", "${n} > 3", "survey!5 constraint"),
        ("required", "yes", "survey!3 required"),  # of one row: a table is required as a whole
    ],
)
def test_what_a_row_of_a_table_cannot_have_is_told(column: str, cell: str, at: str) -> None:
    """A filter, a check and an obligation of one statement alone are lost, and not silently."""
    changed = list(TABLE[4])
    changed[TABLE[0].index(column)] = cell
    made = form([*TABLE[:4], changed, TABLE[5]], POINTS)
    assert [str(one.at) for one in made.losses if one.code == "IMF-W149"] == [at]
    assert [one.id for one in made.questionnaire.asking_items()] == ["n", "r1", "r2"]


def test_a_table_with_room_to_write_is_none() -> None:
    """Its rows become questions, each with what somebody may write beside the choices."""
    rows = [("select_one s or_other", *row[1:]) for row in TABLE[3:5]]
    made = form([*TABLE[:3], *rows, TABLE[5]], POINTS).questionnaire.items
    assert [made[name].other is not None for name in ("r1", "r2")] == [True, True]


def test_an_expression_that_our_reader_refuses_is_left_out_with_its_row() -> None:
    """The form is made without it."""
    survey = [*SURVEY, ("date", "d", "D"), ("note", "My note", "X", "${d} > 5")]
    made = form([(*survey[0], "relevant"), *survey[1:]])
    assert made.questionnaire.items["my_note"].show_if is None
    assert [loss.at.row for loss in made.losses if loss.code == "IMF-W148"] == [7]


def test_a_choice_that_stands_alone_does_so_in_a_shared_list() -> None:
    """Only for the question that says so: it gets the list as its own."""
    alone = "not(selected(., 'a') and count-selected(.) > 1)"
    rows = [("select_multiple ab", f"q{n}", "Q", alone if n == 3 else "") for n in (1, 2, 3)]
    made = items(rows, columns=("constraint",))
    assert (made["q1"].choices_ref, made["q2"].choices_ref) == ("ab", "ab")
    assert [(one.code, one.exclusive) for one in made["q3"].choices] == [("a", True), ("b", False)]


def test_what_is_passed_over_is_told() -> None:
    """A condition of a calculation, a hint of a group, a disabled row, a picture of a choice."""
    survey = [
        ("type", "name", "label", "hint", "relevant", "calculation", "choice_filter", "disabled"),
        ("begin group", "g", "Group", "Think", "", "", "", ""),
        ("select_one ab", "q1", "First", "", "", "", "size > 1", "no"),
        ("integer", "q2", "Second", "", "", "", "", "yes"),
        ("calculate", "c", "", "", "${q1} = 'a'", "1 + 1", "", ""),
        ("end group", "", "", "", "", "", "", ""),
    ]
    choices = [
        ("list_name", "name", "label", "media::image", "size"),
        *[("ab", "a", "A", "a.png", "1"), ("ab", "b", "B", "b.png", "2")],
    ]
    made = form(survey, choices)
    assert list(made.questionnaire.items) == ["q1"]
    assert [str(loss.at) for loss in made.losses if loss.code in ("IMF-W142", "IMF-W149")] == [
        *("survey!4 disabled", "choices media::image", "survey!5 relevant", "survey!2 hint")
    ]


def test_calculations_that_lean_on_each_other() -> None:
    """Each on the two before it, forty in a row, and a hundred in a chain of which the last
    stands first: both are taken over, without looking at every path between them."""
    two = [("calculate", f"c{n}", f"${{c{n - 1}}} + ${{c{n - 2}}}") for n in range(3, 41)]
    chain = [("calculate", f"d{n}", f"${{d{n - 1}}} + 1") for n in range(100, 1, -1)]
    survey = [
        ("type", "name", "calculation", "label"),
        ("integer", "q", "", "Q"),
        *[("calculate", name, "${q} + 1") for name in ("c1", "c2", "d1")],
        *(*two, *chain),
    ]
    assert len(form(survey).questionnaire.computed) == 140


@pytest.mark.parametrize(
    "text",
    ["+".join(["1"] * 1900) + " > 1", "(" * 38 + ")".join(["+1" * 40] * 39)[1:] + " > 1"],
)
def test_an_expression_without_end(text: str) -> None:
    """A sum of hundreds of numbers, in one row or in brackets, is listed as left out."""
    rows = [(*SURVEY[0], "relevant"), *SURVEY[1:3], ("note", "x", "X", text), SURVEY[4]]
    made = form(rows)
    assert made.questionnaire.items["x"].show_if is None
    assert [loss.at.row for loss in made.losses if loss.code == "IMF-W148"] == [4]


def test_dont_know_is_no_point_of_a_scale() -> None:
    """Beside points that are numbers; conditions ask for it, and it is told. Without numbers the
    choices are points, lowest first, as they stand."""
    scale = [("list_name", "name", "label"), *[("s", n, f"P{n}") for n in (2, 1)], ("s", "dk", "?")]
    survey = [
        ("type", "name", "label", "appearance", "relevant"),
        ("select_one s", "a", "A", "likert", ""),
        ("note", "x", "X", "", "${a} = 'dk'"),
    ]
    made = form(survey, scale)
    found = made.questionnaire.scales["s"]
    assert (found.values, found.non_answers) == ((1, 2), ("dk",))
    assert str(made.questionnaire.items["x"].show_if) == "is_dk(a)"
    assert [loss.at.row for loss in made.losses if loss.code == "IMF-W147"] == [4]
    words = [scale[0], ("s", "low", "Low"), ("s", "dk", "?"), ("s", "high", "High")]
    assert form(survey, words).questionnaire.scales["s"].values == (1, 2, 3)


def test_a_list_name_of_any_letters() -> None:
    """Capitals of some letters are longer than the letter: names are not cut by that."""
    choices = [CHOICES[0], ("straße", "a", "A"), ("straße", "b", "B")]
    made = items([("select_one straße or_other", "q", "Q")], choices)["q"]
    assert [one.code for one in made.choices] == ["a", "b"] and made.other is not None


def test_a_kind_that_the_questions_do_not_allow_is_a_reason() -> None:
    """Free text in an anonymous survey: refused by our reader, told as a reason."""
    survey = [*SURVEY, ("text", "t", "T")]
    assert form(survey).questionnaire.kind == "self_assessment"
    assert form(survey, wishes=Wishes(kind="policy")).questionnaire.kind == "policy"
    with pytest.raises(NoFormError) as caught:
        form(survey, wishes=Wishes(kind="perception"))
    assert set(codes(caught.value.reasons)) == {"E150"}


EDITED = "${a} = 'b'"
"""What somebody wrote into a workbook of ours, in which `a == 'a'` stood."""


@pytest.mark.parametrize(
    ("column", "cell", "ours", "own"),
    [
        ("relevant", EDITED, "show_if", "a == 'a'"),
        ("required", EDITED, "required_if", "a == 'a'"),
        ("constraint", EDITED, "constraint", """[{"check": "a == 'a'", "message": {"en": "N"}}]"""),
        ("choice_filter", f"name = 'a' or {EDITED}", "choices_show_if", """{"b": "a == 'a'"}"""),
        ("calculation", EDITED, "expr", "a == 'a'"),
    ],
)
def test_changed_logic_counts_more_than_our_own_wording_beside_it(
    column: str, cell: str, ours: str, own: str
) -> None:
    """Somebody edits a condition in a workbook that we wrote: what stands there is read. Where
    nothing was edited, our own wording counts."""
    header = ("type", "name", "label", column, f"imf::{ours}", "imf::seal")
    asked = ("select_one ab", "a", "A", "", "", "")
    type_ = "calculate" if column == "calculation" else "select_one ab"
    written = cell.replace(EDITED, "${a} != 'b'")
    seal = seal_of(Row("survey", 3, {column: written}))
    for there, found, other in ((cell, "a == 'b'", "a == 'a'"), (written, "a == 'a'", "a != 'b'")):
        made = form([header, asked, (type_, "x", "X", there, own, seal)]).text
        assert found in made and other not in made


# --- fuzz

PIECES = (
    *("", " ", "${", "${q1}", "${q2} = 'a'", "not(", "'", "=1+1", "begin group", "end group"),
    *("begin repeat", "end repeat", "text", "integer", "select_one ab", "rank ab", "geopoint"),
    *("calculate", "true", "1", "-1", "1e999", "\x00", "\u202e", "{x}", "{{", "imf::x", "imf::id"),
    *("label::French (fr)", "label::", "::", "type", "name", "x" * 300, "[{]", '{"a": 1}', "null"),
    *("table-list", "likert", ". > 3 and", "selected(., 'a')", "😀", "begin loop over ab"),
    *("imf::type", "matrix", "maturity", "imf::show_if", "imf::choices_from", "or_other"),
)


def mutated(rng: random.Random) -> list[Sheet]:
    """The sheets of a good form with some cells and rows changed."""
    header = ("type", "name", "label", "relevant", "constraint", "calculation", "imf::topic")
    survey = [list(header), *[[*row, "", "", "", ""] for row in SURVEY[1:]]]
    sheets = {"survey": survey, "choices": [list(row) for row in CHOICES]}
    sheets["settings"] = [["form_id", "version", "imf::kind", "imf::scales"], ["f", "1", "", ""]]
    for _ in range(rng.randrange(1, 9)):
        rows = sheets[rng.choice(("survey", "survey", "survey", "choices", "settings"))]
        at = rng.randrange(len(rows))
        if rng.random() < 0.2:
            rows.insert(at, [rng.choice(PIECES) for _ in header])
        elif rng.random() < 0.1 and len(rows) > 1:
            del rows[at]
        else:
            rows[at][rng.randrange(len(rows[at]))] = rng.choice(PIECES)
    return [Sheet(name, list(enumerate(rows, start=1))) for name, rows in sheets.items()]


@pytest.mark.parametrize("seed", range(4))
def test_changed_cells_give_a_form_or_reasons(seed: int) -> None:
    """A hundred and fifty workbooks each: nothing else is ever raised."""
    rng = random.Random(seed)
    made = 0
    for _ in range(150):
        sheets = mutated(rng)
        try:
            convert(sheets)
        except NoFormError as error:
            assert error.reasons
            assert all(loss.message for loss in (*error.reasons, *error.losses))
        else:
            made += 1
    assert made > 10


@pytest.mark.parametrize("said", ["[1]", "{}", "2.5", "null", "nonsense"])
def test_a_type_of_ours_that_is_none_is_refused(said: str) -> None:
    """Our own column may hold any JSON, once somebody has written into it."""
    rows = [("type", "name", "label", "imf::type"), *((*row, "") for row in SURVEY[1:])]
    rows[2] = (*SURVEY[2], said)
    assert reasons(plain(book(survey=rows, choices=CHOICES))) == ["E150"]
