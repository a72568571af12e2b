"""From sealed boxes to figures: which keys, which boxes, and what is noticed on the way."""

import json
import shutil
import uuid
from pathlib import Path

import pytest
from keyholders import SECRETS, close_and_unseal, records_in
from records import decode
from tinydb import TinyDB
from zone import CLOSED, OPENED, QUESTIONNAIRES, rate, respond

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.disk import temporary
from imfsurvey.store.seal import Unsealer, new_key, seal
from imfsurvey.store.slots import slot_size_for
from imfsurvey.study.assessment import seal_assessment
from imfsurvey.study.boxes import answers_box, box_folder, response_store
from imfsurvey.study.closing import closing_record, differences, set_hash
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave, results
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave

OFFICER, DPO = SECRETS["officer"], SECRETS["dpo"]


@pytest.fixture
def closed(study: Study, wave: Wave) -> Wave:
    """A closed wave with 20 responses."""
    respond(wave, 20, category="ops", clear=4, unclear=2)
    close_wave(study, wave, CLOSED)
    return study.wave(wave.id)


def box_of(wave: Wave) -> Path:
    """The folder with the answers to the survey."""
    return box_folder(answers_box(wave, wave.questionnaire("survey")))


def put(wave: Wave, payload: bytes) -> None:
    """Put something into the box behind the program's back."""
    box = answers_box(wave, wave.questionnaire("survey"))
    BoxStore(box_folder(box), slot_size_for(box.sealed_size)).add(uuid.uuid4(), payload)


class TestKeys:
    @pytest.mark.parametrize("secret", [OFFICER, DPO], ids=["officer", "dpo"])
    def test_either_key_gives_the_figures(self, study: Study, closed: Wave, secret: str) -> None:
        """The figures are kept: reading them again needs no key."""
        figures = unseal_wave(closed, [secret]).figures
        assert figures.sealed == ()
        assert figures.collected[0].stored == figures.collected[0].counted == 20
        assert results(study, study.wave(closed.id), CLOSED).figures == figures

    def test_without_a_key_there_are_none(self, study: Study, closed: Wave) -> None:
        """A closed wave says that its survey is sealed; a stranger's key is refused."""
        figures = results(study, closed, CLOSED).figures
        assert (figures.sealed, figures.perception) == (("sample.survey",), ())
        with pytest.raises(RefusedError, match="IMF-K103"):
            unseal_wave(closed, [new_key()[0]])
        with pytest.raises(RefusedError, match="IMF-K103"):
            unseal_wave(closed, [])

    def test_four_eyes(self, study: Study, draft: Wave) -> None:
        """With all keys asked for, neither holder alone gets at the answers."""
        wave = open_wave(study, draft, OPENED, opening="all_of")
        respond(wave, 12, clear=4, unclear=3)
        close_wave(study, wave, CLOSED)
        for secrets in ([OFFICER], [DPO]):
            with pytest.raises(RefusedError, match=r"IMF-K103.*1 of the 2"):
                unseal_wave(study.wave(wave.id), secrets)
        figures = unseal_wave(study.wave(wave.id), [OFFICER, DPO]).figures
        assert figures.collected[0].counted == 12

    def test_only_a_closed_wave_and_only_once(self, study: Study, wave: Wave) -> None:
        """While answers come in nobody looks; afterwards the figures are there."""
        respond(wave, 6, clear=4)
        with pytest.raises(RefusedError, match="IMF-T104"):
            unseal_wave(wave, [OFFICER])
        close_and_unseal(study, wave, CLOSED)
        with pytest.raises(RefusedError, match="IMF-T176"):
            unseal_wave(study.wave(wave.id), [OFFICER])


