"""A long day: people, browsers and reports without a pause, and whether anything piles up.

    python3 dev.py bench day [--minutes 20] [--seed 1]

Four workers go on at the same time until the time is over. One process of `answer` in a real
terminal takes one person after the other: random answers, other languages, help, light and dark,
windows of all sizes, people who leave. One process of `serve` takes crowds of browsers. One home
screen of the worked example is walked by random keys. And reports are begun, one after the other,
and most of them broken off: Ctrl+C, an order to end, SIGKILL.

Every few seconds memory, open files and children of the three long processes are noted. Flat means:
in the last quarter at most 5 % and 2 MB more than in the second quarter, as many open files, no
child that nobody has waited for. Who was thanked is stored. Nothing may be left of a report that
was broken off by a signal that can be heard, and the last one, which is let alone, must be whole.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import invented
import web
from measure import ROOT
from piling import Look, Verdict, judged, look

sys.path.append(str(ROOT / "tests"))
from e2e.onscreen import OnScreen
from e2e.terminal import DOWN, ENTER, ESC, F1, F2, Terminal

from imfsurvey.study.boxes import count_responses
from imfsurvey.study.demo import make_demo
from imfsurvey.study.folder import Study

MANY = 20_000
"""People that the survey is for: more than will ever answer."""
ITEMS = 12
EVERY = 5.0
"""Seconds between two looks at a process."""
QUIET = 2.0
"""Seconds without a picture after which none comes any more."""
SIZES = ((80, 24), (120, 40), (100, 30), (200, 60))
CLOSE = ("Fermer", "Sluiten")
DEEPEST = 3
"""Windows and screens that may lie over the home screen."""
F9, UP, PAGE_DOWN = "\x1b[20~", "\x1b[A", "\x1b[6~"


class Worker:
    """Goes on until the day is over. What it did is counted by name."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.rng = random.Random(f"{name} {seed}")
        self.done: Counter[str] = Counter()
        self.trouble = ""

    def run(self, over: Callable[[], bool]) -> None:
        """Work; what goes wrong is kept and ends this worker alone."""
        try:
            while not over() and not self.trouble:
                self.turn()
        except (AssertionError, OSError, subprocess.SubprocessError) as error:
            self.trouble = f"{type(error).__name__}: {error}"

    def turn(self) -> None:
        """One piece of work."""
        raise NotImplementedError

    def pid(self) -> int | None:
        """The long process, if there is one."""
        return None

    def end(self) -> None:
        """Stop what was started."""


# --- at a terminal ----------------------------------------------------------------------------


