"""The real `imfsurvey serve`, over a real socket: bytes, requests, forms."""

from __future__ import annotations

import os
import random
import re
import select
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from changing import ODD_TEXTS, Drawn, changed_bytes
from collected import make_study
from hypothesis import strategies as st
from reading import Input, SurpriseError
from watching import MEANT

ROOT = Path(__file__).resolve().parents[2]
_MOST_MEMORY: Final = 300 * 1024
"""KiB that the server may have."""
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv.pop(1));"
    "import os, pathlib, threading, watching;"
    "threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start();"
    "watch = watching.Watch(pathlib.Path(sys.argv.pop(1)));"
    "watch.report(sys.stderr);"
    "from imfsurvey.faces.cli import main; sys.exit(main(sys.argv[1:]))"
)
_text = Drawn(st.text(max_size=12))
_PATHS = (
    *("/", "/fr", "/nl", "/xx", "/begin", "/overview", "/send", "/leave", "/privacy", "/style.css"),
    *("/q/1", "/q/2", "/q/99", "/q/0", "/q/-1", "/q/x", "/q/", "/q/1/", "//", "/../etc/passwd"),
    *("/%2e%2e/%2e%2e/etc/passwd", "/q/%00", "/q/%ff", "/fr?x=1", "*", "http://127.0.0.1/fr", ""),
    *("/language", "/aside", "/again", "/favicon.ico", "/q/1?action=next", "/ticket", "/end"),
)
_NAMES = (
    *(
        "action",
        "answer",
        "text",
        "check",
        "language",
        "ticket",
        "code",
        "other",
        "comment",
        "page",
    ),
    *("answer.1", "answer[]", "reason", "evidence", "row", "rank", "year", "month", "day", ""),
)
_VALUES = ("next", "back", "send", "1", "2", "yes", "no", "dk", "-1", "fr", "overview", "leave")
_GO = ("next", "next", "next", "next", "back", "overview", "send", "clear", "x", "")
_HEADERS = (
    *(
        "Origin: null",
        "Origin: http://evil.example",
        "Sec-Fetch-Site: cross-site",
        "Expect: 100-continue",
    ),
    *(
        "Transfer-Encoding: chunked",
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 99999999",
    ),
    *(
        "Connection: upgrade\r\nUpgrade: websocket",
        "Accept-Language: " + "x," * 500,
        "Host: evil.example",
    ),
    *("Cookie: sitting=" + "a" * 3000, "Cookie: sitting=\xff", "Cookie: ;;=;", "Range: bytes=0-1"),
    *(
        "Accept-Language: fr;q=x,nl;q=1e999",
        "Accept-Language: \x00",
        "X: " + "y" * 20_000,
        " folded: x",
    ),
    *("Content-Type: multipart/form-data; boundary=x", "Content-Encoding: gzip", "Content-Type: x"),
)
_FIRST_PAGE = b"GET /fr HTTP/1.1\r\nHost: @HOST@\r\n\r\n"
_NEXT_PAGE = b"GET @PAGE@ HTTP/1.1\r\nHost: @HOST@\r\nCookie: sitting=@COOKIE@\r\n\r\n"
_WAIT: Final = 20.0
_MOMENT: Final = 0.02


