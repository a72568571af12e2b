"""A wave: its states, and the copies that count once it is open."""

import threading
from pathlib import Path

import pytest
from keyholders import close_and_unseal
from zone import CLOSED, OPENED, respond

from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.source.problems import ProblemsFoundError
from imfsurvey.store.disk import locked
from imfsurvey.study.folder import Study
from imfsurvey.study.kinds import WaveStatus
from imfsurvey.study.life import open_wave, released
from imfsurvey.study.wave import LOCK_FILE, Wave


@pytest.mark.parametrize(
    ("status", "wanted", "code"),
    [
        ("draft", "open", "IMF-T102"),
        ("draft", "closed", "IMF-T102"),
        ("open", "draft", "IMF-T103"),
        ("open", "closed", "IMF-T104"),
        ("closed", "draft", "IMF-T101"),
        ("closed", "open", "IMF-T101"),
    ],
)
def test_a_wave_in_another_state_is_refused(
    study: Study, draft: Wave, status: WaveStatus, wanted: WaveStatus, code: str
) -> None:
    """What needs a state says which state the wave is in."""
    wave = draft
    if status != "draft":
        wave = open_wave(study, wave, OPENED)
    if status == "closed":
        close_and_unseal(study, wave, CLOSED)
        wave = wave.like()
    with pytest.raises(RefusedError, match=code):
        wave.require(wanted)
    wave.require(status)


def test_what_was_read_before_does_not_count(study: Study, wave: Wave) -> None:
    """A program that read the wave while it was open, and has stored something in it already, is
    refused once another has closed it."""
    respond(wave, 2, clear=4)
    close_and_unseal(study, study.wave(wave.id), CLOSED)
    wave.require("open")  # as this program still believes
    with pytest.raises(RefusedError, match="IMF-T101"):
        respond(wave, 1, clear=4)


def test_a_wave_is_held_while_something_is_stored(wave: Wave) -> None:
    """Whoever stores or closes waits until the one before has finished."""
    order: list[str] = []

    def store() -> None:
        respond(wave, 1, clear=4)
        order.append("stored")

    with locked(wave.folder / LOCK_FILE):
        other = threading.Thread(target=store)
        other.start()
        other.join(0.1)
        order.append("let go")
    other.join()
    assert order == ["let go", "stored"]


