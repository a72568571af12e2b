"""What the page of one item shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from imfsurvey.faces.cautions import caution
from imfsurvey.faces.takes import BETWEEN, multi_limits, nothing_offered, ranking_limits
from imfsurvey.faces.web.forms import RANK, Draft, Form, Trouble
from imfsurvey.faces.web.offers import Offer, offered
from imfsurvey.faces.web.visits import Visit
from imfsurvey.i18n.catalogue import Translator, translator
from imfsurvey.i18n.describe import describe
from imfsurvey.interview import Answer, Interview
from imfsurvey.questionnaire import (
    OTHER,
    ChoosingItem,
    InfoItem,
    Item,
    MultiItem,
    RankingItem,
    TextItem,
)

Kind = Literal["info", "one", "several", "ranking", "text"]


@dataclass(frozen=True)
class Choice:
    """One answer on the page."""

    id: str
    spelled: str
    label: str
    description: str
    alone: bool
    checked: bool
    rank: str
    """The rank that it has, in a ranking."""


@dataclass(frozen=True)
class Words:
    """A field to write in."""

    label: str
    value: str
    limit: str


@dataclass(frozen=True)
class Said:
    """A trouble in words, with the field that it leads to."""

    place: str
    target: str
    words: str


@dataclass(frozen=True)
class Question:
    """The page of one item."""

    kind: Kind
    address: str
    section: str
    introduction: str
    lead: str
    """The stem of the matrix that the item is a row of."""
    lead_hint: str
    stem: str
    hint: str
    help: str
    number: int
    total: int
    row: str
    limits: str
    required: bool
    acknowledge: bool
    answers: Sequence[Choice]
    non_answers: Sequence[Choice]
    ranks: Sequence[int]
    text: Words | None
    multiline: bool
    other: Words | None
    comment: Words | None
    caution: str
    given: bool
    troubles: Sequence[Said]
    errors: bool
    """Whether one of the troubles must be settled; else they may be passed."""
    at_start: bool


def question(visit: Visit) -> Question:
    """The page that a visit is at."""
    interview = visit.interview
    page, t = interview.page, translator(interview.language)
    item, say = page.item, interview.say
    draft = visit.draft if visit.draft is not None and visit.draft.item == item.id else None
    answer, kind = interview.answer_to(item.id), _kind(item)
    choices = _choices(interview, item, answer, draft)
    lead = page.matrix
    text = _text(item, answer, draft, t)
    other, comment = _other(interview, item, draft, t), _comment(interview, item, draft, t)
    section = page.section
    return Question(
        kind=kind,
        address=visit.address_of(item.id),
        section=say(section.title),
        introduction="" if section.introduction is None else say(section.introduction),
        lead="" if lead is None else say(lead.text),
        lead_hint="" if lead is None or lead.hint is None else say(lead.hint),
        stem=say(item.text),
        hint="" if item.hint is None else say(item.hint),
        help=_help(interview, item),
        number=page.number,
        total=len(interview.asked()),
        row=_row(interview, t),
        limits=_limits(interview, choices, t),
        required=interview.needs.required(item),
        acknowledge=isinstance(item, InfoItem) and item.acknowledge,
        answers=[one for one in choices if not one.spelled.startswith("~")],
        non_answers=[one for one in choices if one.spelled.startswith("~")],
        ranks=range(1, _most_ranks(item, choices) + 1),
        text=text,
        multiline=isinstance(item, TextItem) and item.multiline,
        other=other,
        comment=comment,
        caution=caution(interview.questionnaire, t) if text or other or comment else "",
        given=answer.given,
        troubles=[_said(one, kind, choices, t) for one in draft.troubles] if draft else (),
        errors=draft is not None and any(one.error for one in draft.troubles),
        at_start=interview.at_start,
    )


def _kind(item: Item) -> Kind:
    if isinstance(item, InfoItem):
        return "info"
    if isinstance(item, TextItem):
        return "text"
    if isinstance(item, RankingItem):
        return "ranking"
    return "several" if isinstance(item, MultiItem) else "one"


def _help(interview: Interview, item: Item) -> str:
    matrix = interview.page.matrix
    text = item.help if matrix is None else matrix.help
    return "" if text is None else interview.say(text)


def _row(interview: Interview, t: Translator) -> str:
    page = interview.page
    if page.matrix is None:
        return ""
    rows = [row.id for row in interview.rows(page.matrix)]
    return t("Row {number} of {total}", number=rows.index(page.item.id) + 1, total=len(rows))


# --- choices ----------------------------------------------------------------------------------


def _choices(
    interview: Interview, item: Item, answer: Answer, draft: Draft | None
) -> Sequence[Choice]:
    if isinstance(item, InfoItem):
        return ()
    return [
        Choice(
            id=f"answer-{number}",
            spelled=offer.spelled,
            label=offer.label,
            description=offer.description,
            alone=offer.alone,
            checked=_checked(offer, answer, draft),
            rank=_rank(offer, answer, draft) if isinstance(item, RankingItem) else "",
        )
        for number, offer in enumerate(offered(interview, item), start=1)
    ]


def _checked(offer: Offer, answer: Answer, draft: Draft | None) -> bool:
    if draft is not None:
        return offer.spelled in draft.form.get("answer", ())
    return offer.chosen_in(answer)


def _rank(offer: Offer, answer: Answer, draft: Draft | None) -> str:
    if draft is not None:
        return _sent(draft.form, f"{RANK}{offer.spelled}")
    codes = answer.codes if answer.status == "answered" else ()
    return str(codes.index(offer.code) + 1) if offer.code in codes else ""


def _sent(form: Form, name: str) -> str:
    return form.get(name, ("",))[0]


def _most_ranks(item: Item, choices: Sequence[Choice]) -> int:
    if not isinstance(item, RankingItem):
        return 0
    count = sum(not one.spelled.startswith("~") for one in choices)
    return count if item.top is None else min(item.top, count)


def _limits(interview: Interview, choices: Sequence[Choice], t: Translator) -> str:
    """How many can be chosen or ranked; what was ticked is left out, it changes without us."""
    item = interview.page.item
    count = sum(not one.spelled.startswith("~") for one in choices)
    if isinstance(item, ChoosingItem) and not count:
        return nothing_offered(item, interview, t)
    if isinstance(item, MultiItem):
        return multi_limits(item, count, 0, t).partition(BETWEEN)[0]
    if isinstance(item, RankingItem):
        return ranking_limits(item, count, 0, t).partition(BETWEEN)[0]
    return ""


# --- texts ------------------------------------------------------------------------------------


def _text(item: Item, answer: Answer, draft: Draft | None, t: Translator) -> Words | None:
    if not isinstance(item, TextItem):
        return None
    value = str(answer.value) if answer.status == "answered" else ""
    if draft is not None:
        value = _sent(draft.form, "text")
    return Words(t("Your text"), value, t("At most {limit} characters.", limit=item.max_length))


def _other(interview: Interview, item: Item, draft: Draft | None, t: Translator) -> Words | None:
    limit = interview.side_limit(item, "other")
    if not limit:
        return None
    name = next((one.label for one in offered(interview, item) if one.code == OTHER), "")
    value = _sent(draft.form, "other") if draft else interview.answer_to(item.id).other
    label = t("{choice}: in your own words (optional)", choice=name)
    return Words(label, value, t("At most {limit} characters.", limit=limit))


def _comment(interview: Interview, item: Item, draft: Draft | None, t: Translator) -> Words | None:
    limit = interview.side_limit(item, "comment")
    if not limit:
        return None
    value = _sent(draft.form, "comment") if draft else interview.answer_to(item.id).comment
    label = t("Comment (optional)")
    return Words(label, value, t("At most {limit} characters.", limit=limit))


# --- troubles ---------------------------------------------------------------------------------


def _said(trouble: Trouble, kind: Kind, choices: Sequence[Choice], t: Translator) -> Said:
    target = trouble.place
    if target == "answer":
        first = choices[0].id if choices else "main"
        target_id = "text" if kind == "text" else first
    else:
        target_id = target
    return Said(trouble.place, target_id, describe(trouble.what, t))
