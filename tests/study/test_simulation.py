"""Invented responses go through the same door as real ones."""

from collections import Counter

import pytest
from keyholders import close_and_unseal, records_in
from records import AnswerValue, decode
from zone import CLOSED, OPENED, respond

from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview.simulate import Climate
from imfsurvey.study.boxes import answers_box
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.simulation import simulate
from imfsurvey.study.wave import Wave


def stored(wave: Wave) -> list[dict[str, AnswerValue]]:
    """The responses to the survey, sorted: where they lie is left to chance."""
    survey = wave.questionnaire("survey")
    records = records_in(answers_box(wave, survey))
    return sorted((decode(one, survey, wave.groups) for one in records), key=str)


def test_the_seed_decides(study: Study) -> None:
    """The same seed gives the same responses, another one others."""
    found = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        draft = study.new_wave("annual", 2026, name=name, questionnaires=["survey.yaml"])
        wave = open_wave(study, draft, OPENED)
        simulate(wave, 20, seed)
        found.append(stored(wave))
    first, same, other = found
    assert len(first) == 20
    assert first == same
    assert first != other


def test_groups_answer_by_their_size(wave: Wave) -> None:
    """40 people and 12: the larger group gives most of the responses, none more than it has."""
    simulate(wave, 52, 1)
    groups = Counter(row["category"] for row in stored(wave))
    assert groups["ops"] > 2 * groups["08"] > 0
    assert groups["ops"] <= 40 and groups["08"] <= 12


def test_a_better_climate_gives_better_figures(study: Study) -> None:
    """Mood moves the figures in its direction, reversed items included."""
    shares = []
    for name, mood in (("low", -0.2), ("high", 0.2)):
        draft = study.new_wave("annual", 2026, name=name, questionnaires=["survey.yaml"])
        wave = open_wave(study, draft, OPENED)
        simulate(wave, 50, 1, climate=Climate(mood=mood))
        (figures,) = close_and_unseal(study, wave, CLOSED).figures.perception
        shares.append([item.favourable or 0.0 for item in figures.items])
    low, high = shares
    assert all(b > a + 0.2 for a, b in zip(low, high, strict=True))


def test_progress_is_told_for_each_response(wave: Wave) -> None:
    """The caller hears how far it is, up to the last one."""
    told: list[tuple[int, int]] = []
    simulate(wave, 3, 1, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_there_are_not_more_respondents_than_people(wave: Wave) -> None:
    """What would make the wave impossible to close is refused before anything is stored."""
    respond(wave, 10, clear=4)
    with pytest.raises(RefusedError, match="IMF-T151"):
        simulate(wave, 43, 1)
    assert len(stored(wave)) == 10
    simulate(wave, 42, 1)
    assert len(stored(wave)) == 52


def test_only_an_open_wave_with_a_survey(study: Study, draft: Wave) -> None:
    """A draft, a closed wave and a wave of named questionnaires are refused."""
    with pytest.raises(RefusedError, match="IMF-T102"):
        simulate(draft, 1, 1)
    named = study.new_wave("annual", 2026, questionnaires=["assessment.yaml"])
    with pytest.raises(RefusedError, match="IMF-T150"):
        simulate(open_wave(study, named, OPENED), 1, 1)
    wave = open_wave(study, draft, OPENED)
    close_and_unseal(study, wave, CLOSED)
    with pytest.raises(RefusedError, match="IMF-T101"):
        simulate(study.wave(wave.id), 1, 1)
