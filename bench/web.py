"""How many people can answer in browsers at once, and what storing their answers costs.

    python3 bench/web.py [--people 500] [--within 60] [--pause 5]

A survey of one's own is made and offered on 127.0.0.1, by the real program. The people are
coroutines of this process: each begins at some moment, reads every page of the shipped survey,
answers it, pauses, and sends at the end. Then the same once more, but everybody leaves at the end
instead of sending: the difference is what storing costs.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import importlib.util
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

ROOT = Path(__file__).resolve().parents[1]
_VENV = ROOT / ".venv" / "bin" / "python"
if __name__ == "__main__" and importlib.util.find_spec("imfsurvey") is None and _VENV.exists():
    os.execv(_VENV, [str(_VENV), *sys.argv])

from imfsurvey.store.seal import new_key  # noqa: E402
from imfsurvey.study.boxes import count_responses  # noqa: E402
from imfsurvey.study.folder import Study  # noqa: E402
from imfsurvey.study.keys import add_public_key, new_content, rehearse  # noqa: E402
from imfsurvey.study.life import open_wave  # noqa: E402

DAY = datetime.date(2026, 3, 2)
WAVE = "2026-zero"
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
        if status != 200:
            raise SystemExit(f"{path}: {status}")
        self.path, self.page = path, body

    async def _exchange(
        self, path: str, form: dict[str, str] | None
    ) -> tuple[int, dict[str, str], str]:
        for _ in range(3):  # the server may have closed a connection that was idle
            try:
                return await self._once(path, form)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
        raise SystemExit("the server does not answer")

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


async def crowd(address: str, people: int, within: float, pause: float, *, store: bool) -> None:
    """So many people, who begin at any moment of `within` seconds; print how long they waited."""
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
    spent = time.perf_counter() - start
    cuts = statistics.quantiles(times, n=100)
    ends = statistics.quantiles(last, n=20)
    print(
        f"| {'send' if store else 'leave'} | {people} | {pages} | {spent:.0f} s "
        f"| {len(times) / spent:.0f} | {1000 * cuts[49]:.0f} ms | {1000 * cuts[94]:.0f} ms "
        f"| {1000 * max(times):.0f} ms | {1000 * ends[9]:.0f} ms | {1000 * ends[18]:.0f} ms |",
        flush=True,
    )


def survey(folder: Path, people: int) -> Path:
    """A study with an open survey for so many people."""
    group = {"id": "ops", "label": {"fr": "Opérationnel", "nl": "Operationeel"}}
    identity = {
        "imfsurvey": 1,
        "entity": {"name": "Zone", "languages": ["fr", "nl"]},
        "mandatary": {"name": "M"},
        "officer": {"name": "O"},
        "groups": [{**group, "headcount": people}],
    }
    study = Study.create(folder, identity)
    secret, public = new_key()
    key = add_public_key(folder, "officer", new_content("O", "", "", public, DAY))
    key.secret_path.write_text(f"{secret}\n", "ascii")
    rehearse(key, secret, "file", DAY)
    open_wave(
        study, study.new_wave("zero", 2026, questionnaires=["perception.yaml"]), DAY, one_key=True
    )
    return folder


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--within", type=float, default=60.0, help="seconds in which they begin")
    parser.add_argument("--pause", type=float, default=5.0, help="seconds spent on each page")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = survey(Path(name) / "zone", wanted.people)
        command = [sys.executable, "-m", "imfsurvey", "serve", WAVE, "--port", "0", "--json"]
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        text = ""
        while not text.endswith("}\n"):
            text += server.stdout.readline()
        address = json.loads(text)["address"]
        print("| end | people | pages | time | requests/s | p50 | p95 | most | end p50 | end p95 |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
        for store in (False, True):
            asyncio.run(crowd(address, wanted.people, wanted.within, wanted.pause, store=store))
        memory = Path(f"/proc/{server.pid}/status").read_text("ascii")
        peak = int(memory.partition("VmHWM:")[2].split()[0]) // 1024
        server.terminate()
        server.communicate(timeout=30)
        wave = Study(folder).wave(WAVE)
        stored = count_responses(wave, wave.questionnaire("perception"))
        print(f"\nstored: {stored} of {wanted.people}; most memory of the server: {peak} MB")


if __name__ == "__main__":
    main()
