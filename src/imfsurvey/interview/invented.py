"""What invented respondents write where texts are kept apart: short, neutral, plainly invented."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from imfsurvey.i18n.catalogue import N_, Marked, translator
from imfsurvey.interview.walk import Interview
from imfsurvey.questionnaire import OTHER, Item

SENTENCES: Final[Sequence[Marked]] = (
    N_("(invented) More time to talk after a difficult intervention."),
    N_("(invented) Examples with the rules on gifts, so that everybody reads them alike."),
    N_("(invented) A few minutes on integrity in each team meeting."),
    N_("(invented) A word on what was done with the answers to the last survey."),
    N_("(invented) Newcomers should meet the integrity officer in their first weeks."),
    N_("(invented) Nothing to add."),
)
"""For a text and for a remark beside an answer."""

OTHERS: Final[Sequence[Marked]] = (
    N_("(invented) something else"),
    N_("(invented) a bit of each"),
)
"""For the choice "other"."""

_REMARK, _OWN_WORDS = 0.08, 0.8
"""How often somebody writes beside an answer; how often who chose "other" says what it is."""


def invented_text(
    interview: Interview, said: Sequence[Marked], limit: int, rng: random.Random
) -> str:
    """A text in the language of the walk; of those that fit, else the beginning of one."""
    t = translator(interview.language)
    texts = [t(one) for one in said]
    fitting = [one for one in texts if len(one) <= limit]
    return rng.choice(fitting or texts)[:limit].rstrip()


def write_beside(interview: Interview, item: Item, rng: random.Random) -> None:
    """Now and then, a remark on an anonymous answer; often, what "other" stands for."""
    if not interview.questionnaire.anonymous:
        return
    remark = interview.side_limit(item, "comment")
    if remark and rng.random() < _REMARK:
        interview.note(item.id, "comment", invented_text(interview, SENTENCES, remark, rng))
    own = interview.side_limit(item, "other")
    if own and OTHER in interview.answer_to(item.id).codes and rng.random() < _OWN_WORDS:
        interview.note(item.id, "other", invented_text(interview, OTHERS, own, rng))
