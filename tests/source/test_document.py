"""Reading YAML: what each text means, what is refused, and where."""

import os
from pathlib import Path

import pytest
from marked import assert_found, problems_of

from imfsurvey.i18n.catalogue import Marked
from imfsurvey.source.builder import MAX_DEPTH, MAX_NODES
from imfsurvey.source.document import MAX_BYTES, parse, read
from imfsurvey.source.places import Place
from imfsurvey.source.problems import MAX_PROBLEMS, Problem, ProblemsFoundError

YAML_1_1_WORDS = (
    *("y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO"),
    *("on", "On", "ON", "off", "Off", "OFF", "True", "TRUE", "False", "FALSE"),
    *("Null", "NULL", "=", ".inf", "-.INF", ".nan", ".5", "5.", "1e3", "0x1F", "0o17", "0b1"),
    *("1_000", "12:30:45", "190:20:30", "2024-01-01", "2001-12-14t21:59:43.10-05:00", "1.2.3"),
    *("9" * 19, "9" * 19 + ".5", "0." + "9" * 19),  # more than 64 bits hold
)
"""What YAML 1.1, or a generous reader of 1.2, takes for something else than a text."""

BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


NOBODY = 65534
"""An account that may read nothing of ours."""


def value(text: str) -> object:
    """The values of a text."""
    return parse(text).value


def read_bytes(folder: Path, data: bytes) -> list[Problem]:
    """What is wrong with a file of these bytes."""
    (folder / "f.yaml").write_bytes(data)
    with pytest.raises(ProblemsFoundError) as caught:
        read(folder / "f.yaml", "f.yaml")
    return list(caught.value.problems)


# --- what a text means ---------------------------------------------------------------------


@pytest.mark.parametrize("word", YAML_1_1_WORDS)
def test_a_word_is_a_text_wherever_it_stands(word: str) -> None:
    """Every special word of YAML 1.1 is kept as an id, a code, a key and a text."""
    assert value(f"id: {word}\ncodes: [nl, {word}]\n{word}: {{fr: {word}}}\n") == {
        "id": word,
        "codes": ["nl", word],
        word: {"fr": word},
    }


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("010", 10),
        ("999999999999999999", 10**18 - 1),
        ("1.10", 1.1),
        ("-0.5", -0.5),
        ("2.5e3", 2500.0),
    ],
)
def test_a_plain_word_may_be_a_value(text: str, meant: object) -> None:
    """Truth, nothing, decimal integers and decimal fractions are all that is not a text."""
    (found,) = parse(f"- {text}").value
    assert (found, type(found)) == (meant, type(meant))


@pytest.mark.parametrize("text", ["true", "null", "~", "12", "1.10", "", "no"])
def test_what_is_quoted_is_a_text(text: str) -> None:
    """Quotes, single or double, and block texts keep a word from being a value."""
    assert value(f"a: '{text}'\nb: \"{text}\"") == {"a": text, "b": text}
    assert value(f"a: |-\n  {text}") == {"a": text}


@pytest.mark.parametrize("word", ["true", "null", "12", "1.5"])
def test_keys_are_texts(word: str) -> None:
    """A key is never a number or a truth value."""
    assert value(f"{word}: 1") == {word: 1}


def test_two_arrows_in_quotes_are_a_key() -> None:
    """Only as a plain word do they merge blocks."""
    assert value("'<<': 1") == {"<<": 1}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "\ufeff", "---\n", "null"])
def test_an_empty_file_holds_nothing(text: str) -> None:
    """No line, a lone byte order mark, remarks alone: the value is None."""
    assert value(text) is None


def test_a_list_may_stand_at_the_top() -> None:
    """The reader has no opinion on what a file holds."""
    assert value("- a\n- [b, 1]\n") == ["a", ["b", 1]]


def test_line_ends_and_a_byte_order_mark_mean_nothing(tmp_path: Path) -> None:
    """A file from another system has the same values at the same places."""
    unix = "a: 1\nb:\n  - c\n  - 'd: é'\n"
    wanted = parse(unix)
    for data in (unix.replace("\n", "\r\n"), "\ufeff" + unix, unix.replace("\n", "\r")):
        (tmp_path / "f.yaml").write_bytes(data.encode())
        found = read(tmp_path / "f.yaml")
        assert (found.value, found.keys, found.values) == (
            wanted.value,
            wanted.keys,
            wanted.values,
        )
        assert [found.excerpt(line) for line in range(1, 6)] == [*unix.split("\n")]


