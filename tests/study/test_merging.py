"""Several laptops: their boxes are united, once and for all, and nothing foreign gets in."""

import itertools
import shutil
from pathlib import Path

import pytest
from keyholders import SECRETS, close_and_unseal
from zone import CLOSED, OPENED, QUESTIONNAIRES, make_zone, respond

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.store.seal import new_key
from imfsurvey.study.boxes import answers_box, box_folder, count_responses
from imfsurvey.study.closing import closing_record, differences
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import add_public_key, keys_of, new_content
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.merging import Taken, merge
from imfsurvey.study.purging import purge
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave


def laptop(study: Study, wave: Wave, folder: Path, count: int, *, closed: bool = True) -> Study:
    """A copy of the study on another computer, where so many people answer."""
    shutil.copytree(study.folder, folder)
    copied = Study(folder)
    respond(copied.wave(wave.id), count, category="ops", clear=4, unclear=2)
    if closed:
        close_wave(copied, copied.wave(wave.id), CLOSED, place=folder.name)
    return copied


def count(study: Study, wave: Wave) -> int:
    """Responses to the survey that are stored."""
    return count_responses(study.wave(wave.id), wave.questionnaire("survey"))


def codes(taken: Taken) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in taken.problems]


def test_any_order_any_number_of_times(study: Study, wave: Wave, tmp_path: Path) -> None:
    """Three laptops in every order, some twice: the same records, each once."""
    sizes = {"a": 3, "b": 5, "c": 4}
    for name, size in sizes.items():
        laptop(study, wave, tmp_path / name, size)
    for number, order in enumerate(itertools.permutations(sizes)):
        main = Study(shutil.copytree(study.folder, tmp_path / f"main{number}"))
        for name in (*order, order[0]):
            (taken,) = merge(main, tmp_path / name)
            assert (taken.wave, taken.place, codes(taken)) == (wave.id, name, [])
        assert (taken.new, taken.known) == (0, sizes[order[0]])
        assert count(main, wave) == 12
    figures = close_and_unseal(main, main.wave(wave.id), CLOSED).figures
    assert figures.collected[0].counted == 12


def test_a_stick_with_several_copies(study: Study, wave: Wave, tmp_path: Path) -> None:
    """One path is enough: every wave folder below it is found, whatever else lies there."""
    stick = tmp_path / "stick"
    laptop(study, wave, stick / "one", 2)
    laptop(study, wave, stick / "two", 2, closed=False)
    (stick / "holiday.jpg").write_bytes(b"\xff\xd8")
    found = list(merge(study, stick))
    assert [(taken.new, codes(taken)) for taken in found] == [(2, []), (2, [])]
    shutil.copytree(stick / "one" / "waves" / wave.id, tmp_path / "just-the-wave")
    (again,) = merge(study, tmp_path / "just-the-wave")
    assert (again.new, again.known) == (0, 2)


