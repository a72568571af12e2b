"""Documents out: the summary report of one or more waves, in HTML, PDF, Word and Markdown.

Everything here reads figures that passed disclosure control; no answer gets this far.
"""

from imfsurvey.report.document import Summary
from imfsurvey.report.render import render
from imfsurvey.report.summary import summary
from imfsurvey.report.writing import FORMS, Form, write

__all__ = ["FORMS", "Form", "Summary", "render", "summary", "write"]
