"""The long day: what counts as piling up."""

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.append(str(BENCH))

from piling import Look, judged  # noqa: E402

FLAT = Look(60.0, 9, 0)


@pytest.mark.parametrize(
    ("last", "flat"),
    [
        (FLAT, True),
        (Look(62.9, 9, 0), True),
        (Look(63.1, 9, 0), False),  # 60 x 1.05 = 63
        (Look(60.0, 10, 0), False),
        (Look(60.0, 9, 1), False),
    ],
)
def test_what_is_flat(last: Look, flat: bool) -> None:
    """The most of the last quarter beside the most of the second; the first is for warming up."""
    looks = [Look(900.0, 99, 5), *[FLAT] * 3, FLAT, Look(70.0, 9, 0), last, last]
    verdict = judged("serve", looks)  # eight looks: the second quarter are the third and fourth
    assert (verdict.second, verdict.last) == (FLAT, last)
    assert verdict.flat is flat


def test_files_are_counted_between_two_crowds() -> None:
    """Connections that are open at one look and closed at the next pile nothing up."""
    assert judged("serve", [*[FLAT] * 7, Look(60.0, 30, 0)]).flat
