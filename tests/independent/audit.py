"""What in a report, or on a terminal, is not as the independent figures say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from independent import reading, sentences
from independent.tables import Cell, Report, Table

INTERVAL = "95% interval"
HEADS = {
    "Index 0-100",
    *("Claimed, 0-100", "Seen, 0-100"),
    "Hash of the content (SHA-256)",
    *(INTERVAL, f"{INTERVAL} of the mean", f"{INTERVAL} of the index"),
}
"""Those with a number, beside the measurements'."""


class Audit:
    """Of a report on the last of some measurements."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {caption: rows for caption, rows in self.report.tables().items() if rows}

    @cached_property
    def _required(self) -> Counter[str]:
        return Counter(sentences.required(self.report))

    @cached_property
    def _possible(self) -> list[re.Pattern[str]]:
        return list(sentences.possible(self.report))

    def complaints(self, text: str) -> Iterator[str]:
        """About tables, cells and lines; none about a report that is right."""
        page = reading.read(text)
        yield from self._about_tables(page)
        yield from self._about_lines(page)
        if page.sections != list(range(1, len(page.sections) + 1)):
            yield f"sections {page.sections}"

    def _about_tables(self, page: reading.Page) -> Iterator[str]:
        for caption in sorted(set(page.tables) ^ set(self._tables)):
            yield f"table {caption!r} is missing, or should not be there"
        moments = [f"{wave.year.kind} {wave.year.year}" for wave in self.report.waves]
        for caption, rows in self._tables.items():
            heads, *printed = page.tables.get(caption, [[]])
            dated = [head for head in heads if reading.has_number(head) and head not in HEADS]
            if dated not in ([], moments, [moments[0], moments[-1]]):
                yield f"{caption}: columns {dated}"
            if [len(row) for row in printed] != [len(row) for row in rows]:
                yield f"{caption}: other rows than {rows}"
                continue
            for wanted, said in zip(rows, printed, strict=True):
                if not all(map(_matches, wanted, said)):
                    yield f"{caption}: {said} instead of {wanted}"

    def _about_lines(self, page: reading.Page) -> Iterator[str]:
        """Each with a number has to be there, may be there, or tells a rule with its numbers."""
        required = self._required.copy()
        for line in filter(reading.has_number, page.lines):
            if required[line]:
                required[line] -= 1
            elif not any(one.fullmatch(line) for one in self._possible) and not _rule(line):
                yield f"not accounted for: {line}"
        for line in +required:
            yield f"missing: {line}"


def _matches(wanted: Cell, said: str) -> bool:
    if wanted is None:
        return not reading.has_number(said)
    if isinstance(wanted, str):
        return wanted == said
    return said in wanted if isinstance(wanted, frozenset) else bool(wanted.fullmatch(said))


def _rule(line: str) -> bool:
    return any(
        line.startswith(start) and reading.numbers(line) == numbers.split()
        for start, numbers in sentences.METHOD.items()
    )
