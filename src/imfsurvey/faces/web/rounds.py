"""The pages of a participant: wait, vote, thanks, wait again.

Only the page that waits loads itself anew; it holds nothing to fill in. What is ticked on the page
of a round stays in the browser until it is sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from imfsurvey.faces.web.ballots import Troubles, ballot_page, take_votes
from imfsurvey.faces.web.forms import Form
from imfsurvey.faces.web.notices import notice
from imfsurvey.faces.web.pages import form_of, same, to
from imfsurvey.faces.web.session import Participant, SessionPages, Standing
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError

LOOK: Final = 5
"""Seconds after which a page that waits looks again."""
STILL: Final = "still"
"""Asks for a page that does not look by itself: a screen reader begins anew at every look."""
_LANGUAGE: Final = "language-"

Act = Callable[[Participant, Form], Awaitable[Response]]


class Rounds:
    """How a participant goes through a session."""

    def __init__(self, pages: SessionPages) -> None:
        self._pages = pages

    # --- waiting --------------------------------------------------------------------------

    async def wait(self, request: Request) -> Response:
        """To the round that is open, else a page that waits for it."""
        one = self._pages.participant_of(request)
        if one is None:
            return notice(self._pages, 410, self._pages.language_of(request))
        if (language := request.path_params.get("language", "")) in self._pages.languages:
            one.language = language
        async with one.lock:
            try:
                standing, trouble = await self._pages.look(one), ""
            except ImfsurveyError as error:
                standing, trouble = "waiting", describe(error, translator(one.language))
        if standing in ("voting", "late"):
            return to("/round" if standing == "voting" else "/late")
        if standing == "ended":
            return self._ended(request, one)
        return self._waiting(one, standing, trouble, still=STILL in request.query_params)

    def _waiting(
        self, one: Participant, standing: Standing, trouble: str, *, still: bool
    ) -> Response:
        page = self._pages.page(
            "wait", one.language, standing=standing, trouble=trouble, still=still, seconds=LOOK
        )
        if not still and not self._pages.closing:
            page.headers["refresh"] = f"{LOOK}; url=/wait"
        return page

    def _ended(self, request: Request, one: Participant) -> Response:
        """The session is over: nobody is known any more."""
        self._pages.participants.end(self._pages.key_of(request))
        page = self._pages.page("ended", one.language)
        page.headers["clear-site-data"] = '"cache", "storage"'
        self._pages.take_cookie(page)
        return page

    async def late(self, request: Request) -> Response:
        """The round closed before they sent. It stays until they go on."""
        one = self._pages.participant_of(request)
        if one is not None:
            one.late = False
        language = one.language if one is not None else self._pages.language_of(request)
        return self._pages.page("late", language, guarded=self._pages.doorway.guarded)

    # --- voting ---------------------------------------------------------------------------

    async def show(self, request: Request) -> Response:
        """The statements of the rounds that are open."""
        one = self._pages.participant_of(request)
        if one is None:
            return notice(self._pages, 410, self._pages.language_of(request))
        async with one.lock:
            try:
                standing = await self._pages.look(one)
            except ImfsurveyError:
                return to("/wait")  # which says it
            sitting = one.sitting
            if standing != "voting" or sitting is None:
                return to("/wait")
            t = translator(one.language)
            return self._pages.page(
                "round",
                one.language,
                check=one.check,
                ballot=ballot_page(sitting.interview, one.address_of, one.troubles),
                error="" if one.fault is None else describe(one.fault, t),
            )

    async def vote(self, request: Request) -> Response:
        """Take what was sent; when this is answered with thanks, it is on the disk."""
        return await self._done(request, self._voted)

    async def _voted(self, one: Participant, form: Form) -> Response:
        try:
            standing = await self._pages.look(one)
        except ImfsurveyError:
            return to("/wait")  # which says it
        sitting = one.sitting
        if standing != "voting" or sitting is None:  # sent by another click, or too late
            return to("/wait")
        interview, action = sitting.interview, form.get("action", ("send",))[0]
        troubles = take_votes(interview, one.address_of, form)
        if action.startswith(_LANGUAGE):
            interview.speak(action.removeprefix(_LANGUAGE))
            one.language = interview.language
            return to("/round")
        before, one.troubles, one.fault = one.troubles, troubles, None
        if _must_look(troubles, before):
            return to("/round#problems")
        try:
            await self._pages.cast(one)
        except ImfsurveyError as error:
            one.fault, one.troubles = error, ()
            return to("/round#problems")
        return to("/wait")  # which thanks, or says why not

    # --- leaving --------------------------------------------------------------------------

    async def leave(self, request: Request) -> Response:
        """Ask whether somebody really wants to leave."""
        one = self._pages.participant_of(request)
        if one is None:
            return notice(self._pages, 410, self._pages.language_of(request))
        return self._pages.page("leave_session", one.language, check=one.check)

    async def go(self, request: Request) -> Response:
        """Leave: nobody is known in this browser any more."""

        async def gone(one: Participant, _form: Form) -> Response:
            self._pages.participants.end(self._pages.key_of(request))
            response = to(f"/{one.language}/left")
            self._pages.take_cookie(response)
            return response

        return await self._done(request, gone)

    async def _done(self, request: Request, act: Act) -> Response:
        one = self._pages.participant_of(request)
        if one is None:
            return notice(self._pages, 410, self._pages.language_of(request))
        form = await form_of(request)
        async with one.lock:
            if form is None or not same(form, one.check):
                return notice(self._pages, 403 if form else 400, one.language)
            return await act(one, form)


def _must_look(troubles: Troubles, before: Troubles) -> bool:
    """Whether somebody has to look once more: what is only worth a look is said once."""
    told = {item_id for item_id, _ in before}
    return any(trouble.error or item_id not in told for item_id, trouble in troubles)