def test_the_place_of_every_key_and_value_is_known() -> None:
    """Lines and columns count from 1, columns in characters."""
    found = parse("é: 'x'\nlist:\n  - {😀: 1, b: [2]}\n  -\nempty:\n")
    assert found.keys == {
        ("é",): Place(1, 1),
        ("list",): Place(2, 1),
        ("list", 0, "😀"): Place(3, 6),
        ("list", 0, "b"): Place(3, 12),
        ("empty",): Place(5, 1),
    }
    assert found.values == {
        (): Place(1, 1),
        ("é",): Place(1, 4),
        ("list",): Place(3, 3),
        ("list", 0): Place(3, 5),
        ("list", 0, "😀"): Place(3, 9),
        ("list", 0, "b"): Place(3, 15),
        ("list", 0, "b", 0): Place(3, 16),
        ("list", 1): Place(4, 4),
        ("empty",): Place(5, 7),
    }


def test_the_place_of_what_is_not_there_is_that_of_its_parent() -> None:
    """A problem about a missing thing points at the block that lacks it."""
    found = parse("a:\n  b: 1\n")
    assert found.place(("a", "c", 0, "d")) == Place(2, 3)
    assert found.place(("z",), key=True) == Place(1, 1)
    assert found.place(("a",), key=True) == Place(1, 1)


@pytest.mark.parametrize(
    ("text", "written"),
    [("a: 1.10", "1.10"), ("{a: 007, b: 1}", "007"), ("a: true # x", "true"), ("a:", "")],
)
def test_a_value_is_quoted_as_its_author_wrote_it(text: str, written: str) -> None:
    """Not as the program keeps it: 1.10 is the number 1.1."""
    assert parse(text).written(("a",)) == written


# --- what is refused, and where ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: 1\n▸a: 2\nb: 1\n▸a: 3\n", ("IMF-E015", "IMF-E015")),
        ("x: {k: 1, ▸k: 2}\n", ("IMF-E015",)),
        ("'no': 1\n▸no: 2\n", ("IMF-E015",)),
        ("a: ▸&x 1\nb: ▸*x\n", ("IMF-E011", "IMF-E010")),
        ("a: ▸*nobody\n", ("IMF-E010",)),
        ("▸&k a: 1\n", ("IMF-E011",)),
        ("▸*k : 1\n", ("IMF-E010", "IMF-E013")),
        ("a: ▸!!python/object/apply:os.system ['true']\n", ("IMF-E012",)),
        ("a: ▸!foo x\nb: ▸! y\nc: ▸!!str 1\n▸!!str d: 1\n", ("IMF-E012",) * 4),
        ("▸!!map {a: 1}\n", ("IMF-E012",)),
        ("a: {x: 1}\nb:\n  ▸<<: {y: 2}\n", ("IMF-E014",)),
        ("▸[a, b]: 1\nc: 2\n▸{d: e}: 3\n", ("IMF-E013", "IMF-E013")),
        ("? ▸[[x], {x: 1}]\n: {x: 1, ▸x: 2}\n", ("IMF-E013", "IMF-E015")),
        ("a: 1\n▸---\nb: 2\n", ("IMF-E007",)),
        ("▸\ta: 1\n", ("IMF-E006",)),
        ("a:\n▸\tb: 1\n", ("IMF-E006",)),
        ("a:\n  - x\n▸\t- y\n", ("IMF-E006",)),
        ("a: b▸: c\n", ("IMF-E006",)),
        ("a: 1\n▸word\nb: 2\n", ("IMF-E006",)),
        ("a: ▸'never closed\nb: 2\n", ("IMF-E006",)),
        ("a: [1, 2\nb▸: 3\n", ("IMF-E006",)),
        ("a: {b: 1▸]\n", ("IMF-E006",)),
        ('a: "b ▸\\q"\n', ("IMF-E006",)),
        ("a: [😀, ▸@x]\n", ("IMF-E006",)),
        ("a:\n    b: 1\n   ▸c: 2\n", ("IMF-E006",)),
        ("- a\n▸b: 1\n", ("IMF-E006",)),
        ("a: ▸!x!y z\n", ("IMF-E006",)),
        ('a: ▸"x\\e[31m"\n▸"\\u202e": 1\nb: ▸"\\r"\n', ("IMF-E005",) * 3),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str, codes: tuple[str, ...]) -> None:
    """Each fault is found at its first wrong character, several faults in one run."""
    assert_found(parse, text, *codes)


