"""The balance of what is planned: how many actions control, how many stimulate.

The same index as that of the levels (see `balance`), on counts of actions: an action that is both
counts half in each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from imfsurvey.framework.model import Approach


@dataclass(frozen=True)
class PlannedBalance:
    """Planned actions by approach."""

    controlling: int
    stimulating: int
    both: int

    @property
    def balance(self) -> float | None:
        """(S - C) / (S + C), from -1 (all controlling) to +1; None without actions."""
        total = self.controlling + self.stimulating + self.both
        # With `both` half in each, it leaves the difference alone and adds one to the sum.
        return float(Fraction(self.stimulating - self.controlling, total)) if total else None

    def outside(self, low: float, high: float) -> bool:
        """Whether it lies outside a band; no actions lie outside of nothing."""
        return self.balance is not None and not low <= self.balance <= high


def planned_balance(approaches: Iterable[Approach]) -> PlannedBalance:
    """Count what is planned."""
    listed = list(approaches)
    return PlannedBalance(
        listed.count("controlling"), listed.count("stimulating"), listed.count("both")
    )
