"""How many have answered so far, as far as everybody may know it while a survey is open.

By group it is known to nobody: the staff category is part of the sealed answers, and a ticket
belongs to no group.
"""

from __future__ import annotations

from imfsurvey.analysis.figures import ResponseFigures
from imfsurvey.analysis.perception import response_figures
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.model import FLOOR_K
from imfsurvey.study.boxes import count_responses
from imfsurvey.study.wave import Wave


def answered_so_far(wave: Wave, survey: Questionnaire) -> ResponseFigures:
    """Responses against the headcount, by the rules of results: nothing below k, a band if few.

    Where fewer than five are missing there is a band too: people would look for them.
    """
    people = wave.headcount
    count = min(count_responses(wave, survey), people)
    figures = response_figures(count, people, survey.privacy.k_total)
    if figures.rate is not None and people - count < FLOOR_K:
        # 30 answers at least, 4 people at most are missing: always in the last fifth.
        return ResponseFigures(people, returned=None, rate=None, band=(0.8, 1.0))
    return figures
