"""Problems: their words, their order, the word that was probably meant."""

from imfsurvey.i18n.errors import InputError
from imfsurvey.source.problems import Problem, ProblemsFoundError, nearest


def test_a_problem_reads_as_place_code_and_words() -> None:
    """The place is file, line and column, or the file alone."""
    problem = Problem("IMF-E021", "unknown key '{name}'", {"name": "x{y}"}, "f.yaml", 3, 7)
    assert str(problem) == "f.yaml:3:7  IMF-E021  unknown key 'x{y}'"
    assert Problem("IMF-E003", "is too large", {}, "f.yaml").place == "f.yaml"


def test_problems_are_told_in_the_order_of_the_file() -> None:
    """By file, line and column, each on a line of its own; the error counts them."""
    where = [("b.yaml", 1, 1), ("a.yaml", 10, 1), ("a.yaml", 9, 5), ("a.yaml", 9, 2)]
    error = ProblemsFoundError([Problem("IMF-E028", "no", {}, *place) for place in where])
    assert [(p.file, p.line, p.column) for p in error.problems] == sorted(where)
    assert isinstance(error, InputError)
    assert (error.code, error.exit_code) == ("IMF-E001", 1)
    assert error.template.format(**error.params) == "4 problem(s) in a.yaml, b.yaml"
    assert str(error).splitlines()[0] == "a.yaml:9:2  IMF-E028  no"


def test_the_nearest_word_is_one_that_a_typist_would_miss() -> None:
    """A letter too few, too many or turned round; a stranger has no nearest word."""
    words = ("agree5", "maturity4", "yes_no")
    assert nearest("agre5", words) == "agree5"
    assert nearest("maturty4", words) == "maturity4"
    assert nearest("colour", words) is None
    assert nearest("", words) is None
    assert nearest("agree5" * 20, words) is None
