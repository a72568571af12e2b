"""The one family of errors. An error carries a code and parameters; faces turn it into words.

The message template (English) is the msgid of its translation: `describe(error, translator)`
gives the words in the language of the person. Exit codes as in the command line's table: 1 the
input is wrong, 2 usage (which click tells), 3 refused or not stored.
"""

from __future__ import annotations

from collections.abc import Mapping


class ImfsurveyError(Exception):
    """Base of every error that a person may see.

    `code` is stable and documented in `docs/errors.md`; `template` is an English sentence with
    `{name}` placeholders, `params` fills them. Parameters never hold an answer.
    """

    exit_code = 1

    def __init__(self, code: str, template: str, /, **params: object) -> None:
        super().__init__(code, template, params)
        self.code = code
        self.template = template
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        return f"{self.code}: {self.template.format_map(dict(self.params))}"


class InputError(ImfsurveyError):
    """What was given is wrong and can be corrected: a file, an option, an answer."""


class RefusedError(ImfsurveyError):
    """What was asked is not allowed now: a closed wave, too few answers, a folder in use."""

    exit_code = 3


class StorageError(ImfsurveyError):
    """The disk or a stored file failed: full, read-only, damaged. Nothing acknowledged is lost."""

    exit_code = 3
