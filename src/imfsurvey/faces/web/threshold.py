"""The pages of a session that need nobody to be known: the first one, its words, goodbye."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from imfsurvey.faces.web.entrance import status_of
from imfsurvey.faces.web.files import with_script
from imfsurvey.faces.web.notices import notice
from imfsurvey.faces.web.pages import form_of, same, to
from imfsurvey.faces.web.session import SessionPages
from imfsurvey.faces.web.session_privacy import session_topics
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.questionnaire import InfoItem
from imfsurvey.study.sessions.session import asks


class Threshold:
    """How people join a session, and what they see when they have gone."""

    def __init__(self, pages: SessionPages) -> None:
        self._pages = pages

    def _language(self, request: Request) -> str:
        return request.path_params.get("language") or self._pages.language_of(request)

    async def start(self, request: Request) -> Response:
        """The first page, in the language of its address or, without one, the browser's."""
        language = self._language(request)
        if language not in self._pages.languages:
            return notice(self._pages, 404, self._pages.language_of(request))
        return self._start(request, language)

    def _start(
        self, request: Request, language: str, error: ImfsurveyError | None = None, code: str = ""
    ) -> Response:
        guarded = self._pages.doorway.guarded
        page = self._pages.page(
            "join",
            language,
            status=200 if error is None else status_of(error),
            check=self._pages.check,
            guarded=guarded,
            code=code,
            error="" if error is None else describe(error, translator(language)),
            taking_part=self._pages.participant_of(request) is not None,
        )
        if guarded:
            with_script(page)
        return page

    async def join(self, request: Request) -> Response:
        """Let one more person in. Who was known in this browser before is forgotten."""
        pages, form = self._pages, await form_of(request)
        if form is None or not same(form, pages.check):
            return notice(pages, 400 if form is None else 403, pages.language_of(request))
        language = form.get("language", ("",))[0]
        if language not in pages.languages:
            language = pages.language_of(request)
        code = form.get("ticket", ("",))[0]
        try:
            key = await pages.joined(language, code)
        except ImfsurveyError as error:
            return self._start(request, language, error, code[:100])
        pages.participants.end(pages.key_of(request))
        response = to("/words" if self._words(language) else "/wait")
        pages.give_cookie(response, key)
        return response

    def _words(self, language: str) -> list[tuple[str, str]]:
        """The sections that only say something: title and words of each."""
        return [
            (section.title.say(language), item.text.say(language))
            for section in self._pages.questionnaire.sections
            if not asks(section)
            for item in section.items
            if isinstance(item, InfoItem)
        ]

    async def words(self, request: Request) -> Response:
        """What everybody reads before the first round."""
        one = self._pages.participant_of(request)
        language = one.language if one is not None else self._pages.language_of(request)
        return self._pages.page("words", language, words=self._words(language))

    async def privacy(self, request: Request) -> Response:
        """What is stored and what is not."""
        pages, language = self._pages, self._language(request)
        if language not in pages.languages:
            return notice(pages, 404, pages.language_of(request))
        told = session_topics(
            pages.study, pages.session, translator(language), tickets=pages.doorway.guarded
        )
        return pages.page("privacy", language, topics=told)

    async def left(self, request: Request) -> Response:
        """The same words for everybody who left."""
        language = self._language(request)
        if language not in self._pages.languages:
            return notice(self._pages, 404, self._pages.language_of(request))
        return self._pages.page("left_session", language)