class TestClosingRecord:
    def test_the_set_hash_has_no_order(self) -> None:
        """The same records in any order give the same hash; another record gives another."""
        assert set_hash([b"a" * 32, b"b" * 32]) == set_hash([b"b" * 32, b"a" * 32])
        assert set_hash([b"a" * 32]) != set_hash([b"a" * 32, b"b" * 32])

    def test_an_untouched_box_has_no_differences(self, closed: Wave) -> None:
        """What was counted at closing is what lies there."""
        record = closing_record(closed)
        assert record is not None
        assert [(box.box, box.part, box.records) for box in record.boxes] == [
            ("survey", "answers", 20)
        ]
        assert differences(closed) == []

    def test_a_missing_box(self, closed: Wave) -> None:
        """Row 8: a box that was dropped is named, and nothing is unsealed."""
        shutil.rmtree(box_of(closed))
        assert [problem.code for problem in differences(closed)] == ["IMF-T173"]
        assert (
            "held 20 records when it was closed, now it holds 0" in differences(closed)[0].message
        )
        with pytest.raises(RefusedError, match="IMF-T177"):
            unseal_wave(closed, [OFFICER])

    def test_a_stuffed_box(self, closed: Wave) -> None:
        """Row 7: responses added after the signature are counted."""
        box = answers_box(closed, closed.questionnaire("survey"))
        for _ in range(3):
            put(closed, box.sealed(records_in(box)[0]))
        (problem,) = differences(closed)
        assert (problem.code, problem.params["then"], problem.params["now"]) == ("IMF-T173", 20, 23)
        figures = unseal_wave(closed, [OFFICER], despite_differences=True).figures
        assert not figures.collected[0].as_closed

    def test_a_replaced_record(self, closed: Wave) -> None:
        """Row 9: as many records as before, but one of them another: the set hash differs."""
        box = answers_box(closed, closed.questionnaire("survey"))
        before = records_in(box)[0]
        with response_store(box) as store:
            entries = list(store.entries())
        shutil.rmtree(box_of(closed))
        with response_store(box) as store:
            for entry in entries[1:]:
                store.add(entry.response_id, entry.payload)
            store.add(entries[0].response_id, box.sealed(before))
        assert [problem.code for problem in differences(closed)] == ["IMF-T174"]

    def test_a_missing_record_sheet(self, closed: Wave) -> None:
        """Without the closing record there is nothing to compare with, which is said."""
        (closed.folder / "closing.yaml").unlink()
        assert [problem.code for problem in differences(closed)] == ["IMF-T171"]

    def test_the_record_of_another_wave(self, study: Study, closed: Wave) -> None:
        """It says nothing of this one: it is named, and nothing is unsealed."""
        draft = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
        other = open_wave(study, draft, OPENED)
        close_wave(study, other, CLOSED)
        shutil.copy(other.folder / "closing.yaml", closed.folder)
        with pytest.raises(StorageError, match=r"IMF-T170.*2026-zero/closing\.yaml"):
            unseal_wave(closed, [OFFICER])


class TestRecords:
    def test_a_record_of_another_wave_is_left_out(self, study: Study, closed: Wave) -> None:
        """Row 10: sealed to the right keys, but made for another wave, box or form."""
        box = answers_box(closed, closed.questionnaire("survey"))
        good = records_in(box)[0]
        other = open_wave(
            study, study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES), OPENED
        )
        elsewhere = answers_box(other, other.questionnaire("survey"))
        put(closed, elsewhere.sealed(good))
        put(closed, box._replace(part="comments").sealed(good))
        put(closed, box.sealed(b'{"form":"0","answers":[]}'))
        put(closed, box.sealed(good[:-1] + b',"name":"x"}'[: box.longest - len(good) + 1]))
        put(closed, seal(b"anything", closed.seal.public_keys, "any_of"))
        put(closed, b"not sealed at all")
        figures = unseal_wave(closed, [OFFICER], despite_differences=True).figures
        assert (figures.collected[0].stored, figures.collected[0].counted) == (26, 20)

    def test_too_few_are_not_unsealed(self, study: Study, wave: Wave) -> None:
        """Row 12: four records stay sealed: that they are broken is not even noticed."""
        for _ in range(4):
            put(wave, b"broken")
        close_wave(study, wave, CLOSED)
        figures = unseal_wave(study.wave(wave.id), [OFFICER]).figures
        (survey,) = figures.perception
        assert (figures.collected[0].stored, figures.collected[0].counted) == (4, 4)
        assert survey.responses.returned is None
        assert all(item.hidden == "too_few" and item.n is None for item in survey.items)


