"""Named self-assessments: kept at every answer, one a rater, versions when finished."""

import datetime
import json
from typing import Any

import pytest
from keyholders import close_and_unseal
from zone import CLOSED, OPENED, rate

from imfsurvey.i18n.errors import StorageError
from imfsurvey.interview import Answer, EntryInterview, Interview
from imfsurvey.interview.within import add_entry
from imfsurvey.questionnaire import RepeatItem
from imfsurvey.study.assessment import ASSESSMENT_FILE, Assessment
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave


def test_nothing_is_there_at_first(wave: Wave) -> None:
    """A questionnaire that nobody has begun has no draft, and asking makes no file."""
    assert Assessment(wave).draft(wave.questionnaire("assessment"), "mandatary") is None
    assert not (wave.folder / ASSESSMENT_FILE).exists()


def test_a_draft_comes_back_as_it_was(wave: Wave) -> None:
    """Answers, side fields and the place where it was left."""
    questionnaire = wave.questionnaire("assessment")
    interview = rate(wave, {"sa_code": 3, "sa_rules": "na", "sa_training": "dk"}, finished=False)
    interview.go_to("sa_training")
    Assessment(wave).save(questionnaire, "mandatary", interview)
    draft = Assessment(wave.like()).draft(questionnaire, "mandatary")
    assert draft is not None
    assert draft.answers == {
        "sa_code": Answer("answered", 3, evidence="Note"),
        "sa_rules": Answer("na", reason="Sans objet"),
        "sa_training": Answer("dk", reason="Sans objet"),
    }
    assert (draft.at, draft.finished, draft.version) == ("sa_training", False, 0)


def test_raters_are_kept_apart(wave: Wave) -> None:
    """What one rater says never changes what another said."""
    rate(wave, {"sa_code": 3})
    rate(wave, {"sa_code": 1}, rater="officer")
    questionnaire = wave.questionnaire("assessment")
    drafts = [Assessment(wave).draft(questionnaire, one) for one in ("mandatary", "officer")]
    assert [draft.answers["sa_code"].value for draft in drafts if draft] == [3, 1]


def test_finishing_keeps_a_version(wave: Wave) -> None:
    """Each finished response is kept; a draft in between is no version."""
    rate(wave, {"sa_code": 1})
    rate(wave, {"sa_code": 2}, finished=False)
    rate(wave, {"sa_code": 3})
    tables = json.loads((wave.folder / ASSESSMENT_FILE).read_bytes())
    versions = [
        (record["version"], record["answers"]["sa_code"]["value"])
        for record in tables["versions"].values()
    ]
    assert versions == [(1, 1), (2, 3)]
    draft = Assessment(wave).draft(wave.questionnaire("assessment"), "mandatary")
    assert draft is not None
    assert (draft.version, draft.finished) == (2, True)


def test_an_answer_that_cannot_be_is_told(wave: Wave) -> None:
    """A level that the questionnaire does not offer, written by hand, is refused by its file."""
    rate(wave, {"sa_code": 3})
    file = wave.folder / ASSESSMENT_FILE
    file.write_text(file.read_text("utf-8").replace('"value": 3', '"value": 9'), "utf-8")
    before = file.read_bytes()
    with pytest.raises(StorageError, match=r"IMF-T120.*assessment\.json.*IMF-I101"):
        Assessment(wave).draft(wave.questionnaire("assessment"), "mandatary")
    assert file.read_bytes() == before


def altered(wave: Wave, key: str, value: object) -> None:
    """Somebody changes a value of the first response in the file."""
    rate(wave, {"sa_code": 3})
    file = wave.folder / ASSESSMENT_FILE
    tables = json.loads(file.read_text("utf-8"))
    tables["responses"]["1"][key] = value
    file.write_text(json.dumps(tables), "utf-8")


@pytest.mark.parametrize("version", [None, "", "²", "3", 1.5, -1, True])
def test_a_version_that_is_no_number_is_told(wave: Wave, version: object) -> None:
    """How often a response was finished is counted on from what the file says."""
    altered(wave, "version", version)
    with pytest.raises(StorageError, match=r"IMF-T120.*assessment\.json"):
        Assessment(wave).draft(wave.questionnaire("assessment"), "mandatary")