def test_several_store_at_a_time_and_closing_waits_for_them(study: Study, wave: Wave) -> None:
    """Whoever stores does not wait for others who do; whoever closes counts what all have stored,
    through one reading of the wave as well as through several."""
    with wave.held("open", shared=True):
        closing = threading.Thread(target=close_and_unseal, args=(study, wave.like(), CLOSED))
        closing.start()
        writers = [
            threading.Thread(target=respond, args=(one, 2), kwargs={"clear": 4})
            for one in (wave, wave, wave, wave.like(), wave.like())
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert closing.is_alive()
    closing.join()
    assert released(wave.like()).collected[0].counted == 10


def test_a_wave_is_asked_for_its_state_each_time_it_is_held(study: Study, wave: Wave) -> None:
    """Also when nothing has changed since it was held in the state that it is in."""
    with wave.held("open"):
        pass
    with pytest.raises(RefusedError, match="IMF-T104"), wave.held("closed"):
        raise AssertionError("held as if it were closed")
    close_and_unseal(study, wave, CLOSED)
    closed = wave.like()
    with closed.held("closed"):
        pass
    with pytest.raises(RefusedError, match="IMF-T101"), closed.held("open"):
        raise AssertionError("held as if it were open")


def test_a_draft_reads_the_files_of_the_study(study: Study, draft: Wave) -> None:
    """Before opening, a change of a questionnaire counts."""
    file = study.folder / "questionnaires" / "survey.yaml"
    file.write_text(file.read_text("utf-8").replace('version: "1"', 'version: "2"', 1), "utf-8")
    assert draft.questionnaire("survey").questionnaire.version == "2"


def test_what_another_program_has_opened_is_read_anew(study: Study, draft: Wave) -> None:
    """Who had a draft on the screen goes by the copies once it is held open: the questionnaire
    was changed before somebody else opened it."""
    draft.codec(draft.questionnaire("survey"))
    file = study.folder / "questionnaires" / "survey.yaml"
    file.write_text(file.read_text("utf-8").replace('version: "1"', 'version: "2"', 1), "utf-8")
    open_wave(study, study.wave(draft.id), OPENED)
    with draft.held("open"):
        now = draft.questionnaire("survey")
        assert now.questionnaire.version == "2"
        assert draft.codec(now).questionnaire is now


def test_an_open_wave_reads_its_own_copies(study: Study, wave: Wave) -> None:
    """After opening, the files of the study may change or go: the copies count."""
    file = study.folder / "questionnaires" / "survey.yaml"
    file.write_text(file.read_text("utf-8").replace('version: "1"', 'version: "2"', 1), "utf-8")
    assert wave.like().questionnaire("survey").questionnaire.version == "1"


def test_a_copy_that_was_changed_is_told(wave: Wave) -> None:
    """Answers belong to the questionnaire as it was: a changed copy is refused, by its name."""
    file = wave.folder / "survey.yaml"
    file.write_text(file.read_text("utf-8").replace("k_total: 5", "k_total: 6"), "utf-8")
    with pytest.raises(StorageError, match=r"IMF-T106.*survey\.yaml"):
        wave.like().questionnaires  # noqa: B018 - reading is what is tried


@pytest.mark.parametrize(
    ("was", "written", "code", "line"),
    [
        ("status: open", "status: draft", "IMF-T491", "status: draft"),
        ("status: open", "status: closed", "IMF-T491", "status: closed"),
        ("- assessment.yaml\n", "", "IMF-T492", "questionnaires:"),
        ("- survey.yaml", "- anonymous.yaml", "IMF-T492", "questionnaires:"),
        (
            "- assessment.yaml\n- survey.yaml\n",
            "- survey.yaml\n- assessment.yaml\n",
            *("IMF-T492", "questionnaires:"),
        ),
    ],
)
def test_what_opening_has_settled_is_not_changed_by_hand(
    study: Study, wave: Wave, was: str, written: str, code: str, line: str
) -> None:
    """A draft again would draw another uid, and what was answered would count for nothing; other
    questionnaires would send the answers into another box. It is told with its line."""
    path = wave.folder / "wave.yaml"
    text = path.read_text("utf-8").replace(was, written, 1)
    path.write_text(text, "utf-8")
    with pytest.raises(ProblemsFoundError) as found:
        study.wave(wave.id)
    (problem,) = found.value.problems
    place = text.splitlines()[problem.line - 1]
    assert problem.code == code
    assert place.strip() == line or place == "- survey.yaml"
    with pytest.raises(ProblemsFoundError):
        respond(wave, 1, clear=4)


def test_a_closed_wave_is_not_opened_again_by_hand(study: Study, wave: Wave) -> None:
    """Its record is signed, and its figures are out."""
    close_and_unseal(study, wave, CLOSED)
    path = wave.folder / "wave.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("status: closed", "status: open"), "utf-8")
    with pytest.raises(ProblemsFoundError) as found:
        study.wave(wave.id)
    assert [one.code for one in found.value.problems] == ["IMF-T491"]


def test_a_copy_laid_out_anew_is_the_same(wave: Wave) -> None:
    """Comments and layout are no change: what counts is the meaning."""
    file = wave.folder / "survey.yaml"
    file.write_text("# a remark\n" + file.read_text("utf-8"), "utf-8")
    assert set(wave.like().questionnaires) == {"sample.assessment", "sample.survey"}


def test_a_questionnaire_is_found_by_id_and_by_short_name(wave: Wave) -> None:
    """Both names give the same; another one names those there are."""
    assert wave.questionnaire("survey") is wave.questionnaire("sample.survey")
    assert wave.stem("sample.survey") == "survey"
    with pytest.raises(RefusedError, match=r"IMF-T105.*assessment, survey"):
        wave.questionnaire("perception")


def test_by_its_short_name_no_other_questionnaire_is_read(wave: Wave) -> None:
    """Whoever answers one does not wait for the others, which are looked at when they are needed.

    The other copy was changed, and nobody who is not asked it is told so.
    """
    file = wave.folder / "assessment.yaml"
    file.write_text(file.read_text("utf-8").replace('version: "1"', 'version: "2"', 1), "utf-8")
    again = wave.like()
    survey = again.questionnaire("survey")
    assert (survey.id, again.stem(survey.id)) == ("sample.survey", "survey")
    for name in ("assessment", "sample.survey"):  # by an id, all have to be looked through
        with pytest.raises(StorageError, match=r"IMF-T106.*assessment\.yaml"):
            again.questionnaire(name)


def test_two_questionnaires_with_one_id(study: Study) -> None:
    """Answers could not be told apart, so that such a wave is refused."""
    folder = study.folder / "questionnaires"
    (folder / "again.yaml").write_text((folder / "survey.yaml").read_text("utf-8"), "utf-8")
    wave = study.new_wave("zero", 2026, questionnaires=["survey.yaml", "again.yaml"])
    with pytest.raises(InputError, match="IMF-T107"):
        open_wave(study, wave, OPENED)


def test_groups_and_headcount_are_those_of_the_opening(study: Study, wave: Wave) -> None:
    """A later change of study.yaml does not move the denominator of an open wave."""
    file = study.folder / "study.yaml"
    file.write_text(file.read_text("utf-8").replace("headcount: 40", "headcount: 90"), "utf-8")
    again = Study(study.folder).wave(wave.id)
    assert again.headcount == 52
    assert [choice.code for choice in again.groups] == ["ops", "08"]


def test_reading_a_wave_writes_nothing(wave: Wave) -> None:
    """A folder on a read-only stick can be read."""

    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in wave.folder.rglob("*") if path.is_file()}

    before = files()
    again = wave.like()
    assert len(again.questionnaires) == 2
    assert files() == before
