"""Boxes of responses: segments as files, sealed records, records that a key opened."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Sequence
from pathlib import Path

from changing import changed_bytes, changed_json
from collected import make_study
from keyholders import SECRETS
from reading import Input
from samplestudy import DAY

from imfsurvey.interview import Interview
from imfsurvey.interview.comments import Comment, decode_comment, encode_comment
from imfsurvey.interview.simulate import simulated
from imfsurvey.questionnaire.detached import detached_fields
from imfsurvey.store.boxes import BoxStore
from imfsurvey.store.seal import Unsealer
from imfsurvey.store.slots import read_segment, read_stretch
from imfsurvey.study.boxes import boxes_of

_FRAME = (256, 32)


class Segments:
    """A box folder whose only segment is not as it was written."""

    seconds = 10

    def __init__(self, folder: Path) -> None:
        self._folder, self._other = folder / "box", folder / "other"
        store = BoxStore(self._folder, *_FRAME)
        for number in range(20):
            store.add(uuid.uuid4(), b"%d" % number)
        (self._path,) = self._folder.glob("seg-*.json")
        self._good = self._path.read_bytes()
        packed = {"_default": {}, **json.loads(self._good)}
        self._packed = json.dumps(packed).encode()

    def make(self, rng: random.Random) -> Input:
        """A segment in slots, or one that plain TinyDB has written."""
        if rng.random() < 0.3:
            made = changed_json(rng, self._packed)
        else:
            made = changed_bytes(rng, self._good, (b" " * 256, self._packed))
        return Input(made, rng.choice(("read", "read", "read", "read", "mend", "add", "merge")))

    def read(self, given: Input) -> Sequence[str]:
        """Everything that is done with a box; nothing may be lost that was sound."""
        for place in (self._folder, self._other):
            for path in sorted(place.rglob("*"), reverse=True):
                if path.is_dir():
                    path.rmdir()
                elif path != self._path:
                    path.unlink()
        self._path.write_bytes(given.data)
        read_segment(given.data)
        read_stretch(given.data, _FRAME[0])
        store = BoxStore(self._folder, *_FRAME)
        sound = sorted(store.payloads())
        assert store.count() == len(sound)
        damaged = [*store.damaged(), *store.check(), *store.digests()[:0]]
        if given.name == "mend":
            store.mend()
        elif given.name == "add":
            store.add(uuid.uuid4(), b"one more")
            assert sorted(BoxStore(self._folder, *_FRAME).payloads()) == sorted(
                [*sound, b"one more"]
            )
        elif given.name == "merge":
            other = BoxStore(self._other, *_FRAME)
            assert other.merge(store) == len(sound)
        return ["damaged places"] if damaged else []


class Records:
    """What lies in a slot: sealed by a stranger, or sealed well with something odd inside."""

    seconds = 10

    def __init__(self, folder: Path) -> None:
        _, wave = make_study(folder / "study", "anonymous.yaml")
        self._survey = wave.questionnaire("anonymous")
        self._codec = wave.codec(self._survey)
        self._answers, self._comments = boxes_of(wave, self._survey)
        self._unsealer = Unsealer([SECRETS["dpo"]], wave.seal.opening, wave.seal.public_keys)
        interview = Interview(self._survey, wave.framework, "fr", groups=wave.groups, today=DAY)
        simulated(interview, random.Random(1))
        (item, name), *_ = detached_fields(self._survey)
        self._record = self._codec.encode(interview.response())
        self._text = encode_comment(self._survey.form_hash, Comment(item, name, "Un texte"))
        self._sealed = self._answers.sealed(self._record)

    def make(self, rng: random.Random) -> Input:
        """A record at one of its stages."""
        kind = rng.choice(("sealed", "framed", "record", "comment", "comment"))
        if kind == "sealed":
            return Input(changed_bytes(rng, self._sealed), kind)
        if kind == "framed":
            return Input(changed_bytes(rng, self._answers.framed(self._record)), kind)
        good = self._record if kind == "record" else self._text
        return Input(
            changed_json(rng, good) if rng.random() < 0.5 else changed_bytes(rng, good), kind
        )

    def read(self, given: Input) -> Sequence[str]:
        """As a key holder's computer reads it."""
        data: bytes | None = given.data
        if given.name == "sealed":
            data = self._unsealer.unseal(given.data)
            assert data is None or data == self._answers.framed(self._record)
        if given.name in ("sealed", "framed"):
            data = self._answers.record_in(data)
        if data is None:
            return ["left out"]
        if given.name == "comment":
            decode_comment(data, self._survey)
        else:
            self._codec.row(data)
        return []
