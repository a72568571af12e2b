"""The privacy notice of a sheet: in a few sentences, what whoever holds the pen has to know."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.report.papers import facts as say
from imfsurvey.report.papers.facts import Asked, Facts


def promises(asked: Asked, facts: Facts | None, t: Translator) -> Iterator[str]:
    """The sentences for one questionnaire; without a wave, nothing is said of it."""
    if not asked.anonymous:
        yield t(
            "This is a working paper: what counts is typed in, with the role of who answers and "
            "not with the name."
        )
        yield t("Write nothing about single persons.")
        return
    yield t("Do not write your name, nor anything else that tells who you are.")
    if not asked.session:
        yield t(
            "Your answers are typed in, sealed (encrypted) and stored without a name, a time or "
            "the number of this sheet. What you write in your own words is kept apart from them."
        )
        yield t("Afterwards this sheet is shredded. Whoever types it in must not talk about it.")
    yield from say.shown_in_the_room(asked, t) if asked.session else say.published(asked, t)
    if facts is not None:
        yield from _opened_by(facts, t)
    yield t("Taking part is voluntary. You may leave any question open.")
    yield t("This is not a reporting channel: nobody can follow up what you write here.")


def _opened_by(facts: Facts, t: Translator) -> Iterator[str]:
    """Who can open the answers."""
    names = formats.joined(list(facts.holders), t.language)
    if facts.together:
        yield t("The answers can be opened only by all of these together: {names}.", names=names)
    elif facts.holders:
        yield t("The answers can be opened by: {names}.", names=names)
