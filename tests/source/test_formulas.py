"""Texts that a spreadsheet would take for a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imfsurvey.source.formulas import guarded, unguarded


@pytest.mark.parametrize("start", [*"=+-@", *"\t\r\n", *"\uff1d\uff0b\uff0d\uff20", " =", "\n\n@"])
def test_a_mark_comes_before_what_could_be_a_formula(start: str) -> None:
    """The signs of OWASP's list, their wide forms, and any of them behind blanks."""
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "1-1", "a=b", "'=1", "…", " a", "R&D <b>"])
def test_other_texts_stay(text: str) -> None:
    """Nothing is added where nothing could happen."""
    assert guarded(text) == text


@given(st.text())
def test_the_mark_can_be_taken_off(text: str) -> None:
    """Whatever was guarded comes back, unless it began with a mark of its own."""
    assert unguarded(guarded(text)) == text or text.startswith("'")
