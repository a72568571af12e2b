"""`imfsurvey tickets` and `imfsurvey invite`: cards and letters, never a code that was not asked
for."""

import csv
import io
import json
import re
import stat
from pathlib import Path

import pytest
from commandline import Cli
from pypdf import PdfReader
from zone import OPENED

from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.codes import drawn
from imfsurvey.study.drafts import drafts_in
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
from imfsurvey.study.wave import Wave

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}[ -]?[0-9A-HJKMNP-TV-Z]{6}")


def text_of(path: Path) -> str:
    """All words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def prepared(wave: Wave) -> TicketBook:
    """A book whose codes are quickly made, with one ticket in it."""
    book = TicketBook(wave.folder / TICKETS_FILE, cost=16)
    book.issue(1)
    return book


def test_cards(cli: Cli, study: Study, wave: Wave) -> None:
    """One private file, every code in it good, and none on the screen."""
    ran = cli("tickets", wave.id, "-n", "2")  # the real cost
    assert ran.code == 0 and "2 printed, fewer than 5 used, 0 torn up." in ran.out
    (path,) = (study.folder / "reports").iterdir()
    assert path.name == "2026-zero-tickets.pdf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    codes = re.findall(r"[0-9A-Z]{5} [0-9A-Z]{6}", text_of(path))
    assert len(codes) == 2
    for code in codes:
        ticket_book(wave).check(code)
        assert code.replace(" ", "") not in (ran.out + ran.err).replace(" ", "")
    assert "delete the file" in ran.err


def test_by_default_a_fifth_more_than_people(cli: Cli, study: Study, wave: Wave) -> None:
    """52 people in the groups: 63 letters (62.4, rounded up) beside the one that was there."""
    prepared(wave)
    ran = cli("invite", wave.id, "--format", "csv", "--address", "https://192.0.2.7:8443/")
    assert ran.code == 0 and "63 invitations" in ran.err
    assert ticket_book(wave).counts().printed == 64


def test_laptops_share_the_cards(cli: Cli, study: Study, wave: Wave) -> None:
    """One file a laptop; a copy says which one it is, and counts its own."""
    ran = cli("tickets", wave.id, "-n", "3", "--laptop", "a", "--laptop", "B")
    assert ran.code == 0 and "--here LETTER" in ran.err
    for letter in "AB":
        text = text_of(study.folder / "reports" / f"2026-zero-tickets-{letter}.pdf")
        codes = re.findall(r"[0-9A-Z]{5} [0-9A-Z]{6}", text)
        assert len(codes) == 2 and all(code.startswith(letter) for code in codes)
    assert cli("answer", wave.id, "survey", "--plain").code == 3
    assert cli("tickets", wave.id, "--torn-up", "1", "--laptop", "b").code == 0  # not one of A's
    assert cli("tickets", wave.id, "--here", "a").code == 0
    shown = json.loads(cli("tickets", wave.id, "--json").out)
    assert shown == {
        "printed": 2,
        "used": None,
        "torn_up": 0,
        "unused": None,
        "laptops": ["A", "B"],
        "here": "A",
    }


def test_codes_only_when_asked_for(cli: Cli, study: Study, wave: Wave) -> None:
    """As lines or as JSON, and then there are no cards; never in the counts."""
    prepared(wave)
    lines = cli("tickets", wave.id, "-n", "3", "--codes").out.split("\n")
    assert len(lines) == 4 and all(CODE.fullmatch(line) for line in lines[:3])
    ticket_book(wave).check(lines[0])
    made = json.loads(cli("tickets", wave.id, "-n", "2", "--codes", "--json").out)
    assert len(made["codes"][""]) == 2
    assert not (study.folder / "reports").exists()
    for ran in (cli("tickets", wave.id), cli("tickets", wave.id, "--json")):
        assert not CODE.search(ran.out + ran.err)


def test_cards_that_were_not_printed_are_not_overwritten(
    cli: Cli, study: Study, wave: Wave
) -> None:
    """More cards go into a file of their own."""
    prepared(wave)
    for _ in range(2):
        assert cli("tickets", wave.id, "-n", "1").code == 0
    names = sorted(path.name for path in (study.folder / "reports").iterdir())
    assert names == ["2026-zero-tickets-2.pdf", "2026-zero-tickets.pdf"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--torn-up", "1", "-n", "3"), "IMF-F494"),
        (("--here", "A", "-n", "3"), "IMF-F494"),
        (("--codes",), "IMF-F493"),
        (("--address", "https://x.example"), "IMF-F493"),
        (("--laptop", "A"), "IMF-F493"),
        (("--torn-up", "1", "--codes"), "IMF-F493"),
    ],
)
def test_no_option_is_passed_over(cli: Cli, wave: Wave, given: tuple[str, ...], code: str) -> None:
    """Cards that were asked for in vain, or counted in vain, would be missed in the hat."""
    book = prepared(wave)
    before = book.path.read_bytes()
    ran = cli("tickets", wave.id, *given)
    assert (ran.code, ran.out, code in ran.err) == (2, "", True), ran.err
    assert book.path.read_bytes() == before


def test_torn_up_and_closed(cli: Cli, study: Study, wave: Wave) -> None:
    """What is left is said before closing; counted, it adds up in the closing record."""
    prepared(wave)
    assert "--torn-up NUMBER" in cli("wave", "close", wave.id).err
    assert "1 torn up." in cli("tickets", wave.id, "--torn-up", "1").out
    assert cli("tickets", wave.id, "--torn-up", "1").code == 3
    ran = cli("wave", "close", wave.id, "--yes")
    assert ran.code == 0 and "1 printed, fewer than 5 used, 1 torn up" in ran.err
    (page,) = (study.folder / "reports").glob("*closing-record*")
    assert "0 used + 1 torn up = 1 printed" in " ".join(text_of(page).split())


def test_how_many_have_answered_is_not_told_under_five(cli: Cli, wave: Wave) -> None:
    """As of the responses: four used tickets are told like none, the fifth is counted."""
    book = TicketBook(wave.folder / TICKETS_FILE, cost=16)
    codes = book.issue(6)
    told = [cli("tickets", wave.id).out]
    for code in codes[:4]:
        book.use(book.check(code))
        told.append(cli("tickets", wave.id).out)
    assert set(told) == {"Tickets: 6 printed, fewer than 5 used, 0 torn up.\n"}
    assert json.loads(cli("tickets", wave.id, "--json").out)["used"] is None
    assert "fewer than 5 used" in cli("wave", "close", wave.id).err
    book.use(book.check(codes[4]))
    assert "6 printed, 5 used, 0 torn up.\n1 is neither" in cli("tickets", wave.id).out


def test_a_session_has_its_own_cards(cli: Cli, study: Study, wave: Wave) -> None:
    """How many must be said; the survey itself still needs no ticket."""
    assert cli("tickets", wave.id, "--session", "team-1").code == 2
    assert cli("tickets", wave.id, "--session", "team-1", "-n", "1").code == 0
    assert (study.folder / "reports" / "2026-zero-team-1-tickets.pdf").is_file()
    assert not ticket_book(wave).exists()


def test_what_comes_next_counts_the_cards_of_the_session(cli: Cli, wave: Wave) -> None:
    """The command that is told tears up those of the session, not those of the survey."""
    told = cli("tickets", wave.id, "--session", "team-1", "-n", "1").err
    (command,) = re.findall(r"'imfsurvey (tickets [^']*) NUMBER'", told)
    ran = cli(*command.split(), "1")
    assert (ran.code, "1 printed, 0 used, 1 torn up" in ran.out) == (0, True)
    assert not ticket_book(wave).exists()


def test_no_tickets_where_nobody_is_asked_for_one(cli: Cli, study: Study) -> None:
    """A self-assessment alone: neither cards nor a book of none."""
    draft = study.new_wave("annual", 2027, questionnaires=["assessment.yaml"])
    wave = open_wave(study, draft, OPENED)
    for more in ((), ("-n", "3")):
        ran = cli("tickets", wave.id, *more)
        assert (ran.code, "IMF-F173" in ran.err) == (3, True)
    assert not ticket_book(wave).exists()
    assert not (study.folder / "reports").exists()


def test_letters(cli: Cli, study: Study, wave: Wave) -> None:
    """A page a language and letter: who asks, k, who can unseal, how long, address and code."""
    prepared(wave)
    ran = cli("invite", wave.id, "-n", "2", "--address", "https://192.0.2.7:8443/")
    assert ran.code == 0 and not CODE.search(ran.err.replace("2026-zero", ""))
    path = study.folder / "reports" / "2026-zero-invitations.pdf"
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert len(pages) == 4
    found = [re.findall(r"[0-9A-Z]{5} [0-9A-Z]{6}", page) for page in pages]
    assert found[0] == found[1] != found[2] == found[3]
    ticket_book(wave).check(found[0][0])
    for page, few in zip(
        pages, ("moins de 5 réponses", "minder dan 5 antwoorden") * 2, strict=True
    ):
        said = " ".join(page.split())
        for words in ("Zone d'essai", "https://192.0.2.7:8443/", "Dpo", "Officer", "2027", few):
            assert words in said
    assert "Proefbevraging" in pages[1] and "Enquête d'essai" in pages[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_list_for_a_mail_merge(cli: Cli, study: Study, wave: Wave) -> None:
    """Semicolons, marked as UTF-8, codes that no spreadsheet takes for numbers, and no name."""
    prepared(wave)
    ran = cli("invite", wave.id, "-n", "3", "--format", "csv", "--address", "https://x.example/")
    assert ran.code == 0
    raw = (study.folder / "reports" / "2026-zero-invitations.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 3
    for row in rows:
        assert row.keys() == {"code", "address", "link"}
        assert CODE.fullmatch(row["code"]) and row["code"][5] == "-"
        assert row["link"] == f"https://x.example/#{row['code'].replace('-', '')}"
        ticket_book(wave).check(row["code"])


def test_letters_need_an_address(cli: Cli, wave: Wave) -> None:
    """Said before a ticket is made."""
    ran = cli("invite", wave.id)
    assert ran.code == 2 and "IMF-F171" in ran.err
    assert not ticket_book(wave).exists()


def test_guessing_in_lines_gets_slower(
    cli: Cli, wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the third code that nobody has, a second is waited for, then two; it is said."""
    waited: list[float] = []
    monkeypatch.setattr("imfsurvey.faces.plain.ticket.time.sleep", waited.append)
    (code,) = prepared(wave).issue(1)
    guessed = "".join(f"{drawn()}\n" for _ in range(4))
    ran = cli("answer", wave.id, "survey", "--plain", typed=f"\n{guessed}{code}\n/q\n")
    assert waited == [1, 2]
    assert "Wait for 1 second." in ran.out and "Wait for 2 seconds." in ran.out
    assert "canal de signalement" in ran.out


