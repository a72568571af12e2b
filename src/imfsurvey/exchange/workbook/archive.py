"""What a workbook that is no sound archive brings forth."""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # a way of packing that Python does not know
)
"""The errors of `zipfile` for bytes that are cut off, changed or packed in another way."""