def test_a_repeated_key_tells_both_lines() -> None:
    """The line of the first one is in the words, that of the second is the place."""
    (problem,) = problems_of(parse, "version: '1'\nk: 1\nversion: '2'\n")
    assert str(problem) == (
        "<text>:3:1  IMF-E015  key 'version' stands here a second time (first on line 1)"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a:\n\tb: 1\n", "a tab cannot indent; use spaces"),
        ("a: 1\n\tb: 1\n", "a tab cannot indent; use spaces"),
        ("a: b: c\n", "a ':' is not expected here"),
        ("a: 'x\n", "this quote is not closed"),
        ("a: 1\nword\nb: 2\n", "a ':' is missing after this"),
        ("a: [x: 1\nb: 2\n", "the closing bracket is expected"),
        ("a: [x,\n", "the file ends before"),
        ("a: {b: 1\n", "the file ends before"),
        ("a: ]\n", "a value is expected here"),
        ('a: "\\x"\n', "stands for no character"),
        ('a: "\\q"\n', "stands for no character"),
        ("a: %x\n", "cannot begin with this character"),
        ("- a\nb: 1\n", "check its indentation"),
        ("%YAML 2.0\n---\na: 1\n", "the structure breaks here"),
    ],
)
def test_bad_yaml_is_explained_in_our_words(text: str, words: str) -> None:
    """Not in those of the library, which speaks of tokens and only in English."""
    (problem,) = problems_of(parse, text)
    assert words in problem.message


def test_a_bomb_of_aliases_is_refused_alias_by_alias() -> None:
    """Nothing is expanded: nine anchors and sixteen aliases, each told where it is."""
    codes = [problem.code for problem in problems_of(parse, BOMB)]
    assert (codes.count("IMF-E011"), codes.count("IMF-E010"), len(codes)) == (9, 16, 25)


@pytest.mark.parametrize(
    "text", ["[" * 5000, "[" * 5000 + "]" * 5000, "{a: " * 5000, "- " * 5000, "? " * 5000]
)
def test_deep_nesting_is_refused_where_it_becomes_too_deep(text: str) -> None:
    """The 41st level is told, and Python's own stack is left alone."""
    step = {"[": 1, "{": 4, "-": 2, "?": 2}[text[0]]
    (problem,) = [found for found in problems_of(parse, text) if found.code == "IMF-E009"]
    assert (problem.line, problem.column) == (1, MAX_DEPTH * step + 1)


