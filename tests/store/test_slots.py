import base64
import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imfsurvey.i18n.errors import StorageError
from imfsurvey.store import Entry, slots
from imfsurvey.store.slots import Frame

ID = uuid.UUID("00000000-0000-4000-8000-000000000007")


def crc32(message: bytes) -> int:
    """CRC-32 bit by bit, as in ISO 3309: an independent source."""
    register = 0xFFFFFFFF
    for byte in message:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ (0xEDB88320 if register & 1 else 0)
    return register ^ 0xFFFFFFFF


def test_reference_checksum() -> None:
    """The reference of these tests gives the published check value of CRC-32."""
    assert crc32(b"123456789") == 0xCBF43926


def test_slot_by_hand() -> None:
    """A slot is a comma, the decimal id, checksum and base64 payload, then blanks."""
    crc = crc32(ID.bytes + b"abc")
    expected = f',"302231454903657293676551":{{"_c":"{crc:08x}","p":"YWJj"}}'
    expected = expected.replace("302231454903657293676551", str(0x4000 << 64 | 0x8000 << 48 | 7))
    assert slots.encode(ID, b"abc", 128) == expected.encode().ljust(128)


def test_empty_segment_by_hand() -> None:
    """A new segment is header, blanks and end, and its length is (n + 1) S + 3."""
    raw = slots.empty_segment(Frame(128, 4))
    header = '{"_slots":{"1":{"v":1,"slot":128,"n":4}},"responses":{"0":{"_":"anchor"}'
    assert raw == header.encode().ljust(5 * 128) + b"}}\n"
    assert len(raw) == Frame(128, 4).length == 643
    assert json.loads(raw)["responses"] == {"0": {"_": "anchor"}}


@given(st.uuids(version=4), st.binary(max_size=300))
def test_slot_round_trip(response_id: uuid.UUID, payload: bytes) -> None:
    """Any payload comes back from its slot as it went in."""
    assert slots.decode(slots.encode(response_id, payload, 512)) == Entry(response_id, payload)


@given(st.uuids(version=4), st.binary(max_size=40), st.integers(0, 127), st.integers(1, 255))
def test_no_changed_slot_is_taken(
    response_id: uuid.UUID, payload: bytes, position: int, change: int
) -> None:
    """A slot with any byte changed, a blank or a digit of the id included, is not a response."""
    slot = bytearray(slots.encode(response_id, payload, 128))
    slot[position] ^= change
    assert slots.decode(bytes(slot)) is None


@given(st.uuids(version=4), st.binary(max_size=40), st.integers(0, 127))
def test_no_torn_slot_is_taken(response_id: uuid.UUID, payload: bytes, cut: int) -> None:
    """A slot written only up to some byte is a response only if all that was left is blank."""
    whole = slots.encode(response_id, payload, 128)
    torn = whole[:cut].ljust(128)
    assert slots.decode(torn) == (Entry(response_id, payload) if torn == whole else None)


@pytest.mark.parametrize(
    ("written", "other"), [(b"YQ==", b"YR=="), (b"YWI=", b"YWJ="), (b"YQ==", b"YQ")]
)
def test_another_text_of_the_same_payload(written: bytes, other: bytes) -> None:
    """The last sign of base64 has bits that say nothing: a changed one is noticed all the same."""
    payload = base64.b64decode(written)
    slot = slots.encode(ID, payload, 128)
    assert slots.decode(slot) == Entry(ID, payload)
    changed = slot.replace(b'"p":"%s"' % written, b'"p":"%s"' % other).ljust(128)
    assert changed != slot and slots.decode(changed) is None


@given(st.binary(max_size=700))
def test_reading_never_fails(raw: bytes) -> None:
    """Whatever the bytes, reading a segment gives contents and no exception."""
    assert slots.read_segment(raw, 128).entries == []


@given(st.integers(0, 3000))
def test_slot_size_fits(longest: int) -> None:
    """The slot size computed for a length takes it, and half of that size would not."""
    size = slots.slot_size_for(longest)
    assert len(slots.encode(uuid.UUID(int=2**128 - 1), b"x" * longest, size)) == size
    assert size == slots.SMALLEST_SLOT or slots.capacity(size // 2) < longest


def test_capacity_by_hand() -> None:
    """Of 4096 bytes 67 go around the payload; base64 makes 4 of 3: 3021 bytes remain."""
    assert slots.capacity(4096) == (4096 - 67) // 4 * 3 == 3021


def test_response_too_long_for_any_slot() -> None:
    """A questionnaire whose longest response fits no slot is refused with both figures."""
    with pytest.raises(StorageError) as caught:
        slots.slot_size_for(3022)
    assert caught.value.code == "IMF-S107"
    assert caught.value.params == {"size": 3022, "capacity": 3021}


def test_payload_too_long_for_the_slot() -> None:
    """A payload beyond its slot is refused, not cut."""
    with pytest.raises(StorageError, match="IMF-S104"):
        slots.encode(ID, b"x" * 200, 128)


@pytest.mark.parametrize(("slot_size", "count"), [(64, 10), (100, 10), (8192, 10), (128, 1)])
def test_impossible_measures(slot_size: int, count: int) -> None:
    """A slot is a power of two from 128 to 4096 and a segment has two slots at least."""
    with pytest.raises(ValueError, match="slot"):
        slots.make_frame(slot_size, count)


@pytest.mark.parametrize(("count", "limit"), [(2, 1), (4, 3), (5, 3), (10, 7), (1024, 819)])
def test_limit_is_below_four_fifths(count: int, limit: int) -> None:
    """Fewer than 80 % of the slots are used."""
    assert Frame(128, count).limit == limit


@pytest.mark.parametrize(
    "fields",
    [
        {"_c": "00000000", "p": "YWJj"},
        {"_c": "x", "p": ""},
        {"p": "YWJj"},
        {"_c": f"{crc32(ID.bytes + b'abc'):08x}", "p": "YWJj", "language": "fr"},
        {"_c": f"{crc32(ID.bytes + b'abc'):08x}", "p": "YW Jj"},
        {"_c": [], "p": {}},
        "YWJj",
    ],
)
def test_documents_with_anything_else_are_no_responses(fields: object) -> None:
    """A document counts only with checksum and payload, both true, and no further field."""
    assert slots.entry_of(str(ID.int), fields) is None


def test_document_round_trip() -> None:
    """The document of a response gives the response again."""
    entry = Entry(ID, b"abc")
    assert slots.entry_of(str(ID.int), slots.document(entry)) == entry
