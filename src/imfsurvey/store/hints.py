"""What programs tell each other about a box: which segments there are, which ids may be in it.

A program that adds a response must know whether its id is stored already, perhaps by another
program a moment ago. Reading the box for it would cost more the more it holds. So the lock file
of the folder holds a sieve: each id sets four bits. An id of which one bit is missing was never
stored; for the others, which are rare, the box itself is read.

Bits are set and never moved, so the same responses leave the same sieve in whichever order they
came (a list, a ring or a hash table of ids would tell the order). It is derived from the box,
never flushed and never trusted blindly: whoever opens a box compares it and makes it anew when
it does not fit. Should a power cut and a second fault leave a false one, a repeated response
may fill a second slot; readers count it once all the same.

    block 0     16 bytes: sign of the segments that there are, or zeros: make it anew
    block 1..B  63 bytes of bits, 1 byte: how many ids set bits in this block
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from imfsurvey.store import disk

SIGN_SIZE = 16
BLOCK = 64
_BITS = (BLOCK - 1) * 8
_PER_BLOCK = 16
"""Slots for one block: four bytes a slot keep wrong suspicions rarer than one in ten thousand."""


def _block_of(doc_id: int, blocks: int) -> int:
    """Block of an id, from its lowest 62 bits, which are random in a uuid4."""
    return 1 + (doc_id & (1 << 62) - 1) % blocks


def _bits_of(doc_id: int) -> list[int]:
    """The four bits that an id sets in its block, from its highest 48 bits."""
    high = doc_id >> 80
    return [(high >> shift & 0xFFF) % _BITS for shift in (0, 12, 24, 36)]


def _set(block: bytearray, doc_id: int) -> bool:
    """Set the bits of an id, and tell whether one of them was missing."""
    missing = False
    for bit in _bits_of(doc_id):
        place, mask = bit >> 3, 1 << (bit & 7)
        if not block[place] & mask:
            block[place] |= mask
            missing = True
    if block[-1] < 255:
        block[-1] += 1
    return missing


class Hints:
    """The sieve of one folder; every call needs the descriptor of the held lock file."""

    def __init__(self, slots: int) -> None:
        self._blocks = max(1, -(-slots // _PER_BLOCK))

    def fit(self, lock: int, sign: bytes, filled: int) -> bool:
        """Whether the file is the sieve of these segments with that many filled slots."""
        size = BLOCK * (self._blocks + 1)
        raw = disk.read_at(lock, size + 1, 0)
        counts = raw[2 * BLOCK - 1 :: BLOCK]
        return len(raw) == size and raw[:SIGN_SIZE] == sign and sum(counts) == filled

    def make(self, lock: int, sign: bytes, doc_ids: Iterable[int]) -> None:
        """Write it anew from the ids of all filled slots. The sign comes last, so that a killed
        program leaves none."""
        blocks = [bytearray(BLOCK) for _ in range(self._blocks + 1)]
        for doc_id in doc_ids:
            _set(blocks[_block_of(doc_id, self._blocks)], doc_id)
        disk.write_at(lock, bytes(SIGN_SIZE), 0)
        os.ftruncate(lock, BLOCK * (self._blocks + 1))
        disk.write_at(lock, b"".join(blocks), 0)
        disk.write_at(lock, sign, 0)

    def note(self, lock: int, doc_id: int) -> None:
        """Set the bits of an id; before its response is written, never after."""
        block = _read(lock, self._place(doc_id))
        _set(block, doc_id)
        disk.write_at(lock, block, self._place(doc_id))

    def note_new(self, lock: int, doc_id: int) -> bool:
        """Note an id if it is certainly new, and tell whether it is."""
        place = self._place(doc_id)
        block = _read(lock, place)
        new = _set(block, doc_id)
        if new:
            disk.write_at(lock, block, place)
        return new

    def _place(self, doc_id: int) -> int:
        return BLOCK * _block_of(doc_id, self._blocks)


def _read(lock: int, place: int) -> bytearray:
    """One block; of a file that somebody cut off, one that excludes nothing."""
    return bytearray(disk.read_at(lock, BLOCK, place).ljust(BLOCK, b"\xff"))


def read_sign(lock: int) -> bytes:
    """The sign as another program left it; another one than one's own: look at the box anew."""
    return disk.read_at(lock, SIGN_SIZE, 0)


def write_sign(lock: int, sign: bytes) -> None:
    """Tell other programs that the segments are others now (or zeros: that nothing is known)."""
    disk.write_at(lock, sign, 0)
