"""Free texts: kept apart, read by key holders, and only from enough people."""

from pathlib import Path

import pytest
from asking import make_asking, write
from keyholders import SECRETS, close_and_unseal, records_in
from zone import CLOSED

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview import Answer, Interview
from imfsurvey.questionnaire import detached_fields
from imfsurvey.study.boxes import Submission, answers_box, boxes_of, comments_box, submit
from imfsurvey.study.closing import closing_record
from imfsurvey.study.commenting import Texts, read_comments
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave
from imfsurvey.study.wave import Wave


@pytest.fixture
def asking(tmp_path: Path) -> tuple[Study, Wave]:
    """A study whose open wave asks for words of one's own."""
    return make_asking(tmp_path / "zone")


def free_items(wave: Wave) -> list[tuple[str, str]]:
    """The free fields of the sample."""
    (survey,) = wave.questionnaires.values()
    return list(detached_fields(survey))


def told(found: list[Texts], item: str, field: str) -> Texts:
    """What was found of one field."""
    return next(one for one in found if (one.item, one.field) == (item, field))


def test_texts_are_told_in_no_order_of_theirs(asking: tuple[Study, Wave]) -> None:
    """Sorted by their letters, whoever wrote them when."""
    study, wave = asking
    item = next(name for name, field in free_items(wave) if field == "text")
    for number in reversed(range(12)):
        write(wave, **{item: f"texte {number:02}"})
    close_and_unseal(study, wave, CLOSED)
    found = read_comments(study.wave(wave.id), [SECRETS["dpo"]])
    assert told(found, item, "text").texts == tuple(f"texte {n:02}" for n in range(12))


def test_more_texts_than_people(asking: tuple[Study, Wave]) -> None:
    """27 of 52 people write two texts each: 54 texts are no reason to refuse the closing."""
    study, wave = asking
    for _ in range(27):
        write(wave, wish="texte", safe__comment="autre")
    close_wave(study, wave, CLOSED)
    record = closing_record(study.wave(wave.id))
    assert record is not None
    assert {one.part: one.records for one in record.boxes} == {"answers": 27, "comments": 54}


def test_eleven_people_are_too_few(asking: tuple[Study, Wave]) -> None:
    """k_comments is 12: none of eleven texts is shown."""
    study, wave = asking
    item = next(name for name, field in free_items(wave) if field == "text")
    for _ in range(11):
        write(wave, **{item: "texte"})
    close_and_unseal(study, wave, CLOSED)
    found = read_comments(study.wave(wave.id), [SECRETS["dpo"]])
    assert {one.texts for one in found} == {None}


def test_words_of_other_need_as_many_who_chose_it(asking: tuple[Study, Wave]) -> None:
    """Else it would be known whose words they are."""
    study, wave = asking
    for _ in range(12):
        write(wave)
    close_and_unseal(study, wave, CLOSED)
    found = read_comments(study.wave(wave.id), [SECRETS["dpo"]])
    fields = {one.field: one.texts for one in found}
    assert fields["other"] is None
    assert fields["text"] == ()


@pytest.mark.parametrize(("chose", "told_of"), [(11, None), (12, ("Ma sœur",) * 12)])
def test_words_of_other_from_twelve_who_chose_it(
    asking: tuple[Study, Wave], chose: int, told_of: tuple[str, ...] | None
) -> None:
    """Twelve have answered; k_comments, 12, counts those who ranked "other"."""
    study, wave = asking
    (survey,) = wave.questionnaires.values()
    for number in range(12):
        code, words = ("other", "Ma sœur") if number < chose else ("control", "")
        ranked = Answer("answered", (code, "chief"), other=words)
        walk = Interview(
            survey, wave.framework, "fr", groups=wave.groups, answers={"trusted": ranked}
        )
        submit(wave, survey, Submission(), walk.response())
    close_and_unseal(study, wave, CLOSED)
    found = read_comments(study.wave(wave.id), [SECRETS["dpo"]])
    assert told(found, "trusted", "other").texts == told_of


def test_sending_again_changes_nothing(asking: tuple[Study, Wave]) -> None:
    """Neither the answers nor the texts are there twice, and no id of one is that of the other."""
    _, wave = asking
    (survey,) = wave.questionnaires.values()
    item = next(name for name, field in free_items(wave) if field == "text")
    interview = Interview(survey, wave.framework, "fr", groups=wave.groups)
    interview.record(item, "answered", "une fois")
    submission = Submission()
    for _ in range(3):
        submit(wave, survey, submission, interview.response())
    apart = comments_box(wave, survey)
    assert apart is not None
    assert len(records_in(answers_box(wave, survey))) == len(records_in(apart)) == 1
    assert {box.part for box in boxes_of(wave, survey)} == {"answers", "comments"}


def test_only_after_the_figures(asking: tuple[Study, Wave]) -> None:
    """While the wave is open or sealed nobody reads a text."""
    study, wave = asking
    with pytest.raises(RefusedError, match="IMF-T104"):
        read_comments(wave, [SECRETS["dpo"]])
    close_wave(study, wave, CLOSED)
    with pytest.raises(RefusedError, match="IMF-T190"):
        read_comments(study.wave(wave.id), [SECRETS["dpo"]])
