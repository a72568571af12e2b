"""A page as lines: where one is, what is asked, what can be answered, what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from imfsurvey.faces.cautions import caution
from imfsurvey.faces.plain.talk import Talk
from imfsurvey.faces.said import criteria_words, last_time_words, with_other
from imfsurvey.faces.takes import (
    BETWEEN,
    date_form,
    multi_limits,
    nothing_offered,
    number_form,
    ranking_limits,
)
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.interview import Answer, Interview, Option
from imfsurvey.interview.entries import entry_name
from imfsurvey.questionnaire import (
    ChoosingItem,
    DateItem,
    InfoItem,
    LikertItem,
    MultiItem,
    NumberItem,
    RankingItem,
    RepeatItem,
    TextItem,
)

if TYPE_CHECKING:
    from imfsurvey.study.lasttime import LastTime

Keyed = tuple[tuple[str, Option], ...]
"""The options of a page, each with what is typed for it."""


def keyed(interview: Interview, t: Translator) -> Keyed:
    """The options of the page that is shown."""
    item = interview.page.item
    if isinstance(item, InfoItem | RepeatItem):
        return ()
    options = with_other(interview.options(item), interview.answer_to(item.id), t)
    return tuple((option.key or str(n), option) for n, option in enumerate(options, start=1))


SLASH: Final = "/"
"""Stands before commands where a letter is a text, and may elsewhere."""


def shown_keys(interview: Interview, t: Translator) -> Keyed:
    """The options with what is typed for them on this page: a letter is a text where one writes."""
    slash = SLASH if isinstance(interview.page.item, TextItem) else ""
    return tuple((f"{slash}{key}", option) for key, option in keyed(interview, t))


class Pages:
    """Says one page after the other; what the page before has said already is not said again."""

    def __init__(self, interview: Interview, talk: Talk, last: LastTime | None = None) -> None:
        self._interview, self._talk, self._last = interview, talk, last
        self._section = self._matrix = ""
        self._options: tuple[Option, ...] = ()

    def show(self) -> None:
        """The whole page, except its prompt."""
        self._talk.say()
        self._show_section()
        self._show_question()
        if words := last_time_words(self._interview.page.item, self._last, self._talk.t):
            self._talk.say(words)
        self._show_written()
        self._show_choices()
        self._show_state()

    def repeat(self) -> None:
        """In short, what can be chosen."""
        t = self._talk.t
        options = shown_keys(self._interview, t)
        line = ", ".join(f"{key} {option.label}" for key, option in options)
        if len(line) <= self._talk.lines.columns:
            if line:
                self._talk.say(line)
            return
        for key, option in options:
            self._talk.say(option.label, f"{key}  ")

    def spell_out(self) -> None:
        """Say everything again on the next page that is shown."""
        self._section = self._matrix = ""
        self._options = ()

    # --- the question -----------------------------------------------------------------------

    def _show_section(self) -> None:
        section, say = self._interview.page.section, self._interview.say
        if section.id == self._section:
            return
        self._section = section.id
        self._talk.say(say(section.title))
        if section.introduction is not None:
            self._talk.say(say(section.introduction))
        self._talk.say()

    def _show_question(self) -> None:
        page, talk, say = self._interview.page, self._talk, self._interview.say
        if not isinstance(page.item, InfoItem):
            talk.say(self._place())
        whole = page.matrix if page.matrix is not None else page.item
        if page.matrix is None or page.matrix.id != self._matrix:
            self._matrix = page.matrix.id if page.matrix is not None else ""
            talk.say(say(whole.text))
            if whole.hint is not None:
                talk.say(say(whole.hint))
        if page.matrix is not None:
            talk.say(say(page.item.text))

    def _place(self) -> str:
        page, t = self._interview.page, self._talk.t
        total = self._interview.progress.total
        place = t("{number} of {total}", number=page.number, total=total)
        if page.matrix is None:
            return place
        rows = [row.id for row in self._interview.rows(page.matrix)]
        number = rows.index(page.item.id) + 1
        return t("{place}, row {number} of {total}", place=place, number=number, total=len(rows))

    # --- what is written or listed ----------------------------------------------------------

    def _show_written(self) -> None:
        item, talk, t = self._interview.page.item, self._talk, self._talk.t
        if isinstance(item, RepeatItem):
            self._show_entries(item)
        elif isinstance(item, NumberItem):
            unit = "" if item.unit is None else self._interview.say(item.unit)
            form = as_words(number_form(item, t, ""))
            talk.say(f"{form} ({unit})" if unit else form)
        elif isinstance(item, DateItem):
            talk.say(as_words(date_form(item, t)))
        elif isinstance(item, TextItem):
            if words := caution(self._interview.questionnaire, t):
                talk.say(words)
            talk.say(t("At most {limit} characters.", limit=item.max_length))
        if isinstance(item, NumberItem | DateItem | TextItem) and self._answer.value is not None:
            words = self._interview.words(item)
            several = "\n" if "\n" in words else ""
            talk.say(formats.labelled(t("Your answer so far"), several + words, t.language))

    def _show_entries(self, repeat: RepeatItem) -> None:
        entries, t = self._answer.entries, self._talk.t
        for number, entry in enumerate(entries, start=1):
            name = entry_name(repeat, entry, number, t)
            complete = self._interview.needs.is_complete(repeat, entry)
            words = name if complete else f"{name} ({t('something is still missing')})"
            self._talk.say(words, f"{number}  ")
        if not entries:
            self._talk.say(t("The list is empty."))

    # --- what can be chosen -----------------------------------------------------------------

    @property
    def _answer(self) -> Answer:
        return self._interview.answer_to(self._interview.page.item.id)

    def _show_choices(self) -> None:
        item, t = self._interview.page.item, self._talk.t
        options = shown_keys(self._interview, t)
        offered = [option for _, option in options if option.status == "answered"]
        if isinstance(item, ChoosingItem) and not offered:
            self._talk.say(nothing_offered(item, self._interview, t))
        elif isinstance(item, MultiItem):
            self._talk.say(as_words(multi_limits(item, len(offered), len(self._answer.codes), t)))
        elif isinstance(item, RankingItem):
            ranked = len(self._answer.codes)
            self._talk.say(as_words(ranking_limits(item, len(offered), ranked, t)))
        before, self._options = self._options, tuple(option for _, option in options)
        if isinstance(item, LikertItem) and before == self._options and not self._answer.given:
            self._show_ends(options)
            return
        width = max((len(key) for key, _ in options), default=0)
        for key, option in options:
            self._talk.say(self._words(option), f"{key:>{width}}  ")

    def _show_ends(self, options: Keyed) -> None:
        """A scale that was read a moment ago: its ends are enough."""
        answers = [one for one in options if one[1].status == "answered"]
        low, high = (f"{key} {option.label}" for key, option in (answers[0], answers[-1]))
        self._talk.say(self._talk.t("{low} to {high}", low=low, high=high))

    def _words(self, option: Option) -> str:
        marks = ", ".join(self._marks(option))
        label = f"{option.label} ({marks})" if marks else option.label
        if not option.description:
            return label
        return formats.labelled(label, option.description, self._talk.language)

    def _marks(self, option: Option) -> Sequence[str]:
        item, answer, t = self._interview.page.item, self._answer, self._talk.t
        marks = [t("stands alone")] if option.exclusive and isinstance(item, MultiItem) else []
        if option.status != "answered":
            chosen = answer.status == option.status
        else:
            chosen = answer.status == "answered" and option.value in answer.codes
        if chosen and option.value is not None and isinstance(item, RankingItem):
            return [*marks, t("rank {number}", number=answer.codes.index(option.value) + 1)]
        if chosen and option.value is not None and isinstance(item, MultiItem):
            return [*marks, t("ticked")]
        return [*marks, t("your answer")] if chosen else marks

    # --- what is beside the answer ------------------------------------------------------------

    def _show_state(self) -> None:
        """What was written beside the answer, and what is still needed."""
        item, answer, t = self._interview.page.item, self._answer, self._talk.t
        for label, text in (
            (t("Reason"), answer.reason if answer.status == "na" else ""),
            (t("Evidence"), answer.evidence),
            (t("Comment"), answer.comment),
        ):
            if text:
                self._talk.say(formats.labelled(label, text, t.language))
        if criteria := criteria_words(item, answer, t):
            self._talk.say(criteria)
        objections = self._interview.objections(item) if answer.given else ()
        if objections:
            self._talk.say(describe(objections[0], t))


def as_words(limits: str) -> str:
    """Short remarks as a screen reader reads them."""
    return limits.replace(BETWEEN, ", ")
