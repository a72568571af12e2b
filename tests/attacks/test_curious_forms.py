"""Row 21: the author of an anonymous questionnaire is curious, or careless."""

from __future__ import annotations

import pytest
from marked import SURVEY, with_change
from zone import SAMPLES

from imfsurvey.framework import Framework, load_framework
from imfsurvey.questionnaire import Questionnaire, questionnaire_from
from imfsurvey.questionnaire.cells import cell_warnings
from imfsurvey.source.document import parse
from imfsurvey.source.problems import ProblemsFoundError

PEOPLE, GROUPS = 52, 4
TEXT = "text: {fr: x, nl: x}"
PLACE = "        quasi_identifier: true\n"
"""The end of the first item of the sample, which asks for the group."""

IDENTIFYING = {
    "a date": (f"{{id: born, type: date, {TEXT}}}", "IMF-E076"),
    "an exact number": (f"{{id: age, type: number, {TEXT}, min: 0, max: 99}}", "IMF-E080"),
    "a list": (
        f"{{id: posts, type: repeat, {TEXT}, label: post, items: "
        f"[{{id: post, type: text, max_length: 9, {TEXT}}}]}}",
        "IMF-E076",
    ),
    "a rating with evidence": (f"{{id: rated, type: maturity, {TEXT}, topic: code}}", "IMF-E066"),
    "a number of one's own, required": (
        f"{{id: number, type: text, {TEXT}, required: true}}",
        "IMF-E091",
    ),
    "words beside the group": (
        f"{{id: own, type: yes_no, {TEXT}, quasi_identifier: true, comment: {{max_length: 50}}}}",
        "IMF-E092",
    ),
}


@pytest.fixture(scope="module")
def framework() -> Framework:
    """The sample's."""
    return load_framework(SAMPLES / "imf.framework.yaml")


def with_item(*items: str) -> str:
    """The sample with further items."""
    more = "".join(f"      - {item}\n" for item in items)
    return with_change(SURVEY, (PLACE, f"{PLACE}{more}"))


@pytest.mark.parametrize("what", IDENTIFYING)
def test_what_identifies_is_refused(what: str, framework: Framework) -> None:
    """Each kind of item that tells who answered, or makes people say so, is named as an error:
    such a questionnaire cannot be part of a wave."""
    item, code = IDENTIFYING[what]
    with pytest.raises(ProblemsFoundError) as found:
        questionnaire_from(parse(with_item(item)), framework)
    assert code in [problem.code for problem in found.value.problems]


def test_six_traits_are_warned_of(framework: Framework) -> None:
    """Of four groups and five further traits with two answers each there are 4 x 2^5 = 128
    combinations: 52 people make 0.4 of a person in each, and k is 10. Already the group and one
    trait are 8 combinations of 6.5 people."""
    items = [f"{{id: t{n}, type: yes_no, {TEXT}, quasi_identifier: true}}" for n in range(5)]
    document = parse(with_item(*items))
    survey: Questionnaire = questionnaire_from(document, framework)
    found = list(cell_warnings(survey, document, PEOPLE, GROUPS))
    assert {problem.code for problem in found} == {"IMF-W103"}
    said = [problem.message for problem in found]
    assert any("4 × 2 = 8 combinations" in one for one in said)
    assert any("= 128 combinations" in one for one in said)
