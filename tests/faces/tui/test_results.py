"""Two waves side by side on the screen of results: marked where the questions are other ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from laden import SET, breakdown, rich
from measured import assessment, item_figures, maturity, perception, wave
from stage import picture, running

from imfsurvey.analysis.figures import Reliability, ThemeFigures
from imfsurvey.analysis.groups import BreakdownFigures, GroupShare
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.results import Target, WaveResults

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


async def views(size: tuple[int, int], *keys: str) -> list[list[str]]:
    """By key, the lines of a wave with something of everything, each with single blanks."""
    before, now = rich()
    topic = Target("code", 3, False, "Risque", SET)  # that one is not applicable
    figures = replace(now.figures, targets=(topic, *now.figures.targets), breakdowns=(crowded(),))
    found = replace(now, figures=figures)
    seen = []
    async with running(lambda: ResultsScreen(found, before), size, "en") as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            seen.append([" ".join(line.split()) for line in picture(pilot)])
    return seen


def crowded() -> BreakdownFigures:
    """Three groups three times, of which the last three are told to 5 points."""
    plain = breakdown()
    about = GroupShare("clarity", None, "rounded", 0.65), GroupShare("speaking", "protected")
    rounded = tuple(replace(one, themes=about) for one in plain.groups)
    return replace(plain, groups=(*plain.groups, *plain.groups, *rounded))


async def test_the_overview_says_levels_bounds_and_what_holds_back() -> None:
    """Levels before and now, what is not sure of them, the gate, the balance out of its band."""
    (lines,) = await views((100, 50), "1")
    for line in (
        "Overall ■▨▨□□ 0 → 1 (≤ 3) 75 incomplete",
        "Guider (en) ■□□□□ 1 → 1 77 reduced scope",
        "Leadership (en) ▨▨▨▨▨ 1 → 0 (≤ 5) 81 incomplete",
        "Without an approved written policy the overall level is 1 at most.",
        "Processus (en): held back by “Cycle FR (en)” and “Review FR (en)”",
        "Balance -0.40 (controlling 60, stimulating 26; declared band -0.20 to +0.20)",
        "! Outside the declared band.",
    ):
        assert line in lines


async def test_topics_say_their_status_their_target_and_what_they_hold_back() -> None:
    """A topic that is not applicable has no target; nobody is held back by the others."""
    (lines,) = await views((100, 50), "2")
    for line in (
        "Code FR (en) not applicable",
        "Training FR (en) (complementary) □□□□□ 0",
        "Cycle FR (en) ■■□□□ 2 →4 ◄",
        "Review FR (en) ■□□□□ 1 →2 ◄",
        "Roles FR (en) ■■■□□ 3",
        "Example FR (en) don't know",
        "Openness FR (en) open",
    ):
        assert line in lines


async def test_statements_say_shares_or_why_there_are_none() -> None:
    """Counts 2, 8, 10, 25, 15 of 60: 40 favourable, 10 not, mean (2+16+30+100+75) / 60; of what
    may not be shown nothing but the reason."""
    (lines,) = await views((100, 50), "3")
    clear = lines.index("Règles claires FR (en)")
    assert lines[clear + 1] == (
        "n = 60 · favourable 67% · unfavourable 17% · mean 3.7 · don't know 6%"
    )
    assert lines[lines.index("Je sais FR (en)") + 1] == "Too few answers: not shown."
    assert lines[lines.index("On se tait FR (en) (inverse)") + 1] == (
        "Large majority: no figures, since nearly everybody gave the same answer. (unfavourable)"
    )
    assert {"Clarté (en) not shown", "Parole (en) not shown"} <= set(lines)


async def test_groups_stand_below_their_numbers_as_exactly_as_may_be() -> None:
    """Nine groups in a window for five: exact, in a band, hidden with its reason, to 5 points."""
    (lines,) = await views((80, 60), "4")
    first, second = lines.index("1 2 3 4 5"), lines.index("6 7 8 9")
    assert lines[first + 1] == "Clarté (en) 64% 40–60% ▒▒▒ a 64% 40–60%"
    assert lines[second + 1 : second + 3] == [
        "Clarté (en) ▒▒▒ a ≈ 65% ≈ 65% ≈ 65%",
        "Parole (en) ▒▒▒ a ▒▒▒ b ▒▒▒ b ▒▒▒ b",
    ]
    assert "▒▒▒ a fewer than 10 answers" in lines
    assert any(line.startswith("▒▒▒ b so that another group") for line in lines)


async def test_the_arrow_goes_through_the_views_in_order() -> None:
    """Right to the next one, left back, before the first to the last."""
    keys = ("right", "right", "left", "left", "left")
    titles = [lines[0] for lines in await views((100, 30), *keys)]
    assert [title.split(" – ")[1] for title in titles] == [
        *("Topics EN", "Perception EN", "Topics EN", "Overview EN", "Gap EN"),
    ]


async def test_answers_that_are_sealed_are_not_called_missing() -> None:
    """Of a closed wave that nobody has unsealed, of an open one, and of one without a survey."""
    said = []
    for more in ({"sealed": True}, {"status": "open"}, {}):
        found = wave("2027", "annual", maturity({}, 50.0), **more)
        async with running(lambda found=found: ResultsScreen(found), language="en") as pilot:  # type: ignore[misc]
            await pilot.press("3")
            await pilot.pause()
            said.append(picture(pilot)[2].strip())
    assert said == [
        "The answers of the staff are still sealed: a key holder unseals them.",
        "Staff answers are shown once the wave is closed.",
        "No staff survey in this wave.",
    ]


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
