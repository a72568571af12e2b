"""When the program looks for memory that nothing refers to any more: not while somebody waits.

Modules, classes and questionnaires are hundreds of thousands of objects that stay to the end. To
look through all of them again and again was a seventh of the time to a first question. What is made
later is looked through as a whole in a pause between two keys: it would take longer than a picture.
"""

from __future__ import annotations

import gc

_WORTH_IT, _MUCH, _SELDOM = 1, 4, 100
"""Searches among what is a little older: from which number on a pause is used for everything, from
which number on a short one is, and from which number on none is waited for. Python's own is 10."""


def put_off() -> None:
    """Do not look from here on: what is made while something starts will stay."""
    gc.disable()


def resume(*, pauses: bool = False) -> None:
    """Look again, but leave out what is there by now. Nothing where it was not put off.

    `pauses`: somebody will call `look_in_a_pause`, so that what has stayed for long is looked
    through seldom at other times.
    """
    if not gc.isenabled():
        gc.freeze()
        if pauses:
            young, middle, _ = gc.get_threshold()
            gc.set_threshold(young, middle, _SELDOM)
        gc.enable()


def look_in_a_pause() -> None:
    """Look through everything now, since nobody waits; not when little was made meanwhile."""
    if gc.isenabled() and gc.get_count()[2] >= _WORTH_IT:
        gc.collect()


def is_much() -> bool:
    """Whether much was made since everything was looked through."""
    return gc.isenabled() and gc.get_count()[2] >= _MUCH


def forget() -> None:
    """Look through everything now, however little it is: between two people nobody waits, and the
    pages of the one before shall not stay in memory until a search comes by itself."""
    gc.collect()
