"""The pages that lead through something are followed: what they tell to type is typed."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from commandline import in_process
from following import DOCS, Reader, blocks, page
from keyholders import MADE_ON, SECRETS, give_keys
from zone import IDENTITY

from imfsurvey.framework import load_framework
from imfsurvey.interview import Interview
from imfsurvey.questionnaire.shipped import PERCEPTION, shipped
from imfsurvey.store.seal import public_key
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import add_public_key, new_content, rehearse
from imfsurvey.study.life import open_wave

EXAMPLES = DOCS / "examples"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing around; the current folder is restored whatever a page changes."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """The study of the pages, with two keys; the current folder."""
    study = Study.create(tmp_path / "zone-5399", IDENTITY)
    give_keys(study.folder)
    monkeypatch.chdir(study.folder)
    return study


def trial_key() -> None:
    """A key whose secret lies there without a passphrase, which would take seconds."""
    secret = SECRETS["officer"]
    content = new_content("Robin", "Office", "safe", public_key(secret), MADE_ON)
    key = add_public_key(Path.cwd(), "trial", content)
    key.secret_path.write_text(f"{secret}\n", "ascii")
    rehearse(key, secret, "file", MADE_ON)


def test_a_questionnaire_of_ones_own(zone: Study) -> None:
    """From the blocks of the page, put one below the other, to a report and an open wave."""
    text = page("howto-own-questionnaire.md")
    written = "\n".join(blocks(text, "yaml"))
    (zone.folder / "questionnaires").mkdir()
    (zone.folder / "questionnaires" / "gifts.yaml").write_text(written, "utf-8")
    screens = {"imfsurvey answer trial gifts": lambda: None, "imfsurvey keys new trial": trial_key}
    reader = Reader(screens)
    reader.follow("howto-own-questionnaire.md")
    assert written == (EXAMPLES / "gifts.yaml").read_text("utf-8")
    (table,) = (block for block in blocks(text) if block.startswith("ITEM"))
    assert table in reader.ran["imfsurvey walk questionnaires/gifts.yaml"].out
    assert "40" in reader.ran["imfsurvey results trial"].out
    assert zone.waves[-1].file.status == "open"


RATED = {"system": (2, 1, 2, 3), "culture": (0, 2, 2, 2, 2), "accountability": (2, 2, 2, 1)}
"""What the page says was answered."""


def rate() -> None:
    """The mandatary answers the example."""
    wave = Study(Path.cwd()).waves[-1]
    questionnaire = next(iter(wave.questionnaires.values()))
    interview = Interview(questionnaire, wave.framework, "nl", groups=wave.groups)
    for section in questionnaire.sections:
        for item, level in zip(section.items, RATED[section.id], strict=True):
            interview.record(item.id, "answered", level)
            if level > 1:
                interview.note(item.id, "evidence", "Note")
    assert interview.unfinished() == ()
    Assessment(wave).save(questionnaire, "mandatary", interview, finished=True)


def test_a_framework_of_ones_own(tmp_path: Path) -> None:
    """From the example's two files to the matrix that the page shows, which is counted by hand.

    Weakest core topic: 1, 2, 2. Index: (2+1+2+3)/4 = 2 of 3; 16/9 of 3; (2*6+1)/7 = 13/7 of 3.
    """
    for name in ("integrity.framework.yaml", "integrity.self-assessment.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path)
    text = page("howto-own-framework.md")
    reader = Reader({"imfsurvey answer 2026-zero": rate})
    reader.follow("howto-own-framework.md")
    (matrix,) = (block for block in blocks(text) if block.startswith("MATURITY"))
    assert matrix in reader.ran["imfsurvey results 2026-zero"].out
    shares = (2 / 3, 16 / 27, 13 / 21)
    shown = [int(line.split()[-2]) for line in matrix.splitlines()[1:]]
    assert shown == [round(100 * sum(shares) / 3), *(round(100 * share) for share in shares)]


def test_two_laptops(zone: Study, tmp_path: Path) -> None:
    """14 and 17 records come home from the stick, said as on the page; then the wave closes."""
    stick = tmp_path / "stick"
    stick.mkdir()
    zone.new_wave("zero", 2026, questionnaires=("perception.yaml",))

    def answered() -> None:
        for name, people, seed in (("laptop-a", 14, 2), ("laptop-b", 11, 3)):
            laptop = ("--study", str(stick / name))
            assert not list((stick / name / "keys").glob("*.age"))
            invented = ("-n", str(people), "--seed", str(seed), "--yes")
            assert in_process("simulate", "2026-zero", *invented, *laptop).code == 0
        where = ("--place", "laptop A", "--study", str(stick / "laptop-a"))
        assert in_process("wave", "close", "2026-zero", *where, "--yes").code == 0

    closing = 'imfsurvey wave close 2026-zero --place "laptop A"'
    reader = Reader({closing: answered}, {"/media/stick": stick})
    reader.follow("howto-merge.md")
    (shown,) = (block for block in blocks(page("howto-merge.md")) if block.startswith("laptop A"))
    said = reader.ran["imfsurvey merge /media/stick"].out
    assert said.replace(str(stick), "/media/stick") == shown
    assert in_process("wave", "close", "2026-zero", "--yes").code == 0


CLARITY = "Clarity of the rules, 0 to 100"
"""What the page calls the theme that it computes."""


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Forty invented people answered the shipped survey; closed and unsealed."""
    study = Study.create(tmp_path_factory.mktemp("answered") / "zone-5399", IDENTITY)
    give_keys(study.folder)
    study.new_wave("zero", 2026, questionnaires=("perception.yaml",))
    for line in ("wave open", "simulate -n 40 --yes", "wave close --yes", "wave unseal --yes"):
        words = [*line.split(), "2026-zero", "--study", str(study.folder)]
        assert in_process(*words).code == 0
    return study


