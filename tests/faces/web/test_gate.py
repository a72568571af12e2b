"""What is let through, what every answer carries, and what happens when something breaks."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from caller import HERE, Caller

from imfsurvey.faces.web import gate
from imfsurvey.faces.web.pages import SMALLEST
from imfsurvey.faces.web.survey import Survey
from imfsurvey.interview import Interview

CANARY = "canary-7d1f"
CARRIED = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex",
}
"""On every page, by the standards of browsers (Fetch, HTML, RFC 9111)."""
SHUT = {
    *("default-src 'none'", "style-src 'self'", "form-action 'self'"),
    *("frame-ancestors 'none'", "base-uri 'none'"),
}
"""The policy of contents: no script, no other site's anything, no frame."""


def policy_of(answer: httpx.Response) -> set[str]:
    """The parts of its policy of contents."""
    return set(answer.headers["content-security-policy"].split("; "))


async def test_every_answer_carries_the_headers(caller: Caller) -> None:
    """Pages, the style sheet, refusals: no cache, no frame, no script, no referrer."""
    await caller.begin()
    for path in (caller.here, "/", "/privacy", "/overview", "/nl/thanks", "/nothing", "/xx"):
        answer = await caller.client.get(path)
        for name, value in CARRIED.items():
            assert answer.headers.get_list(name) == [value], (path, name)
        assert policy_of(answer) == SHUT
        assert not {"server", "date", "last-modified", "etag"} & set(answer.headers)
    style = await caller.client.get("/style.css")
    assert policy_of(style) == SHUT
    assert style.headers.get_list("cache-control") == ["private, max-age=3600"]
    assert (await caller.client.get("/xx/thanks")).status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "", "localhost:1"])
async def test_a_request_for_another_host_is_refused(caller: Caller, host: str) -> None:
    """A name that points at this computer is no way in."""
    assert (await caller.get("/", host=host)).status_code == 421
    answer = await caller.client.post(
        "/begin", data={"check": caller.check}, headers={"host": host}
    )
    assert answer.status_code == 421
    assert caller.survey.visits.under_way == 0


async def test_a_request_for_two_hosts_is_refused(caller: Caller) -> None:
    """A proxy in between may have looked at the other one."""
    both = [("host", "127.0.0.1:8420"), ("host", "evil.example")]
    assert (await caller.client.get("/fr", headers=both)).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"origin": HERE}, 303),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 303),
        ({"origin": "null"}, 303),  # without a secure context browsers say no more
        ({"origin": "https://evil.example"}, 403),
        ({"origin": HERE.replace("http", "https")}, 403),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/json"}, 415),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
    ],
)
async def test_forms_come_from_our_own_pages(
    caller: Caller, headers: dict[str, str], status: int
) -> None:
    """As far as the browser tells."""
    await caller.get("/fr")
    data = {"check": caller.check, "language": "fr"}
    answer = await caller.client.post("/begin", data=data, headers=headers)
    assert answer.status_code == status
    assert caller.survey.visits.under_way == (status == 303)


@pytest.mark.parametrize("check", ["", "x", "é", "1" * 22])
async def test_a_form_carries_the_value_of_its_page(caller: Caller, check: str) -> None:
    """Without it nothing is begun, answered, sent or left."""
    await caller.get("/fr")
    assert (await caller.client.post("/begin", data={"check": check})).status_code == 403
    await caller.begin()
    for path in (caller.here, "/send", "/leave"):
        answer = await caller.client.post(path, data={"check": check, "answer": "=ops"})
        assert answer.status_code == 403
    assert caller.visit.interview.answers == {}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
async def test_other_methods_are_refused(caller: Caller, method: str) -> None:
    """With a list of those that are known."""
    answer = await caller.client.request(method, "/")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD, POST"
    assert (await caller.client.head("/")).status_code == 200
    assert (await caller.client.post("/privacy", data={"a": "b"})).status_code == 405


