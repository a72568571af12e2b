"""Good inputs made bad: texts by the pieces of tests/mutations.py, bytes and values here."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import changed

ODD_TEXTS = (
    *("", " ", "\x00", "\x1b[2J", "\x1b]0;x\x07", "\u202e", "\ufeff", "\ud800", "e\u0301", "😀"),
    *("../../../../etc/passwd", "/etc/passwd", "..", ".", "a/b", "C:\\x", "=1+1", "@SUM(1)"),
    *("{{ 7*7 }}", "{% for x in y %}", "[@click=app.quit]x[/]", "<script>", "&lt;", "%s", "{x}"),
    *("null", "nan", "-1", "0", "1e999", "9" * 400, "2024-02-30", "0001-01-01", "9999-12-31"),
    *("x" * 70_000, "١٢٣", "²", "\n", "a\nb", "\r", "AGE-SECRET-KEY-1", "age1", "IMF-X000"),
)
T = TypeVar("T")
_LEAF = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from(ODD_TEXTS)
)
VALUES = st.recursive(
    _LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)
"""Anything that JSON can hold, NaN and lone surrogates included."""


class Drawn(Generic[T]):
    """Values of a hypothesis strategy, each from bytes: the same number gives the same value."""

    def __init__(self, strategy: st.SearchStrategy[T]) -> None:
        self._found: list[T] = []

        @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
        @given(strategy)
        def take(value: T) -> None:
            self._found.append(value)

        self._take: Callable[[bytes], object] = take.hypothesis.fuzz_one_input

    def __call__(self, rng: random.Random) -> T:
        """One of them."""
        while True:  # too few bytes for what was begun: others
            self._take(rng.randbytes(rng.choice((8, 40, 400, 4000))))
            if self._found:
                return self._found.pop()


_any = Drawn(VALUES)


def changed_bytes(rng: random.Random, data: bytes, others: Sequence[bytes] = ()) -> bytes:
    """Bytes with a few changes in them; `others`: from what pieces are taken."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at, length = rng.randrange(len(made) + 1), rng.choice((1, 1, 2, 4, 16, 200, 5000))
        source = rng.choice((*others, data)) or b"\0"
        start = rng.randrange(len(source))
        kind = rng.randrange(8)
        if kind == 0 and made:
            made[at % len(made)] ^= 1 << rng.randrange(8)
        elif kind == 1:
            made[at:at] = rng.randbytes(length)
        elif kind == 2:
            del made[at : at + length]
        elif kind == 3:
            made[at : at + length] = source[start : start + length]
        elif kind == 4:
            made[at:at] = source[start : start + length]
        elif kind == 5:
            made[at : at + rng.choice((1, 2, 4, 8))] = rng.choice(_NUMBERS)
        elif kind == 6:
            made[at : at + length] = rng.choice(ODD_TEXTS).encode("utf-8", "surrogatepass")
        elif rng.random() < 0.2:
            del made[at:]
    return bytes(made)


_NUMBERS = (b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80", b"\0\0\0\x80", b"-1")


def changed_value(rng: random.Random, value: Any) -> Any:
    """A value of JSON with a few of its parts changed, taken out, doubled or put elsewhere."""
    made = copy.deepcopy(value)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        places = list(_places(made))
        if not places:
            return _any(rng)
        holder, key = rng.choice(places)
        kind = rng.randrange(10)
        if kind == 0:
            del holder[key]
        elif kind == 1:
            other, place = rng.choice(places)
            holder[key] = copy.deepcopy(other[place])
        elif kind == 2:
            holder[key] = [holder[key]] if rng.random() < 0.5 else {"a": holder[key]}
        elif kind == 3 and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        elif kind == 3:
            holder[rng.choice(ODD_TEXTS)] = holder.pop(key)
        elif kind < 6:
            holder[key] = copy.deepcopy(rng.choice(_ODD_VALUES))
        elif kind < 8:
            holder[key] = rng.choice(ODD_TEXTS)
        else:
            holder[key] = _any(rng)
    return made


_ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2, 99, 10**30, 0.5, -0.0, 1e308, float("nan"), float("inf")),
    *("", [], {}, [None], {"1": {}}, [[]], "2026-01-01", "x"),
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder and key inside a value."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield value, key
        yield from _places(value[key])


def changed_json(rng: random.Random, data: bytes) -> bytes:
    """A JSON file, changed in its values, its letters or its bytes."""
    kind = rng.random()
    if kind < 0.7:
        made = changed_value(rng, json.loads(data))
        return json.dumps(made).encode("utf-8", "surrogatepass")
    if kind < 0.72:
        return rng.choice((b"[" * 100_000, b'{"a":' * 100_000, b'"' + b"x" * 3_000_000 + b'"'))
    return changed(rng, data.decode()) if kind < 0.9 else changed_bytes(rng, data)
