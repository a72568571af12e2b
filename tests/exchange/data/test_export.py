"""What goes out of a wave: figures for everybody, microdata for key holders, named answers."""

from __future__ import annotations

import csv
import json
import stat
import sys
from collections import Counter
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from collected import EVIDENCE, answer, make_study, rate_kinds, subject_of, unsealed
from commandline import Ran, in_process
from keyholders import close_and_unseal
from zone import CLOSED, IDENTITY, SAMPLES

from imfsurvey.exchange.data.identifying import left_out
from imfsurvey.exchange.data.tables import microdata_table, named_tables, sealed_answers
from imfsurvey.interview import Answer, Interview
from imfsurvey.interview.answers import Entry
from imfsurvey.study.assessment import Assessment, drop_readable, seal_assessment
from imfsurvey.study.boxes import Submission, submit
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.wave import Wave

Collected = tuple[Study, Wave]
MICRO = "2026-zero-anonymous-microdata-CONFIDENTIAL.nl"


def run(study: Study, *words: str | Path, lang: str = "nl") -> Ran:
    """`imfsurvey export 2026-zero …`."""
    return in_process("--study", study.folder, "export", "2026-zero", *words, lang=lang)


def rows_in(path: Path) -> list[dict[str, str]]:
    """A raw CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(cell: str) -> float | None:
    """A cell with a figure, or without."""
    return float(cell) if cell else None


def both(row: dict[str, str], name: str) -> list[float] | None:
    """The ends of an interval."""
    low, high = number(row[f"{name}_low"]), number(row[f"{name}_high"])
    return None if low is None or high is None else [low, high]


@pytest.fixture(scope="module")
def out(collected: Collected, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """What a key holder gets."""
    folder = tmp_path_factory.mktemp("micro")
    kinds = "csv,xlsx,json,codebook,ddi"
    ran = run(collected[0], "anonymous", "--microdata", "--yes", "--format", kinds, "--out", folder)
    assert ran.code == 0, ran.err
    return folder, ran


class TestFigures:
    def test_no_key_is_needed_and_nothing_else_goes_out(
        self, collected: Collected, tmp_path: Path
    ) -> None:
        """Of a survey the released figures, as `results --json` gives them."""
        study, wave = collected
        ran = run(study, "anonymous", "--format", "csv", "--out", tmp_path, "--json")
        assert ran.code == 0
        files = json.loads(ran.out)["files"]
        names = [Path(one["file"]).name for one in files]
        raw = "2026-zero-anonymous-figures.nl.raw.csv"
        assert names == ["2026-zero-anonymous-figures.nl.csv", raw]
        results = in_process("--study", study.folder, "results", wave.id, "--json")
        figures = json.loads(results.out)["perception"][0]
        rows = {row["id"]: row for row in rows_in(tmp_path / raw)}
        assert len(rows) == files[0]["rows"] == 1 + len(figures["themes"]) + len(figures["items"])
        for item in figures["items"]:
            row = rows[item["item"]]
            assert row["n"] == ("" if item["n"] is None else str(item["n"]))
            assert (float(row["mean"]) if row["mean"] else None) == item["mean"]
            counts = [int(row[f"count_{code}"] or 0) for code in range(1, 6)]
            assert item["counts"] is None or counts == item["counts"]
            assert both(row, "favourable") == item["favourable_interval"]
            assert both(row, "mean") == item["mean_interval"]
        for theme in figures["themes"]:
            row = rows[theme["theme"]]
            assert number(row["index"]) == theme["index"] and number(row["sd"]) == theme["index_sd"]
            assert both(row, "index") == theme["index_interval"]
        assert any(item["mean_interval"] for item in figures["items"])

    def test_what_is_hidden_stays_hidden(self, tmp_path: Path) -> None:
        """Of 6 people who all say the same, no number leaves."""
        study, wave = make_study(tmp_path / "zone", "anonymous.yaml")
        for _ in range(6):
            said = {"example_given": Answer("answered", 5), "seen": Answer("answered", "no")}
            submit(wave, wave.questionnaire("anonymous"), Submission(), said)
        close_and_unseal(study, wave, CLOSED)
        assert run(study, "--format", "csv", "--out", tmp_path / "out").code == 0
        found = rows_in(tmp_path / "out" / "2026-zero-anonymous-figures.nl.raw.csv")
        row = next(row for row in found if row["id"] == "example_given")
        assert (row["hidden"], row["leaning"]) == ("2", "1")
        assert not any(row[name] for name in ("n", "mean", "favourable", "count_5"))

    def test_each_survey_has_its_own(self, tmp_path: Path) -> None:
        """Two surveys of one wave, each in the file of its own name."""
        study, wave = make_study(tmp_path / "zone", "anonymous.yaml", second="second.yaml")
        for name, people in (("anonymous", 20), ("second", 21)):
            answer(wave, people, name=name)
        close_and_unseal(study, wave, CLOSED)
        assert run(study, "--format", "csv", "--out", tmp_path / "out").code == 0
        for name, ident in (("anonymous", "sample.anonymous"), ("second", "sample.second")):
            (path,) = (tmp_path / "out").glob(f"2026-zero-{name}-figures.nl.raw.csv")
            assert rows_in(path)[0]["id"] == ident
        assert len(list((tmp_path / "out").glob("*-figures.nl.raw.csv"))) == 2

    def test_an_open_wave_has_codebooks_only(self, tmp_path: Path) -> None:
        """Nothing of an open survey but what it asks."""
        study, wave = make_study(tmp_path / "zone", "anonymous.yaml")
        answer(wave, 6)
        ran = run(study, "--format", "csv,xlsx,json")
        assert ran.code == 3 and "IMF-F445" in ran.err
        ran = run(study, "--format", "codebook,ddi,csv", "--json")
        assert ran.code == 0
        assert {one["rows"] for one in json.loads(ran.out)["files"]} == {0}
        ran = run(study, "--microdata", "--yes")
        assert ran.code == 3 and "IMF-T104" in ran.err


class TestMicrodata:
    def test_the_same_frequencies_as_the_box(
        self, collected: Collected, out: tuple[Path, Ran]
    ) -> None:
        """Each value as often as its byte stands in the unsealed records."""
        found = rows_in(out[0] / f"{MICRO}.raw.csv")
        held = unsealed(collected[1])
        assert len(found) == held.responses == 30
        for code, count in zip(range(1, 6), held.counts("example_given"), strict=True):
            assert Counter(row["example_given"] for row in found)[str(code)] == count
        assert Counter(row["category"] for row in found)["1"] == held.counts("category")[0]
        assert Counter(row["told.chief"] for row in found)["-5"] == held.columns[
            "told.chief"
        ].count(254)

    def test_the_order_tells_nothing(self, out: tuple[Path, Ran]) -> None:
        """Rows are sorted by their values, whatever order the box gave."""
        found = rows_in(out[0] / f"{MICRO}.raw.csv")
        rows = [[int(cell) for cell in row.values()] for row in found]
        assert rows == sorted(rows)

    def test_no_trace_of_a_person(self, collected: Collected, out: tuple[Path, Ran]) -> None:
        """No id, no time, no text, no language: variables of declared items only."""
        columns = list(rows_in(out[0] / f"{MICRO}.raw.csv")[0])
        survey = collected[1].questionnaire("anonymous")
        kept = [one.id for one in survey.coded_items() if one.id not in ("years", "team_new")]
        assert {name.partition(".")[0] for name in columns} == set(kept)
        assert "wish" not in columns

    def test_marked_as_confidential(self, out: tuple[Path, Ran]) -> None:
        """In every name, in the note, on the first sheet, in the codebook; nobody else may read."""
        files = sorted(out[0].glob("[!.]*"))
        assert all("CONFIDENTIAL" in path.name for path in files)
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        assert f"{MICRO}.README.txt" in {path.name for path in files}
        book = openpyxl.load_workbook(out[0] / f"{MICRO}.xlsx", read_only=True)
        assert book.worksheets[0]["A1"].value == "VERTROUWELIJK"
        assert json.loads((out[0] / f"{MICRO}.codebook.json").read_text())["confidential"] is True
        assert "<confDec " in (out[0] / f"{MICRO}.ddi.xml").read_text("utf-8")
        readme = " ".join((out[0] / f"{MICRO}.README.txt").read_text("utf-8").split())
        assert "minder dan 5 antwoorden, van een groep over minder dan 10." in readme

    def test_what_could_single_out_is_left_out(self, collected: Collected) -> None:
        """Undeclared numbers, and what is shown because of them; declared items stay."""
        survey = collected[1].questionnaire("anonymous")
        assert left_out(survey) == ("years", "team_new")

    def test_the_option_takes_all_along(self, collected: Collected, tmp_path: Path) -> None:
        """--with-identifying, said to be a risk."""
        ran = run(
            collected[0],
            *("anonymous", "--microdata", "--with-identifying", "--yes"),
            *("--format", "csv", "--out", tmp_path),
            lang="en",
        )
        assert "can be recognised: years, team_new" in ran.err
        assert {"years", "team_new"} <= set(rows_in(tmp_path / f"{MICRO[:-2]}en.raw.csv")[0])

    def test_two_exports_are_the_same(self, collected: Collected) -> None:
        """The same responses give the same bytes, however the box yields them."""
        subject = subject_of(collected[1], "anonymous")
        first, second = (microdata_table(subject, unsealed(collected[1]), ()) for _ in range(2))
        assert first.columns == second.columns

    def test_a_key_is_needed(self, collected: Collected, tmp_path: Path) -> None:
        """A stranger's key gives nothing, and nothing is written."""
        stranger = tmp_path / "key.txt"
        stranger.write_text(
            "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33\n"
        )
        ran = run(
            collected[0], "--microdata", "--yes", "--key-file", stranger, "--out", tmp_path / "o"
        )
        assert ran.code == 3 and "IMF-K103" in ran.err
        assert not list((tmp_path / "o").glob("*CONFIDENTIAL*"))

    def test_what_a_killed_program_left_is_removed(
        self, collected: Collected, tmp_path: Path
    ) -> None:
        """Half a file with answers does not stay behind for ever."""
        left = tmp_path / f".{MICRO}.csv.tmp"
        left.write_text("category;leads\n1;2\n", "utf-8")
        assert run(collected[0], "--format", "codebook", "--out", tmp_path).code == 0
        assert not left.exists()

    def test_it_asks_first(self, collected: Collected) -> None:
        """Without --yes and nobody there, nothing happens."""
        ran = run(collected[0], "anonymous", "--microdata")
        assert ran.code == 3 and "IMF-F102" in ran.err

    def test_too_few(self, tmp_path: Path) -> None:
        """Four responses stay sealed even to a key holder."""
        study, wave = make_study(tmp_path / "zone", "anonymous.yaml")
        answer(wave, 4)
        close_and_unseal(study, wave, CLOSED)
        ran = run(study, "--microdata", "--yes")
        assert ran.code == 3 and "IMF-F444" in ran.err
        assert not (study.folder / "exports").exists()


