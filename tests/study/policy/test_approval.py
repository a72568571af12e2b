"""Approving the policy: study.yaml keeps everything else, and the gate of the levels opens."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from zone import CLOSED, OPENED, QUESTIONNAIRES, make_zone, rate

from imfsurvey.i18n.errors import InputError
from imfsurvey.source.document import read
from imfsurvey.source.problems import ProblemsFoundError
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.place import STUDY_FILE
from imfsurvey.study.policy.approval import approve, state_of
from imfsurvey.study.policy.text import PolicyText
from imfsurvey.study.scoring import score

TODAY = datetime.date(2026, 11, 2)
DAY = datetime.date(2026, 3, 20)
COUNCIL = 'Conseil de police "Valombre": # n° 1'


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study whose study.yaml has comments."""
    study = make_zone(tmp_path / "zone")
    path = study.folder / STUDY_FILE
    commented = "# who we are\n" + path.read_text("utf-8") + "# asked on Monday\n"
    path.write_text(commented, "utf-8")
    return Study(study.folder)


def test_only_the_approval_changes(study: Study) -> None:
    """Comments, order and every other value stay letter by letter; a second time as well."""
    path = study.folder / STUDY_FILE
    before = path.read_text("utf-8")
    for day, name in ((DAY, COUNCIL), (TODAY, "  Autre\n conseil ")):
        approve(PolicyText(study), day, name, TODAY)
        lines = path.read_text("utf-8").splitlines(keepends=True)
        assert "".join(line for line in lines if not line.startswith("policy:")) == before
        assert read(path).value["policy"] == {
            "approved_on": day.isoformat(),
            "approved_by": " ".join(name.split()),
        }
        assert study.file.policy.approved_on == day


def test_the_gate_opens_on_the_day_of_approval(study: Study) -> None:
    """A wave that closes before that day stays under the gate's level 1; one on that day rises.

    All four topics at 2: each node at 2, the whole at 2, at 1 without a policy.
    """
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    rate(wave, {"sa_code": 2, "sa_rules": 2, "sa_training": 2, "sa_cycle": 2})
    approve(PolicyText(study), DAY, COUNCIL, TODAY)

    def level(day: datetime.date) -> int | None:
        maturity = score(wave, study.file, day).maturity
        return maturity.overall.demonstrated if maturity else None

    assert (level(DAY - datetime.timedelta(days=1)), level(DAY)) == (1, 2)
    assert level(CLOSED) == 2


def test_how_text_and_approval_stand_to_each_other(study: Study) -> None:
    """Nothing, a draft, approved, changed since; approved elsewhere when no text is here."""
    text = PolicyText(study)
    assert state_of(text) == "none"
    approve(text, DAY, COUNCIL, TODAY)
    assert state_of(text) == "elsewhere"
    interview = text.interview("fr", TODAY)
    interview.record("motto", "answered", "Honneur")
    text.save(interview)
    approve(text, TODAY, COUNCIL, TODAY)
    assert state_of(text) == "approved"
    path = study.folder / STUDY_FILE
    written = path.read_text("utf-8")
    path.write_text(written.replace(TODAY.isoformat(), DAY.isoformat()), "utf-8")
    assert state_of(PolicyText(Study(study.folder))) == "elsewhere"  # another approval, by hand
    path.write_text(written, "utf-8")
    interview.record("motto", "answered", "Service")
    text.save(interview)
    assert state_of(text) == "changed"
    kept = text.versions[-1]
    assert (kept.why, kept.approved_on, kept.approved_by) == ("approved", TODAY, COUNCIL)
    assert kept.answers["motto"].value == "Honneur"


def test_what_cannot_be_an_approval(study: Study) -> None:
    """A day to come, nobody, a name without an end; nothing is written."""
    text, before = PolicyText(study), (study.folder / STUDY_FILE).read_bytes()
    with pytest.raises(InputError, match="IMF-T423"):
        approve(text, TODAY + datetime.timedelta(days=1), COUNCIL, TODAY)
    for name in (" ", "x" * 201):
        with pytest.raises(InputError, match="IMF-T424"):
            approve(text, DAY, name, TODAY)
    assert (study.folder / STUDY_FILE).read_bytes() == before
    assert text.versions == ()


def test_a_file_that_cannot_be_read_is_told(study: Study) -> None:
    """And no version says that it was approved."""
    path = study.folder / STUDY_FILE
    path.unlink()
    path.mkdir()
    text = PolicyText(study)
    with pytest.raises(ProblemsFoundError):
        approve(text, DAY, COUNCIL, TODAY)
    assert text.versions == ()
