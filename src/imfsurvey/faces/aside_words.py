"""What people are told of putting answers aside, the same in every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imfsurvey.i18n.catalogue import Translator

if TYPE_CHECKING:
    from imfsurvey.faces.aside import Aside


def aside_promise(t: Translator) -> str:
    """That it is possible, beside the promise that nothing is stored."""
    return t(
        "If you ask for it, your answers are put aside, sealed with your ticket, and you go on "
        "later with the same ticket."
    )


def aside_words(t: Translator) -> str:
    """What is kept and how, before it is written."""
    return t(
        "What you have answered so far is sealed with your ticket and kept on the computer that "
        "collects the answers. Only the code on your ticket opens it; the keys of the survey do "
        "not. It is destroyed when you send, when you leave without sending, and when the survey "
        "closes."
    )


def kept_words(t: Translator) -> str:
    """What to do now."""
    return t(
        "Keep your ticket, and show it to nobody: whoever has it can read and send your answers. "
        "To go on, begin here again and enter the same ticket before the survey closes. If you "
        "lose it, nobody can open them."
    )


def resumed_words(t: Translator) -> str:
    """That this is no new beginning."""
    return t(
        "You go on with what you put aside. Nothing was sent yet: you may change every answer."
    )


def leaving_words(aside: Aside | None, t: Translator) -> str:
    """What is lost by leaving without sending."""
    words = t("Your answers are not stored: nothing of them will be kept.")
    if aside is not None and aside.kept:
        words += " " + t("What you put aside before is destroyed as well.")
    return words
