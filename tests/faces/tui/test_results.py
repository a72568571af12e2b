"""Two waves side by side on the screen of results: marked where the questions are other ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from measured import assessment, item_figures, maturity, perception, wave
from stage import picture, running

from imfsurvey.analysis.figures import Reliability, ThemeFigures
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.results import WaveResults

NOTE = "* Not all asked the same"


def measured(name: str, form: Questionnaire) -> WaveResults:
    """A wave at level 1 everywhere on a self-assessment."""
    found = wave(name, "annual", maturity({}, 50.0))
    return replace(found, questionnaires={form.id: form})


def reworded() -> Questionnaire:
    """The self-assessment with its first question in other words."""
    value = assessment().model_dump(mode="json", exclude_defaults=True)
    value["sections"][0]["items"][0]["text"] = {"fr": "Autrement ?", "nl": "Anders?"}
    return Questionnaire.model_validate(value)


async def shown(now: Questionnaire, *before: WaveResults) -> list[str]:
    """The overview of a wave beside the one before."""
    screen = ResultsScreen(measured("2027", now), *before)
    async with running(lambda: screen, (100, 30), "en") as pilot:
        return picture(pilot)


async def test_levels_of_other_questions_are_marked() -> None:
    """The whole, the pillar and the function of a reworded item, and what the mark means."""
    rows = await shown(reworded(), measured("2026", assessment()))
    compared = [row for row in rows if "1 → 1" in row]
    marked = [row.split()[0] for row in compared if " *" in row]
    assert marked == ["Overall", "Instruments", "Guider"]
    assert len(compared) == 7
    assert any(NOTE in row for row in rows)


async def test_the_same_questions_have_no_mark() -> None:
    """Nor does a wave that stands alone."""
    for before in ([measured("2026", assessment())], []):
        rows = await shown(assessment(), *before)
        assert not any("*" in row for row in rows)


def surveyed(name: str, index: float, share: float) -> WaveResults:
    """A wave whose theme has an index of 60 people, SD 20."""
    clarity = ThemeFigures(
        theme="clarity",
        favourable=share,
        items=2,
        index=index,
        index_sd=20.0,
        index_interval=(index - 5, index + 5),
        scored=60,
        reliability=Reliability(n=48, items=3, alpha=0.74, alpha_interval=(0.6, 0.84), omega=0.75),
        agreement=0.71,
    )
    clear = item_figures("clear", (2, 8, 10, 25, 15), favourable_interval=(0.54, 0.77), sd=1.1)
    plain = perception()
    figures = replace(plain, items=(clear, *plain.items[1:]), themes=(clarity, plain.themes[1]))
    return wave(name, "annual", None, (figures,))


@pytest.mark.parametrize("width", [80, 120])
async def test_statistics_of_a_survey(width: int) -> None:
    """Interval, index, agreement, reliability; change only beside a wave before.

    12 points on 60 and 60 people, SD 20: √(800 / 60) = 3.65, t(118) = 1.98: ± 7.2; p 0.001.
    """
    screen = ResultsScreen(surveyed("2027", 62.4, 0.55), surveyed("2026", 50.4, 0.45))
    async with running(lambda: screen, (width, 60), "en") as pilot:
        await pilot.press("3")
        await pilot.pause()
        text = " ".join(" ".join(picture(pilot)).split())
    assert "index 62 (57 to 67; 60 people)" in text
    assert "agreement 0.71 (strong)" in text
    assert "alpha 0.74 (0.60 to 0.84); omega 0.75; n = 48; sufficient" in text
    assert "since the wave before: +10 points favourable; index +12 (+5 to +19), p 0.001" in text
    assert "favourable 67% (54% to 77%)" in text
    assert "The interval covers chance only, not who chose not to answer." in text


@pytest.mark.parametrize("with_statistics", [True, False])
async def test_a_survey_alone_has_no_change(with_statistics: bool) -> None:
    """Nothing to lay beside it; what was released without statistics says nothing of them."""
    plain = wave("2027", "annual", None, (perception(),))
    screen = ResultsScreen(surveyed("2027", 62.4, 0.55) if with_statistics else plain)
    async with running(lambda: screen, (100, 60), "en") as pilot:
        await pilot.press("3")
        await pilot.pause()
        text = " ".join(picture(pilot))
    assert "since the wave before" not in text
    assert ("index" in text) is with_statistics


async def test_long_words_hang_behind_their_figures() -> None:
    """Levels of a topic at the left, figures of a gap: what is said of them goes on below it."""
    screen = ResultsScreen(measured("2027", assessment()))
    figures = f"{3:>8}{60:>8}{5:>8}{'+55':>8}{'33,3 %':>8}"
    async with running(lambda: screen, (80, 24), "en"):
        lines = [line.plain for line in screen._entry("1 → 3  " + "patterns " * 10)]
        gap = f"{figures}  nicht bestätigt; großer blinder Fleck"
        row = [line.plain for line in screen._table_line(gap)]
    assert row == [f"{figures}  nicht bestätigt; großer blinder", " " * 42 + "Fleck"]
    assert lines == [
        "1 → 3  patterns patterns patterns patterns patterns patterns patterns",
        "       patterns patterns patterns",
    ]
