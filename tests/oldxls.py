"""A workbook in the format of 1997, byte by byte: nothing at hand writes one."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512
_SMALLEST = 4096  # shorter streams lie elsewhere


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def _label(row: int, column: int, text: str) -> bytes:
    written = text.encode("utf-16-le")
    head = struct.pack("<HHHHB", row, column, 0, len(written) // 2, 1)
    return _record(0x0204, head + written)


def _stream(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    bodies = [
        _begin(0x0010)
        + b"".join(
            _label(row, column, text)
            for row, cells in enumerate(rows)
            for column, text in enumerate(cells)
            if text
        )
        + _record(0x000A, b"")
        for rows in sheets.values()
    ]
    head = _begin(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    sizes = sum(4 + 8 + len(name) for name in sheets) + 4
    at = len(head) + sizes
    for name, body in zip(sheets, bodies, strict=True):
        head += _record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name.encode())
        at += len(body)
    return head + _record(0x000A, b"") + b"".join(bodies)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written) if name else 0, kind, 1)
    return (
        head
        + struct.pack("<III", _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def xls(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """The bytes of a workbook of these sheets."""
    stream = _stream(sheets).ljust(_SMALLEST, b"\0")
    stream += bytes(-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    header += struct.pack("<IIIIII", 0, _SMALLEST, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    chain = [_FAT, _END, *range(3, count + 2), _END]
    fat = b"".join(struct.pack("<I", one) for one in chain)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    directory += _entry("", 0, _FREE, 0, 0) * 2
    filled = fat + struct.pack("<I", _FREE) * ((_SECTOR - len(fat)) // 4)
    return header + filled + directory + stream
