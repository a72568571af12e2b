"""What the screens let go of when nobody waits: memory, and what stood on pages that are gone.

Textual and Rich remember what they worked out: the styles of 1,024 widgets with all that stood in
them, the width of 4,096 texts, 1,024 lines that were typed. Nothing of it is needed, and it would
stay in memory when the next person comes; the rest would grow for hours with windows of new sizes.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, Protocol

from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache

from imfsurvey.faces import garbage

_REMEMBERING: Final = ("textual", "rich")

_MANY, _TOO_MANY = 2_000, 3_000
"""Results that are remembered before a pause is used to forget them, and before none is waited for:
working them out again takes some milliseconds of the next picture."""

_PAUSE, _GAP = 0.15, 0.04
"""Seconds after a key: hardly anybody presses the next one at once any more; the picture is mostly
there. A search through everything takes half the time of a picture: a second later it would often
meet a key."""


class Breaths:
    """The moments between two keys."""

    def __init__(self) -> None:
        self._typed = 0.0
        self._waiting = False

    def typed(self) -> None:
        """A key has come."""
        visible_screen_stack.set([])  # screens that lay below a window, perhaps gone by now
        loop = asyncio.get_running_loop()
        self._typed = loop.time()
        if not self._waiting:
            self._waiting = True
            loop.call_later(_PAUSE, self._use)

    def _use(self) -> None:
        loop = asyncio.get_running_loop()
        rest = self._typed + (_GAP if _is_too_much() else _PAUSE) - loop.time()
        if rest > 0:
            loop.call_later(rest, self._use)
            return
        self._waiting = False
        in_a_pause()


class _Remembered(Protocol):
    """A function of which results are remembered."""

    def cache_info(self) -> Any: ...
    def cache_clear(self) -> None: ...


def in_a_pause() -> None:
    """Between two keys, or while none comes."""
    StylesCache.get_inner_outer.cache_clear()  # holds widgets, and pages in them
    if _how_many() > _MANY:
        _forget(_remembered(len(sys.modules)))
    garbage.look_in_a_pause()


def not_too_much() -> None:
    """Between two keys that follow each other without a gap: only what has to be."""
    if _is_too_much():
        in_a_pause()


def between_people() -> None:
    """When one person has ended and the next has not begun."""
    _forget(_remembered(len(sys.modules)))
    garbage.forget()


def _is_too_much() -> bool:
    """Whether to wait for a pause would make the program larger than it need be: what memory held
    once, Python seldom gives back."""
    return _how_many() > _TOO_MANY or garbage.is_much()


def _how_many() -> int:
    return sum(one.cache_info().currsize for one in _remembered(len(sys.modules)))


def _forget(found: tuple[_Remembered, ...]) -> None:
    for one in found:
        one.cache_clear()


@lru_cache(maxsize=1)
def _remembered(_modules: int) -> tuple[_Remembered, ...]:
    """What Textual and Rich remember; looked for again when more modules are loaded. Functions
    without a limit are left out: they know constants."""
    found = {id(one): one for one in _functions() if one.cache_info().maxsize is not None}
    return tuple(found.values())


def _functions() -> Iterator[_Remembered]:
    kind = type(_remembered)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] not in _REMEMBERING:
            continue
        for held in list(vars(module).values()):
            for one in vars(held).values() if isinstance(held, type) else (held,):
                plain = getattr(one, "__func__", one)  # of a method of the class itself
                if isinstance(plain, kind):
                    yield plain
