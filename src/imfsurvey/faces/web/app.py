"""The application: which address is answered by which page, behind the gate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from imfsurvey.faces.web.entrance import Entrance
from imfsurvey.faces.web.files import script, style
from imfsurvey.faces.web.gate import Complain, Gate
from imfsurvey.faces.web.notices import notice
from imfsurvey.faces.web.pages import Pages, to
from imfsurvey.faces.web.rounds import Rounds
from imfsurvey.faces.web.session import SessionPages
from imfsurvey.faces.web.survey import Survey
from imfsurvey.faces.web.threshold import Threshold
from imfsurvey.faces.web.walk import Walk

Handler = Callable[[Request], Awaitable[Response]]
Handlers = Mapping[str, Handler]


def application(survey: Survey, complain: Complain) -> ASGIApp:
    """Everything that browsers can ask of a survey; `complain` is told where it went wrong."""
    entrance, walk = Entrance(survey), Walk(survey)
    again = _elsewhere("/go-on")
    shown: dict[str, Handler] = {
        "/": entrance.start,
        "/go-on": entrance.go_on,
        "/privacy": entrance.privacy,
        "/q/{address}": walk.show,
        "/overview": walk.overview,
        "/leave": walk.leave,
        # Somebody loads the page anew that a form was sent to.
        "/begin": again,
        "/send": again,
        "/{language}/privacy": entrance.privacy,
        "/{language}/thanks": entrance.thanks,
        "/{language}/left": entrance.left,
        "/{language}": entrance.start,
    }
    taken: dict[str, Handler] = {
        "/begin": entrance.begin,
        "/q/{address}": walk.answer,
        "/send": walk.send,
        "/leave": walk.go,
    }
    return _behind_the_gate(survey, shown, taken, complain)


def session_application(pages: SessionPages, complain: Complain) -> ASGIApp:
    """Everything that browsers can ask of a team session."""
    threshold, rounds = Threshold(pages), Rounds(pages)
    shown: dict[str, Handler] = {
        "/": threshold.start,
        "/join": _elsewhere("/wait"),
        "/words": threshold.words,
        "/wait": rounds.wait,
        "/round": rounds.show,
        "/late": rounds.late,
        "/leave": rounds.leave,
        "/privacy": threshold.privacy,
        "/{language}/privacy": threshold.privacy,
        "/{language}/wait": rounds.wait,
        "/{language}/left": threshold.left,
        "/{language}": threshold.start,
    }
    taken: dict[str, Handler] = {
        "/join": threshold.join,
        "/round": rounds.vote,
        "/leave": rounds.go,
    }
    return _behind_the_gate(pages, shown, taken, complain)


def _behind_the_gate(pages: Pages, shown: Handlers, taken: Handlers, complain: Complain) -> ASGIApp:
    def refused(scope: Scope, status: int) -> ASGIApp:
        return notice(pages, status, pages.language_of(HTTPConnection(scope)))

    async def unknown(scope: Scope, receive: Receive, send: Send) -> None:
        await refused(scope, 404)(scope, receive, send)

    files: dict[str, Handler] = {"/style.css": style, "/ticket.js": script}
    routes = [
        *(Route(path, handler, methods=["POST"]) for path, handler in taken.items()),
        *(Route(path, handler, methods=["GET"]) for path, handler in {**files, **shown}.items()),
    ]
    router = Router(routes, redirect_slashes=False, default=unknown)
    return Gate(router, pages.announced, pages.largest_form, refused, complain)


def _elsewhere(path: str) -> Handler:
    async def go(_request: Request) -> Response:
        return to(path)

    return go
