"""The expression language of questionnaires: conditions, constraints and computed values."""

from imfsurvey.questionnaire.expressions.expression import Expression

__all__ = ["Expression"]
