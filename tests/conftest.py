"""What holds for all tests: in which order they run, and that none fails because others do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")
"""No test asserts a time: an example takes as long as a machine that others use too lets it."""

LONG = ("e2e", "faults", "attacks", "independent", "bench", "test_wheel.py", "report", "study")
"""Where a file takes long although it holds few tests, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: begun last, one of them would keep one core busy and the others idle."""
    root = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        first = item.path.relative_to(root).parts[0]
        return LONG.index(first) if first in LONG else len(LONG)

    items.sort(key=place)
