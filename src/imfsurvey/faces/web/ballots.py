"""The page of a round: all statements that are open, and what is sent for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from imfsurvey.faces.web.forms import Form, Trouble, take
from imfsurvey.faces.web.offers import offered
from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.describe import describe
from imfsurvey.interview import Interview
from imfsurvey.interview.pages import Page
from imfsurvey.questionnaire import InfoItem

Naming = Callable[[str], str]
"""What an item is called on the page of a person."""
Troubles = tuple[tuple[str, Trouble], ...]
"""By item: what is wrong with a vote, or worth a second look."""


@dataclass(frozen=True)
class Choice:
    """One answer on the page."""

    id: str
    spelled: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Statement:
    """What one votes on, or words between the statements."""

    name: str
    words_only: bool
    number: int
    lead: str
    """The stem of the matrix that it is a row of, above the first of its rows."""
    stem: str
    hint: str
    help: str
    required: bool
    choices: Sequence[Choice]
    non_answers: Sequence[Choice]
    trouble: str


@dataclass(frozen=True)
class Part:
    """A round: a title above its statements."""

    title: str
    introduction: str
    statements: Sequence[Statement]


@dataclass(frozen=True)
class BallotPage:
    """All rounds that are open for a person."""

    parts: Sequence[Part]
    total: int
    troubled: Sequence[Statement]
    errors: bool
    """Whether one of the troubles must be settled; else they may be passed."""


def ballot_page(interview: Interview, named: Naming, troubles: Troubles) -> BallotPage:
    """What stands on the page."""
    parts: list[Part] = []
    rounds = _rounds(interview)
    for pages in rounds:
        section = pages[0].section
        introduction = "" if section.introduction is None else interview.say(section.introduction)
        statements = [
            _statement(interview, page, pages[n - 1] if n else None, named, troubles)
            for n, page in enumerate(pages)
        ]
        parts.append(Part(interview.say(section.title), introduction, statements))
    return BallotPage(
        parts,
        len(interview.asked()),
        [one for part in parts for one in part.statements if one.trouble],
        any(trouble.error for _, trouble in troubles),
    )


def _rounds(interview: Interview) -> list[list[Page]]:
    """The pages of each section that asks something; opening words have been read before."""
    found: dict[str, list[Page]] = {}
    for page in interview.pages:
        found.setdefault(page.section.id, []).append(page)
    return [
        pages
        for pages in found.values()
        if any(not isinstance(page.item, InfoItem) for page in pages)
    ]


def _statement(
    interview: Interview, page: Page, before: Page | None, named: Naming, troubles: Troubles
) -> Statement:
    item, name, say = page.item, named(page.item.id), interview.say
    t = translator(interview.language)
    lead = page.matrix if before is None or before.matrix is not page.matrix else None
    words_only = isinstance(item, InfoItem)
    choices = [] if words_only else _choices(interview, page, name)
    first = next((trouble for item_id, trouble in troubles if item_id == item.id), None)
    return Statement(
        name=name,
        words_only=words_only,
        number=page.number,
        lead="" if lead is None else say(lead.text),
        stem=say(item.text),
        hint="" if item.hint is None else say(item.hint),
        help="" if item.help is None else say(item.help),
        required=not words_only and interview.needs.required(item),
        choices=[one for one in choices if not one.spelled.startswith("~")],
        non_answers=[one for one in choices if one.spelled.startswith("~")],
        trouble="" if first is None else describe(first.what, t),
    )


def _choices(interview: Interview, page: Page, name: str) -> list[Choice]:
    answer = interview.answer_to(page.item.id)
    return [
        Choice(f"{name}-{number}", one.spelled, one.label, one.chosen_in(answer))
        for number, one in enumerate(offered(interview, page.item), start=1)
    ]


def take_votes(interview: Interview, named: Naming, form: Form) -> Troubles:
    """Record what was sent; what keeps it from being accepted, or is worth a second look."""
    found: list[tuple[str, Trouble]] = []
    for item in interview.asked():
        sent = {"answer": form.get(named(item.id), ())}
        found += [(item.id, trouble) for trouble in take(interview, item, sent)]
    return tuple(found)
