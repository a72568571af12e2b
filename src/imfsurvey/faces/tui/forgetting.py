"""What the screens let go of when nobody waits: memory, and pictures of pages that are gone."""

from __future__ import annotations

from textual._styles_cache import StylesCache

from imfsurvey.faces import garbage


def in_a_pause() -> None:
    """Between two keys, when none has come for a while."""
    _forget_pictures()
    garbage.look_in_a_pause()


def between_people() -> None:
    """When one person has ended and the next has not begun."""
    _forget_pictures()
    garbage.forget()


def _forget_pictures() -> None:
    """Textual remembers the styles of the last 1,024 widgets together with all that stood in them:
    also of those that were taken down, so that somebody's page would stay in memory for long."""
    StylesCache.get_inner_outer.cache_clear()
