"""keys/: making, trying out, restoring; what a wave needs before it opens."""

import datetime
import shutil
from pathlib import Path

import pytest
from keyholders import SECRETS
from zone import OPENED, QUESTIONNAIRES

from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.source.problems import ProblemsFoundError
from imfsurvey.store.seal import new_key, secret_in
from imfsurvey.study import keys
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave

PHRASE = "a passphrase of one's own"
DAY = datetime.date(2026, 2, 1)


def make(folder: Path, key_id: str = "chief") -> tuple[keys.Key, str]:
    """A new key and its secret."""
    secret, public = new_key()
    content = keys.new_content("Ann", "Office", "", public, DAY)
    return keys.make_key(folder, key_id, content, secret, PHRASE), secret


def test_a_key_is_read_back(tmp_path: Path) -> None:
    """The secret comes out of its file by the passphrase, and stands in no other file."""
    key, secret = make(tmp_path)
    assert secret_in(key.secret_path.read_bytes(), PHRASE) == secret
    assert "SECRET" not in key.path.read_text("utf-8")
    assert key.secret_path.stat().st_mode & 0o077 == 0
    assert key.rehearsed_on is None


def test_rehearsing_is_noted(tmp_path: Path) -> None:
    """A key that opened a test record says when; another secret is refused."""
    key, secret = make(tmp_path)
    assert keys.rehearse(key, secret, "sheet", DAY).rehearsed_on == DAY
    with pytest.raises(InputError, match="IMF-K115"):
        keys.rehearse(key, SECRETS["dpo"], "file", DAY)


def test_a_rehearsal_is_of_one_key(study: Study) -> None:
    """Somebody who puts another public key into the file has not rehearsed that one."""
    path = study.folder / "keys" / "officer.yaml"
    before = keys.keys_of(study.folder)[1].file.public_key
    lines = path.read_text("utf-8").replace(
        f"public_key: {before}", f"public_key: {new_key()[1]}", 1
    )
    path.write_text(lines, "utf-8")
    dpo, officer = keys.keys_of(study.folder)
    assert dpo.rehearsed_on is not None
    assert officer.rehearsed_on is None


def test_the_passphrase_can_be_renewed(tmp_path: Path) -> None:
    """From the recovery sheet; by a secret that is not that of the key, not."""
    key, secret = make(tmp_path)
    keys.change_passphrase(key, secret, "another passphrase", key.secret_path)
    assert secret_in(key.secret_path.read_bytes(), "another passphrase") == secret
    with pytest.raises(InputError, match="IMF-K115"):
        keys.change_passphrase(key, SECRETS["dpo"], PHRASE, key.secret_path)
    with pytest.raises(InputError, match="IMF-K110"):
        keys.change_passphrase(key, secret, "short", key.secret_path)


def test_blanks_make_no_passphrase_longer() -> None:
    """Fifteen characters are enough, fourteen with blanks around them are not."""
    keys.require_strong("x" * 15)
    with pytest.raises(InputError, match="IMF-K110"):
        keys.require_strong(f" {'x' * 14} ")


def test_nothing_is_overwritten(study: Study, tmp_path: Path) -> None:
    """A key that is there stays, whether it was made here or comes from elsewhere."""
    with pytest.raises(RefusedError, match="IMF-K114"):
        make(study.folder / "keys", "dpo")
    make(tmp_path / "elsewhere", "officer")
    with pytest.raises(RefusedError, match="IMF-K114"):
        keys.add_key(study.folder, tmp_path / "elsewhere" / "officer.yaml")
    with pytest.raises(InputError, match="IMF-K113"):
        make(study.folder / "keys", "../x")


def test_a_key_from_elsewhere_comes_without_its_secret(study: Study, tmp_path: Path) -> None:
    """Only the public part is taken in."""
    make(tmp_path / "elsewhere", "union")
    added = keys.add_key(study.folder, tmp_path / "elsewhere" / "union.yaml")
    assert not added.secret_path.exists()
    assert [key.id for key in keys.keys_of(study.folder)] == ["dpo", "officer", "union"]


def test_a_broken_key_file_is_told_with_its_place(study: Study) -> None:
    """What is no public key is found at its line."""
    path = study.folder / "keys" / "dpo.yaml"
    path.write_text(
        path.read_text("utf-8").replace("public_key: age1", "public_key: age2"), "utf-8"
    )
    with pytest.raises(ProblemsFoundError) as found:
        keys.keys_of(study.folder)
    assert {problem.code for problem in found.value.problems} == {"IMF-E130"}
    assert all(problem.line for problem in found.value.problems)


class TestOpening:
    def test_a_survey_needs_keys(self, study: Study, draft: Wave) -> None:
        """Without any, and with one that may be lost, it does not open, unless that is accepted."""
        (study.folder / "keys" / "dpo.yaml").unlink()
        with pytest.raises(RefusedError, match="IMF-T136"):
            open_wave(study, draft, OPENED)
        (study.folder / "keys" / "officer.yaml").unlink()
        with pytest.raises(RefusedError, match="IMF-T135"):
            open_wave(study, draft, OPENED)
        assert study.wave(draft.id).file.status == "draft"

    def test_one_key_when_somebody_takes_the_risk(self, study: Study, draft: Wave) -> None:
        """Then, and when a single key is named, `one_key` must be said."""
        with pytest.raises(RefusedError, match="IMF-T136"):
            open_wave(study, draft, OPENED, keys=["officer"])
        wave = open_wave(study, draft, OPENED, keys=["officer"], one_key=True)
        assert [one.id for one in wave.seal.keys] == ["officer"]

    def test_every_key_must_have_been_tried_out(self, study: Study, draft: Wave) -> None:
        """A key that was never rehearsed keeps the wave closed, and is named."""
        make(study.folder / "keys", "union")
        with pytest.raises(RefusedError, match=r"IMF-K111.*union"):
            open_wave(study, draft, OPENED)
        with pytest.raises(InputError, match=r"IMF-K112.*chief"):
            open_wave(study, draft, OPENED, keys=["officer", "chief"])

    def test_one_key_under_two_names_is_one(self, study: Study, draft: Wave) -> None:
        """Neither a copy of the file nor naming it twice makes a second holder of it; with four
        eyes, one person alone would open everything."""
        folder = study.folder / "keys"
        shutil.copy(folder / "officer.yaml", folder / "second.yaml")
        for opening in ("any_of", "all_of"):
            with pytest.raises(RefusedError, match=r"IMF-T490.*'officer' and 'second'"):
                open_wave(study, draft, OPENED, keys=["officer", "second"], opening=opening)
        with pytest.raises(RefusedError, match="IMF-T490"):
            open_wave(study, draft, OPENED)
        with pytest.raises(RefusedError, match="IMF-T136"):
            open_wave(study, draft, OPENED, keys=["officer", "officer"])
        assert study.wave(draft.id).file.status == "draft"

    def test_named_questionnaires_need_none(self, study: Study) -> None:
        """A self-assessment alone is not sealed."""
        for path in (study.folder / "keys").iterdir():
            path.unlink()
        draft = study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES[:1])
        assert open_wave(study, draft, OPENED).file.seal is None

    def test_a_recovery_sheet_does_not_lie_about(self, study: Study, draft: Wave) -> None:
        """Whoever has the folder would have the key: print it first, then delete the file."""
        sheet = study.folder / "keys" / "officer.recovery.pdf"
        sheet.write_bytes(b"%PDF")
        with pytest.raises(RefusedError, match="IMF-K116"):
            open_wave(study, draft, OPENED)
        sheet.unlink()
        assert open_wave(study, draft, OPENED).file.status == "open"
