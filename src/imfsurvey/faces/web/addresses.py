"""Where the pages are found: the address that people are told, and the socket behind it.

Only this computer reaches the pages unless somebody says otherwise, and others reach them only
encrypted unless somebody says that the network may read the answers.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from imfsurvey.i18n.errors import InputError, RefusedError

LOOPBACK: Final = "127.0.0.1"
PORT: Final = 8420
_LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_WAITING: Final = 2048
"""Connections that may wait to be taken."""


@dataclass(frozen=True)
class Announced:
    """The address that people are told, and what browsers may therefore call us."""

    origin: str
    """Such as `https://survey.example`, without a slash at its end."""
    hosts: frozenset[str]
    """As in the header `Host`."""

    @property
    def secure(self) -> bool:
        """Whether browsers speak to us encrypted."""
        return self.origin.startswith("https:")

    @property
    def origins(self) -> frozenset[str]:
        """As in the header `Origin`."""
        scheme = self.origin.partition(":")[0]
        return frozenset(f"{scheme}://{host}" for host in self.hosts)


@dataclass(frozen=True)
class Listening:
    """A socket that is open, what is said of it, and how to speak on it."""

    announced: Announced
    sock: socket.socket
    only_here: bool
    """Nobody but this computer reaches it."""
    readable: bool
    """The network between can read what is sent."""
    tls: tuple[Path, Path] | None = None
    """Certificate and key."""
    path: Path | None = None
    """Of a socket that is a file."""

    def close(self) -> None:
        """Give the address free."""
        self.sock.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def listening_at(
    address: str = LOOPBACK,
    port: int = PORT,
    *,
    tls: tuple[Path, Path] | None = None,
    proxy: str = "",
    file: Path | None = None,
    readable: bool = False,
) -> Listening:
    """Open the socket. Raises `InputError` and `RefusedError`; nothing is open then."""
    if tls is not None:
        _require_pair(*tls)
    if proxy:
        return _behind(proxy, port, file)
    numbers = _numbers(address)
    only_here = ipaddress.ip_address(numbers).is_loopback
    if not only_here and tls is None and not readable:
        raise RefusedError(
            "IMF-F180",
            "Others can reach {address}, and without encryption the network between could read "
            "every answer. Give a certificate (--tls-cert and --tls-key), or --behind-proxy.",
            address=address,
        )
    sock = _opened(numbers, port)
    scheme = "https" if tls is not None else "http"
    announced = _announced(scheme, address, sock.getsockname()[1], only_here=only_here)
    return Listening(announced, sock, only_here, not only_here and tls is None, tls)


def _behind(proxy: str, port: int, file: Path | None) -> Listening:
    """Behind a proxy of the same computer, which alone is spoken to."""
    parts = urlsplit(proxy)
    if parts.scheme != "https" or not parts.hostname or parts.path not in ("", "/"):
        raise InputError(
            "IMF-F181",
            "'{address}' is not the address of a proxy: write it like https://survey.example",
            address=proxy,
        )
    host = parts.netloc.rpartition("@")[2].lower()
    hosts = {host} | ({f"{host}:443"} if parts.port is None else set())
    announced = Announced(f"https://{host}", frozenset(hosts))
    sock = _opened_file(file) if file is not None else _opened(LOOPBACK, port)
    return Listening(announced, sock, only_here=False, readable=False, path=file)


def _announced(scheme: str, address: str, port: int, *, only_here: bool) -> Announced:
    host = f"[{address}]" if ":" in address else address.lower()
    names = {host, *_LOOPBACK_NAMES} if only_here else {host}
    hosts = {f"{name}:{port}" for name in names}
    usual = port == _DEFAULT_PORTS[scheme]
    if usual:
        hosts |= names
    return Announced(
        f"{scheme}://{host}" if usual else f"{scheme}://{host}:{port}", frozenset(hosts)
    )


# --- sockets ----------------------------------------------------------------------------------


def _numbers(address: str) -> str:
    """The numbers of an address. Raises `InputError` where it is not that of one computer."""
    try:
        found = socket.getaddrinfo(address.strip("[]"), None, type=socket.SOCK_STREAM)
        numbers = str(found[0][4][0])
        if not ipaddress.ip_address(numbers).is_unspecified:
            return numbers
    except socket.gaierror as error:  # the name is one, but nobody knows it
        raise InputError(
            "IMF-F182",
            "No computer is known here by the name '{address}'. Let those who run the network "
            "enter it, or give the numbers of this computer.",
            address=address,
        ) from error
    except (OSError, UnicodeError, ValueError):
        pass
    raise InputError(
        "IMF-F182",
        "'{address}' is not an address that people could type: give the name or the numbers of "
        "this computer.",
        address=address,
    )


def _opened(numbers: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in numbers else socket.AF_INET
    try:
        sock = socket.create_server((numbers, port), family=family, backlog=_WAITING)
    except (OSError, OverflowError) as error:
        raise _refused(f"{numbers}:{port}", error) from error
    # Head and body of a page are two writes: without this, the second waits for the other side to
    # confirm the first, up to 40 ms. asyncio does it only for sockets that it opens itself.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def _opened_file(file: Path) -> socket.socket:
    """A socket that is a file, for this account and its group only."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o117)
    try:
        if file.is_socket():
            file.unlink()
        sock.bind(str(file))
        sock.listen(_WAITING)
    except OSError as error:
        sock.close()
        raise _refused(str(file), error) from error
    finally:
        os.umask(before)
    return sock


def _refused(address: str, error: OSError | OverflowError) -> RefusedError:
    return RefusedError(
        "IMF-F183",
        "The pages cannot be offered at {address}: {reason}. Another program may use it, or it "
        "is not this computer's: choose another --port or --address.",
        address=address,
        reason=os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "?",
    )


def _require_pair(certificate: Path, key: Path) -> None:
    """Raise `InputError` unless the two files belong together and can be used."""
    try:
        # An empty password, so that a protected key is refused and not asked for in the terminal.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise InputError(
            "IMF-F184",
            "'{certificate}' and '{key}' cannot be used as certificate and key: {reason}. Both "
            "must be PEM files that belong together, the key without a passphrase.",
            certificate=str(certificate),
            key=str(key),
            reason=getattr(error, "reason", None) or type(error).__name__,
        ) from error
