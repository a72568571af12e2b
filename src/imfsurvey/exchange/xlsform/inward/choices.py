"""Lists of choices: codes that our language accepts, what is no choice but a non-answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, get_args

from imfsurvey.exchange.xlsform.extras import decoded
from imfsurvey.exchange.xlsform.form import NON_ANSWER, OURS_OF_CHOICES, Row
from imfsurvey.exchange.xlsform.inward.ids import LONGEST, code_of
from imfsurvey.exchange.xlsform.losses import Losses
from imfsurvey.questionnaire import NonAnswer

_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_YES_NO_NAMES: Final = re.compile(
    r"(?:yes_?no|yn|oui_?non|ja_?ne+n|ja_?nein|si_?no|noyes|no_yes)\d*", re.IGNORECASE
)
_YES: Final = frozenset({"yes", "y", "1", "true", "oui", "o", "ja", "j", "si"})
_NO: Final = frozenset({"no", "n", "0", "2", "false", "non", "nee", "neen", "nein"})

NON_ANSWERS: Final[tuple[str, ...]] = get_args(NonAnswer)
"""Their statuses; in a workbook, choices that are marked."""


@dataclass(frozen=True)
class Entry:
    """One choice of a list: its name there, its code here."""

    row: Row
    name: str
    code: int | str


@dataclass(frozen=True)
class ChoiceList:
    """A list of choices as an item of ours has it."""

    name: str
    entries: Sequence[Entry]
    non_answers: Mapping[str, str] = field(default_factory=dict)
    """Status by name of the choice."""

    @property
    def codes(self) -> dict[str, int | str]:
        """Code by name."""
        return {entry.name: entry.code for entry in self.entries}

    def as_yes_no(self) -> ChoiceList | None:
        """The same with the codes `yes` and `no`; None when it is no such list."""
        names = [entry.name.casefold() for entry in self.entries]
        if len(names) != 2:
            return None
        if set(names) != {"yes", "no"} and not _YES_NO_NAMES.fullmatch(self.name):
            return None
        yes = [entry for entry in self.entries if entry.name.casefold() in _YES]
        no = [entry for entry in self.entries if entry.name.casefold() in _NO]
        if len(yes) != 1 or len(no) != 1 or yes == no:
            return None
        entries = [Entry(yes[0].row, yes[0].name, "yes"), Entry(no[0].row, no[0].name, "no")]
        return ChoiceList(self.name, entries, self.non_answers)

    def as_scale(self) -> ChoiceList:
        """The same with numbers as codes, lowest first.

        Beside points that are numbers, a choice called `dk`, `na` or `refused` is none: as a
        point of the scale it would count as more than the highest.
        """
        points = [entry for entry in self.entries if isinstance(entry.code, int)]
        others = {one.name: one.code for one in self.entries if isinstance(one.code, str)}
        if len(points) > 1 and set(others.values()) <= set(NON_ANSWERS):
            ordered = sorted(points, key=lambda entry: int(entry.code))
            return ChoiceList(self.name, ordered, {**self.non_answers, **others})
        counted = [
            Entry(entry.row, entry.name, number)
            for number, entry in enumerate(self.entries, start=1)
        ]
        return ChoiceList(self.name, counted, self.non_answers)


def list_of(name: str, rows: Sequence[Row], losses: Losses) -> ChoiceList:
    """A list as its rows give it; changed and doubled codes are noted."""
    entries: list[Entry] = []
    non_answers: dict[str, str] = {}
    taken: set[str] = set()
    for row in rows:
        written = row.get("name")
        if written in {entry.name for entry in entries} or written in non_answers:
            losses.add(
                "IMF-W163",
                "the choice '{name}' stands twice in its list",
                row.at("name"),
                name=written,
            )
        elif row.get(NON_ANSWER) in NON_ANSWERS:
            non_answers[written] = row.get(NON_ANSWER)
        else:
            entries.append(Entry(row, written, _code(row, taken, losses)))
    return ChoiceList(name, entries, non_answers)


def _natural_code(name: str) -> int | str:
    """The code that a name gives by itself."""
    if _INTEGER.fullmatch(name) and name != "-0":
        return int(name)
    return name if _CODE.fullmatch(name) else code_of(name)


def _code(row: Row, taken: set[str], losses: Losses) -> int | str:
    name = row.get("name")
    given = decoded(row.get(f"{OURS_OF_CHOICES}code"))
    code = given if isinstance(given, int | str) and given != "" else _natural_code(name)
    wanted, number = str(code), 2
    while str(code) in taken:
        tail = f"_{number}"
        code, number = wanted[: LONGEST - len(tail)] + tail, number + 1
    taken.add(str(code))
    if given == "" and str(code) != name:
        losses.add(
            "IMF-W147", "the code '{name}' is '{code}' here", row.at("name"), name=name, code=code
        )
    return code
