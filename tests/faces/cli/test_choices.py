"""An office's own questions with choices: the same figures on every way out, nothing rare."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commandline import Cli
from keyholders import SECRETS, close_and_unseal
from readback import READERS, plain
from stage import picture, running
from tinydb import TinyDB
from zone import CLOSED, OPENED

from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview import Answer
from imfsurvey.study.boxes import Submission, answers_box, box_folder, submit
from imfsurvey.study.folder import Study
from imfsurvey.study.ledger import ledger
from imfsurvey.study.life import RELEASED_FILE, open_wave, release, released, results
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave

WORDS = "Canari7391"
ITEMS = ["trust", "pressed", "seen", "first", "years"]


def said(*answers: Any) -> dict[str, Answer]:
    """The answers of one person, in the order of the questions; None: left blank."""
    given = {item: one for item, one in zip(ITEMS, answers, strict=True) if one is not None}
    return {
        item: Answer(
            "answered", one, other=WORDS if isinstance(one, tuple) and "other" in one else ""
        )
        for item, one in given.items()
    }


def people() -> Iterator[dict[str, Answer]]:
    """48 of 52 people."""
    orders = (
        ("train", "talk", "check", "rotate"),
        ("talk", "train", "rotate", "check"),
        ("check", "rotate"),
        ("rotate", "check", "train", "talk"),
    )
    for n in range(48):
        trust = "union" if n < 2 else ("confidant", "nobody", "chief")[n % 3] if n < 42 else None
        seen = ("other", "data") if n == 7 else (("none",), ("respect", "data"), ("data",))[n % 3]
        years = (0, 5, 5, 15, 30, 30)[n % 6]
        yield said(trust, "yes" if n < 3 else "no", seen, orders[n % 4], years)


@pytest.fixture
def closed(study: Study) -> Wave:
    """They answered, the wave is closed and unsealed."""
    here = Path(__file__).with_name("office.yaml")
    shutil.copy(here, study.folder / "questionnaires" / "office.yaml")
    draft = study.new_wave("annual", 2028, questionnaires=("assessment.yaml", "office.yaml"))
    wave = open_wave(study, draft, OPENED)
    for answers in people():
        submit(wave, wave.questionnaire("office"), Submission(), answers)
    close_and_unseal(study, wave, CLOSED)
    return study.wave(wave.id)


def test_json(cli: Cli, closed: Wave) -> None:
    """Counted by hand.

    trust: of 0..41 without 0 and 1, 13 confidant (3, 6, ... 39), 13 nobody (4, ... 40), 14 chief
    (2, ... 41); 2 union, so the chief stays out beside them; 6 blank of 48.
    seen: every third of 48 none: 16; 16 respect and data, 16 data, of which 7 (7 % 3 = 1) wrote
    instead of respect: respect 15, data 32, other 1.
    first: 12 each first. train: 1, 2, 3.5, 3 in turn, mean 9.5 / 4 = 2.375; talk 2, 1, 3.5, 4:
    2.625; check 3, 4, 1, 2: 2.5; rotate 4, 3, 2, 1: 2.5.
    years: 8, 16, 8, 16: 24 of 48 are just half.
    """
    (survey,) = json.loads(cli("results", closed.id, "--json").out)["perception"]
    found = {one["item"]: one for one in survey["choices"]}
    assert list(found) == ITEMS
    counts = {
        item: [choice["withheld"] or choice["count"] for choice in one["choices"]]
        for item, one in found.items()
    }
    assert counts == {
        "trust": ["beside", 13, "few", 13],
        "pressed": ["few", "beside"],
        "seen": ["few", 32, 15, 16, "few"],
        "first": [12, 12, 12, 12],
        "years": [8, 16, 8, 16],
    }
    assert [one["mean_rank"] for one in found["first"]["choices"]] == [2.375, 2.625, 2.5, 2.5]
    assert (found["trust"]["n"], found["trust"]["blank"]) == (42, 6 / 48)
    assert (found["seen"]["choices"][1]["share"], found["years"]["median"]) == (32 / 48, 5)


SHOWN = (
    ("– My chief", "31% The person of confidence", "fewer than 5 A delegate", "31% Nobody"),
    ("n = 42; left blank 13%",),
    ("fewer than 5 Gifts", "67% Data", "31% Disrespectful", "33% None of these"),
    ("fewer than 5 Something else", "the shares can add up to more than 100%."),
    ("25% 2.4 Train", "25% 2.6 Talk", "25% 2.5 Check", "25% 2.5 Rotate"),
    ("17% 0 to 4 years", "33% 5 to 14 years", "The median lies in the band “5 to 14 years”."),
)


def test_text(cli: Cli, closed: Wave) -> None:
    """Figures first, then what was chosen, in 80 columns; nobody's words."""
    out = cli("results", closed.id).out
    text = " ".join(out.split())
    for one in (part for parts in SHOWN for part in parts):
        assert one in text
    assert max(map(len, out.splitlines())) <= 80
    assert WORDS not in out


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_screen(study: Study, closed: Wave, size: tuple[int, int]) -> None:
    """The same on the screen, beside bars, whatever its width."""
    screen = ResultsScreen(results(study, closed, CLOSED))
    async with running(lambda: screen, size, "en") as pilot:
        await pilot.press("3")
        seen = picture(pilot)
        for _ in range(10):
            await pilot.press("pagedown")
            seen += picture(pilot)
    text = " ".join(" ".join(seen).replace("█", " ").split())
    for one in ("Questions with choices", "31% The person of confidence", "25% 2.4 Train"):
        assert one in text
    assert WORDS not in text


