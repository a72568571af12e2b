"""The text of the policy in study.json: one document of the study, kept as written."""

from __future__ import annotations

import datetime

import pytest
from zone import OPENED, QUESTIONNAIRES

from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.interview import Answer, Entry
from imfsurvey.study.folder import STUDY_DESK, Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.policy.text import PolicyText

TODAY = datetime.date(2026, 11, 2)
ANSWERS = {
    "vision": Answer("answered", "One line\nand another"),
    "since": Answer("answered", "2024-05"),
    "goals": Answer("answered", (Entry("g1", {"goal": Answer("answered", "Peace")}),)),
    "steps": Answer(
        "answered",
        (
            Entry(
                "s1",
                {
                    "step": Answer("answered", "3"),
                    "goal_of": Answer("answered", "g1"),
                    "due": Answer("answered", "2027-01-31"),
                },
            ),
            Entry("s2"),
        ),
    ),
    "first_goal": Answer("answered", "g1"),
}


@pytest.fixture
def text(study: Study) -> PolicyText:
    """Its policy, nothing written in it."""
    return PolicyText(study)


def write(text: PolicyText, *, version: bool = False) -> None:
    """Store the answers."""
    text.save(text.interview("fr", TODAY, ANSWERS), version=version)


def test_what_was_written_comes_back_as_it_was(text: PolicyText) -> None:
    """Texts, dates, and entries with their ids, in their order; a digit stays a text."""
    assert text.answers == {}
    write(text)
    assert text.answers == ANSWERS
    assert text.interview("nl", TODAY).answers == ANSWERS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2027-01-31"', '"2027-02-31"'),
        ('"value": "g1"', '"value": "g9"'),
        ('"id": "s2"', '"id": "s1"'),
        ('"step"', '"stop"'),
        ('"id": "s2"', '"ident": "s2"'),
    ],
)
def test_what_cannot_have_been_written_is_told(
    study: Study, text: PolicyText, old: str, new: str
) -> None:
    """The file is named and left alone."""
    write(text)
    file = study.folder / STUDY_DESK
    stored = file.read_text("utf-8")
    assert old in stored
    file.write_text(stored.replace(old, new, 1), "utf-8")
    with pytest.raises(StorageError, match="IMF-T421"):
        text.interview("fr", TODAY)


def test_versions_are_kept_when_something_has_changed(text: PolicyText) -> None:
    """Finishing twice the same text keeps it once; each has its number."""
    write(text, version=True)
    write(text, version=True)
    (first,) = text.versions
    assert (first.number, first.why, first.day, first.answers) == (1, "finished", TODAY, ANSWERS)
    interview = text.interview("fr", TODAY)
    interview.record("motto", "answered", "Honneur")
    text.save(interview, version=True)
    assert text.version(2).answers["motto"].value == "Honneur"
    assert text.version(1) == first
    for number in (0, 3):
        with pytest.raises(InputError, match="IMF-T422"):
            text.version(number)


def test_no_wave_asks_for_the_policy(study: Study) -> None:
    """Neither the file of that name nor another of its kind: it would be another text each year."""
    with pytest.raises(RefusedError, match=r"IMF-T426.*imfsurvey policy"):
        study.new_wave("zero", 2026, questionnaires=(*QUESTIONNAIRES, "policy.yaml"))
    own = study.folder / "questionnaires"
    (own / "text.yaml").write_bytes((own / "policy.yaml").read_bytes())
    wave = study.new_wave("zero", 2026, questionnaires=(*QUESTIONNAIRES, "text.yaml"))
    with pytest.raises(RefusedError, match="IMF-T426"):
        open_wave(study, wave, OPENED)


def test_another_kind_is_no_policy(study: Study, text: PolicyText) -> None:
    """A file of that name that asks for ratings is refused by name."""
    own = study.folder / "questionnaires"
    (own / "policy.yaml").write_bytes((own / "assessment.yaml").read_bytes())
    with pytest.raises(InputError, match=r"IMF-T420.*policy\.yaml"):
        text.interview("fr", TODAY)
