"""Changing one setting of a YAML file, whatever else stands in it."""

from __future__ import annotations

import pytest

from imfsurvey.i18n.errors import InputError
from imfsurvey.source.document import parse
from imfsurvey.source.settings import with_block

BLOCK = {"on": "2026-05-04", "by": 'A "B": # c'}
WRITTEN = 'policy: {on: "2026-05-04", by: "A \\"B\\": # c"}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", f"a: 1\n{WRITTEN}\n"),
        ("a: 1", f"a: 1\n{WRITTEN}\n"),
        ("a: 1\r\n", f"a: 1\r\n{WRITTEN}\r\n"),
        ("a: 1  # one\n# end\n", f"a: 1  # one\n# end\n{WRITTEN}\n"),
        ("policy: {on: x}  # old\nb: 2\n", f"{WRITTEN}  # old\nb: 2\n"),
        ("policy: {}\nb: 2\n", f"{WRITTEN}\nb: 2\n"),
        ("policy:\n  on: x\n  by: y  # c\n\n# b\nb: 2\n", f"{WRITTEN}  # c\n\n# b\nb: 2\n"),
        ("policy:\n  on: x\n  by: 'y'\n", f"{WRITTEN}\n"),
    ],
)  # fmt: skip
def test_one_setting_changes_and_nothing_else(before: str, after: str) -> None:
    """Added at the end, or put where it stands; comments outside of it stay."""
    assert with_block(parse(before, "f.yaml"), "policy", BLOCK) == after


@pytest.mark.parametrize("text", ["{a: 1}\n", "policy:\n  on: |\n    x\nb: 2\n"])
def test_what_cannot_be_done_without_harm_is_refused(text: str) -> None:
    """T425 gives the line to be written by hand."""
    with pytest.raises(InputError, match="T425") as refused:
        with_block(parse(text, "f.yaml"), "policy", BLOCK)
    assert refused.value.params["line"] == WRITTEN
