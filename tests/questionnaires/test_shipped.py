"""The shipped framework and questionnaires: complete, within the space of a screen, as promised."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from imfsurvey.framework import Framework, load_framework
from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.questionnaire import (
    InfoItem,
    LikertItem,
    MaturityItem,
    Questionnaire,
    SingleItem,
    load_questionnaire,
)
from imfsurvey.questionnaire.checks import check
from imfsurvey.source.document import read

SHIPPED = Path(__file__).parents[2] / "questionnaires"
SELF_ASSESSMENTS = ("instruments", "processes", "structures", "leadership")

CATALOGUE = {
    "determine": """
        needs-risk-analysis needs-consultation needs-incident-analysis code-of-ethics
        mission-values-charter internal-integrity-notes conflict-of-interest
        conduct-towards-people resources-working-time staff-participation-norms
        unwritten-norms vulnerable-functions-measures information-protection
        behavioural-policy recruitment-selection-integrity job-profiles-integrity
        public-procurement-integrity
    """,
    "guide": """
        ethical-leadership-training dilemma-training integrity-in-other-training
        discussion-debriefing-awareness newcomer-onboarding-oath mentoring
        coaching-confidant integrity-on-agendas advisory-bodies integrity-communication
    """,
    "monitor": """
        citizen-complaint-channels whistleblowing-system data-registration-analysis
        spot-checks daily-and-social-monitoring investigation-patterns
        integrity-audit-research
    """,
    "enforce": """
        formal-sanctions legitimate-response informal-reactions crisis-communication
        after-crisis-talk
    """,
    "processes": """
        planning-cycle-anchoring pdca-cycle core-instrument-processes
        complementary-processes internal-evaluation-adjustment periodic-measurement
        controlling-stimulating-balance internal-control-cp3
    """,
    "structures": """
        shared-responsibility-voice roles-responsibilities integrity-officer
        coordination-cooperation ambassador-network place-in-organigram horizontal-services
        oversight-alert-contact supra-local-contacts
    """,
    "leadership": """
        role-model top-management-commitment middle-management discussion-culture
        active-responsibility integrity-measurements appraisal-interviews
        follow-up-after-dysfunction exit-interviews
    """,
    "policy": """
        policy-identification policy-tailored-feasible policy-values-needs-risks
        policy-strategic-objectives policy-operational-objectives policy-concrete-actions
        policy-actors policy-violation-response policy-monitoring
        policy-evaluation-reporting policy-communication
    """,
}
"""Topic ids by node, written out: an id may neither vanish nor change its place unnoticed."""

COUNTS = {
    "determine": 17,
    "guide": 10,
    "monitor": 7,
    "enforce": 5,
    "processes": 8,
    "structures": 9,
    "leadership": 9,
    "policy": 11,
}

STATEMENT, HINT, CHOICE = 150, 100, 40
"""Characters at most: two lines, two lines and one line of an 80-column terminal."""
INFO_LINES, INFO_WIDTH = 10, 70


@cache
def framework() -> Framework:
    """The shipped framework."""
    return load_framework(SHIPPED / "imf.framework.yaml")


@cache
def perception() -> Questionnaire:
    """The shipped perception survey."""
    return load_questionnaire(SHIPPED / "perception.yaml", framework())


@cache
def self_assessment(name: str) -> Questionnaire:
    """The shipped self-assessment of a pillar."""
    return load_questionnaire(SHIPPED / "self-assessment" / f"{name}.yaml", framework())


def maturity_items() -> Iterator[tuple[str, MaturityItem]]:
    """Every maturity item with the name of its questionnaire, in order of the files."""
    for name in SELF_ASSESSMENTS:
        for item in self_assessment(name).items.values():
            assert isinstance(item, MaturityItem)
            yield name, item


def likert_items() -> list[LikertItem]:
    """The statements of the perception survey."""
    return [item for item in perception().items.values() if isinstance(item, LikertItem)]


def texts_of(value: Any) -> Iterator[dict[str, str]]:
    """Every text by language in the plain values of a file."""
    if isinstance(value, dict):
        if value and set(value) <= set(LANGUAGES):
            yield value
        else:
            for inner in value.values():
                yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


FILES = ("perception.yaml", *(f"self-assessment/{name}.yaml" for name in SELF_ASSESSMENTS))


@pytest.mark.parametrize("name", FILES)
def test_questionnaires_have_no_error_and_no_warning(name: str) -> None:
    """A shipped questionnaire loads without a problem of any severity."""
    path = SHIPPED / name
    questionnaire = load_questionnaire(path, framework())
    assert check(questionnaire, framework(), read(path)) == []


def test_every_questionnaire_of_the_folder_is_tested() -> None:
    """No self-assessment lies in the folder without being tested here."""
    found = {path.stem for path in (SHIPPED / "self-assessment").iterdir()}
    assert found == set(SELF_ASSESSMENTS)


@pytest.mark.parametrize("name", FILES)
def test_questionnaires_speak_their_languages(name: str) -> None:
    """Every text of a questionnaire is there in French and Dutch, neither more nor less."""
    texts = list(texts_of(read(SHIPPED / name).value))
    assert len(texts) > len(load_questionnaire(SHIPPED / name, framework()).items)
    assert [text for text in texts if set(text) != {"fr", "nl"}] == []


def test_framework_speaks_four_languages() -> None:
    """Every text of the framework is there in all the languages it declares."""
    assert set(framework().framework.languages) == set(LANGUAGES)
    texts = list(texts_of(read(SHIPPED / "imf.framework.yaml").value))
    assert len(texts) == 2 + 2 * 6 + 9 + 76  # identity, levels, nodes, topics
    assert [text for text in texts if set(text) != set(LANGUAGES)] == []


@pytest.mark.parametrize("name", (*FILES, "imf.framework.yaml"))
def test_french_is_typeset(name: str) -> None:
    """French texts have curly apostrophes, and a sign is never parted from its word."""
    texts = [text["fr"] for text in texts_of(read(SHIPPED / name).value)]
    assert [text for text in texts if re.search(r"'| [:;!?»]|« ", text)] == []


def test_framework_says_that_it_is_a_proposal() -> None:
    """The notice says in each language that the matrix is a proposal, and names its sources."""
    notice = framework().framework.notice
    words = {"fr": "proposition", "nl": "voorstel", "en": "proposal", "de": "Vorschlag"}
    for language, word in words.items():
        text = notice.say(language)
        assert word in text and "Maesschalck" in text and "AIG" in text


def test_framework_counts_by_capped_shares_on_six_levels() -> None:
    """Levels 0 to 5 and the parameters of the rule are those of the method page."""
    shipped = framework()
    assert shipped.max_level == 5
    rule = shipped.aggregation
    assert (rule.mostly, rule.fully, rule.cap) == (50, 85, 1)
    assert (rule.weights.core, rule.weights.complementary) == (2, 1)
    assert (rule.coverage, rule.reduced_scope, rule.evidence_from) == (80, 20, 3)
    assert shipped.gate is not None and shipped.gate.level == 1
    assert [pillar.id for pillar in shipped.pillars] == ["instruments", "processes", "structures"]


def test_catalogue_is_complete() -> None:
    """The framework holds the catalogue's 76 topics, each under its node and in its order."""
    found: dict[str, list[str]] = {}
    for topic in framework().topics:
        found.setdefault(topic.under, []).append(topic.id)
    assert found == {node: ids.split() for node, ids in CATALOGUE.items()}
    assert {node: len(ids) for node, ids in found.items()} == COUNTS
    assert len(framework().topics) == 76
    assert len(framework().rated_topics) == 65


