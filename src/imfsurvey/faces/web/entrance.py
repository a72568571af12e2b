"""The pages that need no visit: the first one, what is stored, thanks and goodbye."""

from __future__ import annotations

from http import HTTPStatus

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from imfsurvey.faces.aside_words import aside_promise, kept_words
from imfsurvey.faces.sitting import AnonymousSitting
from imfsurvey.faces.web.files import with_script
from imfsurvey.faces.web.notices import notice
from imfsurvey.faces.web.pages import form_of, same, to
from imfsurvey.faces.web.privacy import told
from imfsurvey.faces.web.survey import Survey
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError, RefusedError
from imfsurvey.study.boxes import expect_another
from imfsurvey.study.tickets import Ticket


class Entrance:
    """How people come in, and what they see when they have gone."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    async def start(self, request: Request) -> Response:
        """The first page, in the language of its address or, without one, the browser's."""
        if request.path_params.get("language", "") not in ("", *self._survey.languages):
            return notice(self._survey, 404, self._survey.language_of(request))
        return self._start(request, self._language(request))

    def _language(self, request: Request) -> str:
        return request.path_params.get("language") or self._survey.language_of(request)

    def _start(
        self, request: Request, language: str, error: ImfsurveyError | None = None, code: str = ""
    ) -> Response:
        t, visit = translator(language), self._survey.visit_of(request)
        guarded = self._survey.doorway.guarded
        page = self._survey.page(
            "start",
            language,
            status=200 if error is None else status_of(error),
            check=self._survey.check,
            guarded=guarded,
            aside=aside_promise(t) if guarded else "",
            code=code,
            error="" if error is None else describe(error, t),
            under_way=visit is not None and visit.sitting is not None,
        )
        if guarded:
            with_script(page)
        return page

    async def begin(self, request: Request) -> Response:
        """Let one more person in. A visit that the browser had before is forgotten."""
        form = await form_of(request)
        if form is None or not same(form, self._survey.check):
            status = 400 if form is None else 403
            return notice(self._survey, status, self._survey.language_of(request))
        language = form.get("language", ("",))[0]
        if language not in self._survey.languages:
            language = self._survey.language_of(request)
        code = form.get("ticket", ("",))[0]
        try:
            sitting = await self._admitted(language, code)
        except ImfsurveyError as error:
            return self._start(request, language, error, code[:100])
        self._survey.visits.end(self._survey.key_of(request))
        key, visit = self._survey.visits.begin(sitting)
        response = to(visit.here)
        self._survey.give_cookie(response, key)
        return response

    async def _admitted(self, language: str, code: str) -> AnonymousSitting:
        """Raises `RefusedError` and `StorageError` when nobody, or not this person, may begin."""
        survey = self._survey
        if survey.closing:
            raise RefusedError("IMF-F165", "The survey is about to end: nobody can begin any more.")
        survey.visits.forget_idle()
        if survey.visits.full:
            raise RefusedError(
                "IMF-F166", "Too many people are answering at this moment. Try again in a while."
            )
        await to_thread.run_sync(
            expect_another, survey.wave, survey.questionnaire, limiter=survey.storing
        )
        guarded = survey.doorway.guarded
        ticket = await survey.doorway.admit(code) if guarded else None
        return await to_thread.run_sync(self._sitting, language, ticket, limiter=survey.storing)

    def _sitting(self, language: str, ticket: Ticket | None) -> AnonymousSitting:
        """Of one more person, who goes on with what they put aside, if they did."""
        survey = self._survey
        return AnonymousSitting(survey.wave, survey.questionnaire, language, ticket, drafts=True)

    async def go_on(self, request: Request) -> Response:
        """To the page that a visit is at."""
        visit = self._survey.visit_of(request)
        if visit is None:
            return notice(self._survey, 410, self._survey.language_of(request))
        if visit.sitting is None:
            return to(f"/{self._survey.language_of(request)}/thanks")
        return to(visit.here)

    async def privacy(self, request: Request) -> Response:
        """What is stored and what is not."""
        survey, language = self._survey, self._language(request)
        if language not in survey.languages:
            return notice(survey, 404, survey.language_of(request))
        return survey.page("privacy", language, topics=told(survey, translator(language)))

    async def thanks(self, request: Request) -> Response:
        """The same words for everybody who has sent their answers."""
        page = self._after("thanks", request)
        page.headers["clear-site-data"] = '"cache", "storage"'
        return page

    async def left(self, request: Request) -> Response:
        """The same words for everybody who left without sending."""
        return self._after("left", request)

    async def aside(self, request: Request) -> Response:
        """The same words for everybody who put answers aside."""
        words = kept_words(translator(self._language(request)))
        return self._after("aside", request, words)

    def _after(self, name: str, request: Request, words: str = "") -> Response:
        language = self._language(request)
        if language not in self._survey.languages:
            return notice(self._survey, 404, self._survey.language_of(request))
        return self._survey.page(name, language, words=words)


def status_of(error: ImfsurveyError) -> int:
    """The status of a first page that says why somebody cannot begin."""
    busy = error.code in ("IMF-F166", "IMF-F167")
    if busy or not isinstance(error, RefusedError):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.FORBIDDEN
