"""Browser pages: a survey, one page an item; a team session, one page a round. No script."""

from imfsurvey.faces.web.addresses import LOOPBACK, PORT, Listening, listening_at
from imfsurvey.faces.web.app import application, session_application
from imfsurvey.faces.web.pages import Pages
from imfsurvey.faces.web.server import serve
from imfsurvey.faces.web.session import SessionPages
from imfsurvey.faces.web.survey import Survey

__all__ = [
    "LOOPBACK",
    "PORT",
    "Listening",
    "Pages",
    "SessionPages",
    "Survey",
    "application",
    "listening_at",
    "serve",
    "session_application",
]
