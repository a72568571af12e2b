"""The pages of a visit: one for each item, the overview, sending and leaving.

Every form is answered by a redirect, so that going back and loading anew never sends anything
twice. A form belongs to its item: whenever it arrives, it answers that one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from imfsurvey.faces.aside_words import aside_words, leaving_words, resumed_words
from imfsurvey.faces.sitting import worth_trying_again
from imfsurvey.faces.web.forms import Draft, Form, take, take_back
from imfsurvey.faces.web.notices import notice
from imfsurvey.faces.web.overview import overview
from imfsurvey.faces.web.pages import form_of, same, to
from imfsurvey.faces.web.question import question
from imfsurvey.faces.web.survey import Survey
from imfsurvey.faces.web.visits import Visit
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError

OVERVIEW, LEAVE = "/overview", "/leave"
_LANGUAGE = "language-"

Act = Callable[[Request, Visit, Form], Awaitable[Response]]
"""What is done with a form, once it is known to be of the visit's own pages."""


class Walk:
    """How a person goes through the pages."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    # --- seeing -----------------------------------------------------------------------------

    async def show(self, request: Request) -> Response:
        """The page of an item; from now on it is the one where the person is."""
        visit = self._survey.visit_of(request)
        if visit is None or visit.sitting is None:
            return self._nothing(request, visit)
        item_id = visit.item_at(request.path_params["address"])
        if item_id is None:
            return to(visit.here)
        visit.interview.go_to(item_id)
        return self._page("question", visit, question=question(visit), welcome=_welcome(visit))

    async def overview(self, request: Request) -> Response:
        """Every question, and the way to send."""
        visit = self._survey.visit_of(request)
        if visit is None or visit.sitting is None:
            return self._nothing(request, visit)
        t, fault = translator(visit.interview.language), visit.fault
        visit.reviewed = True
        return self._page(
            "overview",
            visit,
            overview=overview(visit),
            error="" if fault is None else describe(fault, t),
            again=fault is not None and worth_trying_again(fault),
            here=visit.here,
        )

    async def leave(self, request: Request) -> Response:
        """Ask whether somebody really wants to leave."""
        visit = self._survey.visit_of(request)
        if visit is None or visit.sitting is None:
            return self._nothing(request, visit)
        t, aside = translator(visit.interview.language), visit.sitting.aside
        return self._page(
            "leave",
            visit,
            here=visit.here,
            aside="" if aside is None else aside_words(t),
            leaving=leaving_words(aside, t),
            error="" if visit.fault is None else describe(visit.fault, t),
        )

    def _page(self, name: str, visit: Visit, **values: Any) -> Response:
        return self._survey.page(
            name,
            visit.interview.language,
            check=visit.check,
            reviewed=visit.reviewed,
            drafts=visit.sitting is not None and visit.sitting.aside is not None,
            **values,
        )

    def _nothing(self, request: Request, visit: Visit | None) -> Response:
        """No visit (any more): it was sent, or it is gone."""
        language = self._survey.language_of(request)
        if visit is not None:
            return to(f"/{language}/thanks")
        return notice(self._survey, 410, language)

    # --- doing --------------------------------------------------------------------------------

    async def answer(self, request: Request) -> Response:
        """Take what was sent for an item, then go where the person wants to."""
        return await self._done(request, self._answered)

    async def send(self, request: Request) -> Response:
        """Store the answers; when this is answered, they are on the disk."""
        return await self._done(request, self._sent)

    async def put_aside(self, request: Request) -> Response:
        """Put the answers aside, sealed with the ticket, and leave."""
        return await self._done(request, self._aside)

    async def go(self, request: Request) -> Response:
        """Leave: forget what was answered."""
        return await self._done(request, self._gone)

    async def _done(self, request: Request, act: Act) -> Response:
        visit = self._survey.visit_of(request)
        if visit is None:
            return self._nothing(request, visit)
        form = await form_of(request)
        async with visit.lock:
            if visit.sitting is None:
                return self._nothing(request, visit)
            if form is None or not same(form, visit.check):
                return notice(self._survey, 403 if form else 400, visit.interview.language)
            return await act(request, visit, form)

    async def _answered(self, request: Request, visit: Visit, form: Form) -> Response:
        item_id = visit.item_at(request.path_params["address"])
        if item_id is None:  # hidden by another answer since
            return to(visit.here)
        visit.interview.go_to(item_id)
        visit.fault = None
        return to(self._acted(visit, form))

    def _acted(self, visit: Visit, form: Form) -> str:
        """Where the person goes from the page of an item."""
        interview, action = visit.interview, form.get("action", ("next",))[0]
        item = interview.page.item
        if action == "clear":
            take_back(interview, item)
            visit.draft = None
            return visit.here
        if action == "later":
            visit.draft = None
            return self._forward(visit)
        troubles = take(interview, item, form)
        if action == "next":
            before = visit.draft.troubles if visit.draft and visit.draft.item == item.id else ()
            if troubles and (troubles[0].error or troubles != before):
                visit.draft = Draft(item.id, form, troubles)
                return f"{visit.here}#problems"
            visit.draft = None
            return self._forward(visit)
        # What could not be accepted is there again when the person comes back.
        visit.draft = Draft(item.id, form) if troubles and troubles[0].error else None
        return self._elsewhere(visit, action)

    def _forward(self, visit: Visit) -> str:
        return visit.here if visit.interview.forward() else OVERVIEW

    def _elsewhere(self, visit: Visit, action: str) -> str:
        if action == "overview":
            return OVERVIEW
        if action == "aside":
            return LEAVE
        if action == "back":
            visit.interview.back()
        elif action.startswith(_LANGUAGE):
            visit.interview.speak(action.removeprefix(_LANGUAGE))
        return visit.here

    async def _sent(self, request: Request, visit: Visit, _form: Form) -> Response:
        language, sitting = visit.interview.language, visit.sitting
        if sitting is None or visit.interview.unfinished():
            return to(f"{OVERVIEW}#problems")
        try:
            await to_thread.run_sync(sitting.finish, limiter=self._survey.storing)
        except ImfsurveyError as error:
            visit.fault = error
            return to(f"{OVERVIEW}#problems")
        visit.forget()
        response = to(f"/{language}/thanks")
        self._survey.take_cookie(response)
        return response

    async def _gone(self, request: Request, visit: Visit, _form: Form) -> Response:
        aside = visit.sitting.aside if visit.sitting is not None else None
        if aside is not None:
            try:
                await to_thread.run_sync(aside.forget, limiter=self._survey.storing)
            except ImfsurveyError as error:
                visit.fault = error
                return to(f"{LEAVE}#problems")
        return self._left(request, visit, "left")

    async def _aside(self, request: Request, visit: Visit, _form: Form) -> Response:
        aside = visit.sitting.aside if visit.sitting is not None else None
        if aside is None:
            return to(visit.here)
        try:
            await to_thread.run_sync(aside.put, visit.interview, limiter=self._survey.storing)
        except ImfsurveyError as error:
            visit.fault = error
            return to(f"{LEAVE}#problems")
        return self._left(request, visit, "aside")

    def _left(self, request: Request, visit: Visit, page: str) -> Response:
        """The visit is over, and so is what its browser knows of it."""
        language = visit.interview.language
        self._survey.visits.end(self._survey.key_of(request))
        response = to(f"/{language}/{page}")
        self._survey.take_cookie(response)
        return response


def _welcome(visit: Visit) -> str:
    """Said once: whether this goes on from what was put aside before."""
    aside = visit.sitting.aside if visit.sitting is not None and not visit.welcomed else None
    visit.welcomed = True
    t = translator(visit.interview.language)
    if aside is not None and aside.fault is not None:
        return describe(aside.fault, t)
    return resumed_words(t) if aside is not None and aside.draft is not None else ""
