"""A terminal that goes away: nobody is there any more, so the program ends, whatever it does."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable

_EVERY = 0.5
"""Seconds between two looks at the terminal."""

_GRACE = 3.0
"""Seconds for an orderly end."""


def end_with_the_terminal(leave: Callable[[int], object]) -> None:
    """Watch the terminal from a thread of its own; once it is gone, ask the program to `leave`.

    The thread does not rely on the program: when the terminal went away while something was being
    written to it, Textual waits for ever for the writing to end. What was confirmed is on the
    disk by then, so the process may be ended from outside; left alone it would go on with a
    person's answers in its memory.
    """
    terminal = sys.__stdin__.fileno() if sys.__stdin__ else 0
    threading.Thread(target=_watch, args=(terminal, leave), daemon=True).start()


def _watch(terminal: int, leave: Callable[[int], object]) -> None:
    code = 128 + getattr(signal, "SIGHUP", 1)
    poll = select.poll()
    poll.register(terminal, select.POLLHUP)
    while not any(event & (select.POLLHUP | select.POLLNVAL) for _, event in poll.poll(0)):
        time.sleep(_EVERY)
    try:
        leave(code)
    except RuntimeError:  # the loop has ended: so does the program
        return
    time.sleep(_GRACE)
    os._exit(code)
