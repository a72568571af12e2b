"""In which order the tests run."""

from __future__ import annotations

from pathlib import Path

import pytest

LONG = ("e2e", "faults", "attacks", "independent", "bench", "test_wheel.py", "report", "study")
"""Where a file takes long although it holds few tests, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: begun last, one of them would keep one core busy and the others idle."""
    root = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        first = item.path.relative_to(root).parts[0]
        return LONG.index(first) if first in LONG else len(LONG)

    items.sort(key=place)
