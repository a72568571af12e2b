"""When the program looks for memory that nothing refers to any more: not while it starts.

Modules, classes and questionnaires are hundreds of thousands of objects that stay to the end. To
look through all of them again and again was a seventh of the time to a first question, and later a
pause between a key and its picture.
"""

from __future__ import annotations

import gc


def put_off() -> None:
    """Do not look from here on: what is made while something starts will stay."""
    gc.disable()


def resume() -> None:
    """Look again, but leave out what is there by now. Nothing where it was not put off."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
