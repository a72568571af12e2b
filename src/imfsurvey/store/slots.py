"""The layout of a segment: a JSON file cut into slots of one size. Bytes in, bytes out, no disk.

    slot 0      {"_slots":{"1":{"v":1,"slot":S,"n":N}},"responses":{"0":{"_":"anchor"}
    slot 1..N   blanks, or  ,"<id>":{"_c":"<crc>","p":"<payload>"}
    end         }}\\n

Every slot is padded with blanks to S bytes. JSON ignores blanks, so whichever slots are filled
the file is valid JSON and a TinyDB database; the anchor lets every response begin with a comma.
`<id>` is the response id as a decimal integer (TinyDB's kind of id), `<crc>` the CRC-32 of id and
payload in hexadecimal, `<payload>` base64. A slot of at most 4096 bytes lies within one memory
page, so a killed process leaves it blank or full; after a power cut the CRC tells.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
import zlib
from typing import NamedTuple

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Entry

TABLE = "responses"
SMALLEST_SLOT, LARGEST_SLOT = 128, 4096
LARGEST_SEGMENT = 128 * 1024 * 1024
"""Bytes that a new segment may have: one is made, mended and opened by plain TinyDB as a whole,
so this bounds the memory that they need."""

MOST_SLOTS = 1_000_000
"""Of a segment, however small they are; a header that tells of more is taken for damaged."""

END = b"}}\n"
BLANK = ord(" ")

_HEADER = re.compile(rb'\{"_slots":\{"1":\{"v":1,"slot":([1-9]\d{2,3}),"n":([1-9]\d{0,6})\}\}')
_HEAD = re.compile(rb',"(0|[1-9]\d{0,38})":\{"_c":"([0-9a-f]{8})","p":"')
_TAIL = b'"}'
_START = re.compile(rb',"(\d{1,39})":\{')
_PAIR = re.compile(
    rb'"(\d{1,39})"\s*:\s*\{\s*"_c"\s*:\s*"([0-9a-f]{8})"\s*,'
    rb'\s*"p"\s*:\s*"([A-Za-z0-9+/]*={0,2})"\s*\}'
)
_AROUND = len(',"' + "9" * 39 + '":{"_c":"00000000","p":""}')
"""Most bytes that a slot needs beside the payload's base64."""


