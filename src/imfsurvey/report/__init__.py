"""Documents out: the summary report of one or more waves, in HTML and Markdown.

Everything here reads figures that passed disclosure control; no answer gets this far.
"""

from imfsurvey.report.document import Summary
from imfsurvey.report.render import render, write
from imfsurvey.report.summary import summary

__all__ = ["Summary", "render", "summary", "write"]
