"""Whatever stands in a file, the loaders say what is wrong and nothing else happens."""

import random
from pathlib import Path

import pytest
import yaml
from mutations import outcomes


def test_a_broken_file_gives_problems_and_never_a_traceback(tmp_path: Path) -> None:
    """1,500 mutated samples: each is still good or gives problems, among them most kinds."""
    found = list(outcomes(random.Random(5399), 1500, tmp_path))
    assert len(found) == 1500
    assert 50 < found.count(()) < 500
    assert len({code for codes in found for code in codes}) > 25


def test_the_same_with_the_parser_that_is_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without libyaml, PyYAML's own parser has faults of its own; they are problems too."""
    monkeypatch.delattr(yaml, "CLoader")
    assert len(list(outcomes(random.Random(5400), 150, tmp_path))) == 150