def test_what_is_stored_can_be_told_by_nobody_else(wave: Wave) -> None:
    """Row 6: with everything on the laptop, the public keys included, no answer is readable."""
    respond(wave, 5, category="ops", clear=4, unclear=2)
    box = answers_box(wave, wave.questionnaire("survey"))
    assert (
        decode(records_in(box)[0], wave.questionnaire("survey"), wave.groups)["category"] == "ops"
    )
    for path in wave.folder.rglob("*"):
        if path.is_file() and path.parent == box_of(wave):
            content = path.read_bytes()
            assert b"ops" not in content
            assert wave.questionnaire("survey").form_hash.encode() not in content


class TestNamedAnswers:
    def test_they_can_be_sealed_when_the_wave_closes(self, study: Study, wave: Wave) -> None:
        """Evidence and comments are then readable for key holders only; the figures stay."""
        rate(wave, {"sa_code": 3, "sa_rules": 2})
        close_wave(study, wave, CLOSED, sealing_named=True)
        closed = study.wave(wave.id)
        assert not (closed.folder / "assessment.json").exists()
        sealed = (closed.folder / "assessment.json.age").read_bytes()
        unsealer = Unsealer([DPO], closed.seal.opening, closed.seal.public_keys)
        answers = json.loads(unsealer.unseal(sealed) or b"{}")["responses"]["1"]["answers"]
        assert answers["sa_code"]["evidence"] == "Note"
        figures = results(study, closed, CLOSED).figures
        assert figures.maturity is not None
        assert figures.maturity.ratings["code"].level == 3

    def test_a_closing_that_was_broken_off_is_not_what_counts(
        self, study: Study, wave: Wave
    ) -> None:
        """It had sealed them, and the next one does not: what is readable stays, alone."""
        rate(wave, {"sa_code": 3})
        seal_assessment(wave)  # as far as it came
        close_wave(study, wave, CLOSED)
        unseal_wave(study.wave(wave.id), [DPO])
        assert {path.name for path in wave.folder.glob("assessment.json*")} == {
            "assessment.json",
            "assessment.json.lock",
        }

    def test_what_is_sealed_is_readable_nowhere(self, study: Study, wave: Wave) -> None:
        """Neither the file, if a closing was killed before it went, nor one that was begun."""
        rate(wave, {"sa_code": 3})
        path = wave.folder / "assessment.json"
        readable = path.read_bytes()
        close_wave(study, wave, CLOSED, sealing_named=True)
        for one in (path, temporary(path)):
            one.write_bytes(readable)
        unseal_wave(study.wave(wave.id), [DPO])
        assert {one.name for one in wave.folder.glob("assessment.json*")} == {
            "assessment.json.age",
            "assessment.json.lock",
        }

    def test_without_keys_nothing_is_closed(self, study: Study) -> None:
        """The wish is refused before anything is final; a named wave gets keys when asked."""
        names = QUESTIONNAIRES[:1]
        plain = open_wave(study, study.new_wave("zero", 2026, questionnaires=names), OPENED)
        with pytest.raises(RefusedError, match="IMF-T108"):
            close_wave(study, plain, CLOSED, sealing_named=True)
        assert study.wave(plain.id).file.status == "open"
        draft = study.new_wave("annual", 2027, questionnaires=names)
        sealed = open_wave(study, draft, OPENED, keys=["officer", "dpo"])
        rate(sealed, {"sa_code": 1})
        close_wave(study, sealed, CLOSED, sealing_named=True)
        assert (sealed.folder / "assessment.json.age").exists()


def test_a_damaged_slot_is_counted_and_put_aside(study: Study, wave: Wave) -> None:
    """The closing record names it; then any TinyDB opens the box, and the others are counted."""
    respond(wave, 12, clear=4, unclear=3)
    (segment,) = box_of(wave).glob("seg-*.json")
    raw = bytearray(segment.read_bytes())
    raw[raw.index(b'"p":"') + 9] = ord('"')  # no JSON any more
    segment.write_bytes(raw)
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    record = closing_record(closed)
    assert record is not None
    assert [(box.records, box.damaged) for box in record.boxes] == [(11, 1)]
    with TinyDB(segment, access_mode="r") as stock:
        assert len(stock.table("responses")) == 12  # the anchor, and eleven responses
    assert len(list((box_of(closed) / "quarantine").iterdir())) == 1
    assert differences(closed) == []
    assert unseal_wave(closed, [OFFICER]).figures.collected[0].counted == 11
