"""Where an internal error happened, in words that hold no value: an answer could be among them."""

from __future__ import annotations

import traceback


def where_it_broke(error: BaseException) -> str:
    """The kind of error, and the innermost module of ours on the way to it with its line."""
    place = "?"
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", "?"))
        if module.startswith("imfsurvey"):
            place = f"{module}:{line}"
    return f"{type(error).__name__}, {place}"
