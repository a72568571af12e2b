"""The keys of each kind of page, as its last lines show them, and what its help says of them."""

from __future__ import annotations

from imfsurvey.faces.said import says_other
from imfsurvey.faces.tui.chrome import Hint
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview import Interview
from imfsurvey.questionnaire import (
    DateItem,
    InfoItem,
    Item,
    MaturityItem,
    MultiItem,
    NumberItem,
    RankingItem,
    RepeatItem,
    TextItem,
)


def page_hints(interview: Interview, t: Translator, *, grid: bool) -> tuple[Hint, ...]:
    """The keys that belong to the page, the most important first."""
    item, first = interview.page.item, interview.at_start
    if isinstance(item, RepeatItem):
        return _list_hints(interview, item, t)
    if isinstance(item, TextItem | DateItem | NumberItem):
        return (*_field_hints(interview, item, t), *_beside_hints(interview, item, t, field=True))
    if grid:
        return (
            Hint("Enter", t("Continue"), "screen.go_on"),
            Hint("↑↓", t("Row"), "screen.row(1)"),
            Hint(f"←→ {t('Space')}", t("Choose"), "screen.choose"),
            *(() if first else (Hint("PgUp", t("Back"), "screen.back"),)),
            Hint("PgDn", t("Later"), "screen.later"),
        )
    acknowledged = isinstance(item, InfoItem) and item.acknowledge
    return (
        Hint("Enter", t("I have read this") if acknowledged else t("Continue"), "screen.go_on"),
        *_choosing_hints(item, t),
        *(() if first else (Hint("←", t("Back"), "screen.back"),)),
        *(() if isinstance(item, InfoItem) else (Hint("→", t("Later"), "screen.later"),)),
        *_beside_hints(interview, item, t, field=False),
    )


def _list_hints(interview: Interview, item: RepeatItem, t: Translator) -> tuple[Hint, ...]:
    hints = [Hint("A", t("Add"), "screen.entry('add')")]
    if interview.answer_to(item.id).given:
        hints += [
            Hint("Enter", t("Edit"), "screen.entry('edit')"),
            Hint("D", t("Remove"), "screen.entry('remove')"),
            Hint("K", t("Up"), "screen.entry('up')"),
            Hint("J", t("Down"), "screen.entry('down')"),
        ]
    back = [] if interview.at_start else [Hint("←", t("Back"), "screen.back")]
    return (*hints, Hint("→", t("Continue"), "screen.later"), *back)


def _field_hints(interview: Interview, item: Item, t: Translator) -> tuple[Hint, ...]:
    hints = [Hint("Enter", t("Continue"), "screen.go_on")]
    if isinstance(item, TextItem) and item.multiline:
        hints.append(Hint("Ctrl+J", t("New line"), "screen.new_line"))
    if interview.options(item):
        hints.append(Hint("Tab", t("Other answers"), "screen.other_answers"))
    if not interview.at_start:
        hints.append(Hint("PgUp", t("Back"), "screen.back"))
    return (*hints, Hint("PgDn", t("Later"), "screen.later"))


def _choosing_hints(item: Item, t: Translator) -> tuple[Hint, ...]:
    if isinstance(item, MultiItem):
        return (Hint(t("Space"), t("Tick"), "screen.choose"),)
    if isinstance(item, RankingItem):
        return (
            Hint(t("Space"), t("Rank"), "screen.choose"),
            Hint("K", t("Up"), "screen.rank(-1)"),
            Hint("J", t("Down"), "screen.rank(1)"),
        )
    return ()


def _beside_hints(
    interview: Interview, item: Item, t: Translator, *, field: bool
) -> tuple[Hint, ...]:
    """What can be written or ticked beside the answer; in a field, letters are only letters."""
    hints = []
    if isinstance(item, MaturityItem) and item.criteria:
        hints.append(Hint("K", t("Criteria"), "screen.criteria"))
    if interview.side_limit(item, "other") and says_other(interview.answer_to(item.id)):
        hints.append(Hint("W", t("Write it"), "screen.side('other')"))
    if interview.side_limit(item, "evidence"):
        hints.append(Hint("F5" if field else "E", t("Evidence"), "screen.side('evidence')"))
    if interview.side_limit(item, "comment"):
        hints.append(Hint("F4" if field else "C", t("Comment"), "screen.side('comment')"))
    return tuple(hints)


def how_to(item: Item, t: Translator, *, grid: bool) -> str:
    """What to do on such a page, for its help."""
    if isinstance(item, RepeatItem):
        return t(
            "Add as many as you need, each with A. Enter opens the one under the cursor; "
            "D takes it out, K and J move it. An exclamation mark means that something "
            "required is missing in it."
        )
    if isinstance(item, TextItem | DateItem):
        return t(
            "Write, then press Enter. Ctrl+J begins a new line where there is room for "
            "several. What was typed is kept however the page is left."
        )
    if isinstance(item, NumberItem):
        return t(
            "Write a number, then press Enter. A comma and a point both begin the decimals. "
            "Where only a band is kept, the line below says which one: the number itself is "
            "not stored."
        )
    if isinstance(item, InfoItem):
        return t("There is nothing to answer here. Enter goes on.")
    return _how_to_choose(item, t, grid=grid)


def _how_to_choose(item: Item, t: Translator, *, grid: bool) -> str:
    if isinstance(item, MultiItem):
        return t(
            "Tick as many as apply, with the digit before an answer, or with the arrows and the "
            "space bar; the same key takes a tick away. What is set apart by a blank line stands "
            "alone: it takes the other ticks away. Enter goes on."
        )
    if isinstance(item, RankingItem):
        return t(
            "A digit, or the space bar on the line of the cursor, gives an answer the next rank "
            "or takes its rank away. K and J move what has a rank up and down. What has no rank "
            "yet stands below the line. Enter goes on."
        )
    if grid:
        return t(
            "One line for each statement. Up and down go to another statement; a digit, or the "
            "arrows and the space bar, choose its answer. Enter goes on to the next statement, "
            "Page Down to what follows."
        )
    return t(
        "Choose with the digit or letter before an answer, or with the arrows and the "
        "space bar. Enter goes on. Going back changes nothing, and Backspace takes an "
        "answer back."
    )
