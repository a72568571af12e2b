"""What stands on recovery sheets, closing records and ticket cards."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from printed import (
    CARDS,
    HOSTILE,
    LETTERS,
    RECORD,
    SHEET,
    UNTRUE,
    WORDS,
    assert_inside,
    letters,
    opened,
    words,
)

from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.report.pdf import (
    BoxLine,
    SetHash,
    TicketCards,
    TicketCounts,
    closing_record_page,
    invitation_letters,
    recovery_sheet,
    ticket_cards,
)

ENGLISH = translator("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recovery_sheet_is_one_page_with_the_key_in_fours(language: str) -> None:
    """74 characters are 18 groups of four and one of two, on five numbered lines."""
    made = recovery_sheet(SHEET, translator(language))
    assert len(opened(made).pages) == 1
    text = words(made)
    rows = [
        "1 AGE- SECR ET-K EY-1",
        "2 GFPY YSJZ GFPY YSJZ",
        "3 GFPY YSJZ GFPY YSJZ",
        "4 GFPY YSJZ GFPY YSJZ",
        "5 GFPQ 4EGA EX",
    ]
    assert "".join(row[2:] for row in rows).replace(" ", "") == SHEET.secret_key
    assert " ".join(rows) in text
    assert letters(SHEET.public_key) in letters(text)
    for part in (SHEET.entity, SHEET.holder, SHEET.role, "imfsurvey keys restore", "2026"):
        assert part in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recovery_sheet_is_one_page_whatever_the_names(language: str) -> None:
    """120 of the widest letter in each of four names: the text grows smaller, the key does not."""
    wide = "W" * 150
    sheet = replace(SHEET, entity=wide, holder=wide, role=wide, study=wide)
    made = recovery_sheet(sheet, translator(language))
    assert len(opened(made).pages) == 1
    assert letters(words(made)).count("W" * 119 + "…") == 4


def test_a_recovery_sheet_does_not_give_its_key_to_a_log() -> None:
    """Neither shown as an object nor in an error that names it."""
    assert SHEET.secret_key not in f"{SHEET!r} {SHEET!s}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closing_record_says_counts_and_hashes(language: str) -> None:
    """Exactly, even under five; the hash in words and in fours."""
    made = closing_record_page(RECORD, translator(language))
    text = words(made)
    assert len(opened(made).pages) == 1
    assert "Perception 27 0 –" in text
    assert "Session 4 1 3" in text
    assert "✓" in text and "✗" not in text
    assert " ".join(WORDS) in text and " ".join(WORDS[::-1]) in text
    assert "0123 4567 89ab cdef " * 4 in text + " "
    for part in (RECORD.entity, "Mesure zéro (2026-zero)", "Vlasmarkt", "laptop B"):
        assert part in text


def test_a_closing_record_names_what_does_not_add_up() -> None:
    """30 + 8 = 38 of 40 tickets, and 27 + 4 = 31 responses on 30 used tickets."""
    text = words(closing_record_page(UNTRUE, ENGLISH))
    assert "30 used + 8 torn up = 38, but 40 were printed. Neither used nor torn up: 2." in text
    assert "More responses (31) than used tickets (30)." in text


def test_a_closing_record_that_adds_up_says_so() -> None:
    """32 + 8 = 40 tickets; 27 + 4 = 31 responses on 32 used tickets, so that one is spoiled."""
    text = words(closing_record_page(RECORD, ENGLISH))
    assert "32 used + 8 torn up = 40 printed." in text
    assert "Not more responses (31) than used tickets (32)." in text


def test_a_closing_record_names_tickets_too_many() -> None:
    """32 + 8 = 40 of 38 tickets."""
    assert RECORD.tickets is not None
    record = replace(RECORD, tickets=replace(RECORD.tickets, printed=38))
    text = words(closing_record_page(record, ENGLISH))
    assert "= 40, but only 38 were printed. Too many: 2." in text


def test_responses_from_files_needed_no_ticket() -> None:
    """31 responses, 4 of them from a file, on 27 used tickets: 27 are not more than 27."""
    tickets = TicketCounts(printed=30, used=27, torn_up=3, spoiled=0, put_aside="Put aside: few.")
    record = replace(RECORD, imported=4, tickets=tickets, merged=("laptop A: 7 records",))
    text = words(closing_record_page(record, ENGLISH))
    assert "From files 4 responses" in text
    assert "Not more responses (27) than used tickets (27)." in text
    assert "Taken in from laptop A: 7 records" in text
    assert "no response followed. Put aside: few." in text
    short = replace(record, imported=3)
    assert "More responses (28) than used tickets (27)." in words(
        closing_record_page(short, ENGLISH)
    )
    without = words(closing_record_page(RECORD, ENGLISH))
    assert "From files" not in without and "Taken in from" not in without


def test_every_box_has_its_own_fingerprints() -> None:
    """Answers and comments of one questionnaire are different boxes."""
    text = words(closing_record_page(RECORD, ENGLISH))
    behind = text[text.index("Session: responses") :]
    assert " ".join(WORDS[::-1]) in behind[: behind.index("Session: comments")]
    comments = behind[behind.index("Session: comments") :]
    assert "0011 2233 4455 6677" in comments and "fedc ba98" not in comments


@pytest.mark.parametrize(
    ("holders", "together", "said"),
    [
        (("An Peeters",), False, "They can be unsealed by An Peeters alone."),
        (
            ("An Peeters", "Jan Claes"),
            True,
            "They can only be unsealed by An Peeters and Jan Claes together.",
        ),
        (
            ("An Peeters", "Jan Claes"),
            False,
            "They can be unsealed by An Peeters and Jan Claes, each alone.",
        ),
    ],
)
def test_a_letter_says_who_can_read(holders: tuple[str, ...], together: bool, said: str) -> None:
    """One, only all together, or each: whoever is asked to be honest must know."""
    letter = replace(LETTERS, titles={"en": "Survey"}, holders=holders, together=together, k=7)
    text = words(invitation_letters(letter, ENGLISH))
    assert said in text
    assert "No figure is shown that rests on fewer than 7 answers." in text
    assert "The answers are kept until 25 November 2026 and destroyed afterwards." in text
    later = words(invitation_letters(replace(letter, keep_until=None), ENGLISH))
    assert "are kept until" not in later


def test_a_closing_record_without_tickets_says_what_is_missing() -> None:
    """No table of tickets, but the sentence that somebody may have answered twice."""
    text = words(closing_record_page(replace(RECORD, tickets=None), ENGLISH))
    assert "Tickets printed" not in text
    assert "answering twice" in text


def test_a_long_closing_record_asks_for_initials_on_all_pages_but_the_last() -> None:
    """The signatures at the end vouch for the pages before only with initials on them."""
    boxes = tuple(BoxLine(f"Survey {n}", n, 0, SetHash(WORDS, "ab" * 32)) for n in range(30))
    pages = opened(closing_record_page(replace(RECORD, boxes=boxes), ENGLISH)).pages
    asked = ["Initials:" in page.extract_text() for page in pages]
    assert len(pages) > 1
    assert asked == [True] * (len(pages) - 1) + [False]


def test_a_card_has_its_code_in_two_groups_and_nothing_that_counts() -> None:
    """Codes in the order given, ten a page; no other figure stands on the sheet."""
    codes = tuple("ABCDEFGHJK" + letter for letter in "ABCDEFGHJKMN")
    made = ticket_cards(TicketCards(codes, CARDS.titles), ENGLISH)
    pages = [page.extract_text() for page in opened(made).pages]
    found = [re.findall(r"ABCDE FGHJK[A-Z]", page) for page in pages]
    assert [len(codes) for codes in found] == [10, 2]
    assert [code.replace(" ", "") for page in found for code in page] == list(codes)
    assert not re.search(r"\d", "".join(pages))


@pytest.mark.parametrize("languages", [("fr",), ("fr", "nl"), ("fr", "nl", "de", "en")])
def test_a_card_speaks_all_languages_of_the_study(languages: tuple[str, ...]) -> None:
    """Each with its title and promise, on every card."""
    titles = {language: f"Titre {language}" for language in languages}
    text = words(ticket_cards(TicketCards(CARDS.codes, titles), ENGLISH))
    promise = "Good for one response. It is in no list beside a name."
    for language in languages:
        assert text.count(f"Titre {language}") == len(CARDS.codes)
        assert letters(text).count(letters(translator(language)(promise))) == len(CARDS.codes)


def test_a_code_that_was_grouped_is_grouped_anew() -> None:
    """Dashes and spaces belong to writing, not to the code."""
    cards = replace(CARDS, codes=("7K3QF-9XW2MB", "7K3 QF9 XW2MB"))
    assert words(ticket_cards(cards, ENGLISH)).count("7K3QF 9XW2MB") == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_printed_as_written_and_stay_on_the_page(text: str) -> None:
    """No markup is run; what is too long is cut or broken, what has no letter is shown as such."""
    name = text[:80]
    sheet = replace(SHEET, entity=text, holder=text, role=text)
    boxes = tuple(replace(box, questionnaire=text) for box in RECORD.boxes)
    record = replace(RECORD, entity=text, wave_label=text, session=text, place=text, boxes=boxes)
    cards = TicketCards(CARDS.codes, dict.fromkeys(LANGUAGES, text), address=f"https://x/{text}#")
    letter = replace(
        LETTERS,
        codes=CARDS.codes[:1],
        titles=dict.fromkeys(LANGUAGES, text),
        entity=text,
        officer=text,
        address=f"https://x/{text}#",
        holders=(text, text),
    )
    made = [
        recovery_sheet(sheet, ENGLISH),
        closing_record_page(record, ENGLISH),
        ticket_cards(cards, ENGLISH),
        invitation_letters(letter, ENGLISH),
    ]
    assert len(opened(made[0]).pages) == 1
    assert len(opened(made[2]).pages) == 1
    assert len(opened(made[3]).pages) == len(LANGUAGES)
    for pdf in made:
        assert_inside(pdf)
        if text.isascii() or "Ω" in text:
            assert letters(name) in letters(words(pdf))
        else:
            assert "\ufffd" in words(pdf)
    for code in CARDS.codes:
        assert letters(code) in letters(words(made[2]))


@pytest.mark.system
@pytest.mark.parametrize("address", [None, "https://192.0.2.7:8443/#"])
def test_codes_are_read_back_from_paper(address: str | None, tmp_path: Path) -> None:
    """At 150 dpi zbar reads every ticket, with the address where there is one, and the key."""
    cards = replace(CARDS, address=address)
    expected = [
        (address or "") + code.replace("*", "%2A" if address else "*") for code in cards.codes
    ]
    assert sorted(scanned(ticket_cards(cards, ENGLISH), tmp_path)) == sorted(expected)
    assert scanned(recovery_sheet(SHEET, ENGLISH), tmp_path) == [SHEET.secret_key]


@pytest.mark.system
@pytest.mark.parametrize("text", HOSTILE)
def test_no_ink_lies_in_the_margins(text: str, tmp_path: Path) -> None:
    """Seen on the printed page, not told by the file: the outer 8 mm are white."""
    sheet = replace(SHEET, entity=text, holder=text, role=text)
    boxes = tuple(replace(box, questionnaire=text) for box in RECORD.boxes)
    record = replace(RECORD, entity=text, wave_label=text, boxes=boxes)
    cards = TicketCards(CARDS.codes, dict.fromkeys(LANGUAGES, text), address=f"https://x/{text}#")
    documents = [
        recovery_sheet(sheet, ENGLISH),
        closing_record_page(record, ENGLISH),
        ticket_cards(cards, ENGLISH),
    ]
    for pdf in documents:
        (tmp_path / "page.pdf").write_bytes(pdf)
        assert margin_is_white(tmp_path / "page.pdf", tmp_path)


def margin_is_white(pdf: Path, folder: Path) -> bool:
    """Whether the outer 8 mm of every page, drawn by poppler, hold nothing but paper."""
    subprocess.run(["pdftoppm", "-r", "60", "-gray", pdf, folder / "drawn"], check=True)
    drawn = sorted(folder.glob("drawn-*.pgm"))
    assert drawn
    for page in drawn:
        _kind, size, _depth, pixels = page.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        edge = round(8 / 25.4 * 60)
        rows = [pixels[y * width : (y + 1) * width] for y in range(height)]
        outer = rows[:edge] + rows[-edge:] + [row[:edge] + row[-edge:] for row in rows]
        page.unlink()
        if set(b"".join(outer)) != {255}:
            return False
    return True


def scanned(pdf: bytes, folder: Path) -> list[str]:
    """The QR codes of all pages, as zbar reads them from pictures."""
    (folder / "scan.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", folder / "scan.pdf", folder / "scan"], check=True
    )
    pictures = sorted(folder.glob("scan-*.png"))
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", *pictures],
        capture_output=True,
        text=True,
        check=True,
    )
    for picture in pictures:
        picture.unlink()
    return read.stdout.splitlines()
