"""What the screens let go of between two people, and in a pause."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from rich.cells import cached_cell_len
from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.document._document import _utf8_encode

from imfsurvey.faces.tui.forgetting import Breaths, between_people, in_a_pause, not_too_much

TYPED = "Une ligne que quelqu’un a écrite"


def test_nothing_that_was_typed_or_shown_is_remembered_for_the_next_person() -> None:
    """Lines of a text field, widths of texts, pieces of lines, widgets with their styles."""
    remembering = (
        _utf8_encode,
        cached_cell_len,
        Segment._split_cells,
        StylesCache.get_inner_outer,
    )
    _utf8_encode(TYPED)
    cached_cell_len(TYPED)
    Segment(TYPED).split_cells(3)
    assert all(one.cache_info().currsize for one in remembering[:3])
    between_people()
    assert [one.cache_info().currsize for one in remembering] == [0, 0, 0, 0]


def test_a_pause_forgets_when_much_is_remembered() -> None:
    """A little would only have to be worked out again; windows of new sizes add to it for hours."""
    between_people()
    cached_cell_len(TYPED)
    in_a_pause()
    assert cached_cell_len.cache_info().currsize == 1
    for number in range(2_100):
        cached_cell_len(f"{TYPED} {number}")
    in_a_pause()
    assert cached_cell_len.cache_info().currsize == 0


class Clock:
    """Time that passes when it is told to, and what is to be called later."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self._later: list[tuple[float, Callable[..., None], tuple[object, ...]]] = []

    def time(self) -> float:
        """Seconds."""
        return self.now

    def call_later(self, delay: float, call: Callable[..., None], *words: object) -> None:
        """See `asyncio`."""
        self._later.append((self.now + delay, call, words))

    def pass_by(self, seconds: float) -> None:
        """Milliseconds, one after the other."""
        for _ in range(round(seconds * 1_000)):
            self.now += 0.001
            due = [one for one in self._later if one[0] <= self.now]
            self._later = [one for one in self._later if one[0] > self.now]
            for _at, call, words in due:
                call(*words)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of the screens."""
    clock = Clock()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: clock)
    between_people()
    return clock


def remember_much(results: int = 2_100) -> None:
    """So much that a pause is used to forget it, if not more."""
    for number in range(results):
        cached_cell_len(f"{TYPED} {number}")


def is_remembered() -> bool:
    """Whether it still is."""
    return cached_cell_len.cache_info().currsize > 0


def test_a_moment_after_a_key_is_a_pause(clock: Clock) -> None:
    """Its picture is there, and the next key is not; each key has a moment of its own."""
    breaths = Breaths()
    for _ in range(2):
        remember_much()
        breaths.typed()
        clock.pass_by(0.1)
        assert is_remembered()
        clock.pass_by(0.1)
        assert not is_remembered()


def test_whoever_types_fast_is_not_disturbed(clock: Clock) -> None:
    """Ten keys a second leave no pause; the last one has it."""
    breaths = Breaths()
    remember_much()
    for _ in range(200):
        breaths.typed()
        clock.pass_by(0.1)
        assert is_remembered()
    clock.pass_by(0.1)
    assert not is_remembered()


def test_what_is_too_much_does_not_wait_for_a_pause(clock: Clock) -> None:
    """It is used once a picture is there: in a gap between fast keys, never with the key."""
    breaths = Breaths()
    breaths.typed()
    clock.pass_by(0.1)
    remember_much(3_100)
    breaths.typed()
    clock.pass_by(0.03)
    assert is_remembered()
    clock.pass_by(0.03)
    assert not is_remembered()


def test_keys_without_a_gap_let_go_of_what_is_too_much() -> None:
    """And of nothing that is less."""
    between_people()
    remember_much()
    not_too_much()
    assert is_remembered()
    remember_much(3_100)
    not_too_much()
    assert not is_remembered()
