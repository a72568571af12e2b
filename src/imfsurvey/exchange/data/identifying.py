"""Which items of an anonymous questionnaire a data file leaves out unless they are asked for.

Whatever could single somebody out together with other answers, and is not among the items that
results may be broken down by: groups, items marked `quasi_identifier`, and numbers (age, years of
service). With them goes what is shown or offered because of them, since it tells the same.
"""

from __future__ import annotations

from imfsurvey.questionnaire import NumberItem, Questionnaire
from imfsurvey.questionnaire.detached import behind, deciding_about, tells_a_group


def left_out(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Their ids, in order of the file."""
    declared = set(questionnaire.privacy.breakdown_by)
    singling = {
        item.id
        for item in questionnaire.coded_items()
        if (tells_a_group(item, questionnaire) or isinstance(item, NumberItem))
        and item.id not in declared
    }
    return tuple(
        item.id
        for item in questionnaire.coded_items()
        if item.id in singling
        or singling & behind(deciding_about(item, questionnaire), questionnaire)
    )
