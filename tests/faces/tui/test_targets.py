"""Setting targets on the screen: a reason is asked for, and every change can be undone."""

from __future__ import annotations

import pytest
from stage import TODAY, picture, running

from imfsurvey.faces.named_sitting import NamedSitting
from imfsurvey.faces.tui.raters import RatersScreen
from imfsurvey.faces.tui.targets import TargetsScreen
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study.folder import Study
from imfsurvey.study.life import results
from imfsurvey.study.targets import Targets
from imfsurvey.study.wave import Wave


async def test_targets_on_the_screen(study: Study, wave: Wave) -> None:
    """Set, told when below the level, given back, undone twice; another level needs a reason."""
    sitting = NamedSitting(wave, wave.questionnaire("assessment"), "mandatary", "fr")
    sitting.interview.record("sa_code", "answered", 3)
    sitting.keep()
    last = results(study, wave, TODAY)
    store = Targets(study.folder)

    def wanted() -> dict[str, int | None]:
        return {topic: change.level for topic, change in store.set_ones().items()}

    async with running(lambda: TargetsScreen(study, last), (80, 24), "en") as pilot:
        await pilot.press("2")
        await pilot.press(*"Risque", "enter")
        await pilot.pause()
        shown = "\n".join(picture(pilot))
        assert "2*" in shown
        assert "is below the level 3 reached" in shown
        assert wanted() == {"code": 2}
        await pilot.press("5", "escape")  # a window left without a reason changes nothing
        await pilot.press("9")
        assert wanted() == {"code": 2}
        await pilot.press("backspace")
        assert wanted() == {}
        await pilot.press("u")
        assert store.set_ones()["code"].why == "Risque"
        await pilot.press("u", "u")
        assert wanted() == {}
        await pilot.pause()
        assert "nothing to undo" in "\n".join(picture(pilot))


def test_side_by_side_is_not_opened_too_early(study: Study, wave: Wave) -> None:
    """Without any rating, and before the own ones are finished."""
    with pytest.raises(RefusedError, match="IMF-T459"):
        RatersScreen(study, wave, "mandatary")
    sitting = NamedSitting(wave, wave.questionnaire("assessment"), "mandatary", "fr")
    sitting.keep()
    with pytest.raises(RefusedError, match="IMF-T450"):
        RatersScreen(study, wave, "officer")
