"""Where pages may be offered, under which names, and in which language they begin."""

from __future__ import annotations

import shutil
import socket
import stat
from pathlib import Path

import pytest

from imfsurvey.faces.web.addresses import listening_at
from imfsurvey.faces.web.languages import preferred
from imfsurvey.i18n.errors import ImfsurveyError

TLS = Path(__file__).parent / "tls"
PAIR = (TLS / "certificate.pem", TLS / "key.pem")


def test_on_this_computer_no_encryption_is_needed() -> None:
    """And it goes by its usual names."""
    listening = listening_at(port=0)
    port = listening.sock.getsockname()[1]
    assert listening.announced.origin == f"http://127.0.0.1:{port}"
    names = ("127.0.0.1", "localhost", "[::1]")
    assert listening.announced.hosts == {f"{name}:{port}" for name in names}
    assert listening.only_here and not listening.readable
    listening.close()


def test_no_page_waits_for_the_other_side_to_confirm_its_beginning() -> None:
    """Every connection sends at once what is written (TCP_NODELAY), as 40 ms a page would cost."""
    listening = listening_at(port=0)
    with socket.create_connection(listening.sock.getsockname()):
        served, _ = listening.sock.accept()
        with served:
            assert served.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    listening.close()


def test_others_need_encryption_or_a_word(tmp_path: Path) -> None:
    """An address that others reach is refused, until somebody says that answers may be read."""
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        own = "192.0.2.1"
    with pytest.raises(ImfsurveyError, match="IMF-F180"):
        listening_at(own, 0)
    if own == "192.0.2.1":  # nobody's address: with the word it is tried, and is not ours
        with pytest.raises(ImfsurveyError, match="IMF-F183"):
            listening_at(own, 0, readable=True)
        return
    encrypted = listening_at(own, 0, tls=PAIR)
    assert not encrypted.readable and not encrypted.only_here
    encrypted.close()
    listening = listening_at(own, 0, readable=True)
    assert listening.readable and not listening.only_here
    assert len(listening.announced.hosts) == 1
    listening.close()


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", "no such name", "a" * 300])
def test_an_address_that_nobody_could_type(address: str) -> None:
    """All addresses at once is none that could be announced."""
    with pytest.raises(ImfsurveyError, match="IMF-F182"):
        listening_at(address, 0, readable=True)


def test_a_port_that_is_taken() -> None:
    """Said before anybody is told the address."""
    listening = listening_at(port=0)
    with pytest.raises(ImfsurveyError, match="IMF-F183"):
        listening_at(port=listening.sock.getsockname()[1])
    listening.close()


def test_a_proxy_is_known_by_its_own_name_only(tmp_path: Path) -> None:
    """Whatever it says of others; its socket is for this account and its group."""
    file = tmp_path / "pages.sock"
    listening = listening_at(proxy="https://Survey.example/", file=file)
    assert listening.announced.origin == "https://survey.example"
    assert listening.announced.hosts == {"survey.example", "survey.example:443"}
    assert listening.announced.secure
    assert stat.S_IMODE(file.stat().st_mode) == 0o660
    again = listening_at(proxy="https://survey.example:8443", file=file)  # left by a killed one
    assert again.announced.hosts == {"survey.example:8443"}
    again.close()
    assert not file.exists()
    listening.sock.close()


def test_behind_a_proxy_nobody_else_is_heard() -> None:
    """The port is open to this computer alone: what comes to it is not encrypted."""
    listening = listening_at(proxy="https://survey.example", port=0)
    assert listening.sock.getsockname()[0] == "127.0.0.1"
    assert not listening.only_here and not listening.readable
    listening.close()


@pytest.mark.parametrize(
    "proxy", ["http://survey.example", "survey.example", "https://", "https://x/y", "ftp://x"]
)
def test_what_is_no_proxy(proxy: str) -> None:
    """It must encrypt, and the pages are at its root."""
    with pytest.raises(ImfsurveyError, match="IMF-F181"):
        listening_at(proxy=proxy, port=0)


def test_certificate_and_key_belong_together(tmp_path: Path) -> None:
    """A pair that cannot be used is refused before the port is opened."""
    listening = listening_at(port=0, tls=PAIR)
    assert listening.announced.secure
    listening.close()
    other = tmp_path / "key.pem"
    shutil.copy(PAIR[0], other)
    for pair in ((PAIR[0], other), (PAIR[1], PAIR[1]), (tmp_path / "none", PAIR[1])):
        with pytest.raises(ImfsurveyError, match="IMF-F184"):
            listening_at(port=0, tls=pair)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fr"),
        ("nl", "nl"),
        ("nl-BE,fr;q=0.9", "nl"),
        ("fr;q=0.5, nl;q=0.8", "nl"),
        ("en, de, NL;q=0.1", "nl"),
        ("*", "fr"),
        ("nl;q=0", "fr"),
        ("nl;q=x, ,;;", "fr"),
        ("x" * 100_000 + ",nl", "fr"),
    ],
)
def test_the_language_that_a_browser_prefers(header: str, language: str) -> None:
    """Among those offered; whatever it says."""
    assert preferred(header, ("fr", "nl")) == language
