"""The closed lists of a study: kinds and states of waves, who rates, what a rating says.

Apart from what is known of a wave, because whoever answers needs these alone.
"""

from __future__ import annotations

from typing import Literal

WaveKind = Literal["zero", "annual", "final"]
WaveStatus = Literal["draft", "open", "closed"]
Rater = Literal["mandatary", "officer", "other", "external"]

Counted = Literal["mandatary", "officer", "other", "external", "agreed"]
"""Whose ratings give the figures; "external" only in waves closed by earlier versions."""

Said = int | Literal["na", "dk", "blank"]
"""What somebody said of a topic: a level, or why there is none."""

RATERS: tuple[Rater, ...] = ("mandatary", "officer", "other", "external")
INTERNAL: tuple[Rater, ...] = RATERS[:3]
"""In order of precedence: where they have not agreed on every topic, the first of them who
answered gives the figures. The external rater never does."""
