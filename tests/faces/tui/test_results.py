"""Two waves side by side on the screen of results: marked where the questions are other ones."""

from __future__ import annotations

from dataclasses import replace

from measured import assessment, maturity, wave
from stage import picture, running

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
