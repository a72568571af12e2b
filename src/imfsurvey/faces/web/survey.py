"""One survey that is offered: what all its pages share."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from starlette.requests import HTTPConnection

from imfsurvey.faces.web.addresses import Announced
from imfsurvey.faces.web.pages import SMALLEST, Pages
from imfsurvey.faces.web.visits import Visit, Visits
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.detached import detached_fields
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

_SPELLED: Final = 12
"""Most bytes of one character in a form: four in UTF-8, three signs for each of them."""


class Survey(Pages):
    """The survey of a wave, and who is answering it."""

    kind: ClassVar[Literal["survey", "session"]] = "survey"
    cookie_name: ClassVar[str] = "sitting"

    def __init__(
        self, study: Study, wave: Wave, questionnaire: Questionnaire, announced: Announced
    ) -> None:
        super().__init__(study, wave, questionnaire, announced, ticket_book(wave))
        self.visits = Visits()

    @property
    def title(self) -> str | None:
        """As the questionnaire says, in each language."""
        return None

    @property
    def under_way(self) -> int:
        """How many people are answering."""
        return self.visits.under_way

    def forget_idle(self) -> None:
        """Forget whoever gave no sign of life for too long."""
        self.visits.forget_idle()

    @property
    def largest_form(self) -> int:
        """Bytes of the largest form that a page of ours may send."""
        limits: dict[str, int] = {}
        for (item, _), limit in detached_fields(self.questionnaire).items():
            limits[item] = limits.get(item, 0) + limit
        # Twice what fits, so that a text that is too long is told so and not cut off.
        return max(SMALLEST, 2 * _SPELLED * max(limits.values(), default=0))

    def visit_of(self, request: HTTPConnection) -> Visit | None:
        """The visit of a browser."""
        return self.visits.find(self.key_of(request))
