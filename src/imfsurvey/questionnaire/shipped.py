"""Where the shipped framework and questionnaires lie: in the wheel, or beside `src`."""

from __future__ import annotations

from pathlib import Path

_IN_WHEEL = Path(__file__).resolve().parent.parent / "questionnaires"
_IN_CHECKOUT = Path(__file__).resolve().parents[3] / "questionnaires"

FRAMEWORK = "imf.framework.yaml"
SELF_ASSESSMENT = tuple(
    f"self-assessment/{pillar}.yaml"
    for pillar in ("instruments", "processes", "structures", "leadership")
)
PERCEPTION = "perception.yaml"
POLICY = "policy.yaml"
"""The integrity policy to be written; in a wave only when it is asked for."""


def shipped(name: str) -> Path:
    """The path of a shipped file, such as `perception.yaml`."""
    folder = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
    return folder / name