def test_forty_levels_are_allowed() -> None:
    """The limit itself is within the limit."""
    assert parse("[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH).values


def test_too_many_values_are_refused() -> None:
    """Reading stops at the first value too many."""
    (problem,) = problems_of(parse, f"[{'1,' * MAX_NODES}]")
    # The list counts as one, so the last of the values is one too many.
    assert (problem.code, problem.line, problem.column) == ("IMF-E008", 1, 2 * MAX_NODES)


@pytest.mark.parametrize(
    "character",
    [
        *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u061c", "\u200e", "\u200f"),
        *("\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufffe"),
        *("\uffff", "\ud800", "\U000e0041"),
    ],
)
def test_what_cannot_be_seen_is_refused(character: str) -> None:
    """Control and direction characters are told one by one, and never shown to a terminal."""
    text = f"a: 1\nb: 'é{character}x'  # {character}\n"
    found = problems_of(parse, text)
    assert [(one.code, one.line, one.column) for one in found] == [
        ("IMF-E005", 2, 6),
        ("IMF-E005", 2, 13),
    ]
    assert f"U+{ord(character):04X}" in found[0].message
    assert found[0].excerpt == "b: 'é\ufffdx'  # \ufffd"


def test_a_line_that_ends_elsewhere_counts_as_the_parser_counts() -> None:
    """A lone carriage return ends a line for characters and for structure alike."""
    assert [p.line for p in problems_of(parse, "a: 1\rb: 2\r\nc: \x07\n")] == [3]
    assert [p.line for p in problems_of(parse, "a: 1\rb: 2\r\nc: *x\n")] == [3]


def test_no_more_is_told_than_anybody_reads() -> None:
    """A file of a million faults gives the first two hundred, at once."""
    assert len(problems_of(parse, "\x07" * (MAX_BYTES - 1))) == MAX_PROBLEMS
    assert len(problems_of(parse, "a: 1\n" * 100_000)) == MAX_PROBLEMS


# --- files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.yaml", "there is no such file"),
        (".", "it is a folder"),
        ("x" * 300, "the system refuses it"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told_as_a_whole(
    tmp_path: Path, name: str, words: str
) -> None:
    """No line then: the place is the file; the reason is in words that can be translated."""
    with pytest.raises(ProblemsFoundError) as caught:
        read(tmp_path / name, "shown.yaml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == ("IMF-E002", "shown.yaml")
    assert problem.message == f"cannot be read: {words}"
    assert isinstance(problem.params["reason"], Marked)


def test_a_file_that_is_protected_is_told_so(tmp_path: Path) -> None:
    """To anybody but the administrator, under whom tests may run and who steps back for it."""
    protected = tmp_path / "f.yaml"
    protected.write_text("a: 1", "utf-8")
    protected.chmod(0)
    administrator = os.geteuid() == 0
    if administrator:
        os.seteuid(NOBODY)
    try:
        with pytest.raises(ProblemsFoundError) as caught:
            read(protected)
    finally:
        if administrator:
            os.seteuid(0)
    (problem,) = caught.value.problems
    assert problem.message == "cannot be read: reading it is not permitted"


def test_a_file_is_at_most_a_mebibyte(tmp_path: Path) -> None:
    """The limit itself is within the limit; one byte more is not read."""
    file = tmp_path / "f.yaml"
    file.write_bytes(b"a: 1\n" + b"#" * (MAX_BYTES - 5))
    assert read(file).value == {"a": 1}
    (problem,) = read_bytes(tmp_path, b"a: 1\n" + b"#" * (MAX_BYTES - 4))
    assert (problem.code, problem.line) == ("IMF-E003", 0)


@pytest.mark.parametrize(
    ("data", "line", "column", "excerpt"),
    [
        ("a: 1\nb: Évaluée\n".encode("latin-1"), 2, 4, "b: \ufffdvalu\ufffde"),
        ("é: ".encode() + b"\xff\n", 1, 4, "é: \ufffd"),
        ("\ufeffé: ".encode() + b"\xff", 1, 4, "é: \ufffd"),
        (b"a: 1\r\nb: " + b"\xc3", 2, 4, "b: \ufffd"),
        ("a: é".encode("utf-16"), 1, 1, None),
        (b"a: \xed\xa0\x80", 1, 4, None),
    ],
)
def test_a_file_in_another_encoding_is_told_at_the_first_bad_byte(
    tmp_path: Path, data: bytes, line: int, column: int, excerpt: str | None
) -> None:
    """The column counts characters, as every other one does."""
    (problem,) = read_bytes(tmp_path, data)
    assert (problem.code, problem.line, problem.column) == ("IMF-E004", line, column)
    assert excerpt is None or problem.excerpt == excerpt


def test_a_zero_byte_is_a_character_that_cannot_be_seen(tmp_path: Path) -> None:
    """A file of two-byte characters without a mark is told by its first zero byte."""
    (problem,) = read_bytes(tmp_path, b"a: \x00")
    assert (problem.code, problem.line, problem.column) == ("IMF-E005", 1, 4)
    assert read_bytes(tmp_path, "a: 1".encode("utf-16-le"))[0].column == 2


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("a: bcd", 5),
        ("a: 'bcd'", 6),
        ('a: "bcd"', 6),
        ("a: '''cd'", 7),
        ('a: "\\x62cd"', 4),
        ("a: b\n  cd", 4),
        ("a: |-\n  bcd", 4),
    ],
)
def test_a_place_inside_a_text_is_that_of_the_character(written: str, column: int) -> None:
    """Of the second one; the text as a whole where it is not written out on one line."""
    place = parse(written).inside(("a",), 1)
    assert (place.line, place.column) == (1, column)


def test_inside_what_is_no_text_is_where_it_stands() -> None:
    """And inside what is not there, its nearest parent."""
    document = parse("a: [1, 2]")
    assert document.inside(("a", 1), 1) == document.place(("a", 1))
    assert document.inside(("a", 7, "b"), 1) == document.place(("a",))
