"""What may stand in the column `type` of an XLSForm, in all the spellings that are met."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BEGIN, END = "begin", "end"

METADATA: Final = frozenset(
    {
        *("start", "end", "today", "deviceid", "device_id", "phonenumber", "phone_number"),
        *("simserial", "sim_id", "subscriberid", "subscriber_id", "username", "user_name"),
        *("email", "audit", "uri", "start_geopoint", "background_audio", "background_geopoint"),
        *("imei", "start_time", "end_time"),
    }
)
"""Taken without being asked for, and traces of the person who answers: dropped on purpose."""

REFUSED: Final = frozenset(
    {
        *("geopoint", "geotrace", "geoshape", "gps", "location", "image", "photo", "picture"),
        *("audio", "video", "file", "barcode", "csv_external", "xml_external", "entity", "time"),
        *("osm", "signature", "draw", "annotate"),
    }
)
"""Questions for what cannot be answered in a terminal, or would tell where somebody is."""

_PLAIN: Final[Mapping[str, str]] = {
    **{"text": "text", "string": "text", "int": "integer", "integer": "integer"},
    **{"decimal": "decimal", "number": "decimal", "date": "date", "datetime": "dateTime"},
    **{"note": "note", "acknowledge": "acknowledge", "trigger": "acknowledge"},
    **{"calculate": "calculate", "calculation": "calculate", "hidden": "hidden"},
    **{"range": "range"},
}
_SELECT: Final = re.compile(
    r"(?P<word>select_one|select_multiple|select_all_that_apply|rank|select1|select)"
    r"(?P<file>_from_file)?(?:_from)?_+(?P<list>\S+?)(?P<other>_+(?:or_specify_other|or_other))?"
)
_BLOCK: Final = re.compile(
    r"(?P<edge>begin|end)_*(?P<what>group|repeat|loop|lgroup)(?:_+over_+(?P<list>\S+))?"
)


@dataclass(frozen=True)
class Kind:
    """What the cell of the column `type` says."""

    word: str
    """`select_one`, `text`, `begin`, …; `metadata`, `refused` and `unknown` for the rest."""
    list_name: str = ""
    """Of choices; what a block is for `begin` and `end`."""
    other: bool = False
    over: str = ""
    """The list that a loop goes over."""


def kind_of(written: str) -> Kind:
    """The kind of a row."""
    text = "_".join(written.split())
    word = text.lower().replace("-", "_")  # of the same length, unlike casefold
    block = _BLOCK.fullmatch(word)
    if block:
        what = "repeat" if block["what"] in ("repeat", "lgroup") else block["what"]
        over = text[block.start("list") :] if block["list"] else ""
        return Kind(block["edge"], what, over=over)
    if word in METADATA or word.removeprefix("get_").replace("_", "") in METADATA:
        return Kind("metadata")
    if word in REFUSED:
        return Kind("refused")
    if word in _PLAIN:
        return Kind(_PLAIN[word])
    return _select(text, word)


def _select(text: str, word: str) -> Kind:
    found = _SELECT.fullmatch(word)
    if found is None:
        return Kind("unknown")
    if found["file"] or "." in found["list"]:
        return Kind("refused")
    kinds = {"select_one": "select_one", "select1": "select_one", "rank": "rank"}
    kind = kinds.get(found["word"], "select_multiple")
    name = text[found.start("list") : found.end("list")]
    if name.startswith("${"):
        return Kind("refused")
    return Kind(kind, name, other=found["other"] is not None)
