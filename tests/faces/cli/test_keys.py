"""`imfsurvey keys`, `wave unseal`, `merge`, `purge`: as people and scripts use them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commandline import Cli
from keyholders import SECRETS, close_and_unseal
from kiosk import make_kiosk
from printed import words
from zone import CLOSED, QUESTIONNAIRES, make_zone, respond

from imfsurvey.faces.cli import passphrases
from imfsurvey.interview import Answer
from imfsurvey.study.boxes import Submission, submit
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

PHRASE = "four words of one's own"
TWICE = f"{PHRASE}\n{PHRASE}\n"


@pytest.fixture
def bare(study: Study) -> Study:
    """A study without keys."""
    shutil.rmtree(study.folder / "keys")
    return study


def test_a_key_from_beginning_to_end(cli: Cli, bare: Study, tmp_path: Path) -> None:
    """Made, tried out, its sheet read back, its passphrase renewed from the sheet."""
    ran = cli("keys", "new", "officer", "--sheet", "safe", typed=TWICE)
    assert ran.code == 0
    assert PHRASE not in ran.out + ran.err
    sheet = bare.folder / "keys" / "officer.recovery.pdf"
    assert sheet.stat().st_mode & 0o077 == 0
    text = words(sheet.read_bytes())
    assert "AGE- SECR ET-K EY-1" in text and "imfsurvey keys restore officer" in text
    secret = typed_from(text)
    assert cli("keys", "rehearse", "officer", "--from-sheet", typed=f"{secret}\n").code == 0
    renewed = "another passphrase of one's own\n" * 2
    assert cli("keys", "restore", "officer", typed=f"{secret}\n{renewed}").code == 0
    assert cli("keys", "rehearse", "officer", typed=TWICE).code == 1
    assert cli("keys", "rehearse", "officer", typed=renewed).code == 0


def typed_from(text: str) -> str:
    """The secret key as somebody types it from the sheet: groups, small numbers left out."""
    groups: list[str] = []
    for word in text[text.index("AGE-") :].split():
        if len("".join(groups)) >= 74:
            break
        if not word.isdigit() or len(word) > 1:
            groups.append(word)
    return " ".join(groups).lower()


def test_a_second_office_hands_over_only_what_is_public(
    cli: Cli, bare: Study, tmp_path: Path
) -> None:
    """Made in a folder of its own; the study gets the public file."""
    folder = tmp_path / "dpo"
    made = cli("keys", "new", "dpo", "--into", str(folder), "--holder", "D", typed=TWICE)
    assert made.code == 0
    assert cli("keys", "add", str(folder / "dpo.yaml")).code == 0
    assert {path.name for path in (bare.folder / "keys").iterdir()} == {"dpo.yaml"}
    (found,) = json.loads(cli("keys", "status", "--json").out)
    assert (found["id"], found["secret_here"]) == ("dpo", False)
    assert found["rehearsed_on"] is not None


def test_what_a_person_may_get_wrong(cli: Cli, bare: Study) -> None:
    """Two passphrases that differ, a short one, nobody to ask: nothing is made."""
    for typed, code in ((f"{PHRASE}\nother\n", "F134"), ("short\nshort\n", "K110"), ("", "K110")):
        ran = cli("keys", "new", "officer", typed=typed)
        assert (ran.code, f"IMF-{code}" in ran.err) == (1, True)
    assert cli("keys", "new", "chief", typed=TWICE).code == 2
    assert "IMF-F132" in cli("keys", "new", "chief", "--holder", " ", typed=TWICE).err
    assert not (bare.folder / "keys").exists()
    assert cli("keys", "rehearse", "officer").code == 1


def test_status_says_what_to_do(cli: Cli, bare: Study) -> None:
    """In plain words: no key, one key, a key that was never tried."""
    assert "imfsurvey keys new officer" in cli("keys", "status").err
    cli("keys", "new", "officer", typed=TWICE)
    ran = cli("keys", "status")
    assert "last tried out on" in ran.out
    assert "Only one key" in ran.err
    assert "lies in this study folder, protected by its passphrase" in ran.out


def test_a_secret_key_without_a_passphrase_is_not_called_protected(cli: Cli, study: Study) -> None:
    """The keys of these tests lie there as `age-keygen` writes them."""
    ran = cli("keys", "status")
    assert ran.out.count("without a passphrase: whoever has the folder can open") == 2
    assert "protected" not in ran.out


def test_the_passphrase_may_be_typed_three_times(
    cli: Cli, bare: Study, at_a_terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal a slip is forgiven, twice."""
    monkeypatch.setattr(passphrases, "on_terminal", lambda: True)
    answers = iter([PHRASE, PHRASE, "wrong one", "wrong two", PHRASE])
    monkeypatch.setattr(passphrases, "ask_hidden", lambda _question, _t: next(answers))
    assert cli("keys", "new", "officer", typed="\n").code == 0
    ran = cli("keys", "rehearse", "officer")
    assert ran.code == 0
    assert ran.err.count("not that of this key") == 2


