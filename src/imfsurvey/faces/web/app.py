"""The application: which address is answered by which page, behind the gate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from imfsurvey.faces.web.entrance import Entrance
from imfsurvey.faces.web.gate import Complain, Gate
from imfsurvey.faces.web.notices import notice
from imfsurvey.faces.web.survey import Survey, to
from imfsurvey.faces.web.walk import Walk

Handler = Callable[[Request], Awaitable[Response]]


def application(survey: Survey, complain: Complain) -> ASGIApp:
    """Everything that browsers can ask for; `complain` is told where something went wrong."""

    def refused(scope: Scope, status: int) -> ASGIApp:
        return notice(survey, status, survey.language_of(HTTPConnection(scope)))

    async def unknown(scope: Scope, receive: Receive, send: Send) -> None:
        await refused(scope, 404)(scope, receive, send)

    router = Router([*_routes(survey)], redirect_slashes=False, default=unknown)
    return Gate(router, survey.announced, survey.largest_form, refused, complain)


def _routes(survey: Survey) -> list[Route]:
    entrance, walk = Entrance(survey), Walk(survey)

    async def back_to_the_survey(_request: Request) -> Response:
        return to("/go-on")

    shown: dict[str, Handler] = {
        "/": entrance.start,
        "/go-on": entrance.go_on,
        "/privacy": entrance.privacy,
        "/style.css": entrance.style,
        "/ticket.js": entrance.script,
        "/q/{address}": walk.show,
        "/overview": walk.overview,
        "/leave": walk.leave,
        # Somebody loads the page anew that a form was sent to.
        "/begin": back_to_the_survey,
        "/send": back_to_the_survey,
        "/aside": back_to_the_survey,
        "/{language}/privacy": entrance.privacy,
        "/{language}/thanks": entrance.thanks,
        "/{language}/left": entrance.left,
        "/{language}/aside": entrance.aside,
        "/{language}": entrance.start,
    }
    taken: dict[str, Handler] = {
        "/begin": entrance.begin,
        "/q/{address}": walk.answer,
        "/send": walk.send,
        "/leave": walk.go,
        "/aside": walk.put_aside,
    }
    return [
        *(Route(path, handler, methods=["POST"]) for path, handler in taken.items()),
        *(Route(path, handler, methods=["GET"]) for path, handler in shown.items()),
    ]
