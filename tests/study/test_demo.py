"""The worked example: the same story every time, with figures that can be checked by hand."""

import shutil
from pathlib import Path

import pytest
from disks import room_for

from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.questionnaire import LikertItem
from imfsurvey.study.demo import ACTS, complete_demo, make_demo
from imfsurvey.study.folder import Study
from imfsurvey.study.life import results
from imfsurvey.study.results import WaveResults


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The worked example."""
    return make_demo(tmp_path_factory.mktemp("demo") / "valombre")


@pytest.fixture(scope="module")
def waves(study: Study) -> list[WaveResults]:
    """The figures of its two waves."""
    return [results(study, wave, act.closed) for wave, act in zip(study.waves, ACTS, strict=True)]


def test_two_closed_waves_and_a_policy_between(study: Study, waves: list[WaveResults]) -> None:
    """Zero 2025 without a policy, annual 2026 with one; both finished."""
    assert [(wave.id, wave.file.status) for wave in study.waves] == [
        ("2025-zero", "closed"),
        ("2026-annual", "closed"),
    ]
    zero, annual = (one.figures for one in waves)
    assert zero.policy_approved_on is None
    assert annual.policy_approved_on == study.file.policy.approved_on
    assert zero.unfinished == annual.unfinished == ()
    assert study.file.headcount == 160
    assert len(study.file.groups) == 4


def test_the_enforce_function_of_the_zero_wave_by_hand(waves: list[WaveResults]) -> None:
    """Core 2, 1, 0, 0, complementary 1.

    More than half at 1 or above? 2 of 4 are half: no, so level 0; the two at 0 hold it back.
    Index: (2*2 + 2*1 + 2*0 + 2*0 + 1*1) / (4*2 + 1) = 7/9 of 5 levels = 15.56; core alone 3/4 of
    5 = 15.
    """
    maturity = waves[0].figures.maturity
    assert maturity is not None
    enforce = maturity.nodes["enforce"]
    assert (enforce.demonstrated, enforce.at_most) == (0, 0)
    assert enforce.binding == ("informal-reactions", "after-crisis-talk")
    assert enforce.index == pytest.approx(100 * 7 / 9 / 5)
    assert enforce.core_index == pytest.approx(15)
    assert (enforce.in_scope, enforce.coverage) == (4, 1.0)


def test_the_processes_pillar_of_the_zero_wave_by_hand(waves: list[WaveResults]) -> None:
    """Core 0, 0, 1, 1, 1, 0; complementary 0, 2.

    Three of six at 1 are half, not more: level 0, held back by the three at 0. Index:
    (2*(0+0+1+1+1+0) + 1*(0+2)) / (6*2 + 2) = 8/14 of 5 = 11.43.
    """
    maturity = waves[0].figures.maturity
    assert maturity is not None
    processes = maturity.nodes["processes"]
    assert processes.demonstrated == 0
    assert processes.binding == (
        "planning-cycle-anchoring",
        "pdca-cycle",
        "controlling-stimulating-balance",
    )
    assert processes.index == pytest.approx(100 * 8 / 14 / 5)


def test_the_whole_of_the_zero_wave_by_hand(waves: list[WaveResults]) -> None:
    """Pillars 1, 0, 1: more than half are at 1, so 1, one step above the weakest.

    The gate holds at 1 as well, and does not lower it. One core topic is not applicable, two are
    not known: 53 of 55 rated.
    """
    maturity = waves[0].figures.maturity
    assert maturity is not None
    levels = [maturity.nodes[pillar].demonstrated for pillar in _PILLARS]
    assert levels == [1, 0, 1]
    assert maturity.overall.demonstrated == 1
    assert maturity.gate_holds
    assert (maturity.overall.in_scope, maturity.overall.not_applicable) == (55, 1)
    assert maturity.overall.coverage == pytest.approx(53 / 55)


_PILLARS = ("instruments", "processes", "structures")


def test_the_story(waves: list[WaveResults]) -> None:
    """Every pillar rises, guiding and processes most of all; enforcement stays the lowest."""
    zero, annual = (one.figures.maturity for one in waves)
    assert zero is not None
    assert annual is not None
    gains = {
        node: (annual.nodes[node].core_index or 0) - (zero.nodes[node].core_index or 0)
        for node in ("determine", "guide", "monitor", "enforce", "processes", "structures")
    }
    assert min(gains.values()) > 0
    assert min(gains, key=lambda node: gains[node]) == "enforce"
    assert max(gains, key=lambda node: gains[node]) == "guide"
    assert [annual.nodes[pillar].demonstrated for pillar in _PILLARS] == [2, 2, 2]
    assert annual.nodes["instruments"].binding == ("enforce",)
    assert zero.balance.outside
    assert not annual.balance.outside
    assert annual.overall.demonstrated == 2


def favourable(figures: PerceptionFigures) -> dict[str, float]:
    """The share by theme."""
    return {theme.theme: theme.favourable or 0.0 for theme in figures.themes}


def test_staff_see_it_too(waves: list[WaveResults]) -> None:
    """95 and 110 answers; clarity gains most, the reaction to failings least."""
    zero, annual = (one.figures.perception[0] for one in waves)
    assert zero.responses.returned is not None
    assert annual.responses.returned is not None
    assert 90 <= zero.responses.returned <= 95
    assert 105 <= annual.responses.returned <= 110
    before, after = favourable(zero), favourable(annual)
    gains = {theme: after[theme] - before[theme] for theme in before}
    assert gains["clarity"] > 0.2
    assert min(gains, key=lambda theme: gains[theme]) == "enforcement"
    assert max(gains, key=lambda theme: gains[theme]) == "clarity"
    assert (zero.hidden, annual.hidden) == (0, 0)


def test_every_likert_answer_is_counted(waves: list[WaveResults]) -> None:
    """An item's answers and non-answers make up the number of responses."""
    found = waves[0]
    survey = found.questionnaires[found.figures.perception[0].questionnaire]
    for item in found.figures.perception[0].items:
        asked = survey.items[item.item]
        assert isinstance(asked, LikertItem)
        assert item.n is not None
        assert item.counts is not None
        assert item.dont_know is not None
        assert item.blank is not None
        unknowing = 0 if asked.knowledge else item.dont_know * 95
        assert item.n + unknowing + item.blank * 95 == pytest.approx(95)


