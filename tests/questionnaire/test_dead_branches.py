"""Conditions of a file that are never or always true: what is warned of, and what is not."""

from __future__ import annotations

import pytest
from marked import MARK, SAMPLES, marked_places, with_change
from small import choices, form, item

from imfsurvey.questionnaire.checks import check
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated

from .sample import IMF, with_condition


@pytest.mark.parametrize(
    ("code", "condition"),
    [
        ("W100", "▸hours > 40"),
        ("W100", "▸seen == 'yes' and seen == 'no'"),
        ("W100", "▸hours > 3 and hours < 4"),
        ("W100", "▸shown(two) and not shown(two)"),
        ("W101", "▸answered(seen) or is_dk(seen)"),
        ("W101", "▸not answered(what) or what has 'gifts' or what has 'data'"),
        ("W101", "▸true"),
        ("W100", "▸age == 0 and age == 30"),
        ("", "age >= 30"),
        ("", "60 > age"),
        ("W100", "▸age < 0"),
        ("W105", "age ▸> 30"),
        ("W105", "age ▸<= 30"),
        ("W105", "30 ▸< age"),
        ("W105", "30 ▸>= age"),
        ("", "hours > 39"),
        ("", "seen == 'yes' or seen == 'no'"),
        ("", "worry"),
        ("", "today > '2030'"),
        ("", "years_since(since) > 3"),
        ("", "count(actors) > 19"),
        ("W100", "▸count(actors) > 20"),
        ("", "since > '2030' and since < '2032'"),
        ("W100", "▸since > '2030' and since < '2031'"),
        ("", "hours + age_free > 3"),
        ("", "motto == 'x' or not answered(motto)"),
        ("W100", "▸motto == 'x' and motto == 'y'"),
    ],
)
def test_dead_branches_are_warned_of(code: str, condition: str) -> None:
    """Found by trying all answers; W100 is never true, W101 always."""
    assert_warned(with_condition(condition.replace("age_free", "hours")), code)


def assert_warned(text: str, code: str) -> None:
    """A file with this warning at its mark, and with no other problem; none for an empty code."""
    document = parse(text.replace(MARK, ""))
    problems = check(validated(Questionnaire, document), IMF, document)
    assert [one.code for one in problems] == ([f"IMF-{code}"] if code else [])
    assert [(one.line, one.column) for one in problems] == marked_places(text)
    assert all(one.severity == "warning" for one in problems)


GIFTS, DATA = "{code: gifts, text: {fr: x}}", "{code: data, text: {fr: x}}"
ALONE = "{code: alone, exclusive: true, text: {fr: x}}"
HIDDEN = "{code: more, show_if: \"seen == 'yes'\", text: {fr: x}}"


@pytest.mark.parametrize(
    ("code", "least", "ticks", "condition"),
    [
        ("W100", 2, (GIFTS, DATA), "▸len(what) == 1"),
        ("", 2, (GIFTS, DATA, ALONE), "len(what) == 1"),
        ("", 2, (GIFTS, HIDDEN), "len(what) == 1"),
        ("W101", 1, (GIFTS, DATA), "▸answered(what)"),
        ("W101", 1, (GIFTS, HIDDEN), "▸answered(what)"),
        ("", 1, (HIDDEN,), "answered(what)"),
    ],
)
def test_what_need_not_be_ticked_is_tried_as_well(
    code: str, least: int, ticks: tuple[str, ...], condition: str
) -> None:
    """Who ticks what stands alone ticks one; nobody has to tick what may be hidden."""
    keys = f"required: true\n        min_choices: {least}\n        choices: "
    change = (f"choices: [{GIFTS}, {DATA}]", f"{keys}[{', '.join(ticks)}]")
    assert_warned(with_change(with_condition(condition), change), code)


def test_a_branch_behind_another_is_seen() -> None:
    """An item of a section that is shown in one case never meets the other case."""
    text = with_condition("▸seen == 'no'")
    text = text.replace("  - id: third\n", "  - id: third\n    show_if: \"seen == 'yes'\"\n")
    document = parse(text.replace(MARK, ""))
    (problem,) = check(validated(Questionnaire, document), IMF, document)
    assert (problem.code, [(problem.line, problem.column)]) == ("IMF-W100", marked_places(text))


