"""What the screens let go of between two people, and in a pause."""

from __future__ import annotations

from rich.cells import cached_cell_len
from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.document._document import _utf8_encode

from imfsurvey.faces.tui.forgetting import between_people, in_a_pause

TYPED = "Une ligne que quelqu’un a écrite"


def test_nothing_that_was_typed_or_shown_is_remembered_for_the_next_person() -> None:
    """Lines of a text field, widths of texts, pieces of lines, widgets with their styles."""
    remembering = (
        _utf8_encode,
        cached_cell_len,
        Segment._split_cells,
        StylesCache.get_inner_outer,
    )
    _utf8_encode(TYPED)
    cached_cell_len(TYPED)
    Segment(TYPED).split_cells(3)
    assert all(one.cache_info().currsize for one in remembering[:3])
    between_people()
    assert [one.cache_info().currsize for one in remembering] == [0, 0, 0, 0]


def test_a_pause_forgets_when_much_is_remembered() -> None:
    """A little would only have to be worked out again; windows of new sizes add to it for hours."""
    between_people()
    cached_cell_len(TYPED)
    in_a_pause()
    assert cached_cell_len.cache_info().currsize == 1
    for number in range(2_100):
        cached_cell_len(f"{TYPED} {number}")
    in_a_pause()
    assert cached_cell_len.cache_info().currsize == 0
