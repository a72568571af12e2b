"""One respondent's walk through a questionnaire. No input, no output, no clock, no chance."""

from imfsurvey.interview.answers import Answer, Entry, Objection, Status
from imfsurvey.interview.options import Option
from imfsurvey.interview.pages import Page, Progress
from imfsurvey.interview.walk import Interview
from imfsurvey.interview.within import EntryInterview

__all__ = [
    "Answer",
    "Entry",
    "EntryInterview",
    "Interview",
    "Objection",
    "Option",
    "Page",
    "Progress",
    "Status",
]