IF_YES, IF_NO = ("seen == 'yes'", "seen == 'no'")
ONE_LAST = "{id: very_last, type: number"


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("W100", f'show_if: "{IF_YES}", required_if: "▸{IF_NO}"'),
        ("W101", f'show_if: "{IF_YES}", constraint: [{{check: "▸{IF_YES} or this > 3", WORDS}}]'),
        ("", f'required_if: "{IF_YES}", constraint: [{{check: "{IF_YES} or this > 3", WORDS}}]'),
        ("", f'constraint: [{{check: "this > 3 or {IF_NO}", WORDS}}]'),
        ("W101", 'constraint: [{check: "▸answered(seen) or this > 3 or this <= 3", WORDS}]'),
    ],
)
def test_what_is_asked_of_an_item_is_asked_where_it_is_shown(code: str, keys: str) -> None:
    """Whoever is shown an item fulfils its condition; nobody has to be required to answer it."""
    keys = keys.replace("WORDS", "message: {fr: x}")
    change = (ONE_LAST, ONE_LAST.replace("type:", f"{keys}, type:"))
    assert_warned(with_change(with_condition("answered(seen)"), change), code)


@pytest.mark.parametrize("inside", ["row", "choice", "field"])
def test_a_part_is_seen_where_the_whole_is_shown(inside: str) -> None:
    """A row, a choice or a field that waits for the opposite of its item's condition."""
    text = with_condition("answered(seen)").replace("kind: policy", "kind: self_assessment")
    codes = "codes: [{code: 1, text: {fr: x}}, {code: 2, text: {fr: x}}]"
    text = with_change(text, ("computed:", f"scales: {{agree: {{{codes}}}}}\ncomputed:"))
    part = f'show_if: "▸{IF_NO}", text: {{fr: x}}'
    whole = {
        "row": f"type: matrix, scale: agree, rows: [{{id: calm, {part}}}]",
        "choice": f"type: multi, choices: [{{code: b, text: {{fr: x}}}}, {{code: a, {part}}}]",
        "field": "type: repeat, label: it, items: "
        f"[{{id: it, type: text, required: true, {part}}}]",
    }[inside]
    text += f'      - {{id: whole, show_if: "{IF_YES}", {whole}, text: {{fr: x}}}}\n'
    assert_warned(text, "W100")


def test_bands_may_begin_between_whole_numbers() -> None:
    """All of them are tried, not only the whole ones."""
    text = with_condition("age == 0.5")
    change = ("{bands: [0, 30, 60]}", "{bands: [0, 0.5]}, decimals: 1")
    document = parse(with_change(text, change))
    assert check(validated(Questionnaire, document), IMF, document) == []


def test_points_of_a_scale_have_an_order() -> None:
    """They are numbers: "at most 2" is as good a condition as "is 2"."""
    sample = (SAMPLES / "constructs.yaml").read_text("utf-8")
    for condition in ("example_given <= 2", "example_given == 2", "2 < example_given"):
        document = parse(with_change(sample, ("level(sa_code) >= 1", condition)))
        assert check(validated(Questionnaire, document), IMF, document) == []


def _warnings(asked: dict[str, object], condition: str) -> list[str]:
    """What is warned of where this is asked, then something on that condition."""
    made = form(item("seen", "yes_no"), asked, item("more", "yes_no", show_if=condition))
    return [one.code for one in check(made, IMF, parse("{}"))]


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        # Of 1 to 5, turned round: 4 scores 25, 5 scores 0.
        ("turned >= 4 and score(turned) > 25", ["IMF-W100"]),
        ("turned >= 4 and score(turned) >= 25", []),
        ("score(turned) <= 100 or not answered(turned)", ["IMF-W101"]),
    ],
)
def test_a_score_is_that_of_the_statement_turned_round(condition: str, codes: list[str]) -> None:
    """As it is when it is counted."""
    turned = item("turned", "likert", scale="agree", reverse=True)
    assert _warnings(turned, condition) == codes


def test_a_row_that_is_hidden_has_no_answer() -> None:
    """It is shown on its own condition, whatever shows its matrix."""
    rows = [{"id": "calm", "text": {"fr": "x"}, "show_if": "seen == 'yes'"}]
    team = item("team", "matrix", scale="agree", rows=rows)
    assert _warnings(team, "answered(calm) and seen == 'no'") == ["IMF-W100"]
    assert _warnings(team, "not answered(calm) and seen == 'no'") == []


def test_what_may_be_left_open_is_tried() -> None:
    """What may have nothing to choose, a ranking not finished, a day that nobody knows yet."""
    hidden = choices("a", a={"show_if": "seen == 'yes'"})
    alone = item("what", "multi", required=True, choices=hidden)
    assert _warnings(alone, "answered(what)") == []
    assert _warnings({**alone, "other": {}}, "answered(what)") == ["IMF-W101"]
    best = item("best", "ranking", choices=choices("a", "b", "c"), top=2)
    assert _warnings(best, "len(best) == 1") == []
    assert _warnings(best, "len(best) == 3") == ["IMF-W100"]
    since = item("since", "date", min="2000-01-01", max="today")
    assert _warnings(since, "since > '2999'") == []
    assert _warnings(since, "since < '2000'") == ["IMF-W100"]
