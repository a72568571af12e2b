"""`imfsurvey invite --reminder`: the same for everybody, without a code."""

from __future__ import annotations

import csv
import datetime
import io
import re
import stat
from pathlib import Path

import pytest
from commandline import Cli
from pypdf import PdfReader
from zone import respond

from imfsurvey.analysis.figures import ResponseFigures
from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.report.reminder import COLUMNS, Reminder, as_rows, as_text
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.tickets import TicketBook
from imfsurvey.study.wave import Wave

UNTIL = (datetime.date.today() + datetime.timedelta(days=9)).isoformat()
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}[ -][0-9A-HJKMNP-TV-Z]{6}")


def test_a_letter_for_all(cli: Cli, study: Study, wave: Wave) -> None:
    """A page for each language; the rate, as 40 of 52 may be told; no ticket is made."""
    respond(wave, 40, clear=4)
    ran = cli("invite", wave.id, "--reminder", "--until", UNTIL)
    assert ran.code == 0, ran.err
    path = study.folder / "reports" / "2026-zero-reminder.pdf"
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert len(pages) == 2
    for page in pages:
        assert "Zone d'essai" in page and "40" in page and "77" in page
        assert not CODE.search(page)
    assert "Enquête d'essai" in pages[0] and "Proefbevraging" in pages[1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert not ticket_book(wave).exists()


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        (4, "Moins de 5 personnes ont répondu."),
        (50, "Entre 80 % et 100 % des 52 personnes ont répondu."),
        (6, "Entre 0 % et 20 % des 52 personnes ont répondu."),
    ],
)
def test_small_numbers_are_not_told(
    cli: Cli, study: Study, wave: Wave, answered: int, said: str
) -> None:
    """Under five nothing; few, and nearly all, as the fifth in which the rate lies."""
    respond(wave, answered, clear=4)
    assert cli("invite", wave.id, "--reminder", "--until", UNTIL, "--format", "txt").code == 0
    text = (study.folder / "reports" / "2026-zero-reminder.txt").read_text("utf-8")
    assert said in " ".join(text.split())
    assert not re.search(rf"\b{answered} (de|van|sur|of)\b", text)


def test_tickets_and_the_address_are_named(cli: Cli, study: Study, wave: Wave) -> None:
    """With tickets, the code that people have already; no ticket is used or made for it."""
    TicketBook(ticket_book(wave).path, cost=2**10).issue(2)
    where = ["--address", "https://192.0.2.7:8443/#"]
    ran = cli("invite", wave.id, "--reminder", "--until", UNTIL, "--format", "csv", *where)
    assert ran.code == 0, ran.err
    raw = (study.folder / "reports" / "2026-zero-reminder.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["language"] for row in rows] == ["fr", "nl"]
    for row in rows:
        assert tuple(row) == COLUMNS
        assert "https://192.0.2.7:8443/" in row["text"] and "8443/#" not in row["text"]
        assert "code" in row["text"]
    assert ticket_book(wave).counts().printed == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["--reminder"], "IMF-F320"),
        (["--reminder", "--until", "2026-01-01"], "IMF-F321"),
        (["--format", "txt", "--address", "https://x"], "IMF-F322"),
        (["--until", UNTIL, "--address", "https://x"], "IMF-F493"),
        (["--reminder", "--until", UNTIL, "-n", "3"], "IMF-F494"),
    ],
)
def test_what_is_lacking_is_said(cli: Cli, wave: Wave, given: list[str], code: str) -> None:
    """A last day that is to come; letters with codes are no text for a mail; no idle option."""
    ran = cli("invite", wave.id, *given)
    assert ran.code == 2 and code in ran.err
    assert not ticket_book(wave).exists()


def reminder(title: str, tickets: bool, entity: str = "R&D <b>") -> Reminder:
    """In all languages."""
    return Reminder(
        titles=dict.fromkeys(LANGUAGES, title),
        entity=entity,
        officer="Jan Peeters",
        until=datetime.date(2026, 11, 30),
        responses=ResponseFigures(52, 40, 40 / 52, None),
        groups=2,
        k=5,
        tickets=tickets,
    )


@pytest.mark.parametrize("tickets", [True, False])
def test_no_language_stays_english(tickets: bool) -> None:
    """Of four texts no paragraph is in two of them, but who signs."""
    parts = [text.split("\n") for text in as_text(reminder("T", tickets)).split("-" * 20)]
    lines = [line for part in parts for line in set(part) if line.strip()]
    assert len(parts) == len(LANGUAGES)
    assert len(lines) == len(set(lines))


def test_no_spreadsheet_takes_a_name_for_a_formula() -> None:
    """Neither the title nor the entity, which the text begins with in English."""
    raw = as_rows(reminder("=1+1", True, "=2+2")).decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(raw, newline=""), delimiter=";"):
        assert "=1+1" in row["subject"] and "=2+2" in row["text"]
        assert not row["subject"].startswith(("=", "+", "-", "@"))
        assert not row["text"].startswith(("=", "+", "-", "@"))


def test_no_wide_sign_begins_a_formula_either() -> None:
    """East Asian settings take the wide forms for formulas: the cell has the mark of a text."""
    raw = as_rows(reminder("T", True, "\uff1d2+2")).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(raw, newline=""), delimiter=";")
    (english,) = [row["text"] for row in rows if row["language"] == "en"]
    assert english.startswith("'\uff1d2+2 asks")


def test_papers_are_written_as_files(cli: Cli, study: Study, wave: Wave, tmp_path: Path) -> None:
    """`imfsurvey papers`: three papers, two forms, where and in which languages one says."""
    folder = tmp_path / "out"
    ran = cli("papers", wave.id, "--out", folder, "--languages", "fr,de", "--format", "md,docx")
    assert ran.code == 0, ran.err
    names = {path.name for path in folder.iterdir()}
    assert names == {
        f"2026-zero-{paper}.{language}.{form}"
        for paper in ("dpia", "register", "notice")
        for language in ("fr", "de")
        for form in ("docx", "md")
    }
    assert sorted(ran.out.split()) == sorted(str(path) for path in folder.iterdir())
    assert cli("papers", wave.id, "--format", "pdf").code == 2
