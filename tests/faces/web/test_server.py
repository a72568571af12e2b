"""The real program: over a real socket, with and without TLS, to every end."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import uvicorn
from served import Served, served
from stage import TODAY, make_study

from imfsurvey.faces.sitting import AnonymousSitting
from imfsurvey.faces.web import Listening, Survey, application, listening_at
from imfsurvey.faces.web import server as serving
from imfsurvey.faces.web.server import PunctualProtocol, SurveyServer
from imfsurvey.faces.web.visits import Visits
from imfsurvey.study.boxes import count_responses
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave

TLS = Path(__file__).parent / "tls"
WAVE = "2026-zero"
CANARY = "Canari 7d1f"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with an open survey."""
    study = make_study(tmp_path_factory.mktemp("served") / "zone")
    open_wave(study, study.new_wave("zero", 2026, questionnaires=["anonymous.yaml"]), TODAY)
    return study.folder


def stored(folder: Path) -> int:
    """How many responses there are."""
    wave = Study(folder).wave(WAVE)
    return count_responses(wave, wave.questionnaire("anonymous"))


def value_in(page: httpx.Response, before: str) -> str:
    """What stands in quotes behind some words."""
    return page.text.partition(before)[2].partition('"')[0]


class Visitor:
    """A client that follows the pages by their forms."""

    def __init__(self, server: Served, **settings: object) -> None:
        self.client = httpx.Client(
            base_url=server.address,
            follow_redirects=True,
            **settings,  # type: ignore[arg-type]
        )
        self.page = self.client.get("/fr")

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def send(self, path: str = "", **fields: str) -> httpx.Response:
        """Send the form of the page, to its own address or to another."""
        where = path or value_in(self.page, 'action="')
        fields["check"] = value_in(self.page, 'name="check" value="')
        self.page = self.client.post(where, data=fields)
        return self.page

    def wait_for(self, words: str) -> None:
        """Load the overview until it has some words."""
        end = time.monotonic() + 60
        while words not in self.client.get("/overview").text:
            assert time.monotonic() < end

    def walk(self) -> None:
        """Answer what must be answered, write a text, look at the overview."""
        self.send("/begin", language="fr")
        for _ in range(60):
            if self.page.url.path == "/overview":
                return
            first = value_in(self.page, 'type="radio" name="answer" id="answer-1" value="')
            texts = {"text": CANARY} if 'id="text"' in self.page.text else {}
            self.send(action="next", **({"answer": first} if first else {}), **texts)
        raise AssertionError(self.page.text)


def test_somebody_answers_and_the_end_waits_for_them(folder: Path) -> None:
    """Ctrl+C says how many are answering; they finish; then the program ends by itself."""
    before = stored(folder)
    with served(WAVE, cwd=folder) as server, Visitor(server) as visitor:
        assert not {"server", "date"} & set(visitor.page.headers)
        visitor.walk()
        server.interrupt()
        visitor.wait_for('class="closing"')
        with Visitor(server) as late:
            assert late.send("/begin", language="fr").status_code == 403
        visitor.client.follow_redirects = False
        thanks = visitor.send("/send").headers["location"]
        time.sleep(0.4)  # a slow line: several looks of the server at who is still there
        assert visitor.client.get(thanks).status_code == 200
        code, said = server.end()
    assert code == 0
    assert stored(folder) == before + 1
    assert CANARY not in said and "1" in said


def test_a_second_interruption_ends_at_once(folder: Path) -> None:
    """What was not sent is lost, and the disk knows nothing of it."""
    before = stored(folder)
    with served(WAVE, cwd=folder) as server, Visitor(server) as visitor:
        visitor.walk()
        server.interrupt()
        visitor.wait_for('class="closing"')
        server.interrupt()
        code, _ = server.end()
    assert code == 0
    assert stored(folder) == before
    leftover = [path for path in folder.rglob("*") if path.is_file()]
    assert all(CANARY.encode() not in path.read_bytes() for path in leftover)


@pytest.mark.parametrize("head", ["POST /begin", "HEAD /fr"])
def test_what_is_no_http_is_told_to_who_sends_it_alone(folder: Path, head: str) -> None:
    """A body that is not what its head announces: the line is closed, and nothing complained of."""
    with served(WAVE, cwd=folder) as server:
        where = httpx.URL(server.address)
        lines = (f"{head} HTTP/1.1", f"Host: {where.host}:{where.port}")
        lines += ("Transfer-Encoding: chunked",)
        with socket.create_connection((where.host, where.port or 80), timeout=60) as line:
            line.sendall("\r\n".join((*lines, "", "no chunk\r\n")).encode())
            while line.recv(65536):
                pass
        assert httpx.get(where.join("/fr")).status_code == 200
        _, said = server.stop()
    assert "h11_impl" not in said and "base_events" not in said and "gate" not in said


