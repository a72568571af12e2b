"""Browser pages for the respondents of a wave: the same interview, one page an item, no script."""

from imfsurvey.faces.web.addresses import LOOPBACK, PORT, Listening, listening_at
from imfsurvey.faces.web.app import application
from imfsurvey.faces.web.server import serve
from imfsurvey.faces.web.survey import Survey

__all__ = ["LOOPBACK", "PORT", "Listening", "Survey", "application", "listening_at", "serve"]
