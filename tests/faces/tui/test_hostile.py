"""Texts that look like markup or escape sequences, on every screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from kinds import KINDS, kinds_sitting
from stage import HOSTILE, SAMPLES, TODAY, make_study, open_zero, picture, running

from imfsurvey.faces.named_sitting import NamedSitting, PolicySitting
from imfsurvey.faces.sitting import AnonymousSitting, EntrySitting
from imfsurvey.faces.tui.action import ActionScreen
from imfsurvey.faces.tui.board import BoardScreen
from imfsurvey.faces.tui.chrome import Frame
from imfsurvey.faces.tui.dialogs import HelpDialog
from imfsurvey.faces.tui.home import HomeScreen
from imfsurvey.faces.tui.interview import EntryScreen, InterviewScreen
from imfsurvey.faces.tui.policy import PolicyScreen
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.faces.tui.wave import WaveScreen
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.interview import Answer, Entry
from imfsurvey.questionnaire import RepeatItem
from imfsurvey.study.actions.making import own_action
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import Study
from imfsurvey.study.life import results
from imfsurvey.study.policy.text import PolicyText
from imfsurvey.study.wave import Wave


def hostile_study(folder: Path, text: str) -> tuple[Study, Wave]:
    """A study in which every text begins with `text`."""
    samples = folder / "samples"
    samples.mkdir(parents=True)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    for file in (*SAMPLES.glob("*.yaml"), KINDS):
        lines = []
        for line in file.read_text("utf-8").splitlines():
            # Answers are put into the texts of a questionnaire, not into those of a framework.
            braces = {} if "framework" in file.name else {123: "{{", 125: "}}"}
            quoted = escaped.translate(braces)
            for language in ("fr", "nl"):
                line = line.replace(f'{language}: "', f"{language}: \x00")
            for language in ("fr", "nl"):
                at = f"{language}: "
                head, found, tail = line.partition("{" + at)
                if found and "languages" not in head:
                    value, brace, rest = _value(tail)
                    line = f'{head}{{{at}"{quoted} {value}"{brace}{rest}'
                head, found, tail = line.partition(", " + at)
                if found and "languages" not in head:
                    value, brace, rest = _value(tail)
                    line = f'{head}, {at}"{quoted} {value}"{brace}{rest}'
            lines.append(line.replace("\x00", '"'))
        (samples / file.name).write_text("\n".join(lines), "utf-8")
    study = make_study(folder / "zone", samples, entity=f"{text} zone")
    return study, open_zero(study)


def _value(tail: str) -> tuple[str, str, str]:
    """The text at the start of `tail`, quoted or not, and what follows it."""
    if tail.startswith("\x00"):
        value, _, rest = tail[1:].partition('"')
        return value, "", rest
    ends = [end for end in (tail.find(", nl: "), tail.find("}")) if end >= 0]
    end = min(ends)
    return tail[:end], "", tail[end:]


def policy_at(study: Study, item: str, text: str) -> PolicySitting:
    """The policy with that text in it, at one of its pages."""
    sitting = PolicySitting(PolicyText(study), "fr")
    sitting.interview.record("vision", "answered", text)
    sitting.interview.record("motto", "answered", text[:20])
    entry = Entry("g1", {"goal": Answer("answered", text)})
    sitting.interview.record("goals", "answered", (entry,))
    sitting.interview.go_to(item)
    return sitting


@pytest.mark.parametrize("text", HOSTILE)
async def test_every_screen_shows_hostile_text_as_written(text: str, tmp_path: Path) -> None:
    """No screen crashes, hides or obeys what stands in titles, stems, choices and names."""
    study, wave = hostile_study(tmp_path, text)
    assessment, survey = wave.questionnaire("assessment"), wave.questionnaire("survey")
    named = NamedSitting(wave, assessment, "mandatary", "fr")
    named.interview.record("sa_code", "answered", 3)
    named.interview.note("sa_code", "evidence", text)
    named.keep()
    anonymous = AnonymousSitting(wave, survey, "fr")
    anonymous.interview.go_to("category")
    policy = [policy_at(study, item, text) for item in ("vision", "motto", "since", "goals")]
    goals = policy[-1].interview.questionnaire.items["goals"]
    assert isinstance(goals, RepeatItem)
    policy[-1].keep()
    found = results(study, wave, TODAY)
    plan = ActionPlan(study)
    planned = plan.add(own_action(study, "code", TODAY, text=text, owner=text), TODAY)
    screens: list[Frame] = [
        HomeScreen(study),
        WaveScreen(study, wave, "mandatary"),
        InterviewScreen(named),
        InterviewScreen(anonymous),
        ReviewScreen(named),
        HandOverScreen(SurveyTurns(wave, survey)),
        ResultsScreen(found, found),
        *(InterviewScreen(sitting) for sitting in policy),
        EntryScreen(EntrySitting(policy[-1], goals, "g1")),
        ReviewScreen(policy[-1]),
        PolicyScreen(study),
        BoardScreen(study, (found,)),
        ActionScreen(study, plan, planned.id, (found,)),
    ]
    await shown_as_written(screens, text)


async def shown_as_written(screens: list[Frame], text: str) -> None:
    """On every screen; its help opens and closes."""
    for screen in screens:
        async with running(lambda screen=screen: screen) as pilot:  # type: ignore[misc]
            shown = "\n".join(picture(pilot))
            assert text in shown, type(screen).__name__
            await pilot.press("f1")
            assert isinstance(pilot.app.screen, HelpDialog)
            await pilot.press("escape")
            assert pilot.app.screen is screen


@pytest.mark.parametrize("text", HOSTILE)
async def test_every_kind_of_page_shows_hostile_text_as_written(text: str, tmp_path: Path) -> None:
    """In stems, choices, rows, units and criteria, and in what was written beside a choice."""
    study, _ = hostile_study(tmp_path, text)
    sitting = kinds_sitting(study)
    interview = sitting.interview
    interview.record("what", "answered", ("gifts", "other"))
    interview.note("what", "other", text)
    pages = ("intro", "seen", "what", "worst", "measures", "climate_help", "sa_code", "budget")
    for item in pages:
        interview.go_to(item)
        await shown_as_written([InterviewScreen(sitting)], text)
    interview.go_to("climate_help")
    async with running(lambda: InterviewScreen(sitting), (120, 40)) as pilot:
        assert sum(text in line for line in picture(pilot)) >= 3
    interview.go_to("sa_code")
    async with running(lambda: InterviewScreen(sitting)) as pilot:
        await pilot.press("k")
        assert text in "\n".join(picture(pilot))


async def test_a_crash_never_prints_an_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An internal error names the place, not the values at hand."""
    study = make_study(tmp_path / "zone")
    wave = open_zero(study)
    sitting = NamedSitting(wave, wave.questionnaire("assessment"), "mandatary", "fr")
    canary = "canary-7291"

    def broken() -> None:
        answer = {"sa_code": canary}
        raise RuntimeError(answer)

    monkeypatch.setattr(sitting, "keep", broken)
    with pytest.raises(RuntimeError):
        async with running(lambda: InterviewScreen(sitting)) as pilot:
            app = pilot.app
            await pilot.press("1")
            await pilot.pause()
    printed = capsys.readouterr()
    assert canary not in printed.out + printed.err
    assert app.crash is not None
    assert canary not in app.crash
    assert "RuntimeError" in app.crash
