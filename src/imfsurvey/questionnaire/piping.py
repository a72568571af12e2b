"""PLACEHOLDER until piping lands; keep these names: the interview uses them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """What a text names: an item or a computed value, or a field of a repeat."""

    name: str
    field: str | None = None


def pieces(text: str) -> tuple[str | Reference, ...]:
    """A text taken apart."""
    return (text,)