@pytest.fixture
def unsealed(answered: Study, monkeypatch: pytest.MonkeyPatch) -> Study:
    """The same as the current folder, where the page is followed."""
    monkeypatch.chdir(answered.folder)
    Reader({}).follow("howto-analyse.md")
    return answered


def test_the_files_of_an_analysis(unsealed: Study) -> None:
    """The export writes every file that the page opens, with the variables that it counts."""
    text = page("howto-analyse.md")
    opened = set(re.findall(r"['\"](2026-zero-[^'\"]+)['\"]", text))
    assert {name.rpartition(".en.")[2] for name in opened} == {"sps", "raw.csv", "sav"}
    exports = unsealed.folder / "exports"
    assert opened <= {path.name for path in exports.iterdir()}
    (raw,) = exports.glob("*.raw.csv")
    named = set(re.findall(r"\b(?:pe_\w+|staff_category)\b", text))
    assert len(named) == 6
    assert named <= set(raw.read_text("utf-8").splitlines()[0].split(","))


@pytest.mark.system
def test_pspp_counts_what_the_page_says(unsealed: Study) -> None:
    """The lines of the page, run by PSPP: the index of the theme is that of our own results."""
    (lines,) = blocks(page("howto-analyse.md"), "spss")
    exports = unsealed.folder / "exports"
    (exports / "job.sps").write_text(lines.replace("/path/to/zone-5399/exports", str(exports)))
    command = ("pspp", "--no-statrc", "-O", "format=csv", "-o", "out.csv", "job.sps")
    done = subprocess.run(command, cwd=exports, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    with (exports / "out.csv").open(encoding="utf-8", newline="") as file:
        once, weighted = (row for row in csv.reader(file) if row[:1] == [CLARITY])
    (survey,) = json.loads(in_process("results", "2026-zero", "--json").out)["perception"]
    (ours,) = (one for one in survey["themes"] if one["theme"] == "clarity")
    assert int(once[1]) == ours["scored"]
    assert float(once[2]) == pytest.approx(ours["index"], abs=0.01)
    assert float(weighted[1]) == 40 + 12


@pytest.fixture
def copied(answered: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A copy of that study, with the shipped survey among its own; the current folder."""
    study = Study(shutil.copytree(answered.folder, tmp_path / "zone-5399"))
    (study.folder / "questionnaires").mkdir(exist_ok=True)
    shutil.copy(shipped(PERCEPTION), study.folder / "questionnaires")
    monkeypatch.chdir(study.folder)
    return study


def test_a_translation_goes_out_and_comes_back(copied: Study) -> None:
    """Status, both kinds of catalogue, and the way back leave the file as it was."""
    file = copied.folder / "questionnaires" / "perception.yaml"
    before = file.read_bytes()
    Reader({}).follow("howto-translate.md")
    assert file.read_bytes() == before
    assert (copied.folder / "perception.de.xlsx").is_file()


def test_data_files_are_written(copied: Study) -> None:
    """Every export of the page; the imports need an open wave and a table of one's own."""
    importing = "imfsurvey import 2026-zero answers.xlsx perception"
    skipped = {importing: lambda: None, f"{importing} --check": lambda: None}
    Reader(skipped).follow("data.md")
    kinds = {path.suffix for path in (copied.folder.parent / "for-the-analyst").iterdir()}
    assert kinds >= {".sav", ".parquet", ".xml", ".json"}


def test_actions_and_policy(zone: Study) -> None:
    """From the proposals of a wave to the approved policy as a document."""
    wave = zone.new_wave("zero", 2026, questionnaires=("self-assessment/processes.yaml",))
    open_wave(zone, wave, MADE_ON)
    reader = Reader({})
    questionnaire = wave.questionnaire("processes")
    interview = Interview(questionnaire, wave.framework, "fr", groups=wave.groups)
    for item in questionnaire.asking_items():
        interview.record(item.id, "answered", 1)
    Assessment(wave).save(questionnaire, "mandatary", interview, finished=True)
    reader.follow("howto-actions-policy.md")
    decided = [action.decision for action in ActionPlan(zone).actions[:2]]
    assert decided == ["accepted", "rejected"]
    assert Study(zone.folder).file.policy.approved_by == "Conseil de police"
    assert (zone.folder / "reports" / "policy.fr.html").is_file()


def test_what_the_pages_quote_is_in_the_examples() -> None:
    """An extract in the page on frameworks is one of the example, letter for letter."""
    whole = "".join(
        (EXAMPLES / f"integrity.{part}.yaml").read_text("utf-8")
        for part in ("framework", "self-assessment")
    )
    for block in blocks(page("howto-own-framework.md"), "yaml"):
        for part in block.split("\n\n"):
            inner = part.split("\n", 1)[1] if part.startswith(("levels:", "topics:")) else part
            assert inner.strip("\n") in whole


def test_every_topic_of_the_example_is_asked() -> None:
    """The self-assessment of the example leaves no topic of its framework out."""
    framework = load_framework(EXAMPLES / "integrity.framework.yaml")
    asked = (EXAMPLES / "integrity.self-assessment.yaml").read_text("utf-8")
    assert len(framework.rated_topics) == 13
    assert all(f"topic: {topic.id}\n" in asked for topic in framework.rated_topics)