class AtTerminal(Worker):
    """A program in a terminal whose window changes its size."""

    def __init__(self, name: str, seed: int, folder: Path, *words: str) -> None:
        super().__init__(name, seed)
        self.terminal = Terminal(*words, cwd=folder)
        self.screen = OnScreen(self.terminal)

    def pid(self) -> int:
        """See there."""
        return self.terminal.pid

    def resize(self) -> None:
        """Another size; sometimes one that is too small, and back."""
        if self.rng.random() < 0.3:
            self.terminal.resize(40, 10)
            self.screen.until(lambda: "80 x 24" in self.screen.text, "too small")
        self.terminal.resize(*self.rng.choice(SIZES))
        self.screen.until(lambda: "80 x 24" not in self.screen.text, "a window of this size")
        self.done["sizes"] += 1

    def end(self) -> None:
        """The program goes with its terminal."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.terminal.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.terminal.pid, 0)


class People(AtTerminal):
    """One person after the other at the same program."""

    def __init__(self, seed: int, folder: Path) -> None:
        super().__init__("answer", seed, folder, "answer", invented.WAVE, "long")

    def turn(self) -> None:
        """One person, from the screen between two to the same again."""
        self.terminal.raw.clear()
        self.screen.see("suivante")
        self.screen.press(ENTER, "Nederlands")
        if self.rng.random() < 0.5:
            self.terminal.press(DOWN)
        self.terminal.press(ENTER)
        leaves_at = self.rng.randrange(ITEMS) if self.rng.random() < 0.1 else -1
        for number in range(ITEMS):
            self._until_asked(number)
            if number == leaves_at:
                return self._leave()
            self._distracted()
            self.terminal.press(self.rng.choice("12345"))
            self.terminal.press(ENTER)
        self._until("Vue d’ensemble", "Overzicht")
        self.terminal.raw.clear()
        self.terminal.press("f")
        self.screen.see("suivante")  # thanked only once all is stored
        self.done["people"] += 1

    def _until_asked(self, number: int) -> None:
        self._until(f"{invented.MARK} {number:03}", f"Vraag {number:03}")

    def _until(self, *any_of: str) -> None:
        self.screen.until(lambda: any(one in self.screen.text for one in any_of), any_of)

    def _distracted(self) -> None:
        chance = self.rng.random()
        if chance < 0.04:
            self.resize()
        elif chance < 0.08:
            self.terminal.press(F9)
        elif chance < 0.12:
            self.terminal.press(F1)
            self._until(*CLOSE)
            self._over(ESC)
        elif chance < 0.18:
            self.terminal.press(F2)
            self.screen.see("Français", "Nederlands")
            self.terminal.press(self.rng.choice((DOWN, UP)))
            self._over(ENTER)
            self.done["languages"] += 1

    def _over(self, key: str) -> None:
        """Close the dialog."""
        self.terminal.press(key)
        self.screen.until(lambda: "╭" not in self.screen.text, "no dialog")

    def _leave(self) -> None:
        self.terminal.press(ESC)
        self._until("╭")
        self.terminal.press(ENTER)
        self.done["left"] += 1


class Home(AtTerminal):
    """Somebody who goes through all rooms, in windows of all sizes and in all languages, and then
    presses anything that looks and changes nothing. What a room needs, and the words of a language,
    are kept from the first time on: chance alone comes to some of them late in the day."""

    ROOMS = "rsta"
    """Keys of results, side by side, targets and the board of actions."""
    VIEWS = "123456"
    KEYS = (ENTER, ESC, DOWN, UP, PAGE_DOWN, F1, F2, F9, *"gb", *ROOMS, *VIEWS)
    LEAVES = ("Esc Quitter", "Esc Verlaten", "Esc Leave", "Esc Verlassen")

    def __init__(self, seed: int, folder: Path) -> None:
        super().__init__("home", seed, folder)
        self._unseen = [(size, room) for size in SIZES for room in ("", *self.ROOMS)][::-1]

    def turn(self) -> None:
        """A room that was not seen yet; later some keys, another size, and time to draw."""
        self.terminal.raw.clear()
        if self._unseen:
            return self._see(*self._unseen.pop())
        for _ in range(self.rng.randrange(1, 6)):
            key = self.rng.choice(self.KEYS)
            if key == ESC:
                self._go_back()
            else:
                self.terminal.press(key)
            alive = self.terminal.pump(0.05)
            assert alive, "the home screen has ended"
            self.done["keys"] += 1
        if self.rng.random() < 0.1:
            self.terminal.resize(*self.rng.choice(SIZES))
            self.done["sizes"] += 1

    def _see(self, size: tuple[int, int], room: str) -> None:
        """From the home screen, look at all views of a room, and at what opens over it; without
        one, at another language and the other colours."""
        self.screen.until(self._at_home, "the home screen")
        self.terminal.resize(*size)
        self.done["sizes"] += 1
        for key in (room, *self.VIEWS, ENTER, F1) if room else (F2, DOWN, ENTER, F9):
            self.terminal.press(key)
            self._pause(0.5)
            self.done["keys"] += 1
        for _ in range(DEEPEST):
            if not self._at_home():
                self._go_back()

    def _go_back(self) -> None:
        """Out of a window or a screen, never out of the program: so the picture must be the last
        one before, and another one come before any further key."""
        self._pause(QUIET)
        if not self._at_home():
            self.terminal.press(ESC)
            self._pause(QUIET)

    def _at_home(self) -> bool:
        return any(words in self.screen.text for words in self.LEAVES)

    def _pause(self, seconds: float) -> None:
        """Until no word has changed for a while (a cursor may blink for ever)."""
        end, shown = time.monotonic() + seconds, self.terminal.text
        while time.monotonic() < end:
            self.terminal.pump(0.1)
            if self.terminal.text != shown:
                end, shown = time.monotonic() + seconds, self.terminal.text


# --- besides ----------------------------------------------------------------------------------


class Browsers(Worker):
    """Crowds at one server: most send, some leave."""

    def __init__(self, seed: int, folder: Path) -> None:
        super().__init__("serve", seed)
        words = ["serve", invented.WAVE, "long", "--port", "0", "--json"]
        self._server = subprocess.Popen(
            [sys.executable, "-m", "imfsurvey", *words],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._address = json.loads("".join(self._first_answer()))["address"]

    def _first_answer(self) -> Iterator[str]:
        assert self._server.stdout is not None
        for line in self._server.stdout:
            yield line
            if line == "}\n":
                return

    def pid(self) -> int:
        """See there."""
        return self._server.pid

    def turn(self) -> None:
        """Ten people within a second."""
        store = self.rng.random() < 0.8
        asyncio.run(web.crowd(self._address, 10, 1.0, 0.02, store=store))
        self.done["people" if store else "left"] += 10

    def end(self) -> None:
        """As somebody would: by Ctrl+C."""
        self._server.send_signal(signal.SIGINT)
        self._server.communicate(timeout=60)


class Reports(Worker):
    """Reports that are broken off somewhere, and some that are let alone."""

    ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL, None)

    def __init__(self, seed: int, folder: Path) -> None:
        super().__init__("report", seed)
        self._folder = folder

    def turn(self) -> None:
        """One report in all forms."""
        self.write(self.rng.choice(self.ENDS))

    def write(self, end: signal.Signals | None) -> None:
        """Begin a report, and break it off after a moment unless it is let alone."""
        before = self._unfinished()  # of one that was killed; the next of its name replaces it
        words = ["report", "2026-annual", "--format", "html,pdf,docx", "--languages", "fr,nl"]
        writing = subprocess.Popen(
            [sys.executable, "-m", "imfsurvey", *words],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if end is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                writing.wait(self.rng.uniform(0.1, 12))
            writing.send_signal(end)
        _, said = writing.communicate(timeout=300)
        assert "Traceback" not in said, said
        assert end is not None or writing.returncode == 0, said
        self.done["reports" if writing.returncode == 0 else "broken off"] += 1
        if end is not signal.SIGKILL:
            assert self._unfinished() <= before, "something is left behind"

    def _unfinished(self) -> set[str]:
        files = (self._folder / "reports").glob("*")
        return {path.name for path in files if path.suffix not in WHOLE}

    def end(self) -> None:
        """After all that, a report can be written."""
        if not self.trouble:
            self.write(None)


WHOLE = (".html", ".pdf", ".docx")


# --- the day ----------------------------------------------------------------------------------


def day(folder: Path, seconds: float, seed: int) -> tuple[list[Worker], list[Verdict]]:
    """Everybody at work; what was seen of the long processes."""
    collecting = invented.survey(folder / "collecting", MANY, ITEMS)
    example = make_demo(folder / "example").folder
    workers: list[Worker] = []
    try:
        workers.append(People(seed, collecting))
        workers.append(Browsers(seed, collecting))
        workers.append(Home(seed, example))
        workers.append(Reports(seed, example))
        looks = watched(workers, seconds)
    finally:
        for worker in workers:
            worker.end()
    missed = lost(collecting, sum(worker.done["people"] for worker in workers))
    workers[0].trouble = workers[0].trouble or missed
    return workers, [judged(name, seen) for name, seen in looks.items()]


def watched(workers: Sequence[Worker], seconds: float) -> dict[str, list[Look]]:
    """Let all of them work until the time is over; looks at the long processes, by name."""
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(target=worker.run, args=(lambda: time.monotonic() > end,))
        for worker in workers
    ]
    looks: dict[str, list[Look]] = {}
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(min(EVERY, seconds / 40))
        for worker in workers:
            pid = worker.pid()
            if pid is None or worker.trouble or time.monotonic() > end:
                continue
            try:
                looks.setdefault(worker.name, []).append(look(pid))
            except (OSError, LookupError):  # nothing is said of a process that has ended
                worker.trouble = "the process has ended"
    return looks


def lost(folder: Path, sent: int) -> str:
    """What is wrong with the box: of those who were thanked, none may be missing."""
    wave = Study(folder).wave(invented.WAVE)
    stored = count_responses(wave, wave.questionnaire("long"))
    print(f"{sent} people sent their answers, {stored} responses are stored.")
    return "" if stored >= sent else f"{sent - stored} responses are lost"


def main() -> None:
    """Spend the day, print what it came to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        workers, verdicts = day(Path(name), 60 * wanted.minutes, wanted.seed)
    print("\n| process | memory, second quarter | last | files | last | orphans | flat |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for one in verdicts:
        name, second, last = one
        flat = "yes" if one.flat else "NO"
        print(
            f"| {name} | {second.megabytes:.1f} MB | {last.megabytes:.1f} MB | {second.files} "
            f"| {last.files} | {last.orphans} | {flat} |"
        )
    for worker in workers:
        work = ", ".join(f"{count} {what}" for what, count in sorted(worker.done.items()))
        print(f"{worker.name}: {work}{f'; STOPPED: {worker.trouble}' if worker.trouble else ''}")
    good = all(verdict.flat for verdict in verdicts) and not any(one.trouble for one in workers)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
