"""The figures before rounding, in the shape of `imfsurvey results --json`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from independent import maturity
from independent.staff import Item, Theme
from independent.zone import INVITED, MODEL, Measurement

OMEGA = 1e-4
"""Two programs look for loadings by other ways, and stop at other places."""


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return float(value)
    return list(value) if isinstance(value, tuple) else value


def figures(found: Measurement) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """The way to each figure, and what stands there."""
    for part, one in found.parts.items():
        way = ("maturity", "overall") if part == "overall" else ("maturity", "nodes", part)
        yield (*way, "demonstrated"), one.level
        yield (*way, "at_most"), one.most
        yield (*way, "index"), _plain(one.index)
        yield (*way, "core_index"), _plain(one.core)
        yield (*way, "coverage"), _plain(one.coverage)
    balance = maturity.balance(MODEL, found.ratings)
    yield ("maturity", "balance", "controlling"), float(balance.controlling)
    yield ("maturity", "balance", "stimulating"), float(balance.stimulating)
    yield ("maturity", "balance", "balance"), float(balance.balance)
    yield ("maturity", "overall_equal_weights"), float(maturity.equal_weights(found.ratings))
    yield ("perception", 0, "responses", "returned"), found.returned
    yield ("perception", 0, "responses", "rate"), found.returned / INVITED
    for place, item in enumerate(found.items.values()):
        for name, value in _item(item):
            yield ("perception", 0, "items", place, name), _plain(value)
    for place, theme in enumerate(found.themes.values()):
        for way, value in _theme(theme):
            yield ("perception", 0, "themes", place, *way), _plain(value)


def _item(one: Item) -> Iterator[tuple[str, Any]]:
    yield from (("n", one.n), ("counts", one.counts), ("mean", one.mean), ("sd", one.sd))
    for side, name in enumerate(("favourable", "neutral", "unfavourable")):
        yield name, one.share(side)
    yield "dont_know", one.dont_know
    yield "mean_interval", one.mean_interval
    yield "favourable_interval", one.favourable_interval


def _theme(one: Theme) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield ("favourable",), one.favourable
    yield ("index",), one.index
    yield ("scored",), None if one.scores is None else len(one.scores)
    yield ("index_interval",), one.index_interval
    yield ("agreement",), one.agreement
    yield ("agreement_skewed",), one.lenient
    found = one.reliability
    if found is None:
        yield ("reliability",), None
        return
    two = found.alpha is None
    yield ("reliability", "n"), found.n
    yield ("reliability", "alpha"), found.alpha
    yield ("reliability", "omega"), found.omega
    yield ("reliability", "spearman_brown"), found.both
    yield ("reliability", "alpha_interval"), None if two else found.interval
    yield ("reliability", "spearman_brown_interval"), found.interval if two else None
