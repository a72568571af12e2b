"""The questionnaire language: a YAML file of sections and items, validated, frozen, hashed."""

from imfsurvey.questionnaire.items import (
    STUDY_GROUPS,
    Choice,
    DateItem,
    EntryItem,
    InfoItem,
    NonAnswer,
    RepeatItem,
    SingleItem,
    TextItem,
)
from imfsurvey.questionnaire.load import load_questionnaire, questionnaire_from
from imfsurvey.questionnaire.model import (
    Item,
    LikertItem,
    MaturityItem,
    Questionnaire,
    Scale,
    Section,
)

__all__ = [
    "STUDY_GROUPS",
    "Choice",
    "DateItem",
    "EntryItem",
    "InfoItem",
    "Item",
    "LikertItem",
    "MaturityItem",
    "NonAnswer",
    "Questionnaire",
    "RepeatItem",
    "Scale",
    "Section",
    "SingleItem",
    "TextItem",
    "load_questionnaire",
    "questionnaire_from",
]
