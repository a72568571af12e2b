"""The browser pages of a session, started and stopped by the console as a process of their own.

Apart from the console, because it holds the keys of the open rounds and they hold what people are
just answering: no process has both, and neither falls with the other.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Literal, NamedTuple

from imfsurvey.faces.kiosk.surroundings import SAFELY, given_environment
from imfsurvey.study.folder import Study
from imfsurvey.study.sessions.session import Session

HERE_ONLY: Final = "127.0.0.1"
PORT: Final = 8420

_LAST_WORDS: Final = 2000
"""Characters that are kept of what the process complained of."""
_TAKEN: Final = "IMF-F183"
_PATIENCE: Final = 8.0
"""Seconds for the process to end by itself, before it is ended."""

State = Literal["off", "starting", "on", "dead"]


class OwnAddress(NamedTuple):
    """An address of this computer, and what the system calls the way that leads to it."""

    numbers: str
    interface: str = ""


@dataclass(frozen=True)
class Where:
    """How the pages are to be offered, as the command line said it."""

    address: str = ""
    """Empty: the facilitator chooses one of this computer's."""
    port: int | None = None
    certificate: Path | None = None
    key: Path | None = None

    @property
    def encrypted(self) -> bool:
        """Whether browsers speak to the pages encrypted."""
        return self.certificate is not None and self.key is not None


class PhonePages:
    """`imfsurvey serve WAVE --session NAME`, as far as the console has to know of it."""

    def __init__(self, study: Study, session: Session, where: Where | None = None) -> None:
        self.where = where or Where()
        self.state: State = "off"
        self.address = ""
        """What people type, while the pages are offered."""
        self.words = ""
        """What the process complained of last, when it is dead."""
        self._place = ("serve", session.wave.id, "--session", session.name)
        self._study = study.folder.resolve()
        self._process: subprocess.Popen[bytes] | None = None
        self._said = self._complained = b""
        self._again: tuple[str, bool, str] | None = None
        """How to start once more, on any port: the usual one may be taken."""

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.state in ("starting", "on")

    def start(self, address: str, language: str, *, readable: bool = False) -> None:
        """Offer the pages at an address of this computer; `poll` says what came of it.

        `readable`: without encryption for others, after the facilitator was told what that means.
        """
        port = self.where.port
        self._again = (address, readable, language) if port is None else None
        self._begin(address, PORT if port is None else port, language, readable)

    def _begin(self, address: str, port: int, language: str, readable: bool) -> None:
        self.stop()
        options = ["--address", address, "--port", str(port), "--lang", language]
        if self.where.encrypted:
            options += ["--tls-cert", str(self.where.certificate), "--tls-key", str(self.where.key)]
        elif readable:
            options += ["--let-network-read-answers"]
        command = [sys.executable, *SAFELY, "-m", "imfsurvey", *self._place, *options]
        command += ["--study", str(self._study), "--json", "--ends-with-input"]
        self._said = self._complained = b""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=given_environment(os.environ),
            # Signals of the console's terminal are not for it: the console stops it.
            start_new_session=True,
        )
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                os.set_blocking(stream.fileno(), False)
        self.state, self.words = "starting", ""

    def poll(self) -> State:
        """Look what the process says, and whether it is still there. Never waits."""
        process = self._process
        if process is None:
            return self.state
        ended = process.poll() is not None
        self._said += _available(process.stdout)
        self._complained = (self._complained + _available(process.stderr))[-_LAST_WORDS:]
        if ended:
            self._dead()
        elif self.state == "starting" and b"\n}\n" in self._said:
            self.address = str(json.loads(self._said)["address"])
            self.state = "on"
        return self.state

    def _dead(self) -> None:
        """It ended though nobody asked for it."""
        words = self._complained.decode("utf-8", "replace").strip()
        self._let_go()
        again, self._again = self._again, None
        if again is not None and self.state == "starting" and _TAKEN in words:
            address, readable, language = again
            self._begin(address, 0, language, readable)
            return
        self.state, self.words, self.address = "dead", words.rpartition("\n")[2], ""

    def stop(self) -> None:
        """End the process, and wait until it has ended."""
        process = self._process
        if process is not None and process.poll() is None:
            if process.stdin is not None:
                process.stdin.close()  # by which it knows
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._let_go()
        self.state, self.address = "off", ""

    def _let_go(self) -> None:
        if self._process is not None:
            for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
                if stream is not None:
                    stream.close()
        self._process = None


def _available(stream: IO[bytes] | None) -> bytes:
    """What a stream holds now."""
    return b"" if stream is None else stream.read() or b""


# --- addresses of this computer -----------------------------------------------------------------


def own_addresses() -> Sequence[OwnAddress]:
    """Those at which others may reach this computer, that of the usual way out first."""
    found = dict.fromkeys(_of_interfaces())
    first = _way_out()
    if first and first not in {one.numbers for one in found}:
        found[OwnAddress(first)] = None
    usable = [one for one in found if not one.numbers.startswith(("127.", "169.254."))]
    return sorted(usable, key=lambda one: one.numbers != first)


def _of_interfaces() -> list[OwnAddress]:
    """Where the system tells: Linux."""
    if sys.platform != "linux":
        return []
    import fcntl

    found = []
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as sock:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            with suppress(OSError):  # it has no address
                answer = fcntl.ioctl(sock.fileno(), _SIOCGIFADDR, request)
                found.append(OwnAddress(socket.inet_ntoa(answer[20:24]), name))
    return found


_SIOCGIFADDR: Final = 0x8915


def _way_out() -> str:
    """The address from which this computer would speak to others; nothing is sent."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as sock, suppress(OSError):
        sock.connect(("192.0.2.1", 9))  # an address that documentation uses, RFC 5737
        return str(sock.getsockname()[0])
    return ""
