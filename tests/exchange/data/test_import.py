"""Responses from tables: what is understood, what is refused, and that it is all or nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from collected import make_collected, make_study, unsealed
from commandline import Ran, in_process
from keyholders import SECRETS, close_and_unseal, records_in
from zone import CLOSED

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.interview.comments import decode_comment
from imfsurvey.store.batches import Batches
from imfsurvey.study.boxes import boxes_of, count_responses, ticket_book
from imfsurvey.study.closing import closing_record, differences
from imfsurvey.study.folder import Study
from imfsurvey.study.importing import IMPORTS, finish_import
from imfsurvey.study.issuing import issue_tickets
from imfsurvey.study.life import close_wave
from imfsurvey.study.unsealing import microdata_of
from imfsurvey.study.wave import Wave

HEAD = "category;leads;years;example_given;looks_away;safe;seen;what.gifts;what.respect;told.chief"
GOOD = """\
ops;Ja;7;D’accord;2;4;oui;1;;1
2;2;5;eens;;Weet het niet;no;;;
CALog;~refused;;5,0;-8;dk;Weet het niet;Not asked;-5;not_shown
"""
"""Codes, values, labels in several languages, statuses in every spelling; written by hand."""
UNDERSTOOD = {
    "category": ("ops", "08", "08"),
    "leads": ("yes", "no", "~refused"),
    "years": (5, 5, "~blank"),
    "example_given": (4, 4, 5),
    "looks_away": (2, "~blank", "~dk"),
    "safe": (4, "~dk", "~dk"),
    "seen": ("yes", "no", "~dk"),
    "what.gifts": (1, "~not_shown", "~not_shown"),
    "what.respect": (0, "~not_shown", "~not_shown"),
    "told.chief": (1, "~not_shown", "~not_shown"),
}


@pytest.fixture
def opened(tmp_path: Path) -> tuple[Study, Wave]:
    """An open wave with a survey for 52 people."""
    return make_study(tmp_path / "zone", "anonymous.yaml")


def run(study: Study, file: Path, *words: str, lang: str = "en") -> Ran:
    """`imfsurvey import 2026-zero FILE … --yes`."""
    command = ("--study", study.folder, "import", "2026-zero", file, *words)
    return in_process(*command, "--yes", lang=lang)


def put(folder: Path, text: str, name: str = "in.csv") -> Path:
    """A file to be imported."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def stored(wave: Wave) -> int:
    """Responses in the box."""
    return count_responses(wave, wave.questionnaire("anonymous"))


def sorted_answers(wave: Wave) -> list[tuple[object, ...]]:
    """What a key holder finds, as rows in an order of their own."""
    survey, seal = wave.questionnaire("anonymous"), wave.seal
    batches = Batches([SECRETS["dpo"]], seal.opening, seal.public_keys)
    found = microdata_of(wave, survey, batches)
    return sorted(zip(*(found.answers(name) for name in UNDERSTOOD), strict=True), key=str)


