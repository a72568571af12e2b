"""What an action lacks to be SMART: hints for who writes it, never errors."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from imfsurvey.i18n.catalogue import N_, Marked
from imfsurvey.study.actions.action import Action

NO_TARGET = N_("nothing that can be measured: name a figure in the indicator, or a target")
NO_OWNER = N_("nobody answers for it")
NO_DATE = N_("no date")
AFTER_PERIOD = N_("the date lies after the period of the policy")


def measurable(*texts: str) -> bool:
    """Whether one of the texts names a figure."""
    return any(re.search(r"\d", text) for text in texts)


def hints(action: Action, period_end: int | None = None) -> Iterator[Marked]:
    """What an action that is not rejected lacks; `period_end`: last year of the policy."""
    if action.decision == "rejected":
        return
    if action.target is None and not measurable(action.indicator):
        yield NO_TARGET
    if not action.owner.strip():
        yield NO_OWNER
    if action.deadline is None:
        yield NO_DATE
    elif period_end is not None and action.deadline > datetime.date(period_end, 12, 31):
        yield AFTER_PERIOD