class TestNamed:
    def test_one_row_a_rater(self, collected: Collected) -> None:
        """Both raters with all they said; texts, dates, numbers, criteria and side fields."""
        table = next(iter(named_tables(subject_of(collected[1], "kinds"))))
        rows = [
            dict(zip((one.name for one in table.codebook.variables), row, strict=True))
            for row in table.each_row()
        ]
        assert [(row["rater"], row["finished"]) for row in rows] == [(1, 1), (2, 0)]
        first = rows[0]
        assert (first["sa_code"], first["sa_code.evidence"]) == (3, EVIDENCE)
        assert (first["remark"], first["remark.status"]) == ("Ligne 1\nR&D <b> 🙂 مرحبا", 1)
        assert set(first) >= {"sa_code.written", "what.other", "what.other_text", "trained.status"}

    def test_nobody_else_may_read_them(self, collected: Collected, tmp_path: Path) -> None:
        """As with the stored answers; levels are for everybody."""
        assert run(collected[0], "kinds", "--format", "csv", "--out", tmp_path).code == 0
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.csv")}
        assert modes["2026-zero-kinds.nl.csv"] == 0o600
        assert modes["2026-zero-maturity-figures.nl.csv"] == 0o644

    def test_values_are_those_that_were_given(self, collected: Collected) -> None:
        """Compared with the stored answers, item by item, for the kinds with a value each."""
        wave = collected[1]
        draft = Assessment(wave).draft(wave.questionnaire("kinds"), "officer")
        assert draft is not None
        table = next(iter(named_tables(subject_of(wave, "kinds"))))
        names = [one.name for one in table.codebook.variables]
        row = dict(zip(names, list(table.each_row())[1], strict=True))
        for item in ("climate_speak", "sa_code", "years", "budget"):
            answered = draft.counted[item]
            assert answered.status != "answered" or row[item] == answered.value
        ranked = draft.counted["measures"].codes
        for rank, code in enumerate(ranked, start=1):
            assert row[f"measures.{code}"] == rank

    def test_entries_have_a_table_of_their_own(self, tmp_path: Path) -> None:
        """One row for each objective; the number of them in the first table."""
        study = Study.create(tmp_path / "zone", IDENTITY)
        (study.folder / "questionnaires").mkdir()
        own = study.folder / "questionnaires"
        for name in ("imf.framework.yaml", "policy.yaml"):
            (own / name).write_text((SAMPLES / name).read_text("utf-8"), "utf-8")
        plans = (own / "policy.yaml").rename(own / "plans.yaml")  # a wave takes no policy
        plans.write_text(plans.read_text("utf-8").replace("kind: policy", "kind: self_assessment"))
        draft = study.new_wave("zero", 2026, questionnaires=["plans.yaml"])
        wave = open_wave(study, draft, CLOSED)
        policy = wave.questionnaire("plans")
        goals = tuple(Entry(one, {"goal": Answer("answered", one)}) for one in ("north", "south"))
        answers = {"goals": Answer("answered", goals)}
        interview = Interview(policy, wave.framework, "fr", today=CLOSED, answers=answers)
        Assessment(wave).save(policy, "mandatary", interview)
        whole, of_goals, of_steps = named_tables(subject_of(wave, "plans"))
        columns = {
            variable.name: column
            for variable, column in zip(whole.codebook.variables, whole.columns, strict=True)
        }
        assert (list(columns["goals"]), list(columns["steps"])) == ([2], [-9])
        assert of_goals.name == "2026-zero-plans-goals"
        assert [list(column) for column in of_goals.columns] == [
            *([1, 1], ["north", "south"], ["north", "south"], [1, 1])
        ]
        assert of_steps.rows == 0

    def test_sealed_ones_are_not_read(self, tmp_path: Path) -> None:
        """After closing with --seal-assessment, the refusal names the file."""
        study, wave = make_study(tmp_path / "zone", "kinds.yaml", "anonymous.yaml")
        interview = Interview(wave.questionnaire("kinds"), wave.framework, "fr", today=CLOSED)
        Assessment(wave).save(wave.questionnaire("kinds"), "mandatary", interview)
        seal_assessment(wave)
        assert sealed_answers(wave) is None  # broken off here, the readable ones are there still
        drop_readable(wave)
        ran = run(study, "kinds")
        assert ran.code == 3 and "IMF-F440" in ran.err and "assessment.json.age" in ran.err

    def test_sealed_ones_keep_nothing_else_back(self, tmp_path: Path) -> None:
        """Where all questionnaires are meant, levels and codebooks go out, and it is told."""
        study, wave = make_study(tmp_path / "zone", "kinds.yaml", "anonymous.yaml")
        rate_kinds(wave)
        close_wave(study, wave, CLOSED, sealing_named=True)
        ran = run(study, "--format", "csv,codebook")
        assert ran.code == 0 and "IMF-F440" in ran.err
        names = {path.name for path in (study.folder / "exports").glob("[!.]*")}
        assert "2026-zero-maturity-figures.nl.csv" in names
        assert "2026-zero-kinds.nl.codebook.html" in names
        assert "2026-zero-kinds.nl.csv" not in names
        assert run(study, "kinds", "--format", "ddi").code == 0