def test_leadership_counts_within_structures() -> None:
    """Structures are rated on their own nine topics and the nine of leadership."""
    structures = framework().topics_of(framework().nodes["structures"])
    assert Counter(topic.under for topic in structures) == {"structures": 9, "leadership": 9}


def test_each_rated_topic_is_asked_once_in_catalogue_order() -> None:
    """The self-assessment asks all topics meant for it, once, in the order of the framework."""
    wanted = [t.id for t in framework().rated_topics if "self_assessment" in t.asked_in]
    assert len(wanted) == 65
    assert [item.topic for _, item in maturity_items()] == wanted


def test_topics_are_asked_in_the_section_they_belong_to() -> None:
    """A topic is asked in its pillar's questionnaire; each function of instruments is a section."""
    for name, item in maturity_items():
        under = framework().topic_by_id[item.topic].under
        assert under == name or name == "instruments"
    for section in self_assessment("instruments").sections:
        asked = {item.topic for item in section.items if isinstance(item, MaturityItem)}
        assert asked == set(CATALOGUE[section.id].split())


def test_item_ids_follow_their_topics() -> None:
    """An item's id is the mark of its questionnaire and the id of its topic."""
    named: list[tuple[str, MaturityItem | LikertItem]] = []
    named += [("sa_", item) for _, item in maturity_items()]
    named += [("pe_", item) for item in likert_items()]
    assert len(named) == 85
    for mark, item in named:
        assert item.id == mark + item.topic.replace("-", "_")


