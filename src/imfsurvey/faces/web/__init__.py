"""Browser pages for the respondents of a wave: the same interview, one page an item, no script."""

from imfsurvey.faces.web.app import WebApp, pages_of
from imfsurvey.faces.web.addresses import Listening, listening_at
from imfsurvey.faces.web.server import serve

__all__ = ["Listening", "WebApp", "listening_at", "pages_of", "serve"]
