"""The walk through the three years: real keys in a real terminal, the command line on its days."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from click.testing import CliRunner
from commandline import Ran
from keyholders import give_keys

from e2e import three_years_story as story
from e2e.terminal import DOWN, ENTER, ESC, Terminal
from imfsurvey.faces.cli.app import Imfsurvey
from imfsurvey.faces.cli.call import Call
from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview import Answer, Interview
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.boxes import Submission, submit
from imfsurvey.study.folder import Study

FILES = ("assessment.yaml", "survey.yaml")


def on(day: datetime.date, folder: Path, *arguments: str) -> Ran:
    """A command line on a day, in English. AssertionError when it is refused."""
    t = translator("en")
    words = ["--study", str(folder), *arguments]
    with CliRunner().isolation() as (out, err, _):
        code = Imfsurvey(t).main(
            words, prog_name="imfsurvey", standalone_mode=False, obj=Call(t, today=day)
        )
    ran = Ran(int(code or 0), out.getvalue().decode(), err.getvalue().decode())
    assert ran.code == 0, ran
    return ran


def made(folder: Path) -> Path:
    """The study: its groups, keys and questionnaires."""
    named = ("--entity", story.ENTITY, "--mandatary", "A. Dubois", "--officer", "J. Peeters")
    groups = [f"--group={one}={one}|{one}:{n}" for one, n in story.GROUPS.items()]
    with CliRunner().isolation():
        Imfsurvey(translator("en")).main(
            ["new", str(folder), *named, *groups],
            standalone_mode=False,
            obj=Call(translator("en"), today=story.YEARS[0].opened),
        )
    give_keys(folder)
    files = folder / "questionnaires"
    files.mkdir(exist_ok=True)
    told = {
        "imf.framework.yaml": story.framework(),
        FILES[0]: story.assessment(),
        FILES[1]: story.survey(),
        "policy.yaml": story.policy(),
    }
    for name, content in told.items():
        (files / name).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return folder


def measured(folder: Path, year: story.Year) -> None:
    """One wave from its making to its figures."""
    questionnaires = [word for file in FILES for word in ("--questionnaire", file)]
    kind = ("--kind", year.kind, "--year", str(year.year), "--full")
    on(year.opened, folder, "wave", "new", *kind, *questionnaires)
    on(year.opened, folder, "wave", "open", year.wave)
    answered_by_staff(folder, year)
    if year.year == 2026:
        rated_by_officer(folder, year)
    typed(folder, year)
    on(year.closed, folder, "wave", "close", year.wave, "--yes")
    key = ("--key-file", str(folder / "keys" / "officer.age"))
    on(year.unsealed, folder, "wave", "unseal", year.wave, "--yes", *key)


def answered_by_staff(folder: Path, year: story.Year) -> None:
    """Everybody's answers, through the same door as real ones."""
    wave = Study(folder).wave(year.wave)
    survey = wave.questionnaire("walk.staff")
    for person in story.responses(year):
        given = {
            item: Answer("dk") if said == "dk" else Answer("answered", said)
            for item, said in person.items()
            if said is not None
        }
        submit(wave, survey, Submission(), given)


def rated_by_officer(folder: Path, year: story.Year) -> None:
    """The second rater, apart."""
    wave = Study(folder).wave(year.wave)
    form = wave.questionnaire("walk.self")
    interview = Interview(form, wave.framework, "en", groups=wave.groups, today=year.opened)
    for topic, level in zip(story.TOPICS, story.OFFICER, strict=True):
        interview.record(f"sa_{topic}", "answered", int(level))
        if int(level) >= 3:
            interview.note(f"sa_{topic}", "evidence", "Note")
    Assessment(wave).save(form, "officer", interview, finished=True)


def typed(folder: Path, year: story.Year) -> None:
    """The mandatary rates in a terminal, and agrees with the officer where there is one."""
    terminal = Terminal("answer", year.wave, cwd=folder, size=(100, 40), LANG="en_GB.UTF-8")
    terminal.wait_for("Other role")
    terminal.press(ENTER)
    for number, key in enumerate(year.typed, start=1):
        terminal.wait_for(f"{number} of {len(year.typed)}")
        terminal.press(key)
        terminal.wait_for("(•)")
        terminal.press(ENTER)
        if key in "345n":
            terminal.wait_for("0 of 600 characters")
            terminal.press("Minutes of March", ENTER)
    terminal.wait_for("Finish")
    terminal.press("f")
    terminal.wait_for("Other role")
    if year.year == 2026:
        _agree(terminal, year)
    terminal.press(ESC)
    assert terminal.end() == 0


def _agree(terminal: Terminal, year: story.Year) -> None:
    """What both say is taken over, the rest is keyed in, as it stands on the screen."""
    pairs = zip(story.TOPICS, year.typed, story.OFFICER, strict=True)
    differ = [topic for topic, one, other in pairs if one != other]
    total = len(story.TOPICS)
    terminal.press("s")
    terminal.wait_for(f"Agreed on: 0 of {total} topics")
    order = sorted(differ, key=lambda topic: terminal.text.index(story.label(topic)))
    terminal.press("a")
    terminal.wait_for(f"Agreed on: {total - len(differ)} of {total} topics")
    for count, topic in enumerate(order, total - len(differ) + 1):
        terminal.press(str(story.AGREED_ON[topic]))
        terminal.wait_for(f"Agreed on: {count} of {total} topics")
        terminal.press(DOWN)
    terminal.press(ESC)
    terminal.wait_for("Other role")


def walk(folder: Path) -> Path:
    """The three years, with what is decided between the measurements."""
    made(folder)
    zero, second, third, final = story.YEARS
    measured(folder, zero)
    for topic, (level, why) in story.TARGETS.items():
        on(zero.unsealed, folder, "targets", "set", topic, str(level), "--why", why)
    on(zero.unsealed, folder, "actions", "propose", zero.wave)
    due = ("--owner", "HR", "--deadline", "2024-12-31")
    on(zero.unsealed, folder, "actions", "accept", "a1", *due)
    measured(folder, second)
    on(second.unsealed, folder, "actions", "done", "a1")
    on(story.APPROVED, folder, "policy", "approve", "--on", "2025-10-06", "--by", "Council")
    on(second.unsealed, folder, "actions", "propose", second.wave)
    measured(folder, third)
    on(third.unsealed, folder, "actions", "propose", third.wave)
    measured(folder, final)
    return folder
