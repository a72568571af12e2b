"""What an office's template may ask for: so much time and memory, and no way into the program.

Jinja's sandbox keeps a template away from the program, not from asking for too much: loops within
loops, a text that doubles sixty times, a number of a billion digits. And its sandbox ends where a
function of ours formats a text that the template wrote: see `Words`.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final

from jinja2.exceptions import TemplateRuntimeError
from jinja2.sandbox import SandboxedEnvironment, SandboxedFormatter

from imfsurvey.i18n.catalogue import Translator

SECONDS: Final = 10.0
"""Of the processor, for one template; a large report takes less than one."""

MEMORY: Final = 192 * 1024**2
"""Bytes more than the program has."""

_LARGEST: Final = 10**9
"""A template multiplies no larger number, and makes no text or list as long as this."""


class TooMuchError(TemplateRuntimeError):
    """A template asks for more than it may."""


class BoundedEnvironment(SandboxedEnvironment):
    """A sandbox in which no single step takes long: what stands between steps can be ended."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply small numbers, repeat what is short; no template needs a power."""
        if operator == "**":
            raise TooMuchError("powers")
        if _size(left) * _size(right) > _LARGEST:
            raise TooMuchError("a product that is too large")
        return super().call_binop(context, operator, left, right)


def _size(value: object) -> int | float:
    """A number without its sign, the length of anything else."""
    if isinstance(value, int | float):
        return abs(value)
    return len(value) if isinstance(value, str | bytes | list | tuple) else 1


class Words:
    """What `_` is in a template: texts in the language of the report.

    A template writes the sentence, so its placeholders get no further than the sandbox lets it.
    """

    def __init__(self, t: Translator, environment: SandboxedEnvironment) -> None:
        self._t, self._formatter = t, SandboxedFormatter(environment)

    def __call__(self, msgid: str, /, **params: object) -> str:
        """The text, its `{name}` placeholders filled."""
        return self._formatter.vformat(self._t.messages.gettext(msgid), (), params)


@contextlib.contextmanager
def bounded() -> Iterator[None]:
    """Raise `TooMuchError` or `MemoryError` where what happens inside takes too much.

    In the main thread of a program on Linux: elsewhere a template is not held back.
    """
    with _memory_limited(), _time_limited():
        yield


@contextlib.contextmanager
def _time_limited() -> Iterator[None]:
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _too_long)
    # Again and again: what is raised while Python cleans something up is lost.
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TooMuchError(f"more than {SECONDS:g} seconds")


@contextlib.contextmanager
def _memory_limited() -> Iterator[None]:
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = pages * resource.getpagesize() + MEMORY
        if soft == resource.RLIM_INFINITY or most < soft:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (ImportError, OSError, ValueError):  # no such limit, or nowhere to learn what we have
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