def test_switches_of_the_environment_write_nothing(folder: Path, tmp_path: Path) -> None:
    """Debug modes and key logs of the libraries: no file, no value on the terminal."""
    switches = {
        "SSLKEYLOGFILE": str(tmp_path / "keys.log"),
        "UVICORN_ACCESS_LOG": "1",
        "UVICORN_LOG_LEVEL": "trace",
        "WEB_CONCURRENCY": "4",
        "FORWARDED_ALLOW_IPS": "*",
        "PYTHONASYNCIODEBUG": "1",
        "PYTHONDEVMODE": "1",
        "PYTHONWARNINGS": "ignore",
        "IMFSURVEY_DEBUG": "1",
        "TMPDIR": str(tmp_path),
    }
    pair = ("--tls-cert", str(TLS / "certificate.pem"), "--tls-key", str(TLS / "key.pem"))
    context = ssl.create_default_context(cafile=TLS / "certificate.pem")
    with (
        served(WAVE, *pair, cwd=folder, **switches) as server,
        Visitor(server, verify=context) as visitor,
    ):
        assert server.address.startswith("https://") and server.said["encrypted"]
        visitor.walk()
        jar = list(visitor.client.cookies.jar)
        assert [(one.name, one.secure) for one in jar] == [("__Host-sitting", True)]
        visitor.send("/send")
        assert visitor.page.url.path == "/fr/thanks"
        code, said = server.stop()
    assert code == 0
    assert list(tmp_path.iterdir()) == []
    assert CANARY not in said and "127.0.0.1" not in said


async def test_a_line_on_which_nothing_comes_is_closed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends half a head and waits keeps no place: a few would lock everybody out."""
    monkeypatch.setattr(serving, "HEAD_WITHIN", 0.2)
    listening = listening_at(port=0)
    running = SurveyServer(config_of(folder, listening), offered(folder, listening), print)
    task = asyncio.create_task(running.serve(sockets=[listening.sock]))
    reader, writer = await asyncio.open_connection(*listening.sock.getsockname())
    writer.write(b"GET /fr HTTP/1.1\r\nHost: 127")
    async with asyncio.timeout(60):
        assert await reader.read() == b""
    writer.close()
    running.should_exit = True
    await task


async def test_who_is_silent_is_forgotten_though_nobody_asks(folder: Path) -> None:
    """The server looks by itself, every ten seconds: answers do not lie in memory overnight."""
    listening = listening_at(port=0)
    survey, now = offered(folder, listening), 0.0
    survey.visits = Visits(clock=lambda: now)
    survey.visits.begin(AnonymousSitting(survey.wave, survey.questionnaire, "fr"))
    running = SurveyServer(config_of(folder, listening), survey, print)
    now = 1801.0
    for tick in range(1, 101):  # ten a second
        await running.on_tick(tick)
    assert survey.visits.under_way == 0
    listening.close()


def test_what_a_library_complains_of_is_told_without_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They may quote what somebody sent; where it was is enough to look for the fault."""
    complaints: list[str] = []
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(logging, "raiseExceptions", True)
    serving._leave_no_trace(complaints.append)
    logging.getLogger("uvicorn.error").error("Invalid request: %s", CANARY)
    (told,) = complaints
    assert told.startswith("uvicorn.error, test_server:") and CANARY not in told


def offered(folder: Path, listening: Listening) -> Survey:
    """The survey of the folder, at an address."""
    study = Study(folder)
    wave = study.wave(WAVE)
    return Survey(study, wave, wave.questionnaire("anonymous"), listening.announced)


def config_of(folder: Path, listening: Listening) -> uvicorn.Config:
    """A server in this process, with nothing on the terminal."""
    app = application(offered(folder, listening), print)
    return uvicorn.Config(app, http=PunctualProtocol, lifespan="off", log_config=None)


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("--address", "0.0.0.0"), 1, "IMF-F182"),
        (("--tls-cert", "x.pem"), 2, "IMF-F185"),
        (("--socket", "x.sock"), 2, "IMF-F185"),
        (("--behind-proxy", "http://x"), 1, "IMF-F181"),
        (("nothing",), 3, "IMF-T105"),
    ],
)
def test_what_cannot_be_offered_is_said(
    folder: Path, arguments: tuple[str, ...], code: int, word: str
) -> None:
    """Before anything is open."""
    command = [sys.executable, "-m", "imfsurvey", "serve", WAVE, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert word in done.stderr and done.stdout == ""
