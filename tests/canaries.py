"""A survey whose every code is a random word that stands nowhere else, and people who answer it."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PEOPLE = 5
EACH = 20
"""Canaries that each of them gives."""

TICKED = 4
CHOICES = 2 * PEOPLE * TICKED
"""Of each list; half of them are ticked."""

_RNG = random.SystemRandom()


def canary() -> str:
    """A word that nobody has written before: 75 bits."""
    return "z" + "".join(_RNG.choices("abcdefghijklmnopqrstuvwxyz234567", k=15))


@dataclass(frozen=True)
class Person:
    """What one person gives."""

    one: str
    other: str
    several: tuple[str, ...]
    remark: tuple[str, ...]
    line: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Canaries that stand in the questionnaire."""
        return (self.one, *self.several)

    @property
    def words(self) -> tuple[str, ...]:
        """Canaries of their own."""
        return (self.other, *self.remark, *self.line, *self.lines)


class Survey:
    """The questionnaire, and what everybody will say."""

    def __init__(self) -> None:
        self.one, self.several = ([canary() for _ in range(CHOICES)] for _ in range(2))
        ones = _RNG.sample(self.one, PEOPLE)
        ticked = _RNG.sample(self.several, PEOPLE * TICKED)
        self.people = [
            Person(code, canary(), tuple(ticked[n::PEOPLE]), _words(2), _words(4), _words(8))
            for n, code in enumerate(ones)
        ]

    @property
    def canaries(self) -> list[str]:
        """All that is said, each by one person only."""
        return [word for one in self.people for word in (*one.codes, *one.words)]

    @property
    def yaml(self) -> str:
        """The file (JSON is YAML)."""
        value = {
            "imfsurvey": 1,
            "questionnaire": {
                "id": "sample.canaries",
                "version": "1",
                "status": "published",
                "kind": "perception",
                "framework": "sample",
                "title": {"fr": "Canaris"},
                "languages": ["fr"],
                "default_language": "fr",
            },
            "privacy": {"mode": "anonymous", "k_comments": 12, "comments": "detached"},
            "scales": {"agree": {"codes": [_choice(code) for code in (1, 2, 3)]}},
            "sections": [{"id": "all", "title": {"fr": "Tout"}, "items": self._items()}],
        }
        return json.dumps(value, indent=1)

    def _items(self) -> list[dict[str, object]]:
        other = {"text": {"fr": "Autre chose"}, "max_length": 60}
        told = [
            {"id": "one", "type": "single", "choices": [_choice(code) for code in self.one]},
            {"id": "named", "type": "single", "choices": [_choice("none")], "other": other},
            {"id": "several", "type": "multi", "choices": [_choice(code) for code in self.several]},
            {"id": "rated", "type": "likert", "scale": "agree", "comment": {"max_length": 100}},
            {"id": "line", "type": "text", "max_length": 100},
            {"id": "lines", "type": "text", "multiline": True, "max_length": 200},
        ]
        return [{**item, "text": {"fr": f"Question {item['id']}"}} for item in told]

    def typed(self, person: Person) -> Iterator[str]:
        """What a person types in plain mode, line by line."""
        yield str(self.one.index(person.one) + 1)
        yield from ("2", person.other)
        yield " ".join(str(self.several.index(code) + 1) for code in person.several)
        yield from ("c", " ".join(person.remark), "2")
        yield " ".join(person.line)
        yield from (*person.lines, "")
        yield "f"


def _words(count: int) -> tuple[str, ...]:
    return tuple(canary() for _ in range(count))


def _choice(code: str | int) -> dict[str, object]:
    return {"code": code, "text": {"fr": f"Choix {code}"}}


def put_into(questionnaires: Path, survey: Survey) -> None:
    """Make it the survey of a study."""
    (questionnaires / "canaries.yaml").write_text(survey.yaml, "utf-8")


def forms_of(word: str) -> Sequence[bytes]:
    """How a word may stand in a file: as it is, in UTF-16, in hexadecimal, in base64 (which gives
    three texts, by where in the coded bytes the word begins)."""

    plain = word.encode()
    shifted = [base64.b64encode(b"\0" * skip + plain)[-(-skip * 8 // 6) :] for skip in range(3)]
    texts = [text.rstrip(b"=")[:-1] for text in shifted]
    return [plain, word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode(), *texts]