def test_evidence_stands_behind_every_claim(waves: list[WaveResults]) -> None:
    """From level 3 on there is a note; what is not applicable has its reason."""
    for found in waves:
        assert found.figures.maturity is not None
        for rating in found.figures.maturity.ratings.values():
            assert bool(rating.evidence) == (rating.level is not None and rating.level >= 3)
            assert bool(rating.reason) == (rating.status == "na")


def test_one_that_is_not_whole_is_made_anew(
    study: Study, waves: list[WaveResults], tmp_path: Path
) -> None:
    """When it is whole it is left alone; when a wave is missing it is made once more, with the
    same figures."""
    folder = tmp_path / "demo"
    assert complete_demo(folder) is None
    shutil.copytree(study.folder, folder)
    assert complete_demo(folder) is not None
    wave_file = folder / "waves" / "2026-annual" / "wave.yaml"
    stamp = wave_file.stat().st_mtime_ns
    assert make_demo(folder).folder == folder
    assert wave_file.stat().st_mtime_ns == stamp
    wave_file.unlink()
    assert complete_demo(folder) is None
    again = make_demo(folder)
    figures = [results(again, wave, ACTS[0].closed).figures for wave in again.waves]
    assert figures == [one.figures for one in waves]
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_another_study_is_never_touched(tmp_path: Path) -> None:
    """A study that is not the example is refused, a broken one too."""
    for text in (
        "imfsurvey: 1\nentity: {name: Z}\nmandatary: {name: M}\nofficer: {name: O}\n",
        "[",
    ):
        folder = tmp_path / str(len(text))
        folder.mkdir()
        (folder / "study.yaml").write_text(text, "utf-8")
        with pytest.raises(RefusedError, match="IMF-T140"):
            make_demo(folder)
        assert (folder / "study.yaml").read_text("utf-8") == text


def test_a_making_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """No room for the boxes, which come after the study, its keys and the copies of the first
    wave: no half example, no rest of it beside."""
    with room_for(600_000), pytest.raises(StorageError, match=r"IMF-S101.*2025-zero/boxes"):
        make_demo(tmp_path / "demo")
    assert list(tmp_path.iterdir()) == []
