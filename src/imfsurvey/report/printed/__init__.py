"""Questionnaires on paper: to be filled in with a pen and typed in afterwards."""

from imfsurvey.report.printed.sheet import PrintedSheet, printed_sheet

__all__ = ["PrintedSheet", "printed_sheet"]