class Requests:
    """Everything that can be sent to a port."""

    seconds = 60

    def __init__(self, folder: Path) -> None:
        study, wave = make_study(folder / "study", "anonymous.yaml")
        self._errors = (folder / "errors").open("w+b")
        words = ["serve", wave.id, "--study", str(study.folder), "--port", "0", "--json"]
        self._server = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(ROOT / "fuzz"), str(folder), *words],
            stdout=subprocess.PIPE,
            stderr=self._errors,
            stdin=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert self._server.stdout is not None
        said = b""
        while not said.endswith(b"}\n"):
            line = self._server.stdout.readline()
            assert line, said
            said += line
        self._port = int(re.findall(rb":(\d+)", said)[0])
        self._host = f"127.0.0.1:{self._port}"
        MEANT.append(f"('127.0.0.1', {self._port})")
        self._read = 0
        self._cookie, self._check, self._page = "", "", "/fr"
        self._html = ""
        """The page that was seen last."""

    def make(self, rng: random.Random) -> Input:
        """A request; the cookie and the check value of the last visit stand for themselves."""
        kind = rng.randrange(10)
        if kind == 0:
            return Input(rng.randbytes(rng.choice((1, 10, 200, 40_000))), "bytes")
        if kind == 1:
            return Input(
                b"GET /fr HTTP/1.1\r\nHost: @HOST@\r\nCookie: sitting=@COOKIE@\r\n\r\n", "begin"
            )
        if kind == 2 and rng.random() < 0.2:
            body = b"check=@CHECK@&language=" + rng.choice((b"fr", b"nl", b"xx", b"", b"%00"))
            return Input(self._post("/begin", body), "whole")
        if kind < 6:
            odd = self._odd(rng)
            return Input(changed_bytes(rng, odd) if kind < 5 else odd, "request")
        return Input(self._form(rng), "whole")

    def _odd(self, rng: random.Random) -> bytes:
        if rng.random() < 0.6:
            head = f"{rng.choice(('GET', 'HEAD', 'PUT', 'OPTIONS', 'get', 'G' * 70_000))} "
            lines = [
                f"{head}{rng.choice(_PATHS)} HTTP/{rng.choice(('1.1', '1.0', '2', '0.9', 'x'))}"
            ]
            lines += ["Host: @HOST@", "Cookie: sitting=@COOKIE@"]
            lines += rng.sample(_HEADERS, rng.randrange(4))
            return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
        more = rng.sample(_HEADERS, rng.choice((0, 1, 2)))
        return self._post(rng.choice(_PATHS), changed_bytes(rng, self._body(rng)), more)

    def _body(self, rng: random.Random) -> bytes:
        pairs = [("action", rng.choice(_VALUES[:3]))]
        for _ in range(rng.choice((0, 1, 1, 2, 3, 30))):
            value = rng.choice((rng.choice(_VALUES), _text(rng), rng.choice(ODD_TEXTS)[:9000]))
            pairs.append((rng.choice(_NAMES), value))
        body = urllib.parse.urlencode(pairs, errors="surrogatepass").encode()
        return body + b"&check=@CHECK@" if rng.random() < 0.9 else body

    def _form(self, rng: random.Random) -> bytes:
        """A form for the page that is open: the answer is one that it offers, or nearly."""
        offered = re.findall(r'name="([^"]+)"[^>]* value="([^"]*)"', self._html) or [("a", "b")]
        texts = re.findall(r'<(?:textarea|input type="text")[^>]* name="([^"]+)"', self._html)
        pairs = [rng.choice(offered) for _ in range(rng.choice((1, 1, 2, 4)))]
        pairs += [(name, rng.choice((_text(rng), rng.choice(ODD_TEXTS)))) for name in texts[:2]]
        if rng.random() < 0.2:
            pairs = [(name, rng.choice(_VALUES)) for name, _ in pairs]
        pairs = [pair for pair in pairs if pair[0] != "check"] + [("action", rng.choice(_GO))]
        body = urllib.parse.urlencode(pairs, errors="surrogatepass").encode()
        return self._post("@PAGE@", body + b"&check=@CHECK@")

    def _post(self, path: str, body: bytes, more: Sequence[str] = ()) -> bytes:
        lines = [f"POST {path} HTTP/1.1", "Host: @HOST@", "Cookie: sitting=@COOKIE@", *more]
        lines += ["Content-Type: application/x-www-form-urlencoded", "Content-Length: @LENGTH@"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace") + body

    def read(self, given: Input) -> Sequence[str]:
        """Send it; look whether the server answered as it should and still lives."""
        if given.data.startswith(b"POST /begin"):
            self._remember(self._answered(self._filled(_FIRST_PAGE), whole=True))
        answer = self._answered(self._filled(given.data), whole=given.name == "whole")
        if given.name == "whole":
            self._remember(answer)
            if not answer.startswith((b"HTTP/1.1 2", b"HTTP/1.1 3")):
                self._begin()
        if self._server.poll() is not None:
            raise SurpriseError(f"the server ended: {self._server.returncode}")
        if (size := self._memory()) > _MOST_MEMORY:
            raise SurpriseError(f"the server has {size} KiB of memory")
        self._errors.seek(self._read)
        complaint = self._errors.read()
        self._read += len(complaint)
        if complaint.strip():
            raise SurpriseError(complaint.decode("utf-8", "replace"))
        status = re.match(rb"HTTP/1\.1 (\d{3})", answer)
        if answer and status is None:
            raise SurpriseError(f"no answer of HTTP: {answer[:200]!r}")
        if status and int(status[1]) >= 500:
            raise SurpriseError(f"status {status[1]!r}")
        if b"passwd" in answer and b"root:" in answer:
            raise SurpriseError("a file of the system was served")
        return (
            []
            if status and int(status[1]) < 400
            else [f"status {int(status[1])}" if status else "closed"]
        )

    def _begin(self) -> None:
        """Begin anew, as somebody does whose visit has ended."""
        for data in (_FIRST_PAGE, self._post("/begin", b"check=@CHECK@&language=fr")):
            self._remember(self._answered(self._filled(data), whole=True))

    def _memory(self) -> int:
        told = Path(f"/proc/{self._server.pid}/status").read_text("utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+)", told)[0])

    def _filled(self, data: bytes) -> bytes:
        for name, value in (
            *((b"@HOST@", self._host), (b"@COOKIE@", self._cookie)),
            *((b"@CHECK@", urllib.parse.quote(self._check)), (b"@PAGE@", self._page)),
        ):
            data = data.replace(name, value.encode())
        length = len(data.partition(b"\r\n\r\n")[2])
        return data.replace(b"@LENGTH@", str(length).encode())

    def _answered(self, data: bytes, *, whole: bool) -> bytes:
        """What comes back until the answer is whole, or the line is still for a moment."""
        with socket.create_connection(("127.0.0.1", self._port), timeout=_WAIT) as line:
            with suppress(BrokenPipeError, ConnectionResetError):
                for piece in _pieces(data):
                    line.sendall(piece)
            answer = b""
            # For the rest of an unfinished request the server waits some seconds, and we do not:
            # the next request tells whether it still lives.
            while select.select([line], [], [], _WAIT if whole else _MOMENT)[0]:
                try:
                    piece = line.recv(65536)
                except ConnectionResetError:
                    break
                answer += piece
                if not piece or _whole(answer):
                    return answer
            if not answer and whole:
                raise SurpriseError(f"no answer within {_WAIT} s")
            return answer

    def _remember(self, answer: bytes) -> None:
        if b"<html" in answer:
            self._html = answer.decode("utf-8", "replace")
        if found := re.search(rb"set-cookie: sitting=([^;\r\n]+)", answer):
            self._cookie = found[1].decode("latin-1")
        if found := re.search(rb'name="check" value="([^"]+)"', answer):
            self._check = found[1].decode("latin-1")
        if found := re.search(rb'(?:location: |action=")(/q/[^"\r\n#]+)', answer):
            self._page = found[1].decode("latin-1")
        if answer.startswith(b"HTTP/1.1 303"):
            self._remember(self._answered(self._filled(_NEXT_PAGE), whole=True))


def _pieces(data: bytes) -> Iterator[bytes]:
    """All at once; some requests come in pieces, as over a slow line."""
    if len(data) % 5 or len(data) > 5000:
        yield data
        return
    for at in range(0, len(data), 1 + len(data) // 5):
        yield data[at : at + 1 + len(data) // 5]
        time.sleep(0.003)


def _whole(answer: bytes) -> bool:
    """Whether an answer is there as long as it says."""
    head, found, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return bool(found) and length is not None and len(body) >= int(length[1])