def test_after_three_slips_it_is_over(
    cli: Cli, bare: Study, at_a_terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sits at somebody else's key does not guess on and on; nothing is made."""
    monkeypatch.setattr(passphrases, "on_terminal", lambda: True)
    answers = iter(["short", "shorter", "longer?", "never asked for", "never asked for"])
    monkeypatch.setattr(passphrases, "ask_hidden", lambda _question, _t: next(answers))
    ran = cli("keys", "new", "officer", typed="\n")
    assert (ran.code, "IMF-K110" in ran.err) == (1, True)
    assert next(answers) == "never asked for"
    assert not (bare.folder / "keys").exists()


def test_unsealing(cli: Cli, study: Study, wave: Wave) -> None:
    """Closed, compared, unsealed: figures; before that, a hint what to do."""
    respond(wave, 12, category="ops", clear=4, unclear=2)
    assert cli("wave", "unseal", wave.id).code == 3
    closed = cli("wave", "close", wave.id, "--place", "laptop A", "--yes")
    assert "12 responses. Fingerprint:" in closed.err
    assert (study.folder / "reports" / f"{wave.id}-closing-record.en.pdf").is_file()
    assert "still sealed" in cli("results", wave.id).out
    assert cli("wave", "unseal", wave.id, "--yes").code == 0
    assert "still sealed" not in cli("results", wave.id).out
    assert cli("wave", "unseal", wave.id, "--yes").code == 3


def test_unsealing_with_a_key_from_a_stick(
    cli: Cli, study: Study, wave: Wave, tmp_path: Path
) -> None:
    """The secret files are elsewhere: the message says so, and --key-file finds them."""
    stick = tmp_path / "stick.txt"
    stick.write_text(SECRETS["dpo"], "ascii")
    for path in (study.folder / "keys").glob("*.age"):
        path.unlink()
    respond(wave, 6, clear=4)
    cli("wave", "close", wave.id, "--yes")
    ran = cli("wave", "unseal", wave.id, "--yes")
    assert (ran.code, "--key-file" in ran.err, "IMF-F135" in ran.err) == (3, True, True)
    assert cli("wave", "unseal", wave.id, "--yes", "--key-file", str(stick)).code == 0


def test_four_eyes(cli: Cli, study: Study) -> None:
    """The wave says that both are needed, and takes both."""
    study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    opened = cli("wave", "open", "2026-zero", "--four-eyes", "--keep-until", "2030-01-01")
    assert "only be unsealed by" in opened.err and "together" in opened.err
    assert "kept until 1 January 2030" in cli("wave", "show", "2026-zero").out
    respond(study.wave("2026-zero"), 6, clear=4)
    cli("wave", "close", "2026-zero", "--yes")
    assert cli("wave", "unseal", "2026-zero", "--yes").code == 0


@pytest.mark.parametrize("name", ["officer.age", "stick.txt"])
def test_four_eyes_with_one_key_on_a_stick(
    cli: Cli, study: Study, tmp_path: Path, name: str
) -> None:
    """The other lies in the study: the file is the officer's, by its name or because it must be."""
    four_eyes(cli, study)
    (study.folder / "keys" / "officer.age").rename(tmp_path / name)
    ran = cli("wave", "unseal", "2026-zero", "--yes", "--key-file", tmp_path / name)
    assert ran.code == 0, ran.err


def test_four_eyes_with_keys_in_any_order(
    cli: Cli, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each holder is asked for the passphrase of their own file, whatever is named first."""
    four_eyes(cli, study)
    officer, dpo = tmp_path / "officer.age", tmp_path / "dpo.age"
    officer.write_text("age-encryption.org/v1\n-> scrypt\n", "ascii")
    dpo.write_text(SECRETS["dpo"], "ascii")
    asked: list[str] = []

    def leave(question: str, _t: object) -> str:
        asked.append(question)
        raise KeyboardInterrupt

    monkeypatch.setattr(passphrases, "ask_hidden", leave)
    ran = cli("wave", "unseal", "2026-zero", "--yes", "--key-file", officer, "--key-file", dpo)
    assert (ran.code, asked) == (130, ["Passphrase of Officer"])


def four_eyes(cli: Cli, study: Study) -> None:
    """A closed wave of two key holders, dpo and officer in this order, who open it together."""
    study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    assert cli("wave", "open", "2026-zero", "--four-eyes").code == 0
    respond(study.wave("2026-zero"), 6, clear=4)
    assert cli("wave", "close", "2026-zero", "--yes").code == 0


def test_a_changed_box(cli: Cli, study: Study, wave: Wave) -> None:
    """Every difference is told, nothing is unsealed, and the report will say it was accepted."""
    respond(wave, 8, clear=4)
    cli("wave", "close", wave.id, "--yes")
    (segment,) = (wave.folder / "boxes" / "survey" / "answers").glob("seg-*.json")
    segment.unlink()
    ran = cli("wave", "unseal", wave.id, "--yes")
    assert ran.code == 3
    assert "IMF-T173" in ran.err and "IMF-T177" in ran.err
    assert cli("wave", "unseal", wave.id, "--yes", "--despite-differences").code == 0
    assert "not what the closing record says" in cli("results", wave.id).out


def test_merging(cli: Cli, study: Study, wave: Wave, tmp_path: Path) -> None:
    """New and known are counted for people and programs; what is foreign gives exit code 3."""
    other = Study(shutil.copytree(study.folder, tmp_path / "other"))
    respond(other.wave(wave.id), 4, clear=4)
    ran = cli("merge", str(other.folder))
    assert (ran.code, "4 records are new" in ran.out) == (0, True)
    (found,) = json.loads(cli("merge", "--json", str(other.folder)).out)
    assert (found["new"], found["known"], found["problems"]) == (0, 4, [])
    foreign = make_zone(tmp_path / "foreign")
    foreign.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    ran = cli("merge", str(foreign.folder))
    assert (ran.code, "IMF-T181" in ran.err) == (3, True)


def test_a_changed_box_is_not_merged_unasked(
    cli: Cli, study: Study, wave: Wave, tmp_path: Path
) -> None:
    """A fifth answer was counted there when it closed, and is gone: it takes a word more."""
    other = Study(shutil.copytree(study.folder, tmp_path / "other"))
    respond(other.wave(wave.id), 4, clear=4)
    before = {path: path.read_bytes() for path in other.folder.rglob("seg-*.json")}
    respond(other.wave(wave.id), 1, clear=4)
    assert cli("wave", "close", wave.id, "--yes", "--study", other.folder).code == 0
    for path, content in before.items():
        path.write_bytes(content)
    ran = cli("merge", other.folder)
    assert (ran.code, "not taken in" in ran.err) == (3, True), ran.err
    ran = cli("merge", other.folder, "--despite-differences")
    assert (ran.code, "4 records are new" in ran.out) == (0, True), ran.err


def test_of_two_keys_that_are_here_one_is_chosen(
    cli: Cli, wave: Wave, at_a_terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose passphrase is asked for is not left to the alphabet."""
    monkeypatch.setattr(passphrases, "on_terminal", lambda: True)
    respond(wave, 6, clear=4)
    cli("wave", "close", wave.id, "--yes")
    ran = cli("wave", "unseal", wave.id, "--yes", typed="officer\n")
    assert (ran.code, "Whose key" in ran.err) == (0, True), ran.err


def test_purging(cli: Cli, study: Study, wave: Wave) -> None:
    """Not before its day without a reason; then the records are gone and the wave says so."""
    respond(wave, 6, clear=4)
    cli("wave", "close", wave.id, "--yes")
    basis = ("--reference", "list 7", "--yes")
    early = cli("purge", wave.id, *basis, lang="fr")
    assert (early.code, "jusqu’au 31 décembre 2027" in early.err) == (3, True)
    ran = cli("purge", wave.id, *basis, "--early", "decision of the council")
    assert ran.code == 0
    assert "never be figures" in ran.err and "6 records are destroyed" in ran.err
    assert "destroyed on" in cli("wave", "show", wave.id).out


def test_moving_needs_a_place(cli: Cli, study: Study, wave: Wave) -> None:
    """One of two ways, and no password."""
    assert cli("move", wave.id, "--yes").code == 2
    assert cli("move", wave.id, "--yes", "--to-boxes").code == 3
    ran = cli("move", wave.id, "--yes", "--store", "postgresql://me:secret@server/survey")
    assert (ran.code, "secret" in ran.err) == (1, False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("wave", "unseal", "2026-zero"),
        ("purge", "2026-zero", "--reference", "list 7", "--early", "decision"),
        ("move", "2026-zero", "--store", "postgresql://nobody@127.0.0.1:1/none"),
        ("export", "2026-zero", "--microdata"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_undone_is_not_done_unasked(
    cli: Cli, study: Study, wave: Wave, arguments: tuple[str, ...]
) -> None:
    """Where nobody can be asked it takes --yes; nothing is changed before."""
    respond(wave, 6, clear=4)
    cli("wave", "close", wave.id, "--yes")
    if arguments[0] == "export":
        cli("wave", "unseal", wave.id, "--yes")
    before = contents(study)
    ran = cli(*arguments)
    assert (ran.code, "IMF-F102" in ran.err) == (3, True), ran.err
    assert contents(study) == before


def contents(study: Study) -> dict[Path, bytes]:
    """Every file of a study but locks."""
    files = [path for path in study.folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {path: path.read_bytes() for path in files}


def test_texts_are_written_for_one_pair_of_eyes(cli: Cli, tmp_path: Path) -> None:
    """Of twelve people, into a file that nobody else on this computer reads."""
    wave = make_kiosk(tmp_path / "kiosk")
    for n in range(12):
        given = {"wish": Answer("answered", f"Souhait {n}"), "fair": Answer("answered", 2)}
        submit(wave, wave.questionnaire("kiosk"), Submission(), given)
    folder, file = tmp_path / "kiosk", tmp_path / "texts.txt"
    close_and_unseal(Study(folder), wave, CLOSED)
    ran = cli("wave", "comments", wave.id, "--output", file, "--study", folder)
    assert (ran.code, ran.out) == (0, ""), ran.err
    assert file.stat().st_mode & 0o077 == 0
    assert file.read_text("utf-8").count("- Souhait") == 12


def test_comments(cli: Cli, study: Study, wave: Wave) -> None:
    """A survey without free texts says so; a sealed wave says what comes first."""
    respond(wave, 6, clear=4)
    cli("wave", "close", wave.id, "--yes")
    assert cli("wave", "comments", wave.id).code == 3
    cli("wave", "unseal", wave.id, "--yes")
    for path in (study.folder / "keys").glob("*.age"):
        path.unlink()  # nobody is asked for a key when there is nothing to read
    assert "no words of one's own" in cli("wave", "comments", wave.id).err
