"""What the screens let go of when nobody waits: memory, and what stood on pages that are gone.

Textual and Rich remember what they worked out: the styles of 1,024 widgets with all that stood in
them, the width of 4,096 texts, 1,024 lines that were typed. Nothing of it is needed, and it would
stay in memory when the next person comes; the rest would grow for hours with windows of new sizes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, Protocol

from textual._styles_cache import StylesCache

from imfsurvey.faces import garbage

_REMEMBERING: Final = ("textual", "rich")

_MANY: Final = 2_000
"""Results that are remembered before a pause is used to forget them: working them out again takes
some milliseconds of the next picture."""


class _Remembered(Protocol):
    """A function of which results are remembered."""

    def cache_info(self) -> Any: ...
    def cache_clear(self) -> None: ...


def in_a_pause() -> None:
    """Between two keys, when none has come for a while."""
    StylesCache.get_inner_outer.cache_clear()  # holds widgets, and pages in them
    found = _remembered(len(sys.modules))
    if sum(one.cache_info().currsize for one in found) > _MANY:
        _forget(found)
    garbage.look_in_a_pause()


def between_people() -> None:
    """When one person has ended and the next has not begun."""
    _forget(_remembered(len(sys.modules)))
    garbage.forget()


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
