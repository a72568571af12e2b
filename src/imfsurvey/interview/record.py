"""The anonymous record: the answers of one response as bytes, and nothing else.

No time, no order of answering, no language, no side field, no free text, nor whether one was
written: texts are stored apart (see `comments`). `{"form":"<hash>","answers":"<base64>"}`, where
the answers are one byte for each variable (see `variables`), in the order of the questionnaire.
All records of a questionnaire are equally long and there is one way only to write one, so that
neither the length nor the spelling of a record can tell anything.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import BLANK, Answer
from imfsurvey.interview.variables import DONT_KNOW, Variable, coded_items
from imfsurvey.questionnaire import Choice, Questionnaire


class RecordCodec:
    """Records of one questionnaire, written and read."""

    def __init__(self, questionnaire: Questionnaire, groups: Sequence[Choice] = ()) -> None:
        """`groups`: the study's, as choices. Raises `InputError` as `coded_items` does."""
        self.questionnaire = questionnaire
        self.items = coded_items(questionnaire, groups)
        self.variables: tuple[Variable, ...] = tuple(
            variable for item in self.items for variable in item.variables
        )
        self._before = f'{{"form":"{questionnaire.form_hash}","answers":"'.encode("ascii")
        self._after = b'"}'
        # Items of one variable are checked at a stroke, byte by byte; the few others apart.
        self._limits = [len(variable.codes) for variable in self.variables]
        self._several = []
        start = 0
        for item in self.items:
            end = start + len(item.variables)
            if item.several:
                self._several.append((item, start, end))
            start = end

    @property
    def size(self) -> int:
        """Bytes of every record."""
        return len(self._written(bytes(len(self.variables))))

    def encode(self, answers: Mapping[str, Answer]) -> bytes:
        """The record of a response. ValueError: an answer has no code of its item.

        Of "other" stands there that it was chosen, not its words.
        """
        return self._written(
            b"".join(item.bytes_of(answers.get(item.id, BLANK)) for item in self.items)
        )

    def row(self, record: bytes) -> bytes:
        """The answers of a record, one byte for each variable.

        Raises `InputError` for what is no record of this questionnaire; no value is ever told.
        """
        before, after = self._before, self._after
        if not (record.startswith(before) and record.endswith(after)):
            raise InputError(
                "IMF-I120",
                "a stored response is none of this version of '{questionnaire}'",
                questionnaire=self.questionnaire.id,
            )
        text = record[len(before) : len(record) - len(after)]
        try:
            row = base64.b64decode(text, validate=True)
        except ValueError as error:
            raise InputError("IMF-I121", "a stored response cannot be read") from error
        if len(row) != len(self.variables) or self._written(row) != record:
            raise InputError("IMF-I121", "a stored response cannot be read")
        if not self._is_said(row):
            raise InputError("IMF-I122", "a stored response holds what is no answer")
        return row

    def _is_said(self, row: bytes) -> bool:
        for byte, limit in zip(row, self._limits, strict=True):
            if limit <= byte < DONT_KNOW:
                return False
        return all(item.holds(row[start:end]) for item, start, end in self._several)

    def _written(self, row: bytes) -> bytes:
        return self._before + base64.b64encode(row) + self._after
