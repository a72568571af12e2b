"""The questionnaire language: a YAML file of sections and items, validated, frozen, hashed."""

from imfsurvey.questionnaire.load import load_questionnaire, questionnaire_from
from imfsurvey.questionnaire.model import (
    Choice,
    InfoItem,
    Item,
    LikertItem,
    MaturityItem,
    NonAnswer,
    Questionnaire,
    Scale,
    Section,
    SingleItem,
)

__all__ = [
    "Choice",
    "InfoItem",
    "Item",
    "LikertItem",
    "MaturityItem",
    "NonAnswer",
    "Questionnaire",
    "Scale",
    "Section",
    "SingleItem",
    "load_questionnaire",
    "questionnaire_from",
]