def test_what_does_not_belong_is_named(study: Study, wave: Wave, tmp_path: Path) -> None:
    """An empty folder, another study's wave, and a wave.yaml that cannot be read."""
    (tmp_path / "empty").mkdir()
    (taken,) = merge(study, tmp_path / "empty")
    assert (taken.wave, codes(taken)) == ("", ["IMF-T180"])
    (taken,) = merge(study, tmp_path / "no stick")
    assert (taken.wave, codes(taken)) == ("", ["IMF-T495"])
    foreign = make_zone(tmp_path / "foreign")
    open_wave(foreign, foreign.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    (taken,) = merge(study, foreign.folder)
    assert (taken.wave, codes(taken)) == ("", ["IMF-T181"])
    broken = laptop(study, wave, tmp_path / "broken", 2, closed=False)
    (broken.folder / "waves" / wave.id / "wave.yaml").write_text("imfsurvey: 1\nkind: x\n", "utf-8")
    (taken,) = merge(study, broken.folder)
    assert taken.wave == "" and taken.problems
    assert all(problem.line for problem in taken.problems)
    assert count(study, wave) == 0


def test_other_questionnaires_and_other_keys(study: Study, wave: Wave, tmp_path: Path) -> None:
    """A copy whose frozen files or key holders are not ours is refused, with the reason."""
    other = laptop(study, wave, tmp_path / "other", 2, closed=False)
    path = other.folder / "waves" / wave.id / "wave.yaml"
    text = path.read_text("utf-8")
    swapped = wave.file.seal.keys[0].public_key if wave.file.seal else ""
    path.write_text(text.replace(swapped, new_key()[1]), "utf-8")
    (taken,) = merge(study, other.folder)
    assert codes(taken) == ["IMF-T183"]
    frozen = wave.file.frozen[1].hash
    path.write_text(text.replace(frozen, "0" * 64), "utf-8")
    (taken,) = merge(study, other.folder)
    assert codes(taken)[:1] == ["IMF-T182"]
    assert count(study, wave) == 0


def test_a_box_that_was_changed_after_its_closing(study: Study, wave: Wave, tmp_path: Path) -> None:
    """It is not taken in, unless somebody accepts that."""
    other = laptop(study, wave, tmp_path / "other", 3)
    copy = other.wave(wave.id)
    (segment,) = box_folder(answers_box(copy, copy.questionnaire("survey"))).glob("seg-*.json")
    raw = bytearray(segment.read_bytes())
    place = raw.index(b'"p":"') + 20
    raw[place] = ord("A") if raw[place] != ord("A") else ord("B")
    segment.chmod(0o600)
    segment.write_bytes(raw)
    (taken,) = merge(study, other.folder)
    assert codes(taken) == ["IMF-T173", "IMF-T175"]
    assert count(study, wave) == 0
    (taken,) = merge(study, other.folder, despite_differences=True)
    assert (taken.new, codes(taken)) == (2, ["IMF-T184"])


def test_what_vanishes_after_merging_is_told(study: Study, wave: Wave, tmp_path: Path) -> None:
    """Row 8: records of a laptop that are gone before the main wave closes are counted."""
    laptop(study, wave, tmp_path / "b", 6)
    list(merge(study, tmp_path / "b"))
    shutil.rmtree(box_folder(answers_box(wave, wave.questionnaire("survey"))))
    wave = study.wave(wave.id)
    respond(wave, 7, clear=3)
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    record = closing_record(closed)
    assert record is not None
    assert [(one.place, one.missing) for one in record.merged] == [("b", 6)]
    assert [problem.code for problem in differences(closed)] == ["IMF-T178"]
    assert not list((closed.folder / "merged").glob("*.txt"))
    with pytest.raises(RefusedError, match="IMF-T177"):
        unseal_wave(closed, [SECRETS["officer"]])


@pytest.mark.parametrize("content", [b"no hash", b"\xe9" * 64, b"abc"])
def test_a_damaged_list_of_hashes_is_told(
    study: Study, wave: Wave, tmp_path: Path, content: bytes
) -> None:
    """What was taken in cannot be compared then: the wave stays open, and it is said why."""
    laptop(study, wave, tmp_path / "b", 6)
    list(merge(study, tmp_path / "b"))
    (path,) = (wave.folder / "merged").glob("*.txt")
    path.write_bytes(content)
    with pytest.raises(StorageError, match="IMF-E200"):
        close_wave(study, study.wave(wave.id), CLOSED)
    assert study.wave(wave.id).file.status == "open"
    assert path.read_bytes() == content


def test_a_closed_wave_takes_nothing_in(study: Study, wave: Wave, tmp_path: Path) -> None:
    """Its record is signed. What would have been new is told, and nothing is taken in."""
    laptop(study, wave, tmp_path / "b", 2)
    close_wave(study, wave, CLOSED)
    (taken,) = merge(study, tmp_path / "b")
    assert (taken.wave, codes(taken)) == ("", ["IMF-T101"])
    assert count(study, wave) == 0


def test_last_year_s_wave_does_not_stop_this_year_s(
    study: Study, wave: Wave, tmp_path: Path
) -> None:
    """A laptop has a copy of the whole study, closed waves too: nothing in them is new, whether
    they are still there or destroyed by now, and what was answered this year is taken in."""
    respond(wave, 6, clear=4)
    close_and_unseal(study, wave, CLOSED)
    draft = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
    now = open_wave(study, draft, OPENED.replace(year=2027))
    laptop(study, now, tmp_path / "b", 3)
    found = [(one.wave, one.new, one.known, codes(one)) for one in merge(study, tmp_path / "b")]
    assert found == [("2026-zero", 0, 6, []), ("2027-annual", 3, 0, [])]
    other = Study(tmp_path / "b")
    purge(other.wave(wave.id), CLOSED.replace(year=2028), by="R", reference="x")
    found = [(one.wave, one.new, one.known, codes(one)) for one in merge(study, tmp_path / "b")]
    assert found == [("2026-zero", 0, 0, []), ("2027-annual", 0, 3, [])]


def test_the_draft_of_the_next_wave_is_nothing_to_tell(
    study: Study, wave: Wave, tmp_path: Path
) -> None:
    """It is in every copy of the study. Once it is open here, the copy was made too early."""
    draft = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
    laptop(study, wave, tmp_path / "b", 3)
    assert [(one.wave, one.new) for one in merge(study, tmp_path / "b")] == [(wave.id, 3)]
    open_wave(study, draft, OPENED.replace(year=2027))
    found = [(one.wave, codes(one)) for one in merge(study, tmp_path / "b")]
    assert found == [(wave.id, []), ("", ["IMF-T181"])]


def test_the_path_may_hold_this_study_itself(study: Study, wave: Wave, tmp_path: Path) -> None:
    """Naming the folder above does not merge a study into itself."""
    respond(wave, 2, clear=3)
    laptop(study, wave, tmp_path / "b", 1)
    (taken,) = merge(study, tmp_path)
    assert (taken.place, taken.new, taken.known) == ("b", 1, 2)


def test_keys_of_another_copy_do_not_come_along(study: Study, wave: Wave, tmp_path: Path) -> None:
    """Only what was answered is taken in: nobody becomes a key holder by a stick."""
    other = laptop(study, wave, tmp_path / "b", 2, closed=False)
    _, public = new_key()
    add_public_key(other.folder, "extra", new_content("E", "", "", public, OPENED))
    (taken,) = merge(study, other.folder)
    assert (taken.new, codes(taken)) == (2, [])
    assert [key.id for key in keys_of(study.folder)] == ["dpo", "officer"]
