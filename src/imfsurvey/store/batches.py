"""Unsealing many records on all cores. Only key holders do it, so it stands apart from `seal`."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import Final

from imfsurvey.store.seal import Opening, Unsealer

_BATCH: Final = 2_000
"""Records that a process unseals at a time, in less than a second."""

_FEW: Final = 2 * _BATCH
"""Up to so many are unsealed before other processes would have started."""

_AHEAD: Final = 8
"""Batches that wait at most, so that memory does not grow with the box."""

_unsealer: Unsealer | None = None
"""Of a process of the pool."""


class Batches:
    """Unseals many records on all cores: age gives no thread of Python a second core."""

    def __init__(
        self, secrets: Sequence[str], opening: Opening, public_keys: Sequence[str]
    ) -> None:
        """RefusedError K103: these secrets are not enough."""
        Unsealer(secrets, opening, public_keys)
        self._given = (tuple(secrets), opening, tuple(public_keys))

    def unsealed(self, sealed: Iterable[bytes]) -> Iterator[bytes | None]:
        """Every record in turn; None for one that these keys do not open."""
        source = iter(sealed)
        few = list(islice(source, _FEW + 1))
        if len(few) <= _FEW:
            unsealer = Unsealer(*self._given)
            yield from map(unsealer.unseal, few)
            return
        records = chain(few, source)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(None, context, _begin, self._given) as pool:
            waiting: deque[Future[list[bytes | None]]] = deque()
            for batch in iter(lambda: list(islice(records, _BATCH)), []):
                waiting.append(pool.submit(_unseal, batch))
                if len(waiting) > _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()


def _begin(secrets: Sequence[str], opening: Opening, public_keys: Sequence[str]) -> None:
    global _unsealer  # one for each process of the pool
    _unsealer = Unsealer(secrets, opening, public_keys)


def _unseal(batch: list[bytes]) -> list[bytes | None]:
    assert _unsealer is not None
    return [_unsealer.unseal(record) for record in batch]
