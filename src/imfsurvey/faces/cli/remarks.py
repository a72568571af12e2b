"""What has to be known of a wave or a target, with its code, before somebody goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.source.problems import Problem


def remark_lines(remarks: Iterable[Problem], t: Translator) -> Iterator[str]:
    """One sentence each."""
    return (f"{one.code}: {describe(one, t)}" for one in remarks)
