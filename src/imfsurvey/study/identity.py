"""study.yaml: the entity, who answers for it, its groups, its approved policy."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, field_validator, model_validator

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.questionnaire import OTHER
from imfsurvey.source.model import Code, Many, SourceModel, Text, fault

SHORT_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
"""What a wave, a session or a key may be called: so is its folder or its file."""


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise fault(
            "IMF-E070", "'{value}' is no date; write it like 2026-03-31", value=value
        ) from None


Day = Annotated[datetime.date, BeforeValidator(_day)]
"""A date, written year-month-day."""


class Person(SourceModel):
    """Somebody who answers for the integrity policy."""

    name: str
    rank: str = ""


class Period(SourceModel):
    """The years that the policy covers."""

    start: int = Field(ge=1990, le=2100)
    end: int = Field(ge=1990, le=2100)

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise fault("IMF-E071", "the period ends before it starts", at="end")
        return self


class Entity(SourceModel):
    """The police entity, languages in the order shown."""

    name: str = Field(min_length=1)
    languages: Many[str] = Field(default=("fr", "nl"), min_length=1)
    period: Period | None = None

    @field_validator("languages")
    @classmethod
    def _known_languages(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        for language in languages:
            if language not in LANGUAGES:
                raise fault(
                    "IMF-E030",
                    "language '{language}' is not one of {known}",
                    language=language,
                    known=", ".join(LANGUAGES),
                )
        return languages


class Group(SourceModel):
    """A unit or category of staff and how many people it has: the denominator of response rates."""

    id: Code
    label: Text
    headcount: int = Field(ge=0)

    @field_validator("id")
    @classmethod
    def _not_other(cls, code: str) -> str:
        if code == OTHER:
            raise fault("IMF-E087", "the code '{code}' is that of 'other'", code=OTHER)
        return code


class Band(SourceModel):
    """The balance between controlling and stimulating that the entity means to keep, and why."""

    low: float = Field(ge=-1, le=1)
    high: float = Field(ge=-1, le=1)
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Band:
        if self.high < self.low:
            raise fault("IMF-E072", "the band ends below its start", at="high")
        return self


class PolicyApproval(SourceModel):
    """When and by whom the written integrity policy was approved."""

    approved_on: Day | None = None
    approved_by: str = ""


class StudyFile(SourceModel):
    """A whole study.yaml, validated."""

    imfsurvey: int = Field(ge=1, le=1)
    entity: Entity
    mandatary: Person
    officer: Person
    groups: Many[Group] = ()
    balance_band: Band | None = None
    policy: PolicyApproval = PolicyApproval()

    @model_validator(mode="after")
    def _group_ids_differ(self) -> StudyFile:
        ids = [group.id for group in self.groups]
        for one in ids:
            if ids.count(one) > 1:
                raise fault("IMF-E053", "code '{code}' is used twice", at="groups", code=one)
        return self

    @property
    def headcount(self) -> int:
        """Everybody in the declared groups."""
        return sum(group.headcount for group in self.groups)

    def approved_by_day(self, day: datetime.date) -> datetime.date | None:
        """The day of approval, when it is not after `day`."""
        approved = self.policy.approved_on
        return approved if approved is not None and approved <= day else None
