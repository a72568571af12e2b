"""From a closing record to the sheet that is signed: counts beside their names, no false alarm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from collected import make_study
from printed import words
from room import DAY, ROUND, make_session, make_team_study

from imfsurvey.i18n.catalogue import translator
from imfsurvey.report.closing import write_closing_page, write_session_page
from imfsurvey.study.accounts import TicketAccount
from imfsurvey.study.closing import BoxAccount, ClosingRecord, Merged
from imfsurvey.study.folder import Study
from imfsurvey.study.sealed import ANSWERS, COMMENTS, Part
from imfsurvey.study.wave import Wave

EN = translator("en")


def box(name: str, records: int, part: Part = ANSWERS, damaged: int = 0) -> BoxAccount:
    """What a box held."""
    digest = f"{records:02x}" * 32
    return BoxAccount(box=name, part=part, records=records, damaged=damaged, set_hash=digest)


def record(wave: Wave, *boxes: BoxAccount, **more: Any) -> ClosingRecord:
    """A closing record of these boxes."""
    return ClosingRecord(imfsurvey=1, wave=wave.id, uid="u" * 8, closed_on=DAY, boxes=boxes, **more)


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Wave]:
    """A wave with a survey that asks for texts as well."""
    return make_study(tmp_path_factory.mktemp("closing") / "zone", "anonymous.yaml")


def page(surveyed: tuple[Study, Wave], folder: Path, **more: Any) -> str:
    """The sheet of 20 responses and 4 texts, with one damaged place in each box."""
    study, wave = surveyed
    boxes = (box("anonymous", 20, damaged=1), box("anonymous", 4, COMMENTS, damaged=1))
    closing = record(wave, *boxes, **more)
    return words(write_closing_page(study, wave, closing, folder, EN).read_bytes())


def test_counts_of_a_survey(surveyed: tuple[Study, Wave], tmp_path: Path) -> None:
    """Responses, damaged places of both boxes together, texts; each box with its own figures."""
    text = page(surveyed, tmp_path)
    assert "20 2 4" in text
    assert ("1414 " * 16).strip() in text and ("0404 " * 16).strip() in text
    assert text.index("1414 1414") < text.index("0404 0404")


def test_what_came_from_files_and_other_computers(
    surveyed: tuple[Study, Wave], tmp_path: Path
) -> None:
    """20 responses, 3 and 2 of them from files, on 17 tickets: two of these are spoiled."""
    other = Merged(place="laptop A", boxes=(box("anonymous", 7),), missing=2, imported=2)
    tickets = TicketAccount(printed=20, used=17, torn_up=3)
    text = page(surveyed, tmp_path, imported=3, merged=(other,), tickets=tickets, unfinished=6)
    assert "From files 5 responses" in text
    assert "laptop A: 7 records (2 of them gone)" in text
    assert "20 17 3 2" in text
    assert "Not more responses (15) than used tickets (17)." in text
    assert "never sent: of 6 people." in text
    whole = other.model_copy(update={"missing": 0})
    assert "gone" not in page(surveyed, tmp_path, merged=(whole,))


@pytest.mark.parametrize(
    ("used", "spoiled", "said"),
    [
        (12, 1, "Not more responses (11) than used tickets (12)."),
        (10, 0, "More responses (11) than used tickets (10)."),
    ],
)
def test_a_ticket_of_a_session_is_good_once_in_every_vote(
    tmp_path: Path, used: int, spoiled: int, said: str
) -> None:
    """11 people vote twice with 12 tickets: that is no ballot too many. With 10 it is one."""
    study, wave = make_team_study(tmp_path / "zone")
    session = make_session(wave)
    boxes = (box(f"{ROUND}.1", 11), box(f"{ROUND}.2", 9))
    closing = record(wave, *boxes, tickets=TicketAccount(printed=14, used=used, torn_up=14 - used))
    path = write_session_page(study, session, closing, tmp_path / "reports", EN)
    text = words(path.read_bytes())
    assert said in text
    assert f"14 {used} {14 - used} {spoiled}" in text
    assert "vote 1 11 0 –" in text and "vote 2 9 0 –" in text
