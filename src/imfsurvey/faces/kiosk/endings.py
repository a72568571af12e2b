"""How the process of one person ends: all that the next one's process is told, a number."""

from __future__ import annotations

from typing import Final

STORED: Final = 0
REFUSED: Final = 3
"""The turn could not begin: a closed round, a full disk."""
LEFT: Final = 10
"""Nothing is stored; so for whoever wiped the screen, or just walked away."""
NO_TICKET: Final = 12
CRASHED: Final = 70
