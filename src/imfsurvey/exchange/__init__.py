"""Questionnaires from and for other programs: read into our language, written out of it."""
