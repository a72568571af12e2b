"""New workbooks: texts stay texts, and the same content gives the same bytes."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from typing import Any, Final

LONGEST_CELL: Final = 32_767
"""Characters that a cell can hold."""

_MADE: Final = datetime.datetime(2000, 1, 1)
"""The day that every workbook says it was made on; the real one would change its bytes."""
_OPTIONS: Final[Mapping[str, Any]] = {
    **{"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False},
    **{"strings_to_urls": False},
}


def new_book(buffer: io.BytesIO, title: str = "") -> Any:
    """An XlsxWriter workbook, which stands in the buffer once it is closed."""
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(buffer, dict(_OPTIONS))
    book.set_properties({"title": title, "created": _MADE})
    return book
