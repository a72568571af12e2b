"""Notice, impact assessment and register: true of the wave, the same everywhere, in four
languages."""

from __future__ import annotations

import datetime
import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from keyholders import give_keys
from markdown_it import MarkdownIt
from room import SHIPPED

from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.report.papers.facts import Facts, facts_of
from imfsurvey.report.papers.paper import Paper
from imfsurvey.report.papers.writing import papers, word
from imfsurvey.report.render import markdown_page
from imfsurvey.store.seal import Opening
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave

DAY = datetime.date(2026, 11, 2)
KEEP = datetime.date(2028, 6, 30)
ALL = ("self-assessment/processes.yaml", "perception.yaml", SHIPPED)
HOSTILE = (
    "R&D <b>x</b>",
    "{{ 1+1 }} {% raw %}",
    "\u202ezone\u202c العربية",
    "😀 zone",
    "z" * 300,
    "| a | b |\n# titre",
)


def made_study(folder: Path, entity: str = "Zone 5399 Valombre") -> Study:
    """Two groups in all four languages, two key holders."""
    labels = {"fr": "Cadre", "nl": "Kader", "de": "Kader-DE", "en": "Operations"}
    study = Study.create(
        folder,
        {
            "imfsurvey": 1,
            "entity": {"name": entity, "languages": ["fr", "nl"]},
            "mandatary": {"name": "Anne Dubois", "rank": "CDP"},
            "officer": {"name": "Jan Peeters"},
            "groups": [
                {"id": "ops", "label": labels, "headcount": 1400},
                {"id": "calog", "label": dict.fromkeys(labels, "CALog"), "headcount": 12},
            ],
        },
    )
    give_keys(folder)
    return study


def opened(study: Study, names: tuple[str, ...] = ALL, opening: Opening = "any_of") -> Wave:
    """Its zero wave, open."""
    wave = study.new_wave("zero", 2026, questionnaires=list(names))
    return open_wave(study, wave, DAY, opening=opening, keep_until=KEEP)


@pytest.fixture(scope="module")
def open_study(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Wave]:
    """A wave with everything in it: self-assessment, survey with tickets, session."""
    study = made_study(tmp_path_factory.mktemp("papers") / "zone")
    wave = opened(study)
    ticket_book(wave).issue(2)
    return study, wave


def in_language(study: Study, wave: Wave, language: str = "en") -> dict[str, Paper]:
    """The papers by name."""
    t = translator(language)
    return {one.name: one for one in papers(facts_of(study, wave, t), t, DAY)}


def words_of(paper: Paper) -> list[str]:
    """Every text of the Word document, tables included, in the order of the page."""
    document = docx.Document(io.BytesIO(word(paper)))
    found: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, docx.table.Table):
            found += [cell.text for row in part.rows for cell in row.cells]
        elif not (part.style and part.style.name.startswith("toc")):
            found.append(part.text)
    return [one for text in found for one in text.split("\n") if one]


