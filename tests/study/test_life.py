"""Opening and closing: what is frozen, what is computed, what stays when something fails."""

import datetime
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from keyholders import close_and_unseal
from zone import CLOSED, OPENED, QUESTIONNAIRES, make_zone, rate, respond

from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.source.problems import ProblemsFoundError
from imfsurvey.store.disk import LEVEL_TIME, temporary
from imfsurvey.study import life
from imfsurvey.study.boxes import answers_box, box_folder, response_store
from imfsurvey.study.drafts import DRAFTS
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave, results
from imfsurvey.study.results import FIGURES
from imfsurvey.study.wave import Wave

LATER = datetime.date(2027, 1, 1)


@contextmanager
def last_step_failing(wave: Wave) -> Iterator[None]:
    """Nothing can be written in the place of wave.yaml, which opening and closing write last."""
    obstacle = temporary(wave.folder / "wave.yaml")
    obstacle.mkdir()
    yield
    obstacle.rmdir()


class TestOpening:
    def test_opening_freezes_and_reserves(self, study: Study, draft: Wave) -> None:
        """An open wave has its copies, its date, and an empty box."""
        wave = open_wave(study, draft, OPENED)
        assert study.wave(draft.id).file == wave.file
        assert wave.file.opened_on == OPENED
        assert {path.name for path in wave.folder.glob("*.yaml")} == {
            *("wave.yaml", "framework.yaml", "assessment.yaml", "survey.yaml")
        }
        with response_store(answers_box(wave, wave.questionnaire("survey"))) as store:
            assert store.count() == 0
        segments = list(
            box_folder(answers_box(wave, wave.questionnaire("survey"))).glob("seg-*.json")
        )
        assert len(segments) == 1

    def test_there_is_room_for_everybody(self, study: Study) -> None:
        """2,012 people are more than a segment takes unless it is asked for more: there are blank
        slots for all, of which fewer than four in five are used."""
        file = study.folder / "study.yaml"
        file.write_text(
            file.read_text("utf-8").replace("headcount: 40", "headcount: 2000"), "utf-8"
        )
        again = Study(study.folder)
        wave = open_wave(again, again.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
        box = answers_box(wave, wave.questionnaire("survey"))
        heads = [path.read_bytes()[:80] for path in box_folder(box).glob("seg-*.json")]
        slots = [int(found[1]) for head in heads if (found := re.search(rb'"n":(\d+)', head))]
        assert len(slots) == len(heads) and sum(slots) * 4 > 2012 * 5

    def test_a_wave_is_opened_once(self, study: Study, wave: Wave) -> None:
        """A second opening is refused, by an old reading of the wave too."""
        with pytest.raises(RefusedError, match="IMF-T103"):
            open_wave(study, wave, LATER)
        assert study.wave(wave.id).file.opened_on == OPENED

    def test_a_survey_needs_people(self, tmp_path: Path) -> None:
        """Without headcounts there is no response rate, so that a survey cannot begin."""
        study = make_zone(tmp_path / "zone")
        file = study.folder / "study.yaml"
        file.write_text(file.read_text("utf-8").split("groups:")[0], "utf-8")
        study = Study(study.folder)
        draft = study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
        with pytest.raises(RefusedError, match="IMF-T130"):
            open_wave(study, draft, OPENED)
        named_only = study.new_wave("annual", 2026, questionnaires=["assessment.yaml"])
        assert open_wave(study, named_only, OPENED).file.status == "open"

    def test_a_questionnaire_with_problems_is_not_opened(self, study: Study, draft: Wave) -> None:
        """All problems are told, and the wave stays a draft."""
        file = study.folder / "questionnaires" / "survey.yaml"
        file.write_text(file.read_text("utf-8").replace("topic: code", "topic: cod"), "utf-8")
        with pytest.raises(ProblemsFoundError) as found:
            open_wave(study, draft, OPENED)
        assert {problem.code for problem in found.value.problems} == {"IMF-E062"}
        assert study.wave(draft.id).file.status == "draft"

    @pytest.mark.parametrize("name", ["wave.yaml", "framework.yaml"])
    def test_a_copy_must_not_cover_another_file(self, study: Study, name: str) -> None:
        """A questionnaire with the name of a file of the wave is refused before it is copied."""
        folder = study.folder / "questionnaires"
        (folder / name).write_text((folder / "survey.yaml").read_text("utf-8"), "utf-8")
        draft = study.new_wave("zero", 2026, questionnaires=[name])
        before = (draft.folder / "wave.yaml").read_bytes()
        with pytest.raises(InputError, match="IMF-T131"):
            open_wave(study, draft, OPENED)
        assert (draft.folder / "wave.yaml").read_bytes() == before

    def test_what_was_written_into_the_draft_since(self, study: Study, draft: Wave) -> None:
        """Who edits wave.yaml while a program has it read loses nothing: what stands there counts,
        not what was read."""
        draft.questionnaire("survey")
        path = draft.folder / "wave.yaml"
        text = path.read_text("utf-8").replace("- assessment.yaml\n", "")
        path.write_text(text + "keep_until: 2030-01-01\nshort: true\n", "utf-8")
        opened = open_wave(study, draft, OPENED)
        assert (opened.stems, opened.file.short) == (("survey",), True)
        assert list(study.wave(draft.id).questionnaires) == ["sample.survey"]

    def test_opening_again_after_a_failure(self, study: Study, draft: Wave) -> None:
        """A disk that fails half-way leaves a draft, which opens when the disk is well again."""
        with last_step_failing(draft), pytest.raises(StorageError):
            open_wave(study, draft, OPENED)
        assert study.wave(draft.id).file.status == "draft"
        assert open_wave(study, draft, OPENED).file.status == "open"


class TestClosing:
    def test_closing_keeps_the_figures(self, study: Study, wave: Wave) -> None:
        """The figures are read back as they were computed, on any later day."""
        rate(wave, {"sa_code": 3, "sa_rules": 2, "sa_training": 1, "sa_cycle": 1})
        respond(wave, 6, category="ops", clear=4, unclear=2)
        closed = close_and_unseal(study, wave, CLOSED)
        again = results(study, study.wave(wave.id), LATER)
        assert again.figures == closed.figures
        assert again.figures.closed_on == CLOSED
        assert set(again.questionnaires) == {"sample.assessment", "sample.survey"}

    def test_figures_survive_json(self, study: Study, wave: Wave) -> None:
        """What is printed as JSON can be read back into the same figures."""
        rate(wave, {"sa_code": 3, "sa_rules": "na", "sa_training": "dk"}, finished=False)
        figures = close_and_unseal(study, wave, CLOSED).figures
        text = json.dumps(FIGURES.dump_python(figures, mode="json"), allow_nan=False)
        assert FIGURES.validate_python(json.loads(text)) == figures

    def test_a_closed_wave_takes_nothing(self, study: Study, wave: Wave) -> None:
        """Neither a response nor an assessment nor a second closing."""
        close_and_unseal(study, wave, CLOSED)
        with pytest.raises(RefusedError, match="IMF-T101"):
            respond(wave, 1, clear=3)
        with pytest.raises(RefusedError, match="IMF-T101"):
            rate(wave, {"sa_code": 3})
        with pytest.raises(RefusedError, match="IMF-T101"):
            close_and_unseal(study, wave, LATER)

    def test_closing_levels_the_times_of_the_boxes(self, study: Study, wave: Wave) -> None:
        """No file of a closed box tells when it was written, even where a copy of the study, or
        the tool that made it, gave them times of their own."""
        respond(wave, 3, clear=3)
        folder = box_folder(answers_box(wave, wave.questionnaire("survey")))
        for path in (*folder.iterdir(), folder):
            os.utime(path)
        close_wave(study, wave, CLOSED)
        assert {path.stat().st_mtime for path in (folder, *folder.rglob("*"))} == {LEVEL_TIME}

    def test_a_failure_leaves_an_open_wave(self, study: Study, wave: Wave) -> None:
        """When the last step fails the wave is still open, what people have put aside is still
        there, and closing it again works."""
        respond(wave, 30, clear=4)
        aside = wave.folder / DRAFTS / f"{'0' * 32}.draft"
        aside.parent.mkdir()
        aside.write_bytes(b"sealed")
        with last_step_failing(wave), pytest.raises(StorageError):
            close_wave(study, wave, CLOSED)
        assert aside.read_bytes() == b"sealed"
        assert study.wave(wave.id).file.status == "open"
        respond(wave, 1, clear=4)
        figures = close_and_unseal(study, wave, CLOSED).figures
        assert figures.perception[0].responses.returned == 31
        assert results(study, study.wave(wave.id), LATER).figures == figures

    def test_more_responses_than_people(self, study: Study, wave: Wave) -> None:
        """A wave with more responses than people is not closed, and stays as it is."""
        respond(wave, 53, clear=4)
        with pytest.raises(InputError, match="IMF-A108"):
            close_and_unseal(study, wave, CLOSED)
        assert study.wave(wave.id).file.status == "open"


class TestResults:
    def test_a_draft_has_none(self, study: Study, draft: Wave) -> None:
        """Before opening there is nothing to tell."""
        with pytest.raises(RefusedError, match="IMF-T102"):
            results(study, draft, OPENED)

    def test_an_open_wave_shows_no_perception(self, study: Study, wave: Wave) -> None:
        """Maturity is provisional; how staff answered is not looked at before closing."""
        rate(wave, {"sa_code": 1})
        respond(wave, 20, clear=4)
        figures = results(study, wave, CLOSED).figures
        assert figures.status == "open"
        assert figures.maturity is not None
        assert figures.perception == ()

    @pytest.mark.parametrize(
        ("key", "said"), [("counts", [1, 2, 3, 4, 5, 6]), ("item", "nobody"), ("theme", "nothing")]
    )
    def test_released_figures_of_something_else(
        self, study: Study, wave: Wave, key: str, said: object
    ) -> None:
        """Figures of what the survey of this wave does not ask: counts of six codes where the
        scale has five, an item and a theme that are not there."""
        respond(wave, 12, clear=4)
        close_and_unseal(study, wave, CLOSED)
        path = wave.folder / life.RELEASED_FILE
        file = json.loads(path.read_text("utf-8"))
        (survey,) = file["figures"]["1"]["perception"]
        survey["themes" if key == "theme" else "items"][0][key] = said
        path.write_text(json.dumps(file), "utf-8")
        with pytest.raises(StorageError, match=r"IMF-T132.*released\.json"):
            results(study, study.wave(wave.id), LATER)

    def test_figures_that_are_there_twice(self, study: Study, wave: Wave) -> None:
        """Which of them were released cannot be told."""
        close_wave(study, wave, CLOSED)
        path = wave.folder / life.RELEASED_FILE
        file = json.loads(path.read_text("utf-8"))
        file["figures"]["2"] = file["figures"]["1"]
        path.write_text(json.dumps(file), "utf-8")
        with pytest.raises(StorageError, match=r"IMF-T132.*released\.json"):
            results(study, study.wave(wave.id), LATER)

    @pytest.mark.parametrize("content", ["{}", '{"figures": {"1": {"wave": "x"}}}'])
    def test_released_figures_that_are_no_more(
        self, study: Study, wave: Wave, content: str
    ) -> None:
        """A file without the figures, or with something else, is named, not guessed from."""
        close_and_unseal(study, wave, CLOSED)
        (wave.folder / life.RELEASED_FILE).write_text(content, "utf-8")
        with pytest.raises(StorageError, match=r"IMF-T132.*released\.json"):
            results(study, study.wave(wave.id), LATER)
