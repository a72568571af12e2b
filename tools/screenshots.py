"""Draws the pictures of the documentation: docs/images/*.svg, from the worked example.

`python3 dev.py screenshots` runs this. The screens are driven without a terminal and exported by
Textual. Of its picture nothing is kept that asks another machine for something (it names a font
on the web), and a title is added for those who cannot see it.
"""

from __future__ import annotations

import asyncio
import datetime
import html
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from imfsurvey.faces.named_sitting import NamedSitting
from imfsurvey.faces.tui.app import SurveyApp
from imfsurvey.faces.tui.board import BoardScreen
from imfsurvey.faces.tui.chrome import Frame
from imfsurvey.faces.tui.home import HomeScreen
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.faces.tui.session import SessionScreen
from imfsurvey.faces.tui.session_round import RoundScreen
from imfsurvey.interview import Interview
from imfsurvey.interview.answers import Answer
from imfsurvey.study.demo import make_demo
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave, results
from imfsurvey.study.sessions.ballot import Ballot
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import new_session
from imfsurvey.study.wave import Wave

IMAGES: Final = Path(__file__).resolve().parent.parent / "docs" / "images"
LANGUAGES: Final = ("fr", "nl")
WIDTH: Final = 96
TODAY: Final = datetime.date(2027, 3, 1)

TITLES: Final = {
    "home": "The home screen of imfsurvey: the worked example with its two waves",
    "interview": "A page of the self-assessment: one topic, six levels, evidence written",
    "review": "The review page: every topic with its answer, and what is still open",
    "results": "The results of a wave: level and index of each pillar, what holds them back",
    "board": "The board of the action plan: proposals, what is planned, done and evaluated",
    "session": "The console of a team session: one round closed, one open, four to come",
    "round": "The result of a round in two camps: the spread of the answers, what to ask",
}
"""What is to be seen, by subject of the picture."""

EVIDENCE: Final = {
    "fr": "Code remis à chaque membre du personnel ; 148 accusés de réception.",
    "nl": "Code overhandigd aan elk personeelslid; 148 ontvangstbewijzen.",
}

_FOUR_COLUMNS: Final = 120
"""Of the terminal; a narrower one shows the board in tabs."""
_TALKED_OF, _GOING_ON = "round_clarity", "round_situations"
_VOTES: Final = (1, 1, 1, 1, 2, 2, 3, 4, 5, 5, 5, 5)

_WITH_EVIDENCE, _WITHOUT_EVIDENCE, _UNKNOWN, _RATED = 3, 4, 5, 9
"""Places of items in the first questionnaire: how the mandatary is said to have begun."""


class Picture(NamedTuple):
    """One picture: what it shows, in which language, how many lines high, on which screen, after
    which keys."""

    subject: str
    language: str
    height: int
    screen: Callable[[], Frame]
    keys: tuple[str, ...] = ()
    width: int = WIDTH

    @property
    def file(self) -> str:
        """Its name in the folder."""
        return f"{self.subject}-{self.language}.svg"


def main(args: list[str]) -> None:
    """Draw every picture into docs/images, or into the folder that is named."""
    folder = Path(args[0]) if args else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as workshop:
        for picture in pictures(make_demo(Path(workshop) / "demo")):
            path = folder / picture.file
            path.write_text(asyncio.run(drawn(picture)), "utf-8")
            print(path)


def pictures(study: Study) -> Iterator[Picture]:
    """The pictures, in an order that lets the study grow a third wave on the way."""
    zero, annual = (results(study, wave, TODAY) for wave in study.waves)
    for language in LANGUAGES:
        yield Picture("home", language, 24, lambda: HomeScreen(study))
        yield Picture("results", language, 30, lambda: ResultsScreen(annual, zero))
        yield Picture(
            "board", language, 28, lambda: BoardScreen(study, (zero, annual)), width=_FOUR_COLUMNS
        )
    wave = open_wave(study, study.new_wave("annual", TODAY.year), TODAY)
    for language in LANGUAGES:
        sitting = _begun(wave, language)
        yield Picture("interview", language, 28, partial(InterviewScreen, sitting))
        yield Picture("review", language, 30, partial(ReviewScreen, sitting))
    room = _met(study)
    for language in LANGUAGES:
        yield Picture("session", language, 24, lambda: SessionScreen(study, room))
        yield Picture("round", language, 24, lambda: RoundScreen(room, _TALKED_OF), ("a",))


def _begun(wave: Wave, language: str) -> NamedSitting:
    """The mandatary after some topics, back at one that has its evidence."""
    sitting = NamedSitting(wave, wave.questionnaire("instruments"), "mandatary", language)
    interview = sitting.interview
    items = list(interview.questionnaire.asking_items())
    for number, item in enumerate(items[:_RATED]):
        _rate(interview, item.id, number, EVIDENCE[language])
    interview.go_to(items[_WITH_EVIDENCE].id)
    return sitting


def _rate(interview: Interview, item: str, number: int, evidence: str) -> None:
    """A level with its evidence, one level that still lacks it, one "don't know"."""
    if number == _WITH_EVIDENCE:
        interview.record(item, "answered", 3)
        interview.note(item, "evidence", evidence)
    elif number == _WITHOUT_EVIDENCE:
        interview.record(item, "answered", 4)
    elif number == _UNKNOWN:
        interview.record(item, "dk")
    else:
        interview.record(item, "answered", 2 - number % 2)


def _met(study: Study) -> Room:
    """A team after its first round, in the middle of the second."""
    wave = study.new_wave("annual", TODAY.year, name="team", questionnaires=["team-session.yaml"])
    session = new_session(
        open_wave(study, wave, TODAY),
        "team-a",
        expected=len(_VOTES),
        title="Équipe A",
        place="Salle 2",
        facilitator="Camille Exemple",
    )
    room = Room(session)
    for round_id, votes in ((_TALKED_OF, _VOTES), (_GOING_ON, _VOTES[:7])):
        items = [item.id for item in session.section(round_id).items]
        room.open_round(round_id)
        for code in votes:
            Ballot(session).cast({item: Answer("answered", code) for item in items})
        if round_id == _TALKED_OF:
            room.close_round(round_id)
    return room


async def drawn(picture: Picture) -> str:
    """The screen as SVG."""
    app = SurveyApp(picture.screen, picture.language, LANGUAGES)
    async with app.run_test(size=(picture.width, picture.height)) as pilot:
        await pilot.press(*picture.keys)
        await pilot.pause()
        svg = app.export_screenshot(title="imfsurvey")
    return cleaned(svg, TITLES[picture.subject])


def cleaned(svg: str, title: str) -> str:
    """The picture without fonts from the web and without adverts, with a title.

    ValueError when something in it still points to another machine.
    """
    svg = re.sub(r"\s*@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"\s*<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "'DejaVu Sans Mono', Menlo, Consolas, monospace")
    spoken = f'role="img">\n<title>{html.escape(title)}</title>'
    svg = re.sub(r"(<svg\b[^>]*)>", lambda found: f"{found[1]} {spoken}", svg, count=1)
    if re.search(r"https?://(?!www\.w3\.org/2000/svg\")|url\((?!#)", svg):
        raise ValueError("the picture points to another machine")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
