"""Responses coming in from a table: read, matched with a questionnaire, and checked as a whole."""
