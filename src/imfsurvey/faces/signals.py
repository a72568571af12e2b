"""Being told to end: what is half done is taken back, as after Ctrl+C."""

from __future__ import annotations

import signal
from types import FrameType


def end_by_signals() -> None:
    """From now on SIGTERM, and SIGHUP of a lost terminal, raise `SystemExit` (128 and the number),
    so that no half-written file, silent terminal or process of a person is left behind.

    A second one ends the program at once. What whoever started it wants ignored stays so: `nohup`.
    """
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise SystemExit(128 + number)
