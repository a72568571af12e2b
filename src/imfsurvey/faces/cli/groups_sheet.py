"""Results by group as plain text: who answered, then each theme and statement, group by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imfsurvey.analysis.groups import GroupShare
from imfsurvey.faces.cli.layout import wrapped
from imfsurvey.report.groupwords import GroupWords


def groups_sheet(breakdowns: Sequence[GroupWords]) -> Iterator[str]:
    """The lines of several breakdowns."""
    for number, one in enumerate(breakdowns):
        if number:
            yield ""
        yield from _breakdown(one)


def _breakdown(one: GroupWords) -> Iterator[str]:
    t, groups = one.t, one.figures.groups
    yield t("BY GROUP")
    yield from wrapped(one.title, "  ")
    yield ""
    names = [one.name(group) for group in groups]
    for name, group in zip(names, groups, strict=True):
        said = one.responses(group.responses)
        yield from wrapped(t("{name}: {value}", name=name, value=said), "  - ")
    yield ""
    yield t("Share of favourable answers, by theme")
    for shares in zip(*(group.themes for group in groups), strict=True):
        yield from wrapped(one.theme(shares[0].of), "  ")
        yield from _shares(one, names, shares)
    yield ""
    yield t("Share of favourable answers, by statement")
    for shares in zip(*(group.items for group in groups), strict=True):
        yield from wrapped(one.statement(shares[0].of), "  ")
        yield from _shares(one, names, shares)
    yield ""
    yield from wrapped(one.reading)
    everything = [share for group in groups for share in (*group.themes, *group.items)]
    for letter, why in one.reasons(everything):
        yield from wrapped(
            t("{name}: {value}", name=t("hidden ({letter})", letter=letter), value=why)
        )


def _shares(one: GroupWords, names: Sequence[str], shares: Sequence[GroupShare]) -> Iterator[str]:
    for name, share in zip(names, shares, strict=True):
        said = one.t("{name}: {value}", name=name, value=one.share_or_letter(share))
        yield from wrapped(said, "    - ")
