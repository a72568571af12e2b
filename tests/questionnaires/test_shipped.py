"""The shipped framework and questionnaires: complete, within the space of a screen, as promised."""

from __future__ import annotations

import re
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

STATEMENT, HINT, CHOICE = 150, 152, 40
"""Characters at most: two lines, two lines and one line of an 80-column terminal."""


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


@cache
def team_session() -> Questionnaire:
    """The shipped team session."""
    return load_questionnaire(SHIPPED / "team-session.yaml", framework())


def rounds_items() -> list[LikertItem]:
    """What a team votes on."""
    return [item for item in team_session().items.values() if isinstance(item, LikertItem)]


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


FILES = (
    "perception.yaml",
    "team-session.yaml",
    *(f"self-assessment/{name}.yaml" for name in SELF_ASSESSMENTS),
)


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
    """Every text of a questionnaire is there in all the languages it declares."""
    texts = list(texts_of(read(SHIPPED / name).value))
    assert len(texts) > len(load_questionnaire(SHIPPED / name, framework()).items)
    questionnaire = load_questionnaire(SHIPPED / name, framework())
    spoken = set(questionnaire.questionnaire.languages)
    assert set(questionnaire.questionnaire.require_complete) == spoken
    assert [text for text in texts if set(text) != spoken] == []


def test_framework_speaks_four_languages() -> None:
    """Every text of the framework is there in all the languages it declares."""
    assert set(framework().framework.languages) == set(LANGUAGES)
    texts = list(texts_of(read(SHIPPED / "imf.framework.yaml").value))
    # Identity, levels, nodes, labels of topics; explanation, why and risk of the rated ones.
    assert len(texts) == 2 + 2 * 6 + 9 + 76 + 3 * 65
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
    """A self-assessment item is named after its topic, the others begin with their set's mark."""
    for _, item in maturity_items():
        assert item.id == "sa_" + item.topic.replace("-", "_")
    assert all(item.id.startswith("pe_") for item in likert_items())
    assert all(item.id.startswith("ts_") for item in rounds_items())


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_page_names_the_reporting_channels(language: str) -> None:
    """The survey opens by saying that it is no reporting channel, and which ones there are."""
    first = perception().sections[0].items[0]
    assert isinstance(first, InfoItem)
    text = first.text.say(language)
    opening = {
        "fr": "n’est pas un canal de signalement",
        "nl": "geen meldkanaal",
        "en": "not a reporting channel",
        "de": "kein Meldekanal",
    }
    assert opening[language] in text.split("\n")[0]
    assert "Comité P" in text
    assert re.search(r"8\.? (décembre|december|December|Dezember) 2022", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_promise_names_the_thresholds_in_force(language: str) -> None:
    """What respondents read about minimum numbers are the numbers of the privacy block."""
    privacy = perception().privacy
    promise = perception().items["what_is_stored"].text.say(language)
    numbers = [privacy.k_total, privacy.k, privacy.k_comments]
    assert re.findall(r"\d+", promise) == [str(number) for number in numbers]
    hint = perception().items["staff_category"].hint
    assert hint is not None and re.findall(r"\d+", hint.say(language)) == [str(privacy.k)]


def test_perception_takes_ten_minutes_and_is_controlled_for_yea_saying() -> None:
    """Thirty statements, a fifth of them reversed, four on knowledge; five cases of three items."""
    statements = [item for item in likert_items() if item.scale == "agree5"]
    cases = [item for item in likert_items() if item.scale != "agree5"]
    assert len(statements) == 30
    assert sum(item.reverse for item in statements) == 6
    assert sum(item.knowledge for item in statements) == 4
    assert not any(item.reverse and item.knowledge for item in statements)
    assert Counter(item.scale for item in cases) == {"serious5": 5, "reaction5": 5, "likely5": 5}
    assert not any(item.reverse or item.knowledge for item in cases)


def test_each_case_is_told_above_its_items() -> None:
    """A case is the introduction of its section, in at most 280 characters."""
    told = [section for section in perception().sections if section.introduction is not None]
    assert len(told) == 5
    for section in told:
        assert section.introduction is not None
        assert all(len(text) <= 280 for text in section.introduction.root.values())
        scales = [item.scale for item in section.items if isinstance(item, LikertItem)]
        assert sorted(scales) == ["likely5", "reaction5", "serious5"]


def test_perception_asks_what_staff_can_see() -> None:
    """Each item is on a topic meant for staff and has a theme of at least three items."""
    for item in likert_items():
        assert "perception" in framework().topic_by_id[item.topic].asked_in
    themes = Counter(item.theme for item in likert_items())
    assert set(themes) == {theme.id for theme in perception().themes}
    assert min(themes.values()) >= 3


def test_a_team_votes_in_rounds_with_notes_for_the_facilitator() -> None:
    """Five or six rounds, about twenty items, each round with its three notes."""
    rounds = [section for section in team_session().sections if section.facilitation is not None]
    assert 5 <= len(rounds) <= 6
    assert 18 <= len(rounds_items()) <= 22
    for item in rounds_items():
        assert "team_session" in framework().topic_by_id[item.topic].asked_in
    asked = {item.id for section in rounds for item in section.items}
    assert asked == {item.id for item in rounds_items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_team_session_opens_with_what_protects_its_members(language: str) -> None:
    """Its first page says how many answers a result needs, and that it is no reporting channel."""
    first = team_session().sections[0].items[0]
    assert isinstance(first, InfoItem)
    assert str(team_session().privacy.k_total) in first.text.say(language)


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
