"""Row 2: a facilitator takes the disk of the laptop home, and reads it block by block."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from canaries import EACH, PEOPLE, Person, Survey, forms_of, put_into
from disks import Disk, disk
from keyholders import records_in
from records import decode
from tinydb import TinyDB
from zone import CLOSED, OPENED, make_zone

from imfsurvey.interview.comments import decode_comment
from imfsurvey.study.boxes import answers_box, comments_box, ticket_book
from imfsurvey.study.drafts import drafts_in
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.tickets import TicketBook
from imfsurvey.study.wave import Wave


def collecting(folder: Path, survey: Survey) -> Wave:
    """A study on that disk whose open wave has the survey."""
    study = make_zone(folder / "zone")
    put_into(study.folder / "questionnaires", survey)
    draft = study.new_wave("zero", 2026, questionnaires=["canaries.yaml"])
    return open_wave(study, draft, OPENED)


def answer(place: Disk, wave: Wave, survey: Survey, person: Person) -> None:
    """One person answers the real program, from the first page to the end."""
    typed(place, wave, *survey.typed(person))


def typed(place: Disk, wave: Wave, *lines: str) -> None:
    """Somebody types into the real program, whose temporary files lie on that disk too."""
    home = str(place.folder)
    done = subprocess.run(
        [sys.executable, "-m", "imfsurvey", "answer", wave.id, "canaries", "--plain"],
        cwd=wave.folder,
        env={**os.environ, "HOME": home, "TMPDIR": home, "LC_ALL": "fr_BE.UTF-8"},
        input="".join(f"{line}\n" for line in lines),
        encoding="utf-8",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def opened(wave: Wave) -> set[str]:
    """Every word that a key holder reads in the boxes."""
    (survey,) = wave.questionnaires.values()
    apart = comments_box(wave, survey)
    assert apart is not None
    told: set[str] = set()
    for record in records_in(answers_box(wave, survey)):
        said = decode(record, survey, wave.groups)
        told |= {said["one"], *said["several"]}
    for record in records_in(apart):
        told.update(decode_comment(record, survey).text.split())
    return told


def found(raw: bytes, words: list[str]) -> list[str]:
    """The words that stand there in some form."""
    return [word for word in words if any(form in raw for form in forms_of(word))]


@pytest.mark.system
def test_no_answer_is_left_on_the_disk(tmp_path: Path) -> None:
    """Row 2: a hundred canaries through the program, from the first page to the closing of the
    wave; the raw disk holds none of them, but the key holder reads them all."""
    survey = Survey()
    assert len(set(survey.canaries)) == PEOPLE * EACH == 100
    with disk(tmp_path / "laptop") as laptop:
        wave = collecting(laptop.folder, survey)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda person: answer(laptop, wave, survey, person), survey.people))
        assert opened(wave) >= set(survey.canaries)
        close_wave(Study(wave.folder.parents[1]), wave, CLOSED)
        # The questionnaire names all its codes, chosen or not; nothing else may name one.
        asked = (wave.folder / "canaries.yaml").read_bytes()
        raw = laptop.take_out()
    assert asked in raw
    assert found(raw.replace(asked, b""), survey.canaries) == []


@pytest.mark.system
def test_nothing_put_aside_is_left_on_the_disk(tmp_path: Path) -> None:
    """Row 2: three people put twenty canaries aside each, one goes on and sends, two never do;
    the raw disk of an open wave with drafts holds none of them, nor does that of the closed one."""
    survey = Survey()
    first, *others = people = survey.people[:3]
    with disk(tmp_path / "laptop") as laptop:
        wave = collecting(laptop.folder, survey)
        codes = TicketBook(ticket_book(wave).path, cost=16).issue(len(people))

        def put_aside(person: Person, code: str) -> None:
            *said, _send = survey.typed(person)
            typed(laptop, wave, code, *said, "p", "oui")

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(put_aside, people, codes))
        assert drafts_in(wave) == len(people)
        asked = (wave.folder / "canaries.yaml").read_bytes()
        raw = laptop.take_out()
        assert found(raw.replace(asked, b""), survey.canaries) == []
        laptop.put_in()
        typed(laptop, wave, codes[0], "/f", "f")
        assert drafts_in(wave) == len(others)
        assert opened(wave) >= {*first.codes, *first.words}
        close_wave(Study(wave.folder.parents[1]), wave, CLOSED)
        assert drafts_in(wave) == 0
        raw = laptop.take_out()
    assert found(raw.replace(asked, b""), survey.canaries) == []


@pytest.mark.system
def test_stock_tinydb_leaves_all_of_them(tmp_path: Path) -> None:
    """The control: the same answers through TinyDB as it comes are all found on such a disk, and
    still are when its file was deleted."""
    survey = Survey()
    with disk(tmp_path / "laptop") as laptop:
        path = laptop.folder / "responses.json"
        with TinyDB(path) as database:
            for person in survey.people:
                database.insert({"codes": person.codes, "words": person.words})
        assert found(laptop.take_out(), survey.canaries) == survey.canaries
        laptop.put_in()
        path.unlink()
        if laptop.whole:
            assert found(laptop.take_out(), survey.canaries) == survey.canaries


def test_the_forms_of_a_word_are_looked_for() -> None:
    """The search finds a word wherever it begins in what was coded."""

    word = "zabcdefghijklmno"
    for before in ("", "a", "ab", "abc", "abcd"):
        text = f"{before}{word} and more".encode()
        for coded in (text, text.hex().encode(), base64.b64encode(text)):
            assert found(coded, [word]) == [word], (before, coded)
    assert found("é zabcdefghijklmno".encode("utf-16"), [word]) == [word]
    assert found(b"zabcdefghijklmn", [word]) == []
