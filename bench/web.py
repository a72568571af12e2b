"""How many people can answer in browsers at once, and what storing their answers costs.

    python3 dev.py bench web [--people 500] [--within 60] [--pause 5]

A survey of one's own is made and offered on 127.0.0.1, by the real program. The people are
coroutines of this process: each begins at some moment, reads every page of the shipped survey,
answers it, pauses, and sends at the end. Then the same once more, but everybody leaves at the end
instead of sending: the difference is what storing costs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote_plus, urlsplit

import invented

from imfsurvey.study.boxes import count_responses
from imfsurvey.study.folder import Study

_CHECK = re.compile(r'name="check" value="([^"]+)"')
_FORM = re.compile(r'action="(/q/[^"]+|/send|/begin)"')
_ANSWERS = re.compile(r'type="radio" name="answer" id="[^"]+" value="([^"]+)"')


class Person:
    """One browser: a connection, a cookie, a page."""

    def __init__(self, host: str, port: int, times: list[float]) -> None:
        self._host, self._port, self._times = host, port, times
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._cookie = ""
        self.path = self.page = ""

    async def ask(self, path: str, form: dict[str, str] | None = None) -> None:
        """Ask for a page, or send a form and follow to the next page."""
        start = time.perf_counter()
        status, headers, body = await self._exchange(path, form)
        self._times.append(time.perf_counter() - start)
        if status == 303:
            await self.ask(headers["location"].partition("#")[0])
            return
        assert status == 200, f"{path}: {status}"
        self.path, self.page = path, body

    async def _exchange(
        self, path: str, form: dict[str, str] | None
    ) -> tuple[int, dict[str, str], str]:
        for _ in range(3):  # the server may have closed a connection that was idle
            try:
                return await self._once(path, form)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
        raise ConnectionError("the server does not answer")

    async def _once(
        self, path: str, form: dict[str, str] | None
    ) -> tuple[int, dict[str, str], str]:
        if self._writer is None or self._reader is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        body = "&".join(f"{quote_plus(k)}={quote_plus(v)}" for k, v in (form or {}).items())
        lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1"]
        lines += [f"Host: {self._host}:{self._port}", f"Cookie: {self._cookie}"]
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded"]
            lines += [f"Content-Length: {len(body)}"]
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        first, *rest = head.strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in rest)}
        text = await self._reader.readexactly(int(headers["content-length"]))
        if "set-cookie" in headers:
            self._cookie = headers["set-cookie"].partition(";")[0]
        return int(first.split()[1]), headers, text.decode()

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def answer(self, rng: random.Random, pause: float) -> int:
        """From the first page to the overview; how many pages there were."""
        await self.ask("/fr")
        await self._send({"language": "fr"})
        pages = 0
        while self.path != "/overview":
            await asyncio.sleep(rng.uniform(0.5, 1.5) * pause)
            answers = _ANSWERS.findall(self.page)
            form = {"action": "next"}
            if answers:
                form["answer"] = rng.choice(answers)
            elif 'id="text"' in self.page:
                form["text"] = "Plus de formation, et plus tôt."
            await self._send(form)
            pages += 1
        return pages

    async def _send(self, form: dict[str, str]) -> None:
        check, action = _CHECK.search(self.page), _FORM.search(self.page)
        assert check is not None and action is not None, self.page
        await self.ask(action[1], {"check": check[1], **form})

    async def finish(self, *, store: bool) -> None:
        """Send the answers, or leave."""
        check = _CHECK.search(self.page)
        assert check is not None
        await self.ask("/send" if store else "/leave", {"check": check[1]})
        self.close()


class Waited(NamedTuple):
    """What a crowd went through."""

    pages: int
    seconds: float
    times: list[float]
    """Seconds of every request."""
    ends: list[float]
    """Seconds of everybody's last one."""

    def percentile(self, percent: int) -> float:
        """Milliseconds within which so many requests were answered."""
        return 1000 * statistics.quantiles(self.times, n=100)[percent - 1]

    def line(self, store: bool, people: int) -> str:
        """A line of the table."""
        ends = statistics.quantiles(self.ends, n=20)
        return (
            f"| {'send' if store else 'leave'} | {people} | {self.pages} | {self.seconds:.0f} s "
            f"| {len(self.times) / self.seconds:.0f} | {self.percentile(50):.0f} ms "
            f"| {self.percentile(95):.0f} ms | {1000 * max(self.times):.0f} ms "
            f"| {1000 * ends[9]:.0f} ms | {1000 * ends[18]:.0f} ms |"
        )


async def crowd(address: str, people: int, within: float, pause: float, *, store: bool) -> Waited:
    """So many people, who begin at any moment of `within` seconds."""
    parts = urlsplit(address)
    times: list[float] = []
    last: list[float] = []

    async def one(number: int) -> int:
        rng = random.Random(number)
        await asyncio.sleep(rng.uniform(0, within))
        person = Person(parts.hostname or "", parts.port or 80, times)
        pages = await person.answer(rng, pause)
        start = time.perf_counter()
        await person.finish(store=store)
        last.append(time.perf_counter() - start)
        return pages

    start = time.perf_counter()
    pages = sum(await asyncio.gather(*(one(number) for number in range(people))))
    return Waited(pages, time.perf_counter() - start, times, last)


class Outcome(NamedTuple):
    """Both crowds."""

    leaving: Waited
    sending: Waited
    stored: int
    peak: int
    """Megabytes of the server."""


def offered(folder: Path, people: int, within: float, pause: float) -> Outcome:
    """Serve a survey and let everybody answer it, first without storing."""
    invented.survey(folder, people)
    command = [sys.executable, "-m", "imfsurvey", "serve", invented.WAVE, "--port", "0", "--json"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        text = ""
        while not text.endswith("}\n"):
            text += server.stdout.readline()
        address = json.loads(text)["address"]
        found = [
            asyncio.run(crowd(address, people, within, pause, store=store))
            for store in (False, True)
        ]
        memory = Path(f"/proc/{server.pid}/status").read_text("ascii")
    finally:
        server.terminate()
        server.communicate(timeout=30)
    peak = int(memory.partition("VmHWM:")[2].split()[0]) // 1024
    wave = Study(folder).wave(invented.WAVE)
    return Outcome(*found, count_responses(wave, wave.questionnaire("perception")), peak)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--within", type=float, default=60.0, help="seconds in which they begin")
    parser.add_argument("--pause", type=float, default=5.0, help="seconds spent on each page")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = offered(Path(name) / "zone", wanted.people, wanted.within, wanted.pause)
    print("| end | people | pages | time | requests/s | p50 | p95 | most | end p50 | end p95 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    print(found.leaving.line(False, wanted.people))
    print(found.sending.line(True, wanted.people))
    print(
        f"\nstored: {found.stored} of {wanted.people}; most memory of the server: {found.peak} MB"
    )


if __name__ == "__main__":
    main()