class TestUnderstood:
    def test_values_codes_and_labels(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """In any language, with statuses and numbers as people write them."""
        study, wave = opened
        ran = run(study, put(tmp_path, f"{HEAD}\n{GOOD}"), "--json")
        assert (ran.code, ran.err.splitlines()) == (0, ["3 of 3 rows"])
        assert json.loads(ran.out)["imported"] == 3
        assert sorted_answers(wave) == sorted(zip(*UNDERSTOOD.values(), strict=True), key=str)

    @pytest.mark.parametrize("kind", ["comma", "tab", "bom", "xlsx"])
    def test_every_kind_of_table(
        self, opened: tuple[Study, Wave], tmp_path: Path, kind: str
    ) -> None:
        """Told by content: other separators, the mark of UTF-8, a workbook with one sheet."""
        study, wave = opened
        rows = list(csv.reader(io.StringIO(f"{HEAD}\n{GOOD}"), delimiter=";"))
        path = tmp_path / "table.dat"
        if kind == "xlsx":
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append([int(one) if one.isdigit() else one for one in row])
            book.save(path)
        else:
            mark = "utf-8-sig" if kind == "bom" else "utf-8"
            with path.open("w", encoding=mark, newline="") as file:
                csv.writer(file, delimiter="\t" if kind == "tab" else ",").writerows(rows)
        assert run(study, path).code == 0
        assert sorted_answers(wave) == sorted(zip(*UNDERSTOOD.values(), strict=True), key=str)

    def test_texts_go_into_their_own_box(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """A guarded text loses its mark; nothing ties a text to the answers."""
        study, wave = opened
        text = "example_given,seen,wish,safe,safe.comment\n4,no,'=1+1,4,Oui\n3,no,,2,\n"
        assert run(study, put(tmp_path, text)).code == 0
        survey = wave.questionnaire("anonymous")
        answers, comments = boxes_of(wave, survey)
        found = {decode_comment(record, survey) for record in records_in(comments)}
        assert {(one.item, one.field, one.text) for one in found} == {
            ("wish", "text", "=1+1"),
            ("safe", "comment", "Oui"),
        }
        assert len(records_in(answers)) == 2

    def test_a_ranking(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """Ranks in words or figures."""
        study, wave = opened
        text = "example_given;seen;trusted.ombuds;trusted.chief\n4;no;Rank 1;2\n"
        assert run(study, put(tmp_path, text)).code == 0
        seal = wave.seal
        batches = Batches([SECRETS["officer"]], seal.opening, seal.public_keys)
        found = microdata_of(wave, wave.questionnaire("anonymous"), batches)
        assert [found.answers(f"trusted.{one}") for one in ("chief", "control", "ombuds")] == [
            *((2,), (0,), (1,))
        ]


class TestRefused:
    @pytest.mark.parametrize(
        ("head", "row", "code", "column"),
        [
            ("example_given;seen", "6;no", "IMF-E195", 1),
            ("example_given;seen", "4;peut-être", "IMF-E195", 2),
            ("example_given;seen;what.gifts", "4;no;1", "IMF-E199", 3),
            ("example_given;seen;what.gifts", "4;yes;-5", "IMF-E199", 3),
            ("seen;example_given", "no;", "IMF-I110", 2),
            ("example_given;seen;what.none;what.gifts", "4;yes;1;1", "IMF-I101", 3),
            ("example_given;seen;what.none;what.gifts", "4;yes;1;dk", "IMF-E197", 3),
            ("example_given;seen;trusted.chief;trusted.control", "4;no;1;1", "IMF-E198", 3),
            ("example_given;seen;years", "4;no;51", "IMF-I107", 3),
            ("example_given;seen;looks_away", "4;no;na", "IMF-I101", 3),
            ("example_given;seen;looks_away", "4;no;NA", "IMF-E196", 3),
            ("example_given;seen;looks_away", "4;no;0_2", "IMF-E195", 3),
            ("example_given;seen;wish", '4;no;"no end', "IMF-E190", 1),
            ("example_given;seen;most_useful", "4;no;chief", "IMF-E199", 3),
            ("example_given;seen;wish", f"4;no;{'x' * 401}", "IMF-I103", 3),
            (
                "example_given;seen;what.gifts;told.chief;told.ombuds;most_useful",
                "4;yes;1;1;1;control",
                "IMF-E199",
                6,
            ),
        ],
    )
    def test_what_the_interview_would_not_take(
        self,
        opened: tuple[Study, Wave],
        tmp_path: Path,
        head: str,
        row: str,
        code: str,
        column: int,
    ) -> None:
        """Named with row and column, never with the value; nothing is imported."""
        study, wave = opened
        path = put(tmp_path, f"{head}\n{row}\n")
        ran = run(study, path)
        assert ran.code == 1
        assert f"{path}:2:{column}: error {code}" in ran.err
        assert "peut-être" not in ran.err and "xxxx" not in ran.err
        assert stored(wave) == 0

    def test_no_row_is_swallowed(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """A quotation mark that is not closed would make one text of all that follows."""
        study, wave = opened
        path = put(tmp_path, 'example_given;seen;wish\n4;no;\n5;no;"no end\n3;no;\n')
        ran = run(study, path)
        assert ran.code == 1 and f"{path}:3:1: error IMF-E190" in ran.err
        assert stored(wave) == 0

    def test_all_problems_at_once(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """Of all rows; one bad row keeps out the good ones."""
        study, wave = opened
        path = put(tmp_path, "example_given;seen\n4;no\n9;no\n5;yes\n;maybe\n")
        ran = run(study, path)
        assert [line.split(":")[1:3] for line in ran.err.splitlines() if "IMF-" in line] == [
            *(["3", "1"], ["5", "2"])
        ]
        assert (ran.code, stored(wave)) == (1, 0)

    @pytest.mark.parametrize(
        ("text", "code", "words"),
        [
            ("exampel_given;seen\n4;no\n", "IMF-E194", "'example_given' meant"),
            ("nonsense_altogether;seen\n4;no\n", "IMF-E194", "codebook"),
            ("seen;seen\nno;no\n", "IMF-E194", "earlier column"),
            ("example_given;seen\n4;no;7\n", "IMF-E194", "without a name"),
            ("", "IMF-E191", "is empty"),
            ("example_given;seen\n\n", "IMF-E191", "no responses"),
        ],
    )
    def test_names_of_variables(
        self, opened: tuple[Study, Wave], tmp_path: Path, text: str, code: str, words: str
    ) -> None:
        """What is no variable of the questionnaire is told before any row."""
        ran = run(opened[0], put(tmp_path, text))
        assert ran.code == 1 and code in ran.err and words in ran.err

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"seen;example_given\nno;\xe9\n", "IMF-E190"),
            (b"PK\x03\x04 no zip", "IMF-E190"),
            (b'seen\n"no' + b"x" * 140_000, "IMF-E190"),
        ],
    )
    def test_no_table(
        self, opened: tuple[Study, Wave], tmp_path: Path, data: bytes, code: str
    ) -> None:
        """Other encodings, broken workbooks, cells without end."""
        path = tmp_path / "in.csv"
        path.write_bytes(data)
        ran = run(opened[0], path)
        assert ran.code == 1 and code in ran.err

    def test_a_workbook_of_many_sheets(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """None of them is called as an export calls it."""
        book = openpyxl.Workbook()
        book.create_sheet("two")
        book.save(tmp_path / "in.xlsx")
        ran = run(opened[0], tmp_path / "in.xlsx")
        assert ran.code == 1 and "IMF-E192" in ran.err

    def test_a_formula_that_failed(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """#N/A in a workbook is no answer left blank."""
        book = openpyxl.Workbook()
        for row in (["example_given", "seen", "looks_away"], [4, "no", "#N/A"]):
            book.active.append(row)
        book.save(tmp_path / "in.xlsx")
        ran = run(opened[0], tmp_path / "in.xlsx")
        assert ran.code == 1 and "in.xlsx:2:3: error IMF-E195" in ran.err

    def test_too_many_columns(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """More than a questionnaire could have."""
        ran = run(opened[0], put(tmp_path, ";".join("x" for _ in range(401)) + "\n"))
        assert ran.code == 1 and "IMF-E193" in ran.err

    def test_an_ambiguous_label(self, tmp_path: Path) -> None:
        """A label that two choices have: which of them is meant cannot be told."""
        study, wave = make_study(tmp_path / "zone", "anonymous.yaml")
        path = wave.folder / "wave.yaml"
        path.write_text(path.read_text("utf-8").replace("Opérationnel", "CALog"), "utf-8")
        ran = run(study, put(tmp_path, "category;example_given;seen\nCALog;4;no\n"))
        assert ran.code == 1 and "IMF-E196" in ran.err

    def test_paper_may_have_gaps(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """--allow-blank accepts that something required is missing, and nothing else."""
        study, wave = opened
        path = put(tmp_path, "example_given;seen\n;no\n")
        assert run(study, path).code == 1
        assert run(study, path, "--allow-blank").code == 0
        assert stored(wave) == 1

    def test_looking_only(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """--check imports nothing."""
        study, wave = opened
        ran = run(study, put(tmp_path, f"{HEAD}\n{GOOD}"), "--check")
        assert ran.code == 0 and "3 responses are fit" in ran.out
        assert stored(wave) == 0

    def test_not_into_another_kind_or_state(self, tmp_path: Path) -> None:
        """A named questionnaire; none named where two could be meant; a closed wave."""
        study, wave = make_study(tmp_path / "zone", "anonymous.yaml", "kinds.yaml")
        path = put(tmp_path, "seen\nno\n")
        assert "IMF-F186" in run(study, path, "kinds").err
        close_wave(study, wave, CLOSED)
        ran = run(study, path)
        assert ran.code == 3 and "IMF-T101" in ran.err
        study, _ = make_study(tmp_path / "other", "kinds.yaml")
        assert "IMF-F189" in run(study, path).err


class TestOnce:
    def test_the_same_again_is_noticed(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """Whatever file it comes in and in whatever order; --again takes it nevertheless."""
        study, wave = opened
        head, *rows = f"{HEAD}\n{GOOD}".splitlines()
        assert run(study, put(tmp_path, "\n".join([head, *rows]))).code == 0
        other = put(tmp_path, "\n".join([head, *reversed(rows)]).replace(";", "\t"), "other.tsv")
        ran = run(study, other)
        assert ran.code == 3 and "IMF-F450" in ran.err
        assert stored(wave) == 3
        assert run(study, other, "--again").code == 0
        assert stored(wave) == 6

    def test_not_more_than_people(self, opened: tuple[Study, Wave], tmp_path: Path) -> None:
        """A wave with more responses than people could not be closed."""
        study, wave = opened
        ran = run(study, put(tmp_path, "example_given;seen\n" + "4;no\n" * 53))
        assert ran.code == 3 and "IMF-F451" in ran.err
        assert stored(wave) == 0

    def test_the_closing_record_counts_them(
        self, opened: tuple[Study, Wave], tmp_path: Path
    ) -> None:
        """They need no ticket; the hashes of files are gone once the wave is closed."""
        study, wave = opened
        issue_tickets(wave, ticket_book(wave), 5)
        assert run(study, put(tmp_path, f"{HEAD}\n{GOOD}")).code == 0
        kept = wave.folder / IMPORTS / "imports.yaml"
        assert "digest" in kept.read_text()
        close_wave(study, wave, CLOSED)
        record = closing_record(study.wave(wave.id))
        assert record is not None and (record.imported, record.responses) == (3, 3)
        assert differences(study.wave(wave.id)) == []
        assert "digest" not in kept.read_text()

    def test_broken_off_it_is_finished_the_next_time(
        self, opened: tuple[Study, Wave], tmp_path: Path
    ) -> None:
        """A program that cannot write its box leaves a sealed batch, and that is taken in."""
        study, wave = opened
        path = put(tmp_path, f"{HEAD}\n{GOOD}")
        code = (
            "import resource, signal, sys;"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            "from imfsurvey.faces.cli import main;"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (24_000, 24_000));"
            "sys.exit(main(sys.argv[1:]))"
        )
        command = ["--study", str(study.folder), "import", "2026-zero", str(path), "--yes"]
        done = subprocess.run(
            [sys.executable, "-c", code, *command],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
        )
        pending = wave.folder / IMPORTS / "pending.json"
        assert done.returncode == 3 and "IMF-S101" in done.stderr, done.stderr
        assert pending.is_file() and stored(wave) < 3
        assert "ops" not in pending.read_text() and "yes" not in pending.read_text()
        assert "IMF-F450" in run(study, path).err  # finished first, then noticed
        assert stored(wave) == 3 and not pending.exists()

    def test_a_batch_is_finished_when_the_wave_closes(
        self, opened: tuple[Study, Wave], tmp_path: Path
    ) -> None:
        """And one that is damaged is told, with what to do."""
        study, wave = opened
        assert run(study, put(tmp_path, f"{HEAD}\n{GOOD}")).code == 0
        pending = wave.folder / IMPORTS / "pending.json"
        for content in ('{"batch": {}}', "[" * 100_000, '{"batch": 1, "entries": 2}'):
            pending.write_text(content)
            with pytest.raises(StorageError, match="IMF-F454"):
                finish_import(wave)
        pending.unlink()
        close_wave(study, wave, CLOSED)
        assert stored(study.wave(wave.id)) == 3


def test_out_and_in_and_out_again(tmp_path: Path) -> None:
    """Exported microdata, imported into a fresh wave, give the same microdata."""
    study, wave = make_collected(tmp_path / "first")
    words = ("anonymous", "--microdata", "--with-identifying", "--yes", "--format", "csv,xlsx")
    for place in ("first", "second"):
        command = ("--study", tmp_path / place, "export", "2026-zero", *words)
        if place == "second":
            study, wave = make_study(tmp_path / place, "anonymous.yaml")
            name = "2026-zero-anonymous-microdata-CONFIDENTIAL.fr.xlsx"
            assert run(study, tmp_path / "first" / "exports" / name).code == 0
            close_and_unseal(study, wave, CLOSED)
        assert in_process(*command, lang="fr").code == 0
    first, second = (
        (tmp_path / place / "exports" / "2026-zero-anonymous-microdata-CONFIDENTIAL.fr.raw.csv")
        for place in ("first", "second")
    )
    assert first.read_bytes() == second.read_bytes()
    assert unsealed(study.wave("2026-zero")).responses == 30


def test_a_wave_must_be_open(opened: tuple[Study, Wave]) -> None:
    """Nothing is finished in a wave that another program has closed."""
    study, wave = opened
    close_wave(study, wave, CLOSED)
    with pytest.raises(RefusedError, match="IMF-T101"), wave.held("open"):
        finish_import(wave)