def test_leaving_in_lines_destroys_what_lay_aside(cli: Cli, wave: Wave) -> None:
    """Put aside after a yes alone; gone after another one, and the ticket is still good."""
    book = prepared(wave)
    (code,) = book.issue(1)
    nothing, kept = "Nothing of your answers is stored.", "What you put aside is kept."
    for typed, told, drafts in (
        ("p\nno\nq\nyes\n", nothing, 0),
        ("p\nyes\n", kept, 1),
        ("q\nyes\n", nothing, 0),
    ):
        ran = cli("answer", wave.id, "survey", "--plain", typed=f"\n{code}\n{typed}")
        assert (ran.code, drafts_in(wave)) == (0, drafts), ran.out
        assert told in ran.out and (nothing in ran.out) != (kept in ran.out)
    assert book.counts().used == 0


def test_plain_mode_asks_for_the_ticket(cli: Cli, wave: Wave) -> None:
    """Mistyped, then right in small letters; without one nobody comes to the questions."""
    book = prepared(wave)
    (code,) = book.issue(1)
    ran = cli("answer", wave.id, "survey", "--plain", typed=f"\n12345678901\n{code.lower()}\n/q\n")
    assert "typing mistake" in ran.out and "canal de signalement" in ran.out
    ran = cli("answer", wave.id, "survey", "--plain", typed="\nq\n")
    assert ran.code == 0 and "canal de signalement" not in ran.out
    assert book.counts().used == 0