class Frame(NamedTuple):
    """The measures of one segment."""

    slot_size: int
    slots: int

    @property
    def length(self) -> int:
        """Bytes of the whole file; never changes."""
        return self.slot_size * (self.slots + 1) + len(END)

    @property
    def limit(self) -> int:
        """Slots to be used: fewer than 80 %, so that a random blank one is found at once."""
        return -(-self.slots * 4 // 5) - 1

    def offset(self, slot: int) -> int:
        """Where slot 1 to n begins."""
        return slot * self.slot_size


class Contents(NamedTuple):
    """What a segment holds: sound responses, and the places that are not sound."""

    entries: list[Entry]
    damaged: list[int | None]


def make_frame(slot_size: int, slots: int) -> Frame:
    """Check the measures. ValueError: a slot is a power of two from 128 to 4096 bytes, and there
    are 2 to `MOST_SLOTS` of them."""
    if slot_size not in (128, 256, 512, 1024, 2048, 4096):
        raise ValueError(f"slot size {slot_size} is no power of two from 128 to 4096")
    if not 2 <= slots <= MOST_SLOTS:
        raise ValueError(f"a segment of {slots} slots is not possible")
    return Frame(slot_size, slots)


def roomy_frame(slot_size: int, responses: int) -> Frame:
    """The smallest segment for that many responses below its limit, or the largest there may be."""
    most = min(MOST_SLOTS, LARGEST_SEGMENT // slot_size)
    return Frame(slot_size, min(responses * 5 // 4 + 1, most))


def capacity(slot_size: int) -> int:
    """The longest payload, in bytes, that certainly fits in a slot."""
    return (slot_size - _AROUND) // 4 * 3


def slot_size_for(longest: int) -> int:
    """The smallest slot for payloads of up to `longest` bytes. StorageError S107: none is."""
    slot_size = SMALLEST_SLOT
    while capacity(slot_size) < longest:
        if slot_size == LARGEST_SLOT:
            raise StorageError(
                "IMF-S107",
                "The longest possible response takes {size} bytes, more than the {capacity} bytes "
                "that a slot may hold. Shorten or remove open questions.",
                size=longest,
                capacity=capacity(LARGEST_SLOT),
            )
        slot_size *= 2
    return slot_size


def empty_segment(frame: Frame) -> bytes:
    """A whole new segment: header, blank slots, end."""
    return _header(frame) + b" " * (frame.slot_size * frame.slots) + END


def encode(response_id: uuid.UUID, payload: bytes, slot_size: int) -> bytes:
    """One filled slot, exactly `slot_size` bytes. StorageError S104: the payload is too long."""
    record = b',"%d":{"_c":"%08x","p":"%s"}' % (
        response_id.int,
        _checksum(response_id, payload),
        base64.b64encode(payload),
    )
    if len(record) > slot_size:
        raise StorageError(
            "IMF-S104",
            "The response takes {size} bytes, but a slot of this box holds {capacity}. "
            "Nothing was written.",
            size=len(payload),
            capacity=capacity(slot_size),
        )
    return record.ljust(slot_size)


def decode(slot: bytes) -> Entry | None:
    """The response in a slot; None unless every byte is as `encode` would write it."""
    head, filled = _HEAD.match(slot), slot.rstrip(b" ")
    if head is None or not filled.endswith(_TAIL):
        return None
    text = filled[head.end() : -len(_TAIL)]
    entry = _entry(head[1], head[2], text)
    # One payload has several base64 texts; only one of them is what `encode` writes.
    if entry is None or base64.b64encode(entry.payload) != text:
        return None
    return entry


def start_of(doc_id: int) -> bytes:
    """The first bytes of the slot of a response."""
    return b',"%d":{' % doc_id


def peek_id(start: bytes) -> int | None:
    """The id at the start of a slot, unverified: the rest of the slot may be damaged."""
    found = _START.match(start)
    return int(found[1]) if found else None


def frame_of(raw: bytes) -> Frame | None:
    """The frame that an undamaged header announces, else None."""
    found = _HEADER.match(raw)
    if found is None:
        return None
    try:
        frame = make_frame(int(found[1]), int(found[2]))
    except ValueError:
        return None
    return frame if raw[: frame.slot_size] == _header(frame) else None


def read_segment(raw: bytes, slot_size: int | None = None) -> Contents:
    """Everything that can be read of a segment, whatever happened to it.

    `slot_size` is what to assume when the header is damaged. A file which is not in slots any
    more (someone wrote to it with plain TinyDB) is read as ordinary JSON.
    """
    announced = frame_of(raw)
    measured = _measured(raw, announced.slot_size if announced else slot_size)
    # A file that ends as it should is believed before its header (one digit of which may have
    # changed); a header is believed of a file that was cut off.
    if announced is not None and measured in (None, announced):
        return _read_slots(raw, announced)
    readings = [_read_packed(raw)]
    if measured is not None:
        entries, damaged = _read_slots(raw, measured)
        readings.insert(0, Contents(entries, [0, *damaged]))
    return max(readings, key=lambda reading: len(reading.entries))


def read_stretch(piece: bytes, slot_size: int) -> Contents:
    """What a number of whole slots hold, the first of them counted as slot 1."""
    frame = Frame(slot_size, len(piece) // slot_size)
    return _read_slots(b" " * slot_size + piece + END, frame)


def document(entry: Entry) -> dict[str, str]:
    """The response as a TinyDB document: checksum and payload, no other field."""
    return {
        "_c": f"{_checksum(*entry):08x}",
        "p": base64.b64encode(entry.payload).decode("ascii"),
    }


def entry_of(doc_id: object, fields: object) -> Entry | None:
    """The response that a TinyDB document holds; None if a field is missing, odd or false."""
    if not isinstance(fields, dict) or fields.keys() != {"_c", "p"}:
        return None
    parts = [str(part).encode("utf-8", "replace") for part in (doc_id, fields["_c"], fields["p"])]
    return _entry(*parts)


def _header(frame: Frame) -> bytes:
    text = b'{"_slots":{"1":{"v":1,"slot":%d,"n":%d}},"%s":{"0":{"_":"anchor"}' % (
        frame.slot_size,
        frame.slots,
        TABLE.encode("ascii"),
    )
    return text.ljust(frame.slot_size)


def _checksum(response_id: uuid.UUID, payload: bytes) -> int:
    """CRC-32 over id and payload: a flipped digit of the id must not make another response."""
    return zlib.crc32(payload, zlib.crc32(response_id.bytes))


def _entry(doc_id: bytes, crc: bytes, text: bytes) -> Entry | None:
    try:
        entry = Entry(uuid.UUID(int=int(doc_id)), base64.b64decode(text, validate=True))
    except ValueError:  # an id beyond 128 bits, or a base64 text of impossible length
        return None
    if entry.response_id.version != 4:  # no store of ours wrote it: it may tell time or machine
        return None
    return entry if crc == b"%08x" % _checksum(*entry) else None


def _measured(raw: bytes, slot_size: int | None) -> Frame | None:
    """The frame that the length of the file shows, if it is that of a whole segment."""
    if slot_size is None or len(raw) % slot_size != len(END) or not raw.endswith(END):
        return None
    return Frame(slot_size, len(raw) // slot_size - 1) if len(raw) > 2 * slot_size else None


def _read_slots(raw: bytes, frame: Frame) -> Contents:
    contents = Contents([], [])
    blank = b" " * frame.slot_size
    for slot in range(1, frame.slots + 1):
        piece = raw[frame.offset(slot) : frame.offset(slot + 1)]
        if piece == blank:
            continue
        entry = decode(piece) if len(piece) == frame.slot_size else None
        if entry is None:
            contents.damaged.append(slot)
        else:
            contents.entries.append(entry)
    if raw[frame.offset(frame.slots + 1) :] != END:
        contents.damaged.append(frame.slots + 1)
    return contents


def _read_packed(raw: bytes) -> Contents:
    """A segment without slots: as JSON when it parses, else whatever pairs still stand in it."""
    try:
        tables = json.loads(raw)
    except (ValueError, RecursionError):
        tables = None
    table = tables.get(TABLE) if isinstance(tables, dict) else None
    if not isinstance(table, dict):
        pairs = [_entry(*found.groups()) for found in _PAIR.finditer(raw)]
        return Contents([pair for pair in pairs if pair is not None], [None])
    found = [entry_of(key, fields) for key, fields in table.items() if key != "0"]
    entries = [entry for entry in found if entry is not None]
    return Contents(entries, [None] if len(entries) < len(found) else [])
