"""Pages that say in a few words why there is nothing else to see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from imfsurvey.faces.web.pages import Pages
from imfsurvey.i18n.catalogue import N_, Marked, translator

_ELSEWHERE: Final = (
    N_("This address is not known here"),
    N_("Type the address of the survey as it was given to you."),
)
_REPEAT: Final = (
    N_("This form could not be taken"),
    N_("It does not come from a page of this survey, or it is too old. Go back to the survey."),
)
_NOTICES: Final[Mapping[int, tuple[Marked, Marked]]] = {
    400: _REPEAT,
    403: _REPEAT,
    404: (N_("There is no such page"), N_("Go back to the survey.")),
    405: (N_("There is no such page"), N_("Go back to the survey.")),
    408: (
        N_("This took too long"),
        N_("The connection is slow. Go back to the survey and send your answer once more."),
    ),
    410: (
        N_("There is nothing to go on with"),
        N_(
            "Your answers were not sent, and nothing of them is stored. This happens after half "
            "an hour without an answer, when the survey was started anew, or when your browser "
            "keeps no cookies. You can begin again."
        ),
    ),
    413: (N_("This is too long"), N_("Go back to the survey and write a shorter text.")),
    415: _REPEAT,
    421: _ELSEWHERE,
    500: (
        N_("Something went wrong here"),
        N_("It is not your fault. What you answered before is still there: go back to the survey."),
    ),
}

_GO_BACK: Final = N_("Go back to the session.")
_TAKE_PART_ANEW: Final = (
    N_("This form could not be taken"),
    N_("It does not come from a page of this session, or it is too old. Go back to the session."),
)
_OF_A_SESSION: Final[Mapping[int, tuple[Marked, Marked]]] = {
    400: _TAKE_PART_ANEW,
    403: _TAKE_PART_ANEW,
    404: (N_("There is no such page"), _GO_BACK),
    405: (N_("There is no such page"), _GO_BACK),
    408: (
        N_("This took too long"),
        N_("The connection is slow. Go back to the session and send your votes once more."),
    ),
    410: (
        N_("Please join once more"),
        N_(
            "These pages do not know this browser any more: they were started anew, you were away "
            "for hours, or your browser keeps no cookies. What you have sent is stored; what you "
            "had not sent is not. Your ticket is still good for the rounds to come."
        ),
    ),
    413: (N_("This is too long"), _GO_BACK),
    415: _TAKE_PART_ANEW,
    421: (
        N_("This address is not known here"),
        N_("Type the address as the facilitator shows it."),
    ),
    500: (
        N_("Something went wrong here"),
        N_("It is not your fault. What you have sent is stored: go back to the session."),
    ),
}


def notice(pages: Pages, status: int, language: str) -> Response:
    """The page for a status."""
    t = translator(language)
    notices = _OF_A_SESSION if pages.kind == "session" else _NOTICES
    title, text = (t.messages.gettext(words) for words in notices[status])
    page = pages.page("notice", language, status=status, title=title, text=text)
    if status == 405:
        page.headers["allow"] = "GET, HEAD, POST"
    return page
