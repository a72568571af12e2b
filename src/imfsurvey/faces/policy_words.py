"""The state of the policy in words, for the lines of a command and for the screens."""

from __future__ import annotations

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.questionnaire import Questionnaire, RepeatItem
from imfsurvey.study.policy.completeness import Grade, Missing
from imfsurvey.study.policy.labels import field_label, item_label
from imfsurvey.study.policy.smart import SmartHint
from imfsurvey.study.policy.standing import Standing


def grade_word(grade: Grade, t: Translator) -> str:
    """How far a section is."""
    words: dict[Grade, str] = {
        "N": t("not there"),
        "P": t("partly there"),
        "L": t("largely there"),
        "F": t("fully there"),
    }
    return words[grade]


def state_words(found: Standing, t: Translator) -> str:
    """How text and approval stand to each other."""
    approval = found.approval
    if approval.approved_on is None:
        return t("Draft, not approved") if found.state == "draft" else t("Nothing written yet")
    day = formats.date(approval.approved_on, t.language)
    approved = t("Approved on {date}", date=day)
    if approval.approved_by:
        approved = t("Approved on {date} by {who}", date=day, who=approval.approved_by)
    more = {
        "changed": t("the text has been changed since"),
        "elsewhere": t("the text that was approved is not kept here"),
    }.get(found.state, "")
    return f"{approved} – {more}" if more else approved


def missing_words(one: Missing, questionnaire: Questionnaire, t: Translator) -> str:
    """What is missing, in one line."""
    item = questionnaire.items[one.item]
    label = item_label(item, t)
    if one.lack == "no_entry":
        words = t("no entry yet")
    elif one.lack == "unserved":
        words = t("nothing for “{name}”", name=one.entry)
    elif one.lack == "field" and isinstance(item, RepeatItem):
        field = next(field for field in item.items if field.id == one.field)
        name = field_label(item.id, field, t)
        words = t("“{name}” lacks: {field}", name=one.entry, field=name)
    else:
        words = t("not written yet")
    return t("{name}: {value}", name=label, value=words)


def smart_words(one: SmartHint, questionnaire: Questionnaire, t: Translator) -> str:
    """A hint on an entry, in one line."""
    label = item_label(questionnaire.items[one.item], t)
    words = t.messages.gettext(one.words)
    entry = t("“{text}”", text=one.entry)
    return t("{name}: {value}", name=f"{label}, {entry}", value=words)
