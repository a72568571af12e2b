"""The study folder: made, found, read back; its waves by name."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zone import IDENTITY, OPENED, QUESTIONNAIRES, make_zone

from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.source.document import parse
from imfsurvey.source.problems import ProblemsFoundError
from imfsurvey.study.folder import Study, yaml_text
from imfsurvey.study.life import open_wave
from imfsurvey.study.place import STUDY_FILE

VISIBLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"]))


def changed(**changes: Any) -> dict[str, Any]:
    """The identity with other first-level keys."""
    return {**IDENTITY, **changes}


def code_of(error: pytest.ExceptionInfo[ProblemsFoundError]) -> list[str]:
    """The codes of what was found."""
    return [problem.code for problem in error.value.problems]


class TestYamlText:
    @given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), VISIBLE, min_size=1))
    def test_texts_come_back_unchanged(self, content: dict[str, str]) -> None:
        """What is written is read back as the same texts, whatever they look like."""
        assert parse(yaml_text(content)).value == content

    @pytest.mark.parametrize("text", ["08", "-0", "1.5e3", "010", "null", "~", "yes", "2026-03-31"])
    def test_texts_that_look_like_something_else(self, text: str) -> None:
        """A text that our reader would take for a number or nothing stays a text."""
        assert parse(yaml_text({"code": text})).value == {"code": text}

    def test_what_is_meant_twice_is_written_twice(self) -> None:
        """No alias is written, since our reader refuses them."""
        label = {"fr": "Un"}
        assert parse(yaml_text({"a": label, "b": label})).value == {"a": label, "b": label}


class TestMaking:
    def test_a_study_is_read_back_as_it_was_made(self, tmp_path: Path) -> None:
        """The identity, a group whose code is all digits included, survives the file."""
        made = make_zone(tmp_path / "zone")
        again = Study(made.folder)
        assert again.file.entity.name == "Zone d'essai"
        assert [(group.id, group.headcount) for group in again.file.groups] == [
            ("ops", 40),
            ("08", 12),
        ]
        assert again.file.headcount == 52

    def test_a_study_is_not_made_over_another(self, study: Study) -> None:
        """A folder that is a study already is refused and left as it is."""
        before = (study.folder / STUDY_FILE).read_bytes()
        with pytest.raises(RefusedError, match="IMF-T112"):
            Study.create(study.folder, IDENTITY)
        assert (study.folder / STUDY_FILE).read_bytes() == before

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (changed(entity={"name": "Z", "languages": ["fr", "xx"]}), "IMF-E030"),
            (changed(entity={"name": "Z", "languages": []}), "IMF-E027"),
            (changed(entity={"name": ""}), "IMF-E027"),
            (changed(entity={"name": "Z", "period": {"start": 2026, "end": 2025}}), "IMF-E071"),
            (changed(balance_band={"low": 0.3, "high": -0.3}), "IMF-E072"),
            (changed(groups=[IDENTITY["groups"][0]] * 2), "IMF-E053"),
            (changed(groups=[IDENTITY["groups"][0] | {"id": "other"}]), "IMF-E087"),
            (changed(policy={"approved_on": "soon"}), "IMF-E070"),
        ],
    )
    def test_an_identity_that_cannot_be_is_told(
        self, tmp_path: Path, content: dict[str, Any], code: str
    ) -> None:
        """Nothing is made from an identity with problems, and each problem has its code."""
        with pytest.raises(ProblemsFoundError) as found:
            Study.create(tmp_path / "zone", content)
        assert code_of(found) == [code]
        assert not (tmp_path / "zone").exists()

    def test_a_file_in_the_way_is_a_storage_error(self, tmp_path: Path) -> None:
        """What the disk refuses becomes words, not an OSError."""
        (tmp_path / "file").write_text("", "utf-8")
        with pytest.raises(StorageError, match="IMF-S103"):
            Study.create(tmp_path / "file" / "zone", IDENTITY)


class TestFinding:
    def test_a_study_is_found_upwards(self, study: Study) -> None:
        """Any folder below the study leads to it."""
        deep = study.folder / "waves" / "x"
        deep.mkdir(parents=True)
        assert Study.find(deep).folder == study.folder

    def test_no_study_anywhere(self, tmp_path: Path) -> None:
        """Where there is none, `around` says so and `find` tells what to do."""
        assert Study.around(tmp_path) is None
        with pytest.raises(InputError, match=r"IMF-T111.*imfsurvey new"):
            Study.find(tmp_path)

    def test_a_folder_that_is_no_study(self, tmp_path: Path) -> None:
        """A folder that was named is not looked for elsewhere."""
        with pytest.raises(InputError, match="IMF-T110"):
            Study(tmp_path)

    def test_a_broken_study_file_is_told_with_its_line(self, study: Study) -> None:
        """A study.yaml that is no YAML gives the line of the fault."""
        (study.folder / STUDY_FILE).write_text("imfsurvey: 1\nentity: {name: [}\n", "utf-8")
        with pytest.raises(ProblemsFoundError) as found:
            Study(study.folder)
        assert [(problem.code, problem.line) for problem in found.value.problems] == [
            ("IMF-E006", 2)
        ]


class TestWaves:
    def test_a_wave_is_named_by_year_and_kind(self, study: Study) -> None:
        """A new wave is a draft with a label in each language of the interface."""
        wave = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
        assert wave.id == "2027-annual"
        assert wave.file.status == "draft"
        assert wave.file.label.say("en") == "Annual measurement 2027"
        assert wave.file.label.languages() == {"fr", "nl", "en", "de"}

    def test_a_name_is_taken_once(self, study: Study) -> None:
        """A second wave of the same name is refused."""
        study.new_wave("zero", 2026)
        with pytest.raises(RefusedError, match="IMF-T116"):
            study.new_wave("zero", 2026)

    def test_a_name_is_free_as_long_as_nothing_lies_there(self, study: Study) -> None:
        """Killed between the folder and its file, making the wave is simply done again."""
        (study.folder / "waves" / "2026-zero").mkdir()
        assert study.new_wave("zero", 2026).id == "2026-zero"

    @pytest.mark.parametrize("name", ["../x", "Zero", "a b", "x" * 42, "-x"])
    def test_a_name_that_is_no_folder_name(self, study: Study, name: str) -> None:
        """A wave's name is a plain folder name: it cannot lead elsewhere."""
        with pytest.raises(InputError, match="IMF-T115"):
            study.new_wave("zero", 2026, name=name)

    @pytest.mark.parametrize("file", ["../secret.yaml", "/etc/x.yaml", "Big.yaml", "x.txt"])
    def test_a_questionnaire_is_a_file_below_its_folder(self, study: Study, file: str) -> None:
        """The files of a wave cannot lie outside the folders of questionnaires."""
        with pytest.raises(ProblemsFoundError) as found:
            study.new_wave("zero", 2026, questionnaires=[file])
        assert "IMF-E026" in code_of(found)
        assert study.waves == ()

    def test_an_unknown_wave_is_told_with_the_known_ones(self, study: Study) -> None:
        """Asking for a wave that is not there names those that are."""
        with pytest.raises(InputError, match="IMF-T113"):
            study.wave("2026-zero")
        study.new_wave("zero", 2026)
        with pytest.raises(InputError, match=r"IMF-T114.*2026-zero"):
            study.wave("2026-zerro")

    def test_waves_stand_in_order_of_opening(self, study: Study) -> None:
        """Opened ones by their day, of one day the zero measurement first, drafts last, whatever
        their names."""
        late = study.new_wave("zero", 2026, name="a-late", questionnaires=QUESTIONNAIRES)
        early = study.new_wave("annual", 2026, name="b-early", questionnaires=QUESTIONNAIRES)
        first = study.new_wave("zero", 2026, name="c-zero", questionnaires=QUESTIONNAIRES)
        study.new_wave("final", 2026, name="0-draft", questionnaires=QUESTIONNAIRES)
        open_wave(study, early, OPENED)
        open_wave(study, first, OPENED)
        open_wave(study, late, OPENED + datetime.timedelta(days=1))
        assert [wave.id for wave in study.waves] == ["c-zero", "b-early", "a-late", "0-draft"]
