"""The two ways as a whole: a workbook into the text of a questionnaire, and back into bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from imfsurvey.exchange.workbook.opening import Sheet
from imfsurvey.exchange.xlsform.inward.acceptance import accepted, refused
from imfsurvey.exchange.xlsform.inward.questionnaire import Wishes, questionnaire_of
from imfsurvey.exchange.xlsform.losses import Loss, Losses, NoFormError
from imfsurvey.exchange.xlsform.outward.survey import form_from
from imfsurvey.exchange.xlsform.workbook.loading import sheets_at
from imfsurvey.exchange.xlsform.workbook.reading import form_of
from imfsurvey.exchange.xlsform.workbook.writing import bytes_of
from imfsurvey.framework import Framework
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.problems import ProblemsFoundError


@dataclass(frozen=True)
class Converted:
    """A questionnaire as the text of its file, and what was lost on the way."""

    text: str
    questionnaire: Questionnaire
    losses: Sequence[Loss]


def read_workbook(
    path: Path, framework: Framework, wishes: Wishes, names: Mapping[str, str]
) -> Converted:
    """The questionnaire in a workbook. Raises `NoFormError`."""
    return from_sheets(sheets_at(path), framework, wishes, names)


def from_sheets(
    sheets: Sequence[Sheet], framework: Framework, wishes: Wishes, names: Mapping[str, str]
) -> Converted:
    """The same from its sheets; what our own reader refuses becomes the list of reasons."""
    losses = Losses()
    try:
        form = form_of(sheets, names, losses)
        values = questionnaire_of(form, wishes, losses)
        text, questionnaire = accepted(values, form, framework, losses)
    except ProblemsFoundError as error:
        raise NoFormError([refused(one) for one in error.problems], losses.found) from error
    except NoFormError as error:
        raise NoFormError(error.reasons, losses.found) from error
    return Converted(text, questionnaire, tuple(losses.found))


def workbook_of(questionnaire: Questionnaire, framework: Framework) -> tuple[bytes, Sequence[Loss]]:
    """The workbook of a questionnaire, and what other programs will not see in it."""
    losses = Losses()
    data = bytes_of(form_from(questionnaire, framework, losses), losses)
    return data, tuple(losses.found)
