"""What an item takes, in words: bounds, forms, how many choices."""

from __future__ import annotations

from typing import Final

from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview import Interview
from imfsurvey.interview.dates import shown_date
from imfsurvey.interview.numbers import shown_bound
from imfsurvey.questionnaire import ChoosingItem, DateItem, MultiItem, NumberItem, RankingItem
from imfsurvey.questionnaire.written import DATE_LENGTHS, Precision

BETWEEN: Final = "  ·  "
"""What stands between short remarks."""


def together(*parts: str) -> str:
    """Short remarks on one line."""
    return BETWEEN.join(part for part in parts if part)


def nothing_offered(item: ChoosingItem, interview: Interview, t: Translator) -> str:
    """What is said where an item has nothing to choose from."""
    if interview.needs.waits_for_list(item):
        return t("Nothing to choose from yet: fill in that list first.")
    return t("There is nothing to choose from here.")


def multi_limits(item: MultiItem, offered: int, ticked: int, t: Translator) -> str:
    """How many are to be ticked, and how many are."""
    low, high = item.min_choices, item.max_choices
    if high is None or high >= offered:
        limits = t("Choose one or more") if low <= 1 else t("Choose {min} or more", min=low)
    elif low == high:
        limits = t("Choose exactly {number}", number=high)
    else:
        limits = t("Choose {min} to {max}", min=low, max=high)
    return together(limits, t("ticked: {number}", number=ticked))


def ranking_limits(item: RankingItem, offered: int, ranked: int, t: Translator) -> str:
    """How many are to be ranked, and how many are."""
    top = offered if item.top is None else min(item.top, offered)
    limits = (
        t("Put all {count} in order, the first one first", count=offered)
        if top == offered
        else t("Rank {top} of {count}, the first one first", top=top, count=offered)
    )
    return together(limits, t("ranked: {number}", number=ranked))


def number_form(item: NumberItem, t: Translator, kept: str) -> str:
    """Bounds and decimals of a number; `kept` is the band that is kept of what was typed."""
    low, high = (
        "" if bound is None else shown_bound(bound, t.language) for bound in (item.lowest, item.max)
    )
    if low and high:
        bounds = t("From {min} to {max}", min=low, max=high)
    elif low:
        bounds = t("{min} or more", min=low)
    else:
        bounds = t("{max} or less", max=high) if high else ""
    decimals = band = ""
    if item.decimals:
        decimals = t.plural("up to {n} decimal", "up to {n} decimals", item.decimals)
    elif not item.bands:
        decimals = t("whole number")
    if item.bands:
        band = t("only the band is kept: {band}", band=kept) if kept else t("only the band is kept")
    return together(bounds, decimals, band)


def date_form(item: DateItem, t: Translator) -> str:
    """How a date is written, and between which dates it lies."""
    if item.precision == "day":
        form = t("Day, month and year, such as 31/3/2026")
    elif item.precision == "month":
        form = t("Month and year, such as 3/2026")
    else:
        form = t("Year, such as 2026")
    low, high = (_bound(bound, item.precision, t) for bound in (item.min, item.max))
    if low and high:
        return together(form, t("from {min} to {max}", min=low, max=high))
    if low:
        return together(form, t("not before {min}", min=low))
    return together(form, t("not after {max}", max=high)) if high else form


def _bound(bound: str | None, precision: Precision, t: Translator) -> str:
    if bound is None:
        return ""
    return t("today") if bound == "today" else shown_date(bound[: DATE_LENGTHS[precision]])