def test_levels_of_an_open_wave_are_provisional(tmp_path: Path) -> None:
    """Said in the file, with whose answers they come from; no more once the wave is closed."""
    study, wave = make_study(tmp_path / "zone", "kinds.yaml")
    rate_kinds(wave)
    path = study.folder / "exports" / "2026-zero-maturity-figures.en.json"
    for provisional in (True, False):
        assert run(study, "--format", "json", lang="en").code == 0
        book = json.loads(path.read_text("utf-8"))["codebook"]
        assert {"name": "Who answered", "value": "Mandate holder"} in book["facts"]
        assert any("provisional" in remark for remark in book["remarks"]) is provisional
        if provisional:
            close_wave(study, wave, CLOSED)


class TestUsage:
    def test_an_unknown_format(self, collected: Collected) -> None:
        """The known ones are told."""
        ran = run(collected[0], "--format", "csv,xls")
        assert ran.code == 2 and "IMF-F125" in ran.err and "parquet" in ran.err

    def test_an_option_of_microdata_without_it(self, collected: Collected) -> None:
        """Options that go together."""
        ran = run(collected[0], "--with-identifying")
        assert ran.code == 2 and "IMF-F447" in ran.err

    @pytest.mark.parametrize(("kind", "library"), [("sav", "pyreadstat"), ("parquet", "pyarrow")])
    def test_without_the_library(
        self, collected: Collected, monkeypatch: pytest.MonkeyPatch, kind: str, library: str
    ) -> None:
        """The command that installs it is told, and nothing is written."""
        monkeypatch.setitem(sys.modules, library, None)
        ran = run(collected[0], "--format", kind)
        assert ran.code == 3 and "IMF-F442" in ran.err
        assert f"pip install 'imfsurvey[{kind}]'" in ran.err

    def test_votes_are_never_exported(self, tmp_path: Path) -> None:
        """The questionnaire of team sessions is refused."""
        study = Study.create(tmp_path / "zone", IDENTITY)
        (study.folder / "keys").mkdir(exist_ok=True)
        study.new_wave("zero", 2026, questionnaires=["team-session.yaml"])
        ran = run(study, "team-session")
        assert ran.code == 3 and "IMF-F443" in ran.err

    def test_microdata_of_no_survey(self, collected: Collected) -> None:
        """Of a named questionnaire there is none."""
        ran = run(collected[0], "kinds", "--microdata", "--yes")
        assert ran.code == 3 and "IMF-F446" in ran.err
