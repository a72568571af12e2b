"""Where an internal error happened, in words that hold no value: an answer could be among them."""

from __future__ import annotations

import os
import traceback
from typing import Final

DETAILS: Final = "IMFSURVEY_DEBUG"
"""The variable that asks for whole tracebacks, whose last line may quote a value."""


def where_it_broke(error: BaseException) -> str:
    """The kind of error, and the innermost module of ours on the way to it with its line."""
    place = "?"
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", "?"))
        if module.startswith("imfsurvey"):
            place = f"{module}:{line}"
    return f"{type(error).__name__}, {place}"


def details_wanted() -> bool:
    """Whether a traceback may be shown."""
    return os.environ.get(DETAILS) == "1"


def never_in_detail() -> None:
    """From here on somebody answers: whoever set the switch sees no value all the same."""
    os.environ.pop(DETAILS, None)
