"""Being told to end: what is half done is taken back, after Ctrl+C and after an order to end."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

_Handler = Callable[[int, FrameType | None], Any] | signal.Handlers

_AGAIN = 0.01
"""Seconds after which an order that Python has lost is given again."""


def end_by_signals() -> None:
    """From now on Ctrl+C raises `KeyboardInterrupt`, and SIGTERM, and SIGHUP of a lost terminal,
    `SystemExit` (128 and the number), so that no half-written file, silent terminal or process of
    a person is left behind.

    A second order to end ends the program at once. What whoever started it wants ignored stays
    so: `nohup`.
    """
    _listen(_end, on_interrupt=signal.default_int_handler)
    sys.unraisablehook = _not_lost


def end_at_once() -> None:
    """From now on each of them ends the program where it stands: nothing is half done any more."""
    _listen(signal.SIG_DFL, on_interrupt=signal.SIG_DFL)


def _listen(on_order: _Handler, *, on_interrupt: _Handler) -> None:
    for name, handler in (
        ("SIGINT", on_interrupt),
        ("SIGTERM", on_order),
        ("SIGHUP", on_order),  # Windows has none
    ):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise SystemExit(128 + number)


def _not_lost(lost: sys.UnraisableHookArgs) -> None:
    """What is raised while Python itself calls something, as it tidies up an object or a module
    that was loaded, goes nowhere: also the order to end. It is given again when that is over."""
    number = _order(lost.exc_value)
    if number is None:
        sys.__unraisablehook__(lost)
        return
    if number != signal.SIGINT:
        signal.signal(number, _end)
    again = threading.Timer(_AGAIN, _tell, (number,))
    again.daemon = True  # the end does not wait for it
    again.start()


def _order(error: BaseException | None) -> int | None:
    """The signal that raised this."""
    if isinstance(error, KeyboardInterrupt):
        return signal.SIGINT
    if isinstance(error, SystemExit) and isinstance(error.code, int) and error.code > 128:
        return error.code - 128
    return None


def _tell(number: int) -> None:
    """The first thread, which alone hears signals, and may wait for something."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)