async def test_a_large_form_is_refused(caller: Caller) -> None:
    """By what it says, and by what it is."""
    most = caller.survey.largest_form
    assert most >= SMALLEST
    await caller.begin()
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = await caller.client.post(caller.here, content=b"x" * (most + 1), headers=form)
    assert answer.status_code == 413

    async def pieces() -> Any:
        for _ in range(most // 1000 + 2):
            yield b"x" * 1000

    answer = await caller.client.post(caller.here, content=pieces(), headers=form)
    assert answer.status_code == 413
    answer = await caller.client.post(caller.here, content=b"a=b&" * 500, headers=form)
    assert answer.status_code == 400


async def test_a_form_that_comes_too_slowly_is_given_up(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody keeps a place by sending a letter now and then; the page says what to do."""
    monkeypatch.setattr(gate, "BODY_WITHIN", 0.05)
    form = {"content-type": "application/x-www-form-urlencoded"}

    async def never_ending() -> AsyncIterator[bytes]:
        yield b"check="
        await asyncio.Event().wait()

    answer = await caller.client.post("/begin", content=never_ending(), headers=form)
    assert answer.status_code == 408
    assert caller.survey.visits.under_way == 0


async def test_a_text_as_long_as_allowed_fits(caller: Caller) -> None:
    """In whatever script it is written, and one that is too long is told so."""
    await caller.begin()
    await caller.answer("wish", text="😀" * 400)
    assert caller.visit.interview.answer_to("wish").value == "😀" * 400
    page = await caller.answer("wish", text="😀" * 401)
    assert "401" in page.text


async def test_a_cookie_is_for_this_host_and_this_sitting(caller: Caller, survey: Survey) -> None:
    """One, out of reach of scripts and other sites, gone with the window; bound under TLS."""
    await caller.get("/fr")
    answer = await caller.client.post("/begin", data={"check": caller.check})
    (cookie,) = answer.headers.get_list("set-cookie")
    parts = [part.strip().partition("=")[0].lower() for part in cookie.split(";")]
    assert parts == ["sitting", "httponly", "path", "samesite"]
    assert "SameSite=strict" in cookie and "Path=/" in cookie
    assert len(cookie.partition(";")[0]) > len("sitting=") + 40  # 256 bits


class Broken(Interview):
    """An interview that fails wherever it is asked something, with an answer at hand."""

    def __init__(self) -> None:
        """Nothing is there."""

    def __getattribute__(self, name: str) -> Any:
        answer = f"the answer was {CANARY}"
        raise RuntimeError(answer, {"answers": answer})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/go-on"),
        ("GET", "/q/0123456789ab"),
        ("GET", "/overview"),
        ("GET", "/leave"),
        ("POST", "/q/0123456789ab"),
        ("POST", "/send"),
        ("POST", "/leave"),
    ],
)
async def test_a_crash_shows_no_value(
    caller: Caller, method: str, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """A page that says that something went wrong, and a place in the program on the terminal."""
    await caller.begin()
    visit = caller.visit
    assert visit.sitting is not None
    visit.sitting.interview = Broken()
    data = {"check": visit.check, "answer": CANARY} if method == "POST" else None
    answer = await caller.client.request(method, path, data=data)
    assert answer.status_code == 500
    assert CANARY not in answer.text and "Traceback" not in answer.text
    (complaint,) = caller.complaints
    assert complaint.startswith("RuntimeError, imfsurvey.faces.web.")
    assert CANARY not in complaint
    printed = capfd.readouterr()
    assert CANARY not in printed.out + printed.err


PIECES = (
    *("check", "action", "answer", "text", "other", "comment", "rank=chief", "language", "ticket"),
    *("next", "back", "later", "clear", "overview", "language-nl", "language-xx", "=ops", "~dk"),
    *("#1", "#5", "=gifts", "1", "2", "-1", "9" * 30, "", "\x00", "é", "%", "%zz", "\ud7ff", "&&"),
    *("../..", "{{ 1 }}", "<b>", "\r\nset-cookie: x=y", "A" * 3000, "١٢", "fr", "nl"),
)
PATHS = (
    *("/", "/fr", "/xx", "/go-on", "/overview", "/send", "/leave", "/begin", "/privacy", "//"),
    *("/fr/privacy", "/xx/privacy", "/fr/thanks", "/q/", "/q/x", "/q/%00", "/%2e%2e/x", "/é"),
    *("/style.css", "/ticket.js", "/q/" + "a" * 500, "/fr/privacy/x", "/?x=y", "/style.css/.."),
)


async def test_whatever_is_sent_gets_a_clean_answer(caller: Caller) -> None:
    """Some thousand requests by chance, on a visit that goes on: no fault, no way outside."""
    rng = random.Random(20261101)
    await caller.begin()
    seen: set[int] = set()
    for number in range(2000):
        if not caller.client.cookies.get("sitting") or number % 200 == 0:
            await caller.begin(rng.choice(("fr", "nl")))
        path = rng.choice((caller.here, caller.here, *PATHS))
        if rng.random() < 0.4:
            answer = await caller.client.get(path)
        else:
            count = rng.randrange(7)
            form = {rng.choice(PIECES): [rng.choice(PIECES)] for _ in range(count)}
            form["check"] = [rng.choice((caller.visit.check, caller.visit.check, "x"))]
            answer = await caller.client.post(path, data=form)
        seen.add(answer.status_code)
        location = answer.headers.get("location", "/")
        assert location.startswith("/") and not location.startswith("//")
        assert "x=y" not in answer.headers.get("set-cookie", "")
    assert seen <= {200, 303, 400, 403, 404, 405, 410, 413}
    assert caller.complaints == []
