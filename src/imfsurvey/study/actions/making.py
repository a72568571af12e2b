"""An action that somebody thought of: where its topic stands is looked up in the last wave."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from imfsurvey.study.actions.action import Action, require_topic
from imfsurvey.study.folder import Study
from imfsurvey.study.planning import measured


def own_action(study: Study, topic: str, today: datetime.date, **fields: Any) -> Action:
    """An action on a topic, with its level in the last wave, and what is said of it.

    Without an approach, it has its topic's. Raises `InputError` T400 for no such topic.
    """
    require_topic(topic, study.framework)
    approach = study.framework.topic_by_id[topic].approach or "both"
    draft = Action(id="", topic=topic, text="", approach=approach)
    waves = measured(study, today)
    if waves:
        maturity = waves[-1].figures.maturity
        rating = maturity.ratings.get(topic) if maturity else None
        draft = replace(draft, wave=waves[-1].figures.wave, level=rating.level if rating else None)
    return replace(draft, **fields)
