"""The C parser and PyYAML's own read a file alike, so it means the same on every machine."""

import random
from pathlib import Path

import pytest
import yaml
from marked import SAMPLES
from mutations import mutated

from imfsurvey.source.document import Document, parse
from imfsurvey.source.parser import events_of
from imfsurvey.source.problems import ProblemsFoundError

SHIPPED = Path(__file__).parents[2] / "questionnaires"
FILES = [*sorted(SAMPLES.rglob("*.yaml")), *sorted(SHIPPED.rglob("*.yaml"))]

TEXTS = (
    "",
    "# remark\n\n  # another\na: 1 # and one\n",
    "a:\nb: {c: , d, 'e':1, \"f\" : }\ng:\n- \n-\n- - x\n  - y\n",
    "a: |\n  x\n\n  y\nb: >-\n  z\n  z\nc: 'it''s'\nd: \"a\\\n  b \\u00e9\"\n",
    "a: x\n  y\n z\n'k k': [a, 'b', {c: d}]\n? q\n: r\n",
    "é😀: 😀é # é\nb: [😀, {é: 010}]\n",
    "{a: {b:\n\n , c:   }, d   :\n}\n",
)


def outcome(text: str) -> Document | None:
    """The document, or None when there are problems."""
    try:
        return parse(text)
    except ProblemsFoundError:
        return None


@pytest.fixture
def two_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails where there is no libyaml, since then nothing would be compared."""
    loaders = []

    class Spy(yaml.CLoader):
        def __init__(self, stream: str) -> None:
            loaders.append(stream)
            super().__init__(stream)

    monkeypatch.setattr(yaml, "CLoader", Spy)
    assert list(events_of("a: 1"))
    assert loaders == ["a: 1"]


def both(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Document | None, Document | None]:
    """What libyaml and what PyYAML make of a text."""
    fast = outcome(text)
    with monkeypatch.context() as patch:
        patch.delattr(yaml, "CLoader")
        return fast, outcome(text)


@pytest.mark.usefixtures("two_parsers")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_read_alike(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same values, at the same places."""
    fast, slow = both(file.read_text("utf-8"), monkeypatch)
    assert fast is not None
    assert fast == slow


@pytest.mark.usefixtures("two_parsers")
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_alike(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every style of key and value, the missing ones too."""
    fast, slow = both(text, monkeypatch)
    assert fast is not None
    assert fast == slow


@pytest.mark.usefixtures("two_parsers")
def test_a_broken_file_is_never_read_in_two_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 150 mutated samples, what both parsers accept means the same to both."""
    rng = random.Random(1)
    compared = 0
    for _ in range(150):
        _, data = mutated(rng)
        fast, slow = both(data.decode("utf-8", errors="ignore"), monkeypatch)
        if fast is not None and slow is not None:
            assert fast == slow
            compared += 1
    assert compared > 30
