"""What lies in a box: a record in its context, sealed to the key holders of the wave.

The context says for which wave and which box a record was made, so that one which was copied
from elsewhere, or made up for another purpose, is noticed when it is unsealed. What `age` gives
back is one line of JSON: `{"wave":"<uid>","box":"<name>/<part>","record":{…}}` and blanks, as
many as make all records of a box equally long.
"""

from __future__ import annotations

import json
from typing import Final, Literal, NamedTuple

from imfsurvey.store.seal import seal, sealed_size
from imfsurvey.study.wave import Wave

Part = Literal["answers", "comments"]
ANSWERS: Final[Part] = "answers"
COMMENTS: Final[Part] = "comments"


class Box(NamedTuple):
    """One kind of records of a wave."""

    wave: Wave
    name: str
    """Short name of the questionnaire."""
    part: Part
    longest: int
    """Bytes of the longest record that may go into it."""
    each: int
    """Records that one respondent puts into it at most."""

    @property
    def sealed_size(self) -> int:
        """The most bytes that a sealed record takes."""
        seal = self.wave.seal
        return sealed_size(len(self.framed(b"")), len(seal.keys), seal.opening)

    def sealed(self, record: bytes) -> bytes:
        """A record, a JSON object, sealed. ValueError: it is longer than `longest`."""
        seal_of = self.wave.seal
        return seal(self.framed(record), seal_of.public_keys, seal_of.opening)

    def framed(self, record: bytes) -> bytes:
        """A record in its context, as long as all of its box. ValueError: it is too long."""
        if len(record) > self.longest:
            raise ValueError("a record that is longer than the longest one")
        before, after = self._around()
        return before + record + after + b" " * (self.longest - len(record))

    def record_in(self, unsealed: bytes | None) -> bytes | None:
        """The record in what was unsealed; None when it was made for something else."""
        before, after = self._around()
        text = (unsealed or b"").rstrip(b" ")
        if not (text.startswith(before) and text.endswith(after)):
            return None
        return text[len(before) : len(text) - len(after)]

    def _around(self) -> tuple[bytes, bytes]:
        context = {"wave": self.wave.file.uid, "box": f"{self.name}/{self.part}"}
        text = json.dumps(context, separators=(",", ":"))
        return f'{text[:-1]},"record":'.encode("ascii"), b"}"
