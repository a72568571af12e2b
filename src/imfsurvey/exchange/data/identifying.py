"""Which items of an anonymous questionnaire a data file leaves out unless they are asked for.

Whatever could single somebody out together with other answers, and is not among the items that
results may be broken down by: groups, items marked `quasi_identifier`, and numbers (age, years of
service). With them goes what is shown or offered because of them, since it tells the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey.questionnaire import ChoosingItem, Item, NumberItem, Questionnaire
from imfsurvey.questionnaire.detached import behind, tells_a_group
from imfsurvey.questionnaire.expressions import Expression


def left_out(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Their ids, in order of the file."""
    declared = set(questionnaire.privacy.breakdown_by)
    singling = {
        item.id
        for item in questionnaire.coded_items()
        if (tells_a_group(item) or isinstance(item, NumberItem)) and item.id not in declared
    }
    return tuple(
        item.id
        for item in questionnaire.coded_items()
        if item.id in singling
        or singling & behind([*_conditions(item, questionnaire)], questionnaire)
    )


def _conditions(item: Item, questionnaire: Questionnaire) -> Iterator[Expression]:
    """On which an item is shown, or one of its choices offered."""
    yield from questionnaire.conditions[item.id]
    while isinstance(item, ChoosingItem):
        for choice in questionnaire.listed(item):
            if choice.show_if is not None:
                yield choice.show_if
        source = questionnaire.items.get(item.choices_from or "")
        if source is None:
            return
        yield from questionnaire.conditions[source.id]
        item = source
