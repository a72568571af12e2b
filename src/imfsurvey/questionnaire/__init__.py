"""The questionnaire language: a YAML file of sections and items, validated, frozen, hashed."""

from imfsurvey.questionnaire.detached import LONGEST_DETACHED, detached_fields
from imfsurvey.questionnaire.items import (
    OTHER,
    STUDY_GROUPS,
    AskingItem,
    Choice,
    ChoosingItem,
    InfoItem,
    ListedChoice,
    MultiItem,
    NonAnswer,
    RankingItem,
    SingleItem,
    YesNoItem,
)
from imfsurvey.questionnaire.load import load_questionnaire, questionnaire_from
from imfsurvey.questionnaire.model import Item, Questionnaire, Section, SectionItem
from imfsurvey.questionnaire.rated import Criterion, LikertItem, MatrixItem, MaturityItem, Scale
from imfsurvey.questionnaire.written import (
    DateItem,
    EntryItem,
    FreeField,
    NumberItem,
    RepeatItem,
    TextItem,
)

__all__ = [
    "LONGEST_DETACHED",
    "OTHER",
    "STUDY_GROUPS",
    "AskingItem",
    "Choice",
    "ChoosingItem",
    "Criterion",
    "DateItem",
    "EntryItem",
    "FreeField",
    "InfoItem",
    "Item",
    "LikertItem",
    "ListedChoice",
    "MatrixItem",
    "MaturityItem",
    "MultiItem",
    "NonAnswer",
    "NumberItem",
    "Questionnaire",
    "RankingItem",
    "RepeatItem",
    "Scale",
    "Section",
    "SectionItem",
    "SingleItem",
    "TextItem",
    "YesNoItem",
    "detached_fields",
    "load_questionnaire",
    "questionnaire_from",
]