def words_in(markdown: str) -> list[str]:
    """Every text of the Markdown, as an independent reader of it sees them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return [
        "".join(child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline" and token.content
    ]


def unnumbered(words: list[str]) -> list[str]:
    """Without the numbers of headings, which Word counts by itself."""
    return [re.sub(r"^\d+\. (?=\S)", "", one) for one in words]


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_and_markdown_say_the_same(open_study: tuple[Study, Wave], language: str) -> None:
    """The same texts in the same order, in all three papers."""
    for paper in in_language(*open_study, language).values():
        assert unnumbered(words_in(markdown_page(paper))) == words_of(paper)


def test_the_facts_are_those_of_the_wave(open_study: tuple[Study, Wave]) -> None:
    """Names, people, thresholds, last day: in every paper that has to tell them."""
    made = in_language(*open_study)
    texts = {name: "\n".join(words_of(paper)) for name, paper in made.items()}
    for text in texts.values():
        for fact in ("Zone 5399 Valombre", "CDP Anne Dubois", "Jan Peeters", "Dpo (Office)"):
            assert fact in text
        assert "30 June 2028" in text and "article 6(1)(e)" in text
        assert "Each of these: Dpo (Office) and Officer (Office)." in text
        assert "To be completed: " in text
    assert "1,412" in texts["dpia"] and "1,412" in texts["register"]
    assert "from 10 answers on" in texts["dpia"] and "from 10 answers on" in texts["notice"]
    assert "ticket" in texts["notice"] and "Tickets" in texts["dpia"]
    for name in ("dpia", "register", "notice"):  # whatever it is that splits the results
        assert "“Which staff category do you belong to?”" in texts[name]
    assert "articles 9 and 10" in texts["register"]


def test_the_table_of_questionnaires_counts_what_is_asked(open_study: tuple[Study, Wave]) -> None:
    """Eight ratings; 47 questions with one text, k 10, 5 and 12; 21 statements."""
    document = docx.Document(io.BytesIO(word(in_language(*open_study)["dpia"])))
    people, asked, risks = document.tables
    assert [[cell.text for cell in row.cells] for row in people.rows][1:] == [
        ["Operations", "1,400"],
        ["CALog", "12"],
        ["Total", "1,412"],
    ]
    rows = [[cell.text for cell in row.cells][2:] for row in asked.rows][1:4]
    # Counted in the shipped files: 8 topics; 30 statements, 5 cases of 3, 1 text, 1 category.
    assert rows == [
        ["8", "–", "–", "–", "–"],
        [str(30 + 5 * 3 + 1 + 1), "1", "5", "10", "12"],
        ["21", "0", "5", "–", "–"],
    ]
    assert risks.rows[0].cells[0].text == "Risk"
    assert len(risks.rows) > 10


def test_what_is_not_there_is_not_told(tmp_path: Path) -> None:
    """A survey alone: no session, no self-assessment, no ticket; four eyes are named."""
    study = made_study(tmp_path / "zone")
    wave = opened(study, ("perception.yaml",), "all_of")
    text = "\n".join("\n".join(words_of(one)) for one in in_language(study, wave).values())
    for word_ in ("Team session", "team session", "Self-assessment", "icket"):
        assert word_ not in text
    assert "Only all of these together: Dpo (Office) and Officer (Office)." in text
    assert "Four eyes" in text and "one lost key is enough" in text


def test_without_declared_groups_nobody_is_counted(open_study: tuple[Study, Wave]) -> None:
    """Both papers ask for the groups; neither says that 0 people are concerned."""
    facts = replace(facts_of(*open_study, translator("en")), groups=(), headcount=0)
    assert told(facts).count("the groups of staff and their headcounts") == 2
    assert " 0 people" not in told(facts)


def test_a_draft_wave_says_what_is_not_fixed_yet(tmp_path: Path) -> None:
    """An impact assessment is made before anything begins: it works, and says what is open."""
    study = made_study(tmp_path / "zone")
    wave = study.new_wave("zero", 2026, questionnaires=["perception.yaml"])
    made = in_language(study, wave)
    text = "\n".join(words_of(made["dpia"]))
    assert "The key holders are fixed when the measurement opens" in text
    assert "key holders and last day, which are fixed" in text
    assert "1,412" in text and "Officer (Office)" in text
    assert "No day has been set yet." in "\n".join(words_of(made["notice"]))


def test_without_an_anonymous_questionnaire_there_is_no_notice(tmp_path: Path) -> None:
    """A self-assessment alone concerns nobody who would have to be told on a page."""
    study = made_study(tmp_path / "zone")
    wave = study.new_wave("zero", 2026, questionnaires=["self-assessment/processes.yaml"])
    made = in_language(study, wave)
    assert set(made) == {"dpia", "register"}
    assert "sealed one by one" not in "\n".join(words_of(made["register"]))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_nothing_stays_english(open_study: tuple[Study, Wave], language: str) -> None:
    """No text of a paper is the same as in English, but names, figures and dashes."""
    english = in_language(*open_study, "en")
    same = {
        text
        for name, paper in in_language(*open_study, language).items()
        for text in set(words_of(paper)) & set(words_of(english[name]))
        if not re.fullmatch(r"[\d.,\s–]*", text)
    }
    cognates = {"Questionnaire", "Questions", "Consultation", "Minimisation", "Total"}
    allowed = {"Zone 5399 Valombre", "CALog"} | (cognates if language == "fr" else set())
    assert same <= allowed


@pytest.mark.parametrize("entity", HOSTILE)
def test_hostile_names_stay_names(open_study: tuple[Study, Wave], entity: str) -> None:
    """Nothing is taken for markup, in Word or in Markdown; turning marks are made visible."""
    t = translator("fr")
    facts = replace(facts_of(*open_study, t), entity=facts_entity(open_study[0], entity))
    for paper in papers(facts, t, DAY)[1:]:  # the first one is the longest, and made alike
        read_back = words_of(paper)
        assert facts.entity in read_back
        assert unnumbered(words_in(markdown_page(paper))) == read_back
        assert "\u202e" not in "".join(read_back)


def facts_entity(study: Study, entity: str) -> str:
    """The name as `facts_of` takes it from a study."""
    entity_file = study.file.entity.model_copy(update={"name": entity})
    other = Study(study.folder)
    other.file = study.file.model_copy(update={"entity": entity_file})
    return facts_of(other, study.waves[0], translator("fr")).entity


def test_the_same_day_gives_the_same_bytes(open_study: tuple[Study, Wave]) -> None:
    """So that an office sees in its archive whether anything has changed."""
    first, again = (in_language(*open_study) for _ in range(2))
    assert [word(one) for one in first.values()] == [word(one) for one in again.values()]


def told(facts: Facts) -> str:
    """All papers as text."""
    return "".join(markdown_page(paper) for paper in papers(facts, translator("en"), DAY))


def test_a_lone_key_is_called_a_risk(open_study: tuple[Study, Wave]) -> None:
    """One holder, or all together: then one lost key ends it; with two it does not."""
    facts = facts_of(*open_study, translator("en"))
    warned = "As things stand, one lost key is enough."
    assert warned not in told(facts)
    assert warned in told(replace(facts, holders=facts.holders[:1]))
    assert warned in told(replace(facts, together=True))
