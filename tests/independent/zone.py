"""All figures of one measurement of the story, from what its people said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from e2e import three_years_story as story

from independent import maturity, staff
from independent.change import Moved, moved

MODEL = maturity.Model(story.TOPICS, story.NODES, story.VIEWS)
SURVEY = staff.Survey(
    story.STATEMENTS, story.REVERSED, story.KNOWLEDGE, story.WEIGHTS, story.K_TOTAL, story.K
)
INVITED = sum(story.GROUPS.values())


@dataclass(frozen=True)
class Measurement:
    """One wave."""

    year: story.Year

    @cached_property
    def raters(self) -> dict[str, dict[str, int | str]]:
        """What each of them said, and what was agreed on."""
        mine = self.year.rated()
        if self.year.year != 2026:
            return {"mandatary": mine}
        officer = {topic: int(key) for topic, key in zip(story.TOPICS, story.OFFICER, strict=True)}
        agreed = {**mine, **story.AGREED_ON}
        return {"mandatary": mine, "officer": officer, "agreed": agreed}

    @property
    def ratings(self) -> dict[str, int | str]:
        """Those that count: the agreement where there is one."""
        return list(self.raters.values())[-1]

    @property
    def approved(self) -> bool:
        """Whether the policy was approved on the day of closing."""
        return self.year.closed >= story.APPROVED

    @cached_property
    def parts(self) -> dict[str, maturity.Part]:
        """Levels and indices."""
        return maturity.measured(MODEL, self.ratings, self.approved)

    @property
    def targets(self) -> dict[str, int]:
        """On the day of closing: those of the entity were set after the zero measurement."""
        default = {
            topic: story.DEFAULT_TARGETS[layer] for topic, (_, layer, _) in story.TOPICS.items()
        }
        return default if self.year.kind == "zero" else {**default, **self.set_targets}

    @property
    def set_targets(self) -> dict[str, int]:
        """Those that the entity has set."""
        if self.year.kind == "zero":
            return {}
        return {topic: level for topic, (level, _) in story.TARGETS.items()}

    @cached_property
    def people(self) -> list[dict[str, int | str | None]]:
        """Every response."""
        return story.responses(self.year)

    @cached_property
    def returned(self) -> int:
        """Responses with a valid answer to a statement."""
        return sum(SURVEY.answered(person) for person in self.people)

    @cached_property
    def items(self) -> dict[str, staff.Item]:
        """The statements."""
        return {
            item: staff.item_figures(SURVEY, item, self.people, INVITED) for item in SURVEY.themes
        }

    @cached_property
    def themes(self) -> dict[str, staff.Theme]:
        """The themes."""
        return {
            theme: staff.theme_figures(SURVEY, theme, self.people, INVITED)
            for theme in story.THEMES
        }


def themes_moved(then: Measurement, now: Measurement) -> dict[str, Moved]:
    """The change of each index that both measurements have; one family."""
    pairs = {
        theme: (before, after)
        for theme in story.THEMES
        if (before := then.themes[theme].scores) and (after := now.themes[theme].scores)
    }
    return dict(zip(pairs, moved(list(pairs.values())), strict=True))


def items_moved(then: Measurement, now: Measurement) -> dict[str, Moved]:
    """The change of each statement; a family of their own."""
    pairs = [(then.items[item].points, now.items[item].points) for item in now.items]
    return dict(zip(now.items, moved(pairs), strict=True))
