"""What does not survive a conversion, and why no questionnaire could be made at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from imfsurvey.i18n.errors import InputError


@dataclass(frozen=True)
class At:
    """A place in a workbook; row 0 is the sheet as a whole, an empty sheet the whole file."""

    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        row = f"!{self.row}" if self.row else ""
        return f"{self.sheet}{row} {self.column}".strip()


NOWHERE = At()


@dataclass(frozen=True)
class Loss:
    """One thing that is lost or changed (W), or one reason why there is no questionnaire (E)."""

    code: str
    template: str
    params: dict[str, object]
    at: At = NOWHERE

    @property
    def message(self) -> str:
        """The words in English."""
        return self.template.format_map(self.params)


@dataclass
class Losses:
    """The report of one conversion, in the order in which things were met."""

    found: list[Loss] = field(default_factory=list)

    def add(self, code: str, template: str, at: At = NOWHERE, /, **params: object) -> None:
        """Note one; the same at the same place is noted once."""
        loss = Loss(code, template, params, at)
        if loss not in self.found[-3:]:
            self.found.append(loss)


class NoFormError(InputError):
    """No questionnaire can be made; `reasons` says why, `losses` what else was noted."""

    def __init__(self, reasons: Iterable[Loss], losses: Sequence[Loss] = ()) -> None:
        self.reasons = tuple(reasons)
        self.losses = tuple(losses)
        super().__init__(
            "IMF-E140",
            "no questionnaire can be made of this workbook, for {count} reason(s)",
            count=len(self.reasons),
        )


def no_form(code: str, template: str, at: At = NOWHERE, /, **params: object) -> NoFormError:
    """The error for a single reason."""
    return NoFormError([Loss(code, template, params, at)])