@pytest.mark.parametrize("language", ["fr", "nl", "en", "de"])
def test_report(cli: Cli, closed: Wave, language: str) -> None:
    """Four forms, the same cells in all of them; the empty table of statements is gone."""
    args = ("--languages", language, "--format", "html,pdf,docx,md", "--json")
    files = [Path(one) for one in json.loads(cli("report", closed.id, *args).out)["files"]]
    t = translator(language)
    few = t("fewer than {k}", k=5)
    for path in files:
        assert WORDS.encode() not in path.read_bytes()
        found = READERS[path.suffix[1:]](path.read_bytes())
        grids = [[tuple(map(plain, row)) for row in table] for table in found.tables]
        ranked = next(grid for grid in grids if len(grid[0]) == 3 and len(grid) == 5)
        assert [row[2] for row in ranked[1:]] == (
            ["2.4", "2.6", "2.5", "2.5"] if language == "en" else ["2,4", "2,6", "2,5", "2,5"]
        )
        cells = [row[1] for grid in grids for row in grid if len(row) == 2]
        assert cells.count(plain(few)) == 4
        assert not any(plain(t("Statement")) in row for grid in grids for row in grid)


# --- a wave that was unsealed before choices were counted ----------------------------------------


def forget_choices(wave: Wave) -> None:
    """Make released.json what a version without figures of choices had left."""
    figures = released(wave)
    with TinyDB(wave.folder / RELEASED_FILE) as db:
        db.drop_table("figures")
        db.table("ledger").update({"shown": [{"where": {}, "of": ["*"]}]})
    release(wave, figures)
    text = json.loads((wave.folder / RELEASED_FILE).read_text("utf-8"))
    for record in text["figures"].values():
        for survey in record["perception"]:
            del survey["choices"]
    (wave.folder / RELEASED_FILE).write_text(json.dumps(text), "utf-8")


async def test_older_waves_get_them_by_unsealing_once_more(
    cli: Cli, study: Study, closed: Wave
) -> None:
    """Until then every face says so and none fails; the other figures stay as they were."""
    before = released(closed)
    forget_choices(closed)
    out = " ".join(cli("results", closed.id).out.split())
    hint = f"a key holder runs 'imfsurvey wave unseal {closed.id}' once more."
    assert hint in out
    assert "Questions with choices" not in out
    args = ("--languages", "en", "--format", "md", "--json")
    (path,) = json.loads(cli("report", closed.id, *args).out)["files"]
    assert "were not counted when this wave was unsealed" in Path(path).read_text("utf-8")
    screen = ResultsScreen(results(study, closed, CLOSED))
    async with running(lambda: screen, (120, 40), "en") as pilot:
        await pilot.press("3")
        assert hint in " ".join(" ".join(picture(pilot)).split())
    after = unseal_wave(closed, [SECRETS["officer"]]).figures
    assert after == before
    first, second = ledger(closed)
    assert [one.of for one in second.shown] == [tuple(ITEMS)]
    assert second.responses == first.responses
    with pytest.raises(RefusedError, match="IMF-T176"):
        unseal_wave(closed, [SECRETS["officer"]])


def test_a_response_less_is_refused(study: Study, closed: Wave) -> None:
    """What a lost response said would follow from both releases: nothing is added."""
    forget_choices(closed)
    before = released(closed)
    shutil.rmtree(box_folder(answers_box(closed, closed.questionnaire("office"))))
    with pytest.raises(RefusedError, match="IMF-T381"):
        unseal_wave(closed, [SECRETS["officer"]], despite_differences=True)
    assert released(closed) == before