@pytest.mark.parametrize("at", [[], {}, 7, None])
def test_a_page_that_is_none_is_the_first(wave: Wave, at: object) -> None:
    """Where somebody was is no reason to keep them from their answers."""
    altered(wave, "at", at)
    draft = Assessment(wave).draft(wave.questionnaire("assessment"), "mandatary")
    assert draft is not None
    assert (draft.at, draft.answers["sa_code"].value) == (None, 3)


def test_a_response_to_another_version_is_told(wave: Wave) -> None:
    """Answers belong to one version of a questionnaire."""
    rate(wave, {"sa_code": 3})
    file = wave.folder / ASSESSMENT_FILE
    form = wave.questionnaire("assessment").form_hash
    file.write_text(file.read_text("utf-8").replace(form, "0" * 64), "utf-8")
    with pytest.raises(StorageError, match="IMF-T120"):
        Assessment(wave).draft(wave.questionnaire("assessment"), "mandatary")


def test_a_damaged_file_is_told_and_left(study: Study, wave: Wave) -> None:
    """A torn file stops the closing of its wave, and stays for whoever mends it."""
    rate(wave, {"sa_code": 3})
    file = wave.folder / ASSESSMENT_FILE
    torn = file.read_bytes()[:-40]
    file.write_bytes(torn)
    with pytest.raises(StorageError, match="IMF-S105"):
        close_and_unseal(study, wave, CLOSED)
    assert file.read_bytes() == torn
    assert study.wave(wave.id).file.status == "open"


def test_every_kind_of_value_comes_back(study: Study) -> None:
    """Codes, numbers, texts, dates, several of them, entries, criteria and what stands beside.

    What is hidden now is kept, and counts again when it is shown.
    """
    draft = study.new_wave("zero", 2026, questionnaires=("constructs.yaml",))
    wave = open_wave(study, draft, OPENED)
    questionnaire = wave.questionnaire("constructs")
    interview = Interview(
        questionnaire, wave.framework, "fr", groups=wave.groups, today=datetime.date(2026, 3, 31)
    )
    for item, value in ANSWERED.items():
        interview.record(item, "answered", value)
    interview.record("group", "refused")
    interview.note("service", "other", "Recherche locale")
    interview.note("seen", "comment", "Deux fois")
    interview.note("example_given", "evidence", "Note de service")
    for criterion in ("code_written", "code_approved"):
        interview.meet("sa_code", criterion)
    actors = questionnaire.items["actors"]
    assert isinstance(actors, RepeatItem)
    add_entry(interview, actors, "a1")
    entry = EntryInterview(interview, actors, "a1")
    for field, value in FIELDS.items():
        entry.record(field, "answered", value)
    interview.record("coordinator", "answered", "a1")
    shown = interview.response()
    interview.record("seen", "answered", "no")
    assert interview.response()["gravest"].status == "not_shown"
    Assessment(wave).save(questionnaire, "mandatary", interview)

    kept = Assessment(wave.like()).draft(questionnaire, "mandatary")
    assert kept is not None
    assert kept.answers == interview.answers
    for item, value in {**ANSWERED, "seen": "no", "seniority": 15}.items():
        found = kept.answers[item].value
        assert (found, type(found)) == (value, type(value)), item
    again = Interview(
        questionnaire,
        wave.framework,
        "fr",
        groups=wave.groups,
        answers=kept.answers,
        today=datetime.date(2026, 3, 31),
    )
    again.record("seen", "answered", "yes")
    assert again.response() == shown


ANSWERED: dict[str, Any] = {
    "service": "other",
    "staff": 52,
    "share_trained": 12.5,
    "seniority": 17,
    "code_adopted": "2024-02",
    "code_revised": "2026-01-15",
    "contact": "Responsable de l'intégrité",
    "seen": "yes",
    "what": ("gifts", "respect"),
    "gravest": ("respect", "gifts"),
    "first_case": "gifts",
    "priorities": ("channel", "training"),
    "account": "Une fois\npuis une autre",
    "example_given": 4,
    "team_help": 2,
    "sa_code": 2,
}
FIELDS: dict[str, Any] = {
    "role": "Conseiller",
    "tasks": ("advice", "inquire"),
    "trained": "yes",
    "trained_in": "2025",
    "hours": 7.5,
    "mandate": "expert",
}
