"""The terminal screens: any keys, one after the other, in the real application."""

from __future__ import annotations

import asyncio
import contextvars
import os
import random
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from changing import ODD_TEXTS, Drawn
from hypothesis import strategies as st
from lockedkeys import PHRASE
from reading import Input, Place, SurpriseError
from samplestudy import CLOSED, DAY, OPEN, SESSION, TICKETED, make_study
from textual import events
from textual.keys import _character_to_key
from watching import MEANT

from imfsurvey.faces.named_sitting import NamedSitting
from imfsurvey.faces.phones import HERE_ONLY, PhonePages, Where
from imfsurvey.faces.tui.app import SurveyApp
from imfsurvey.faces.tui.chrome import Frame
from imfsurvey.faces.tui.home import HomeScreen
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.keying import KeyInScreen
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.results import ResultsScreen
from imfsurvey.faces.tui.session import SessionScreen
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.study.folder import Study
from imfsurvey.study.keying.batch import Batch
from imfsurvey.study.life import results
from imfsurvey.study.sessions.room import Room
from imfsurvey.study.sessions.session import session_of

T = TypeVar("T")
_text = Drawn(st.text(min_size=1, max_size=8))
_NAMED = (
    *("up", "down", "left", "right", "enter", "enter", "enter", "escape", "tab", "shift+tab"),
    *("space", "backspace", "delete", "home", "end", "pageup", "pagedown", "insert"),
    *(f"f{number}" for number in range(1, 13)),
    *("ctrl+a", "ctrl+d", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+v", "ctrl+x", "ctrl+z", "ctrl+q"),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-./?!,: "
_LONGEST = 150
"""Inputs after which a session ends, so that all screens get their turn."""
_SIZES = ((80, 24), (80, 24), (120, 40), (40, 10), (300, 5))


class Keys:
    """Two keys, or a text that is pasted, on the screen that those before have led to."""

    seconds = 60

    def __init__(self, folder: Path) -> None:
        study, self._ticket = make_study(folder / "study")
        MEANT.append(f"'serve', '{OPEN}', '--session', '{SESSION}', '--address', '127.0.0.1'")
        self._place = Place(study.folder)
        self._study = study.folder
        os.chdir(study.folder)
        self._loop, self._context = asyncio.new_event_loop(), contextvars.copy_context()
        self._history: list[str] = []
        self._live: list[str] = []
        """The inputs that the running application has had; the first says how it began."""

    def make(self, rng: random.Random) -> Input:
        """All inputs since the application began, and one more."""
        if not self._history or len(self._history) > _LONGEST or not self._live:
            first, size = rng.choice(list(FIRST)), rng.choice(_SIZES)
            self._history = [f"{first} {size[0]} {size[1]}"]
        kind = rng.randrange(12)
        if kind == 0:
            said = "paste " + (rng.choice(ODD_TEXTS)[:3000] if rng.random() < 0.5 else _text(rng))
        elif kind == 1:
            said = "size {} {}".format(*rng.choice(_SIZES))
        elif kind < 6:
            said = "keys " + " ".join(rng.choice(_NAMED) for _ in range(2))
        elif kind == 6:
            said = "text " + rng.choice((self._ticket, _text(rng), "1234", PHRASE))
        else:
            said = "text " + "".join(rng.choice(_LETTERS) for _ in range(2))
        self._history.append(said.replace("\n", "\r"))
        return Input("\n".join(self._history).encode("utf-8", "surrogatepass"))

    def read(self, given: Input) -> Sequence[str]:
        """Type it; from the beginning if the application is not where it should be."""
        wanted = given.data.decode("utf-8", "surrogatepass").split("\n")
        if self._live != wanted[:-1]:
            self._end()
            self._begin(wanted[0])
            for said in wanted[1:-1]:
                self._type(said)
        self._live = wanted
        self._type(wanted[-1])
        return []

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        """Textual wants to end in the context in which it began."""
        return self._loop.run_until_complete(self._loop.create_task(work, context=self._context))

    def _begin(self, said: str) -> None:
        name, width, height = said.split()
        study = Study(self._study)
        self._app = SurveyApp(lambda: FIRST[name](study), "fr", ("fr", "nl", "en"))
        self._test = self._app.run_test(size=(int(width), int(height)))
        self._pilot = self._run(self._test.__aenter__())

    def _end(self) -> None:
        if self._live:
            self._live = []
            self._run(self._test.__aexit__(None, None, None))
            self._place.restore()

    def _type(self, said: str) -> None:
        self._run(self._typed(said))
        if self._app.crash or self._app._exception:
            self._live, self._history = [], []
            self._place.restore()
            if self._app._exception:
                raise self._app._exception
            raise SurpriseError(str(self._app.crash))
        if not self._app.is_running:
            self._end()

    async def _typed(self, said: str) -> None:
        kind, _, what = said.partition(" ")
        if kind == "size":
            width, height = what.split()
            await self._pilot.resize_terminal(int(width), int(height))
        elif kind == "paste":
            self._app.post_message(events.Paste(what))
        elif kind == "keys":
            for key in what.split():
                self._app.post_message(events.Key(key, " " if key == "space" else None))
        else:
            for letter in what:
                self._app.post_message(events.Key(_character_to_key(letter), letter))
        if self._app.is_running:
            await self._pilot.pause()
            await self._pilot.pause()


def _session(study: Study) -> Frame:
    session = session_of(study.wave(OPEN), SESSION)
    pages = PhonePages(study, session, Where(address=HERE_ONLY, port=0))  # for nobody else
    return SessionScreen(study, Room(session), pages)


def _keying(study: Study) -> Frame:
    wave = study.wave(OPEN)
    return KeyInScreen(Batch.opened(wave, wave.questionnaire("anonymous"), PHRASE), second=False)


def _respondents(study: Study, name: str) -> Frame:
    wave = study.wave(name)
    return HandOverScreen(SurveyTurns(wave, wave.questionnaire("anonymous")))


def _interview(study: Study) -> Frame:
    wave = study.wave(OPEN)
    return InterviewScreen(NamedSitting(wave, wave.questionnaire("kinds"), "mandatary", "fr"))


def _results(study: Study) -> Frame:
    found = results(study, study.wave(CLOSED), DAY)
    return ResultsScreen(found, found)


FIRST: Mapping[str, Callable[[Study], Frame]] = {
    "home": HomeScreen,
    "again": HomeScreen,
    "interview": _interview,
    "survey": lambda study: _respondents(study, OPEN),
    "tickets": lambda study: _respondents(study, TICKETED),
    "results": _results,
    "session": _session,
    "keying": _keying,
}
"""The screens that a session begins with."""
