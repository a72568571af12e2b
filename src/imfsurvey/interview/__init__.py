"""One respondent's walk through a questionnaire. No input, no output, no clock, no chance."""

from imfsurvey.interview.answers import Answer, Objection, Status
from imfsurvey.interview.options import Option
from imfsurvey.interview.walk import Interview, Page, Progress

__all__ = ["Answer", "Interview", "Objection", "Option", "Page", "Progress", "Status"]
