"""Keeping what is in memory there: for a process that holds answers or a secret key."""

from __future__ import annotations

import sys
from typing import Final

_DUMPABLE: Final = 4
_DEATH_SIGNAL: Final = 1
"""Numbers of `prctl` on Linux: PR_SET_DUMPABLE and PR_SET_PDEATHSIG."""

_SIGTERM: Final = 15


def keep_memory(*, with_parent: bool = False) -> None:
    """No core dump; where Linux allows it, no other program may read this one's memory.

    `with_parent`: also end when the process ends that has started this one. What this does not
    do: keep memory out of the swap file. The system needs an encrypted one, or none.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        prctl = ctypes.CDLL(None).prctl
        prctl(_DUMPABLE, 0, 0, 0, 0)
        if with_parent:
            prctl(_DEATH_SIGNAL, _SIGTERM, 0, 0, 0)