@pytest.mark.parametrize("name", FILES)
def test_texts_fit_the_screen(name: str) -> None:
    """Statements, hints and choices keep to their number of characters in each language."""
    questionnaire = load_questionnaire(SHIPPED / name, framework())
    too_long = []
    for item in questionnaire.asking_items():
        for language in questionnaire.questionnaire.languages:
            too_long += [item.id] if len(item.text.say(language)) > STATEMENT else []
            if item.hint is not None:
                too_long += [item.id] if len(item.hint.say(language)) > HINT else []
    for scale in questionnaire.scales.values():
        for choice in scale.codes:
            too_long += [t for t in choice.text.root.values() if len(t) > CHOICE]
    assert too_long == []


def test_each_self_assessment_item_says_what_counts() -> None:
    """Every rated topic has a hint."""
    assert [item.id for _, item in maturity_items() if item.hint is None] == []


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_first_page_names_the_reporting_channels(language: str) -> None:
    """The survey opens by saying that it is no reporting channel, and which ones there are."""
    first = perception().sections[0].items[0]
    assert isinstance(first, InfoItem)
    text = first.text.say(language)
    opening = {"fr": "n’est pas un canal de signalement", "nl": "geen meldkanaal"}
    assert opening[language] in text.split("\n")[0]
    assert "Comité P" in text
    assert re.search(r"8 (décembre|december) 2022", text)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_promise_names_the_thresholds_in_force(language: str) -> None:
    """What respondents read about minimum numbers are the numbers of the privacy block."""
    privacy = perception().privacy
    promise = perception().items["what_is_stored"].text.say(language)
    assert re.findall(r"\d+", promise) == [str(privacy.k_total), str(privacy.k)]
    hint = perception().items["staff_category"].hint
    assert hint is not None and re.findall(r"\d+", hint.say(language)) == [str(privacy.k)]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_information_fits_one_page(language: str) -> None:
    """A page of information has at most ten lines of seventy characters."""
    pages = [item for item in perception().items.values() if isinstance(item, InfoItem)]
    assert len(pages) == 2
    for page in pages:
        lines = [
            line
            for paragraph in page.text.say(language).split("\n")
            for line in textwrap.wrap(paragraph, INFO_WIDTH) or [""]
        ]
        assert len(lines) <= INFO_LINES


def test_perception_is_short_and_controlled_for_yea_saying() -> None:
    """15 to 20 statements, three or four of them reversed, two or three on knowledge."""
    statements = likert_items()
    assert 15 <= len(statements) <= 20
    assert 3 <= sum(item.reverse for item in statements) <= 4
    assert 2 <= sum(item.knowledge for item in statements) <= 3
    assert not any(item.reverse and item.knowledge for item in statements)


def test_perception_asks_what_staff_can_see() -> None:
    """Each statement measures another topic of those meant for staff, and has a theme."""
    topics = [item.topic for item in likert_items()]
    assert len(set(topics)) == len(topics)
    for topic in topics:
        assert "perception" in framework().topic_by_id[topic].asked_in
    themes = Counter(item.theme for item in likert_items())
    assert set(themes) == {theme.id for theme in perception().themes}
    assert min(themes.values()) >= 2


def test_statements_are_short_sentences() -> None:
    """A statement is one sentence of at most twenty words."""
    for item in likert_items():
        for language in ("fr", "nl"):
            text = item.text.say(language)
            assert len(text.split()) <= 20
            assert text.count(".") == 1 and text.endswith(".")


def test_agreement_scale_has_a_middle_and_a_way_out() -> None:
    """Five steps, the upper two favourable, the lower two not, and "don't know" beside them."""
    scale = perception().scales["agree5"]
    assert scale.values == (1, 2, 3, 4, 5)
    assert (scale.favourable, scale.unfavourable) == ((4, 5), (1, 2))
    assert scale.non_answers == ("dk",)


def test_only_the_staff_category_tells_something_about_the_respondent() -> None:
    """One item on the person, which may be refused and is the only breakdown."""
    personal = [item for item in perception().items.values() if isinstance(item, SingleItem)]
    assert [item.id for item in personal] == ["staff_category"]
    assert personal[0].quasi_identifier and "refused" in personal[0].non_answers
    assert perception().privacy.breakdown_by == ("staff_category",)
    assert (perception().privacy.k, perception().privacy.k_total) == (10, 5)
    assert not any(getattr(item, "required", False) for item in perception().items.values())
